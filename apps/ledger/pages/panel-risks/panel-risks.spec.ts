import { Browser, type Page } from '../../../../test/e2e/browser.ts';
import { demoToken, serveLedger, type ServedLedger } from '../../../../test/e2e/served-ledger.ts';
import { standingClock } from '../../../../test/ledger-in-a-folder.ts';

const PAGE = '/panels/PAN/risks';

describe('the page of the risks of a panel, where its meetings will not do', () => {
  const clock = standingClock('2024-01-10T12:00:00.000Z');
  let served: ServedLedger;
  let token: string;
  let [first, second, cancelled]: readonly string[] = [];

  beforeAll(async () => {
    served = await serveLedger({ store: 'sqlite', clock });
    token = await demoToken(served.url, 'opcc-officer');
    const officer = await served.as('opcc-officer');
    await officer.does('addBody', { ref: 'CGB', name: 'Corporate Governance Board' });
    await officer.does('addBody', { ref: 'PAN', name: 'Panel' });
    await officer.does('beginReading', { body: 'PAN', reads: 'CGB' });
    const scheduled = async (on: string): Promise<string> =>
      (await officer.does('scheduleMeeting', { body: 'PAN', on })).meeting.ref;
    first = await scheduled('2024-01-20');
    cancelled = await scheduled('2024-02-20');
    second = await scheduled('2024-03-20');
    await officer.does('cancelMeeting', { ref: cancelled, reason: 'Nobody can come.' });
    for (const ref of [first, second]) {
      clock.set(`${ref.slice('PAN-'.length)}T12:00:00.000Z`);
      await officer.does('holdMeeting', { ref });
    }
    clock.set('2024-07-01T12:00:00.000Z');
    await served.ready();
  }, 120_000);
  afterAll(() => served?.remove());

  const look = (address: string): Promise<Page> =>
    new Browser({ authorization: `Bearer ${token}` }).open(`${served.url}${PAGE}${address}`);
  const summary = ({ html }: Page) =>
    /<ul class="govuk-list govuk-error-summary__list">\s*<li>\s*<a href="([^"]*)">([^<]*)<\/a>/.exec(html)?.slice(1);
  const chosen = ({ html }: Page, box: string) =>
    new RegExp(`<select[^>]* name="${box}".*?<option value="([^"]*)" selected>`, 's').exec(html)?.[1];
  const answered = async (address: string) => {
    const page = await look(address);
    return [page.status, page.heading, summary(page), chosen(page, 'since'), chosen(page, 'until')];
  };

  it('is the form again, with what was chosen, and leads from the sentence to the box', async () => {
    expect(await answered(`?since=${second}&until=${first}`)).toEqual([
      ...[400, 'Movement of risks: Panel'],
      ['#until', 'What this meeting had before it was drawn earlier than that of the other: turn the two'],
      ...[second, first],
    ]);
    expect(await answered(`?since=${cancelled}`)).toEqual([
      ...[400, 'Movement of risks: Panel'],
      ['#since', 'This meeting was cancelled, so that nothing was told to it'],
      ...[cancelled, ''],
    ]);
  });

  it('is put right by the form itself', async () => {
    const wrong = await look(`?since=${second}&until=${first}`);
    const right = await new Browser({ authorization: `Bearer ${token}` }).submit(wrong, PAGE, {
      ...{ since: first!, until: second! },
    });
    expect([right.status, summary(right), chosen(right, 'until')]).toEqual([200, undefined, second]);
  });

  it('says of one that there is not what it says of one that may not be seen, and keeps the dates of the page', async () => {
    const page = await look('?on=2024-06-30&since=PAN-2024-06-01');
    expect(summary(page)).toEqual([
      '#since',
      'There is no meeting of this body under this reference, or it is not for you',
    ]);
    expect(page.html).toContain('<input type="hidden" name="on" value="2024-06-30">');
    expect((await look('?on=2024-01-05')).status).toBe(404);
  });
});
