import { CAPACITIES, isCapacity, subjectAsCompared } from '../../access/index.ts';
import { isCivilDate, LEDGER_ITSELF, OPERATOR, type Decision, type DecisionContext } from '../../ledger/index.ts';
import type {
  AddBody,
  AddPerson,
  AddPost,
  AppointHolder,
  AppointMonitoringOfficer,
  DirectoryCommand,
  SetPersonSubject,
} from './commands.ts';
import { BODY_REFERENCE, ORGANISATIONS, POST_REFERENCE } from './events.ts';
import { isKnownBody, isKnownPerson, personIn } from './links.ts';
import { refuse } from './refusals.ts';
import { holdersOn, mayFollow, type DirectoryState } from './state.ts';

/** Says no with the first refusal that applies, in the order of `refusals.ts`; otherwise what is to be recorded. */
export function decide(state: DirectoryState, command: DirectoryCommand, context: DecisionContext): Decision {
  switch (command.type) {
    case 'AddBody':
      return addBody(state, command, context);
    case 'AddPost':
      return addPost(state, command, context);
    case 'AddPerson':
      return addPerson(state, command, context);
    case 'AppointHolder':
      return appointHolder(state, command, context);
    case 'SetPersonSubject':
      return setPersonSubject(state, command, context);
    case 'AppointMonitoringOfficer':
      return appointMonitoringOfficer(state, command, context);
  }
}

function addBody(state: DirectoryState, { as, name, organisation }: AddBody, context: DecisionContext): Decision {
  const refusal = mayFollow(state, context.wouldBe('BodyAdded'));
  if (refusal !== null) return { refusal };
  if (!BODY_REFERENCE.test(as))
    return { refusal: refuse('INVALID_REFERENCE', { field: 'as', values: { what: 'a body' } }) };
  if (isBlank(name)) return { refusal: refuse('NAME_NEEDED', { field: 'name' }) };
  if (organisation !== undefined && !ORGANISATIONS.includes(organisation))
    return { refusal: refuse('INVALID_ORGANISATION', { field: 'organisation' }) };
  return {
    events: [{ type: 'BodyAdded', facts: organisation === undefined ? {} : { organisation }, texts: { name } }],
    reference: { series: 'directory', stem: as, style: 'EXACT' },
  };
}

/** A standard post is added too, to give it a name and a body. It keeps the capacity of its name: no entry can make it another. */
function addPost(state: DirectoryState, { as, name, body, capacity }: AddPost, context: DecisionContext): Decision {
  const refusal = mayFollow(state, context.wouldBe('PostAdded'));
  if (refusal !== null) return { refusal };
  if (!POST_REFERENCE.test(as))
    return { refusal: refuse('INVALID_REFERENCE', { field: 'as', values: { what: 'a post' } }) };
  if (as === LEDGER_ITSELF || as === OPERATOR)
    return { refusal: refuse('RESERVED_REFERENCE', { field: 'as', values: { ref: as } }) };
  if (isBlank(name)) return { refusal: refuse('NAME_NEEDED', { field: 'name' }) };
  if (capacity !== undefined && !isCapacity(capacity))
    return {
      refusal: refuse('INVALID_CAPACITY', {
        field: 'capacity',
        values: { capacity, capacities: CAPACITIES.join(', ') },
      }),
    };
  if (isCapacity(as) && capacity !== undefined && capacity !== as)
    return { refusal: refuse('STANDARD_POST', { field: 'capacity', values: { ref: as } }) };
  if (body !== undefined && !isKnownBody(context.links, body))
    return { refusal: refuse('UNKNOWN_BODY', { field: 'body', values: { body } }) };
  const acts = isCapacity(as) ? as : capacity;
  return {
    events: [
      {
        type: 'PostAdded',
        facts: { ...(body === undefined ? {} : { body }), ...(acts === undefined ? {} : { capacity: acts }) },
        texts: { name },
      },
    ],
    reference: { series: 'directory', stem: as, style: 'EXACT' },
  };
}

