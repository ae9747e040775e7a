import {
  incompleteIn,
  type EntriesWanted,
  type EntryGrouping,
  type LedgerView,
} from '../../../../libs/read-models/index.ts';
import { REGISTERS } from '../../../../libs/registers/index.ts';
import { entryDelays, listLateEntries, type LateEntry } from '../../../../projections/index.ts';
import { postNamed } from '../directory/directory.values.ts';
import { AnswerError } from '../errors.ts';
import { eventValue } from './record.fields.ts';
import { connection, given, pageWanted, type Fields, type ListArguments, type Root } from './value.ts';

type Filter = { readonly [name in keyof EntriesWanted]?: EntriesWanted[name] | null } | null;

function entriesWanted(filter: Filter | undefined): EntriesWanted {
  const wanted = given(filter);
  const { recordedFrom, recordedTo } = wanted;
  if (recordedFrom !== undefined && recordedTo !== undefined && recordedFrom > recordedTo)
    throw new AnswerError('INVALID', 'The last day of a period is not before its first.', {
      field: 'filter.recordedTo',
    });
  return wanted;
}

function lateEntryValue(view: LedgerView, { record, register, event }: LateEntry) {
  const { delayDays, enteredBy } = event;
  return { view, record, register, delayDays, enteredBy, event: eventValue(view, event) };
}

/** What is asked of how long entries took, over all registers. */
export const ENTRY_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    async lateEntries({ view }, { filter, ...page }: ListArguments & { readonly filter?: Filter }) {
      const wanted = entriesWanted(filter);
      const entries = await listLateEntries(view, wanted, pageWanted(page));
      const registers = wanted.register === undefined ? REGISTERS.map(({ name }) => name) : [wanted.register];
      return { view, registers, ...connection(entries, (entry) => lateEntryValue(view, entry)) };
    },
    entryDelays: ({ view }, { by, filter }: { readonly by?: EntryGrouping | null; readonly filter?: Filter }) =>
      entryDelays(view, entriesWanted(filter), by ?? null),
  } satisfies Fields<Root>,
  LateEntryConnection: {
    incomplete: ({ view, registers }) => incompleteIn(view, ...registers),
  } satisfies Fields<Root & { readonly registers: readonly string[] }>,
  LateEntry: {
    post: ({ view, enteredBy }) => postNamed(view, enteredBy?.post),
  } satisfies Fields<ReturnType<typeof lateEntryValue>>,
};
