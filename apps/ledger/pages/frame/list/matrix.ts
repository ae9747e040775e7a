import type { FiltersShown, MatrixShown } from '../../../../../libs/declarations/index.ts';
import type { LedgerView } from '../../../../../libs/read-models/index.ts';
import type { ScoredMatrix, StepOfScale } from '../../../../../projections/index.ts';
import { dayInWords, counted, withArticle, wordsOf, type Drawing } from '../../../../../libs/wording/index.ts';
import { listPath, type AnyAsked, type KindOnPages } from '../kind-on-pages.ts';
import type { Visit } from '../visits.ts';
import { parametersOf, without } from './read-filter.ts';

/** A matrix with what its scales and steps are called. */
export interface MatrixDrawn extends Omit<ScoredMatrix, 'scales' | 'counts'> {
  readonly scales: readonly { readonly ref: string; readonly called: string }[];
  readonly counts:
    | (Omit<NonNullable<ScoredMatrix['counts']>, 'down' | 'across'> & {
        readonly down: readonly StepDrawn[];
        readonly across: readonly StepDrawn[];
      })
    | null;
}

interface StepDrawn {
  readonly score: number;
  /** What the step means; null where the scale does not say, or it is not for the reader. */
  readonly means: string | null;
}

/** The matrix of a list; null for a kind that shows none. */
export async function readMatrix(
  kind: KindOnPages,
  view: LedgerView,
  asked: AnyAsked,
  drawing: Drawing,
): Promise<MatrixDrawn | null> {
  const read = await kind.reads.matrix(view, asked);
  if (read === null) return null;
  const stepOf = async ({ score, meaning }: StepOfScale) => ({ score, means: await wordsOf(meaning, drawing) });
  const { counts } = read;
  // One that was asked for and by which nothing is scored is a choice still; whether there is such a scale is not told.
  const refs = read.scale === null || read.scales.includes(read.scale) ? read.scales : [...read.scales, read.scale];
  const [scales, down, across] = await Promise.all([
    Promise.all(refs.map(async (ref) => ({ ref, called: (await drawing.named(ref)).text }))),
    Promise.all((counts?.down ?? []).map(stepOf)),
    Promise.all((counts?.across ?? []).map(stepOf)),
  ]);
  return { ...read, scales, counts: counts === null ? null : { ...counts, down, across } };
}

/** A list that was read, as far as its matrix goes. */
export interface WithMatrix {
  readonly kind: KindOnPages;
  readonly asked: AnyAsked;
  readonly matrix: MatrixDrawn | null;
}

/** What the page says of a matrix. Pure. */
export function presentMatrix({ kind, asked, matrix }: WithMatrix, visit: Pick<Visit, 'link' | 'view'>) {
  const { shown } = kind;
  if (matrix === null || shown.matrix === undefined) return null;
  const { heading, by } = shown.matrix;
  const { scales, scale, of } = matrix;
  const link = linkOf(kind, shown.matrix, asked, visit);
  const ofChoice = choicesOf(kind, by.of).find(({ value }) => value === of);
  const score = `${(ofChoice?.words ?? of).toLowerCase()} score`;
  return {
    heading,
    choices: [
      {
        label: 'Score',
        items: choicesOf(kind, by.of).map(({ value, words }) => ({
          ...{ text: words, current: value === of },
          href: link({ [by.of]: value, ...(asked[by.scale] === undefined ? {} : { [by.scale]: asked[by.scale] }) }),
        })),
      },
      ...(scales.length < 2
        ? []
        : [
            {
              label: 'Scale',
              items: scales.map(({ ref, called }) => ({
                ...{ text: called, current: ref === scale },
                href: link({ [by.of]: of, [by.scale]: ref }),
              })),
            },
          ]),
    ],
    nothing: nothingToCount(kind, matrix, score, visit),
    table: tableOf(kind, matrix, asked, score, link, visit),
    apart: apartInWords(kind, matrix, score),
  };
}

