import { END_OF_DAYS, type CivilDate, type Instant } from '../../libs/ledger/index.ts';
import {
  lastKnownIn,
  rectanglesOf,
  registerOf,
  withSeenLinks,
  type HeldRectangle,
  type LedgerView,
  type RecordRectangles,
} from '../../libs/read-models/index.ts';
import { END_OF_KNOWLEDGE, snapshotOf, type Caveat } from '../../libs/timeline/index.ts';
import { stepsAround, type Held, type Steps } from './projection.ts';

/** The steps of a record around a basis. */
export interface StepsOfRecord {
  /** By days, as it was known at the basis. */
  readonly effective: Steps<CivilDate>;
  /** By what was known of the basis's day, up to its position: after its instant too. */
  readonly recorded: Steps<Instant>;
}

const NONE = { since: null, previous: null, next: null };

/** The steps of a record of any register around the view's basis, as its reader may know them; none of one that is absent or hidden. */
export async function stepsOf(view: LedgerView, ref: string): Promise<StepsOfRecord> {
  const register = registerOf(view, ref);
  if (register === null) return { effective: NONE, recorded: NONE };
  const rectangles = await rectanglesOf(view, { register: register.name, ref });
  const day = view.basis.effective;
  const instant = lastKnownIn(view);
  const ofInstant = rectangles.held.filter(({ known: [from, to] }) => from <= instant && instant < to);
  const ofDay = rectangles.held.filter(({ days: [from, to] }) => from <= day && day < to);
  const answerOf = (values: readonly HeldRectangle['value'][]) => answerFrom(view, rectangles, values);
  const [effective, recorded] = await Promise.all([
    stepsAround(day, whileThere(ofInstant.map(({ days, value }) => ({ over: days, value }))), END_OF_DAYS, answerOf),
    stepsAround(
      instant,
      whileThere(ofDay.map(({ known, value }) => ({ over: known, value }))),
      END_OF_KNOWLEDGE,
      answerOf,
    ),
  ]);
  return { effective, recorded };
}

/** A fact without a day may already have held before there was the record of which it is told. */
function whileThere<Place extends string>(
  held: readonly Held<Place, HeldRectangle['value']>[],
): readonly Held<Place, HeldRectangle['value']>[] {
  const starts = held.filter(({ value }) => 'state' in value).map(({ over: [from] }) => from);
  const first = starts.reduce<Place | null>((least, from) => (least === null || from < least ? from : least), null);
  if (first === null) return [];
  return held.map(({ over: [from, to], value }) => ({
    over: [from < first ? first : from, to < first ? first : to],
    value,
  }));
}

/** The answer about the record as the reader is given it; null where there is none. What changes only out of their sight is no step. */
async function answerFrom(
  view: LedgerView,
  { stateOf }: RecordRectangles,
  values: readonly HeldRectangle['value'][],
): Promise<unknown> {
  const caveats = values.filter((value): value is Caveat => 'kind' in value);
  const state = values.find((value) => 'state' in value);
  if (state === undefined) return null;
  const [answer] = await withSeenLinks(view, [snapshotOf(await stateOf(state), caveats)]);
  return answer;
}
