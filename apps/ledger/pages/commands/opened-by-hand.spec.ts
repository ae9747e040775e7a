import type { Reader } from '../../../../libs/access/index.ts';
import { OFFICIAL_OPEN } from '../../../../libs/ledger/index.ts';
import { parseStored } from '../../../../libs/event-store/index.ts';
import { show } from '../../../../libs/declarations/index.ts';
import { MUTATIONS } from '../../../../libs/registers/index.ts';
import { findAction, findDecision, openedBy } from '../../../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../../../test/ledger-being-read.ts';
import type { OfferedMutation } from '../../ledger.ts';
import { drawingFor } from '../frame/drawing.ts';
import { linesOf } from '../../../../libs/wording/index.ts';
import { withWhatItOpens } from './opened-by-hand.ts';

const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let commissioner: ReturnType<LedgerBeingRead['as']>;
let monitoring: ReturnType<LedgerBeingRead['as']>;
let decision: string;
let site: string;
let told: string;
let condition: string;

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
  [officer, commissioner, monitoring] = [
    ledger.as('opcc-officer'),
    ledger.as('commissioner'),
    ledger.as('monitoring-officer'),
  ];
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  await officer.does({ type: 'AddPost', as: 'site-finder', name: 'Finder of sites' });
  await monitoring.does({ type: 'AddRule', kind: 'OPENING_POLICY', body: 'CGB', title: 'What opens what' });
  await monitoring.does({ type: 'SetOpeningPolicy', ref: 'CGB-opening', decisionsOpenActions: true });
  const early = { effectiveOn: '2024-01-08' };
  decision = await officer.does({
    ...{ type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER', title: 'A shelter' },
    ...early,
  });
  await officer.does({ type: 'DraftDecision', ref: decision, recommendation: 'Build.', ...early });
  await officer.does({ type: 'AdviseOnDecision', ref: decision, adviceOn: 'FINANCE', applies: false, ...early });
  await commissioner.does({
    ...{ type: 'MakeDecision', ref: decision, decided: 'Build.', reason: 'The lease ends.', ...early },
    source: { document: 'Decision notice', paragraph: '3', quote: 'Approved.', publishedOn: '2024-01-09' },
    actions: [
      { title: 'Find a site', owner: 'site-finder', due: '2024-02-01' },
      { title: 'Tell the board', owner: 'opcc-officer', phrase: 'next board' },
    ],
    conditions: [{ subjectTo: 'Planning permission', targetOn: '2024-03-01', owner: 'force-lead' }],
  });
  const { state } = (await findDecision(await ledger.view(), decision))!;
  [site, told] = state.actions.map(({ event }) => event) as [string, string];
  condition = state.conditions[0]!.event;
  const added = await stored('PostAdded');
  await monitoring.does({ type: 'Void', ref: 'site-finder', event: added!, reason: 'There is none.' }, 'directory');
  await ledger.drawConsequences();
});
afterAll(() => ledger.remove());

async function stored(type: string): Promise<string | undefined> {
  const { events } = await ledger.ledger.store.readAll(undefined, 500);
  return events.map((event) => parseStored(event).header).findLast((header) => header.type === type)?.id;
}

async function filled(
  causedBy: string,
  { reader = FULL, command = 'raiseAction', typed = {} }: { reader?: Reader; command?: string; typed?: object } = {},
) {
  const view = await ledger.view({}, reader);
  return Object.fromEntries(
    await withWhatItOpens(view, MUTATIONS[command]!, new Map(Object.entries({ causedBy, ...typed }))),
  );
}

describe('what a policy could not open', () => {
  const drawn = async (offered: readonly string[]) => {
    const view = await ledger.view();
    const offers = offered.map((name) => ({ ...MUTATIONS[name]!, mutation: MUTATIONS[name]!, whyNot: null }));
    const visit = {
      ...{ view, link: (path: string) => path },
      offers: () => Promise.resolve(offers as unknown as readonly OfferedMutation[]),
    };
    return linesOf(show.opened(site, await openedBy(view, site)), drawingFor(visit, null));
  };
  const WHY = 'Not opened by itself: The directory knows no post site-finder. Add it first, or name another. ';

  it('leads from beside its cause to its form, for whoever may give the command now', async () => {
    expect(await drawn(['suggestForwardPlanItem', 'raiseAction'])).toEqual([
      [
        { text: WHY },
        { text: 'Open it by hand', href: `/commands/raise-action?causedBy=${site}` },
        { text: `, and name entry ${site} as what opens it.` },
      ],
    ]);
  });

  it('says so without a way to the form to whoever may not', async () => {
    expect(await drawn([])).toEqual([[{ text: `${WHY}Open it by hand, and name entry ${site} as what opens it.` }]]);
  });
});

