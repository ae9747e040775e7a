import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { rowsWithWords } from '../../libs/declarations/index.ts';
import { ROWS } from '../../libs/registers/rules/index.ts';
import { inForceOn, type LevelScale } from '../../libs/rules/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { breachesOf } from './policy-queries.ts';
import { countRules, findRule, listRules, type RuleFilter } from './queries.ts';

const SECRET = { ...OFFICIAL_OPEN, sensitive: true };
const says = (ownerSays: boolean, originatorSays: boolean) => ({
  ...{ ownerSays, officeSays: true, auditorSays: false, originatorSays },
});

describe('the rule book', () => {
  let ledger: LedgerBeingRead;
  const CLOSURE = 'HMICFRS-closure';

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-01T12:00:00.000Z' });
    for (const as of ['HMICFRS', 'JARAP'])
      await ledger.as('opcc-officer').does({ type: 'AddBody', as, name: `Name of ${as}` });
    const monitoring = ledger.as('monitoring-officer');
    const add = (kind: string, body: string, title: string, more: object = {}) =>
      monitoring.does({ type: 'AddRule', kind, body, title, ...more });
    await add('CLOSURE_ROUTE', 'HMICFRS', 'How inspectors close');
    const dates = await add('DUE_DATE_POLICY', 'JARAP', 'Target dates', { as: 'due-dates' });
    await add('RAG', 'JARAP', 'Colours', { as: 'rag' });
    await add('RAG', 'JARAP', 'Hidden colours', { as: 'hidden', marking: SECRET });
    await monitoring.does({ type: 'SetClosureRoute', ref: CLOSURE, ...says(true, true) });
    // Known in June, and in force from July.
    await monitoring.does({
      type: 'SetClosureRoute',
      ref: CLOSURE,
      ...says(true, false),
      effectiveOn: '2023-07-01',
    });
    await monitoring.does({
      type: 'SetClosureRoute',
      ref: CLOSURE,
      ...says(false, false),
      effectiveOn: '2023-08-01',
      marking: SECRET,
    });
    await monitoring.does({ type: 'SetDueDatePolicy', ref: dates, mostExtensions: 1, reason: 'Members asked for it.' });
    ledger.clock.set('2023-07-10T12:00:00.000Z');
    await monitoring.does({ type: 'EndRule', ref: dates, reason: 'Members left it to officers.' });
  });
  afterAll(() => ledger.remove());

  const listed = async (filter: RuleFilter = {}, asOf = {}, reader = OFFICIAL) =>
    (await listRules(await ledger.view(asOf, reader), filter, {})).edges.map(({ node: { ref } }) => ref);

  it('lists rules by reference, for each reader those that they may know of', async () => {
    expect(await listed()).toEqual([CLOSURE, 'JARAP-due-dates', 'JARAP-rag']);
    expect((await listRules(await ledger.view(), {}, {})).totalCount).toBe(4);
    expect(await listed({}, { effective: '2023-05-31' })).toEqual([]);
  });

  it.each<[RuleFilter, readonly string[]]>([
    [{ body: 'JARAP' }, ['JARAP-due-dates', 'JARAP-rag']],
    [{ body: 'NONE' }, []],
    [{ kind: ['RAG', 'CLOSURE_ROUTE'] }, [CLOSURE, 'JARAP-rag']],
    [{ kind: [] }, []],
    [{ status: ['ENDED'] }, ['JARAP-due-dates']],
    [{ status: ['NO_VERSION'], body: 'HMICFRS' }, []],
    [{ text: 'TARGET dates' }, ['JARAP-due-dates']],
    [{ text: 'jarap-rag' }, ['JARAP-rag']],
    [{ text: 'hidden' }, []],
  ])('finds by %j, and counts as many', async (filter, refs) => {
    expect(await listed(filter)).toEqual(refs);
    const counts = await countRules(await ledger.view({}, OFFICIAL), 'STATUS', filter);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(refs.length);
  });

  it('counts by state, kind and body, and nothing of what is hidden', async () => {
    const counted = async (by: Parameters<typeof countRules>[1]) =>
      (await countRules(await ledger.view({}, OFFICIAL), by, {})).map(({ key, label, count }) => [key, label, count]);
    expect(await counted('STATUS')).toEqual([
      ['NO_VERSION', 'no version yet', 1],
      ['IN_FORCE', 'in force', 1],
      ['ENDED', 'ended', 1],
    ]);
    expect((await counted('KIND')).map(([key, , count]) => [key, count])).toEqual([
      ['RAG', 1],
      ['CLOSURE_ROUTE', 1],
      ['DUE_DATE_POLICY', 1],
    ]);
    expect(await counted('BODY')).toEqual([
      ['HMICFRS', 'Name of HMICFRS', 1],
      ['JARAP', 'Name of JARAP', 2],
    ]);
  });

  it('has the version in force on the day asked about, and tells apart those that are known and lie ahead', async () => {
    const at = async (effective: string, more: object = {}, reader = OFFICIAL) => {
      const view = await ledger.view({ effective, ...more }, reader);
      const { state, ahead } = (await findRule(view, CLOSURE))!;
      return [inForceOn(state, effective)?.version, ahead.map(({ version }) => version)];
    };
    expect(await at('2023-06-30')).toEqual(['1', ['2']]);
    expect(await at('2023-07-01')).toEqual(['2', []]);
    // What not everybody may see lies ahead for whoever may.
    expect(await at('2023-07-01', {}, FULL)).toEqual(['2', ['3']]);
    expect(await at('2023-07-01', { recorded: '2023-06-01T13:00:00.000Z' }, FULL)).toEqual(['2', ['3']]);
  });

  it('opens why a version was set', async () => {
    const view = await ledger.view({ effective: '2023-06-30' });
    const { state } = (await findRule(view, 'JARAP-due-dates'))!;
    expect(await view.text(state.versions[0]!.why)).toBe('Members asked for it.');
    expect(state.status).toBe('IN_FORCE');
  });

  it('has the rows of a version with their words, each where it was given', async () => {
    const ref = await ledger.as('monitoring-officer').does({
      ...{ type: 'AddRule', kind: 'PRIORITY_SCALE', body: 'JARAP', title: 'Priorities', as: 'priorities' },
    });
    const levels = [
      { level: 'High', meaning: 'Act at once.' },
      { level: 'Advisory' },
      { level: 'Low', meaning: 'Act.' },
    ];
    await ledger.as('monitoring-officer').does({ type: 'SetPriorityScale', ref, levels });
    const view = await ledger.view({}, OFFICIAL);
    const [version] = (await findRule(view, ref))!.state.versions;
    const held = { rows: (version!.content as LevelScale).levels, words: version!.words!['levels']! };
    expect(await rowsWithWords(ROWS.levels, held, (text) => view.text(text))).toEqual(levels);
  });

  it('tells what a policy was not kept in while a version of it is in force, of many records with the questions of one', async () => {
    const dates = {
      ...{ madeOn: '2023-01-01', original: '2023-02-01', extensions: 2, extendedLate: 0, extendedWithoutReason: 0 },
    };
    const at = async (effective: string, ref = 'JARAP-due-dates') =>
      breachesOf(await ledger.view({ effective }, OFFICIAL), ref, dates);
    expect(await at('2023-06-30')).toEqual(['EXTENDED_TOO_OFTEN']);
    // Ended on 10 July; of another kind; none at all.
    expect([await at('2023-07-10'), await at('2023-06-30', CLOSURE), await at('2023-06-30', 'NONE')]).toEqual([
      ...[null, null, null],
    ]);
    const cost = async (count: number) => {
      const view = await ledger.view({ effective: '2023-06-29' }, OFFICIAL);
      const before = ledger.models.questions;
      const of = await Promise.all(Array.from({ length: count }, () => breachesOf(view, 'JARAP-due-dates', dates)));
      expect(new Set(of.flat())).toEqual(new Set(['EXTENDED_TOO_OFTEN']));
      return ledger.models.questions - before;
    };
    const one = await cost(1);
    expect([one, await cost(50)]).toEqual([expect.any(Number), one]);
    expect(one).toBeGreaterThan(0);
  });

  it('costs no question for each rule', async () => {
    const asked = async (first: number) => {
      const view = await ledger.view({}, OFFICIAL);
      const before = ledger.models.questions;
      const { edges } = await listRules(view, {}, { first });
      await Promise.all(edges.map(({ node: { state } }) => view.text(state.title)));
      return [edges.length, ledger.models.questions - before] as const;
    };
    for (let number = 0; number < 50; number += 1)
      await ledger
        .as('monitoring-officer')
        .does({ type: 'AddRule', kind: 'RAG', body: 'JARAP', title: 'Many', as: `many-${number}` });
    // Counts are kept while nothing is written.
    await asked(5);
    const [few, questions] = await asked(5);
    const [many, more] = await asked(50);
    expect([few, many]).toEqual([5, 50]);
    expect(more).toBe(questions);
  });
});