function addPerson(state: DirectoryState, { name, contact }: AddPerson, context: DecisionContext): Decision {
  const refusal = mayFollow(state, context.wouldBe('PersonAdded'));
  if (refusal !== null) return { refusal };
  if (isBlank(name)) return { refusal: refuse('NAME_NEEDED', { field: 'name' }) };
  return {
    events: [{ type: 'PersonAdded', facts: {}, persons: { name, ...(contact === undefined ? {} : { contact }) } }],
    reference: { series: 'directory', stem: 'person-', style: 'RANDOM' },
  };
}

/** From the effective day on, which may lie ahead. */
function appointHolder(state: DirectoryState, command: AppointHolder, context: DecisionContext): Decision {
  const { person, until, interim = false, shared = false } = command;
  const from = context.effectiveOn;
  const refusal = mayFollow(state, context.wouldBe('HolderAppointed'));
  if (refusal !== null) return { refusal };
  if (!isKnownPerson(context.links, person))
    return { refusal: refuse('UNKNOWN_PERSON', { field: 'person', values: { person } }) };
  if (until !== undefined && !isCivilDate(until)) return { refusal: refuse('INVALID_DATE', { field: 'until' }) };
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
  return {
    events: [
      { type: 'HolderAppointed', facts: { person, ...(until === undefined ? {} : { until }), interim, shared } },
    ],
  };
}

function setPersonSubject(state: DirectoryState, { subject }: SetPersonSubject, context: DecisionContext): Decision {
  const refusal = mayFollow(state, context.wouldBe('SubjectSet'));
  if (refusal !== null) return { refusal };
  if (subject === undefined)
    return state.record === 'PERSON' && state.subject === undefined
      ? { refusal: refuse('NOTHING_CHANGES', { field: 'subject' }) }
      : { events: [{ type: 'SubjectSet', facts: {} }] };
  const compared = subjectAsCompared(subject);
  if (compared === '' || compared.length > 256) return { refusal: refuse('INVALID_SUBJECT', { field: 'subject' }) };
  const heldBy = context.subject?.heldBy ?? null;
  if (heldBy !== null && state.record === 'PERSON')
    return heldBy === state.ref
      ? { refusal: refuse('NOTHING_CHANGES', { field: 'subject' }) }
      : { refusal: refuse('SUBJECT_TAKEN', { field: 'subject' }) };
  return { events: [{ type: 'SubjectSet', facts: {}, persons: { subject: compared } }] };
}

/** From the effective day on. Refused while somebody else could do it, so that no operator goes past the office. */
function appointMonitoringOfficer(
  state: DirectoryState,
  { ref, person, operator }: AppointMonitoringOfficer,
  context: DecisionContext,
): Decision {
  const refusal = mayFollow(state, context.wouldBe('MonitoringOfficerAppointed'));
  if (refusal !== null) return { refusal };
  if (state.record !== 'POST' || state.capacity !== 'monitoring-officer')
    return { refusal: refuse('NOT_A_MONITORING_OFFICER', { field: 'ref', values: { ref } }) };
  const holding = holdersOn(state, context.today);
  const other = (context.monitoringOfficers ?? []).find(
    (officer) => officer.post !== ref && officer.person !== person && !holding.includes(officer.person),
  );
  if (other !== undefined) return { refusal: refuse('SOMEBODY_ELSE_CAN', { values: { post: other.post } }) };
  const appointed = personIn(context.links, person);
  if (appointed === null) return { refusal: refuse('UNKNOWN_PERSON', { field: 'person', values: { person } }) };
  if (appointed.subject === undefined)
    return { refusal: refuse('SUBJECT_NEEDED', { field: 'subject', values: { person } }) };
  if (holding.length === 1 && holding[0] === person) return { refusal: refuse('NOTHING_CHANGES', { field: 'person' }) };
  return {
    events: [
      {
        type: 'MonitoringOfficerAppointed',
        facts: { person },
        persons: { operator },
        ...(context.enteredBy.person === undefined ? {} : { person: context.enteredBy.person }),
      },
    ],
  };
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
