import { vi } from 'vitest';
import type { Outcome } from '../../../../libs/dispatch/index.ts';
import { Browser, type Page } from '../../../../test/e2e/browser.ts';
import type { Client } from '../../../../test/e2e/client.ts';
import { headersOf, serveLedger, type ServedLedger } from '../../../../test/e2e/served-ledger.ts';
import { standingClock } from '../../../../test/ledger-in-a-folder.ts';

/* What forms do beside reading and writing fields, seen by a browser without scripts. */

const HOSTILE = '<script>document.title=1</script>"><img src=x onerror="1"> {{ 7*7 }}';

const clock = standingClock('2023-11-20T12:00:00.000Z');
let served: ServedLedger;
let officer: Client;
let office: Browser;
let lead: Browser;
const nobody = new Browser();

beforeAll(async () => {
  served = await serveLedger({ store: 'sqlite', clock });
  officer = await served.as('opcc-officer');
  [office, lead] = await Promise.all([browserOf('opcc-officer'), browserOf('force-lead')]);
  await officer.does('addBody', { ref: 'CGB', name: 'Corporate Governance Board' });
});
afterAll(() => served?.remove());

async function browserOf(post: string): Promise<Browser> {
  return new Browser(await headersOf(served.url, post));
}

async function raised(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { action } = await officer.does('raiseAction', { body: 'CGB', title: 'A title', owner: 'force-lead', ...more });
  await served.ready();
  return (action as { readonly ref: string }).ref;
}

async function agreed(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const ref = await raised(more);
  await (await served.as('commissioner')).does('agreeAction', { ref });
  await served.ready();
  return ref;
}

async function typesOf(ref: string): Promise<readonly string[]> {
  await served.ready();
  const { ledger } = await officer.asks('AnyRecord', { ref });
  return ledger.record.history.edges.map(({ node }: { node: { type: string } }) => node.type);
}

const open = (browser: Browser, path: string) => browser.open(`${served.url}${path}`);

/** The sentences of the error summary, each with the box to which it leads. */
function errorsIn({ html }: Page): readonly (readonly [string, string])[] {
  const summary = /<ul class="govuk-list govuk-error-summary__list">([^]*?)<\/ul>/.exec(html)?.[1] ?? '';
  return [...summary.matchAll(/<a href="#([^"]*)">([^<]*)<\/a>/g)].map(([, id = '', text = '']) => [id, text]);
}

function valueOf({ forms }: Page, box: string): string | undefined {
  return forms.map(({ fields }) => fields.get(box)?.[0]).find((value) => value !== undefined);
}

