import { PUBLIC } from '../../libs/access/index.ts';
import { OFFICIAL_OPEN, type Marking } from '../../libs/ledger/index.ts';
import { pastEvent } from '../../libs/spec-kit/index.ts';
import { compareHistories, FAULTS } from './compared.ts';
import { answerOf, type Fault, type ModelReader } from './written-rules.ts';

/** 500 by hand: see the README beside this. */
const HISTORIES = Number(process.env['MODEL_HISTORIES'] ?? 6);
const FIRST = Number(process.env['MODEL_FIRST'] ?? 1);
const asking = { commands: 40, questions: 20 } as const;

describe('what the ledger answers', () => {
  it('is what the written rules say, at any basis and for every reader, over all registers', async () => {
    const seeds = { first: FIRST, count: HISTORIES };
    const found = await compareHistories(seeds, { ...asking, faults: FAULTS, rebuildEvery: 5 });
    const { differences, differing, answered, noticed, acceptedOf, fewest, contradicting } = found;
    if (process.env['MODEL_HISTORIES'] !== undefined)
      process.stdout.write(
        `${HISTORIES * asking.questions} answers compared, in which there were ${JSON.stringify(answered)}\n`,
      );
    expect(differences).toEqual([]);
    expect(differing).toEqual([]);
    // An answer of nothing shows nothing: look at what there was, too.
    expect(fewest).toBe(asking.commands);
    for (const what of [
      'actions',
      'meetings',
      'overdue',
      'contradictions',
      'mistakes',
      'facts',
      'extensions',
      'may already hold',
    ])
      expect([what, (answered[what] ?? 0) > HISTORIES / 3]).toEqual([what, true]);
    expect(Object.keys(acceptedOf).length).toBeGreaterThan(HISTORIES > 5 ? 24 : 16);
    expect(contradicting.filter(({ named, changed }) => named === changed)).toEqual([]);
    // Rules that are left out of the model are noticed; those that matter seldom are shown below.
    const missed = FAULTS.filter((fault) => !noticed.has(fault));
    expect(missed.length).toBeLessThanOrEqual(HISTORIES >= 60 ? 2 : FAULTS.length / 3);
  }, 1_200_000);
});

describe('controls: a rule that is left out changes an answer, where it', () => {
  const RAISED = {
    id: 'raised',
    type: 'ActionRaised',
    facts: { ref: 'CGB-2023-06-A1', body: 'CGB', owner: 'force-lead', due: { on: '2023-07-01' } },
  };
  const agreed = (effectiveOn: string) => ({ id: 'agreed', type: 'ActionAgreed', effectiveOn });
  const corrected = (on: string) => ({
    type: 'Corrected',
    facts: { target: 'raised', schema: 1, path: 'due.on', is: on },
  });
  const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };
  const marked = (to: Marking) => ({ type: 'Marked', facts: { to: { ...to } } });
  const by = { how: 'by', to: '2023-06-25' } as const;
  type Past = Parameters<typeof pastEvent>[1];
  type Scene = readonly [Fault, ModelReader['clearance'], string, readonly Past[]];

  it.each<Scene>([
    [
      'lays the first correction on last',
      'full',
      '2023-06-30',
      [RAISED, corrected('2023-08-01'), corrected('2023-09-01')],
    ],
    [
      'lets the marking of a record open its events',
      'official',
      '2023-06-30',
      [RAISED, { type: 'UpdateGiven', marking: SENSITIVE }, marked(SENSITIVE), marked(OFFICIAL_OPEN)],
    ],
    [
      'begins a span with the known day before',
      'full',
      '2023-06-22',
      [RAISED, agreed('2023-06-25'), { type: 'UpdateGiven', effectiveOn: by.to, dated: by }],
    ],
    [
      'hides the void of a record from the public',
      'public',
      '2023-06-30',
      [RAISED, { type: 'Published' }, { type: 'Voided', facts: { target: 'raised' } }],
    ],
    ['calls overdue what is due that day', 'full', '2023-07-01', [RAISED, agreed('2023-06-21')]],
    [
      'does not restore',
      'full',
      '2023-06-30',
      [
        RAISED,
        agreed('2023-06-21'),
        { type: 'Voided', facts: { target: 'agreed' } },
        { type: 'Restored', facts: { target: 'agreed' } },
      ],
    ],
    [
      'orders by recording alone',
      'full',
      '2023-07-01',
      [
        RAISED,
        { type: 'ActionDeferred', effectiveOn: '2023-06-30' },
        { type: 'UpdateGiven', effectiveOn: '2023-06-25' },
      ],
    ],
  ])('%s', (fault, clearance, effective, past) => {
    const log = past.map((one, index) => ({ event: pastEvent('actions', one, index + 1), position: String(index) }));
    const at = { effective, recorded: '2023-12-31T00:00:00.000Z', clock: 'STATED' } as const;
    expect(answerOf(log, { clearance }, at, fault)).not.toEqual(answerOf(log, { clearance }, at));
  });
});

describe('controls: a fault in the answers is seen', () => {
  it.each([
    [
      'answered on the other clock',
      ({ clock, ...asOf }, reader) => [{ ...asOf, clock: clock === 'STATED' ? 'PROVEN' : 'STATED' }, reader],
    ],
    ['answered at the head, whatever position is asked for', ({ position: _, ...asOf }, reader) => [asOf, reader]],
    ['answered for today, whatever day is asked for', ({ effective: _, ...asOf }, reader) => [asOf, reader]],
    ['answered to somebody who sees less', (asOf) => [asOf, PUBLIC]],
  ] satisfies [string, NonNullable<Parameters<typeof compareHistories>[1]['instead']>][])('%s', async (_, instead) => {
    const { differences } = await compareHistories({ first: 1, count: 2 }, { commands: 25, questions: 30, instead });
    expect(differences.length).toBeGreaterThan(0);
  });
});
