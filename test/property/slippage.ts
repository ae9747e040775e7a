import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { londonDayOf, type Register } from '../../libs/ledger/index.ts';
import {
  daysOfMeeting,
  fold,
  amend,
  knownAt,
  slippageOf,
  statedInstantOf,
  type DateSlippage,
  type DateStep,
  type KnownThen,
} from '../../libs/timeline/index.ts';
import type { FoldedDue } from '../../libs/declarations/index.ts';
import type { RawRecord } from '../model/naive-comparison.ts';
import { naiveSlippage, type NaiveAt, type SlippageFault } from '../model/naive-slippage.ts';
import { basesOf, chosenBases, SUBJECTS, worldsOf, type WorldRecord } from './worlds.ts';

/* What must hold of how things slipped, over random worlds. */

type Words = (typeof SUBJECTS)[string];
/** A meeting that is put off to no day, and to one. */
const MOVED = [
  { type: 'MeetingPostponed', facts: {} },
  { type: 'MeetingPostponed', facts: { to: '2023-04-26' } },
];

const [ACTION, ...MEETINGS] = SUBJECTS['action']!;
/** Records that have due dates, and the meetings at which they are due; said more often what moves them. */
export const SLIPPING: { readonly [subject: string]: Words } = {
  action: saying(SUBJECTS['action']!, { type: 'DueDateExtended', facts: { due: { on: '2023-04-09' } } }),
  'action due at a meeting': saying([
    {
      ...ACTION,
      opening: { ...ACTION.opening, facts: { ...ACTION.opening.facts, due: { meeting: 'CGB-2023-04-19' } } },
    },
    ...MEETINGS,
  ]),
  recommendation: saying(
    SUBJECTS['recommendation']!,
    { type: 'ExtensionGranted', facts: { due: { on: '2023-04-06' } } },
    { type: 'RecommendationDueDateMoved', facts: { due: { on: '2023-04-02' } } },
    { type: 'RecommendationDueDateMoved', facts: { due: { meeting: 'CGB-2023-04-19' } } },
  ),
  risk: saying(
    opened(SUBJECTS['risk']!, { type: 'RiskControlAdded', facts: { kind: 'ADDITIONAL', targetOn: '2023-04-03' } }),
    { type: 'RiskControlMoved', facts: { control: 's1', targetOn: '2023-04-09' } },
    { type: 'RiskControlMoved', facts: { control: 's1', targetOn: '2023-04-02' } },
  ),
  'forward plan item': saying(SUBJECTS['forward plan item']!, {
    type: 'ForwardPlanItemRevised',
    facts: { paperDueOn: '2023-04-11' },
  }),
  decision: saying(SUBJECTS['decision']!),
};

function saying([first, ...rest]: Words, ...more: Words[0]['following'][number][]): Words {
  const others = rest.map((one) =>
    one.register === 'meetings' ? { ...one, following: [...one.following, ...MOVED, ...MOVED] } : one,
  );
  return [{ ...first, following: [...first.following, ...more, ...more] }, ...others];
}

/** With a fact that every history has. */
function opened([first, ...rest]: Words, fact: Words[0]['following'][number]): Words {
  return [{ ...first, following: [fact, ...first.following] }, ...rest];
}

/** How it is worked out. A control works it out otherwise. */
export type Slip = (records: readonly WorldRecord[], record: WorldRecord, at: NaiveAt) => readonly DateSlippage[];

export const slipped: Slip = (records, record, at) =>
  slippageOf(record.register as unknown as Register, knownOf(record, at), at.effective, (ref) => {
    const meeting = records.find((one) => one.ref === ref && one.register.name === 'meetings');
    return meeting === undefined
      ? []
      : daysOfMeeting(meeting.register as unknown as Register, knownOf(meeting, at), at.effective);
  });

function knownOf({ events }: WorldRecord, at: NaiveAt): readonly KnownThen[] {
  return knownAt(events, at).map((event) => ({
    event,
    recordedAt: at.clock === 'PROVEN' ? event.recordedAt : statedInstantOf(event, events),
  }));
}