describe('several records', () => {
  const RAISE = '/commands/raise-action';
  const ticks = ({ html }: Page) =>
    [
      ...html.matchAll(/<input[^>]*name="owners\.ticked\.([^"]*)"[^>]*?( checked)?>\s*<label[^>]*>\s*([^<]*?)\s*</g),
    ].map(([, ref, checked, called]) => [ref, checked !== undefined, called]);

  it('are looked up by words, ticked, called by their names when the form is shown again, and recorded in their order', async () => {
    const names = Array.from({ length: 13 }, (_, index) => `area-lead-${index + 1}`);
    for (const ref of names) await officer.does('addPost', { ref, name: `Lead of ${ref.replaceAll('-', ' ')}` });
    await officer.does('addPost', { ref: 'hidden-lead', name: 'Lead of hidden area', marking: 'OFFICIAL-SENSITIVE' });
    await served.ready();
    const empty = await open(lead, RAISE);
    expect(ticks(empty)).toEqual([]);
    const typed = { title: 'For several', body: 'CGB', owner: 'force-lead', owners: 'area-lead-9, lead area' };
    const found = await lead.submit(empty, RAISE, { ...typed, 'look-up': 'owners' });
    expect(
      ticks(found)
        .map(([ref]) => ref)
        .sort(),
    ).toEqual([...names].sort());
    const ticked = { 'owners.ticked.area-lead-3': 'yes', 'owners.ticked.area-lead-2': 'yes' };
    const again = await lead.submit(found, RAISE, { ...ticked, owners: '', title: '' });
    expect([again.status, errorsIn(again).map(([, text]) => text)]).toEqual([400, ['Enter the title']]);
    expect(ticks(again)).toHaveLength(2);
    expect(ticks(again)).toContainEqual(['area-lead-2', true, 'Lead of area lead 2 (area-lead-2)']);
    const wrong = await lead.submit(again, RAISE, { title: typed.title, owners: 'hidden-lead' });
    const absent = await lead.submit(again, RAISE, { title: typed.title, owners: 'no-such-lead' });
    expect(errorsIn(wrong).map(([id, text]) => [id, text.replaceAll('hidden-lead', 'no-such-lead')])).toEqual(
      errorsIn(absent),
    );
    expect(errorsIn(absent)).toEqual([['field-owners', expect.stringContaining('no post no-such-lead')]]);
    const sent = await lead.submitOnce(wrong, RAISE, { owners: 'area-lead-9' });
    const [, ref = ''] = /^\/actions\/([^?]*)/.exec(sent.headers.get('location') ?? '') ?? [];
    await served.ready();
    const { ledger } = await officer.runs(`{ ledger { action(ref: "${ref}") { owners { ref } } } }`);
    const owners = ledger.action.owners.map((one: { ref: string }) => one.ref);
    expect(owners[0]).toBe('force-lead');
    expect(owners.slice(1).sort()).toEqual(['area-lead-2', 'area-lead-3', 'area-lead-9']);
  });

  it('are corrected by unticking one, and are not taken away by a form that names none', async () => {
    const { action } = await officer.does('raiseAction', {
      body: 'CGB',
      title: 'x',
      owner: 'monitoring-officer',
      owners: ['area-lead-1', 'area-lead-2'],
    });
    const { ref } = action as { readonly ref: string };
    await served.ready();
    const { ledger } = await officer.asks('AnyRecord', { ref });
    const [event] = ledger.record.history.edges.map(({ node }: { node: { id: string } }) => node.id);
    const at = `/commands/correct-action/${ref}`;
    const form = await open(office, `${at}?event=${event}&path=owners`);
    expect(valueOf(form, 'is.ticked.area-lead-2')).toBe('yes');
    const none = { 'is.ticked.area-lead-1': '', 'is.ticked.area-lead-2': '', reason: 'A slip' };
    expect((await office.submit(form, at, none)).status).toBe(400);
    const unknown = await office.submit(form, at, { is: 'no-such-lead', reason: 'A slip' });
    expect([unknown.status, errorsIn(unknown)]).toEqual([422, [['field-is', expect.stringContaining('no-such-lead')]]]);
    const sent = await office.submitOnce(form, at, { 'is.ticked.area-lead-2': '', reason: 'A slip' });
    expect(sent.status).toBe(303);
    await served.ready();
    const { ledger: now } = await officer.runs(`{ ledger { action(ref: "${ref}") { owners { ref } } } }`);
    expect(now.action.owners.map((one: { ref: string }) => one.ref)).toEqual(['monitoring-officer', 'area-lead-1']);
  });
});

