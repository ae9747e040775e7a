import { readerFor } from '../access/index.ts';
import { parseStored } from '../event-store/index.ts';
import { OFFICIAL_OPEN, type Control, type JsonObject } from '../ledger/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { causeOf, findAction, findDecision, LISTS, openedBy } from '../../projections/index.ts';

const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };
const IMPORT = 'import-of-papers';

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let commissioner: ReturnType<LedgerBeingRead['as']>;
let monitoring: ReturnType<LedgerBeingRead['as']>;

beforeEach(async () => {
  ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  commissioner = ledger.as('commissioner');
  monitoring = ledger.as('monitoring-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  await monitoring.does({ type: 'AddRule', kind: 'OPENING_POLICY', body: 'CGB', title: 'What opens what' });
});
afterEach(() => ledger.remove());

const switchOn = (more: object = {}) =>
  monitoring.does({ type: 'SetOpeningPolicy', ref: 'CGB-opening', decisionsOpenActions: true, ...more });
const switchOff = () => monitoring.does({ type: 'EndRule', ref: 'CGB-opening', reason: 'By hand again.' });

async function advised(more: object = {}, body = 'CGB'): Promise<string> {
  const ref = await officer.does({
    ...{ type: 'ProposeDecision', body, maker: 'COMMISSIONER', title: 'A shelter' },
    ...more,
  });
  await officer.does({ type: 'DraftDecision', ref, recommendation: 'Build.', ...more });
  await officer.does({ type: 'AdviseOnDecision', ref, adviceOn: 'FINANCE', applies: false, ...more });
  return ref;
}
const ACTIONS = [
  { title: 'Find a site', owner: 'opcc-officer', due: '2024-02-01' },
  { title: 'Tell the board', phrase: 'next CGB' },
];
const CONDITIONS = [
  { subjectTo: 'Planning permission', targetOn: '2024-03-01', owner: 'force-lead' },
  { subjectTo: 'Funds allow' },
];
const make = (ref: string, more: object = {}) =>
  commissioner.does({
    ...{ type: 'MakeDecision', ref, decided: 'Build.', actions: ACTIONS, conditions: CONDITIONS },
    ...more,
  });
async function decided(more: object = {}): Promise<string> {
  const ref = await advised(more);
  await make(ref, more);
  return ref;
}

const state = async (ref: string, reader = FULL) => (await findDecision(await ledger.view({}, reader), ref))!.state;
/** What each entry of a decision opened: the references, and whether something is owed or refused. */
async function came(ref: string, reader = FULL) {
  const { actions, conditions } = await state(ref, reader);
  const view = await ledger.view({}, reader);
  return Promise.all([...actions, ...conditions].map(({ event }) => openedBy(view, event)));
}
async function stored(type: string) {
  const { events } = await ledger.ledger.store.readAll(undefined, 500);
  return events.map((event) => parseStored(event)).filter(({ header }) => header.type === type);
}
const part = (event: Awaited<ReturnType<typeof stored>>[number], name: string) =>
  event.parts.find((one) => one.name === name)?.value as unknown as JsonObject;

describe('a decision that is made while the policy is on', () => {
  it('opens the actions that it names and those that follow its conditions, each once', async () => {
    await switchOn();
    const decision = await decided();
    expect(await came(decision)).toMatchObject([
      { records: [], owed: { refusal: null } },
      { records: [], owed: { refusal: null } },
      { records: [], owed: { refusal: null } },
      { records: [], owed: null },
    ]);
    await ledger.drawConsequences();
    await ledger.drawConsequences();
    const found = await came(decision);
    expect(found.map(({ records }) => records)).toEqual([
      ['CGB-2024-01-A1'],
      ['CGB-2024-01-A2'],
      ['CGB-2024-01-A3'],
      [],
    ]);
    expect(found.every(({ owed }) => owed === null)).toBe(true);
    const view = await ledger.view();
    const actions = await Promise.all(found.flatMap(({ records }) => records).map((ref) => findAction(view, ref)));
    const titles = await Promise.all(actions.map((action) => view.text(action!.state.title)));
    expect(titles).toEqual(['Find a site', 'Tell the board', 'Planning permission']);
    expect(actions.map((action) => [action!.state.owner, action!.due.current])).toEqual([
      ['opcc-officer', '2024-02-01'],
      [undefined, null],
      ['force-lead', '2024-03-01'],
    ]);
    expect(await view.text(actions[1]!.due.phrase)).toBe('next CGB');
    expect(await ledger.models.outstanding()).toEqual([]);
  });

  it('is the authority of what it opens; who did it, when, why and from what source are as of the decision, and the policy typed it', async () => {
    await switchOn();
    const ref = await advised({ effectiveOn: '2023-11-20', reason: 'The file came late.' });
    await make(ref, {
      ...{ effectiveOn: '2023-11-24', reason: 'The file came late.' },
      source: { document: 'Decision notice', paragraph: '3', quote: 'Approved.', publishedOn: '2023-12-01' },
    });
    await ledger.drawConsequences();
    const raised = await stored('ActionRaised');
    const causes = [...(await stored('DecisionActionNamed')), ...(await stored('DecisionConditionSet'))];
    expect(raised).toHaveLength(3);
    const view = await ledger.view();
    for (const [index, event] of raised.entries()) {
      expect((part(event, 'ctl') as unknown as Control).causation).toBe(causes[index]!.header.id);
      expect(event.header.effectiveOn).toBe('2023-11-24');
      expect(part(event, 'actor')).toMatchObject({
        by: { post: 'commissioner', person: 'p-commissioner' },
        enteredBy: { post: 'policy:decision-opens-actions' },
        authority: { decision: ref },
      });
      expect(part(event, 'source')).toEqual({ publishedOn: '2023-12-01' });
      const words = ['reason', 'document', 'paragraph', 'quote'].map((one) =>
        view.text({ event: event.header.id, part: `text/${one}` }),
      );
      expect(await Promise.all(words)).toEqual(['The file came late.', 'Decision notice', '3', 'Approved.']);
    }
  });

  it('opens what it opens as hidden as it is', async () => {
    await switchOn();
    const hidden = await decided({ marking: SENSITIVE });
    await ledger.drawConsequences();
    const refs = (await came(hidden)).flatMap(({ records }) => records);
    expect(refs).toHaveLength(3);
    for (const ref of refs) {
      expect(await findAction(await ledger.view(), ref)).not.toBeNull();
      expect(await findAction(await ledger.view({}, OFFICIAL), ref)).toBeNull();
    }
    expect((await stored('Marked')).length).toBe(0);
    // Whoever owns one may see it, and nothing of the decision.
    const own = (await came(hidden))[2]!.records[0]!;
    const lead = await ledger.view({}, readerFor('force-lead', 'force-lead'));
    const seen = await findAction(lead, own);
    expect(JSON.stringify(seen?.state)).not.toContain(hidden);
    expect(seen?.state).not.toHaveProperty('causedBy');
    expect(await causeOf(lead, seen!.state)).toBeNull();
  });

  it('opens what it reads as when it was corrected before the policy came to it', async () => {
    await switchOn();
    const decision = await decided();
    const [named] = (await state(decision)).actions;
    const corrects = { type: 'Correct', ref: decision, event: named!.event, path: 'title', is: 'Find two sites' };
    await officer.does({ ...corrects, reason: 'Misread.' }, 'decisions');
    await ledger.drawConsequences();
    const [first] = await came(decision);
    const view = await ledger.view();
    expect(await view.text((await findAction(view, first!.records[0]!))!.state.title)).toBe('Find two sites');
  });

  it('opens each once where two draw at once, before either has read what the other wrote', async () => {
    await switchOn();
    const decision = await decided();
    await Promise.all([ledger.drawConsequences(), ledger.drawConsequences(), ledger.drawConsequences()]);
    expect((await came(decision)).map(({ records }) => records.length)).toEqual([1, 1, 1, 0]);
    expect(await stored('ActionRaised')).toHaveLength(3);
  });

  it('opens an action that it names later', async () => {
    await switchOn();
    const decision = await decided();
    await commissioner.does({ type: 'NameDecisionAction', ref: decision, title: 'Tell the press' });
    await ledger.drawConsequences();
    expect((await came(decision)).map(({ records }) => records.length)).toEqual([1, 1, 1, 1, 0]);
  });
});

describe('a policy that opens', () => {
  const opens = async () => {
    const decision = await decided();
    await ledger.drawConsequences();
    return (await came(decision)).flatMap(({ records }) => records).length;
  };

  it('opens nothing while it is off, nor for what was recorded then when it is switched on later', async () => {
    const before = await decided();
    await ledger.drawConsequences();
    await switchOn();
    await ledger.drawConsequences();
    expect((await came(before)).every(({ records, owed }) => records.length === 0 && owed === null)).toBe(true);
    expect(await opens()).toBe(3);
    await switchOff();
    expect(await opens()).toBe(0);
    await switchOn();
    expect(await opens()).toBe(3);
    expect(await ledger.models.compare()).toMatchObject({ equal: true });
  });

  it('goes by what was known of its rule when the fact was recorded, whatever was said of the rule since', async () => {
    await switchOn();
    const made = await decided();
    const [set] = await stored('OpeningPolicySet');
    await monitoring.does({ type: 'Void', ref: 'CGB-opening', event: set!.header.id, reason: 'Not agreed.' }, 'rules');
    await ledger.drawConsequences();
    expect((await came(made)).flatMap(({ records }) => records)).toHaveLength(3);
    expect(await opens()).toBe(0);
  });

  it('is on from the day of its version, and is that of the body of the decision', async () => {
    await switchOn({ effectiveOn: '2024-01-11' });
    expect(await opens()).toBe(0);
    ledger.clock.set('2024-01-11T12:00:00.000Z');
    expect(await opens()).toBe(3);
    await officer.does({ type: 'AddBody', as: 'SPB', name: 'Other board' });
    const other = await advised({}, 'SPB');
    await make(other);
    await ledger.drawConsequences();
    expect((await came(other)).flatMap(({ records }) => records)).toEqual([]);
  });

  it('opens nothing of another kind than it was switched on for', async () => {
    await monitoring.does({ type: 'SetOpeningPolicy', ref: 'CGB-opening', conversionsOpenItems: true });
    expect(await opens()).toBe(0);
  });

  it('opens nothing because of an imported fact', async () => {
    await switchOn();
    const decision = await advised();
    const outcome = await ledger.ledger.dispatch.submit({
      register: 'decisions',
      command: { type: 'MakeDecision', ref: decision, decided: 'Build.', actions: ACTIONS } as never,
      envelope: { commandId: '7f0c1f0e-54a4-4b5e-8f0e-5d0f1f5b7d11', authority: 'notStated', by: 'commissioner' },
      caller: { post: 'opcc-officer', person: 'p-opcc-officer', capacity: 'opcc-officer' },
      importId: IMPORT,
    });
    expect(outcome.outcome).toBe('accepted');
    await ledger.drawConsequences();
    expect((await came(decision)).every(({ records, owed }) => records.length === 0 && owed === null)).toBe(true);
  });

  it('is worked out of the log: the same rows after tables are built anew', async () => {
    await switchOn();
    await decided();
    await ledger.caughtUp();
    const owed = await ledger.models.outstanding();
    expect(owed).toHaveLength(3);
    expect(await ledger.models.compare()).toMatchObject({ equal: true, differing: [] });
    await ledger.models.rebuild();
    expect(await ledger.models.outstanding()).toEqual(owed);
    await ledger.drawConsequences();
    expect(await ledger.models.compare()).toMatchObject({ equal: true, differing: [] });
  });
});

describe('a consequence that is refused', () => {
  let decision: string;

  beforeEach(async () => {
    await switchOn();
    await officer.does({ type: 'AddPost', as: 'site-finder', name: 'Finder of sites' });
    decision = await advised();
    await make(decision, { actions: [{ title: 'Find a site', owner: 'site-finder' }, ACTIONS[1]!] });
    const post = (await stored('PostAdded')).at(-1)!;
    await monitoring.does(
      { type: 'Void', ref: 'site-finder', event: post.header.id, reason: 'There is none.' },
      'directory',
    );
  });

  it('stands beside its cause with its refusal, and stops no other', async () => {
    await ledger.drawConsequences();
    const sentence = 'The directory knows no post site-finder. Add it first, or name another.';
    const found = await came(decision);
    expect(found.map(({ records }) => records.length)).toEqual([0, 1, 1, 0]);
    expect(found.map(({ owed }) => owed?.refusal ?? null)).toEqual([
      { code: 'UNKNOWN_POST', sentence },
      null,
      null,
      null,
    ]);
    const shown = await LISTS.decision.find(await ledger.view(), decision);
    expect(JSON.stringify([...(shown as unknown as { opened: Map<string, unknown> }).opened.values()])).toContain(
      sentence,
    );
  });

  it('is told without the post to whoever may not see that post', async () => {
    await monitoring.does({ type: 'Mark', ref: 'site-finder', to: SENSITIVE }, 'directory');
    await ledger.drawConsequences();
    const [owed] = await came(decision, OFFICIAL);
    expect(owed).toEqual({
      records: [],
      owed: { opensBy: 'RaiseAction', refusal: { code: 'UNKNOWN_POST', sentence: null } },
    });
  });

  it('is done by hand, naming the cause, and then neither stands there nor is done again', async () => {
    await ledger.drawConsequences();
    const [named] = (await state(decision)).actions;
    const byHand = { type: 'RaiseAction', decision, causedBy: named!.event, title: 'Find a site' };
    const ref = await officer.does({ ...byHand, owner: 'opcc-officer' });
    expect((await came(decision))[0]).toEqual({ records: [ref], owed: null });
    await ledger.drawConsequences();
    expect((await stored('ActionRaised')).length).toBe(3);
    const view = await ledger.view();
    expect(await causeOf(view, (await findAction(view, ref))!.state)).toMatchObject({
      record: decision,
      entry: named!.event,
      type: 'DecisionActionNamed',
      voided: false,
    });
    expect(await ledger.models.compare()).toMatchObject({ equal: true, differing: [] });
  });

  it('is one whose words were erased before the policy came to it', async () => {
    const [, other] = (await state(decision)).actions;
    await ledger.caughtUp();
    ledger.models.eraseTexts([other!.title!]);
    await ledger.drawConsequences();
    expect((await came(decision))[1]).toMatchObject({ records: [], owed: { refusal: { code: 'NEEDED' } } });
  });

  it('is not tried again before the next start, which does it where nothing stands in its way any more', async () => {
    const runner = await ledger.drawConsequences();
    const voided = (await stored('Voided')).at(-1)!;
    const opening = (await stored('PostAdded')).at(-1)!;
    expect(voided).toBeDefined();
    await monitoring.does(
      { type: 'Restore', ref: 'site-finder', event: opening.header.id, reason: 'There is one.' },
      'directory',
    );
    await ledger.caughtUp();
    await runner.run();
    expect((await came(decision))[0]!.records).toEqual([]);
    await ledger.drawConsequences();
    expect((await came(decision))[0]!.records).toHaveLength(1);
  });
});

describe('the cause of an action', () => {
  let decision: string;
  let opened: string;
  let entry: string;

  beforeEach(async () => {
    await switchOn();
    decision = await decided();
    await ledger.drawConsequences();
    opened = (await came(decision))[0]!.records[0]!;
    entry = (await state(decision)).actions[0]!.event;
  });

  const cause = async (reader = FULL) => {
    const view = await ledger.view({}, reader);
    const action = await findAction(view, opened);
    return action === null ? 'hidden' : causeOf(view, action.state);
  };

  it('is shown to be a mistake once it was made void, and the action stands', async () => {
    expect(await cause()).toMatchObject({ record: decision, entry, voided: false });
    const why = { reason: 'Not decided.' };
    await monitoring.does({ type: 'Void', ref: decision, event: entry, ...why }, 'decisions');
    expect(await cause()).toMatchObject({ record: decision, entry, voided: true });
    await monitoring.does({ type: 'Restore', ref: decision, event: entry, ...why }, 'decisions');
    expect(await cause()).toMatchObject({ voided: false });
    await ledger.drawConsequences();
    expect((await stored('ActionRaised')).length).toBe(3);
  });

  it('is shown to be a mistake where all of its decision was', async () => {
    const opening = (await stored('DecisionProposed'))[0]!.header.id;
    await monitoring.does({ type: 'Void', ref: decision, event: opening, reason: 'Entered twice.' }, 'decisions');
    expect(await cause()).toMatchObject({ record: decision, entry, voided: true });
    expect(await cause(OFFICIAL)).toMatchObject({ record: decision, voided: true });
  });

  it('hides the action when it is marked, and opens nothing again when it is opened', async () => {
    const mark = (to: object, target?: string) =>
      monitoring.does(
        { type: 'Mark', ref: decision, to, ...(target === undefined ? {} : { event: target }), reason: 'Covert.' },
        'decisions',
      );
    await mark(SENSITIVE, entry);
    // Withheld before the policy has done anything.
    expect(await cause(OFFICIAL)).toBe('hidden');
    const others = (await came(decision)).slice(1).flatMap(({ records }) => records);
    for (const ref of others) expect(await findAction(await ledger.view({}, OFFICIAL), ref)).not.toBeNull();
    await ledger.drawConsequences();
    expect((await stored('Marked')).length).toBe(2);
    await mark(OFFICIAL_OPEN, entry);
    await ledger.drawConsequences();
    expect(await cause(OFFICIAL)).toBe('hidden');
    await mark(SENSITIVE);
    await ledger.drawConsequences();
    for (const ref of others) expect(await findAction(await ledger.view({}, OFFICIAL), ref)).toBeNull();
    expect(await ledger.ledger.dispatch.consequencesOf('decisions', decision)).toEqual([]);
  });

  it('shows the public what was published of it, and not the action', async () => {
    const PUBLIC = { audience: 'public' } as const;
    await monitoring.does({ type: 'Publish', ref: decision }, 'decisions');
    const { actions } = await state(decision, PUBLIC);
    expect(actions).toHaveLength(2);
    expect(await openedBy(await ledger.view({}, PUBLIC), actions[0]!.event)).toEqual({ records: [], owed: null });
    expect(await cause(PUBLIC)).toBe('hidden');
    expect(await cause(OFFICIAL)).toMatchObject({ record: decision, voided: false });
  });
});
