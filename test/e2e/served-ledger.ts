import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserSignIn, LedgerConfig } from '../../apps/ledger/config.ts';
import type { Ledger } from '../../apps/ledger/ledger.ts';
import { openLog } from '../../apps/ledger/log.ts';
import { openLedger } from '../../apps/ledger/open-ledger.ts';
import { projectRoot } from '../../apps/ledger/graphql/schema-files.ts';
import { startLedger, type RunningServer } from '../../apps/ledger/start-ledger.ts';
import type { StoreFaults } from '../../libs/event-store-sqlite/index.ts';
import { loadFolder } from '../../libs/import/index.ts';
import { pseudonymOf } from '../../libs/keys/index.ts';
import type { Clock, Ids } from '../../libs/ledger/index.ts';
import { openRunningLedger, type LedgerSettings } from '../../libs/running-ledger/index.ts';
import { ProtocolServer } from '../eventstoredb-server/server.ts';
import { Wire, type StoreToTakeAway } from '../eventstoredb-server/wire.ts';
import { Client } from './client.ts';
import type { OfficeProvider } from './office-provider.ts';
import { startIdentityProvider, type IdentityProvider } from './identity-provider.ts';

export const EXAMPLE = join(projectRoot(), 'examples', 'leicestershire-2023');

export type StoreKind = LedgerSettings['store'];

/** Where a ledger of its own is kept for one test, on the store that `LEDGER_STORE` names. */
export interface Place {
  readonly settings: LedgerSettings;
  /** The test double, when the store is EventStoreDB and `EVENTSTOREDB_URL` names no real one. */
  readonly protocolServer: ProtocolServer | null;
  remove(): void;
}

/** The store that `LEDGER_STORE` names; where it names none, EventStoreDB when `EVENTSTOREDB_URL` is set, else SQLite. */
export function storeUnderTest(): StoreKind {
  return (process.env['LEDGER_STORE'] || (process.env['EVENTSTOREDB_URL'] ? 'esdb' : 'sqlite')) === 'esdb'
    ? 'esdb'
    : 'sqlite';
}

/** Each has a folder of its own, so that they may be copies of each other. */
const IN_A_FOLDER = 'inafolder';

/** A new, empty place. On EventStoreDB: a new ledger name, in the real database or in a test double of its own. */
export async function newPlace(store: StoreKind = storeUnderTest()): Promise<Place> {
  const eventStoreDbUrl = process.env['EVENTSTOREDB_URL'];
  if (store === 'esdb' && !eventStoreDbUrl) return doubleOfEventStoreDb();
  const settings =
    store === 'esdb' && eventStoreDbUrl
      ? { store, ...newFolder(), eventStoreDbUrl }
      : { store, ...newFolder(), name: IN_A_FOLDER };
  return { settings, protocolServer: null, remove: () => removeFolder(settings.data) };
}

/** A new, empty place in a test double of EventStoreDB, which keeps what it holds when it is stopped and started. */
export async function doubleOfEventStoreDb(): Promise<Place & { readonly protocolServer: ProtocolServer }> {
  const protocolServer = new ProtocolServer();
  await protocolServer.start();
  const settings = { store: 'esdb', ...newFolder(), eventStoreDbUrl: protocolServer.url } as const;
  return {
    settings,
    protocolServer,
    remove: () => {
      protocolServer.stop();
      removeFolder(settings.data);
    },
  };
}

/** A place whose EventStoreDB can be taken away and brought back. */
export interface PlaceToTakeAway extends Place {
  readonly store: StoreToTakeAway;
}

/** A new, empty place on EventStoreDB that a test takes away: the real database over a wire that it cuts, or a test double. */
export async function placeToTakeAway(): Promise<PlaceToTakeAway> {
  const real = process.env['EVENTSTOREDB_URL'];
  if (!real) {
    const place = await doubleOfEventStoreDb();
    return { ...place, store: place.protocolServer };
  }
  const store = new Wire(real);
  await store.start();
  const settings = { store: 'esdb', ...newFolder(), eventStoreDbUrl: store.url } as const;
  return {
    settings,
    store,
    protocolServer: null,
    remove: () => {
      store.stop();
      removeFolder(settings.data);
    },
  };
}

