import fc from 'fast-check';
import { visibilityOf } from '../../libs/access/index.ts';
import {
  fallsLast,
  grown,
  ownersNow,
  stateOn,
  unfolded,
  whyNotLast,
  type FallsLast,
  type Fold,
} from '../../libs/dispatch/folds.ts';
import { addDays, isCommonFact, type RecordEvent, type Register } from '../../libs/ledger/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { amend, asItStood, firstIllegal, fold, isLegal, mistakeIn } from '../../libs/timeline/index.ts';
import { ACTION_WORDS, DAYS, FIRST_DAY, histories, PLEDGE_WORDS, pledges, type Vocabulary } from './histories.ts';

const SEED = 20231009;
const REGISTERS: readonly (readonly [name: string, Register, Vocabulary])[] = [
  ['a toy register whose state tells every fact', pledges as unknown as Register, PLEDGE_WORDS],
  ['actions', actions as unknown as Register, ACTION_WORDS],
];

/** A history, cut into the stretches in which a writer comes to read it. */
function readInStretches(words: Vocabulary): fc.Arbitrary<readonly (readonly RecordEvent[])[]> {
  return fc
    .tuple(histories(words, 20), fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 20, maxLength: 20 }))
    .map(([events, lengths]) => {
      const stretches: (readonly RecordEvent[])[] = [];
      for (let at = 0, turn = 0; at < events.length; at += lengths[turn++]!)
        stretches.push(events.slice(at, at + lengths[turn]!));
      return stretches;
    });
}

/** What is the matter with a fold that grew, beside one that was made afresh. */
function differencesOf(register: Register, kept: Fold, events: readonly RecordEvent[]): readonly string[] {
  const facts = amend(register, events);
  const wrong: string[] = [];
  const mustBeAlike = (what: string, one: unknown, other: unknown) => {
    if (JSON.stringify(one) !== JSON.stringify(other)) wrong.push(what);
  };
  mustBeAlike('events', kept.events, events);
  mustBeAlike('facts in force', kept.facts, facts);
  mustBeAlike('state', kept.end, fold(register, facts));
  mustBeAlike(
    'sight',
    [...kept.visibility.marked, kept.visibility],
    [...visibilityOf(events).marked, visibilityOf(events)],
  );
  mustBeAlike('mistake', kept.mistake, mistakeIn(events));
  mustBeAlike(
    'owners',
    ownersNow(register, kept.events),
    register.ownersOf(fold(register, amend(register, asItStood(events)))),
  );
  for (let day = -1; day <= DAYS + 1; day += 1) {
    const on = addDays(FIRST_DAY, day);
    mustBeAlike(
      `state on ${on}`,
      stateOn(register, kept.events, on),
      fold(
        register,
        facts.filter(({ effectiveOn }) => effectiveOn <= on),
      ),
    );
  }
  return wrong;
}

/** The verdict on events about to be added, by folding everything again. */
function verdictOfRefold(register: Register, before: readonly RecordEvent[], added: readonly RecordEvent[]) {
  const after = [...before, ...added];
  for (const event of added) {
    const verdict = isLegal(register, after, event.id);
    if (verdict !== null) return verdict;
  }
  return firstIllegal(register, before, after)?.refusal ?? null;
}

function grownEqualsAfresh(
  register: Register,
  words: Vocabulary,
  isLast: FallsLast,
): fc.IProperty<[readonly (readonly RecordEvent[])[]]> {
  return fc.property(readInStretches(words), (stretches) => {
    let kept = unfolded(register);
    const read: RecordEvent[] = [];
    for (const stretch of stretches) {
      const verdict = whyNotLast(register, kept.events, stretch, isLast);
      if (verdict !== undefined && JSON.stringify(verdict) !== JSON.stringify(verdictOfRefold(register, read, stretch)))
        throw new Error('the verdict at the end is not that of the re-fold');
      kept = grown(register, kept, stretch, isLast);
      read.push(...stretch);
      const wrong = differencesOf(register, kept, read);
      if (wrong.length > 0) throw new Error(`kept and afresh differ: ${wrong.join(', ')}`);
    }
  });
}

describe.each(REGISTERS)('what is kept of a record, in %s,', (_, register, words) => {
  it('is what folding it afresh gives, after every stretch of any history', () => {
    fc.assert(grownEqualsAfresh(register, words, fallsLast), { seed: SEED, numRuns: 400 });
  });

  it('grows without a fold afresh where most events come last', () => {
    let last = 0;
    let all = 0;
    for (const stretches of fc.sample(readInStretches(words), { seed: SEED, numRuns: 200 })) {
      let kept = unfolded(register);
      for (const event of stretches.flat()) {
        all += 1;
        last += fallsLast(kept, event) ? 1 : 0;
        kept = grown(register, kept, [event]);
      }
    }
    expect(last / all).toBeGreaterThan(0.3);
  });

  // Controls: each leaves out one thing that an event must pass in order to come last.
  it.each<[string, FallsLast]>([
    [
      'a late entry',
      (kept, event) => fallsLast(kept, isCommonFact(event) ? event : { ...event, effectiveOn: '9999-12-31' }),
    ],
    ['a fact before another', (kept, { before: _before, ...event }) => fallsLast(kept, event)],
    ['a correction, void or restoration', (kept, event) => isCommonFact(event) || fallsLast(kept, event)],
    ['a fact of a record that was recorded by mistake', (kept, event) => fallsLast({ ...kept, mistake: null }, event)],
    ['an event that was named before it was known', (kept, event) => fallsLast({ ...kept, named: new Set() }, event)],
  ])('is seen to be wrong when %s counts as coming last', (_what, faulty) => {
    const outcome = fc.check(grownEqualsAfresh(register, words, faulty), { seed: SEED, numRuns: 2000 });
    expect(outcome.failed).toBe(true);
    expect(String(outcome.errorInstance)).toMatch(/afresh differ|not that of the re-fold/);
  });
});