describe('the form of what is opened by hand', () => {
  const OF_THE_CAUSE = {
    effectiveOn: '2024-01-08',
    reason: 'The lease ends.',
    'source.document': 'Decision notice',
    'source.paragraph': '3',
    'source.quote': 'Approved.',
    'source.publishedOn': '2024-01-09',
  };

  it('begins with all that the policy would have said of an action that a decision names', async () => {
    expect(await filled(site)).toEqual({
      ...OF_THE_CAUSE,
      causedBy: site,
      decision,
      'authority.decision': decision,
      raisedBy: 'DECISION',
      title: 'Find a site',
      owner: 'site-finder',
      'due.on': '2024-02-01',
    });
    expect(await filled(told)).toMatchObject({ title: 'Tell the board', 'due.phrase': 'next board' });
    expect(await filled(condition)).toMatchObject({
      ...{ title: 'Planning permission', owner: 'force-lead', 'due.on': '2024-03-01' },
    });
  });

  it('says what the policy says where it opens the same', async () => {
    const view = await ledger.view();
    const [ref] = (await openedBy(view, told)).records;
    const opened = (await findAction(view, ref!))!;
    const form = await filled(told);
    expect(form).toMatchObject({
      title: await view.text(opened.state.title),
      owner: opened.state.owner,
      decision: opened.state.decision,
      causedBy: opened.state.causedBy,
      'due.phrase': await view.text(opened.due.phrase),
    });
  });

  it('keeps what its address says itself, and is not filled by an entry that opens something else', async () => {
    expect(await filled(site, { typed: { owner: 'force-lead' } })).toMatchObject({
      ...{ owner: 'force-lead', title: 'Find a site' },
    });
    expect(await filled(site, { command: 'suggestForwardPlanItem' })).toEqual({ causedBy: site });
    expect(await filled((await stored('DecisionProposed'))!)).toEqual({ causedBy: expect.any(String) as string });
    expect(await filled('no entry')).toEqual({ causedBy: 'no entry' });
  });

  it('is filled for a conversion with the body, the action, who led it, and what it became', async () => {
    const ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'A review', owner: 'force-lead' });
    await commissioner.does({ type: 'AgreeAction', ref });
    await commissioner.does({
      ...{ type: 'ConvertAction', ref, into: 'FORWARD_PLAN_ITEM', item: 'A yearly review' },
      authority: { delegation: 'SoD-4' },
    });
    const { closed } = (await findAction(await ledger.view(), ref))!.state;
    expect(await filled(closed!.event, { command: 'suggestForwardPlanItem' })).toEqual({
      ...{ causedBy: closed!.event, comesFrom: ref, body: 'CGB', title: 'A yearly review', sponsor: 'force-lead' },
      ...{ effectiveOn: '2024-01-10', 'authority.delegation': 'SoD-4' },
    });
  });

  it('is as hidden as its cause, and holds nothing that whoever fills it in may not see', async () => {
    await officer.does({ type: 'AddPost', as: 'covert-lead', name: 'Lead of covert work' });
    await monitoring.does({ type: 'Mark', ref: 'covert-lead', to: SENSITIVE }, 'directory');
    const covert = { ref: decision, title: 'Tell no one', owner: 'covert-lead' };
    await commissioner.does({ type: 'NameDecisionAction', ...covert });
    const entry = (await findDecision(await ledger.view(), decision))!.state.actions.at(-1)!.event;
    expect(await filled(entry)).toMatchObject({ title: 'Tell no one', owner: 'covert-lead' });
    const seen = await filled(entry, { reader: OFFICIAL });
    expect(seen).toMatchObject({ title: 'Tell no one' });
    expect(JSON.stringify(seen)).not.toContain('covert-lead');
    expect(await filled(entry)).not.toHaveProperty('marking');
    await monitoring.does({ type: 'Mark', ref: decision, event: entry, to: SENSITIVE, reason: 'Covert.' }, 'decisions');
    expect(await filled(entry)).toMatchObject({ marking: 'OFFICIAL-SENSITIVE' });
    expect(await filled(entry, { reader: OFFICIAL })).toEqual({ causedBy: entry });
  });

  it('is not filled by an entry that was a mistake', async () => {
    const why = { reason: 'Not decided.' };
    await monitoring.does({ type: 'Void', ref: decision, event: site, ...why }, 'decisions');
    expect(await filled(site)).toEqual({ causedBy: site });
  });
});
