import { isCapacity } from '../../access/index.ts';
import { addDays, type CivilDate, type Holding, type Refusal, type TextRef, unmoved } from '../../ledger/index.ts';
import type {
  BodyAdded,
  DirectoryEvent,
  HolderAppointed,
  MonitoringOfficerAppointed,
  PersonAdded,
  PostAdded,
  ReadingBegun,
  ReadingEnded,
  SubjectSet,
} from './events.ts';
import type { BodyOrganisation } from './fields.ts';
import { refuse } from './refusals.ts';

export interface Tenure {
  readonly person: string;
  readonly from: CivilDate;
  /** The last day, if it is known. */
  readonly until?: CivilDate;
  readonly interim: boolean;
  readonly shared: boolean;
}

export interface BodyState {
  readonly record: 'BODY';
  readonly ref: string;
  readonly name?: TextRef;
  readonly organisation?: BodyOrganisation;
  /** Made up, to show what the ledger can do. */
  readonly illustrative?: true;
  /** The bodies whose records it is shown, in the order in which that began; absent where there is none. */
  readonly reads?: readonly string[];
}
export interface PostState {
  readonly record: 'POST';
  readonly ref: string;
  readonly name?: TextRef;
  readonly body?: string;
  readonly capacity?: string;
  /** In the order in which they took effect. */
  readonly holders: readonly Tenure[];
}
export interface PersonState {
  readonly record: 'PERSON';
  readonly ref: string;
  readonly name?: TextRef;
  readonly contact?: TextRef;
  /** Where the subject by which the identity provider knows them is sealed. */
  readonly subject?: TextRef;
}

export type DirectoryState = { readonly record: 'NONE' } | BodyState | PostState | PersonState;

export const NOT_IN_DIRECTORY: DirectoryState = { record: 'NONE' };

/** The persons who hold a post on a day. A later tenure ends those before it unless it is shared. */
export function holdersOn(post: Pick<PostState, 'holders'>, day: CivilDate): readonly string[] {
  let holding: readonly Tenure[] = [];
  for (const tenure of post.holders) {
    if (tenure.from > day) break;
    holding = tenure.shared ? [...holding, tenure] : [tenure];
  }
  return holding.filter((tenure) => tenure.until === undefined || day <= tenure.until).map((tenure) => tenure.person);
}

/**
 * Who held a post from one day to another, both included: each person for the days of these on which they held it, one stretch
 * of days after another.
 */
export function holdersBetween(post: PostState, from: CivilDate, to: CivilDate): readonly Holding[] {
  // Between two of these days nobody comes or goes.
  const changes = post.holders
    .flatMap(({ from: first, until }) => [first, ...(until === undefined || until >= to ? [] : [addDays(until, 1)])])
    .filter((day) => day > from && day <= to);
  const days = [...new Set([from, ...changes])].sort();
  const stretches: { -readonly [field in keyof Holding]: Holding[field] }[] = [];
  days.forEach((day, index) => {
    const next = days[index + 1];
    const last = next === undefined ? to : addDays(next, -1);
    for (const person of new Set(holdersOn(post, day))) {
      const before = stretches.find((held) => held.person === person && addDays(held.to, 1) === day);
      if (before === undefined) stretches.push({ post: post.ref, person, from: day, to: last });
      else before.to = last;
    }
  });
  return from > to ? [] : stretches;
}

/** Is this event legal in that state? */
export function mayFollow(state: DirectoryState, event: DirectoryEvent): Refusal | null {
  switch (event.type) {
    case 'BodyAdded':
    case 'PostAdded':
    case 'PersonAdded':
      return state.record === 'NONE' ? null : refuse('ALREADY_ADDED', { values: { ref: state.ref } });
    case 'HolderAppointed':
    case 'MonitoringOfficerAppointed':
      if (state.record === 'NONE') return refuse('NOT_ADDED', { field: 'ref' });
      if (state.record !== 'POST') return refuse('NOT_A_POST', { field: 'ref', values: { ref: state.ref } });
      return event.type === 'HolderAppointed' ? whyNotTenure(event) : null;
    case 'SubjectSet':
      return state.record === 'PERSON' ? null : refuse('NOT_A_PERSON', { field: 'ref' });
    case 'ReadingBegun':
    case 'ReadingEnded':
      return state.record === 'BODY' ? whyNotReading(state, event) : refuse('NOT_A_BODY', { field: 'ref' });
    default:
      return null;
  }
}

