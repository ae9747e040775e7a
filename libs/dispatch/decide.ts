import { isAlone, mayIssue, type Acting, type PostCapacity } from '../access/index.ts';
import {
  END_OF_DAYS,
  isCommonFact,
  londonDayOf,
  OFFICIAL_OPEN,
  type Authority,
  type CivilDate,
  type Command,
  type Corrected,
  type DecisionContext,
  type EventId,
  type EventKind,
  type Holding,
  type Instant,
  type Links,
  type LinkWanted,
  type MayIssue,
  type MeetingMet,
  type RecordEvent,
  type Refusal,
  type Register,
  type Restored,
  type Voided,
} from '../ledger/index.ts';
import { decideCommand, ENVELOPE_FIELDS, isBlank, kindSpelt, linksIn } from '../declarations/index.ts';
import { decideForRecord, isRecordCommand, mayIssueForRecord } from '../records/index.ts';
import { allowanceOn, allowanceRef, breachesOfMoves, type AllowanceLink } from '../rules/index.ts';
import { amend, firstIllegal, holdersIn, isLegal, lateBy, slippageOf, type DayOfMeeting } from '../timeline/index.ts';
import { actorOf, type Decided, type DraftOfKind } from './decided.ts';
import { effectiveDayOf } from './envelope.ts';
import { inForce, mistakeNow, ownersNow, stateNow, stateOn, whyNotLast } from './folds.ts';
import { changesWork, eachOnce, postsAtWork, wantedFor, wantedToEnd } from './holders.ts';
import { declaredOf, forbidden, refused } from './outcomes.ts';
import type { KnownRecord } from './records.ts';
import { refuse } from './refusals.ts';
import type { Outcome, Submission } from './submission.ts';
import { linksWanted, type Surroundings } from './surroundings.ts';

/**
 * Everything between loading and writing, in the order of answers: who may, what the envelope says,
 * what the register means, when it took effect, and whether any later fact would become impossible.
 */
export async function decide(
  register: Register,
  record: KnownRecord,
  submission: Submission,
  stamped: Instant,
  around: Surroundings,
): Promise<Decided | Outcome> {
  const asked = await whoseItIs(register, record, submission, stamped, around);
  if ('outcome' in asked) return asked;
  const cited = await onWhoseSay(record, register, submission, asked, around);
  if ('outcome' in cited) return cited;
  const weighed = await weighedBy(register, record, submission, asked, cited.meeting, around);
  const refusal =
    whyNotOwn(register, record, submission, weighed.context) ?? whyNotCited(submission, weighed.context.links);
  return refusal === null ? concluded(register, record, submission, weighed, around) : refused(refusal);
}

/**
 * Why a command may not be given now, whatever else it will say: asked with as much of the command as is known before anybody has filled it
 * in. A command that is whole so is decided whole; of any other it is asked whether the event that it leads to may follow, and whether other
 * records allow it as they are. The
 * reason and the authority that may be needed are taken as given.
 */
export async function whyNotNow(
  register: Register,
  record: KnownRecord,
  submission: Submission,
  isWhole: boolean,
  stamped: Instant,
  around: Surroundings,
): Promise<Outcome | null> {
  const { command } = submission;
  const asked = await whoseItIs(register, record, submission, stamped, around);
  if ('outcome' in asked) return asked;
  const weighed = await weighedBy(register, record, submission, asked, null, around);
  const own = whyNotOwn(register, record, submission, weighed.context);
  if (own !== null) return refused(own);
  if (isWhole) {
    const decided = await concluded(register, record, submission, weighed, around);
    return 'outcome' in decided && !isStillToBeSaid(decided) ? decided : null;
  }
  const leadsTo = declaredOf(register, command)?.leadsTo;
  // What amends or marks follows whatever it is about.
  const refusal =
    leadsTo === undefined || isCommonFact({ type: leadsTo })
      ? null
      : (register.mayFollow(asked.state, weighed.context.wouldBe(leadsTo)) ??
        register.whyNotNow?.(asked.state, command, weighed.context) ??
        null);
  return refusal === null || isStillToBeSaid(refused(refusal)) ? null : refused(refusal);
}

