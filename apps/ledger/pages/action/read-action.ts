import type { EventId, JsonValue } from '../../../../libs/ledger/index.ts';
import { openedAt, type LedgerView } from '../../../../libs/read-models/index.ts';
import {
  findBody,
  findMeeting,
  findPost,
  historyOf,
  questionsOfRecord,
  sourceOfEvent,
  wordsOf,
  type HistoryEvent,
  type Question,
  type TrackedAction,
} from '../../../../projections/index.ts';
import { recordAt, type Place } from '../../words/fields.ts';
import { postInWords } from '../../words/values.ts';

/** Where a fact comes from, in words that the reader may read. */
export interface SourceRead {
  readonly document: string | null;
  readonly paragraph: string | null;
  readonly quote: string | null;
  readonly publishedOn: string | null;
}

/** An event of the history with its words. */
export interface EventRead {
  readonly event: HistoryEvent;
  readonly text: string | null;
  readonly reason: string | null;
  readonly source: SourceRead | null;
  /** What corrections changed of it: words in place of references. */
  readonly amended: readonly {
    readonly by: EventId;
    readonly path: string;
    readonly was: JsonValue;
    readonly is: JsonValue;
  }[];
}

/** Another source's version of a field. */
export interface DisputeRead {
  readonly path: string;
  readonly says: JsonValue;
  readonly source: SourceRead | null;
}

/** An action with everything that its page says, read at one basis. */
export interface ActionRead extends HistoryRead {
  readonly action: TrackedAction;
  readonly title: string | null;
  /** What its body is called; null when this reader may not know of it. */
  readonly body: string | null;
  /** The meeting at which it was raised, when this reader may know of it. */
  readonly meeting: { readonly ref: string; readonly date: string | null } | null;
  readonly duePhrase: string | null;
  readonly update: string | null;
  readonly report: string | null;
  readonly evidence: string | null;
  readonly becameItem: string | null;
  readonly disputes: readonly DisputeRead[];
  /** Names of all posts that the page names. */
  readonly posts: ReadonlyMap<string, string>;
}

/** Events of the history on one page. */
const HISTORY_SHOWN = 200;

/** Reads what the page of an action says. `after`: a place in its history, from an earlier page. */
export async function readAction(view: LedgerView, action: TrackedAction, after: string | null): Promise<ActionRead> {
  const { state, due, disputed, ref } = action;
  const [title, body, meeting, duePhrase, update, report, evidence, becameItem, disputes, read] = await Promise.all([
    view.text(state.title),
    findBody(view, state.body).then(async (found) => (await view.text(found?.state.name)) ?? found?.ref ?? null),
    state.meeting === undefined ? null : findMeeting(view, state.meeting),
    view.text(due.phrase),
    view.text(state.latestUpdate?.text),
    view.text(state.reportedComplete?.text),
    view.text(state.reportedComplete?.evidence),
    view.text(state.closed?.item),
    Promise.all(
      disputed.map(async ({ path, says, event }) => ({
        path,
        says: await openedAt(view, path, says),
        source: await readSource(view, await sourceOfEvent(view, event)),
      })),
    ),
    readHistory(view, ref, after),
  ]);
  return {
    action,
    title,
    body,
    meeting: meeting === null ? null : { ref: meeting.ref, date: meeting.state.date ?? null },
    duePhrase,
    update,
    report,
    evidence,
    becameItem,
    disputes,
    ...read,
    posts: await postNames(view, [...postsOf(action, disputes), ...postsIn(read)]),
  };
}

/** An action that was recorded by mistake, with everything that its page says. */
export interface MistakeRead extends HistoryRead {
  readonly ref: string;
  /** The event that made it void. */
  readonly mistake: EventRead;
  readonly posts: ReadonlyMap<string, string>;
}

export async function readMistake(
  view: LedgerView,
  ref: string,
  mistake: HistoryEvent,
  after: string | null,
): Promise<MistakeRead> {
  const [read, voided] = await Promise.all([readHistory(view, ref, after), readEvent(view, mistake)]);
  return {
    ref,
    mistake: voided,
    ...read,
    posts: await postNames(view, postsIn({ ...read, history: [voided, ...read.history] })),
  };
}

interface HistoryRead {
  readonly history: readonly EventRead[];
  /** Facts of it that later ones put in question. */
  readonly questions: readonly Question[];
  /** Set when the history goes on: it has more events than a page shows. */
  readonly furtherHistory: string | null;
}

async function readHistory(view: LedgerView, ref: string, after: string | null): Promise<HistoryRead> {
  const [page, questions] = await Promise.all([
    historyOf(view, ref, { first: HISTORY_SHOWN, ...(after === null ? {} : { after }) }),
    questionsOfRecord(view, ref),
  ]);
  return {
    questions,
    history: await Promise.all(page.edges.map(({ node }) => readEvent(view, node))),
    furtherHistory: page.hasNextPage ? page.endCursor : null,
  };
}

async function readEvent(view: LedgerView, event: HistoryEvent): Promise<EventRead> {
  const [text, reason, source, amended] = await Promise.all([
    wordsOf(view, event),
    view.text(event.reason),
    readSource(view, event.source),
    Promise.all(
      event.amended.map(async ({ by, path, was, is }) => ({
        by,
        path,
        was: await openedAt(view, path, was),
        is: await openedAt(view, path, is),
      })),
    ),
  ]);
  return { event, text, reason, source, amended };
}

async function readSource(view: LedgerView, source: HistoryEvent['source']): Promise<SourceRead | null> {
  if (source === null) return null;
  const [document, paragraph, quote] = await Promise.all([
    view.text(source.document),
    view.text(source.paragraph),
    view.text(source.quote),
  ]);
  return { document, paragraph, quote, publishedOn: source.publishedOn ?? null };
}

/** References of posts, among what may be none. */
type Named = readonly (JsonValue | undefined)[];

function postsOf({ state }: TrackedAction, disputes: readonly DisputeRead[]): Named {
  return [
    state.owner,
    state.latestUpdate?.by,
    state.reportedComplete?.by,
    state.closed?.by,
    ...disputes.map(({ path, says }) => postAt({ path }, says)),
  ];
}

function postsIn({ history, questions }: Pick<HistoryRead, 'history' | 'questions'>): Named {
  const questioned = questions.map(({ of }) => (of.register === 'directory' ? of.ref : null));
  const named = history.flatMap(({ event: { type: event, by, enteredBy, facts }, amended, text }) => [
    by?.post,
    enteredBy?.post,
    ...Object.entries(facts).map(([path, value]) => postAt({ event, path }, value)),
    typeof facts['path'] === 'string' ? postAt({ path: facts['path'] }, text) : null,
    ...amended.flatMap(({ path, was, is }) => [postAt({ event, path }, was), postAt({ event, path }, is)]),
  ]);
  return [...named, ...questioned];
}

/** The post that a field names, if it names one. */
function postAt(place: Omit<Place, 'register'>, value: JsonValue | undefined): string | null {
  const named = recordAt({ register: 'actions', ...place }, value);
  return named?.kind === 'post' ? named.ref : null;
}

/** Names of posts, by reference, as far as the reader may know them. */
export async function postNames(view: LedgerView, named: Named): Promise<ReadonlyMap<string, string>> {
  const posts = new Set(named.filter((post) => typeof post === 'string'));
  const names = await Promise.all(
    [...posts].map(
      async (post) => [post, postInWords(post, await view.text((await findPost(view, post))?.state.name))] as const,
    ),
  );
  return new Map(names);
}
