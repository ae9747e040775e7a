import { randomUUID } from 'node:crypto';
import { mutation } from './contract.ts';
import { openOffice, type Office } from './office.ts';
import type { Json } from './client.ts';

describe('commands that come many times, or many at a time', () => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice();
  }, 60_000);
  afterAll(() => office?.served.remove());

  it('has one event and one answer for a commandId that was sent a hundred times at once, and again after a restart', async () => {
    const { served, board } = office;
    const raise = { commandId: randomUUID(), meeting: board, title: 'Report on vetting', owner: 'force-lead' };
    const send = async () => (await served.as('opcc-officer')).post(mutation('raiseAction'), { input: raise });
    const answers = await Promise.all(Array.from({ length: 100 }, send));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const { data } = JSON.parse(answers[0]!.text);
    const { ref } = data.raiseAction.action;

    const update = {
      commandId: randomUUID(),
      ref,
      text: 'Begun.',
      by: 'force-lead',
      authority: { delegation: 'SoD-4' },
    };
    await office.commissioner.does('agreeAction', { ref });
    const officer = await served.as('opcc-officer');
    const updates = await Promise.all(
      Array.from({ length: 100 }, () => officer.post(mutation('giveActionUpdate'), { input: update })),
    );
    expect(new Set(updates.map(({ text }) => text)).size).toBe(1);
    expect((await office.history(ref)).map(({ type }) => type)).toEqual([
      'ActionRaised',
      'ActionAgreed',
      'UpdateGiven',
    ]);

    await served.restart();
    expect((await send()).text).toBe(answers[0]!.text);
    const again = await served.as('opcc-officer');
    expect((await again.post(mutation('giveActionUpdate'), { input: update })).text).toBe(updates[0]!.text);
    office = { ...office, ...(await signedInAgain()) };
    expect(await office.history(ref)).toHaveLength(3);
  }, 60_000);

  async function signedInAgain(): Promise<Pick<Office, 'officer' | 'commissioner' | 'lead' | 'history'>> {
    const { served } = office;
    const officer = await served.as('opcc-officer');
    return {
      officer,
      commissioner: await served.as('commissioner'),
      lead: await served.as('force-lead'),
      async history(ref) {
        await served.ready();
        const { ledger } = await officer.asks('History', { ref, first: 500 });
        return ledger.action.history.edges.map(({ node }: Json) => node);
      },
    };
  }

  it('refuses the same commandId with another body', async () => {
    const { officer } = office;
    const commandId = randomUUID();
    const { action } = await officer.does('raiseAction', { commandId, body: 'CGB', title: 'The first words' });
    const error = await officer.fails('raiseAction', { commandId, body: 'CGB', title: 'Other words' });
    expect(error.extensions).toEqual({ code: 'REFUSED', refusal: 'COMMAND_ID_REUSED', field: 'commandId' });
    expect(await office.history(action.ref)).toHaveLength(1);
  });

  it('loses no update of sixty-four writers on one action', async () => {
    const { lead, commissioner, officer } = office;
    const { action } = await officer.does('raiseAction', {
      body: 'CGB',
      title: 'Everybody writes',
      owner: 'force-lead',
    });
    await commissioner.does('agreeAction', { ref: action.ref });
    const texts = Array.from({ length: 64 }, (_, writer) => `Update of writer ${writer}`);
    await Promise.all(texts.map((text) => lead.does('giveActionUpdate', { ref: action.ref, text })));
    const updates = (await office.history(action.ref)).filter(({ type }) => type === 'UpdateGiven');
    expect(updates.map(({ text }) => text).sort()).toEqual([...texts].sort());
    expect(new Set(updates.map(({ id }) => id)).size).toBe(64);
  });

  it('gives two hundred actions that are raised at once at one meeting two hundred references, without a gap', async () => {
    const { officer } = office;
    const { meeting } = await officer.does('scheduleMeeting', { body: 'CGB', on: '2031-03-05' });
    const raise = (_: unknown, number: number) =>
      officer.does('raiseAction', { meeting: meeting.ref, title: `Action ${number}` });
    const raised = await Promise.all(Array.from({ length: 200 }, raise));
    const refs = raised.map(({ action }: Json) => action.ref as string);
    expect([...refs].sort()).toEqual(Array.from({ length: 200 }, (_, index) => `CGB-2031-03-A${index + 1}`).sort());
    await office.served.ready();
    const { ledger } = await officer.asks('Tracker', { filter: { meeting: meeting.ref }, first: 500 });
    expect(ledger.actions.totalCount).toBe(200);
    expect(ledger.actions.edges.map(({ node }: Json) => node.ref).sort()).toEqual([...refs].sort());
  }, 60_000);
});
