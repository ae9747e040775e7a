import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import type { Command } from '../../libs/ledger/index.ts';
import type { Client, Variables } from './client.ts';
import { mutation } from './contract.ts';
import { dayFromToday, TYPED_LATE } from './office.ts';
import { serveLedger, type ServedLedger } from './served-ledger.ts';

const HELD_ON = dayFromToday(-30);
const SINCE = { effectiveOn: HELD_ON, ...TYPED_LATE };

/** A served ledger whose tokens come from an identity provider, with one monitoring officer, whom an operator appointed. */
async function served(): Promise<ServedLedger> {
  const ledger = await serveLedger({ signIn: 'provider' });
  await ledger.restart(async () => {
    const running = await openRunningLedger(ledger.place.settings, 'operator');
    const submit = async (command: object): Promise<string> => {
      const outcome = await running.dispatch.submit({
        register: 'directory',
        command: command as Command,
        envelope: { commandId: randomUUID(), reason: 'The first of this ledger.' },
        caller: { post: 'operator', person: 'p-operator', capacity: 'monitoring-officer' },
        operator: true,
      });
      if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
      return outcome.ref;
    };
    await submit({ type: 'AddPost', as: 'monitoring-officer', name: 'Monitoring Officer' });
    const person = await submit({ type: 'AddPerson', name: 'The first' });
    await submit({ type: 'SetPersonSubject', ref: person, subject: 'The.First@office.example' });
    await submit({ type: 'AppointMonitoringOfficer', ref: 'monitoring-officer', person, operator: 'An operator' });
    await running.close();
  });
  await ledger.ready();
  return ledger;
}

