import type { LedgerView } from './ledger-view.ts';
import type { Question } from './tables.ts';
import { opened, OpenView } from './view.ts';

/** Questions in other words that are remembered. */
const MOST_WORDINGS = 500;

/** Stands where each question has a value of its own. */
class Blank {
  readonly valueFor: (view: OpenView, values: readonly string[]) => unknown;
  constructor(valueFor: Blank['valueFor']) {
    this.valueFor = valueFor;
  }
}

/**
 * The rows that a short question finds which is asked again and again in the same words: by every command of the record that it wrote,
 * and of what that links to. Kysely takes longer to put it into words than the tables to answer it, so that is done once for all views
 * that differ in nothing but their values.
 *
 * @param name tells it from other questions
 * @param values what it asks about; the words depend on how many there are
 * @param ask puts it into words, for a view and values that are blanks. Of the view's point it may use the day, the instant and the
 * sequences alone.
 */
export async function askedAgain<Row>(
  view: LedgerView,
  name: string,
  values: readonly string[],
  ask: (view: LedgerView, values: readonly string[]) => { compile(): Question },
): Promise<readonly Row[]> {
  const asking = opened(view);
  const { answering, point, reader } = asking;
  const { wordings } = answering;
  const isAlike = point.sequence === point.recordedSequence;
  const isWithheld = answering.withheld().length > 0;
  const kind = [
    name,
    values.length,
    reader.audience,
    reader.ownsAs === undefined,
    point.clock,
    isAlike,
    isWithheld,
  ].join();
  let words = wordings.get(kind);
  if (words === undefined) {
    if (wordings.size >= MOST_WORDINGS) wordings.clear();
    words = ask(
      blankFor(asking),
      values.map((_, index) => new Blank((__, given) => given[index]) as never),
    ).compile();
    wordings.set(kind, words);
  }
  const parameters = words.parameters.map((one) => (one instanceof Blank ? one.valueFor(asking, values) : one));
  return answering.tables().ask<Row>({ sql: words.sql, parameters });
}

/** A view of the same kind, with blanks for its values. */
function blankFor({ basis, point, reader, answering }: OpenView): OpenView {
  const ofPoint = (name: 'day' | 'recorded' | 'sequence' | 'recordedSequence') =>
    new Blank((view) => view.point[name]) as never;
  const sequence = ofPoint('sequence');
  const { ownsAs, ...anybody } = reader;
  const blanks = {
    clock: point.clock,
    day: ofPoint('day'),
    recorded: ofPoint('recorded'),
    sequence,
    // The words are others where it is the same one.
    recordedSequence: point.sequence === point.recordedSequence ? sequence : ofPoint('recordedSequence'),
  };
  const owner = ownsAs === undefined ? {} : { ownsAs: new Blank((view) => view.reader.ownsAs) as never };
  return new OpenView(basis, { ...anybody, ...owner }, blanks as never, answering);
}
