import {
  draft,
  firstUnknown,
  isBlank,
  kindOfRecord,
  Linked,
  mayFollowOfEveryRecord,
  Named,
  NameWithdrawn,
  Unlinked,
} from '../declarations/index.ts';
import { isOfTheRecord, markingOf, ownMarkingOf, visibilityOf } from '../access/index.ts';
import {
  canonicalJson,
  isCivilDate,
  isCommonFact,
  isRestricted,
  OFFICIAL_OPEN,
  sameMarking,
  stricter,
  type CivilDate,
  type Correctable,
  type Decision,
  type DecisionContext,
  type Draft,
  type EventId,
  type JsonObject,
  type JsonValue,
  type Marking,
  type RecordEvent,
  type Refusal,
  type Register,
  type Restored,
  type Voided,
} from '../ledger/index.ts';
import { amend, type Foldable } from '../timeline/index.ts';
import {
  RECORD_COMMANDS_DECLARED,
  type Correct,
  type LinkRecord,
  type Mark,
  type NameRecord,
  type RecordCommand,
  type RecordOtherwiseStated,
  type Restore,
  type UnlinkRecord,
  type Void,
  type WithdrawName,
} from './commands.ts';
import { correctableAt, holdsWords, whyNot } from './correctable.ts';
import { refuse } from './refusals.ts';

/** What of a register these decisions need. Every register has it. */
export type Amendable<State, Event extends RecordEvent> = Foldable<State, Event> &
  Pick<Register<State, Event>, 'kinds' | 'correctable' | 'disputable'>;

/**
 * Decides what every record can have said of it, whatever its register.
 *
 * `events`: all events of the record, by version, as they are stored. `state`: what they come to where the fact would fall. Says no with the first refusal that applies, in the order
 * of `refusals.ts`. Whether the record is still possible once it is corrected, voided or restored is asked afterwards, by the
 * re-fold (`firstIllegal` in `libs/timeline`).
 */
export function decideForRecord<State, Event extends RecordEvent>(
  register: Amendable<State, Event>,
  events: readonly RecordEvent[],
  command: RecordCommand,
  context: DecisionContext,
  state: State,
): Decision {
  switch (command.type) {
    case 'Correct':
      return correct(register, events, command, context);
    case 'Void':
      return makeVoid(events, command, context);
    case 'Restore':
      return restore(events, command, context);
    case 'RecordOtherwiseStated':
      return recordOtherwiseStated(register, events, command, context);
    case 'Publish':
      return publish(events);
    case 'Mark':
      return mark(events, command);
    case 'LinkRecord':
    case 'UnlinkRecord':
      return linkOrUnlink(register, state, command, context);
    case 'NameRecord':
    case 'WithdrawName':
      return nameOrWithdraw(register, events, state, command, context);
  }
}

/**
 * A link to a record that the caller may not see is refused as one to a record that is not there, before anything is said of the links that
 * there are. What is said of a restricted record is as restricted as that record is today.
 */
function linkOrUnlink<State, Event extends RecordEvent>(
  register: Pick<Amendable<State, Event>, 'refOf'>,
  state: State,
  command: LinkRecord | UnlinkRecord,
  context: DecisionContext,
): Decision {
  const { type, to, as } = command;
  const named = RECORD_COMMANDS_DECLARED[type]!.namedIn(command);
  const unknown = firstUnknown(named, context);
  if (unknown !== null) return { refusal: unknown };
  const declared = type === 'LinkRecord' ? Linked : Unlinked;
  const facts = { to, as };
  const refusal = mayFollowOfEveryRecord(state, register.refOf(state), context.wouldBe(declared.type, facts));
  if (refusal !== null) return { refusal };
  // A post that every ledger knows need not have a record, nor so a marking.
  const marking = named.map(({ register: of, ref }) => context.links.markingOf(of, ref))[0] ?? OFFICIAL_OPEN;
  const restricted = isRestricted(marking) ? stricter(marking, context.envelope.marking ?? OFFICIAL_OPEN) : undefined;
  return { events: [draft(declared, { facts, marking: restricted })] };
}