/** Is it refused for the authority or the source, which are still to be named? */
function isStillToBeSaid(outcome: Outcome): boolean {
  return outcome.outcome === 'refused' && /^(authority|source)\b/.test(outcome.refusal.field ?? '');
}

/** Whose command it is, on the record as it stands on that day. */
interface Asked {
  readonly stamped: Instant;
  readonly today: CivilDate;
  readonly effectiveOn: CivilDate;
  readonly state: unknown;
  /** The posts that own it, the one that leads first. */
  readonly owners: readonly string[];
  readonly by: Acting | null;
  readonly rule: MayIssue | undefined;
  readonly verdict: Exclude<ReturnType<typeof mayIssue>, 'no'>;
}

/** Whether it is for the caller to give, and the record takes any. Whatever a policy does was asked of its cause. */
async function whoseItIs(
  register: Register,
  record: KnownRecord,
  submission: Submission,
  stamped: Instant,
  around: Surroundings,
): Promise<Asked | Outcome> {
  const { command, envelope, consequence } = submission;
  const today = londonDayOf(stamped);
  const effectiveOn = effectiveDayOf(envelope) ?? today;
  const state = stateOn(register, record.events, effectiveOn, envelope.before);
  const then = register.ownersOf(state);
  const owners = then.length > 0 ? then : ownersNow(register, record.events);
  const by = consequence === undefined ? await around.actingBy(submission) : null;
  if (by === 'unknown') return refused(refuse('UNKNOWN_POST', { field: 'by', values: { post: envelope.by ?? '' } }));
  const rule = ruleFor(register, command, record.events);
  const workOf = rule === 'SIGNER' ? await around.capacitiesOf(postsAtWork(register, state)) : [];
  const verdict = verdictOn(rule, submission, by, owners, workOf);
  if (verdict === 'no') return forbidden(register, submission, rule);
  const mistake = mistakeNow(register, record.events);
  if (mistake !== null && !isTakenWhileVoid(command, mistake))
    return refused(refuse('RECORDED_BY_MISTAKE', { values: { event: mistake.facts.target } }));
  return { stamped, today, effectiveOn, state, owners, by, rule, verdict };
}

/** What the envelope says of the authority, and of where the fact stands: the meeting that is its authority. */
async function onWhoseSay(
  record: KnownRecord,
  register: Register,
  submission: Submission,
  { verdict, effectiveOn }: Asked,
  around: Surroundings,
): Promise<{ readonly meeting: MeetingMet | null } | Outcome> {
  const { envelope, caller, consequence } = submission;
  if (verdict === 'needs-authority' && envelope.authority === undefined)
    return refused(refuse('AUTHORITY_NEEDED', { field: 'authority' }));
  const meeting = consequence === undefined ? authorityOf(envelope.authority, 'meeting') : null;
  if (verdict === 'needs-meeting' && meeting === null)
    return refused(refuse('MEETING_NEEDED', { field: 'authority.meeting' }));
  const cited = meeting === null ? null : await around.metAt(meeting, caller);
  if (cited === 'unknown')
    return refused(refuse('UNKNOWN_MEETING', { field: 'authority.meeting', values: { meeting: meeting ?? '' } }));
  // What a paper prints is held as it was printed.
  const isNative = submission.importId === undefined;
  if (meeting !== null && isNative && (cited === null || cited.heldOn > effectiveOn))
    return refused(refuse('MEETING_NOT_HELD', { field: 'authority.meeting', values: { meeting, effectiveOn } }));
  const refusal = await whyNotDecided(submission, effectiveOn, around);
  if (refusal !== null) return refused(refusal);
  if (envelope.before !== undefined && !standsOn(register, record.events, envelope.before, effectiveOn))
    return refused(refuse('UNKNOWN_BEFORE', { field: 'before' }));
  return { meeting: isNative ? cited : null };
}

