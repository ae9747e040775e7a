import type { RecordEvent, Register } from '../../libs/ledger/index.ts';
import {
  eventsAsOf,
  eventsOfTypes,
  inTurns,
  onceFor,
  pageOfAll,
  recordsImportedAhead,
  recordsQuestionableBy,
  registerNamed,
  registerOf,
  withinBodies,
  type EventOfRecord,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordName,
} from '../../libs/read-models/index.ts';
import { decisions } from '../../libs/registers/decisions/index.ts';
import { directory, holdersBetween, type DirectoryState } from '../../libs/registers/directory/index.ts';
import { isKnownUnheld, meetings, type MeetingState } from '../../libs/registers/meetings/index.ts';
import type { KnownEvent } from '../../libs/timeline/index.ts';
import { othersOf, questionsOf, type Question, type Questioning } from './projection.ts';

/** Meetings are held or not, decisions made or not, and posts have holders. */
export const ASKING: Questioning = {
  meetings: meetings as unknown as Register,
  decisions: decisions as unknown as Register,
  posts: directory as unknown as Register,
  holdersBetween(state, from, to) {
    const post = state as DirectoryState;
    return post.record === 'POST' ? holdersBetween(post, from, to) : [];
  },
  isKnownUnheld: (meeting, by) => isKnownUnheld(meeting as MeetingState, by),
};

/** What is in question of a record, and the record. */
export interface QuestionOfRecord extends Question {
  readonly record: RecordName;
}

/** What is in question of one record of any register, as far as the reader may see both it and what puts it in question. */
export async function questionsOfRecord(view: LedgerView, ref: string): Promise<readonly QuestionOfRecord[]> {
  const register = registerOf(view, ref);
  if (register === null) return [];
  const record = { register: register.name, ref };
  const events = await knownOf(view, record);
  const named = othersOf(register, events);
  const others = {
    meetings: await knownBy(view, meetings.name, named.meetings),
    decisions: await knownBy(view, decisions.name, named.decisions),
    posts: await knownBy(view, directory.name, named.posts),
  };
  const { effective } = view.basis;
  return questionsOf(register, events, effective, others, ASKING).map((question) => ({ ...question, record }));
}

/**
 * Everything that is in question at the basis, of every register, in the order in which it was recorded. Found from what can put
 * something in question, which is little: meetings and decisions that did not stay as they were, posts of whose holders something was learned late, and
 * what papers print on the authority of a meeting that lay ahead.
 */
export async function listQuestions(view: LedgerView, wanted: PageWanted): Promise<Page<QuestionOfRecord>> {
  const all = await onceFor(view, listQuestions, () => allQuestions(view));
  const questions = await withinBodies(view, all, ({ record }) => record);
  return pageOfAll(questions, wanted, ({ event, why }) => [event, why]);
}

async function allQuestions(view: LedgerView): Promise<readonly QuestionOfRecord[]> {
  const suspect = [...(await unsettled(view)), ...(await namesOfLateTenures(view))];
  const found = [...(await recordsQuestionableBy(view, suspect)), ...(await recordsImportedAhead(view, meetings.name))];
  const refs = [...new Map(found.map(({ register, ref }) => [`${register}/${ref}`, ref])).values()];
  const questions = (await inTurns(refs, (ref) => questionsOfRecord(view, ref))).flat();
  return questions.sort((a, b) => a.sequence - b.sequence);
}

/** What may take the day away on which a meeting was held, or a decision made, or end that decision. */
const UNSETTLES = [
  [meetings.name, ['Voided', 'Corrected', 'MeetingCancelled', 'MeetingPostponed']],
  [decisions.name, ['Voided', 'Corrected', 'DecisionRevoked', 'DecisionSuperseded']],
] as const;

async function unsettled(view: LedgerView): Promise<readonly string[]> {
  const found = [];
  for (const [register, types] of UNSETTLES) found.push(...(await eventsOfTypes(view, register, types)));
  return [...new Set(found.map(({ record }) => record.ref))];
}

/** Facts by which somebody comes to hold a post. */
const APPOINTMENTS: readonly string[] = ['HolderAppointed', 'MonitoringOfficerAppointed'];

/** Posts of whose holders something was learned after the day, and everybody who was ever said to hold one of them. */
async function namesOfLateTenures(view: LedgerView): Promise<readonly string[]> {
  const found = await eventsOfTypes(view, directory.name, [...APPOINTMENTS, 'Corrected', 'Voided', 'Restored']);
  const late = new Set(found.filter(isLearnedLate).map(({ record }) => record.ref));
  const persons = found.filter(({ record }) => late.has(record.ref)).flatMap(({ event }) => personsIn(event));
  // A post that signs without a name signs for whoever holds it.
  const held = found.filter(({ event }) => personsIn(event).some((person) => persons.includes(person)));
  return [...new Set([...late, ...persons, ...held.map(({ record }) => record.ref)])];
}

function isLearnedLate({ event }: EventOfRecord): boolean {
  return !APPOINTMENTS.includes(event.type) || event.effectiveOn < event.recordedAt.slice(0, 10);
}

function personsIn({ facts }: RecordEvent): readonly string[] {
  return [facts['person'], facts['is']].filter((name) => typeof name === 'string');
}

async function knownBy(
  view: LedgerView,
  register: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownEvent[]>> {
  if (registerNamed(view, register) === null) return new Map();
  const found = await Promise.all(refs.map((ref) => knownOf(view, { register, ref })));
  return new Map(refs.flatMap((ref, index) => (found[index]!.length === 0 ? [] : [[ref, found[index]!] as const])));
}

/** By number, so that what turned out later is told from what was so before. */
async function knownOf(view: LedgerView, record: RecordName): Promise<readonly KnownEvent[]> {
  const events = (await eventsAsOf(view, record)).map(({ event }) => event);
  return events.sort((a, b) => a.sequence - b.sequence);
}
