import { randomUUID } from 'node:crypto';
import { addDays, instantOf, londonDayOf, type Command } from '../../libs/ledger/index.ts';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import { Browser, type Page } from './browser.ts';
import { passProvider } from './office-provider.ts';
import { serveLedger, type ServedLedger, type ServeOptions } from './served-ledger.ts';

/** Somebody of the directory: their subject, and what they hold from which day on, up to which. */
export interface Holder {
  readonly subject: string;
  readonly holds: readonly { readonly post: string; readonly from?: string; readonly until?: string }[];
}

export async function serveOffice(people: readonly Holder[], options: ServeOptions = {}): Promise<ServedLedger> {
  const served = await serveLedger({ signIn: 'office', ...options });
  try {
    await recordIn(served, people, options);
    return served;
  } catch (cause) {
    await served.remove();
    throw cause;
  }
}

async function recordIn(served: ServedLedger, people: readonly Holder[], options: ServeOptions): Promise<void> {
  const today = londonDayOf(instantOf(options.clock?.now() ?? Date.now()));
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
        envelope: { commandId: randomUUID(), reason: 'Of the test.', ...(effectiveOn ? { effectiveOn } : {}) },
        caller: { post: 'operator', person: 'p-operator', capacity: 'monitoring-officer' },
        operator: true,
      });
      if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
      return outcome.ref;
    };
    for (const post of ['commissioner', 'opcc-officer', 'monitoring-officer', 'force-lead'])
      await submit({ type: 'AddPost', as: post, name: `Post of ${post}`, capacity: post }, addDays(today, -30));
    for (const { subject, holds } of people) {
      const person = await submit({ type: 'AddPerson', name: `Person of ${subject}` });
      await submit({ type: 'SetPersonSubject', ref: person, subject });
      for (const { post, from, until } of holds)
        await submit({ type: 'AppointHolder', ref: post, person, shared: true, ...(until ? { until } : {}) }, from);
    }
    await running.close();
  });
  await served.ready();
}

/** Goes to the sign-in, through the pages of the provider as somebody, and back. */
export async function signIn(
  served: ServedLedger,
  name: string,
  browser = new Browser(),
  at = '/actions',
): Promise<Page> {
  const asked = await browser.open(`${served.url}/sign-in/start?${new URLSearchParams({ return: at })}`);
  return passProvider(browser, asked, name);
}

/** What the header says of whoever looks. */
export function headerOf({ html }: Page): string {
  const [, said = ''] = /<div class="ledger-acting">([^]*?)<\/div>/.exec(html) ?? [];
  return said
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The page without its header and the moment at which it was asked for: what it says of the ledger. */
export function withoutHeader({ html }: Page): string {
  return html
    .replace(/<div class="ledger-acting">[^]*?<\/div>/, '')
    .replace(/recorded=[\d-]+T[\d:.]+Z/g, '')
    .replace(/ at (?:\d{1,2}(?::\d\d)?[ap]m|midday|midnight)\b/g, '');
}

/** What a page says, without its markup. */
export function wordsOf({ html }: Page): string {
  return html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
}