/**
 * Why a decision that is named as the authority is none. Papers name decisions of registers that this ledger does not hold, under references of
 * their own: those stay as they are.
 */
async function whyNotDecided(
  { envelope, caller, consequence, importId }: Submission,
  effectiveOn: CivilDate,
  around: Surroundings,
): Promise<Refusal | null> {
  const decision = consequence === undefined ? authorityOf(envelope.authority, 'decision') : null;
  if (decision === null || kindSpelt(decision) !== 'decision') return null;
  const made = await around.madeOn(decision, caller, effectiveOn);
  const about = { field: 'authority.decision', values: { decision, effectiveOn } };
  if (made === 'unknown') return refuse('UNKNOWN_DECISION', about);
  // What a paper prints is held as it was printed.
  if (importId !== undefined || (made !== null && made <= effectiveOn)) return null;
  return refuse('DECISION_NOT_MADE', about);
}

/** Under which circumstances it would be recorded, and all that a decision may know of them. */
interface Weighed {
  readonly asked: Asked;
  readonly circumstances: Circumstances;
  readonly context: DecisionContext;
}

async function weighedBy(
  register: Register,
  record: KnownRecord,
  submission: Submission,
  asked: Asked,
  meeting: MeetingMet | null,
  around: Surroundings,
): Promise<Weighed> {
  const { command, envelope, caller, consequence } = submission;
  const { stamped, today, effectiveOn, state, owners, by, rule } = asked;
  const party = consequence === undefined ? await around.partyOf(by, submission, effectiveOn) : consequence.by;
  const ownerHeldBy = await around.holdersOf(owners[0] ?? null, effectiveOn);
  const heldOn = meeting?.heldOn ?? null;
  const circumstances = { stamped, effectiveOn, party, heldOn, ownerHeldBy, holders: [] };
  const end = register.separation?.ends[command.type];
  const known =
    end === undefined ? [] : await holdersToEnd(register, record, state, end, circumstances, submission, around);
  const named = linksWanted(register, record.events, command, state);
  const links = await around.findLinks([...named, ...citedIn(submission)], caller, effectiveOn);
  const before: DecisionContext = {
    today,
    now: stamped,
    effectiveOn,
    envelope,
    ...(meeting === null ? {} : { meeting }),
    ...(party === undefined ? {} : { by: party }),
    enteredBy: { post: caller.post, person: caller.person },
    wouldBe: (type, facts = {}) => {
      const draft = { draft: { type, facts }, kind: kindOf(register, type) };
      return asIfRecorded(register, record, draft, 0, { ...circumstances, holders: known }, submission) as never;
    },
    imported: submission.importId !== undefined,
    links,
    lists: around.lists,
    ...(await whoIsWho(rule, submission, today, around)),
  };
  const citesAt = isRecordCommand(command) ? null : (register.citesAt?.(command, state, before) ?? null);
  const context = citesAt === null ? before : { ...before, lastEvent: await around.lastEventBy(citesAt) };
  return { asked, circumstances, context };
}

/** What nobody may do in their own cause. */
function whyNotOwn(
  register: Register,
  { events }: KnownRecord,
  submission: Submission,
  context: DecisionContext,
): Refusal | null {
  if (!isOffice(submission)) return null;
  return register.inOwnCause?.(submission.command, stateNow(register, events), events, context) ?? null;
}

