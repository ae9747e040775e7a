import { BadArguments } from '../../../libs/arguments/index.ts';
import { inCapitals } from '../../../libs/declarations/index.ts';
import { KINDS_IN_WORDS } from '../../../libs/wording/index.ts';
import { basesOf, comparedOf, ENDS, endsSaid, endsTyped } from './compared.ts';
import { filtersTyped, oneOfTyped, whatTyped } from './options.ts';
import { readingCommand, type ReadingCommand } from './reading-command.ts';
import { column, type Cell } from './tables.ts';

/** `ledger bridge LIST --by GROUPING` */
export const BRIDGE: ReadingCommand = {
  name: 'bridge',
  does: 'Says from how many of a list in each group to how many, and by which changes.',
  example: 'bridge actions --as jarap-member --by status --from-day 2023-06-30 --to-day 2023-10-09',
  usage: 'LIST --by GROUPING',
  says: 'Of each group how many there were as told, as known now of that day, and at the second end; then each line from one to the other.',
  options: {
    ...ENDS,
    by: { value: 'GROUPING', says: 'By what, such as status or owner. Needed, or --rag.' },
    rag: { value: 'RULE', says: 'By the colours of that rule, of recommendations.' },
  },
  filters: true,
  async answer({ words, typed, taken }, reading) {
    const { kind, ref } = whatTyped(words);
    if (ref !== null) throw new BadArguments(`${ref} is one record; name a list.`);
    const compared = comparedOf(kind);
    const { rag } = typed;
    const groupings = compared.groupings.map(inCapitals);
    const found = oneOfTyped('by', typed, groupings);
    const by = found === undefined ? undefined : compared.groupings[groupings.indexOf(found)];
    if ((by === undefined) === (rag === undefined))
      throw new BadArguments(
        `Say by what with --by: ${groupings.map((one) => one.toLowerCase()).join(', ')}${kind === 'recommendation' ? '; or --rag' : ''}.`,
      );
    const asked = filtersTyped(kind, typed, taken);
    const ends = await endsTyped(typed, reading);
    if (typeof rag === 'string' && !(await compared.colouredBy(ends)).includes(rag))
      throw new BadArguments(`--rag: no rule ${rag} colours this list at one of the bases.`);
    const narrowed = await compared.narrowed(ends, asked);
    const { cells, lines, total } =
      by === undefined ? await narrowed.bridgeOfColours(String(rag)) : await narrowed.bridge(by);
    const cellOf = (cell: { readonly key: string | null; readonly label: string } | undefined): Cell =>
      cell === undefined ? null : { code: cell.key, words: cell.label };
    return {
      facts: { bases: basesOf(ends), total },
      notes: [`${endsSaid(ends, kind)}: ${total.told} as told, ${total.knownNow} as known now, ${total.closing} then`],
      tables: [
        {
          name: 'cells',
          columns: [
            column('key', 'Group'),
            column('told', 'As told'),
            column('knownNow', 'As known now'),
            column('closing', 'Then'),
          ],
          rows: cells.map((cell) => [cellOf(cell), cell.told, cell.knownNow, cell.closing]),
        },
        {
          name: 'lines',
          columns: [
            column('step', 'Step'),
            column('kind', 'Kind'),
            column('from', 'From'),
            column('to', 'To'),
            column('count', 'How many'),
          ],
          rows: lines.map(({ step, kind: how, from, to, count }) => [
            step,
            { code: how, words: KINDS_IN_WORDS[how].label },
            cellOf(from),
            cellOf(to),
            count,
          ]),
        },
      ],
    };
  },
};

export const bridgeCommand = readingCommand(BRIDGE);
