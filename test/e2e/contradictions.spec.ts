import { addDays } from '../../libs/ledger/index.ts';
import { HELD_ON, openOffice, type Office } from './office.ts';
import type { Client, Json } from './client.ts';

const QUERY = `{ ledger { contradictions { edges { node { path holds { value words } says { value words } } } } } }`;

describe('a contradiction, as the API tells it', () => {
  let office: Office;
  let panel: Client;

  beforeAll(async () => {
    office = await openOffice();
    const { officer, board, served } = office;
    panel = await served.as('panel-member');
    await officer.does('addPost', { ref: 'estates-lead', name: 'Head of estates' });
    await officer.does('addPost', { ref: 'covert-lead', name: 'Head of covert work', marking: 'OFFICIAL_SENSITIVE' });
    const action = await office.raise({ owner: 'estates-lead', due: { on: '2043-10-09' }, priority: 'HIGH' });
    for (const [record, path, says] of [
      [action, 'owner', 'covert-lead'],
      [action, 'latestUpdate', 'None'],
      [action, 'closed', 'SIGNED_OFF'],
      [action, 'priority', 'LOW'],
      [action, 'due.on', '2043-10-10'],
      [action, 'title', 'SIGNED_OFF'],
      [board, 'body', 'The strategic board'],
      [board, 'status', 'CANCELLED'],
      [board, 'session', 'CLOSED'],
      [board, 'date', addDays(HELD_ON, 1)],
    ])
      await officer.does('recordOtherwiseStated', { record, path, says, source: { document: 'Log' } });
    await served.ready();
  }, 60_000);
  afterAll(() => office?.served.remove());

  const told = async (client: Client) => {
    const { text } = await client.post(QUERY, {});
    const { data } = JSON.parse(text);
    return Object.fromEntries(
      data.ledger.contradictions.edges.map(({ node: { path, holds, says } }: Json) => [path, [holds, says]]),
    ) as Readonly<Record<string, readonly [Json, Json]>>;
  };

  it('says the values in the words of a page, beside the values themselves', async () => {
    const all = await told(office.officer);
    const words = Object.fromEntries(Object.entries(all).map(([path, sides]) => [path, sides.map((one) => one.words)]));
    expect(words).toEqual({
      owner: ['Head of estates', 'Head of covert work'],
      latestUpdate: [null, 'None'],
      closed: [null, 'Signed off'],
      status: ['Held', 'Cancelled'],
      priority: ['High', 'Low'],
      'due.on': ['9 October 2043', '10 October 2043'],
      title: ['Report on vetting', 'SIGNED_OFF'],
      body: ['Corporate Governance Board', 'The strategic board'],
      session: ['Open', 'Closed'],
      date: [expect.stringMatching(/^\d+ [A-Z][a-z]+ \d{4}$/), expect.stringMatching(/^\d+ [A-Z][a-z]+ \d{4}$/)],
    });
    expect(all['owner']!.map(({ value }) => value as string)).toEqual(['estates-lead', 'covert-lead']);
  });

  it('says each under the audience of its field, in words as in values', async () => {
    const { owner, body } = await told(panel);
    expect(owner).toEqual([
      { value: 'estates-lead', words: 'Head of estates' },
      { value: null, words: null },
    ]);
    expect(body![0]).toEqual({ value: 'CGB', words: 'Corporate Governance Board' });
  });
});
