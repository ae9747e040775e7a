import { writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listPages, pointQueries } from './asking.ts';
import { graphqlCommands } from './commands.ts';
import { comparing } from './comparing.ts';
import { appendRates, durableAppends, type AppendRates } from './durable-appends.ts';
import { eventStoreDb } from './eventstoredb.ts';
import { Ledgers, type Say } from './ledgers.ts';
import { longComparisons } from './long-comparisons.ts';
import { longMeetings } from './long-meetings.ts';
import { longRecords } from './long-records.ts';
import { longRisks } from './long-risks.ts';
import { isMet, type Measured } from './measuring.ts';
import { heldUpByReaders } from './readers.ts';
import { pages } from './pages.ts';
import { panelRisks } from './panel-risks.ts';
import { rebuilding } from './rebuilding.ts';
import { recommendationLists } from './recommendations.ts';
import { rehearsing } from './rehearsing.ts';
import { slipping } from './slippage.ts';
import { starting } from './starting.ts';
import { tableSizes } from './table-sizes.ts';
import { hiddenRecords, illustrativeRecords } from './beside-others.ts';
import { tableOf } from './table.ts';
import { searches, totals, whatBothAdd } from './totals-and-search.ts';

const DEFAULT_SHAPES = '10000,100000';
const HELP = `npm run bench -- [options]

Measures the ledger on this machine. Each line is a ratio taken in one run against a limit or a peer, never a bare time.
The table goes to stdout, progress to stderr.

  --rows a,b        only these rows (default: all)
      appends       durable appends against fdatasync, and 64 clients against one
      commands      GraphQL commands of 32 clients, decided, durable and visible
      long-records  one command on a record of 3,000 events against one on a record of 10
      long-meetings a meeting of 500 agenda items against one of 50: an item more, its page and its answer
      long-comparisons  what changed of an action, a meeting, a risk and a recommendation of 3,000 events each, against a fold, and how each came about step by step
      long-risks    a risk of 500 scores and 200 controls against one of 50 and 20: a score more, its page and its answer
      rebuild       all projections against a raw scan and parse of the same events
      point         one record at a past basis, largest history against smallest
      list          pages of 50 at a past basis in the largest history
      comparing     what changed between two dates, and its bridge, against a plain history table and a replay, in each history
      slippage      what slipped of all registers, a page and its counts, in each history
      panel-risks   what became of risks between one meeting of the illustrative panel and the next, against the longest that it may take
      pages         front page, lists, records and forms, as a browser asks for them, in the largest history
      esdb          the EventStoreDB adapter against the bare client (EVENTSTOREDB_URL, else the protocol server)
      tables        tables of one record that grows, against the same with fewer facts
      readers       writes and health while eight ask the dearest questions
      illustrative  lists, counts and searches of real records beside as many of an illustrative body, against none
      hidden        lists, counts and searches of somebody who may not see 3,000 records, against none
      totals        counts that tabs show and others, now and on a past day, by the size of the history
      search        pages of what words find, by the size of the history
      totals-added  what running totals and the index of words add to a command and to a rebuild
      recommendations  lists and figures that turn on where recommendations stand
      import        rehearsals of 1,000, 10,000 and 100,000 rows
      start         start to first answer with the largest history
  --events a,b      sizes of the histories (default: ${DEFAULT_SHAPES})
  --json FILE       where the figures go as JSON (default: bench.json in the folder for temporary files)
  --keep FOLDER     leave the histories in this folder, and use those that an earlier run left there
  --help            this text
`;

interface Asked {
  readonly ledgers: Ledgers;
  readonly shapes: readonly number[];
  readonly largest: number;
  /** Measured once in a run, whichever rows need them. */
  readonly rates: () => Promise<AppendRates>;
  readonly say: Say;
}

const ROWS: { readonly [row: string]: (asked: Asked) => Promise<Measured[]> } = {
  appends: async ({ rates }) => durableAppends(await rates()),
  commands: async ({ ledgers, rates, say }) => graphqlCommands(ledgers, await rates(), say),
  'long-records': ({ ledgers, say }) => longRecords(ledgers, say),
  'long-comparisons': ({ ledgers, say }) => longComparisons(ledgers, say),
  'long-meetings': ({ ledgers, say }) => longMeetings(ledgers, say),
  'long-risks': ({ ledgers, say }) => longRisks(ledgers, say),
  rebuild: ({ ledgers, largest }) => rebuilding(ledgers, largest),
  point: ({ ledgers, shapes }) => pointQueries(ledgers, shapes),
  list: ({ ledgers, largest }) => listPages(ledgers, largest),
  comparing: ({ ledgers, shapes, say }) => comparing(ledgers, shapes, say),
  slippage: ({ ledgers, shapes, say }) => slipping(ledgers, shapes, say),
  'panel-risks': ({ ledgers, say }) => panelRisks(ledgers, say),
  pages: ({ ledgers, largest, say }) => pages(ledgers, largest, say),
  esdb: () => eventStoreDb(),
  tables: () => Promise.resolve(tableSizes()),
  readers: ({ ledgers, largest, say }) => heldUpByReaders(ledgers, largest, say),
  hidden: () => hiddenRecords(),
  illustrative: () => illustrativeRecords(),
  totals: ({ ledgers, shapes }) => totals(ledgers, shapes),
  search: ({ ledgers, shapes }) => searches(ledgers, shapes),
  'totals-added': ({ ledgers, largest }) => whatBothAdd(ledgers, largest),
  recommendations: () => recommendationLists(),
  import: () => rehearsing(),
  start: ({ ledgers, largest }) => starting(ledgers, largest),
};

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: Object.keys(ROWS).join(',') },
    events: { type: 'string', default: DEFAULT_SHAPES },
    json: { type: 'string', default: join(tmpdir(), 'bench.json') },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) process.stdout.write(HELP);
else await run(values.rows.split(','), values.events.split(',').map(Number), values.json, values.keep);

async function run(rows: readonly string[], shapes: readonly number[], json: string, keep?: string): Promise<void> {
  const unknown = rows.filter((row) => !Object.hasOwn(ROWS, row));
  if (unknown.length > 0)
    return usage(`There is no row ${unknown.join(', ')}. The rows are ${Object.keys(ROWS).join(', ')}.`);
  if (shapes.some((events) => !Number.isSafeInteger(events) || events < 1_000))
    return usage('A history has a whole number of events, 1000 or more.');
  const say: Say = (words) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${words}` : `${words}\n`);
  const ledgers = new Ledgers(everySecond(say), keep);
  let taken: Promise<AppendRates> | undefined;
  const asked: Asked = {
    ledgers,
    shapes,
    largest: Math.max(...shapes),
    rates: () => (taken ??= appendRates(ledgers)),
    say,
  };
  const lines: Measured[] = [];
  try {
    for (const row of rows) {
      say(`measuring ${row}`);
      lines.push(...(await ROWS[row]!(asked)));
    }
  } finally {
    ledgers.remove();
  }
  if (process.stderr.isTTY) say('');
  const machine = { node: process.version, cores: cpus().length, processor: cpus()[0]?.model ?? 'unknown' };
  const figures = lines.map((line) => ({ ...line, met: isMet(line) }));
  writeFileSync(json, `${JSON.stringify({ machine, shapes, lines: figures }, null, 2)}\n`);
  process.stdout.write(`${tableOf(lines)}\nThe figures are in ${json}\n`);
}

function usage(words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = 2;
}

/** Passes on what is said at most once a second. */
function everySecond(say: Say): Say {
  let last = 0;
  return (words) => {
    if (performance.now() < last + 1_000) return;
    last = performance.now();
    say(words);
  };
}
