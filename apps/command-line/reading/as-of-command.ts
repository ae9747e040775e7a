import { kindOfRecord, type RecordKind } from '../../../libs/declarations/index.ts';
import {
  incompleteIn,
  isIllustrative,
  refuseDamaged,
  type LedgerView,
  type PageWanted,
} from '../../../libs/read-models/index.ts';
import {
  capitalised,
  eventInWords,
  illustrativeInWords,
  incompleteInWords,
  wordsOf,
  type Drawing,
} from '../../../libs/wording/index.ts';
import {
  historyOf,
  LISTS,
  wordsOf as wordsOfEvent,
  type AnyRecordAsOf,
  type RecordList,
} from '../../../projections/index.ts';
import { plainDrawing } from './drawing.ts';
import { basisTyped, filtersTyped, optionsOfBasis, pageTyped, whatTyped, listName } from './options.ts';
import { basisSaid, readingCommand, type ReadingCommand } from './reading-command.ts';
import { column, type Answer, type Cell, type Table } from './tables.ts';

/** `ledger as-of LIST|REF` */
export const AS_OF: ReadingCommand = {
  name: 'as-of',
  does: 'Says how a list, or one record with its history, stood on a day, as known at an instant.',
  example: 'as-of actions --as jarap-member --effective 2023-10-09 --status agreed',
  usage: 'LIST|REF',
  says: 'A list is actions, recommendations, risks … ; a record is named by its reference.',
  options: optionsOfBasis('asOf'),
  filters: true,
  async answer({ words, typed, taken }, reading) {
    const { kind, ref } = whatTyped(words);
    const asked = filtersTyped(kind, typed, taken);
    const page = pageTyped(typed);
    const view = await reading.open(basisTyped('asOf', typed));
    return ref === null ? listOf(view, kind, asked, page) : recordOf(view, kind, ref, page);
  },
};

export const asOfCommand = readingCommand(AS_OF);

async function listOf(
  view: LedgerView,
  kind: RecordKind,
  asked: Parameters<RecordList['list']>[1],
  wanted: PageWanted,
): Promise<Answer> {
  const records = LISTS[kind];
  const { shown, readFrom } = records;
  const [page, incomplete] = await Promise.all([records.list(view, asked, wanted), incompleteIn(view, ...readFrom)]);
  const drawing = plainDrawing(view, kind);
  const rows = await Promise.all(
    page.edges.map(async ({ node }) => [
      ...(await headOf(view, shown, node, drawing)),
      ...(await Promise.all(shown.columns.map((one) => wordsOf(one.shows(node), drawing)))),
    ]),
  );
  const columns = [...headColumns(shown), ...shown.columns.map(({ label }) => column(label, label))];
  const lacking = incompleteInWords(incomplete);
  return {
    facts: {
      basis: view.basis,
      totalCount: page.totalCount,
      hasNextPage: page.hasNextPage,
      endCursor: page.endCursor,
      incomplete,
    },
    notes: [
      `${page.totalCount} ${kindOfRecord(kind).many} on ${basisSaid(view)}`,
      ...(page.hasNextPage ? [`There are more: --after ${page.endCursor}`] : []),
      ...(lacking === null ? [] : [lacking]),
    ],
    tables: [{ name: listName(kind), columns, rows }],
  };
}

type Shown = RecordList['shown'];

function headColumns({ headingCalled, status }: Shown) {
  const first = [column('ref', 'Reference'), column('heading', headingCalled)];
  return status === undefined ? first : [...first, column('status', 'Status')];
}

async function headOf(
  view: LedgerView,
  shown: Shown,
  record: AnyRecordAsOf,
  drawing: Drawing,
): Promise<readonly Cell[]> {
  const [heading, isMadeUp] = await Promise.all([
    wordsOf(shown.heading(record), drawing),
    isIllustrative(view, record.ref),
  ]);
  const called = heading === null ? null : isMadeUp ? illustrativeInWords(heading) : heading;
  if (shown.status === undefined) return [record.ref, called];
  const status = shown.status.of(record);
  return [record.ref, called, { code: status, words: drawing.status(status) }];
}

async function recordOf(view: LedgerView, kind: RecordKind, ref: string, wanted: PageWanted): Promise<Answer | null> {
  const { shown } = LISTS[kind];
  const record = await LISTS[kind].find(view, ref);
  if (record === null) {
    await refuseDamaged(view, kindOfRecord(kind).register, ref);
    return null;
  }
  const drawing = plainDrawing(view, kind);
  const head = await headOf(view, shown, record, drawing);
  const fields = await Promise.all(
    shown.fields.map(async ({ label, shows }) => [label, await wordsOf(shows(record), drawing)]),
  );
  const history = await historyOf(view, ref, wanted);
  return {
    facts: { basis: view.basis, ref, hasNextPage: history.hasNextPage, endCursor: history.endCursor },
    notes: [
      `${ref} on ${basisSaid(view)}`,
      ...(history.hasNextPage ? [`There are more events: --after ${history.endCursor}`] : []),
    ],
    tables: [
      {
        name: 'fields',
        columns: [column('field', 'Field'), column('value', 'Value')],
        rows: [
          ...headColumns(shown)
            .slice(0, 2)
            .map(({ label }, index) => [label, head[index]!]),
          ...fields.filter(([, value]) => value !== null),
        ] as Cell[][],
      },
      await eventsOf(
        view,
        history.edges.map(({ node }) => node),
      ),
    ],
  };
}

async function eventsOf(
  view: LedgerView,
  events: readonly Awaited<ReturnType<typeof historyOf>>['edges'][number]['node'][],
): Promise<Table> {
  const rows = await Promise.all(
    events.map(async ({ id, type, effectiveOn, recordedAt, by, reason, text, facts }): Promise<readonly Cell[]> => {
      const words = await wordsOfEvent(view, { ...(text === undefined ? {} : { text }), facts });
      return [
        effectiveOn,
        recordedAt,
        { code: type, words: capitalised(eventInWords(type)) },
        by?.post ?? null,
        words,
        await view.text(reason),
        id,
      ];
    }),
  );
  return {
    name: 'history',
    columns: [
      column('effectiveOn', 'Day'),
      column('recordedAt', 'Recorded'),
      column('type', 'What happened'),
      column('by', 'By'),
      column('words', 'Words'),
      column('reason', 'Reason'),
      column('event', 'Event'),
    ],
    rows,
  };
}
