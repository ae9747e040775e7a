import { randomUUID } from 'node:crypto';
import { mutation } from './contract.ts';
import { errorIn, type Client } from './client.ts';
import { becomesReady, healthOf, serveLedger, type ServedLedger } from './served-ledger.ts';

const BODY = 'query($ref: ID!) { ledger { body(ref: $ref) { ref } } }';

describe('a server whose clock was set back', () => {
  let served: ServedLedger;
  let officer: Client;
  let ahead = 0;
  beforeAll(async () => {
    served = await serveLedger({ clock: { now: () => Date.now() + ahead } });
    officer = await served.as('opcc-officer');
    await officer.does('addBody', { ref: 'CGB', name: 'Corporate Governance Board' });
  }, 60_000);
  afterAll(() => served?.remove());

  it('serves all that it holds, writes nothing, and says so in its health, until the clock is right again', async () => {
    await served.restart(() => {
      ahead = -60_000;
    });
    officer = await served.as('opcc-officer');
    const input = { commandId: randomUUID(), ref: 'JARAP', name: 'Audit panel' };
    const { message, extensions } = errorIn((await officer.post(mutation('addBody'), { input })).text);
    expect([extensions.code, message]).toEqual(['UNAVAILABLE', expect.stringMatching(/clock.*nothing was written/)]);
    let health = await healthOf(served.url, 'ready');
    while (health.body.behind?.some((name: string) => name !== 'clock')) health = await healthOf(served.url, 'ready');
    expect(health).toEqual({ status: 503, body: expect.objectContaining({ behind: ['clock'] }) });
    expect((await officer.runs(BODY, { ref: 'CGB' })).ledger.body).toEqual({ ref: 'CGB' });

    ahead = 0;
    const { body, position } = await officer.does('addBody', input);
    expect(body).toEqual({ ref: 'JARAP', name: 'Audit panel' });
    await becomesReady(served.url);
    const after = `query($ref: ID!, $atLeast: Position) { ledger(atLeast: $atLeast) { body(ref: $ref) { ref } } }`;
    expect((await officer.runs(after, { ref: 'JARAP', atLeast: position })).ledger.body).toEqual({ ref: 'JARAP' });
  }, 60_000);

  it('waits with a write while the clock is a little behind, and shows it in its payload', async () => {
    await officer.does('addBody', { ref: 'SPB', name: 'Strategic Planning Board' });
    await served.restart(() => {
      ahead = -700;
    });
    officer = await served.as('opcc-officer');
    const { body } = await officer.does('addBody', { ref: 'ETHICS', name: 'Ethics committee' });
    expect(body).toEqual({ ref: 'ETHICS', name: 'Ethics committee' });
    ahead = 0;
  }, 60_000);
});
