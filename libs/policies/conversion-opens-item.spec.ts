import { parseStored } from '../event-store/index.ts';
import { OFFICIAL_OPEN, type Control, type JsonObject } from '../ledger/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { causeOf, findAction, findForwardPlanItem, LISTS, openedBy } from '../../projections/index.ts';

const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };
const DECISION = { authority: { delegation: 'SoD-4' } };

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let commissioner: ReturnType<LedgerBeingRead['as']>;
let monitoring: ReturnType<LedgerBeingRead['as']>;

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  // Whom the directory does not know converts nothing.
  commissioner = ledger.as('commissioner', 'person-pcc22');
  monitoring = ledger.as('monitoring-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  await officer.does({ type: 'AddBody', as: 'SPB', name: 'Other board' });
  await monitoring.does({ type: 'AddRule', kind: 'OPENING_POLICY', body: 'CGB', title: 'What opens what' });
});
afterAll(() => ledger.remove());

async function agreed(more: object = {}): Promise<string> {
  const ref = await officer.does({
    type: 'RaiseAction',
    body: 'CGB',
    title: 'Review homicides',
    owner: 'force-lead',
    ...more,
  });
  await commissioner.does({ type: 'AgreeAction', ref });
  return ref;
}
const convert = (ref: string, more: object = {}) =>
  commissioner.does({ type: 'ConvertAction', ref, into: 'FORWARD_PLAN_ITEM', ...DECISION, ...more });
async function converted(more: object = {}, how: object = {}): Promise<string> {
  const ref = await agreed(more);
  await convert(ref, how);
  return ref;
}
async function came(ref: string) {
  const view = await ledger.view();
  const { closed } = (await findAction(view, ref))!.state;
  return openedBy(view, closed!.event);
}
const itemOf = async (ref: string, reader = FULL) => {
  const [item] = (await came(ref)).records;
  return item === undefined ? null : findForwardPlanItem(await ledger.view({}, reader), item);
};

it('opens nothing while the policy is off', async () => {
  const ref = await converted();
  await ledger.drawConsequences();
  expect(await came(ref)).toEqual({ records: [], owed: null });
});

describe('an action that is converted while the policy is on', () => {
  beforeAll(() => monitoring.does({ type: 'SetOpeningPolicy', ref: 'CGB-opening', conversionsOpenItems: true }));

  it('opens an item of the plan of its body, to be scheduled, called as it was', async () => {
    const ref = await converted();
    await ledger.drawConsequences();
    const item = (await itemOf(ref))!;
    const view = await ledger.view();
    expect(item.ref).toMatch(/^CGB-2024-01-F1$/);
    expect(item.state).toMatchObject({ status: 'SUGGESTED', body: 'CGB', sponsor: 'force-lead' });
    expect(item.state.plannedFor).toBeUndefined();
    expect(await view.text(item.state.title)).toBe('Review homicides');
    const closed = (await findAction(view, ref))!.state.closed!;
    expect(await causeOf(view, item.state)).toMatchObject({ record: ref, entry: closed.event, voided: false });
    // Both sides show the other.
    const shown = await LISTS.action.find(view, ref);
    expect(JSON.stringify(LISTS.action.shown.fields.map(({ shows }) => shows(shown as never)))).toContain(item.ref);
    const shownItem = await LISTS.forwardPlanItem.find(view, item.ref);
    expect(JSON.stringify(LISTS.forwardPlanItem.shown.fields.map(({ shows }) => shows(shownItem as never)))).toContain(
      ref,
    );
  });

  it('is called as what the action became, where that was said; by whom, on whose say and why are as of the conversion', async () => {
    const ref = await converted({}, { item: 'Annual review', reason: 'It comes again.', effectiveOn: '2024-01-10' });
    await ledger.drawConsequences();
    const item = (await itemOf(ref))!;
    const view = await ledger.view();
    expect(await view.text(item.state.title)).toBe('Annual review');
    const { events } = await ledger.ledger.store.readAll(undefined, 500);
    const suggested = events
      .map((event) => parseStored(event))
      .filter(({ header }) => header.type === 'ForwardPlanItemSuggested')
      .at(-1)!;
    const part = (name: string) => suggested.parts.find((one) => one.name === name)?.value as unknown as JsonObject;
    expect(part('actor')).toMatchObject({
      by: { post: 'commissioner' },
      enteredBy: { post: 'policy:conversion-opens-item' },
      ...DECISION,
    });
    expect((part('ctl') as unknown as Control).causation).toBe(item.state.causedBy);
    expect(await view.text({ event: suggested.header.id, part: 'text/reason' })).toBe('It comes again.');
  });

  it('opens an item as hidden as it is, and hides it again when it is hidden', async () => {
    const hidden = await converted({ marking: SENSITIVE });
    const open = await converted();
    await ledger.drawConsequences();
    expect(await itemOf(hidden)).not.toBeNull();
    expect(await itemOf(hidden, OFFICIAL)).toBeNull();
    expect(await itemOf(open, OFFICIAL)).not.toBeNull();
    await monitoring.does({ type: 'Mark', ref: open, to: SENSITIVE, reason: 'Covert.' });
    // Withheld before the policy has marked it.
    expect(await itemOf(open, OFFICIAL)).toBeNull();
    await ledger.drawConsequences();
    expect(await itemOf(open, OFFICIAL)).toBeNull();
    expect(await ledger.models.outstanding()).toEqual([]);
  });

  it('leaves the item as it is when the conversion is made void, and says so of its cause', async () => {
    const ref = await converted();
    await ledger.drawConsequences();
    const item = (await itemOf(ref))!;
    const entry = item.state.causedBy!;
    await monitoring.does({ type: 'Void', ref, event: entry, reason: 'Not so.' });
    const view = await ledger.view();
    expect(await causeOf(view, (await findForwardPlanItem(view, item.ref))!.state)).toMatchObject({
      entry,
      voided: true,
    });
    // It may be converted anew, which opens another one.
    await convert(ref);
    await ledger.drawConsequences();
    expect((await itemOf(ref))!.ref).not.toBe(item.ref);
  });

  it('takes an item by hand that names the conversion, and refuses one that names anything else', async () => {
    await monitoring.does({ type: 'EndRule', ref: 'CGB-opening', reason: 'By hand.' });
    const ref = await converted();
    const open = await agreed();
    const entry = (await findAction(await ledger.view(), ref))!.state.closed!.event;
    const item = { type: 'SuggestForwardPlanItem', body: 'CGB', title: 'Review', causedBy: entry };
    expect(await officer.fails(item)).toBe('UNKNOWN_CAUSE');
    expect(await officer.fails({ ...item, comesFrom: 'CGB-2024-01-F1' })).toBe('UNKNOWN_CAUSE');
    expect(await officer.fails({ ...item, comesFrom: open })).toBe('UNKNOWN_CAUSE');
    expect(await officer.fails({ ...item, comesFrom: ref, body: 'SPB' })).toBe('NOT_OF_THAT_BODY');
    const made = await officer.does({ ...item, comesFrom: ref });
    expect(await came(ref)).toEqual({ records: [made], owed: null });
    expect(await ledger.models.compare()).toMatchObject({ equal: true, differing: [] });
  });
});
