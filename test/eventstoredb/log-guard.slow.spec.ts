import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEsdbEventStore } from '../../libs/event-store-esdb/index.ts';
import { openRunningLedger, type RunningLedger, type RunningLedgerOptions } from '../../libs/running-ledger/index.ts';
import { actingAs } from '../ledger-in-a-folder.ts';
import { ProtocolServer } from '../eventstoredb-server/server.ts';
import { newLedgerName } from './places.ts';

const WHY = { reason: 'The database was lost.', operator: 'A. N. Operator' };

describe('a database that does not hold what was acknowledged', () => {
  const servers: ProtocolServer[] = [];
  const name = newLedgerName();
  let data: string;

  beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'guarded-'))));
  afterEach(() => {
    rmSync(data, { recursive: true, force: true });
    for (const server of servers.splice(0)) server.stop();
  });

  async function database(): Promise<ProtocolServer> {
    const server = new ProtocolServer();
    await server.start();
    servers.push(server);
    return server;
  }
  const start = (at: ProtocolServer, options: RunningLedgerOptions = {}) =>
    openRunningLedger({ store: 'esdb', eventStoreDbUrl: at.url, name, data }, 'spec', options);
  const addBody = (ledger: RunningLedger, as: string) =>
    actingAs(() => ledger.dispatch, 'opcc-officer').does({ type: 'AddBody', as, name: as });

  async function written(): Promise<ProtocolServer> {
    const server = await database();
    const ledger = await start(server);
    await addBody(ledger, 'CGB');
    await addBody(ledger, 'JARAP');
    await ledger.close();
    return server;
  }

  it('is refused when it is empty, until an operator accepts it', async () => {
    await (await start(await written())).close();
    const empty = await database();
    await expect(start(empty)).rejects.toMatchObject({ name: 'LogRefused', finding: 'empty' });
    await (await start(empty, { accept: WHY })).close();
    const again = await start(empty);
    expect(await addBody(again, 'CGB')).toBe('CGB');
    await again.close();
  });

  it('is refused when it is an older copy, until an operator accepts it', async () => {
    const whole = await written();
    const older = await database();
    const [from, to] = await Promise.all([whole, older].map(({ url }) => openEsdbEventStore({ url, ledger: name })));
    const versions = new Map<string, number>();
    const { events } = await from!.readAll();
    for (const { stream, id, bytes } of events.slice(0, -1)) {
      const version = versions.get(stream) ?? 0;
      const { type } = (JSON.parse(Buffer.from(bytes).toString()) as { header: { type: string } }).header;
      expect(await to!.append(stream, version, [{ id, type, bytes }])).toMatchObject({ outcome: 'stored' });
      versions.set(stream, version + 1);
    }
    await Promise.all([from!.close(), to!.close()]);
    await expect(start(older)).rejects.toMatchObject({ name: 'LogRefused', finding: 'shorter' });
    await (await start(older, { accept: WHY })).close();
    await (await start(older)).close();
  });
});
