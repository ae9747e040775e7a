import { isMet, type Aim, type Measured } from './measuring.ts';

const HEADINGS = ['what', 'measured', 'limit', 'which is', 'ratio', 'aim', 'met'] as const;
/** Columns of figures, which end where their heading ends. */
const FIGURES: readonly string[] = ['measured', 'limit', 'ratio'];

/** The table as text. */
export function tableOf(lines: readonly Measured[]): string {
  const cells = [[...HEADINGS], ...lines.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const rows = cells.map((row) =>
    row.map((cell, column) =>
      FIGURES.includes(HEADINGS[column]!) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
    ),
  );
  rows.splice(
    1,
    0,
    widths.map((width) => '-'.repeat(width)),
  );
  return `${rows.map((row) => row.join('  ').trimEnd()).join('\n')}\n`;
}

function cellsOf(line: Measured): string[] {
  const { what, measured, unit, limit, limitIs, ratio, aim } = line;
  const met = isMet(line);
  return [
    what,
    `${figure(measured)}${unit}`,
    `${figure(limit)}${unit}`,
    limitIs,
    ratio.toFixed(2),
    aimInWords(aim),
    met === null ? '' : met ? 'yes' : 'no',
  ];
}

function aimInWords(aim: Aim | null): string {
  if (aim === null) return 'none';
  return 'atLeast' in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`;
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toString() : value >= 1 ? value.toFixed(1) : value.toPrecision(2);
}
