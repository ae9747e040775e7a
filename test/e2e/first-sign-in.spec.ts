import { appointCommand } from '../../apps/command-line/appoint-command.ts';
import { Browser, type Page, type Typed } from './browser.ts';
import { serveLedger, type ServedLedger } from './served-ledger.ts';
import { headerOf, signIn } from './signing-in.ts';

/** What `docs/sign-in.md` tells an office to do, in its order. */
describe('the first sign-in into an empty ledger', () => {
  let served: ServedLedger;
  beforeAll(async () => {
    served = await serveLedger({ signIn: 'office' });
  }, 60_000);
  afterAll(() => served?.remove());

  /** Fills in the form of a command and sends it, confirming what is asked once more. */
  async function gives(browser: Browser, path: string, typed: Typed): Promise<Page> {
    const form = await browser.open(`${served.url}${path}`);
    const answer = await browser.submit(form, new URL(form.url).pathname, typed);
    const isCheck = answer.forms.some(({ fields }) => fields.has('commandId')) && answer.url.includes('/commands/');
    const done = isCheck ? await browser.submit(answer, new URL(form.url).pathname, { confirmed: 'yes' }) : answer;
    const problem = /govuk-error-summary[^]*?<\/ul>/
      .exec(done.html)?.[0]
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
    expect([path, problem ?? null, done.status]).toEqual([path, null, 200]);
    return done;
  }
  const refIn = (page: Page): string => decodeURIComponent(new URL(page.url).pathname.split('/').at(-1) ?? '');

  it('leads from the operator’s command to the first officer of the office, who then acts', async () => {
    // Somebody signs in, and is told how this ledger knows their account.
    const monitoring = new Browser();
    const unknown = await signIn(served, 'first-monitor', monitoring);
    expect(unknown.heading).toBe('The directory does not know you');
    const [, subject = ''] = /<code[^>]*>([^<]*)<\/code>/.exec(unknown.html) ?? [];

    // Whoever runs the machine appoints them, with the server stopped.
    await served.stop();
    const { settings } = served.place;
    const said: string[] = [];
    const terminal = {
      say: (text: string, status: number) => (said.push(text), status),
      complain: (text: string, status: number) => (said.push(text), status),
    };
    const status = await appointCommand(
      [
        '--name',
        'M. Onitor',
        '--subject',
        subject,
        '--reason',
        'The first of this ledger.',
        '--operator',
        'An operator',
      ],
      {
        LEDGER_STORE: settings.store,
        LEDGER_DATA: settings.data,
        LEDGER_NAME: settings.name,
        ...(settings.store === 'esdb' ? { EVENTSTOREDB_URL: settings.eventStoreDbUrl } : {}),
      },
      terminal as never,
    );
    expect([status, said.join('')]).toEqual([0, expect.stringContaining('holds monitoring-officer')]);
    await served.start();
    await served.ready();

    // The monitoring officer signs in and records the first officer: a post, a person, their account, the appointment.
    expect(headerOf(await signIn(served, 'first-monitor', monitoring))).toMatch(/^Acting as Monitoring Officer/);
    await gives(monitoring, '/commands/add-post', {
      ref: 'opcc-officer',
      name: 'Governance Officer',
      capacity: 'opcc-officer',
    });
    const person = refIn(await gives(monitoring, '/commands/add-person', { name: 'O. Fficer' }));
    expect(person).toMatch(/^person-/);
    await gives(monitoring, `/commands/set-person-subject/${person}`, { subject: 'first-officer' });
    await gives(monitoring, '/commands/appoint-holder/opcc-officer', { person });
    await served.ready();

    // That officer signs in and does what the monitoring officer may not.
    const officer = new Browser();
    expect(headerOf(await signIn(served, 'first-officer', officer))).toMatch(/^Acting as Governance Officer/);
    const body = await gives(officer, '/commands/add-body', { ref: 'CGB', name: 'Corporate Governance Board' });
    expect(new URL(body.url).pathname).toBe('/bodies/CGB');
  }, 60_000);
});