/** What the register means, when it took effect, and whether any later fact would become impossible. */
async function concluded(
  register: Register,
  record: KnownRecord,
  submission: Submission,
  { asked: { rule, state, today }, circumstances, context }: Weighed,
  around: Surroundings,
): Promise<Decided | Outcome> {
  const { command } = submission;
  const decision = isRecordCommand(command)
    ? decideForRecord(register, record.events, command, context, state)
    : decideCommand(register, state, command, context);
  if ('refusal' in decision) return refused(decision.refusal);
  const [first] = decision.events;
  const known = stateNow(register, record.events);
  const noMore = register.whyNotAnyMore?.(command, first?.type, known, record.events, context) ?? null;
  if (noMore !== null) return refused(noMore);

  const drafts = decision.events.map((draft) => ({ draft, kind: kindOf(register, draft.type) }));
  const holders = await holdersToWrite(register, record, state, drafts, circumstances, submission, around);
  const decided = {
    drafts,
    ...(isAlone(rule) && submission.importId !== undefined ? { granted: true as const } : {}),
    ...(decision.reference === undefined ? {} : { reference: decision.reference }),
    ...(decision.first === undefined ? {} : { first: decision.first }),
    ...circumstances,
    holders,
  };
  const added = drafts.map((one, index) => asIfRecorded(register, record, one, index, decided, submission));
  const refusal =
    whyNotOn(decided, submission, today) ??
    (await whyNotSoLate(register, state, added, submission, today, around)) ??
    whyNotLegal(register, record, added) ??
    (await whyNotExtended(register, record, added, submission, around));
  if (refusal !== null) return refused(refusal);
  return (await around.known.wouldBringBackAnothers(record, added)) ? refused(refuse('SUBJECT_OF_ANOTHER')) : decided;
}

type Circumstances = Pick<Decided, 'stamped' | 'effectiveOn' | 'party' | 'heldOn' | 'ownerHeldBy' | 'holders'>;

/** All that will be known of holders to a command that would end the record as done: written before, and looked up for it. */
async function holdersToEnd(
  register: Register,
  record: KnownRecord,
  state: unknown,
  type: string,
  circumstances: Circumstances,
  submission: Submission,
  around: Surroundings,
): Promise<readonly Holding[]> {
  const draft = { draft: { type, facts: {} }, kind: kindOf(register, type) };
  const event = asIfRecorded(register, record, draft, 0, circumstances, submission);
  return [...holdersIn(record.events), ...(await around.holdersBetween(wantedToEnd(register, state, event)))];
}

/** The holders that are written with what was decided. */
async function holdersToWrite(
  register: Register,
  record: KnownRecord,
  state: unknown,
  drafts: readonly DraftOfKind[],
  circumstances: Circumstances,
  submission: Submission,
  around: Surroundings,
): Promise<readonly Holding[]> {
  if (register.separation === undefined) return [];
  const added = drafts.map((one, index) => asIfRecorded(register, record, one, index, circumstances, submission));
  if (isLast(register, record, submission, circumstances) && !changesWork(register, state, added)) return [];
  const wanted = wantedFor(register, record.events, [...record.events, ...added], londonDayOf(circumstances.stamped));
  return eachOnce(await around.holdersBetween(wanted));
}

/** True if what is decided folds after all that is in force. */
function isLast(
  register: Register,
  record: KnownRecord,
  { envelope }: Submission,
  { effectiveOn }: Circumstances,
): boolean {
  const last = inForce(register, record.events).at(-1);
  return envelope.before === undefined && (last === undefined || last.effectiveOn <= effectiveOn);
}

/** The documents that the envelope names: its source, and its authority. What follows from a command has the authority that was asked of that. */
function citedIn({ envelope: { source, authority }, consequence }: Submission): readonly LinkWanted[] {
  const say = consequence === undefined ? authorityOf(authority, 'document') : null;
  return [
    ...linksIn(ENVELOPE_FIELDS['source.record']!, source?.record, SOURCE_RECORD),
    ...linksIn(ENVELOPE_FIELDS['authority.document']!, say, 'authority.document'),
  ];
}
const SOURCE_RECORD = 'source.record';

