import type { Client, Json } from './client.ts';
import { aMoment, openOffice, type Office } from './office.ts';

const REASON = 'It was another board’s.';
const OF_ONE = `query ($ref: ID!, $asOf: AsOf) {
  ledger(asOf: $asOf) {
    action(ref: $ref) { ref }
    actions { totalCount edges { node { ref } } }
    record(ref: $ref) {
      ref register standing
      mistake { type recordedAt reason by { ref } }
      history { totalCount edges { node { id type voided reason } } }
    }
  }
}`;

describe('a record that was recorded by mistake', () => {
  let office: Office;
  let readers: Readonly<Record<'public' | 'official' | 'full', Client>>;
  let ref: string;
  let opening: string;

  const ask = async (client: Client, asOf?: object): Promise<Json> => (await client.runs(OF_ONE, { ref, asOf })).ledger;
  const page = async (path: string, client?: string): Promise<{ status: number; html: string }> => {
    const headers = client === undefined ? {} : { authorization: `Bearer ${client}` };
    const response = await fetch(`${office.served.url}${path}`, { headers });
    return { status: response.status, html: await response.text() };
  };

  beforeAll(async () => {
    office = await openOffice();
    const { served, lead, monitoring } = office;
    readers = { public: served.public, official: await served.as('jarap-member'), full: office.officer };
    ref = await office.agreed();
    await lead.does('reportActionComplete', { ref, text: 'Done.' });
    await monitoring.does('publishAction', { ref });
    opening = (await office.history(ref))[0].id;
  }, 60_000);
  afterAll(() => office?.served.remove());

  it('answers in no list, and as that under its reference, to every reader who could see it', async () => {
    for (const client of Object.values(readers))
      expect(await ask(client)).toMatchObject({ action: { ref }, record: { standing: 'STANDS', mistake: null } });
    await aMoment();
    const before = await ask(office.officer);
    expect(before.actions.totalCount).toBe(1);
    const { action } = await office.monitoring.does('voidActionEvent', { ref, event: opening, reason: REASON });
    expect(action).toBeNull();
    await office.served.ready();
    for (const client of Object.values(readers)) {
      const { action: none, actions, record } = await ask(client);
      expect([none, actions.totalCount]).toEqual([null, 0]);
      expect(record).toMatchObject({
        ref,
        register: 'actions',
        standing: 'RECORDED_BY_MISTAKE',
        mistake: { type: 'Voided', reason: REASON, by: { ref: 'monitoring-officer' } },
      });
      const voided = record.history.edges.filter(({ node }: Json) => node.voided);
      expect(voided.map(({ node }: Json) => node.id)).toEqual([opening]);
    }
    const { ledger } = await office.officer.asks('AnyRecord', { ref });
    expect(ledger.record).toMatchObject({ ref, register: 'actions', standing: 'RECORDED_BY_MISTAKE' });
    expect(ledger.record.history.edges).toHaveLength(5);
  });

  it('has a page still, which says so, by whom, when and why', async () => {
    const { status, html } = await page(`/actions/${ref}`);
    expect(status).toBe(200);
    expect(html).toContain('Recorded by mistake');
    expect(html).toContain('Monitoring officer');
    expect(html).toContain(REASON);
    expect(html).toContain('Taken back');
    expect(html).not.toContain('Page not found');
    // In a list nobody meets it, and of a day before it was raised there is nothing to say.
    expect((await page('/actions')).html).not.toContain(ref);
    expect((await page(`/actions/${ref}?on=2001-01-01`)).status).toBe(404);
  });

  it('has no page for whoever could not see it', async () => {
    const hidden = await office.raise({ marking: 'OFFICIAL_SENSITIVE' });
    const event = (await office.history(hidden))[0].id;
    await office.monitoring.does('voidActionEvent', { ref: hidden, event, reason: REASON });
    await office.served.ready();
    const official = await office.served.as('jarap-member');
    const full = (await office.officer.runs(OF_ONE, { ref: hidden })).ledger;
    expect(full.record).toMatchObject({ standing: 'RECORDED_BY_MISTAKE' });
    for (const client of [official, office.served.public])
      expect((await client.runs(OF_ONE, { ref: hidden })).ledger).toMatchObject({ action: null, record: null });
    expect((await page(`/actions/${hidden}`)).status).toBe(404);
  });

  it('stands again once it is restored', async () => {
    await office.monitoring.does('restoreActionEvent', { ref, event: opening, reason: 'It was ours after all.' });
    await office.served.ready();
    for (const client of Object.values(readers))
      expect(await ask(client)).toMatchObject({ action: { ref }, record: { standing: 'STANDS', mistake: null } });
    expect((await page(`/actions/${ref}`)).html).toContain('How it stands');
  });
});
