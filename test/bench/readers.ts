import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import { addDays } from '../../libs/ledger/index.ts';
import { settingsOf, type Ledgers, type Say } from './ledgers.ts';
import { measured, quantile, type Measured } from './measuring.ts';
import { startServer, type Server } from './server.ts';

const READERS = 8;
const FOR_MS = Number(process.env['FOR_MS'] ?? 5_000);
/** Events of the action whose history is asked for: as one that is looked at every week for ten years. */
const LONG = 500;

const RAISE = 'mutation($input: RaiseActionInput!) { raiseAction(input: $input) { action { ref } position } }';

/** Asks the dearest there is of one kind. Each time otherwise, so that nothing is remembered of it. */
type Dearest = (server: Server, token: string) => Promise<unknown>;

/** The dearest documents that the gate lets through, by what they ask most of; and the page of a record with a long history. */
function dearest(long: string): { readonly [kind: string]: Dearest } {
  let asked = 0;
  const aliased = (count: number, of: (index: number) => string) =>
    Array.from({ length: count }, (_, n) => of(n)).join(' ');
  /** A ledger under an alias, on a day that nobody has asked about. */
  const ledger = (of: string) => {
    asked += 1;
    return `l${asked}: ledger(asOf: { effective: "${addDays('2016-08-01', asked % 3_000)}" }) { ${of} }`;
  };
  const document = (count: number, of: (index: number) => string) => `{ ${aliased(count, (n) => ledger(of(n)))} }`;
  const asking =
    (of: () => string): Dearest =>
    (server, token) =>
      server.graphql(token, of());
  return {
    searches: asking(
      () =>
        `{ ledger { ${aliased(5, (n) => `a${n}: actions(first: 1, filter: { text: "${randomUUID().slice(0, 8)}" }) { totalCount edges { node { ref } } }`)} } }`,
    ),
    counts: asking(() => document(30, () => 'actionCounts(by: OWNER, filter: { overdue: false }) { key count }')),
    'whole lists': asking(() => document(1, () => `actions(first: 500) { edges { node { ${FIELDS} } } }`)),
    'lists as of many days': asking(() => document(30, () => `actions(first: 100) { edges { node { ref title } } }`)),
    'histories of a list': asking(() =>
      document(
        1,
        () => `actions(first: 500) { edges { node { ref history(first: 10) { edges { node { type } } } } } }`,
      ),
    ),
    'long histories': asking(() =>
      document(10, () => `action(ref: "${long}") { history(first: 500) { edges { node { type text } } } }`),
    ),
    contradictions: asking(() =>
      document(20, () => 'contradictions(first: 20) { totalCount edges { node { path holds { value } } } }'),
    ),
    questioned: asking(() => document(5, () => 'questioned(first: 20) { totalCount edges { node { why } } }')),
    'the directory': asking(() => document(30, () => 'posts { ref name holders { from } } bodies { ref name }')),
    'pages of a long record': (server, token) => server.page(token, `/actions/${long}`),
  };
}

const FIELDS = `ref title status overdue owner { ref name } body { ref name } meeting { ref } due { phrase current }
  latestUpdate { text by { name } } disputed { path } questioned { why }`;

/** What one writer and whoever asks for health wait while nobody reads, and while eight ask the dearest questions that pass the gate. */
export async function heldUpByReaders(ledgers: Ledgers, events: number, say: Say): Promise<Measured[]> {
  const folder = ledgers.emptyFolder();
  cpSync(await ledgers.withHistory(events), folder, { recursive: true });
  const long = await writeLongRecord(folder, say);
  const server = await startServer(folder);
  try {
    const token = await server.tokenOf('opcc-officer');
    await waits(server, token);
    const lines: Measured[] = [];
    const only = process.env['KINDS']?.split(',');
    for (const [kind, ask] of Object.entries(dearest(long))) {
      if (only !== undefined && !only.includes(kind)) continue;
      say(`one writer, nobody reads`);
      const idle = await waits(server, token);
      say(`one writer, ${READERS} ask ${kind}`);
      let reading = true;
      const times: number[] = [];
      const readers = Array.from({ length: READERS }, async () => {
        while (reading) {
          const began = performance.now();
          await ask(server, token);
          times.push(performance.now() - began);
        }
      });
      const failed = Promise.all(readers);
      const loaded = await Promise.race([waits(server, token), failed.then(() => null)]);
      reading = false;
      await failed;
      if (loaded === null || times.length === 0) throw new Error(`no reader of ${kind} was answered`);
      say(
        `${times.length} answers in ${quantile(times, 0.5).toFixed(0)} ms each, the worst health in ${loaded.worst.toFixed(0)} ms`,
      );
      lines.push(
        measured({
          row: 'readers',
          what: `p95 of a write, ${READERS} ask ${kind}, ${events} events`,
          unit: ' ms',
          measured: loaded.write,
          limit: Math.min(2 * idle.write, 500),
          limitIs: idle.write > 250 ? 'the aim' : 'twice as long as while nobody reads',
          aim: { atMost: 1 },
        }),
        measured({
          row: 'readers',
          what: `p95 of health, ${READERS} ask ${kind}, ${events} events`,
          unit: ' ms',
          measured: loaded.health,
          limit: 250,
          limitIs: 'the aim',
          aim: { atMost: 1 },
        }),
      );
    }
    return lines;
  } finally {
    await server.stop();
  }
}

async function writeLongRecord(folder: string, say: Say): Promise<string> {
  const ledger = await openRunningLedger(settingsOf(folder), 'bench');
  try {
    const send = async (register: string, post: string, command: object) => {
      const caller = { post, person: `p-${post}`, capacity: post } as never;
      const envelope = { commandId: randomUUID() };
      const outcome = await ledger.dispatch.submit({ register, command: command as never, envelope, caller });
      if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
      return outcome.ref;
    };
    say(`writing an action of ${LONG} events`);
    await send('directory', 'opcc-officer', { type: 'AddBody', as: 'READERS', name: 'A board of readers' });
    const raised = { type: 'RaiseAction', body: 'READERS', title: 'Review of demand', owner: 'force-lead' };
    const ref = await send('actions', 'opcc-officer', raised);
    await send('actions', 'commissioner', { type: 'AgreeAction', ref });
    const update = { type: 'GiveActionUpdate', ref, text: 'The review goes on.' };
    for (let written = 2; written < LONG; written += 1) await send('actions', 'force-lead', update);
    return ref;
  } finally {
    await ledger.close();
  }
}

interface Waits {
  readonly write: number;
  readonly health: number;
  /** The longest that health took. */
  readonly worst: number;
}

async function waits(server: Server, token: string): Promise<Waits> {
  const writes: number[] = [];
  const healths: number[] = [];
  const until = performance.now() + FOR_MS;
  const timed = async (times: number[], work: () => Promise<unknown>): Promise<void> => {
    while (performance.now() < until) {
      const began = performance.now();
      await work();
      times.push(performance.now() - began);
      await new Promise((resume) => setTimeout(resume, 20));
    }
  };
  await Promise.all([
    timed(writes, () =>
      server.graphql(token, RAISE, {
        input: { commandId: randomUUID(), body: 'READERS', title: 'Review of demand', owner: 'force-lead' },
      }),
    ),
    timed(healths, () => server.health()),
  ]);
  return { write: quantile(writes, 0.95), health: quantile(healths, 0.95), worst: Math.max(...healths) };
}
