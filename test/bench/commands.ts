import { randomUUID } from 'node:crypto';
import type { AppendRates } from './durable-appends.ts';
import type { Ledgers, Say } from './ledgers.ts';
import { measured, median, perSecond, quantile, sideBySide, type Measured } from './measuring.ts';
import { startServer, type Server } from './server.ts';

const CLIENTS = 32;
const WARM_UP_MS = 4_000;
/** Short rounds in turn, so that what else the machine does hits all of them. */
const ROUNDS = 6;
const ROUND_MS = 2_000;
const AIM_PER_SECOND = 2_000;
const AIM_P99_MS = 50;

const mutation = (name: string, input: string): string =>
  `mutation($input: ${input}!) { ${name}(input: $input) { action { ref status } position } }`;
const RAISE = mutation('raiseAction', 'RaiseActionInput');
const RAISED = { body: 'CGB', title: 'Review of demand', owner: 'force-lead' };
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

/** What one round of one way of asking came to. */
interface Went {
  /** Answers a second. */
  readonly rate: number;
  /** Milliseconds of each from being sent to being seen. */
  readonly times: readonly number[];
  /** Microseconds of the server's processor for each, all its threads together; NaN where the system does not tell. */
  readonly processor: number;
}

/**
 * Commands over HTTP on loopback with a signed token, each of them decided, on the disk and seen: in the answer to the command
 * itself, which reads the record back, and then also by a question that asks for at least that position. Beside them, in the same
 * rounds, requests that ask for nothing: of as many clients of the same process, to the same server, with the same token.
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
    const lives = Array.from({ length: CLIENTS }, () => new Life(server, tokens));
    const ways = [
      () => server.graphql(tokens.get('force-lead')!, '{ __typename }'),
      (client: number) => lives[client]!.goOn(false),
      (client: number) => lives[client]!.goOn(true),
    ];
    say(`${CLIENTS} clients warm the server up`);
    for (const way of ways) await round(server, WARM_UP_MS, way);
    say(`${CLIENTS} clients ask for nothing, send commands, and read back, in turns`);
    const went: Went[][] = ways.map(() => []);
    for (let one = 0; one < ROUNDS; one += 1)
      for (const [index, way] of ways.entries()) went[index]!.push(await round(server, ROUND_MS, way));
    const [nothing, seenInTheAnswer, readBack] = went as [Went[], Went[], Went[]];
    return [
      ...linesOf('seen in the answer', seenInTheAnswer, median(manyClients), nothing),
      ...linesOf('then asked for at that position', readBack, median(manyClients), nothing),
    ];
  } finally {
    await server.stop();
  }
}

function linesOf(how: string, went: readonly Went[], manyClients: number, nothing: readonly Went[]): Measured[] {
  const what = `GraphQL commands, ${CLIENTS} clients, ${how}`;
  const rates = went.map(({ rate }) => rate);
  const line = { row: 'commands', what, measured: median(rates), unit: '/s' };
  const beside = { row: 'commands', limitIs: 'requests of as many clients that ask for nothing' };
  return [
    measured({ ...line, limit: manyClients, limitIs: 'durable appends, 64 clients', aim: null }),
    sideBySide(
      rates,
      nothing.map(({ rate }) => rate),
      { ...beside, what, unit: '/s', aim: { atLeast: 0.4 } },
    ),
    sideBySide(
      went.map(({ processor }) => processor),
      nothing.map(({ processor }) => processor),
      { ...beside, what: `${what}, processor of the server for each`, unit: ' µs', aim: null },
    ),
    measured({ ...line, limit: AIM_PER_SECOND, limitIs: 'the aim', aim: { atLeast: 1 } }),
    measured({
      ...line,
      what: `${what}, p99`,
      measured: quantile(
        went.flatMap(({ times }) => times),
        0.99,
      ),
      unit: ' ms',
      limit: AIM_P99_MS,
      limitIs: 'the aim',
      aim: { atMost: 1 },
    }),
  ];
}

/** All clients ask one after the other for so long, and are answered. */
async function round(server: Server, milliseconds: number, ask: (client: number) => Promise<unknown>): Promise<Went> {
  const times: number[] = [];
  const began = performance.now();
  const used = server.processorSeconds();
  const client = async (_: unknown, index: number): Promise<void> => {
    while (performance.now() < began + milliseconds) {
      const sent = performance.now();
      await ask(index);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const processor = ((server.processorSeconds() - used) * 1_000_000) / times.length;
  return { rate: perSecond(times.length, performance.now() - began), times, processor };
}

/** One client, who raises actions and brings each through its life, one command after the other. */
class Life {
  readonly #server: Server;
  readonly #tokens: ReadonlyMap<string, string>;
  #ref: string | null = null;
  #next = 0;

  constructor(server: Server, tokens: ReadonlyMap<string, string>) {
    this.#server = server;
    this.#tokens = tokens;
  }

  async goOn(readBack: boolean): Promise<void> {
    if (this.#ref === null) {
      this.#ref = await this.#command('opcc-officer', RAISE, RAISED, readBack);
      this.#next = 0;
      return;
    }
    const { post, query, input } = LIFE[this.#next]!;
    await this.#command(post, query, { ref: this.#ref, ...input }, readBack);
    this.#next += 1;
    if (this.#next === LIFE.length) this.#ref = null;
  }

  async #command(post: string, query: string, input: object, readBack: boolean): Promise<string> {
    const token = this.#tokens.get(post)!;
    const payload = await this.#server.graphql<Payload>(token, query, { input: { commandId: randomUUID(), ...input } });
    const { action, position } = Object.values(payload)[0]!;
    if (!readBack) return action.ref;
    const { ledger } = await this.#server.graphql<{ ledger: { action: { status: string } } }>(token, READ_BACK, {
      ref: action.ref,
      atLeast: position,
    });
    if (ledger.action.status !== action.status)
      throw new Error(`${action.ref} was read back as ${ledger.action.status}`);
    return action.ref;
  }
}