/** A document, or a version of it, that the caller may not see is refused as one that is not there. */
function whyNotCited(submission: Submission, links: Links): Refusal | null {
  const cited = citedIn(submission);
  const unknown = cited.find(({ register, ref }) => links.find(register, ref) === null);
  if (unknown !== undefined)
    return refuse('UNKNOWN_DOCUMENT', { field: unknown.field, values: { document: unknown.ref } });
  const source = cited.find(({ field }) => field === SOURCE_RECORD);
  const version = submission.envelope.source?.version;
  if (source === undefined || version === undefined) return null;
  return links.versionsOf(source.register, source.ref).includes(version)
    ? null
    : refuse('UNKNOWN_VERSION', { field: 'source.version', values: { document: source.ref, version } });
}

/** Why it cannot have taken effect on that day. */
function whyNotOn({ drafts, effectiveOn }: Decided, { envelope }: Submission, today: CivilDate): Refusal | null {
  const [first] = drafts;
  if (first === undefined) return refuse('NOTHING_CHANGES');
  if (effectiveOn > today && first.kind.forwardDated !== true)
    return refuse('EFFECTIVE_IN_FUTURE', {
      field: envelope.dated === undefined ? 'effectiveOn' : 'dated.to',
      values: { today },
    });
  return null;
}

/**
 * Why it cannot be entered so late without a word: later than the allowance of its body lets, by the version that is in force today, else
 * than its register does.
 */
async function whyNotSoLate(
  register: Register,
  state: unknown,
  added: readonly RecordEvent[],
  { envelope, importId, caller, consequence }: Submission,
  today: CivilDate,
  around: Surroundings,
): Promise<Refusal | null> {
  const [first] = added;
  // An amendment is never late, however old what it amends; an imported fact answers by its source, and what a policy opens by its cause.
  if (
    first === undefined ||
    importId !== undefined ||
    consequence !== undefined ||
    isCommonFact(first) ||
    !isBlank(envelope.reason)
  )
    return null;
  if (first.effectiveOn >= today) return null;
  const body = register.bodyOf?.(register.evolve(state, first)) ?? null;
  const ref = body === null ? null : allowanceRef(body, register.name);
  const rule = ref === null ? null : ((await around.find('rules', ref, caller, today)) as AllowanceLink | null);
  const allowed = allowanceOn(rule, today, register.lateAfterDays);
  const delay = lateBy(allowed, first.effectiveOn, today);
  return delay === null ? null : refuse('LATE_NEEDS_REASON', { field: 'reason', values: { delay, allowed } });
}

/**
 * Why a due date may not be put off: it would leave a breach of a due-date policy of the body that there was not. Asked when an extension is
 * granted, and never again: docs/slippage.md. What a paper prints is held as it was printed.
 */
async function whyNotExtended(
  register: Register,
  { events }: KnownRecord,
  added: readonly RecordEvent[],
  { importId, caller, envelope }: Submission,
  around: Surroundings,
): Promise<Refusal | null> {
  const { dues } = register;
  const isGranted = (event: RecordEvent) => dues?.said(event).some(({ is }) => is === 'GRANTS') === true;
  if (dues === undefined || importId !== undefined || !added.some(isGranted)) return null;
  const reason = (event: EventId) =>
    isBlank(envelope.reason) ? {} : { reason: { event, part: 'text/reason' as const } };
  const after = [...events, ...added.map((event) => ({ ...event, texts: { ...event.texts, ...reason(event.id) } }))];
  const state = stateNow(register, after);
  const body = (register.belongsTo ?? register.bodyOf)?.(state) ?? null;
  const policies = body === null ? [] : await around.policiesOf(body, caller);
  if (policies.length === 0) return null;
  const days = await daysOfMeetings(register, after, caller, around);
  const breachesAfter = (known: readonly RecordEvent[]) => {
    const dated = known.map((event) => ({ event, recordedAt: event.stamped }));
    return slippageOf(register, dated, END_OF_DAYS, (meeting) => days.get(meeting) ?? []).flatMap(({ of, moves }) =>
      breachesOfMoves(policies, moves).flatMap((breaches, index) =>
        breaches.map((one) => ({ ...one, key: `${of} ${moves[index]!.event.id} ${one.policy} ${one.breach}` })),
      ),
    );
  };
  const before = new Set(breachesAfter(events).map(({ key }) => key));
  const made = breachesAfter(after).filter(({ key }) => !before.has(key));
  const first = EXTENSION_BREACHES.flatMap((breach) => made.find((one) => one.breach === breach) ?? [])[0];
  if (first === undefined) return null;
  const { policy, breach } = first;
  switch (breach) {
    case 'NO_REASON':
      return refuse('EXTENSION_WITHOUT_REASON', { field: 'reason', values: { policy } });
    case 'NO_AUTHORITY':
      return refuse('EXTENSION_WITHOUT_AUTHORITY', { field: 'authority', values: { policy } });
    case 'EXTENDED_TOO_LATE':
      return refuse('EXTENDED_TOO_LATE', { field: 'due', values: { policy } });
    default:
      return refuse('EXTENDED_TOO_OFTEN', { field: 'due', values: { policy } });
  }
}

