import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindOfRecord, KINDS_OF_RECORD, pathOfKind } from '../../libs/declarations/index.ts';
import { addDays, daysBetween } from '../../libs/ledger/index.ts';
import { chance, type Chance } from './chance.ts';
import { BODIES, type History } from './history.ts';
import type { Ledgers, Say } from './ledgers.ts';
import { measured, median, quantile, timed, type Measured } from './measuring.ts';
import { startServer, type Server } from './server.ts';

const PAGES = Number(process.env['PAGES'] ?? 300);
const WARM_UP = 20;
/** The longest that a page may take, and the most that it may weigh without what a browser keeps. */
const LONGEST_MS = 50;
const HEAVIEST_KB = 150;
/** Forms are opened by whoever may give most commands. */
const POST = 'opcc-officer';

/** An address of one kind of page. Each time another, so that nothing is remembered of it. */
type AddressOf = (random: Chance) => string;

/** Pages as a browser asks for them, one after another, from a server in a process of its own; with what they weigh. */
export async function pages(ledgers: Ledgers, events: number, say: Say): Promise<Measured[]> {
  const folder = await ledgers.withHistory(events);
  const history = JSON.parse(readFileSync(join(folder, 'history.json'), 'utf8')) as History;
  const server = await startServer(folder);
  try {
    const token = await server.tokenOf(POST);
    const lines: Measured[] = [];
    for (const [kind, addressOf] of Object.entries(await kindsOfPages(server, token, history))) {
      say(`looking at ${kind}`);
      lines.push(...(await looking(server, token, { kind, addressOf, events })));
    }
    return lines;
  } finally {
    await server.stop();
  }
}

async function looking(
  server: Server,
  token: string,
  { kind, addressOf, events }: { readonly kind: string; readonly addressOf: AddressOf; readonly events: number },
): Promise<Measured[]> {
  const random = chance(`pages/${kind}`);
  const times: number[] = [];
  let heaviest = 0;
  let before = 0;
  for (let page = 0; page < WARM_UP + PAGES; page += 1) {
    if (page === WARM_UP) before = server.processorSeconds();
    const address = addressOf(random);
    let html = '';
    const took = await timed(async () => (html = await server.page(token, address)));
    heaviest = Math.max(heaviest, Buffer.byteLength(html));
    if (page >= WARM_UP) times.push(took);
  }
  const processor = ((server.processorSeconds() - before) * 1_000) / PAGES;
  const longest = { row: 'pages', unit: ' ms', limit: LONGEST_MS, limitIs: 'the longest that a page may take' };
  return [
    measured({
      ...longest,
      what: `${kind}, ${events} events, p99`,
      measured: quantile(times, 0.99),
      aim: { atMost: 1 },
    }),
    // What it costs when others do not keep it waiting for a processor.
    measured({ ...longest, what: `${kind}, processor time on average`, measured: processor, aim: null }),
    measured({ ...longest, what: `${kind}, median`, measured: median(times), aim: null }),
    measured({
      ...{ row: 'pages', what: `${kind}, the heaviest`, unit: ' KB', measured: heaviest / 1024 },
      ...{ limit: HEAVIEST_KB, limitIs: 'the most that a page may weigh', aim: { atMost: 1 } },
    }),
  ];
}

/** Every list, a record of every kind that there is one of, and forms; today, and as of past days. */
async function kindsOfPages(
  server: Server,
  token: string,
  history: History,
): Promise<{ readonly [kind: string]: AddressOf }> {
  const days = daysBetween(history.from, history.to);
  const past: AddressOf = (random) => {
    const effective = random.between(1, days);
    return `on=${addDays(history.from, effective)}&recorded=${addDays(history.from, random.between(effective, days))}`;
  };
  const kinds: [string, AddressOf][] = [
    ['front page', () => '/'],
    ['front page as of a past day', (random) => `/?${past(random)}`],
    ['list of actions of one body and status', (random) => `/actions?body=${random.skewed(BODIES)}&status=signed-off`],
    ['list of actions, overdue', () => '/actions?overdue=yes'],
    ['list of actions as of a past day', (random) => `/actions?${past(random)}`],
  ];
  for (const kind of KINDS_OF_RECORD) {
    const { many } = kindOfRecord(kind);
    const path = pathOfKind(kind);
    const list = await server.page(token, path);
    kinds.push([`list of ${many}`, () => path]);
    const refs = kind === 'action' ? history.refs : refsIn(list, path);
    if (refs.length > 0) kinds.push([`one of the ${many}`, (random) => `${path}/${random.oneOf(refs)}`]);
  }
  return Object.fromEntries([
    ...kinds,
    ['form that opens a record', () => '/commands/raise-action'],
    ['form about a record', (random) => `/commands/extend-action-due-date/${random.oneOf(history.refs)}`],
    ['form that names an event', (random) => `/commands/correct-action/${random.oneOf(history.refs)}`],
  ]);
}

function refsIn(html: string, path: string): readonly string[] {
  const linked = [...html.matchAll(new RegExp(`href="${path}/([^"?#]+)`, 'g'))].map(([, ref = '']) => ref);
  return [...new Set(linked)];
}
