import { capitalised } from '../../../../libs/wording/index.ts';

/** A bar of the chart: how many there were (a level), or by how many that changed. */
export type Bar =
  | { readonly kind: 'level'; readonly label: string; readonly count: number }
  /** `outlined`: of a first kind of change, which is told from the others by its outline. */
  | { readonly kind: 'change'; readonly label: string; readonly by: number; readonly outlined: boolean };

/** A bar with its place in the picture. */
export interface DrawnBar {
  readonly words: string;
  /** Where the words and the bar stand, from the top. */
  readonly textAt: number;
  readonly barAt: number;
  /** Of a bar, from the left. One of nothing is a line. */
  readonly x: number;
  readonly width: number;
  readonly classes: string;
  /** The corners of the head by which it says which way it leads; null of a level, and of a change of nothing. */
  readonly head: string | null;
}

export interface Waterfall {
  readonly width: number;
  readonly height: number;
  readonly barHeight: number;
  /** Where zero is. */
  readonly zeroAt: number;
  readonly bars: readonly DrawnBar[];
}

/** The narrowest window holds it in its own size. */
const WIDTH = 290;
const ROW = 42;
const TEXT_AT = 14;
const BAR_AT = 20;
const BAR_HEIGHT = 14;
const HEAD = 6;
/** A line where there is no length to be seen. */
const LEAST = 1;

/**
 * Places the bars below each other, all on one scale. A change begins where the bars before it came to, and a level says where they came to:
 * whoever made them saw to it that it does.
 */
export function waterfallOf(bars: readonly Bar[]): Waterfall {
  const spans: { readonly from: number; readonly to: number }[] = [];
  let reached = 0;
  for (const bar of bars) {
    const span = bar.kind === 'level' ? { from: 0, to: bar.count } : { from: reached, to: reached + bar.by };
    spans.push(span);
    reached = span.to;
  }
  const ends = spans.flatMap(({ from, to }) => [from, to]);
  const least = Math.min(0, ...ends);
  const scale = WIDTH / Math.max(1, Math.max(0, ...ends) - least);
  const at = (count: number): number => rounded((count - least) * scale);
  return {
    ...{ width: WIDTH, height: bars.length * ROW, barHeight: BAR_HEIGHT, zeroAt: at(0) },
    bars: bars.map((bar, index) => {
      const { from, to } = spans[index]!;
      const [left, right] = [at(Math.min(from, to)), at(Math.max(from, to))];
      const top = index * ROW;
      return {
        ...{ words: wordsOf(bar), textAt: top + TEXT_AT, barAt: top + BAR_AT },
        x: Math.min(left, WIDTH - LEAST),
        width: Math.max(rounded(right - left), LEAST),
        classes: classesOf(bar),
        head: bar.kind === 'level' || from === to ? null : headOf(from < to, left, right, top + BAR_AT),
      };
    }),
  };
}

function wordsOf(bar: Bar): string {
  return `${capitalised(bar.label)}: ${bar.kind === 'level' ? bar.count.toLocaleString('en-GB') : signed(bar.by)}`;
}

/** `+3`, `−2`, `0`: with a sign that is no hyphen. */
export function signed(by: number): string {
  const size = Math.abs(by).toLocaleString('en-GB');
  return by === 0 ? size : `${by > 0 ? '+' : '−'}${size}`;
}

function classesOf(bar: Bar): string {
  if (bar.kind === 'level') return 'ledger-bar ledger-bar--level';
  const way = bar.by < 0 ? 'taken' : 'added';
  return `ledger-bar ledger-bar--${way}${bar.outlined ? ' ledger-bar--outlined' : ''}`;
}

/** A triangle within the end of a bar that it leads to, no longer than the bar. */
function headOf(isAdded: boolean, left: number, right: number, top: number): string {
  const length = Math.min(HEAD, right - left);
  const [tip, back] = isAdded ? [right, right - length] : [left, left + length];
  const corners = [
    [back, top],
    [tip, top + BAR_HEIGHT / 2],
    [back, top + BAR_HEIGHT],
  ] as const;
  return corners.map((corner) => corner.map(rounded).join(',')).join(' ');
}

/** To a tenth: finer is not seen, and the same on every machine. */
function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}
