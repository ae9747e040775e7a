import { prepareDemo } from '../../apps/ledger/demo.ts';
import { startLedger, type RunningServer } from '../../apps/ledger/start-ledger.ts';
import { Client } from './client.ts';
import { READY_WITHIN_MS } from './illustrative-panel.ts';
import { becomesReady, demoToken } from './served-ledger.ts';

/**
 * The demonstration of these tests, with the illustrative panel or without, and who acts in it by its tokens.
 * @param withinMs in which it is prepared and ready
 */
function demonstrated(illustrative: boolean, withinMs: number, readyWithinMs?: number) {
  let server: RunningServer;

  beforeAll(async () => {
    const config = await prepareDemo({ PORT: '0', LEDGER_STORE: 'sqlite' }, () => undefined, illustrative);
    server = await startLedger({ ...config, logLevel: 'silent' });
    await becomesReady(server.url, readyWithinMs);
  }, withinMs);
  afterAll(() => server?.close());

  return {
    running: () => server,
    as: async (post: string) => new Client(() => server.url, await demoToken(server.url, post)),
  };
}

describe('the demonstration with the illustrative panel', () => {
  const { running, as } = demonstrated(true, 600_000, READY_WITHIN_MS);

  it('has a person in the directory for every post of the panel, known by its token', async () => {
    const officer = await as('opcc-officer');
    const { ledger } = await officer.runs(
      '{ ledger { posts(filter: { bodies: ["FENFORCE", "FENOPCC", "FENPANEL"] }) { ref holders { person } } } }',
    );
    expect(ledger.posts).toHaveLength(27);
    for (const { ref, holders } of ledger.posts) {
      expect([ref, holders.length]).toEqual([ref, 1]);
      expect(await running().ledger.personOf(running().ledger.pseudonymOf(`demo-${ref}`))).toBe(holders[0].person);
    }
  });

  it('lets whoever is responsible review their risk, and shows it to the panel', async () => {
    const head = await as('fen-head-of-contact');
    const { risk } = await head.does('reviewRisk', { ref: 'FENFORCE-2024-01-K14', text: 'Looked at.' });
    expect(risk).toMatchObject({ ref: 'FENFORCE-2024-01-K14' });
    const member = await as('fen-panel-member');
    const { ledger } = await member.runs('{ ledger { risks(filter: { readBy: "FENPANEL" }) { totalCount } } }');
    expect(ledger.risks.totalCount).toBe(56);
  });

  it('is given longer to start than servers usually are, as reading takes in all of it meanwhile', () => {
    const { initialConfig } = running().app.getHttpAdapter().getInstance() as unknown as {
      initialConfig: { pluginTimeout: number };
    };
    expect(initialConfig.pluginTimeout).toBeGreaterThanOrEqual(60_000);
  });

  it('leaves the lists of the papers without it', async () => {
    const { ledger } = await (
      await as('opcc-officer')
    ).runs('{ ledger { risks { totalCount } recommendations { totalCount } } }');
    expect(ledger).toEqual({ risks: { totalCount: 0 }, recommendations: { totalCount: 12 } });
  });
});

describe('the demonstration with the papers alone', () => {
  const { running, as } = demonstrated(false, 60_000);

  it('has a person in the directory for every post of the example, named by the post and known by its token', async () => {
    const { ledger } = await (
      await as('opcc-officer')
    ).runs('{ ledger { posts { ref capacity holders { person } } } }');
    expect(ledger.posts.length).toBeGreaterThanOrEqual(11);
    for (const { ref, holders } of ledger.posts) {
      const [holder] = holders;
      expect([ref, holders.length]).toEqual([ref, 1]);
      expect(await running().ledger.personOf(running().ledger.pseudonymOf(`demo-${ref}`))).toBe(holder.person);
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
