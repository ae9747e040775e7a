import type { Client, Json } from './client.ts';
import { headersOf } from './served-ledger.ts';
import { dayFromToday, openOffice, type Office } from './office.ts';

const ASKED = `query ($record: ID!, $action: ID!, $name: String!) { ledger {
  record(ref: $record) { ref names links { direction as record { ref register kind heading } } }
  action(ref: $action) { names links { direction as record { ref } } }
  actions { edges { node { ref names links { as } } } }
  recordsCalled(name: $name) { ref register kind heading }
} }`;

describe('links and names over the API and on pages', () => {
  let office: Office;
  let action: string;
  let hidden: string;

  const ask = async (client: Client, name = 'cgb 23/07'): Promise<Json> =>
    (await client.runs(ASKED, { record: office.board, action, name })).ledger;
  const page = async (path: string, post: string): Promise<string> => {
    const headers = await headersOf(office.served.url, post);
    return (await fetch(`${office.served.url}${path}`, { headers })).text();
  };

  beforeAll(async () => {
    office = await openOffice();
    const { officer, monitoring, board } = office;
    action = await office.raise({ title: 'Bring the review back' });
    hidden = await office.raise({ title: 'Hidden later' });
    await officer.does('linkRecord', { record: action, to: board, as: 'FOLLOWS_FROM' });
    await officer.does('linkRecord', { record: board, to: hidden, as: 'IS_ABOUT' });
    await officer.does('nameRecord', { record: action, name: 'CGB 23/07' });
    await monitoring.does('markAction', { ref: hidden, marking: 'OFFICIAL_SENSITIVE' });
    await office.served.ready();
  }, 60_000);
  afterAll(() => office?.served.remove());

  it('are told of a record of any kind, from both sides, as far as the reader may see', async () => {
    const { officer, lead, board, served } = office;
    const from = {
      direction: 'FROM',
      as: 'FOLLOWS_FROM',
      record: { ref: action, register: 'actions', kind: 'action', heading: 'Bring the review back' },
    };
    const named = [{ ref: action, register: 'actions', kind: 'action', heading: 'Bring the review back' }];
    const all = await ask(officer);
    expect(all.record).toMatchObject({ names: [], links: [{ direction: 'TO', record: { ref: hidden } }, from] });
    expect(all.recordsCalled).toEqual(named);
    const seen = await ask(await served.as('jarap-member'));
    expect(seen.record).toEqual({ ref: board, names: [], links: [from] });
    expect(seen.action).toEqual({
      names: ['CGB 23/07'],
      links: [{ direction: 'TO', as: 'FOLLOWS_FROM', record: { ref: board } }],
    });
    expect(seen.actions.edges).toContainEqual({
      node: { ref: action, names: ['CGB 23/07'], links: [{ as: 'FOLLOWS_FROM' }] },
    });
    // The lead owns the hidden one, and sees it so.
    expect((await ask(lead)).record.links).toHaveLength(2);
    expect((await ask(served.public)).recordsCalled).toEqual([]);
    expect((await ask(officer, 'x'.repeat(200))).recordsCalled).toEqual([]);
  });

  it('stand on the page of the record and on that of the other, each in its words, and nothing of what is hidden', async () => {
    const [ofAction, ofBoard] = [
      await page(`/actions/${action}`, 'jarap-member'),
      await page(`/meetings/${office.board}`, 'jarap-member'),
    ];
    expect(ofAction).toMatch(/Also known as\s+<strong>CGB 23\/07<\/strong>/);
    expect(ofAction).toContain('Linked to');
    expect(ofAction).toContain('Follows from');
    expect(ofBoard).toContain('Linked from');
    expect(ofBoard).toContain('Led to');
    expect(ofBoard).not.toContain('Linked to');
    expect(ofBoard).not.toContain(hidden);
    expect(await page(`/meetings/${office.board}`, 'opcc-officer')).toContain('Linked to');
    const searched = await page('/actions?text=cgb23/07', 'jarap-member');
    expect(searched).toContain(action);
  });

  it('are ended from there by whom may do so today, on a form that names the one meant', async () => {
    const ways = async (path: string, post: string) =>
      [...(await page(path, post)).matchAll(/href="(\/commands\/(?:unlink-record|withdraw-name)\/[^"]*\?[^"]+)"/g)].map(
        ([, href]) => href!.replaceAll('&amp;', '&'),
      );
    const [withdraw = '', end = '', ...more] = await ways(`/actions/${action}`, 'opcc-officer');
    expect(more).toEqual([]);
    expect(end).toBe(`/commands/unlink-record/${action}?to=${office.board}&as=FOLLOWS_FROM`);
    const [named] = (await office.history(action)).filter(({ type }) => type === 'Named');
    expect(withdraw).toBe(`/commands/withdraw-name/${action}?event=${named.id}`);
    const [endForm, withdrawForm] = [await page(end, 'opcc-officer'), await page(withdraw, 'opcc-officer')];
    expect(endForm).toMatch(new RegExp(`name="to"[^>]*value="${office.board}"|value="${office.board}"[^>]*name="to"`));
    expect(endForm).toMatch(/value="FOLLOWS_FROM"\s+(selected|checked)/);
    expect(withdrawForm).toMatch(new RegExp(`value="${named.id}"\\s+(selected|checked)`));
    // Whoever may not, whoever looks back, and from the other side: there is no way.
    expect(await ways(`/actions/${action}`, 'jarap-member')).toEqual([]);
    expect(await ways(`/actions/${action}?on=${dayFromToday(0)}`, 'opcc-officer')).toEqual([]);
    expect(await ways(`/meetings/${office.board}`, 'opcc-officer')).toEqual([
      `/commands/unlink-record/${office.board}?to=${hidden}&as=IS_ABOUT`,
    ]);
  });
});