/** In the order of their refusals. */
const EXTENSION_BREACHES = ['EXTENDED_TOO_OFTEN', 'EXTENDED_TOO_LATE', 'NO_REASON', 'NO_AUTHORITY'] as const;

/** The days of the meetings at which something of a record is or was due. */
async function daysOfMeetings(
  register: Register,
  events: readonly RecordEvent[],
  caller: Submission['caller'],
  around: Surroundings,
): Promise<ReadonlyMap<string, readonly DayOfMeeting[]>> {
  const days = new Map<string, readonly DayOfMeeting[]>();
  const facts = amend(register, events).flatMap((event) => register.dues?.said(event) ?? []);
  for (const { due } of facts)
    if (due?.meeting !== undefined && !days.has(due.meeting))
      days.set(due.meeting, await around.daysOf(due.meeting, caller));
  return days;
}

/**
 * Why a new fact may not stand where it falls, or which later fact, legal until now, it would make impossible.
 *
 * The same fold and the same `mayFollow` as for late entries, corrections, voids and imports: see `docs/writing.md`.
 */
function whyNotLegal(register: Register, record: KnownRecord, added: readonly RecordEvent[]): Refusal | null {
  const whyNot = whyNotLast(register, record.events, added);
  if (whyNot !== undefined) return whyNot;
  const after = [...record.events, ...added];
  for (const event of added) {
    const asked = event.type === 'Restored' ? (event as Restored).facts.target : event.id;
    const verdict = isLegal(register, after, asked);
    if (verdict !== null) return verdict;
  }
  const broken = firstIllegal(register, record.events, after);
  if (broken === null) return null;
  const { event, refusal } = broken;
  const isChanged = added.some((one) => changedBy(one, record.events) === event.id);
  return refuse(isChanged ? 'WOULD_BE_IMPOSSIBLE' : 'WOULD_CONTRADICT', {
    values: { type: event.type, effectiveOn: event.effectiveOn, event: event.id, why: refusal.sentence },
  });
}

/**
 * The fact that reads otherwise once this is recorded: what is corrected, voided or restored, and where that is a correction, what was
 * corrected. It is never told of as a later fact that stands in the way of itself. Undefined for a fact that stands for itself.
 */
function changedBy(event: RecordEvent, events: readonly RecordEvent[]): string | undefined {
  if (event.type !== 'Corrected' && event.type !== 'Voided' && event.type !== 'Restored') return undefined;
  const { target } = (event as Corrected | Voided | Restored).facts;
  const amended = events.find(({ id }) => id === target);
  return amended?.type === 'Corrected' ? (amended as Corrected).facts.target : target;
}

