import { countsAsTheRegister, isTheNaiveSlippage, SLIPPING } from './slippage.ts';

/** Worlds of each register. More by hand: `WORLDS=3000`. */
const RUNS = Number(process.env['WORLDS'] ?? 300);
/** What is not met is not tested: in so many worlds there are at least so many moves, moves with a meeting, and deferrals. */
const MET: { readonly [subject: string]: readonly [moves: number, withMeeting: number, beside: number] } = {
  action: [100, 0, 10],
  'action due at a meeting': [50, 5, 10],
  recommendation: [100, 1, 0],
  risk: [20, 0, 0],
  'forward plan item': [100, 5, 10],
  decision: [5, 5, 10],
};

describe('how what is due slipped', () => {
  it.each(Object.keys(SLIPPING))(
    'is what a walk from day to day says, on both clocks at any basis, of a %s',
    (subject) => {
      const { moves, withMeeting, beside } = isTheNaiveSlippage(subject, RUNS);
      const least = MET[subject]!;
      expect([moves, withMeeting, beside].map((many, index) => Math.min(many, least[index]!))).toEqual(least);
    },
  );

  it.each(['action', 'recommendation'] as const)('counts the extensions of a %s as its register does', (subject) => {
    countsAsTheRegister(subject, RUNS);
  });

  it('would be seen to leave out a rule of it', () => {
    for (const [fault, subject] of [
      ['a correction is a move', 'action'],
      ['a deferral is a move', 'decision'],
      ['the old date passed when it took effect', 'action'],
      ['a meeting that gets its first day moves what is due there', 'action'],
    ] as const)
      expect(() => isTheNaiveSlippage(subject, 1_000, undefined, fault), fault).toThrow();
  });
});
