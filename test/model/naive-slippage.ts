import { londonDayOf, type RecordEvent } from '../../libs/ledger/index.ts';
import { factsOf, instantOf, type Raw, type RawRecord } from './naive-comparison.ts';

/*
 * A second opinion on slippage, by docs/slippage.md: every day by itself, first what became of meetings on it and then what was said of the record. It shares no
 * code with libs/timeline and asks no register what its events say of due dates.
 */

export interface NaiveSlippage {
  readonly of: string;
  readonly original: string | null;
  readonly current: string | null;
  /** `kind event: from > to, days, before or after`. */
  readonly moves: readonly string[];
  readonly beside: readonly string[];
}

export interface NaiveAt {
  readonly effective: string;
  readonly recorded: string;
  readonly sequence: number;
  readonly clock: 'PROVEN' | 'STATED';
}

interface NaiveDue {
  readonly on?: string;
  readonly dated?: { readonly to: string };
  readonly meeting?: string;
}

/** Rules that are left out one at a time, to see that it is noticed. */
export const SLIPPAGE_FAULTS = [
  'a correction is a move',
  'a deferral is a move',
  'the old date passed when it took effect',
  'a meeting that gets its first day moves what is due there',
] as const;
export type SlippageFault = (typeof SLIPPAGE_FAULTS)[number];

/** What a fact of any register says of due dates: which date, what it does to it, and the date. */
type Said = readonly [of: string, does: string, due?: NaiveDue | undefined];
function saidBy({ type, id, facts }: RecordEvent): readonly Said[] {
  const { due, plannedFor, paperDueOn, targetOn, control, until, meeting } = facts as {
    readonly due?: NaiveDue;
    readonly plannedFor?: NaiveDue;
    readonly paperDueOn?: string;
    readonly targetOn?: string;
    readonly control?: string;
    readonly until?: string;
    readonly meeting?: string;
  };
  const paper = (does: string): readonly Said[] =>
    paperDueOn === undefined ? [] : [['paper', does, { on: paperDueOn }]];
  switch (type) {
    case 'ActionRaised':
    case 'RecommendationMade':
    case 'DecisionProposed':
      return due === undefined ? [] : [['', 'set', due]];
    case 'DueDateExtended':
    case 'ExtensionGranted':
    case 'RecommendationDueDateMoved':
      return [['', 'move', due]];
    case 'ActionDeferred': {
      const to = until !== undefined ? { on: until } : meeting !== undefined ? { meeting } : undefined;
      return [['', 'note', to]];
    }
    case 'DecisionDeferred':
      return [['', 'defer', due]];
    case 'ForwardPlanItemSuggested':
    case 'ForwardPlanItemScheduled':
      return [...(plannedFor === undefined ? [] : [['', 'set', plannedFor] satisfies Said]), ...paper('move')];
    case 'ForwardPlanItemRevised':
    case 'ForwardPlanPaperCommissioned':
      return paper('move');
    case 'ForwardPlanItemPresented':
      return [['paper', 'end']];
    case 'ForwardPlanItemDeferred':
      return [
        ['', 'defer', plannedFor],
        ['paper', 'defer', paperDueOn === undefined ? undefined : { on: paperDueOn }],
      ];
    case 'RiskControlAdded':
      return targetOn === undefined ? [] : [[id, 'set', { on: targetOn }]];
    case 'RiskControlMoved':
      return [[control!, 'move', { on: targetOn! }]];
    default:
      return [];
  }
}

const OPENINGS = ['ActionRaised', 'RecommendationMade', 'DecisionProposed', 'ForwardPlanItemSuggested', 'RiskProposed'];

function isThere({ register }: RawRecord, facts: readonly RecordEvent[]): boolean {
  let state = register.initial;
  for (const fact of facts) state = register.evolve(state, fact);
  return register.refOf(state) !== null;
}