/** A draft as the event that it is about to be, for asking what it would do. */
function asIfRecorded(
  register: Register,
  record: KnownRecord,
  { draft, kind }: DraftOfKind,
  index: number,
  decided: Circumstances,
  submission: Submission,
): RecordEvent {
  const { dated, before } = submission.envelope;
  const id = `undecided-${index}`;
  return {
    id,
    register: register.name,
    type: draft.type,
    schema: kind.schema,
    stream: record.stream,
    version: record.version + index + 1,
    stamped: decided.stamped,
    ...(submission.importId === undefined ? {} : { imported: true }),
    effectiveOn: decided.effectiveOn,
    ...(dated === undefined ? {} : { dated }),
    ...(before === undefined || index > 0 ? {} : { before }),
    marking: OFFICIAL_OPEN,
    facts: draft.facts,
    texts: Object.fromEntries(
      Object.keys(draft.texts ?? {}).map((field) => [field, { event: id, part: `text/${field}` as const }]),
    ),
    actor: actorOf(decided, submission),
  };
}

/** A record that was recorded by mistake takes no command but its restoration, and marking: who may see it holds on. */
function isTakenWhileVoid(command: Command, { facts: { target } }: Voided): boolean {
  return (
    isRecordCommand(command) && (command.type === 'Mark' || (command.type === 'Restore' && command.event === target))
  );
}

function standsOn(register: Register, events: readonly RecordEvent[], id: string, day: CivilDate): boolean {
  return inForce(register, events).some((event) => event.id === id && event.effectiveOn === day);
}

/** The record of that kind that an authority is; null for any other. */
function authorityOf(
  authority: Authority | 'notStated' | undefined,
  kind: 'meeting' | 'decision' | 'document',
): string | null {
  if (authority === undefined || authority === 'notStated') return null;
  return (authority as { readonly [kind in 'meeting' | 'decision' | 'document']?: string })[kind] ?? null;
}

/** A command that somebody sends who signs in: neither a row of an import, nor an operator's own, nor what follows from another. */
export function isOffice({ importId, operator, consequence }: Submission): boolean {
  return importId === undefined && operator === undefined && consequence === undefined;
}

/** May it be issued? What is nobody's to type for others is an import's only by the operator's leave, and then to add, not to change. */
function verdictOn(
  rule: MayIssue | undefined,
  submission: Submission,
  by: Acting | null,
  owners: readonly string[],
  workOf: readonly (PostCapacity | null)[],
): ReturnType<typeof mayIssue> {
  const { caller, importId, operator, grants, command } = submission;
  if (operator === true) return 'yes';
  if (rule === 'OPERATOR') return 'no';
  if (importId !== undefined && isAlone(rule)) return grants === true && !isRecordCommand(command) ? 'yes' : 'no';
  return by === null ? 'yes' : mayIssue(rule, caller, by, owners, workOf);
}

/** What a decision may have to know of persons and of who could appoint: looked up only for commands that turn on it. */
async function whoIsWho(
  rule: MayIssue | undefined,
  { command, caller }: Submission,
  today: CivilDate,
  around: Surroundings,
): Promise<Pick<DecisionContext, 'subject' | 'monitoringOfficers'>> {
  const { subject } = command as { readonly subject?: unknown };
  return {
    ...(typeof subject === 'string' ? { subject: await around.known.behind(subject, caller) } : {}),
    ...(rule === 'OPERATOR' ? { monitoringOfficers: await around.monitoringOfficers(today) } : {}),
  };
}

type Rules = { readonly [command: string]: MayIssue | undefined };

const OF_EVERY_RECORD: Rules = mayIssueForRecord;

/** Who may issue that very command on a record with these events. */
export function ruleFor(register: Register, command: Command, events: readonly RecordEvent[]): MayIssue | undefined {
  const own: Rules = register.mayIssue;
  const ofItsRecords: Rules = register.mayIssueForRecord ?? {};
  const { type } = command;
  return (
    register.mayIssueThis?.(command, stateNow(register, events), events) ??
    own[type] ??
    ofItsRecords[type] ??
    OF_EVERY_RECORD[type]
  );
}

function kindOf(register: Register, type: string): EventKind {
  const [current] = register.kinds.filter((kind) => kind.type === type).sort((a, b) => b.schema - a.schema);
  if (current === undefined) throw new Error(`${register.name} declares no kind ${type}`);
  return current;
}