function nameOrWithdraw<State, Event extends RecordEvent>(
  register: Pick<Amendable<State, Event>, 'refOf'>,
  events: readonly RecordEvent[],
  state: State,
  command: NameRecord | WithdrawName,
  context: DecisionContext,
): Decision {
  if (command.type === 'WithdrawName' && !events.some(({ id }) => id === command.event))
    return unknownEvent(command.event);
  const one =
    command.type === 'NameRecord'
      ? draft(Named, { texts: { name: command.name } })
      : draft(NameWithdrawn, { facts: { target: command.event } });
  const refusal = mayFollowOfEveryRecord(state, register.refOf(state), context.wouldBe(one.type, one.facts));
  return refusal === null ? { events: [one] } : { refusal };
}

function correct<State, Event extends RecordEvent>(
  register: Amendable<State, Event>,
  events: readonly RecordEvent[],
  { event: id, path, is }: Correct,
  context: DecisionContext,
): Decision {
  const target = events.find((event) => event.id === id);
  if (target === undefined) return unknownEvent(id);
  const correctable = isCommonFact(target) ? undefined : correctableAt(register, target.type, path);
  if (correctable === undefined)
    return {
      refusal: refuse('NOT_CORRECTABLE', {
        field: isCommonFact(target) ? 'event' : 'path',
        values: { path, type: target.type },
      }),
    };
  const kind = currentKind(register, target.type);
  const why =
    whyNot(correctable, is) ??
    correctable.fits?.(is, inForce(register, events, target)) ??
    (kind?.forwardDated ? null : whyInFuture(path, is, context.today));
  if (why !== null) return invalid('is', why);
  const named = correctable.names?.(is) ?? [];
  const unknown = named.find((one) => context.links.find(one.register, one.ref) === null);
  if (unknown !== undefined)
    return { refusal: refuse('UNKNOWN_RECORD', { field: 'is', values: { ref: unknown.ref } }) };
  if (path === 'source.version' && typeof is === 'string') {
    const cited = inForce(register, events, target).cites;
    if (cited === undefined || !context.links.versionsOf(kindOfRecord('document').register, cited).includes(is))
      return { refusal: refuse('UNKNOWN_VERSION', { field: 'is', values: { version: is } }) };
  }
  if (isBlank(context.envelope.reason)) return { refusal: refuse('REASON_NEEDED', { field: 'reason' }) };
  const facts = { target: id, schema: kind?.schema ?? target.schema, path };
  const marking = asRestrictedAs(events, target, context);

  if (correctable.is === 'text' && typeof is === 'string')
    return { events: [{ type: 'Corrected', facts, texts: { is }, ...marking }] };
  if (sameValue(valueAt(inForce(register, events, target), path), is))
    return { refusal: refuse('NOTHING_CHANGES', { field: 'is' }) };
  return { events: [{ type: 'Corrected', facts: { ...facts, is }, ...marking }] };
}

function makeVoid(events: readonly RecordEvent[], { event: id }: Void, context: DecisionContext): Decision {
  const target = events.find((event) => event.id === id);
  if (target === undefined) return unknownEvent(id);
  if (target.type === 'Voided' || target.type === 'Restored')
    return { refusal: refuse('NOT_VOIDABLE', { field: 'event' }) };
  if (isBlank(context.envelope.reason)) return { refusal: refuse('REASON_NEEDED', { field: 'reason' }) };
  if (isVoid(events, id)) return { refusal: refuse('ALREADY_VOID', { field: 'event' }) };
  if (wouldBeHidden(events, target, context)) return { refusal: refuse('SEEN_WITH_ITS_RECORD', { field: 'marking' }) };
  return { events: [{ type: 'Voided', facts: { target: id }, ...asRestrictedAs(events, target, context) }] };
}

