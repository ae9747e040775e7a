import { isCivilDate, type CivilDate } from '../ledger/index.ts';

/** How an import says in `import.json` that its days are written. They are never guessed from the cells: 04/05 is April or May. */
export const WAYS_OF_DAYS = ['yyyy-mm-dd', 'dd/mm/yyyy'] as const;
export type WayOfDays = (typeof WAYS_OF_DAYS)[number];

/** The day in a cell, or what is wrong with it. A time of midnight behind it, which spreadsheets add, is left away. */
export function readDay(cell: string, way: WayOfDays): CivilDate | { readonly sentence: string } {
  const [, day = '', time] = /^(\S+?)(?:[ T](\S+))?$/.exec(cell) ?? [];
  const isDay = way === 'yyyy-mm-dd' ? isCivilDate(day) : /^\d{1,2}\/\d{1,2}\/\d{4}$/.test(day);
  const written = way === 'yyyy-mm-dd' ? day : inOrder(day);
  if (!isDay || !isCivilDate(written)) return { sentence: `"${cell}" is not a day. ${howTo(cell, way)}` };
  if (time !== undefined && !/^00:00(:00(\.0+)?)?$/.test(time))
    return { sentence: `"${cell}" names a time of day. Give the day alone: what happened took effect on a day.` };
  return written;
}

function inOrder(day: string): string {
  const [days = '', months = '', year = ''] = day.split('/');
  return `${year}-${months.padStart(2, '0')}-${days.padStart(2, '0')}`;
}

function howTo(cell: string, way: WayOfDays): string {
  if (way === 'dd/mm/yyyy') return 'import.json says that days are written dd/mm/yyyy, like 09/10/2023.';
  const isOfSpreadsheet = /^\d{1,2}\/\d{1,2}\/\d{4}\b/.test(cell);
  return `Write days as yyyy-mm-dd, like 2023-10-09${isOfSpreadsheet ? ', or say "dates": "dd/mm/yyyy" in import.json if all are written so' : ''}.`;
}
