import { earlier, type CivilDate } from '../ledger/index.ts';
import { BASES } from '../timeline/index.ts';
import { lastRecordedBy, lastVisible } from './basis.ts';
import { dayNumberOf } from './interval-tree.ts';
import { viewBandedBy } from './banding.ts';
import { BadBasis, type AsOf, type BasisAsked, type LedgerView } from './ledger-view.ts';
import { opened, OpenView } from './view.ts';

/*
 * The two ends of a comparison, and what lies between them: the first end as it was told, the same day as known at the second, and the second. See
 * `docs/comparing.md`.
 */

/** The ledger at the three bases of a comparison: one reader, one clock, and one head. */
export interface ComparedEnds {
  /** The first end: its day, as known at its instant. */
  readonly told: LedgerView;
  /** The day of the first end, as known at the instant of the second. */
  readonly knownNow: LedgerView;
  /** The second end. */
  readonly closing: LedgerView;
  /** True where all three are banded and coloured by the rules that are in force at the second end. */
  readonly byRulesOfClosing?: boolean;
}

/** The same three bases, banded and coloured by the rules that are in force at the second end. */
export function byRulesOfClosing({ told, knownNow, closing }: ComparedEnds): ComparedEnds {
  return {
    told: viewBandedBy(told, closing),
    knownNow: viewBandedBy(knownNow, closing),
    closing: viewBandedBy(closing, closing),
    byRulesOfClosing: true,
  };
}

/** The same three bases, each as the list at hand is of bodies there. Where that is all the same, they are the same. */
export async function endsOver(
  ends: ComparedEnds,
  viewFor: (view: LedgerView) => Promise<LedgerView>,
): Promise<ComparedEnds> {
  const [told, knownNow, closing] = await Promise.all(BASES.map((basis) => viewFor(ends[basis])));
  const isSame = told === ends.told && knownNow === ends.knownNow && closing === ends.closing;
  return isSame ? ends : { ...ends, told: told!, knownNow: knownNow!, closing: closing! };
}

const WORKED_OUT = new WeakMap<ComparedEnds, Map<object, unknown>>();

/** What is worked out once for the three bases, however often it is asked for: for each `owner`, at the first call. */
export function onceForEnds<Result>(ends: ComparedEnds, owner: object, make: () => Result): Result {
  const known = WORKED_OUT.get(ends) ?? new Map<object, unknown>();
  WORKED_OUT.set(ends, known);
  let result = known.get(owner) as Result | undefined;
  if (result === undefined) known.set(owner, (result = make()));
  return result;
}

/**
 * Opens the three bases. Where neither end names an instant or a position they share one now and one head; and nothing counts at the first that does
 * not count at the second.
 * @throws BadBasis at `before` or `after` for an end that cannot be read, and for two that do not go together
 */
export async function openEnds(
  open: (asOf: AsOf) => Promise<LedgerView>,
  before: AsOf,
  after: AsOf,
): Promise<ComparedEnds> {
  if ((before.clock ?? 'STATED') !== (after.clock ?? 'STATED'))
    throw new BadBasis('after.clock', 'Both ends of a comparison are read on one clock. Name the same one for each.');
  // In this order: what is there at the first is there at the second.
  const first = opened(await named('before', () => open(before)));
  const closing = opened(await named('after', () => open(after)));
  const knownNow = onDay(closing, first.basis.effective);
  return { told: await asTold(first, closing, before, after), knownNow, closing };
}

/**
 * From what stood at an earlier basis, such as that of a decision, to what stands at the view's own: one reader, on the clock of the first.
 * @param then a basis beside that of the view, which counts nothing that the view does not count
 */
export function endsSince(then: LedgerView, view: LedgerView): ComparedEnds {
  const told = opened(then);
  const { basis, reader, point, answering } = opened(view);
  const { clock } = told.point;
  const isSame = clock === point.clock;
  const closing = isSame
    ? opened(view)
    : // Whether it is settled was asked on the other clock.
      new OpenView({ ...basis, clock, settled: false }, reader, { ...point, clock }, answering);
  return { told, knownNow: onDay(closing, told.basis.effective), closing };
}

async function named<Answer>(end: BasisAsked, open: () => Promise<Answer>): Promise<Answer> {
  try {
    return await open();
  } catch (thrown) {
    if (!(thrown instanceof BadBasis)) throw thrown;
    throw new BadBasis(thrown.field.replace('asOf.', `${end}.`) as BadBasis['field'], thrown.message);
  }
}

/** The second end, read on the day of the first: all that it counts, and nothing else. */
function onDay(closing: OpenView, effective: CivilDate): OpenView {
  if (effective > closing.basis.effective)
    throw new BadBasis(
      'before.effective',
      `The first day, ${effective}, lies after the second, ${closing.basis.effective}. Turn the two days round.`,
    );
  const { basis, reader, point, answering } = closing;
  return new OpenView({ ...basis, effective }, reader, { ...point, effective, day: dayNumberOf(effective) }, answering);
}

/** The first end, without what the second does not count. */
async function asTold(first: OpenView, closing: OpenView, before: AsOf, after: AsOf): Promise<OpenView> {
  const { reader, answering } = first;
  const sharesNow = !namesInstant(before) && !namesInstant(after);
  const recorded = sharesNow ? closing.basis.recorded : first.basis.recorded;
  if (recorded > closing.basis.recorded)
    throw new BadBasis(
      'before.recorded',
      `The first end is known as of ${recorded}, which lies after the instant of the second, ${closing.basis.recorded}. Turn the two instants round.`,
    );
  if (before.position !== undefined && first.point.sequence > closing.point.sequence)
    throw new BadBasis('before.position', 'The first position lies after the second. Turn the two positions round.');
  const sequence = before.position === undefined ? closing.point.sequence : first.point.sequence;
  const known = earlier(recorded, closing.point.recorded);
  const recordedSequence =
    known === closing.point.recorded ? closing.point.recordedSequence : await lastRecordedBy(answering, known);
  const point = { ...first.point, sequence, recorded: known, recordedSequence: Math.min(sequence, recordedSequence) };
  const position = await lastVisible(answering, point, closing.point.recorded, reader);
  const basis = {
    ...first.basis,
    ...{ recorded, settled: sharesNow ? closing.basis.settled : first.basis.settled },
    position: position === null ? null : answering.tokens.encode(reader.audience, position),
  };
  return new OpenView(basis, reader, point, answering);
}

/** Does an end say up to when facts are known? A meeting does. */
function namesInstant({ effective: _, clock: __, position: ___, ...others }: AsOf): boolean {
  return Object.values(others).some((one) => one !== undefined);
}
