import { randomBytes } from 'node:crypto';
import { openEsdbEventStore } from '../../libs/event-store-esdb/index.ts';
import type { StoreUnderTest } from '../contract/event-store.contract.ts';
import { ProtocolServer } from '../eventstoredb-server/server.ts';

/** A name that no ledger in the database has had. */
export function newLedgerName(): string {
  return `t${randomBytes(6).toString('hex')}`;
}

/** Over gRPC against the protocol server, which also holds a ledger of others. */
export async function protocolServerPlace(): Promise<StoreUnderTest> {
  const server = new ProtocolServer();
  await server.start();
  return placeAt(server.url, async () => server.stop());
}

/** A new ledger in a real database. */
export async function realServerPlace(url: string): Promise<StoreUnderTest> {
  return placeAt(url, async () => undefined);
}

function placeAt(url: string, dispose: () => Promise<void>): StoreUnderTest {
  const ledger = newLedgerName();
  return {
    open: () => openEsdbEventStore({ url, ledger }),
    // A name that begins like ours: only the dot tells them apart.
    openNeighbour: () => openEsdbEventStore({ url, ledger: `${ledger}x` }),
    lasting: true,
    dispose,
  };
}

/** Waits for what must come. */
export async function eventually(reached: () => boolean, withinMs = 10_000): Promise<void> {
  for (const until = performance.now() + withinMs; !reached();) {
    if (performance.now() > until)
      throw new Error(`it did not come to this within ${withinMs} ms: ${reached.toString()}`);
    await new Promise((resume) => setTimeout(resume, 5));
  }
}
