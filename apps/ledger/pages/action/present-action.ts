import type { CivilDate, JsonValue } from '../../../../libs/ledger/index.ts';
import type { Due } from '../../../../libs/declarations/index.ts';
import { isOpen, publishedStatusOf, type Step } from '../../../../libs/registers/actions/index.ts';
import type { Visit } from '../frame/visits.ts';
import { publishedInWords, statusColour, statusInWords } from '../frame/words.ts';
import { datedInWords, dayInWords } from '../../words/days.ts';
import { capitalised, counted, opening } from '../../words/phrases.ts';
import { authorityInWords, postInWords } from '../../words/values.ts';
import { eventInWords, presentHistory, sourceInWords, type TimelineItem } from './present-history.ts';
import { questionInWords, type QuestionInWords } from './question-in-words.ts';
import type { ActionRead } from './read-action.ts';
import { fieldInWords, valueAtInWords, type Place } from '../../words/fields.ts';

/** A row of the summary: a heading, and lines of plain text. */
export interface SummaryRow {
  readonly key: string;
  readonly lines: readonly Line[];
}
export interface Line {
  readonly text: string;
  /** Set for words that somebody wrote: shown in quotation marks. */
  readonly quoted?: true;
  readonly href?: string;
}

export interface ActionPage {
  readonly title: string;
  readonly ref: string;
  readonly heading: string;
  readonly status: { readonly text: string; readonly classes: string };
  readonly overdue: boolean;
  readonly back: string;
  readonly isToday: boolean;
  /** Facts that may already have taken effect: their sources give no day. */
  readonly mayAlreadyHold: readonly string[];
  readonly contradictions: readonly {
    readonly sentence: string;
    readonly source: string | null;
    readonly quote: string | null;
  }[];
  readonly questions: readonly QuestionInWords[];
  readonly summary: readonly SummaryRow[];
  readonly timeline: readonly TimelineItem[];
  readonly furtherHistory: string | null;
}

const HEADING_SHOWN = 300;

export function presentAction(
  read: ActionRead,
  { link, view, dates }: Pick<Visit, 'link' | 'view' | 'dates'>,
): ActionPage {
  const { action, title, disputes, questions, posts, furtherHistory } = read;
  const { ref, state, overdue, mayAlreadyHold } = action;
  const asked = view.basis.effective;
  return {
    title: `Action ${ref}`,
    ref,
    heading: title === null ? 'Title not shown: erased, or not for you to see' : opening(title, HEADING_SHOWN),
    status: { text: statusInWords(state.status), classes: statusColour(state.status) },
    overdue,
    back: link('/actions'),
    isToday: dates.on === undefined && dates.recorded === undefined,
    mayAlreadyHold: mayAlreadyHold.map(
      ({ type, to }) =>
        `${eventInWords(type)} ${datedInWords({ how: 'by', to })}. The source gives no day, so this may already have been so on ${dayInWords(asked)}.`,
    ),
    contradictions: disputes.map(({ path, says, source }) => ({
      sentence: saidOtherwise({ register: 'actions', path }, says, posts),
      source: sourceInWords(source),
      quote: source?.quote ?? null,
    })),
    questions: questions.map((one) => questionInWords(one, posts)),
    summary: summaryOf(read, link),
    timeline: presentHistory(read.history, posts),
    furtherHistory: furtherHistoryAt(ref, furtherHistory, { link, view }),
  };
}

/** The address of the rest of a history, pinned to what was shown of it. */
export function furtherHistoryAt(
  ref: string,
  after: string | null,
  { link, view: { basis } }: Pick<Visit, 'link' | 'view'>,
): string | null {
  if (after === null) return null;
  const pinned: [string, string][] = basis.position === null ? [] : [['at', basis.position]];
  return link(`/actions/${ref}`, [['after', after], ...pinned]);
}

