import { randomUUID } from 'node:crypto';
import { Browser, type Page } from '../../../../test/e2e/browser.ts';
import { passProvider } from '../../../../test/e2e/office-provider.ts';
import { serveLedger, type ServedLedger, type ServeOptions } from '../../../../test/e2e/served-ledger.ts';
import type { Command } from '../../../../libs/ledger/index.ts';
import { openRunningLedger } from '../../../../libs/running-ledger/index.ts';

/** Somebody of the directory: their subject, and what they hold from which day on, up to which. */
export interface Holder {
  readonly subject: string;
  readonly holds: readonly { readonly post: string; readonly from?: string; readonly until?: string }[];
}

async function serveOffice(people: readonly Holder[], options: ServeOptions = {}): Promise<ServedLedger> {
  const served = await serveLedger({ signIn: 'office', ...options });
  await served.restart(async () => {
    const running = await openRunningLedger(
      served.place.settings,
      'spec',
      options.clock ? { clock: options.clock } : {},
    );
    const submit = async (command: object, effectiveOn?: string): Promise<string> => {
      const outcome = await running.dispatch.submit({
        register: 'directory',
        command: command as Command,
        envelope: { commandId: randomUUID(), reason: 'Of the test.', ...(effectiveOn ? { effectiveOn } : {}) } as never,
        caller: { post: 'operator', person: 'p-operator', capacity: 'monitoring-officer' },
        operator: true,
      });
      if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
      return outcome.ref;
    };
    for (const post of ['commissioner', 'opcc-officer', 'monitoring-officer', 'force-lead'])
      await submit({ type: 'AddPost', as: post, name: `Post of ${post}`, capacity: post });
    for (const { subject, holds } of people) {
      const person = await submit({ type: 'AddPerson', name: `Person of ${subject}` });
      await submit({ type: 'SetPersonSubject', ref: person, subject });
      for (const { post, from, until } of holds)
        await submit({ type: 'AppointHolder', ref: post, person, shared: true, ...(until ? { until } : {}) }, from);
    }
    await running.close();
  });
  await served.ready();
  return served;
}

describe('signing in from a browser', () => {
  let served: ServedLedger;
  beforeAll(async () => {
    served = await serveOffice([
      { subject: 'olive', holds: [{ post: 'opcc-officer' }] },
      { subject: 'both', holds: [{ post: 'opcc-officer' }, { post: 'force-lead' }] },
      { subject: 'none', holds: [] },
    ]);
  }, 60_000);
  afterAll(() => served?.remove());

  async function signIn(name: string, browser = new Browser(), at = '/actions'): Promise<Page> {
    const asked = await browser.open(`${served.url}/sign-in/start?${new URLSearchParams({ return: at })}`);
    return passProvider(browser, asked, name);
  }

  it('leads by the page of the provider to the page that was asked for, acting in the post that the directory says', async () => {
    const page = await signIn('olive');
    expect(page.url).toBe(`${served.url}/actions`);
    expect(page.html).toContain('Acting as <strong>Post of opcc-officer');
  });
});
