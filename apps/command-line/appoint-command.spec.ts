import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseStored } from '../../libs/event-store/index.ts';
import { openRunningLedger, type LedgerSettings } from '../../libs/running-ledger/index.ts';
import { actingAs } from '../../test/ledger-in-a-folder.ts';
import { appointCommand } from './appoint-command.ts';
import { EXIT, endingPlainly } from './exit-codes.ts';

describe('an operator appoints a monitoring officer by the command line', () => {
  let data: string;
  let settings: LedgerSettings;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'ledger-appoint-'));
    settings = { store: 'sqlite', name: 'spec', data };
  });
  afterEach(() => rmSync(data, { recursive: true, force: true }));

  async function run(...args: string[]): Promise<{ status: number; said: string }> {
    let said = '';
    const say = (text: string, status: number) => {
      said += text;
      return status;
    };
    const env = { LEDGER_DATA: data, LEDGER_NAME: 'spec' };
    const terminal = { say, complain: say, show: () => undefined };
    return { status: await endingPlainly(() => appointCommand(args, env, terminal), terminal), said };
  }
  const first = ['--name', 'The first', '--subject', 'First@office.example', '--reason', 'A new ledger.'];

  async function events() {
    const ledger = await openRunningLedger(settings, 'spec');
    const page = await ledger.store.readAll(undefined, 500);
    await ledger.close();
    return page.events.map((event) => parseStored(event));
  }

  it('the first one, recorded with the operator’s name and reason, both sealed', async () => {
    const { status, said } = await run(...first, '--operator', 'Sam Operator');
    expect([status, said]).toEqual([EXIT.DONE, expect.stringMatching(/^person-[a-z0-9]{5} holds monitoring-officer /)]);
    const written = await events();
    const appointed = written.find(({ header }) => header.type === 'MonitoringOfficerAppointed')!;
    expect(appointed.parts.filter(({ key }) => key !== undefined).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['text/reason', 'person/operator']),
    );
    const actor = appointed.parts.find(({ name }) => name === 'actor')!.value as { enteredBy: { person: string } };
    expect(actor.enteredBy).toEqual({ post: 'operator', person: expect.stringMatching(/^p-/) });
    expect(JSON.stringify(written)).not.toMatch(/Sam Operator|first@office|A new ledger/i);
  });

  it('and that one alone may then appoint others, whom no operator appoints', async () => {
    await run(...first);
    const second = ['--name', 'Another', '--subject', 'another@office.example', '--reason', 'Quicker.'];
    const successor = await run(...second);
    expect(successor.status).toBe(EXIT.DONE);
    const deputy = await run(
      ...second.map((one) => one.replace('another', 'deputy')),
      '--post',
      'deputy-monitoring-officer',
    );
    expect([deputy.status, deputy.said]).toEqual([
      EXIT.PROBLEMS,
      'The holder of monitoring-officer can appoint to this post, so an operator does not. Ask them.\n',
    ]);
    expect((await events()).filter(({ header }) => header.type === 'PersonAdded')).toHaveLength(2);
  });

  it('a successor once the post is left, and not while the holder of another post could', async () => {
    await run(...first);
    const ledger = await openRunningLedger(settings, 'spec');
    const person = (await refsIn(ledger)).find((ref) => ref.startsWith('person-'))!;
    const granting = actingAs(() => ledger.dispatch, 'monitoring-officer', person);
    const officer = actingAs(() => ledger.dispatch, 'opcc-officer');
    const other = await officer.does({ type: 'AddPerson', name: 'The deputy' });
    await granting.does({ type: 'SetPersonSubject', ref: other, subject: 'deputy@office.example' });
    await granting.does({
      type: 'AddPost',
      as: 'deputy-monitoring-officer',
      name: 'Deputy',
      capacity: 'monitoring-officer',
    });
    await granting.does({ type: 'AppointHolder', ref: 'deputy-monitoring-officer', person: other });
    await ledger.close();
    const refused = await run('--name', 'A third', '--subject', 'third@office.example', '--reason', 'Left.');
    expect([refused.status, refused.said]).toEqual([
      EXIT.PROBLEMS,
      expect.stringContaining('deputy-monitoring-officer'),
    ]);
  });

  async function refsIn(ledger: Awaited<ReturnType<typeof openRunningLedger>>): Promise<readonly string[]> {
    const page = await ledger.store.readAll(undefined, 500);
    return page.events.flatMap((event) => {
      const facts = parseStored(event).parts.find(({ name }) => name === 'facts')?.value as { ref?: string };
      return typeof facts.ref === 'string' ? [facts.ref] : [];
    });
  }

  it.each<[string, string[]]>([
    ['nobody', ['--reason', 'r']],
    ['no reason', ['--name', 'n', '--subject', 's']],
    ['no subject', ['--name', 'n', '--reason', 'r']],
    ['both a name and a reference', ['--name', 'n', '--person', 'person-ab3k9', '--reason', 'r']],
    ['an option that there is not', [...first, '--grants']],
  ])('never with %s', async (_, args) => {
    expect((await run(...args)).status).toBe(EXIT.USAGE);
  });

  it('never while another process writes to the ledger', async () => {
    const ledger = await openRunningLedger(settings, 'server');
    expect((await run(...first)).status).toBe(EXIT.LEDGER_IN_USE);
    await ledger.close();
  });
});
