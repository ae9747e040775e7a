import { isCapacity, type Capacity } from '../../access/index.ts';
import { kindSpelt } from '../../declarations/index.ts';
import type { Command, DecisionContext, MayIssue, RecordEvent, Refusal } from '../../ledger/index.ts';
import { MONITORING_OFFICER } from './commands.ts';
import { refuse } from './refusals.ts';
import type { DirectoryState, PostState } from './state.ts';

/** A post in one of these capacities has authority: over what others record, or over the directory itself. */
export const CAPACITIES_OF_AUTHORITY: readonly Capacity[] = ['commissioner', 'opcc-officer', 'monitoring-officer'];

export function isOfAuthority(capacity: string | undefined): boolean {
  return capacity !== undefined && (CAPACITIES_OF_AUTHORITY as readonly string[]).includes(capacity);
}

/** What a correction may change without changing a capacity, a tenure, or who somebody is: words, and where a post belongs. */
const MERE_WORDS = /^(name|body|organisation|reason|source(\..+)?)$/;
/** The facts that say who holds a post, and who somebody is. */
const OF_AUTHORITY = ['HolderAppointed', 'MonitoringOfficerAppointed', 'SubjectSet'];

/**
 * What grants authority, and every later change of a capacity, a tenure or a subject, is the monitoring officer's and typed by nobody
 * else: posts of authority, holders of such posts, corrections, voids and restorations. All else of the directory is the office's.
 */
export function mayIssueThis(
  command: Command,
  state: DirectoryState,
  events: readonly RecordEvent[],
): MayIssue | undefined {
  return grants(command, state, events) ? MONITORING_OFFICER : undefined;
}

function grants(command: Command, state: DirectoryState, events: readonly RecordEvent[]): boolean {
  const said = command as Command & { as?: string; capacity?: string; event?: string; path?: string };
  switch (said.type) {
    case 'AddPost':
      return isOfAuthority(isCapacity(said.as ?? '') ? said.as : said.capacity);
    case 'AppointHolder':
      return state.record === 'POST' && isOfAuthority(state.capacity);
    case 'Correct':
      return said.path === 'capacity' || (isOneOfAuthority(events, said.event) && !MERE_WORDS.test(said.path ?? ''));
    case 'Void':
    case 'Restore':
      return isOneOfAuthority(events, said.event);
    default:
      return false;
  }
}

/**
 * True for a fact of authority, for the fact that added a post which has or had a capacity or a person who has or had a subject, and for an
 * amendment of one.
 */
function isOneOfAuthority(events: readonly RecordEvent[], id: string | undefined): boolean {
  const event = events.find((one) => one.id === id);
  if (event === undefined) return false;
  const { target } = event.facts;
  if (event.type === 'PostAdded')
    return events.some(({ facts }) => facts['capacity'] !== undefined || facts['path'] === 'capacity');
  if (event.type === 'PersonAdded') return events.some(({ type }) => type === 'SubjectSet');
  return OF_AUTHORITY.includes(event.type) || (typeof target === 'string' && isOneOfAuthority(events, target));
}

/**
 * Nobody grants authority in their own cause: not to themself, not to a post that they act in or hold, and nobody says who they are
 * themself. Somebody whom the directory does not know could not be told from whoever they appoint.
 */
export function inOwnCause(
  command: Command,
  state: DirectoryState,
  events: readonly RecordEvent[],
  { enteredBy, today, subject }: DecisionContext,
): Refusal | null {
  const { person, post } = enteredBy;
  const said = command as Command & { as?: string; person?: string; event?: string; is?: unknown };
  if (said.type === 'AppointHolder' && said.person === person) return refuse('OWN_APPOINTMENT', { field: 'person' });
  if (said.type !== 'SetPersonSubject' && !grants(command, state, events)) return null;
  if (person === undefined || kindSpelt(person) !== 'person') return refuse('GRANTER_UNKNOWN');
  if (state.record === 'PERSON')
    return state.ref === person || subject?.isCallers === true ? refuse('OWN_SUBJECT', { field: 'ref' }) : null;
  if (said.as === post) return refuse('OWN_POST', { field: 'as' });
  if (state.record !== 'POST') return null;
  if (state.ref === post || holdsFrom(state, person, today)) return refuse('OWN_POST', { field: 'ref' });
  const about = events.find(({ id }) => id === said.event);
  return about?.facts['person'] === person || said.is === person ? refuse('OWN_APPOINTMENT', { field: 'event' }) : null;
}

/** Does the person hold the post on that day, or will they? */
function holdsFrom(post: PostState, person: string, day: string): boolean {
  return post.holders.some((held) => held.person === person && (held.until === undefined || held.until >= day));
}

/**
 * What of one record of the directory granted authority, and every later change of it: for the list that an auditor reads. `events`: all
 * of the record's, by version. The same facts as {@link mayIssueThis} keeps for the monitoring officer, and those that added them.
 */
export function grantsAmong<Event extends RecordEvent>(events: readonly Event[]): readonly Event[] {
  const capacities = events.flatMap(({ type, facts }) =>
    type === 'PostAdded' ? [facts['capacity']] : facts['path'] === 'capacity' ? [facts['is']] : [],
  );
  const isPostOfAuthority = capacities.some((one) => typeof one === 'string' && isOfAuthority(one));
  return events.filter(({ id, type, facts }) => {
    if (type === 'PostAdded' || type === 'HolderAppointed') return isPostOfAuthority;
    if (type === 'PersonAdded') return false;
    if (type === 'Corrected') return !MERE_WORDS.test(facts['path'] as string) && isOneOfAuthority(events, id);
    return isOneOfAuthority(events, id);
  });
}