describe('the subject of a token', () => {
  let ledger: ServedLedger;
  let monitoring: Client;
  let officer: Client;

  beforeAll(async () => {
    ledger = await served();
    monitoring = await ledger.as('monitoring-officer', 'the.first@office.example');
    officer = await ledger.as('opcc-officer', 'somebody@office.example');
    await officer.does('addBody', { ref: 'CGB', name: 'Board', ...SINCE });
  }, 60_000);
  afterAll(() => ledger?.remove());

  const person = async (): Promise<string> => (await officer.does('addPerson', { name: 'A. N. Other' })).person.ref;
  const known = async (subject: string): Promise<string> => {
    const ref = await person();
    await monitoring.does('setPersonSubject', { person: ref, subject });
    return ref;
  };
  const raise = (more: Variables = {}) => ({ body: 'CGB', title: 'Review vetting', ...more });

  /** Who is written to have typed the last event of the log. */
  async function typedBy(): Promise<string> {
    const running = ledger.place.settings;
    let typist = '';
    await ledger.restart(async () => {
      const opened = await openRunningLedger(running, 'spec');
      for (let after: string | undefined; ;) {
        const page = await opened.store.readAll(after, 500);
        for (const { bytes } of page.events) {
          const actor = JSON.parse(Buffer.from(bytes).toString('utf8')).parts.find(
            ({ name }: { name: string }) => name === 'actor',
          ).value;
          if (actor.enteredBy.post === 'opcc-officer') typist = actor.enteredBy.person;
        }
        if (page.atEnd) break;
        after = page.events.at(-1)?.position;
      }
      await opened.close();
    });
    return typist;
  }

  it('finds the person of the directory, in whatever form it is written, and else stands as a pseudonym', async () => {
    await officer.does('raiseAction', raise());
    expect(await typedBy()).toMatch(/^p-[0-9a-f]{26}$/);
    const ref = await known('Zo\u00eb.Holder@Office.example');
    for (const written of [
      'zoë.holder@office.example',
      'ZOE\u0308.HOLDER@OFFICE.EXAMPLE ',
      'Zo\u00eb.Holder@Office.example',
    ]) {
      await (await ledger.as('opcc-officer', written)).does('raiseAction', raise());
      expect(await typedBy()).toBe(ref);
    }
  }, 60_000);

  it('is nobody’s in the directory merely because it looks like a reference of somebody there', async () => {
    const ref = await person();
    await (await ledger.as('opcc-officer', ref)).does('raiseAction', raise());
    expect(await typedBy()).toMatch(/^p-/);
  }, 60_000);

  it('finds again, once the directory knows its caller, what was accepted before it did', async () => {
    const newcomer = await ledger.as('opcc-officer', 'newcomer@office.example');
    const opening = { input: { commandId: randomUUID(), ...raise({ title: 'Before I was known' }) } };
    const first = (await newcomer.runs(mutation('raiseAction'), opening)).raiseAction;
    const reassigned = { commandId: randomUUID(), ref: first.action.ref, owner: 'force-lead' };
    await newcomer.does('reassignAction', reassigned);
    await known('newcomer@office.example');
    const again = (await newcomer.runs(mutation('raiseAction'), opening)).raiseAction;
    expect(again.action.ref).toBe(first.action.ref);
    await newcomer.does('reassignAction', reassigned);
    const { ledger: read } = await officer.runs(
      'query ($ref: ID!) { ledger { action(ref: $ref) { history { totalCount } } actions(filter: { text: "Before I was known" }) { totalCount } } }',
      { ref: first.action.ref },
    );
    expect([read.action.history.totalCount, read.actions.totalCount]).toEqual([2, 1]);
  }, 60_000);

  it('belongs to one person: a second is refused, also when both are sent at once', async () => {
    const persons = await Promise.all(Array.from({ length: 8 }, person));
    const sent = persons.map((ref) => ({ commandId: randomUUID(), person: ref, subject: 'Twice@office.example' }));
    const answers = await Promise.all(sent.map((input) => monitoring.post(mutation('setPersonSubject'), { input })));
    const refusals = answers.map(({ text }) => JSON.parse(text).errors?.[0]?.extensions.refusal ?? 'accepted');
    expect(refusals.sort()).toEqual([...Array.from({ length: 7 }, () => 'SUBJECT_TAKEN'), 'accepted']);
  });

  it('is nobody’s while its person is void, theirs again afterwards, and never that of two', async () => {
    const subject = 'voided@office.example';
    const ref = await known(subject);
    const eventOf = async (type: string) => {
      await ledger.ready();
      const { ledger: read } = await officer.runs(
        'query ($ref: ID!) { ledger { record(ref: $ref) { history { edges { node { id type } } } } } }',
        { ref },
      );
      return read.record.history.edges.find(({ node }: { node: { type: string } }) => node.type === type).node.id;
    };
    for (const type of ['PersonAdded', 'SubjectSet']) {
      const voiding = { ref, event: await eventOf(type), reason: 'Entered twice.' };
      await monitoring.does('voidPersonEvent', voiding);
      await (await ledger.as('opcc-officer', subject)).does('raiseAction', raise());
      expect([type, await typedBy()]).toEqual([type, expect.stringMatching(/^p-/)]);
      const other = await known(subject);
      expect((await monitoring.fails('restorePersonEvent', voiding)).extensions.refusal).toBe('SUBJECT_OF_ANOTHER');
      await monitoring.does('setPersonSubject', { person: other });
      await monitoring.does('restorePersonEvent', voiding);
      await (await ledger.as('opcc-officer', subject)).does('raiseAction', raise());
      expect([type, await typedBy()]).toEqual([type, ref]);
    }
  }, 60_000);

  it('is set by the monitoring officer alone, never typed by an officer and never one’s own', async () => {
    const input = { person: await person(), subject: 'by-an-officer@office.example' };
    expect((await officer.fails('setPersonSubject', input)).extensions.code).toBe('FORBIDDEN');
    const typed = { ...input, by: 'monitoring-officer', authority: { decision: 'D-1' } };
    expect((await officer.fails('setPersonSubject', typed)).extensions.code).toBe('FORBIDDEN');
    const stranger = await ledger.as('monitoring-officer', 'stranger@office.example');
    expect((await stranger.fails('setPersonSubject', input)).extensions.refusal).toBe('GRANTER_UNKNOWN');
  });

  it('stands nowhere in clear: not in the log, the keys, the read models or an answer', async () => {
    await ledger.ready();
    const { data } = ledger.place.settings;
    const files = readdirSync(data).map((name) => readFileSync(join(data, name)));
    const found = (words: string) =>
      files.filter((bytes) => bytes.includes(words) || bytes.includes(words.toLowerCase()));
    // Control: the name, which may be read, is found in the read models.
    expect(found('A. N. Other').length).toBeGreaterThan(0);
    for (const subject of ['holder@office', 'the.first@office', 'twice@office']) expect(found(subject)).toEqual([]);
  });

  it('of somebody unknown neither signs off nor types it, where the owning post has a recorded holder, and says why', async () => {
    const [holder, chair] = [await known('holder@office.example'), await known('chair@office.example')];
    await officer.does('addPost', { ref: 'estates-lead', name: 'Estates', capacity: 'force-lead', ...SINCE });
    await officer.does('appointHolder', { post: 'estates-lead', person: holder });
    const commissioner = await ledger.as('commissioner', 'chair@office.example');
    const { ref } = (await officer.does('raiseAction', raise({ owner: 'estates-lead' }))).action;
    await commissioner.does('agreeAction', { ref });
    await (
      await ledger.as('estates-lead', 'holder@office.example')
    ).does('reportActionComplete', { ref, text: 'Done.' });
    const signed = { ref, authority: { decision: 'D-2' } };
    const unknown = await (await ledger.as('commissioner', 'nobody@office.example')).fails('signOffAction', signed);
    expect(unknown.extensions.refusal).toBe('SIGNER_UNKNOWN');
    expect(unknown.message).toMatch(/The directory does not know who would sign off/);
    const own = await (await ledger.as('commissioner', 'HOLDER@office.example')).fails('signOffAction', signed);
    expect(own.extensions.refusal).toBe('OWNER_MAY_NOT_SIGN_OFF');
    expect((await commissioner.does('signOffAction', signed)).action.status).toBe('SIGNED_OFF');
    expect(chair).toMatch(/^person-/);
  }, 60_000);
});
