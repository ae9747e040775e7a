import { randomUUID } from 'node:crypto';
import type { AppendRates } from './durable-appends.ts';
import type { Ledgers, Say } from './ledgers.ts';
import { measured, median, perSecond, quantile, type Measured } from './measuring.ts';
import { startServer, type Server } from './server.ts';

const CLIENTS = 32;
const WARM_UP_MS = 4_000;
const MEASURED_MS = 8_000;
const AIM_PER_SECOND = 2_000;
const AIM_P99_MS = 50;

const mutation = (name: string, input: string): string =>
  `mutation($input: ${input}!) { ${name}(input: $input) { action { ref status } position } }`;
const RAISE = mutation('raiseAction', 'RaiseActionInput');
const READ_BACK =
  'query($ref: ID!, $atLeast: Position) { ledger(atLeast: $atLeast) { action(ref: $ref) { ref status } } }';

/** What one action goes through: who sends which mutation, with what beside the reference. */
const LIFE: readonly { readonly post: string; readonly query: string; readonly input: object }[] = [
  { post: 'commissioner', query: mutation('agreeAction', 'AgreeActionInput'), input: {} },
  ...Array.from({ length: 6 }, () => ({
    post: 'force-lead',
    query: mutation('giveActionUpdate', 'GiveActionUpdateInput'),
    input: { text: 'The review of demand was brought to the board, with figures for each area.' },
  })),
  {
    post: 'force-lead',
    query: mutation('reportActionComplete', 'ReportActionCompleteInput'),
    input: { text: 'Done.' },
  },
  {
    post: 'commissioner',
    query: mutation('signOffAction', 'SignOffActionInput'),
    input: { authority: { decision: 'D-1' } },
  },
];

interface Payload {
  readonly [mutation: string]: {
    readonly action: { readonly ref: string; readonly status: string };
    readonly position: string;
  };
}

/** How one way of sending commands went: commands a second, and milliseconds of each from being sent to being seen. */
interface Went {
  readonly rate: number;
  readonly p99: number;
}

/**
 * Commands over HTTP on loopback with a signed token, each of them decided, on the disk and seen: in the answer to the command
 * itself, which reads the record back, and then also by a question that asks for at least that position.
 */
export async function graphqlCommands(ledgers: Ledgers, { manyClients }: AppendRates, say: Say): Promise<Measured[]> {
  const server = await startServer(ledgers.emptyFolder());
  try {
    const tokens = new Map<string, string>();
    for (const post of ['opcc-officer', 'commissioner', 'force-lead']) tokens.set(post, await server.tokenOf(post));
    await server.graphql(
      tokens.get('opcc-officer')!,
      'mutation($input: AddBodyInput!) { addBody(input: $input) { position } }',
      {
        input: { commandId: randomUUID(), ref: 'CGB', name: 'Corporate Governance Board' },
      },
    );
    say(`${CLIENTS} clients ask for nothing`);
    const nothing = await askForNothing(server, tokens.get('force-lead')!);
    say(`${CLIENTS} clients send commands`);
    const seenInTheAnswer = await send(server, tokens, false);
    say(`${CLIENTS} clients send commands and read back`);
    const readBack = await send(server, tokens, true);
    return [
      ...linesOf('seen in the answer', seenInTheAnswer, median(manyClients), nothing),
      ...linesOf('then asked for at that position', readBack, median(manyClients), nothing),
    ];
  } finally {
    await server.stop();
  }
}

function linesOf(how: string, { rate, p99 }: Went, manyClients: number, nothing: number): Measured[] {
  const what = `GraphQL commands, ${CLIENTS} clients, ${how}`;
  const line = { row: 'commands', what, measured: rate, unit: '/s' };
  return [
    measured({ ...line, limit: manyClients, limitIs: 'durable appends, 64 clients', aim: null }),
    measured({ ...line, limit: nothing, limitIs: 'requests of as many clients that ask for nothing', aim: null }),
    measured({ ...line, limit: AIM_PER_SECOND, limitIs: 'the aim', aim: { atLeast: 1 } }),
    measured({
      ...line,
      what: `${what}, p99`,
      measured: p99,
      unit: ' ms',
      limit: AIM_P99_MS,
      limitIs: 'the aim',
      aim: { atMost: 1 },
    }),
  ];
}

/** Requests a second that carry the same token through HTTP, the gate and GraphQL, and ask for nothing of the ledger. */
async function askForNothing(server: Server, token: string): Promise<number> {
  const began = performance.now();
  let answered = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < began + WARM_UP_MS) {
      await server.graphql(token, '{ __typename }');
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return perSecond(answered, WARM_UP_MS);
}

async function send(server: Server, tokens: ReadonlyMap<string, string>, readBack: boolean): Promise<Went> {
  const began = performance.now();
  const times: number[] = [];
  const isOver = (): boolean => performance.now() > began + WARM_UP_MS + MEASURED_MS;

  async function command(post: string, query: string, input: object): Promise<string> {
    const sent = performance.now();
    const token = tokens.get(post)!;
    const [payload] = Object.values(
      await server.graphql<Payload>(token, query, { input: { commandId: randomUUID(), ...input } }),
    );
    const { action, position } = payload!;
    if (readBack) {
      const { ledger } = await server.graphql<{ ledger: { action: { status: string } } }>(token, READ_BACK, {
        ref: action.ref,
        atLeast: position,
      });
      if (ledger.action.status !== action.status)
        throw new Error(`${action.ref} was read back as ${ledger.action.status}`);
    }
    const now = performance.now();
    if (now > began + WARM_UP_MS && !isOver()) times.push(now - sent);
    return action.ref;
  }

  async function client(): Promise<void> {
    while (!isOver()) {
      const ref = await command('opcc-officer', RAISE, { body: 'CGB', title: 'Review of demand', owner: 'force-lead' });
      for (const { post, query, input } of LIFE) if (!isOver()) await command(post, query, { ref, ...input });
    }
  }

  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { rate: perSecond(times.length, MEASURED_MS), p99: quantile(times, 0.99) };
}
