import { kindOfRecord, nameInWords } from '../../../libs/declarations/index.ts';
import { compareRecord, eventAtClosing, refuseDamaged, type ComparedEnds } from '../../../libs/read-models/index.ts';
import type { Cause, ChangeKind, ComparedStep, RecordComparison } from '../../../libs/timeline/index.ts';
import { eventInWords, KINDS_IN_WORDS } from '../../../libs/wording/index.ts';
import { basesOf, comparedOf, ENDS, endsSaid, endsTyped } from './compared.ts';
import { filtersTyped, pageTyped, whatTyped } from './options.ts';
import { readingCommand, type ReadingCommand } from './reading-command.ts';
import { column, type Cell, type Table } from './tables.ts';

/** `ledger compare LIST|REF` */
export const COMPARE: ReadingCommand = {
  name: 'compare',
  does: 'Says what changed of a list, or of one record, from one basis to another, and why.',
  example: 'compare actions --as jarap-member --from-day 2023-06-30 --to-day 2023-10-09',
  usage: 'LIST|REF',
  says: 'Restated: of the first day something else is known since. Moved: it happened between the days.',
  options: ENDS,
  filters: true,
  async answer({ words, typed, taken }, reading) {
    const { kind, ref } = whatTyped(words);
    const asked = filtersTyped(kind, typed, taken);
    const wanted = pageTyped(typed);
    const ends = await endsTyped(typed, reading);
    if (ref !== null) {
      const { register } = kindOfRecord(kind);
      const found = await compareRecord(ends, register, ref);
      if (found === null) {
        await refuseDamaged(ends.closing, register, ref);
        return null;
      }
      return {
        facts: { bases: basesOf(ends), ref },
        notes: [`${ref}, of ${endsSaid(ends, kind)}`],
        tables: [changesOf([found]), causesOf(ends, [found])],
      };
    }
    const narrowed = await comparedOf(kind).narrowed(ends, asked);
    const changes = narrowed.changes();
    const totalCount = await changes.count();
    const page = await changes.page(wanted);
    const changed = page.edges.map(({ node }) => node);
    return {
      facts: { bases: basesOf(ends), totalCount, hasNextPage: page.hasNextPage, endCursor: page.endCursor },
      notes: [
        `${totalCount} changed of ${endsSaid(ends, kind)}`,
        ...(page.hasNextPage ? [`There are more: --after ${page.endCursor}`] : []),
      ],
      tables: [changesOf(changed), { ...causesOf(ends, changed), forProgramsOnly: true }],
    };
  },
};

export const compareCommand = readingCommand(COMPARE);

const STEPS_IN_WORDS = { RESTATED: 'Restated', MOVED: 'Moved' } as const;
const inWords = (codes: readonly ChangeKind[]) => codes.map((code) => KINDS_IN_WORDS[code].label).join(', ');

type StepOfRecord = readonly [ref: string, name: keyof typeof STEPS_IN_WORDS, step: ComparedStep];

function stepsOf(records: readonly RecordComparison[]): readonly StepOfRecord[] {
  return records.flatMap(({ ref, restated, moved }): StepOfRecord[] => [
    ...(restated === null ? [] : [[ref, 'RESTATED', restated] as const]),
    ...(moved === null ? [] : [[ref, 'MOVED', moved] as const]),
  ]);
}

/** A line for each step of each record. */
function changesOf(records: readonly RecordComparison[]): Table {
  return {
    name: 'changes',
    columns: [
      column('ref', 'Reference'),
      column('step', 'Step'),
      column('change', 'In the list'),
      column('kinds', 'How'),
      column('fields', 'Fields'),
    ],
    rows: stepsOf(records).map(([ref, name, { change, kinds, fields }]) => [
      ref,
      { code: name, words: STEPS_IN_WORDS[name] },
      { code: change, words: nameInWords(change) },
      { code: kinds.join(' '), words: inWords(kinds) },
      fields.map((field) => field.name).join(' '),
    ]),
  };
}

/** A line for each cause of each field. */
function causesOf(ends: ComparedEnds, records: readonly RecordComparison[]): Table {
  const rows = stepsOf(records).flatMap(([ref, name, { fields }]) =>
    fields.flatMap((field) =>
      field.causes.map((cause): Cell[] => {
        return [ref, { code: name, words: STEPS_IN_WORDS[name] }, field.name, ...causeOf(ends, cause)];
      }),
    ),
  );
  return {
    name: 'causes',
    columns: [
      column('ref', 'Reference'),
      column('step', 'Step'),
      column('field', 'Field'),
      column('cause', 'Cause'),
      column('record', 'Of'),
      column('effectiveOn', 'Day'),
      column('recordedAt', 'Recorded'),
      column('by', 'By'),
      column('event', 'Event'),
    ],
    rows,
  };
}

function causeOf(ends: ComparedEnds, cause: Cause): Cell[] {
  if (cause.event === null)
    return [{ code: 'DAY', words: KINDS_IN_WORDS.DAY.label }, null, cause.day, null, null, null];
  const { event, record } = cause;
  const { effectiveOn } = eventAtClosing(ends, record, event);
  return [
    { code: event.type, words: eventInWords(event.type) },
    record.ref,
    effectiveOn,
    event.recordedAt,
    event.actor.by?.post ?? null,
    event.id,
  ];
}