/** How every due date slipped is what a walk says that goes from day to day. */
export function isTheNaiveSlippage(subject: string, runs: number, how = slipped, fault?: SlippageFault) {
  const met = { moves: 0, beside: 0, withMeeting: 0 };
  fc.assert(
    fc.property(
      worldsOf(SLIPPING[subject]!, 16),
      chosenBases(3),
      fc.constantFrom('PROVEN' as const, 'STATED' as const),
      (records, chosen, clock) => {
        for (const basis of basesOf(records, chosen)) {
          const at = { ...basis, clock };
          const naive = naiveSlippage(
            records as unknown as readonly RawRecord[],
            records[0] as unknown as RawRecord,
            at,
            fault,
          );
          const found = how(records, records[0]!, at).map(inWords);
          for (const { moves, beside } of naive) {
            met.moves += moves.length;
            met.beside += beside.length;
            met.withMeeting += moves.filter((one) => one.startsWith('MOVED_WITH')).length;
          }
          const byName = (all: readonly { readonly of: string }[]) => [...all].sort((a, b) => (a.of < b.of ? -1 : 1));
          if (!isDeepStrictEqual(byName(found), byName(naive)))
            throw new Error(`${JSON.stringify({ at, found, naive }, null, 1)}`);
        }
      },
    ),
    { numRuns: runs, seed: 17, reporter },
  );
  return met;
}

/** The extensions of an action and of a recommendation are those that its register counts. */
export function countsAsTheRegister(subject: 'action' | 'recommendation', runs: number) {
  fc.assert(
    fc.property(worldsOf(SLIPPING[subject]!, 16), chosenBases(2), (records, chosen) => {
      for (const basis of basesOf(records, chosen)) {
        const at = { ...basis, clock: 'STATED' } as const;
        const register = records[0]!.register as unknown as Register;
        const facts = amend(register, knownAt(records[0]!.events, at));
        // No command and no correction leaves a date that both a day and a meeting tell, and registers read such a one differently.
        if (
          facts.some((fact) =>
            register.dues!.said(fact).some(({ due }) => due?.on !== undefined && due.meeting !== undefined),
          )
        )
          continue;
        const state = fold(
          register,
          facts.filter(({ effectiveOn }) => effectiveOn <= at.effective),
        ) as { readonly due?: FoldedDue };
        const moves = slipped(records, records[0]!, at).flatMap((one) => one.moves);
        const many = (kind: string) => moves.filter((one) => one.kind === kind).length;
        const counted = [many('EXTENDED'), many('BROUGHT_FORWARD')];
        if (!isDeepStrictEqual(counted, [state.due?.extensions ?? 0, state.due?.broughtForward ?? 0]))
          throw new Error(JSON.stringify({ at, counted, due: state.due }));
      }
    }),
    { numRuns: runs, seed: 17, reporter },
  );
}

function inWords({ of, original, current, moves, beside }: DateSlippage) {
  const step = ({ event, from, to }: DateStep, days: number | null, after: boolean | null, kind: string) =>
    `${kind} ${event.id}: ${from} > ${to}, ${days ?? '?'} days, ${after === null ? 'unknown' : after ? 'after' : 'before'}`;
  return {
    ...{ of, original, current },
    moves: moves.map((move) => step(move, move.days, move.afterItPassed, move.kind)),
    beside: beside.map((one) => besideInWords(one, step)),
  };
}

/** Beside the moves nobody counts days: these are worked out here, to lie side by side with the walk's. */
function besideInWords(
  one: DateSlippage['beside'][number],
  step: (step: DateStep, days: number | null, after: boolean | null, kind: string) => string,
) {
  const { from, to, recordedAt } = one;
  const days = from === null || to === null ? null : (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return step(one, days, from === null ? null : londonDayOf(recordedAt) > from, one.kind);
}

/** The worlds themselves are too long to be read. */
function reporter<Of>({ failed, counterexamplePath, errorInstance }: fc.RunDetails<Of>) {
  if (failed) throw new Error(`${counterexamplePath}: ${(errorInstance as Error | null)?.message}`);
}