/** An address of the list for what is asked of its score. The usual one is not named where nothing else is asked of it, so that it narrows nothing. */
function linkOf(
  kind: KindOnPages,
  { by, usual }: MatrixShown<FiltersShown>,
  asked: AnyAsked,
  { link }: Pick<Visit, 'link'>,
) {
  return (score: AnyAsked) => {
    const { [by.of]: of, ...others } = score;
    const wanted = of === usual ? others : score;
    const rest = without(asked, ...Object.values(by));
    return link(listPath(kind), parametersOf(kind.shown.filters, { ...rest, ...wanted }));
  };
}

function choicesOf({ shown }: KindOnPages, name: string) {
  const filter = shown.filters[name];
  return filter?.kind === 'oneOf' ? filter.choices : [];
}

function nothingToCount(
  { many, shown: { one } }: KindOnPages,
  { counts, scale, total }: MatrixDrawn,
  score: string,
  { view }: Pick<Visit, 'view'>,
): string | null {
  if (total === 0) return `There is no ${one} here to count.`;
  const thatMaySee = view.reader.audience === 'full' ? '' : ' that you may see';
  if (scale === null)
    return `Of the ${many} here (${total.toLocaleString('en-GB')}) none has ${withArticle(score)} by a scale${thatMaySee}.`;
  return counts === null ? `There is no scale ${scale}${thatMaySee} that has a version on this day.` : null;
}

function tableOf(
  kind: KindOnPages,
  { counts, scales, scale, of, total }: MatrixDrawn,
  asked: AnyAsked,
  score: string,
  link: ReturnType<typeof linkOf>,
  { view }: Pick<Visit, 'view'>,
) {
  if (counts === null || scale === null || total === 0) return null;
  const { shown, many } = kind;
  const { by } = shown.matrix!;
  const called = (name: string) => shown.filters[name]!.called;
  const [downCalled, acrossCalled] = [called(by.down), called(by.across)];
  const day = dayInWords(view.basis.effective);
  const scaleCalled = scales.find(({ ref }) => ref === scale)?.called ?? scale;
  const cell = (down: number, across: number) => {
    const { count, band } = counts.cells.find((one) => one.down === down && one.across === across)!;
    const isAsked = asked[by.down] === String(down) && asked[by.across] === String(across);
    return {
      count: count.toLocaleString('en-GB'),
      // Where nothing stands there is no list to go to.
      href:
        count === 0
          ? null
          : link({ [by.of]: of, [by.scale]: scale, [by.down]: String(down), [by.across]: String(across) }),
      says: ` ${count === 1 ? shown.one : many}: ${downCalled.toLowerCase()} ${down}, ${acrossCalled.toLowerCase()} ${across}, `,
      band: band?.band ?? 'No band',
      classes: band?.colour === undefined ? '' : `ledger-band--${band.colour.toLowerCase()}`,
      current: isAsked,
    };
  };
  return {
    caption: `How many have which ${score}, by ${scaleCalled}, version ${counts.version}, which is ${
      counts.isInForce ? `in force on ${day}` : `the last one: none is in force on ${day}`
    }`,
    corner: `${downCalled} (down) and ${acrossCalled.toLowerCase()} (across)`,
    down: downCalled,
    across: acrossCalled,
    columns: counts.across,
    rows: counts.down
      .toReversed()
      .map((step) => ({ ...step, cells: counts.across.map((other) => cell(step.score, other.score)) })),
  };
}

/** Who is in no cell, so that nobody takes the cells for all there are. */
function apartInWords(
  { many, shown: { one } }: KindOnPages,
  { counts, total }: MatrixDrawn,
  score: string,
): readonly string[] {
  if (counts === null || total === 0) return [];
  const have = (count: number, what: string) =>
    count === 0 ? [] : [`${counted(count, `${one} has`, `${many} have`)} ${what}.`];
  const inCells = counts.cells.reduce((sum, { count }) => sum + count, 0);
  return [
    inCells === total
      ? `All of them (${total.toLocaleString('en-GB')}) are in the matrix.`
      : `In the matrix: ${inCells.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}.`,
    ...have(counts.onOtherAxes, `${withArticle(score)} on other axes of this scale, which is in no cell`),
    ...have(counts.onOtherScales, `${withArticle(score)} by another scale`),
    ...have(counts.unscored, `no ${score}`),
  ];
}