function summaryOf(read: ActionRead, link: Visit['link']): readonly SummaryRow[] {
  const { action, title, posts, update, report, evidence, becameItem } = read;
  const { state } = action;
  const { latestUpdate, reportedComplete, closed } = state;
  const name = (post: string | null) => (post === null ? null : postInWords(post, posts.get(post)));
  const published = publishedStatusOf(state.status);
  const rows: (SummaryRow | null)[] = [
    title !== null && title.length > HEADING_SHOWN ? row('Title', { text: title }) : null,
    row(
      'Status',
      { text: statusInWords(state.status) },
      {
        text:
          published === null
            ? 'A public paper would not list it.'
            : `A public paper would print: ${publishedInWords(published)}.`,
      },
    ),
    row('Owner', {
      text: state.owner === undefined ? 'Nobody is named' : postInWords(state.owner, posts.get(state.owner)),
    }),
    state.organisation === undefined
      ? null
      : row('Organisation', { text: ofAction('organisation', state.organisation) }),
    state.priority === undefined ? null : row('Priority', { text: ofAction('priority', state.priority) }),
    row('Raised', ...raisedAt(read)),
    row('Due', ...dueLines(read)),
    latestUpdate === undefined
      ? null
      : row('Latest update', { text: sentenceOf(whenOf(latestUpdate), name(latestUpdate.by)) }, quoted(update)),
    reportedComplete === undefined
      ? null
      : row(
          'Reported complete',
          {
            text: sentenceOf(whenOf(reportedComplete), name(reportedComplete.by) ?? 'the source does not say by whom'),
          },
          quoted(report),
          evidence === null ? null : { text: `Evidence: ${evidence}` },
        ),
    closed === undefined
      ? null
      : row(
          closed.outcome === 'SIGNED_OFF' ? 'Signed off' : 'Complete by other means',
          { text: sentenceOf(whenOf(closed), name(closed.by) ?? 'the source does not say by whom') },
          {
            text:
              closed.authority === null || Object.keys(closed.authority).length === 0
                ? 'The source names no authority.'
                : `On the authority of: ${authorityInWords(closed.authority)}`,
          },
          quoted(becameItem),
        ),
    state.continuedAs === undefined
      ? null
      : row('Goes on as', { text: state.continuedAs, href: link(`/actions/${state.continuedAs}`) }),
    state.deferred === undefined ? null : row('Deferred', ...deferredTo(state.deferred)),
    state.evidence === 0
      ? null
      : row('Evidence', { text: `${counted(state.evidence, 'piece')}, in the timeline below` }),
    state.reopened === 0 ? null : row('Reopened', { text: state.reopened === 1 ? 'Once' : `${state.reopened} times` }),
  ];
  return rows.filter((one) => one !== null);
}

function ofAction(path: string, value: string): string {
  return valueAtInWords({ register: 'actions', path }, value);
}

function saidOtherwise(place: Place, says: JsonValue, posts: ReadonlyMap<string, string>): string {
  return `${fieldInWords(place)}: ${says === null ? 'not shown' : `“${valueAtInWords(place, says, posts)}”`}`;
}

function row(key: string, ...lines: readonly (Line | null)[]): SummaryRow {
  return { key, lines: lines.filter((line) => line !== null) };
}

function quoted(text: string | null): Line | null {
  return text === null ? null : { text, quoted: true };
}

/** A day, or `by 9 October 2023` where the source gives none. */
export function whenOf({ effectiveOn, dated }: Pick<Step, 'effectiveOn' | 'dated'>): string {
  return dated === undefined ? dayInWords(effectiveOn) : datedInWords(dated);
}

function sentenceOf(when: string, who: string | null): string {
  return capitalised(who === null ? when : `${when}: ${who}`);
}

function raisedAt({ action: { state }, body, meeting }: ActionRead): readonly Line[] {
  const item = state.item === undefined ? '' : `, item ${state.item}`;
  // Of a body that this reader may not see nothing is said.
  const where = body === null ? '' : `${body}, `;
  if (state.meeting === undefined)
    return [{ text: `${capitalised(`${where}outside a meeting`)}, ${whenOf(state.raised)}${item}` }];
  const held = meeting?.date === undefined || meeting.date === null ? '' : ` on ${dayInWords(meeting.date)}`;
  return [{ text: `${capitalised(`${where}meeting`)}${held}${item}` }, { text: `Meeting ${state.meeting}` }];
}

function dueLines({ action: { state, due }, duePhrase }: ActionRead): readonly Line[] {
  const lines: (Line | null)[] = [
    {
      text:
        due.current === null
          ? undated(state.due.current, isOpen(state.status))
          : `${dayInWords(due.current)}${atMeeting(state.due.current)}`,
    },
    quoted(duePhrase),
    due.original === null || due.original === due.current ? null : { text: `First due ${dayInWords(due.original)}` },
    due.movedWithMeeting ? { text: 'The meeting has moved since this due date was set' } : null,
    due.extensions === 0 ? null : { text: `Extended ${times(due.extensions)}` },
    due.broughtForward === 0 ? null : { text: `Brought forward ${times(due.broughtForward)}` },
  ];
  return lines.filter((line) => line !== null);
}

function atMeeting(due: Due | undefined): string {
  if (due?.meeting !== undefined) return `, at the meeting ${due.meeting}`;
  return due?.dated === undefined ? '' : `, the last day of the time ${datedInWords(due.dated)}`;
}

/** Unanchored: nothing tells the day. Of an open action somebody must settle one. */
function undated(due: Due | undefined, isStillOpen: boolean): string {
  const why =
    due?.meeting === undefined
      ? 'No date is known'
      : `No date is known: the meeting ${due.meeting} is cancelled, or has no known day`;
  return isStillOpen ? `${why}. It needs one to be followed up.` : `${why}.`;
}

function deferredTo({ meeting, until }: { readonly meeting?: string; readonly until?: CivilDate }): readonly Line[] {
  const to =
    until !== undefined
      ? `Until ${dayInWords(until)}`
      : meeting !== undefined
        ? `To the meeting ${meeting}`
        : 'Without a date';
  return [{ text: to }];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