describe('a form', () => {
  it('that is sent twice is one event, and both lead to it', async () => {
    const page = await open(office, '/commands/raise-action');
    const typed = { title: 'Sent twice', body: 'CGB' };
    const [first, second] = await Promise.all([
      office.submitOnce(page, '/commands/raise-action', typed),
      office.submitOnce(page, '/commands/raise-action', typed),
    ]);
    const third = await office.submitOnce(page, '/commands/raise-action', typed);
    const [location] = [first.headers.get('location')];
    expect(location).toMatch(/^\/actions\/CGB-2023-11-A\d+\?done=/);
    expect([second, third].map(({ status, headers }) => [status, headers.get('location')])).toEqual([
      [303, location],
      [303, location],
    ]);
    expect(JSON.parse((await open(office, '/commands/choices/action?q=twice')).html)).toHaveLength(1);
  });

  it('that was recorded and is sent with other words says so, keeps them, and records them when it is sent once more', async () => {
    const page = await open(office, '/commands/raise-action');
    await office.submitOnce(page, '/commands/raise-action', { title: 'First words', body: 'CGB' });
    const again = await office.submit(page, '/commands/raise-action', { title: 'Other words', body: 'CGB' });
    expect(again.status).toBe(422);
    expect(errorsIn(again)).toHaveLength(1);
    expect(valueOf(again, 'title')).toBe('Other words');
    expect((await office.submitOnce(again, '/commands/raise-action')).status).toBe(303);
  });

  it('leads to the record with what was recorded in view, and says that it was', async () => {
    const ref = await agreed();
    const page = await open(lead, `/commands/give-action-update/${ref}`);
    const record = await lead.submit(page, `/commands/give-action-update/${ref}`, { text: 'Half is done.' });
    const [, id = ''] = /\?done=([^#]+)/.exec(record.url) ?? [];
    expect(record.html).toContain('Recorded: Update given.');
    expect(record.html).toContain(`id="event-${id}"`);
    expect((await open(lead, `/actions/${ref}?done=${ref}`)).html).not.toContain('Recorded: ');
  });

  it('leads to a page that says what may be a slip in what was recorded, with the way to the record to look at', async () => {
    const { meeting } = await officer.does('scheduleMeeting', { body: 'CGB', on: '2023-11-20' });
    const first = await raised({ title: 'Report on  vetting', body: undefined, meeting: meeting.ref });
    const page = await open(office, '/commands/raise-action');
    const record = await office.submit(page, '/commands/raise-action', {
      title: 'Report on vetting',
      meeting: meeting.ref,
    });
    expect(record.html).toContain('Recorded: Raised.');
    expect(record.html).toContain('This may be a slip:');
    expect(record.html).toMatch(new RegExp(`notification-banner__link" href="/actions/${first}"`));
    const [, id = ''] = /\?done=([^#]+)/.exec(record.url) ?? [];
    expect((await nobody.open(record.url)).html).not.toContain('This may be a slip');
    expect((await open(office, `${new URL(record.url).pathname}?done=${id}&on=2023-11-20`)).html).toContain('Recorded');
    expect((await open(office, `${new URL(record.url).pathname}?done=${id}&on=2023-11-20`)).html).not.toContain(
      'This may be a slip',
    );
  });

  it('leads, where it cites a document, to what that document says cites it', async () => {
    const { document } = await officer.does('recordDocument', { body: 'CGB', title: 'Minutes', kind: 'MINUTES' });
    const ref = await raised({ title: 'Cited', source: { record: document.ref, paragraph: '7(a)' } });
    const { html } = await open(office, `/documents/${document.ref}`);
    expect(html).toContain('What cites it');
    expect(html).toContain('Source, 7(a)');
    expect(html).toMatch(new RegExp(`href="/actions/${ref}#event-`));
  });

  it('keeps all that was typed, as it was typed, when it is refused, and leads to the field', async () => {
    const ref = await agreed();
    const page = await open(office, `/commands/extend-action-due-date/${ref}`);
    const typed = {
      reason: HOSTILE,
      'due.on-day': '31',
      'due.on-month': '2',
      'due.on-year': '2024',
      'source.quote': 'Two\nlines',
    };
    const again = await office.submit(page, `/commands/extend-action-due-date/${ref}`, typed);
    expect(again.status).toBe(400);
    expect(errorsIn(again)).toEqual([['field-due.on-day', 'The day must be a real date, like 30 6 2023']]);
    for (const [box, value] of Object.entries(typed)) expect([box, valueOf(again, box)]).toEqual([box, value]);
    expect(again.html).not.toContain('<script>document');
    expect(again.html).not.toContain('onerror="1"');
    expect(valueOf(again, 'commandId')).toBe(valueOf(page, 'commandId'));
  });

  it('asks why something is entered late together with whatever else is missing, before anything is refused', async () => {
    const page = await open(office, '/commands/raise-action');
    const late = { 'effectiveOn-day': '1', 'effectiveOn-month': '10', 'effectiveOn-year': '2023', body: 'CGB' };
    expect(errorsIn(await office.submit(page, '/commands/raise-action', late))).toEqual([
      ['field-title', 'Enter the title'],
      ['field-reason', expect.stringContaining('took effect 50 days ago')],
    ]);
    const said = { ...late, title: 'Late', reason: 'Found in the minutes.' };
    expect((await office.submitOnce(page, '/commands/raise-action', said)).status).toBe(303);
    const close = { ...late, 'effectiveOn-day': '13', 'effectiveOn-month': '11', title: 'Within a week' };
    const another = await open(office, '/commands/raise-action');
    expect((await office.submitOnce(another, '/commands/raise-action', close)).status).toBe(303);
  });

  it.each<[string, Outcome, number]>([
    ['the store is away', { outcome: 'unavailable', sentence: 'It is away.' }, 503],
    ['others keep writing', { outcome: 'conflict', sentence: 'Others keep writing.' }, 409],
    ['a record that it names is gone', { outcome: 'not-found', field: 'ref' }, 404],
    ['it is not for the post', { outcome: 'forbidden', sentence: 'It is for others.' }, 403],
    ['the register refuses', { outcome: 'refused', refusal: { code: 'NO', sentence: 'No.', field: 'reason' } }, 422],
  ])('says so and keeps what was typed when %s, under the same id', async (_, outcome, status) => {
    const page = await open(office, '/commands/raise-action');
    const submitted = vi.spyOn(served.ledger, 'submit').mockResolvedValue(outcome);
    const again = await office.submit(page, '/commands/raise-action', { title: 'Kept', body: 'CGB' });
    submitted.mockRestore();
    expect([again.status, valueOf(again, 'title'), errorsIn(again).length]).toEqual([status, 'Kept', 1]);
    expect(valueOf(again, 'commandId')).toBe(valueOf(page, 'commandId'));
    expect((await office.submitOnce(again, '/commands/raise-action')).status).toBe(303);
  });

  it('shows what somebody else recorded since it was opened, keeps what was typed, and is taken when it is sent all the same', async () => {
    const ref = await agreed();
    const path = `/commands/give-action-update/${ref}`;
    const page = await open(lead, path);
    await officer.does('extendActionDueDate', { ref, due: { on: '2023-12-24' }, reason: 'Later.' });
    await served.ready();
    const again = await lead.submit(page, path, { text: 'Half is done.' });
    expect([again.status, valueOf(again, 'text'), errorsIn(again).length]).toEqual([409, 'Half is done.', 1]);
    expect(again.html).toMatch(/Due date extended by .*officer, 20 November 2023: recorded/);
    expect(again.html).toContain('Send it all the same');
    expect(await typesOf(ref)).not.toContain('UpdateGiven');
    expect((await lead.submitOnce(again, path)).status).toBe(303);
    expect(await typesOf(ref)).toContain('UpdateGiven');
  });

  it('says of each box what it means itself, and not what the group around it does', async () => {
    const { html } = await open(office, '/commands/raise-action');
    const hints = [...html.matchAll(/class="govuk-hint">\s*([^<]*?)\s*</g)].map(([, hint = '']) => hint);
    expect(hints.filter((hint) => hint.startsWith('When no day is known'))).toHaveLength(1);
  });

  it('is filled in by its address', async () => {
    const page = await open(office, '/commands/raise-action?title=From+the+minutes&effectiveOn=2023-11-18&body=CGB');
    expect(['title', 'effectiveOn-day', 'effectiveOn-month', 'body'].map((box) => valueOf(page, box))).toEqual([
      ...['From the minutes', '18', '11', 'CGB'],
    ]);
  });
});

describe('a form whose address names the entry that opens something', () => {
  it('begins with what a policy would open, names the entry in words, and is recorded as opened because of it', async () => {
    const proposal = { body: 'CGB', maker: 'COMMISSIONER', title: 'Five cars', reason: 'As agreed.' };
    const { ref } = (await officer.does('proposeDecision', proposal)).decision as { readonly ref: string };
    await officer.does('draftDecision', { ref, recommendation: 'Buy five.' });
    await officer.does('adviseOnDecision', { ref, adviceOn: 'FINANCE', applies: false });
    const actions = [{ title: 'Order “five” cars & tyres', owner: 'force-lead', due: '2023-12-01' }];
    const made = { ref, decided: 'Five cars are bought.', reason: 'The old ones fail.', actions };
    await (await served.as('commissioner')).does('makeDecision', made);
    await served.ready();
    const query =
      'query ($ref: ID!) { ledger { record(ref: $ref) { history(first: 99) { edges { node { id type } } } } } }';
    const { ledger } = await officer.runs(query, { ref });
    const entry = ledger.record.history.edges
      .map(({ node }: { node: { id: string; type: string } }) => node)
      .find(({ type }: { type: string }) => type === 'DecisionActionNamed').id as string;

    const path = '/commands/raise-action';
    const form = await open(office, `${path}?causedBy=${entry}`);
    expect(form.status).toBe(200);
    const boxes = ['title', 'owner', 'due.on-day', 'due.on-month', 'decision', 'authority.decision', 'reason'];
    expect(boxes.map((box) => valueOf(form, box))).toEqual([
      ...['Order “five” cars & tyres', 'force-lead', '1', '12', ref, ref, 'The old ones fail.'],
    ]);
    expect(valueOf(form, 'causedBy')).toBe(entry);
    expect(form.html).toContain(`${ref}: Action named, 20 November 2023`);
    const wrong = await office.submit(form, path, { title: '' });
    expect(errorsIn(wrong)).toEqual([['field-title', 'Enter the title']]);
    expect(valueOf(wrong, 'causedBy')).toBe(entry);
    const done = await office.submit(wrong, path, { title: 'Order five cars' });
    const [, action = ''] = /\/actions\/([^?#]+)/.exec(done.url) ?? [];
    const came = await officer.runs(
      'query ($ref: ID!) { ledger { action(ref: $ref) { title owner { ref } cause { event } decision } } }',
      { ref: action },
    );
    expect(came.ledger.action).toEqual({
      ...{ title: 'Order five cars', owner: { ref: 'force-lead' }, cause: { event: entry }, decision: ref },
    });
  });

  it('asks for the entry in a box where it names none, and refuses one that opens nothing', async () => {
    const form = await open(office, '/commands/raise-action');
    expect(form.html).toMatch(/<input[^>]*name="causedBy"[^>]*type="text"|<input[^>]*type="text"[^>]*name="causedBy"/);
    const entry = '7f0c1f0e-54a4-4b5e-8f0e-5d0f1f5b7d11';
    const refused = await office.submit(form, '/commands/raise-action', {
      ...{ title: 'A title', body: 'CGB', causedBy: entry },
    });
    expect(errorsIn(refused)).toEqual([['field-causedBy', expect.any(String)]]);
  });
});

describe('what closes, shows, hides or takes back', () => {
  it('is shown once more in words before it is sent, and can be changed without losing a word', async () => {
    const ref = await agreed();
    const path = `/commands/withdraw-action/${ref}`;
    const chair = await browserOf('commissioner');
    const form = await open(chair, path);
    const check = await chair.submit(form, path, { reason: 'Not wanted\nany longer.', 'authority.decision': 'D-1' });
    expect(check.heading).toBe('Check your answers');
    for (const words of ['Not wanted\nany longer.', 'D-1']) expect(check.html).toContain(words);
    expect(await typesOf(ref)).toEqual(['ActionRaised', 'ActionAgreed']);
    const changed = await chair.submit(check, path, { change: 'reason' });
    expect([valueOf(changed, 'reason'), valueOf(changed, 'authority.decision')]).toEqual([
      ...['Not wanted\nany longer.', 'D-1'],
    ]);
    const checked = await chair.submit(changed, path);
    await chair.submit(checked, path, { confirmed: 'yes' });
    expect(await typesOf(ref)).toEqual(['ActionRaised', 'ActionAgreed', 'ActionWithdrawn']);
  });
});

describe('a record that is named', () => {
  it('is looked up by words without a script, and chosen among what was found', async () => {
    const [ref, other] = [await agreed(), await agreed({ title: 'Vetting of volunteers' })];
    const path = `/commands/merge-action/${ref}`;
    const found = await office.submit(await open(office, path), path, { into: 'volunteers', 'look-up': 'into' });
    expect([found.status, errorsIn(found)]).toEqual([200, []]);
    expect(found.html).toContain(`Vetting of volunteers (${other})`);
    const check = await office.submit(found, path, { 'into.found': other, reason: 'The same.' });
    expect(check.html).toContain(`Vetting of volunteers (${other})`);
  });

  it('is asked for again with what was found where words are sent in its place', async () => {
    const [ref, other] = [await agreed(), await agreed({ title: 'Custody visits' })];
    const path = `/commands/merge-action/${ref}`;
    const again = await office.submit(await open(office, path), path, { into: 'custody', reason: 'The same.' });
    expect(errorsIn(again)).toEqual([
      ['field-into', 'Choose the action among those that are found, or type its reference'],
    ]);
    expect(again.html).toContain(`Custody visits (${other})`);
  });

  it('is taken by its name with its reference, as a script leaves it in the box', async () => {
    const [ref, other] = [await agreed(), await agreed()];
    const path = `/commands/merge-action/${ref}`;
    const form = await open(office, path);
    const check = await office.submit(form, path, { into: `A title (${other})`, reason: 'The same.' });
    expect(check.heading).toBe('Check your answers');
  });

  it('is offered to nobody who may not see it, neither in a form nor to a script', async () => {
    const { meeting } = await officer.does('scheduleMeeting', { body: 'CGB', on: '2023-12-20', session: 'CLOSED' });
    const hidden = (meeting as { readonly ref: string }).ref;
    const secret = await raised({ title: 'Zebra crossing', marking: 'OFFICIAL-SENSITIVE', owner: 'opcc-officer' });
    const form = await open(lead, '/commands/raise-action');
    expect(form.html).not.toContain(hidden);
    const asked = async (browser: Browser, at: string) =>
      JSON.parse((await open(browser, `/commands/choices/${at}`)).html);
    expect(await asked(lead, `meeting?q=${hidden}`)).toEqual([]);
    expect(await asked(lead, 'action?q=zebra')).toEqual([]);
    expect(await asked(nobody, 'action?q=zebra')).toEqual([]);
    expect(await asked(office, 'action?q=zebra')).toEqual([`Zebra crossing (${secret})`]);
  });
});

describe('a form that is not to be had', () => {
  /** A page without what names the record. */
  const without = ({ status, html }: Page, ref: string) => [
    status,
    html.replaceAll(ref, 'X').replace(/value="[\w-]{30,}"/g, ''),
  ];

  it('looks the same for a record that is hidden and for one that is absent', async () => {
    const hidden = await raised({ marking: 'OFFICIAL-SENSITIVE', owner: 'opcc-officer' });
    for (const command of ['give-action-update', 'correct-action', 'record-otherwise-stated'])
      for (const browser of [lead, nobody]) {
        const [ofHidden, ofNothing] = [
          await open(browser, `/commands/${command}/${hidden}`),
          await open(browser, `/commands/${command}/CGB-2001-01-A9`),
        ];
        expect(ofHidden.status).toBe(404);
        expect(without(ofHidden, hidden)).toEqual(without(ofNothing, 'CGB-2001-01-A9'));
      }
  });

  it('says whose a command is, and what stands in the way of it', async () => {
    const ref = await agreed();
    const [notTheirs, notNow] = [
      await open(lead, `/commands/withdraw-action/${ref}`),
      await open(office, `/commands/reopen-action/${ref}`),
    ];
    expect([notTheirs.status, notTheirs.forms.filter(({ method }) => method === 'post')]).toEqual([403, []]);
    expect(notTheirs.html).toContain('This is done by the commissioner.');
    expect(notNow.html).toContain('You cannot do this now');
    expect((await open(office, `/commands/reopen-action/${ref}?earlier=yes`)).html).toContain('name="reason"');
  });

  it('is closed while the address names another date, and leads back to today', async () => {
    const ref = await agreed();
    for (const dates of ['on=2023-11-19', 'recorded=2023-11-19', 'clock=proven']) {
      const page = await open(office, `/commands/defer-action/${ref}?${dates}`);
      expect(page.forms.filter(({ method }) => method === 'post')).toEqual([]);
      expect(page.html).toContain(`href="/commands/defer-action/${ref}"`);
    }
    expect((await open(office, `/actions/${ref}?on=2023-11-20`)).html).not.toContain('What you can do');
  });

  it('is a page that there is not for an unknown command, or one about a record of another kind', async () => {
    const ref = await agreed();
    for (const path of ['destroy-ledger', `hold-meeting/${ref}`, 'hold-meeting', `raise-action/${ref}`, 'constructor'])
      expect([path, (await open(office, `/commands/${path}`)).status]).toEqual([path, 404]);
  });

  it('asks the public to sign in', async () => {
    const page = await open(nobody, '/commands/raise-action');
    expect([page.status, page.heading]).toEqual([403, 'Sign in to do this']);
  });
});

describe('what one can do', () => {
  it('stands on the page of a record, each with a form that opens, and what one cannot with why', async () => {
    const ref = await agreed();
    const { html } = await open(office, `/actions/${ref}`);
    const links = [...html.matchAll(/href="(\/commands\/[^"?]+)"/g)].map(([, href = '']) => href);
    expect(links).toEqual(expect.arrayContaining([`/commands/defer-action/${ref}`, `/commands/correct-action/${ref}`]));
    expect(links).not.toContain(`/commands/agree-action/${ref}`);
    expect(html).toContain('<strong>Agree action</strong>: ');
    for (const link of new Set(links)) expect([link, (await open(office, link)).status]).toEqual([link, 200]);
  });

  it('stands on the list of a kind for whoever may open a record of it', async () => {
    expect((await open(office, '/actions')).html).toContain('href="/commands/raise-action"');
    expect((await open(office, '/bodies')).html).toContain('href="/commands/add-body"');
    expect((await open(lead, '/bodies')).html).not.toContain('/commands/');
    expect((await open(nobody, '/actions')).html).not.toContain('/commands/');
  });

  it('leads from each event to the forms that are about it', async () => {
    const ref = await agreed();
    const monitor = await browserOf('monitoring-officer');
    const [ways, others] = [await open(monitor, `/actions/${ref}`), await open(lead, `/actions/${ref}`)];
    const [, id = ''] = /id="event-([^"]+)"/.exec(ways.html) ?? [];
    expect(ways.html).toContain(`href="/commands/void-action-event/${ref}?event=${id}"`);
    expect(others.html).not.toContain('/commands/void-action-event');
    const form = await open(monitor, `/commands/void-action-event/${ref}?event=${id}`);
    expect(valueOf(form, 'event')).toBe(id);
  });
});

describe('a correction', () => {
  it('asks which entry, then which field, and begins with what stands there', async () => {
    const ref = await raised({ title: 'Vettign backlog' });
    const path = `/commands/correct-action/${ref}`;
    const entries = await open(office, path);
    expect(errorsIn(await office.submit(entries, path))).toEqual([['field-event', 'Select the entry']]);
    const [, event = ''] = /name="event"[^>]*value="([^"]+)"/.exec(entries.html) ?? [];
    const fields = await office.submit(entries, path, { event });
    expect(fields.html).toContain('<option value="title">Title</option>');
    const form = await office.submit(fields, path, { path: 'title' });
    expect(valueOf(form, 'is')).toBe('Vettign backlog');
    await office.submit(form, path, { is: 'Vetting backlog', reason: 'A slip.' });
    expect((await open(office, `/actions/${ref}`)).heading).toBe('Vetting backlog');
  });

  it('takes a value away only where it is said that there is none', async () => {
    const ref = await raised({ item: '7(c)' });
    const [, event = ''] = /id="event-([^"]+)"/.exec((await open(office, `/actions/${ref}`)).html) ?? [];
    const path = `/commands/correct-action/${ref}`;
    const form = await open(office, `${path}?event=${event}&path=item`);
    const empty = await office.submit(form, path, { is: '', reason: 'There was none.' });
    expect(errorsIn(empty)).toEqual([['field-is', 'Enter what it should say, or say that there is none']]);
    const without = { is: '', 'is.none': 'yes', reason: 'There was none.' };
    expect((await office.submitOnce(empty, path, without)).status).toBe(303);
    const title = await open(office, `${path}?event=${event}&path=title`);
    expect(title.html).not.toContain('name="is.none"');
  });
});