function restore(events: readonly RecordEvent[], { event: id }: Restore, context: DecisionContext): Decision {
  const target = events.find((event) => event.id === id);
  if (target === undefined) return unknownEvent(id);
  if (isBlank(context.envelope.reason)) return { refusal: refuse('REASON_NEEDED', { field: 'reason' }) };
  if (!isVoid(events, id)) return { refusal: refuse('NOT_VOID', { field: 'event' }) };
  if (wouldBeHidden(events, target, context)) return { refusal: refuse('SEEN_WITH_ITS_RECORD', { field: 'marking' }) };
  return { events: [{ type: 'Restored', facts: { target: id }, ...asRestrictedAs(events, target, context) }] };
}

/**
 * Days, numbers and true or false are held as they are, so that both versions can be compared; all else is words, and words are
 * always encrypted. A structured value of more than one member is held only where a check of the register has passed it.
 */
function recordOtherwiseStated<State, Event extends RecordEvent>(
  register: Amendable<State, Event>,
  events: readonly RecordEvent[],
  { event: id, path, says }: RecordOtherwiseStated,
  context: DecisionContext,
): Decision {
  const target = id === undefined ? undefined : events.find((event) => event.id === id);
  if (id !== undefined && target === undefined) return unknownEvent(id);
  const ofEvent = target === undefined || isCommonFact(target) ? undefined : correctableAt(register, target.type, path);
  const ofRecord = register.disputable.includes(path) && (target === undefined || !isCommonFact(target));
  if (ofEvent === undefined && !ofRecord)
    return { refusal: refuse('NOT_DISPUTABLE', { field: 'path', values: { path } }) };
  const asWords = ofEvent === undefined ? holdsWords(register, path) : ofEvent.is === 'text';
  const why = whyNotSaid(says, asWords, ofEvent);
  if (why !== null) return invalid('says', why);
  if (isBlank(context.envelope.source?.document))
    return { refusal: refuse('SOURCE_NEEDED', { field: 'source.document' }) };

  const facts = { ...(id === undefined ? {} : { target: id }), path };
  const marking = target === undefined ? {} : asRestrictedAs(events, target, context);
  if (typeof says === 'string' && (asWords || !isCivilDate(says)))
    return { events: [{ type: 'OtherwiseStated', facts, texts: { says }, ...marking }] };
  if (
    target !== undefined &&
    ofEvent !== undefined &&
    sameValue(valueAt(inForce(register, events, target), path), says)
  )
    return { refusal: refuse('NOTHING_CHANGES', { field: 'says' }) };
  return { events: [{ type: 'OtherwiseStated', facts: { ...facts, says }, ...marking }] };
}

/** Covers the events up to itself. Whatever of them is restricted stays hidden from the public; a restricted record stays hidden whole. */
function publish(events: readonly RecordEvent[]): Decision {
  const opening = events[0];
  if (opening !== undefined && isRestricted(markingOf(visibilityOf(events), opening)))
    return { refusal: refuse('RESTRICTED_CANNOT_BE_PUBLISHED', { field: 'ref' }) };
  // A publication that was voided since is not the last event: its void is.
  if (events.at(-1)?.type === 'Published') return { refusal: refuse('NOTHING_CHANGES', { field: 'ref' }) };
  return { events: [{ type: 'Published', facts: {} }] };
}

/** Marks the record, or one of its events, and neither by marking the other: see docs/access.md. */
function mark(events: readonly RecordEvent[], { event: id, to }: Mark): Decision {
  const target = events.find((event) => event.id === id);
  if (id !== undefined && target === undefined) return unknownEvent(id);
  const visibility = visibilityOf(events);
  if (target !== undefined && isOfTheRecord(visibility, target))
    return { refusal: refuse('SEEN_WITH_ITS_RECORD', { field: 'event' }) };
  const is = target === undefined ? visibility.record : ownMarkingOf(visibility, target);
  const { classification, sensitive } = to;
  const marking: Marking = { classification, sensitive, session: to.session ?? is.session };
  if (sameMarking(is, marking)) return { refusal: refuse('NOTHING_CHANGES', { field: 'to' }) };
  return { events: [{ type: 'Marked', facts: { ...(id === undefined ? {} : { target: id }), to: { ...marking } } }] };
}