/** Asked of a body that is still to be named, it is whether there can be any. */
function whyNotReading({ ref, reads = [] }: BodyState, { type, facts }: ReadingBegun | ReadingEnded): Refusal | null {
  const { reads: read } = facts as Partial<typeof facts>;
  if (type === 'ReadingBegun') {
    if (read === ref) return refuse('READS_ITSELF', { field: 'reads', values: { ref } });
    return read !== undefined && reads.includes(read)
      ? refuse('READS_ALREADY', { field: 'reads', values: { ref, reads: read } })
      : null;
  }
  const ends = read === undefined ? reads.length > 0 : reads.includes(read);
  return ends ? null : refuse('NOT_READ', { field: 'reads', values: { ref } });
}

/** A tenure does not end before it begins. */
function whyNotTenure({ facts: { until }, effectiveOn: from }: HolderAppointed): Refusal | null {
  if (until === undefined || until >= from) return null;
  return refuse('ENDS_BEFORE_IT_BEGINS', { field: 'until', values: { until, from } });
}

/**
 * What one more event makes of a record of the directory.
 *
 * Total: an event of an unknown kind, a second opening, or a holder of what is no post leaves the state as it is.
 */
export function evolve(state: DirectoryState, event: DirectoryEvent): DirectoryState {
  switch (event.type) {
    case 'BodyAdded':
      return state.record === 'NONE' ? bodyOf(event) : state;
    case 'PostAdded':
      return state.record === 'NONE' ? postOf(event) : state;
    case 'PersonAdded':
      return state.record === 'NONE' ? personOf(event) : state;
    case 'SubjectSet':
      return state.record === 'PERSON' ? knownAs(state, event) : state;
    case 'ReadingBegun':
    case 'ReadingEnded':
      return state.record === 'BODY' ? reading(state, event) : state;
    case 'HolderAppointed':
    case 'MonitoringOfficerAppointed':
      return state.record === 'POST' ? { ...state, holders: inOrder([...state.holders, tenureOf(event)]) } : state;
    default:
      return unmoved(state, event);
  }
}

/** A body belongs to itself, a post to the body of which it is, and a person to none: what is told of them is told of their posts. */
export function belongsTo(state: DirectoryState): string | null {
  return state.record === 'BODY' ? state.ref : state.record === 'POST' ? (state.body ?? null) : null;
}

/** The reference of a record; null while it is not there. */
export function refOf(state: DirectoryState): string | null {
  return state.record === 'NONE' ? null : state.ref;
}

function bodyOf({ facts, texts }: BodyAdded): BodyState {
  const { ref, organisation, illustrative } = facts;
  return {
    record: 'BODY',
    ref,
    ...(texts.name === undefined ? {} : { name: texts.name }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(illustrative === true ? { illustrative } : {}),
  };
}

/** What is read already, or is not read, changes nothing. */
function reading(state: BodyState, { type, facts }: ReadingBegun | ReadingEnded): BodyState {
  const { reads: before = [], ...body } = state;
  const others = before.filter((read) => read !== facts.reads);
  if (others.length < before.length === (type === 'ReadingBegun')) return state;
  const reads = type === 'ReadingBegun' ? [...before, facts.reads] : others;
  return reads.length === 0 ? body : { ...body, reads };
}

/** A post that every ledger knows from its first day acts in the capacity of its name, whatever is said of it. */
function postOf({ facts, texts }: PostAdded): PostState {
  const { ref, body } = facts;
  const capacity = isCapacity(ref) ? ref : facts.capacity;
  return {
    record: 'POST',
    ref,
    ...(texts.name === undefined ? {} : { name: texts.name }),
    ...(body === undefined ? {} : { body }),
    ...(capacity === undefined ? {} : { capacity }),
    holders: [],
  };
}

function personOf({ facts, texts }: PersonAdded): PersonState {
  return {
    record: 'PERSON',
    ref: facts.ref,
    ...(texts.name === undefined ? {} : { name: texts.name }),
    ...(texts.contact === undefined ? {} : { contact: texts.contact }),
  };
}

function knownAs({ subject: _, ...person }: PersonState, { texts }: SubjectSet): PersonState {
  return texts.subject === undefined ? person : { ...person, subject: texts.subject };
}

function tenureOf(event: HolderAppointed | MonitoringOfficerAppointed): Tenure {
  const { effectiveOn } = event;
  if (event.type === 'MonitoringOfficerAppointed')
    return { person: event.facts.person, from: effectiveOn, interim: false, shared: false };
  const { person, until, interim, shared } = event.facts;
  return { person, from: effectiveOn, ...(until === undefined ? {} : { until }), interim, shared };
}

/** Sorting is stable: of two appointments on one day the one recorded later stays the later. */
function inOrder(holders: readonly Tenure[]): readonly Tenure[] {
  return holders.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}