function newFolder(): { readonly name: string; readonly data: string } {
  return { name: `t${randomBytes(6).toString('hex')}`, data: mkdtempSync(join(tmpdir(), 'ledger-e2e-')) };
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Loads the example, or other folders in their order, into a place, as the command line does. What was loaded once by the clock of the machine is
 * copied for whoever comes next in this process: some ten specifications begin with the same papers.
 */
export async function loadExample(
  { settings }: Pick<Place, 'settings'>,
  machine: Machine = {},
  folders: readonly string[] = [EXAMPLE],
): Promise<void> {
  if (settings.store !== 'sqlite' || Object.keys(machine).length > 0) return load(settings, machine, folders);
  const papers = folders.join('\n');
  const loaded = LOADED.get(papers) ?? loadToCopy(folders);
  LOADED.set(papers, loaded);
  for (const file of COPIED) cpSync(join(await loaded, file), join(settings.data, file));
}

/** Folders of ledgers into which papers were loaded, by the papers. */
const LOADED = new Map<string, Promise<string>>();
/** What a store is made of once it is closed. */
const COPIED = ['events.sqlite', 'keys.sqlite'];

async function loadToCopy(folders: readonly string[]): Promise<string> {
  const folder = newFolder();
  process.once('exit', () => removeFolder(folder.data));
  await load({ store: 'sqlite', ...folder, name: IN_A_FOLDER }, {}, folders);
  return folder.data;
}

async function load(settings: Place['settings'], machine: Machine, folders: readonly string[]): Promise<void> {
  const ledger = await openRunningLedger(settings, 'import', machine);
  try {
    const caller = {
      post: 'opcc-officer',
      person: pseudonymOf(ledger.keys, 'operator'),
      capacity: 'opcc-officer',
    } as const;
    for (const folder of folders) {
      const outcome = await loadFolder(ledger, folder, { dryRun: false, grants: true, caller });
      if (outcome.outcome !== 'passed') throw new Error(`${folder}: ${JSON.stringify(outcome)}`);
    }
  } finally {
    await ledger.close();
  }
}

/** The writer stops when its clock is further from that of EventStoreDB. */
const STORES_APART_MS = 2_000;

/** Clock, randomness and faults, where a test brings its own. */
type Machine = Pick<ServeOptions, 'clock' | 'ids' | 'faults'>;

export interface ServeOptions {
  readonly store?: StoreKind;
  /** `example`: the papers of Leicestershire. Default: an empty ledger. */
  readonly holding?: 'example' | 'nothing';
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Faults of the embedded store. */
  readonly faults?: StoreFaults;
  /**
   * `provider`: programs come with tokens of an identity provider of the test's own, whose subjects nobody records; `office`: and people
   * from a browser, by a whole one. Default: the demonstration, which records everybody.
   */
  readonly signIn?: 'demo' | 'provider' | 'office';
  /** What is set otherwise than usual of the sign-in from a browser. */
  readonly browserSignIn?: Partial<BrowserSignIn>;
  /** A place that is there already. It is not removed at the end. */
  readonly place?: Place;
}

/** A ledger served over HTTP by this process, and those who use it. */
export class ServedLedger {
  readonly place: Place;
  readonly #machine: Machine;
  readonly #isOwnPlace: boolean;
  readonly #provider: IdentityProvider | null;
  readonly #office: Office | null;
  #server: RunningServer | null = null;
  /** Nobody in particular: no token. */
  readonly public: Client;

  constructor(
    place: Place,
    machine: Machine,
    isOwnPlace: boolean,
    provider: IdentityProvider | null = null,
    office: Office | null = null,
  ) {
    this.place = place;
    this.#provider = provider;
    this.#office = office;
    this.#machine = machine;
    this.#isOwnPlace = isOwnPlace;
    this.public = new Client(() => this.url, null);
  }

  get url(): string {
    return this.#running.url;
  }

  /** The ledger behind the server: for a test that makes a fault of it. */
  get ledger(): Ledger {
    return this.#running.ledger;
  }

  /** The provider of whoever comes from a browser. */
  get provider(): OfficeProvider {
    if (this.#office === null) throw new Error('nobody comes from a browser by a provider here');
    return this.#office.provider;
  }

  /** The server itself: for a test that asks what it has. */
  get app(): RunningServer['app'] {
    return this.#running.app;
  }

  get #running(): RunningServer {
    if (this.#server === null) throw new Error('the server is stopped');
    return this.#server;
  }

  async start(): Promise<void> {
    const config: LedgerConfig = {
      port: this.#office?.port ?? 0,
      host: '127.0.0.1',
      settings: this.place.settings,
      signIn:
        this.#provider === null
          ? { kind: 'demo' }
          : { kind: 'oidc', tokens: this.#provider.settings, browser: this.#office?.settings ?? null },
      logLevel: process.env['LOG_LEVEL'] ?? 'silent',
    };
    const isUsual = Object.keys(this.#machine).length === 0;
    const given = isUsual ? undefined : await openLedger(config, openLog(config.logLevel), this.#machine);
    const { clock } = this.#machine;
    this.#server = await startLedger(config, given, clock === undefined ? {} : { now: () => clock.now() });
  }

  /** Stops the server as SIGTERM does. The place stays. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await server?.close();
  }

  async restart(between: () => void | Promise<void> = () => undefined): Promise<void> {
    await this.stop();
    await between();
    await this.start();
  }

  /** Signs in. A token is good until the server stops. */
  async as(post: string, person?: string): Promise<Client> {
    const token =
      (await this.#provider?.token(post, person ?? `subject-of-${post}`)) ?? (await demoToken(this.url, post, person));
    return new Client(() => this.url, token);
  }

  async ready(): Promise<void> {
    await becomesReady(this.url);
  }

  async remove(): Promise<void> {
    await this.stop();
    this.#provider?.close();
    await this.#office?.provider.close();
    if (this.#isOwnPlace) this.place.remove();
  }
}

/** Serves a ledger of its own from this process, ready to be asked. */
export async function serveLedger(options: ServeOptions = {}): Promise<ServedLedger> {
  const place = options.place ?? (await newPlace(options.store));
  const { clock, ids, faults } = options;
  const isChosen = options.store !== undefined || options.place !== undefined;
  if (clock !== undefined && !isChosen && Math.abs(clock.now() - Date.now()) > STORES_APART_MS)
    throw new Error(
      "EventStoreDB takes nothing by a clock that is not its own: say store: 'sqlite' with such a clock.",
    );
  const machine = {
    ...(clock === undefined ? {} : { clock }),
    ...(ids === undefined ? {} : { ids }),
    ...(faults === undefined ? {} : { faults }),
  };
  const office = options.signIn === 'office' ? await openOfficeSignIn(options.browserSignIn) : null;
  const provider = options.signIn === 'provider' || office !== null ? await startIdentityProvider() : null;
  const served = new ServedLedger(place, machine, options.place === undefined, provider, office);
  try {
    if (options.holding === 'example') await loadExample(place, machine);
    await served.start();
    await served.ready();
    return served;
  } catch (cause) {
    await served.remove();
    throw cause;
  }
}

interface Office {
  readonly provider: OfficeProvider;
  readonly port: number;
  readonly settings: BrowserSignIn;
}

/** The address of the ledger is told to the provider, and that of the provider to the ledger, so a port is found before. */
async function openOfficeSignIn(more: Partial<BrowserSignIn> = {}): Promise<Office> {
  // Few tests need a whole provider, which takes a while to load.
  const { CLIENT, startOfficeProvider } = await import('./office-provider.ts');
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const provider = await startOfficeProvider(publicUrl);
  const client = { clientId: CLIENT.id, clientSecret: CLIENT.secret };
  const usual = { issuer: provider.issuer, ...client, subjectClaim: 'sub', publicUrl, idleMinutes: 60, hours: 12 };
  return { provider, port, settings: { ...usual, ...more } };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}

/** With what headers somebody asks who holds a post, in the demonstration; null: the public. */
export async function headersOf(
  url: string,
  post: string | null,
  person?: string,
): Promise<Readonly<Record<string, string>>> {
  return post === null ? {} : { authorization: `Bearer ${await demoToken(url, post, person)}` };
}

export async function demoToken(url: string, post: string, person?: string): Promise<string> {
  const body = JSON.stringify({ post, ...(person === undefined ? {} : { person }) });
  const response = await fetch(`${url}/demo/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (response.status !== 200) throw new Error(`no token for ${post}: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}

export interface Health {
  readonly status: number;
  readonly body: { readonly status: string; readonly behind?: readonly string[] };
}

export async function healthOf(url: string, which: 'live' | 'ready'): Promise<Health> {
  const response = await fetch(`${url}/health/${which}`);
  return { status: response.status, body: (await response.json()) as Health['body'] };
}

/** Waits until the server says that reading includes everything. @throws after `withinMs`, with what it said last */
export async function becomesReady(url: string, withinMs = 20_000): Promise<void> {
  for (const until = performance.now() + withinMs; ;) {
    // At an address where another server listened before, connections to that one fail first.
    const { status, body } = await healthOf(url, 'ready').catch(() => ({ status: 0, body: null }));
    if (status === 200) return;
    if (performance.now() > until) throw new Error(`not ready within ${withinMs} ms: ${JSON.stringify(body)}`);
    await new Promise((resume) => setTimeout(resume, 10));
  }
}
