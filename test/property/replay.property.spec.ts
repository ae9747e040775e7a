import { replayOf } from '../../libs/timeline/index.ts';
import { isTheNaiveFold, replayed } from './replay.ts';
import { SUBJECTS, worldOf } from './worlds.ts';

/** Worlds of each register. More: by hand `WORLDS=500`. */
const RUNS = Number(process.env['WORLDS'] ?? 120);

describe.each(Object.keys(SUBJECTS))('replaying a %s', (subject) => {
  it('tells at every step what folding its raw events anew tells, by recording and by effect', () => {
    isTheNaiveFold(subject, RUNS);
  });
});

describe('a replay that is not so', () => {
  it.each([
    ['tells the last state at every step', (steps) => steps.map((step) => ({ ...step, after: steps.at(-1)!.after }))],
    ['leaves out what changes nothing', (steps) => steps.filter(({ changed }) => changed.length > 0)],
    ['leaves out other records', (steps) => steps.filter(({ cause }) => cause.kind !== 'OTHER_RECORD')],
    ['leaves out the day itself', (steps) => steps.filter(({ cause }) => cause.kind !== 'DAY')],
  ] as readonly [string, (steps: ReturnType<typeof replayed>) => ReturnType<typeof replayed>][])(
    'is noticed: one that %s',
    (_, otherwise) => {
      expect(() => isTheNaiveFold('action', 200, (...asked) => otherwise(replayed(...asked)))).toThrow();
    },
  );
});

describe('a walk that lacks a record', () => {
  it('says which, and tells nothing for certain', () => {
    const world = { ...worldOf([]), eventsOf: () => undefined, refsOfBody: () => [] };
    const at = { effective: '2023-06-01', recorded: '2023-06-01T00:00:00.000Z', sequence: 9, clock: 'PROVEN' } as const;
    const walk = replayOf(world, at, { register: 'actions', ref: 'CGB-2023-04-A1' }, 'RECORDED');
    expect(walk.next()).toEqual({
      done: true,
      value: { unknown: [{ register: 'actions', ref: 'CGB-2023-04-A1' }] },
    });
  });
});
