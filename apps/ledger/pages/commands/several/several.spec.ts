import { Browser, type Page } from '../../../../../test/e2e/browser.ts';
import { dayFromToday, openOffice, type Office } from '../../../../../test/e2e/office.ts';
import { headersOf } from '../../../../../test/e2e/served-ledger.ts';
import { MUTATIONS } from '../../../../../libs/registers/index.ts';
import { linkFieldsOf } from './rows.ts';

/* A meeting's actions raised in one go, by a browser without scripts. */

const PATH = '/commands/raise-action/several';
const LATE = { reason: 'Typed from the minutes.' };

describe('several records at once', () => {
  let office: Office;
  let browser: Browser;

  beforeAll(async () => {
    office = await openOffice({ store: 'sqlite' });
    browser = new Browser(await headersOf(office.served.url, 'opcc-officer'));
  }, 60_000);
  afterAll(() => office?.served.remove());

  const open = (more = '') => browser.open(`${office.served.url}${PATH}?meeting=${office.board}${more}`);
  const rowsOf = ({ html }: Page) => [...html.matchAll(/name="(\d+)\.title"/g)].map(([, row]) => row);
  const titlesOf = async () => {
    await office.served.ready();
    const { ledger } = await office.officer.runs(
      '{ ledger { actions(first: 100) { edges { node { ref title meeting { ref } history(first: 1) { totalCount } } } } } }',
    );
    return new Map<string, { ref: string; meeting: { ref: string }; history: { totalCount: number } }>(
      ledger.actions.edges.map(({ node }: { node: { title: string } }) => [node.title, node]),
    );
  };

  it('are offered on the page of the record that they all name', async () => {
    const page = await browser.open(`${office.served.url}/meetings/${office.board}`);
    expect(page.html).toContain(`href="${PATH}?meeting=${office.board}"`);
    expect(linkFieldsOf(MUTATIONS['raiseAction']!).map(({ name, kind }) => [name, kind])).toEqual([
      ['meeting', 'meeting'],
      ['body', 'body'],
      ['decision', 'decision'],
      ['owner', 'post'],
      ['followsFrom', 'action'],
    ]);
  });

  it('have a row each, added and taken away, and keep what was typed', async () => {
    const begun = await open();
    expect([begun.status, rowsOf(begun)]).toEqual([200, ['1', '2', '3']]);
    expect(begun.html).not.toContain('name="1.body"');
    const added = await browser.submit(begun, PATH, { '1.title': 'First', '3.title': 'Third', add: 'row' });
    expect(rowsOf(added)).toEqual(['1', '2', '3', '4']);
    const away = await browser.submit(added, PATH, { 'take-away': '2' });
    expect(rowsOf(away)).toEqual(['1', '3', '4']);
    expect(away.html).toContain('value="First"');
    expect(away.html).toContain('value="Third"');
    const id = (page: Page, row: string) => page.forms.flatMap(({ fields }) => fields.get(`${row}.commandId`) ?? []);
    expect(id(away, '1')).toEqual(id(begun, '1'));
    expect(new Set([...id(away, '1'), ...id(away, '3'), ...id(away, '4')]).size).toBe(3);
  });

  it('are each recorded once, in the order of their rows, however often the form is sent, and listed with the ways to them', async () => {
    const form = await open();
    const typed = {
      ...{ '1.title': 'Bring the plan', '1.owner': 'force-lead', '1.item': '7(c)' },
      ...{ '3.title': 'Bring the figures', reason: LATE.reason },
    };
    const [one, two] = await Promise.all([1, 2].map(() => browser.submitOnce(form, PATH, typed)));
    expect([one!.status, two!.status]).toEqual([303, 303]);
    expect(one!.headers.get('location')).toBe(two!.headers.get('location'));
    const done = await browser.submit(form, PATH, typed);
    const titles = await titlesOf();
    const refs = ['Bring the plan', 'Bring the figures'].map((title) => titles.get(title)!);
    expect(refs.map(({ meeting, history }) => [meeting.ref, history.totalCount])).toEqual([
      [office.board, 1],
      [office.board, 1],
    ]);
    expect(done.heading).toBe('Recorded');
    for (const { ref } of refs) expect(done.html).toContain(`href="/actions/${ref}"`);
    expect(Number(/\d+$/.exec(refs[0]!.ref))).toBeLessThan(Number(/\d+$/.exec(refs[1]!.ref)));
  });

  it('say what is missing at its row, and nothing is sent until it is put right', async () => {
    const before = (await titlesOf()).size;
    const empty = await browser.submit(await open(), PATH);
    expect([empty.status, /href="#field-1\.title">Row 1: Enter the title</.test(empty.html)]).toEqual([400, true]);
    const half = await browser.submit(await open(), PATH, { '1.title': 'Whole', '2.item': '8' });
    expect(half.html).toMatch(/href="#field-2\.title">Row 2: Enter the title</);
    expect(half.html).not.toContain('Row 1:');
    expect((await titlesOf()).size).toBe(before);
  });

  it('let those stand that were accepted, when one is refused, and show that one again with why', async () => {
    const form = await open();
    const refused = await browser.submit(form, PATH, {
      ...{ '1.title': 'Accepted', '2.title': 'Refused', '2.owner': 'nobody-at-all', '3.title': 'Accepted too' },
    });
    expect([refused.status, rowsOf(refused)]).toEqual([422, ['2']]);
    expect(refused.html).toMatch(/href="#field-2\.owner">Row 1: The directory knows no post nobody-at-all/);
    const accepted = await titlesOf();
    expect([accepted.has('Accepted'), accepted.has('Refused'), accepted.has('Accepted too')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(refused.html).toContain(`href="/actions/${accepted.get('Accepted too')!.ref}"`);
    const done = await browser.submit(refused, PATH, { '2.owner': 'force-lead' });
    const all = await titlesOf();
    for (const title of ['Accepted', 'Refused', 'Accepted too'])
      expect(done.html).toContain(`href="/actions/${all.get(title)!.ref}"`);
    expect(all.get('Accepted')!.history.totalCount).toBe(1);
  });

  it('are closed to those who may not see the record, and lead back to today from another day', async () => {
    const hidden = (await office.officer.does('scheduleMeeting', { body: 'CGB', on: '2031-01-01', session: 'CLOSED' }))
      .meeting.ref;
    await office.served.ready();
    const panel = new Browser(await headersOf(office.served.url, 'panel-member'));
    const at = (ref: string) => `${office.served.url}${PATH}?meeting=${ref}`;
    const [secret, absent] = [await panel.open(at(hidden)), await panel.open(at('CGB-2031-01-02'))];
    expect([secret.status, secret.heading]).toEqual([404, absent.heading]);
    expect((await browser.open(`${office.served.url}${PATH}`)).status).toBe(404);
    expect((await new Browser().open(at(office.board))).status).not.toBe(200);
    expect((await open(`&on=${dayFromToday(-1)}`)).html).toContain('Forms are closed');
  });
});