/** The due dates of one record of a world, the slow way. */
export function naiveSlippage(
  world: readonly RawRecord[],
  record: RawRecord,
  at: NaiveAt,
  fault?: SlippageFault,
): readonly NaiveSlippage[] {
  const instants = new Map<Raw, string>();
  for (const { events } of world) for (const event of events) instants.set(event, instantOf(event, events, at.clock));
  const all = world.flatMap(({ events }) => events);
  const known = new Set(all.filter((event) => event.sequence <= at.sequence && instants.get(event)! <= at.recorded));
  const recordedOn = ({ id }: RecordEvent) => londonDayOf(instants.get(all.find((one) => one.id === id)!)!);
  // Of what took effect before there was the record nothing is said.
  const opened = factsOf(record, known).filter(({ effectiveOn }) => effectiveOn <= at.effective);
  const facts = opened.slice(opened.findIndex((_, index) => isThere(record, opened.slice(0, index + 1))));
  if (!isThere(record, opened)) return [];
  // Nor does what would open it a second time.
  while (facts.slice(1).some(({ type }) => OPENINGS.includes(type)))
    facts.splice(1 + facts.slice(1).findIndex(({ type }) => OPENINGS.includes(type)), 1);
  const names = [...new Set(facts.flatMap((fact) => saidBy(fact).map(([of]) => of)))];
  const meetings = new Map(world.map((one) => [one.ref, one]));

  /** What a meeting was once so many of its facts were in effect: its day, and whether it is cancelled. */
  const meetingAfter = (one: RawRecord, inEffect: readonly RecordEvent[]) => {
    let state = one.register.initial;
    for (const fact of inEffect) state = one.register.evolve(state, fact);
    const { status, date, dated } = state as { status: string; date?: string; dated?: { to: string } };
    return { day: date ?? dated?.to ?? null, isCancelled: status === 'CANCELLED' };
  };
  const factsOfMeeting = (ref: string | undefined) => {
    const one = ref === undefined ? undefined : meetings.get(ref);
    return one === undefined || one.register.name !== 'meetings' ? [] : factsOf(one, known);
  };
  const dayOf = (due: NaiveDue, day: string): string | null => {
    if (due.meeting === undefined) return due.on ?? due.dated?.to ?? null;
    const inEffect = factsOfMeeting(due.meeting).filter(({ effectiveOn }) => effectiveOn <= day);
    return inEffect.length === 0 ? null : meetingAfter(meetings.get(due.meeting)!, inEffect).day;
  };
  const days = [
    ...new Set(
      [...facts, ...world.flatMap((one) => factsOf(one, known))]
        .map(({ effectiveOn }) => effectiveOn)
        .filter((day) => day <= at.effective),
    ),
  ].sort();
  /** The day that it had then; else the first that it got. */
  const whenSet = (due: NaiveDue, day: string): string | null => {
    for (const one of [day, ...days.filter((later) => later > day)]) {
      const found = dayOf(due, one);
      if (due.meeting === undefined || found !== null) return found;
    }
    return null;
  };

  return names.flatMap((name): NaiveSlippage[] => {
    const moves: string[] = [];
    const beside: string[] = [];
    let first: readonly [NaiveDue, string] | null = null;
    let due: NaiveDue | null = null;
    let setOn = '';
    let last: string | null = null;
    const passed = (event: RecordEvent, from: string | null) => {
      if (from === null) return 'unknown';
      const on = fault === 'the old date passed when it took effect' ? event.effectiveOn : recordedOn(event);
      return on > from ? 'after' : 'before';
    };
    const told = (kind: string, event: RecordEvent, from: string | null, to: string | null) => {
      const many = from === null || to === null ? '?' : (Date.parse(to) - Date.parse(from)) / (24 * 60 * 60 * 1000);
      return `${kind} ${event.id}: ${from} > ${to}, ${many} days, ${passed(event, from)}`;
    };
    for (const day of days) {
      // What was set before today, at a meeting, follows what becomes of that today.
      const ofMeeting = factsOfMeeting(due?.meeting);
      const ofToday = ofMeeting.filter(({ effectiveOn }) => effectiveOn === day);
      if (due !== null && ofToday.length > 0 && setOn < day) {
        const after = (many: number) => meetingAfter(meetings.get(due!.meeting!)!, ofMeeting.slice(0, many)).day;
        const first = ofMeeting.indexOf(ofToday[0]!);
        const now: string | null = after(first + ofToday.length);
        const isFirst = last === null && fault !== 'a meeting that gets its first day moves what is due there';
        // The last fact of the day that gave it another day, if any did.
        const by = ofToday.findLast((_, index) => after(first + index + 1) !== after(first + index)) ?? ofToday[0]!;
        if (now !== null && !isFirst && now !== last) moves.push(told('MOVED_WITH_MEETING', by, last, now));
        if (now !== null) last = now;
      }
      for (const fact of facts) {
        if (fact.effectiveOn !== day) continue;
        for (const [of, does, to] of saidBy(fact)) {
          if (of !== name || (due === null && to === undefined)) continue;
          const is = to === undefined ? null : whenSet(to, day);
          const was = due;
          if (does === 'note' || does === 'defer') beside.push(told('DEFERRED', fact, due === null ? null : last, is));
          if (does === 'set' && due !== null) beside.push(told('SET_ANEW', fact, last, is));
          const isMove = does === 'move' || (fault === 'a deferral is a move' && does === 'defer');
          if (isMove && was !== null && to !== undefined) {
            const [own, other] = [was, to].map((one) => (one.meeting === undefined ? (one.on ?? one.dated?.to) : null));
            const kind = own == null || other == null || other > own ? 'EXTENDED' : 'BROUGHT_FORWARD';
            if (own == null || other == null || own !== other) moves.push(told(kind, fact, last, is));
          }
          if (does === 'note') continue;
          due = to ?? null;
          if (to === undefined) continue;
          [setOn, last] = [day, dayOf(to, day)];
          first ??= [to, day];
        }
      }
    }
    if (fault === 'a correction is a move')
      for (const event of record.events) if (event.type === 'Corrected' && known.has(event)) moves.push(event.id);
    if (first === null) return [];
    const now: NaiveDue | null = due;
    const ofMeeting = factsOfMeeting(now?.meeting).filter(({ effectiveOn }) => effectiveOn <= at.effective);
    const isGone =
      now === null ||
      (now.meeting !== undefined &&
        (ofMeeting.length === 0 || meetingAfter(meetings.get(now.meeting)!, ofMeeting).isCancelled));
    return [
      {
        of: name,
        original: whenSet(...first),
        current: isGone ? null : dayOf(now, at.effective),
        moves,
        beside,
      },
    ];
  });
}
