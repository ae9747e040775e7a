import { addDays, isCivilDate, type CivilDate } from '../../../../libs/ledger/index.ts';
import { monthOf, type EntriesWanted, type EntryGrouping } from '../../../../libs/read-models/index.ts';
import { REGISTERS } from '../../../../libs/registers/index.ts';
import { noSuchPage } from '../frame/outcomes.ts';

/** How entries are counted on the page: what the address, the tab and the column call it; and how it asks for those of one group. */
export interface Counted {
  readonly by: EntryGrouping;
  readonly parameter: 'post' | 'register' | 'month';
  readonly tab: string;
  readonly column: string;
}

/** The first is chosen where the address says nothing. */
export const COUNTED: readonly Counted[] = [
  { by: 'POST', parameter: 'post', tab: 'By post', column: 'Entered by' },
  { by: 'REGISTER', parameter: 'register', tab: 'By register', column: 'Register' },
  { by: 'MONTH', parameter: 'month', tab: 'By month', column: 'Recorded in' },
];

/** What an address asks: how entries are counted, and of which group those that are late are listed. */
export interface Asked {
  readonly counted: Counted;
  readonly only: { readonly [parameter in Counted['parameter']]?: string };
}

/** @throws PageProblem for what no link of this page asks */
export function askedIn(query: URLSearchParams): Asked {
  const by = query.get('by');
  const counted = by === null ? COUNTED[0] : COUNTED.slice(1).find(({ parameter }) => parameter === by);
  const given = COUNTED.flatMap(({ parameter }) => {
    const value = query.get(parameter);
    return value === null ? [] : [[parameter, value] as const];
  });
  const only = Object.fromEntries(given) as Asked['only'];
  const { register, month } = only;
  const isRegister = register === undefined || REGISTERS.some(({ name }) => name === register);
  const isMonth = month === undefined || isCivilDate(`${month}-01`);
  if (counted === undefined || !isRegister || !isMonth) throw noSuchPage();
  return { counted, only };
}

/** The entries that are listed. */
export function entriesWanted({ only: { post, register, month } }: Asked): EntriesWanted {
  return {
    ...(post === undefined ? {} : { post }),
    ...(register === undefined ? {} : { register }),
    ...(month === undefined ? {} : { recordedFrom: `${month}-01`, recordedTo: lastDayOf(month) }),
  };
}

function lastDayOf(month: string): CivilDate {
  const inTheNext = addDays(`${month}-01`, 31);
  return addDays(`${monthOf(inTheNext)}-01`, -1);
}

/** What the address has beside its path, of these entries counted so. */
export function parametersOf({ counted: { parameter }, only }: Asked): readonly (readonly [string, string])[] {
  const by = parameter === COUNTED[0]!.parameter ? [] : [['by', parameter] as const];
  return [...by, ...Object.entries(only).filter((one): one is [string, string] => one[1] !== undefined)];
}
