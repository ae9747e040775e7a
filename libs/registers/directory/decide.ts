import { isCapacity, subjectAsCompared } from '../../access/index.ts';
import { draft, PAGES_OF_LISTS } from '../../declarations/index.ts';
import {
  isRestricted,
  LEDGER_ITSELF,
  OFFICIAL_OPEN,
  OPERATOR,
  stricter,
  type Decision,
  type DecisionContext,
} from '../../ledger/index.ts';
import type {
  AddBody,
  AddPerson,
  AddPost,
  AppointHolder,
  AppointMonitoringOfficer,
  BeginReading,
  DirectoryCommand,
  EndReading,
  SetPersonSubject,
} from './commands.ts';
import * as Event from './events.ts';
import { personIn } from './links.ts';
import { refuse } from './refusals.ts';
import { holdersOn, mayFollow, type DirectoryState } from './state.ts';

/** What the directory alone knows: `decideCommand` (`libs/declarations`) has asked all that the declarations say. */
export function decide(state: DirectoryState, command: DirectoryCommand, context: DecisionContext): Decision {
  switch (command.type) {
    case 'AddBody':
      return addBody(command);
    case 'AddPost':
      return addPost(command);
    case 'AddPerson':
      return addPerson(command);
    case 'AppointHolder':
      return appointHolder(state, command, context);
    case 'SetPersonSubject':
      return setPersonSubject(state, command, context);
    case 'AppointMonitoringOfficer':
      return appointMonitoringOfficer(state, command, context);
    case 'BeginReading':
    case 'EndReading':
      return beginOrEndReading(state, command, context);
  }
}

function addBody({ as, name, organisation, illustrative }: AddBody): Decision {
  return {
    events: [
      draft(Event.BodyAdded, {
        facts: { organisation, illustrative: illustrative === true || undefined },
        texts: { name },
      }),
    ],
    reference: { series: 'directory', stem: as, style: 'EXACT' },
  };
}

/** What is said of a restricted body is as restricted as that body is today, as a link to it is. */
function beginOrEndReading(
  state: DirectoryState,
  { type, reads }: BeginReading | EndReading,
  context: DecisionContext,
): Decision {
  const declared = type === 'BeginReading' ? Event.ReadingBegun : Event.ReadingEnded;
  const refusal = mayFollow(state, context.wouldBe<Event.ReadingBegun | Event.ReadingEnded>(declared.type, { reads }));
  if (refusal !== null) return { refusal };
  const { envelope, links } = context;
  const of = links.markingOf('directory', reads) ?? OFFICIAL_OPEN;
  const marking = isRestricted(of) ? stricter(of, envelope.marking ?? OFFICIAL_OPEN) : undefined;
  return { events: [draft(declared, { facts: { reads }, marking })] };
}

/** A standard post is added too, to give it a name and a body. It keeps the capacity of its name: no entry can make it another. */
function addPost({ as, name, body, capacity }: AddPost): Decision {
  if (as === LEDGER_ITSELF || as === OPERATOR)
    return { refusal: refuse('RESERVED_REFERENCE', { field: 'as', values: { ref: as } }) };
  if (Object.values<string>(PAGES_OF_LISTS).includes(as))
    return { refusal: refuse('CALLED_AS_A_PAGE', { field: 'as', values: { ref: as } }) };
  if (isCapacity(as) && capacity !== undefined && capacity !== as)
    return { refusal: refuse('STANDARD_POST', { field: 'capacity', values: { ref: as } }) };
  const acts = isCapacity(as) ? as : capacity;
  return {
    events: [draft(Event.PostAdded, { facts: { body, capacity: acts }, texts: { name } })],
    reference: { series: 'directory', stem: as, style: 'EXACT' },
  };
}

function addPerson({ name, contact }: AddPerson): Decision {
  return {
    events: [draft(Event.PersonAdded, { persons: { name, contact } })],
    reference: { series: 'directory', stem: 'person-', style: 'RANDOM' },
  };
}

/** From the effective day on, which may lie ahead. */
function appointHolder(state: DirectoryState, command: AppointHolder, { effectiveOn }: DecisionContext): Decision {
  const { person, until, interim = false, shared = false } = command;
  const from = effectiveOn;
  if (until !== undefined && until < from)
    return { refusal: refuse('ENDS_BEFORE_IT_BEGINS', { field: 'until', values: { until, from } }) };
  if (
    state.record === 'POST' &&
    state.holders.some(
      (held) =>
        held.from === from &&
        held.person === person &&
        held.until === until &&
        held.interim === interim &&
        held.shared === shared,
    )
  )
    return { refusal: refuse('NOTHING_CHANGES', { field: 'person' }) };
  return { events: [draft(Event.HolderAppointed, { facts: { person, until, interim, shared } })] };
}

function setPersonSubject(state: DirectoryState, { subject }: SetPersonSubject, context: DecisionContext): Decision {
  if (subject === undefined)
    return state.record === 'PERSON' && state.subject === undefined
      ? { refusal: refuse('NOTHING_CHANGES', { field: 'subject' }) }
      : { events: [draft(Event.SubjectSet)] };
  const compared = subjectAsCompared(subject);
  const heldBy = context.subject?.heldBy ?? null;
  if (heldBy !== null && state.record === 'PERSON')
    return heldBy === state.ref
      ? { refusal: refuse('NOTHING_CHANGES', { field: 'subject' }) }
      : { refusal: refuse('SUBJECT_TAKEN', { field: 'subject' }) };
  return { events: [draft(Event.SubjectSet, { persons: { subject: compared } })] };
}

/** From the effective day on. Refused while somebody else could do it, so that no operator goes past the office. */
function appointMonitoringOfficer(
  state: DirectoryState,
  { ref, person, operator }: AppointMonitoringOfficer,
  { today, monitoringOfficers = [], links, enteredBy }: DecisionContext,
): Decision {
  if (state.record !== 'POST' || state.capacity !== 'monitoring-officer')
    return { refusal: refuse('NOT_A_MONITORING_OFFICER', { field: 'ref', values: { ref } }) };
  const holding = holdersOn(state, today);
  const other = monitoringOfficers.find(
    (officer) => officer.post !== ref && officer.person !== person && !holding.includes(officer.person),
  );
  if (other !== undefined) return { refusal: refuse('SOMEBODY_ELSE_CAN', { values: { post: other.post } }) };
  if (personIn(links, person).subject === undefined)
    return { refusal: refuse('SUBJECT_NEEDED', { field: 'subject', values: { person } }) };
  if (holding.length === 1 && holding[0] === person) return { refusal: refuse('NOTHING_CHANGES', { field: 'person' }) };
  return {
    events: [
      draft(Event.MonitoringOfficerAppointed, {
        facts: { person },
        persons: { operator },
        person: enteredBy.person,
      }),
    ],
  };
}
