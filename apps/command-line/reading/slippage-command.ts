import { BadArguments } from '../../../libs/arguments/index.ts';
import { isCivilDate } from '../../../libs/ledger/index.ts';
import { viewOver, type LedgerView } from '../../../libs/read-models/index.ts';
import {
  countSlippage,
  listSlippage,
  REGISTERS_THAT_SLIP,
  SLIPPAGE_GROUPINGS,
  type SlippageFilter,
  type SlippageGrouping,
} from '../../../projections/index.ts';
import { basisTyped, oneOfTyped, optionsOfBasis, pageTyped, type Options, type Typed } from './options.ts';
import { basisSaid, readingCommand, type ReadingCommand } from './reading-command.ts';
import { column, type Answer } from './tables.ts';

const KINDS = ['EXTENDED', 'BROUGHT_FORWARD', 'MOVED_WITH_MEETING'] as const;

const NARROWED: Options = {
  by: { value: 'owner|body|publication|month|register', says: 'Counted in groups, instead of each.' },
  body: { value: 'REF', says: 'Of that body.' },
  owner: { value: 'POST', says: 'Led by that post.' },
  publication: { value: 'REF', says: 'Published in that paper.' },
  kind: { value: 'extended|brought-forward|moved-with-meeting', says: 'With a move of that kind.' },
  late: { value: 'yes|no', says: 'With a move that was recorded after the old date had passed, or without.' },
  breached: { value: 'yes|no', says: 'With an extension beyond the policy in force then, or without.' },
  'first-due-from': { value: 'DAY', says: 'First due on that day or later.' },
  'first-due-to': { value: 'DAY', says: 'First due on that day or earlier.' },
};

/** `ledger slippage [REGISTER]` */
export const SLIPPAGE: ReadingCommand = {
  name: 'slippage',
  does: 'Lists due dates that moved, or counts them in groups.',
  example: 'slippage actions --as jarap-member --by owner',
  usage: '[REGISTER]',
  says: `A register is ${REGISTERS_THAT_SLIP.join(', ')}; default: all.`,
  options: { ...optionsOfBasis('asOf'), ...NARROWED },
  filters: false,
  async answer({ words, typed }, reading) {
    const filter = filterTyped(words, typed);
    const by = oneOfTyped('by', typed, SLIPPAGE_GROUPINGS);
    const wanted = pageTyped(typed);
    const opened = await reading.open(basisTyped('asOf', typed));
    const { body } = typed;
    const view = typeof body === 'string' ? await viewOver(opened, { bodies: [body] }, []) : opened;
    return by === undefined ? datesOf(view, filter, wanted) : countsOf(view, by, filter);
  },
};

export const slippageCommand = readingCommand(SLIPPAGE);

function filterTyped(words: readonly string[], typed: Typed): SlippageFilter {
  const [register, ...others] = words;
  if (others.length > 0 || (register !== undefined && !REGISTERS_THAT_SLIP.some((one) => one === register)))
    throw new BadArguments(
      `“${words.join(' ')}” is no register of which dates slip: ${REGISTERS_THAT_SLIP.join(', ')}.`,
    );
  const yesNo = (option: string) => {
    const word = oneOfTyped(option, typed, ['YES', 'NO'] as const);
    return word === undefined ? undefined : word === 'YES';
  };
  const day = (option: string) => {
    const word = typed[option];
    if (typeof word === 'string' && !isCivilDate(word))
      throw new BadArguments(`--${option} is “${word}”; it is a real day, like 2023-10-09.`);
    return word;
  };
  const given = {
    ...{ register, owner: typed['owner'], publication: typed['publication'], kind: oneOfTyped('kind', typed, KINDS) },
    ...{ late: yesNo('late'), breached: yesNo('breached') },
    ...{ firstDueFrom: day('first-due-from'), firstDueTo: day('first-due-to') },
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

async function datesOf(
  view: LedgerView,
  filter: SlippageFilter,
  wanted: ReturnType<typeof pageTyped>,
): Promise<Answer> {
  const page = await listSlippage(view, filter, wanted);
  const rows = await Promise.all(
    page.edges.map(async ({ node }) => [
      ...[node.record, await view.text(node.heading), node.of, node.owner, node.body, node.publication],
      ...[node.original, node.current, node.moves.length, node.totalDays],
    ]),
  );
  const moves = await Promise.all(
    page.edges.flatMap(({ node }) =>
      node.moves.map(async (move) => [
        ...[node.record, node.of, move.kind, move.from, move.to, move.days],
        ...[move.afterItPassed === null ? null : move.afterItPassed ? 'yes' : 'no', move.breaches.length],
        ...[
          move.effectiveOn,
          move.recordedAt,
          move.by?.post ?? null,
          (await view.text(move.reason)) ?? null,
          move.event,
        ],
      ]),
    ),
  );
  return {
    facts: { basis: view.basis, totalCount: page.totalCount, hasNextPage: page.hasNextPage, endCursor: page.endCursor },
    notes: [
      `${page.totalCount} due dates slipped by ${basisSaid(view)}`,
      ...(page.hasNextPage ? [`There are more: --after ${page.endCursor}`] : []),
    ],
    tables: [
      {
        name: 'dates',
        columns: [
          ...[
            column('record', 'Reference'),
            column('heading', 'Heading'),
            column('of', 'Date'),
            column('owner', 'Owner'),
          ],
          ...[column('body', 'Body'), column('publication', 'Publication'), column('original', 'First due')],
          ...[column('current', 'Due now'), column('moveCount', 'Moves'), column('totalDays', 'Days')],
        ],
        rows,
      },
      {
        name: 'moves',
        columns: [
          ...[column('record', 'Reference'), column('of', 'Date'), column('kind', 'Move'), column('from', 'From')],
          ...[column('to', 'To'), column('days', 'Days'), column('late', 'After it had passed')],
          ...[column('breaches', 'Breaches'), column('effectiveOn', 'Day'), column('recordedAt', 'Recorded')],
          ...[column('by', 'By'), column('reason', 'Reason'), column('event', 'Event')],
        ],
        rows: moves,
      },
    ],
  };
}

async function countsOf(view: LedgerView, by: SlippageGrouping, filter: SlippageFilter): Promise<Answer> {
  const groups = await countSlippage(view, by, filter);
  return {
    facts: { basis: view.basis },
    notes: [`Due dates that slipped by ${basisSaid(view)}, by ${by.toLowerCase()}`],
    tables: [
      {
        name: 'groups',
        columns: [
          ...[
            column('key', 'Group'),
            column('count', 'Dates'),
            column('moves', 'Moves'),
            column('extended', 'Extended'),
          ],
          ...[column('broughtForward', 'Brought forward'), column('movedWithMeeting', 'Moved with a meeting')],
          ...[column('late', 'After it had passed'), column('breached', 'Breached'), column('totalDays', 'Days')],
        ],
        rows: groups.map((one) => [
          ...[{ code: one.key, words: one.label }, one.count, one.moves, one.extended, one.broughtForward],
          ...[one.movedWithMeeting, one.late, one.breached, one.totalDays],
        ]),
      },
    ],
  };
}
