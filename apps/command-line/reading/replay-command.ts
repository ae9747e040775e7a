import { kindOfRecord } from '../../../libs/declarations/index.ts';
import { REPLAY_ORDERS } from '../../../libs/timeline/index.ts';
import { capitalised, eventInWords, fieldInWords, linesOfTold } from '../../../libs/wording/index.ts';
import { replayOfRecord, type ReplayStep } from '../../../projections/index.ts';
import { BadArguments } from '../../../libs/arguments/index.ts';
import { plainDrawing } from './drawing.ts';
import { basisTyped, oneOfTyped, optionsOfBasis, pageTyped, whatTyped } from './options.ts';
import { basisSaid, readingCommand, type ReadingCommand } from './reading-command.ts';
import { column, type Cell } from './tables.ts';

/** `ledger replay REF` */
export const REPLAY: ReadingCommand = {
  name: 'replay',
  does: 'Says step by step how a record came to be what it is.',
  example: 'replay CGB-2023-06-D1 --as internal-auditor --order effective',
  usage: 'REF',
  says: 'Each step is a fact of the record; or one of another record, or the day itself, after which something else is told of it.',
  options: {
    ...optionsOfBasis('asOf'),
    order: {
      value: 'RECORDED|EFFECTIVE',
      says: 'As the ledger came to know it, or as it took effect by all that is known. Default: RECORDED.',
    },
    before: { value: 'CURSOR', says: 'Those just before this place, to go back.' },
  },
  filters: false,
  async answer({ words, typed }, reading) {
    const { kind, ref } = whatTyped(words);
    if (ref === null)
      throw new BadArguments('Name the record to be replayed by its reference, such as CGB-2023-06-D1.');
    const order = oneOfTyped('order', typed, REPLAY_ORDERS) ?? 'RECORDED';
    const { before } = typed;
    const view = await reading.open(basisTyped('asOf', typed));
    const wanted = { ...pageTyped(typed), order, ...(typeof before === 'string' ? { before } : {}) };
    const found = await replayOfRecord(view, ref, wanted);
    if (found === null) return null;
    const { register } = kindOfRecord(kind);
    const drawing = plainDrawing(view, kind);
    const steps = found.edges.map(({ node }) => node);
    const inWords = async (path: string, value: unknown) => {
      const lines = await linesOfTold({ register, path }, value, view, drawing);
      return lines.length === 0 ? null : lines.map((line) => line.map(({ text }) => text).join('')).join('; ');
    };
    const changes = await Promise.all(
      steps.flatMap(({ number, before: was, after: is, changed }) =>
        changed.map(async (path): Promise<readonly Cell[]> => {
          const field = { code: path, words: fieldInWords({ register, path }) };
          return [number, field, await inWords(path, was?.told[path]), await inWords(path, is?.told[path])];
        }),
      ),
    );
    const [startCursor, endCursor] = [found.edges[0]?.cursor ?? null, found.edges.at(-1)?.cursor ?? null];
    const { hasPreviousPage, hasNextPage } = found;
    return {
      facts: { basis: view.basis, ref, order, hasPreviousPage, hasNextPage, startCursor, endCursor },
      notes: [
        `How ${ref} came about, ${order === 'RECORDED' ? 'as it was recorded' : 'as it took effect'}, up to ${basisSaid(view)}`,
        ...(hasNextPage ? [`There are more steps: --after ${endCursor}`] : []),
      ],
      tables: [
        {
          name: 'steps',
          columns: [
            ...[column('number', 'Step'), column('kind', 'Kind'), column('effectiveOn', 'Day')],
            ...[column('known', 'Known from'), column('record', 'Of'), column('type', 'What happened')],
            ...[column('by', 'By'), column('event', 'Event'), column('stands', 'Stands')],
          ],
          rows: steps.map(stepInCells),
        },
        {
          name: 'changes',
          columns: [
            ...[column('number', 'Step'), column('field', 'Field')],
            ...[column('before', 'Before'), column('after', 'After')],
          ],
          rows: changes.filter(([, , was, is]) => was !== null || is !== null),
        },
      ],
    };
  },
};

export const replayCommand = readingCommand(REPLAY);

const KINDS = { EVENT: 'Own fact', OTHER_RECORD: 'Other record', DAY: 'The day' } as const;

function stepInCells({ number, kind, day, record, event, known, after }: ReplayStep): readonly Cell[] {
  return [
    number,
    { code: kind, words: KINDS[kind] },
    event?.effectiveOn ?? day,
    known,
    record,
    event === null ? null : { code: event.type, words: capitalised(eventInWords(event.type)) },
    event?.by?.post ?? null,
    event?.id ?? null,
    { code: after === null ? 'NO' : 'YES', words: after === null ? 'No' : 'Yes' },
  ];
}
