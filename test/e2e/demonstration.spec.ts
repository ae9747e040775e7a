import { prepareDemo } from '../../apps/ledger/demo.ts';
import { startLedger, type RunningServer } from '../../apps/ledger/start-ledger.ts';
import { Client } from './client.ts';
import { becomesReady, demoToken, serveLedger } from './served-ledger.ts';

describe('the demonstration', () => {
  let server: RunningServer;
  const said: string[] = [];

  beforeAll(async () => {
    const config = await prepareDemo({ PORT: '0', LEDGER_STORE: 'sqlite' }, (line) => said.push(line));
    server = await startLedger({ ...config, logLevel: 'silent' });
    await becomesReady(server.url);
  }, 60_000);
  afterAll(() => server?.close());

  const as = async (post: string) => new Client(() => server.url, await demoToken(server.url, post));

  it('has a person in the directory for every post of the example, named by the post and known by its token', async () => {
    const { ledger } = await (
      await as('opcc-officer')
    ).runs('{ ledger { posts { ref capacity holders { person } } } }');
    expect(ledger.posts.length).toBeGreaterThanOrEqual(11);
    for (const { ref, holders } of ledger.posts) {
      const [holder] = holders;
      expect([ref, holders.length]).toEqual([ref, 1]);
      expect(await server.ledger.personOf(server.ledger.pseudonymOf(`demo-${ref}`))).toBe(holder.person);
    }
  });

  it('lets the owner report and the board sign off, each known, and refuses the owner', async () => {
    const [officer, chief, commissioner] = await Promise.all(
      ['opcc-officer', 'chief-constable', 'commissioner'].map(as),
    );
    const { ref } = (await officer!.does('raiseAction', { body: 'CGB', title: 'Try it', owner: 'chief-constable' }))
      .action;
    await commissioner!.does('agreeAction', { ref });
    await chief!.does('reportActionComplete', { ref, text: 'Done.' });
    expect((await chief!.fails('signOffAction', { ref })).extensions.code).toBe('FORBIDDEN');
    const signed = await commissioner!.does('signOffAction', { ref, authority: { decision: 'D-1' } });
    expect(signed.action.status).toBe('SIGNED_OFF');
  });
});

describe('whoever acts by a demo token', () => {
  it('is known to the directory before their first command is decided, and asking for the token writes nothing', async () => {
    const served = await serveLedger();
    try {
      const pseudonym = served.ledger.pseudonymOf('Somebody New');
      const newcomer = await served.as('monitoring-officer', 'Somebody New');
      expect(await served.ledger.personOf(pseudonym)).toBeNull();
      // Nobody unknown may add such a post.
      await newcomer.does('addPost', { ref: 'chief-executive', name: 'Chief Executive', capacity: 'opcc-officer' });
      expect(await served.ledger.personOf(pseudonym)).toMatch(/^person-/);
    } finally {
      await served.remove();
    }
  }, 30_000);
});