/** A source may say anything in words. What it says otherwise must be a value that could stand there. */
function whyNotSaid(says: JsonValue, asWords: boolean, ofEvent: Correctable | undefined): string | null {
  const sentence = 'Give a day, a number, true or false, or say it in words.';
  if (typeof says === 'string') return says.trim() === '' ? sentence : null;
  if (asWords) return 'It is words.';
  if (ofEvent !== undefined) return whyNot(ofEvent, says);
  return typeof says === 'boolean' || Number.isSafeInteger(says) ? null : sentence;
}

/** A fact is not moved into the future by correcting its day. */
function whyInFuture(path: string, is: JsonValue, today: CivilDate): string | null {
  const day = path === 'effectiveOn' ? is : path === 'dated' ? ((is as JsonObject | null)?.['to'] ?? null) : null;
  return typeof day === 'string' && day > today ? `A fact does not take effect after today (${today}).` : null;
}

/** The event as it reads now, with its corrections and whether or not it is void. */
function inForce<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  events: readonly RecordEvent[],
  target: RecordEvent,
): RecordEvent {
  const unvoided = events.filter((event) => targetOfVoid(event) !== target.id);
  return amend(register, unvoided).find((event) => event.id === target.id) ?? target;
}

/** The structured value that stands under a path; null where there is none. */
function valueAt(event: RecordEvent, path: string): JsonValue {
  // Of a fact that took effect by some day, that it was on that very day is news.
  if (path === 'effectiveOn') return event.dated === undefined ? event.effectiveOn : null;
  if (path === 'dated') return event.dated === undefined ? null : { ...event.dated };
  if (path === 'source.publishedOn') return event.publishedOn ?? null;
  if (path === 'source.record') return event.cites ?? null;
  if (path === 'source.version') return event.citesVersion ?? null;
  // Words are not known here, only that there are some.
  if (path.startsWith('source.')) return Object.hasOwn(event.texts, path.slice('source.'.length)) ? true : null;
  let value: JsonValue | undefined = event.facts;
  for (const key of path.split('.')) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value ?? null;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameValue(a: JsonValue, b: JsonValue): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function isVoid(events: readonly RecordEvent[], id: EventId): boolean {
  return events.findLast((event) => targetOfVoid(event) === id)?.type === 'Voided';
}

/** The event that this one makes void or restores. */
function targetOfVoid(event: RecordEvent): EventId | undefined {
  return event.type === 'Voided' || event.type === 'Restored' ? (event as Voided | Restored).facts.target : undefined;
}

/** What is said of a restricted event is no less restricted, even when the record is open. */
function asRestrictedAs(
  events: readonly RecordEvent[],
  target: RecordEvent,
  { envelope }: DecisionContext,
): Pick<Draft, 'marking'> {
  const own = ownMarkingOf(visibilityOf(events), target);
  return isRestricted(own) ? { marking: stricter(own, envelope.marking ?? OFFICIAL_OPEN) } : {};
}

/** A void of the record is seen by whoever may see the record, so that its own marking would hide nothing. */
function wouldBeHidden(events: readonly RecordEvent[], target: RecordEvent, { envelope }: DecisionContext): boolean {
  if (target !== events[0] || envelope.marking === undefined) return false;
  const own = ownMarkingOf(visibilityOf(events), target);
  return !sameMarking(own, stricter(own, envelope.marking));
}

function currentKind<State, Event extends RecordEvent>(register: Amendable<State, Event>, type: string) {
  const kinds = register.kinds.filter((kind) => kind.type === type);
  return kinds.toSorted((a, b) => b.schema - a.schema)[0];
}

function unknownEvent(event: EventId): { refusal: Refusal } {
  return { refusal: refuse('UNKNOWN_EVENT', { field: 'event', values: { event } }) };
}

function invalid(field: string, why: string): { refusal: Refusal } {
  return { refusal: refuse('INVALID_VALUE', { field, values: { why } }) };
}
