import { randomUUID } from 'node:crypto';
import { ledgerInAFolder, actingAs, type LedgerInAFolder, type Said } from '../../test/ledger-in-a-folder.ts';
import type { Command, CommandEnvelope, Notice } from '../ledger/index.ts';
import type { Accepted, Caller, Outcome } from './index.ts';

const MEETING = 'CGB-2023-06-21';
const OFFICER: Caller = { post: 'opcc-officer', person: 'p-opcc-officer', capacity: 'opcc-officer' };
const LEAD: Caller = { post: 'force-lead', person: 'p-force-lead', capacity: 'force-lead' };
const IN_JUNE = { effectiveOn: '2023-06-21', reason: 'Entered from the minutes.' };

let house: LedgerInAFolder;
let officer: ReturnType<LedgerInAFolder['as']>;

beforeEach(async () => {
  house = await ledgerInAFolder();
  officer = house.as('opcc-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board', effectiveOn: '2021-11-30', reason: 'Long there.' });
  await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-21', ...IN_JUNE });
});
afterEach(() => house.remove());

function accepted(outcome: Outcome): Accepted {
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome;
}
const noticed = async (outcome: Outcome, caller = OFFICER): Promise<readonly Notice[] | null> =>
  house.ledger.dispatch.noticesFor(caller)(accepted(outcome));
const codes = async (outcome: Outcome, caller?: Caller) =>
  (await noticed(outcome, caller))?.map(({ code, record }) => `${code} ${record}`);

const raise = (title: string, more: object = {}): Promise<Outcome> =>
  officer.submit({ type: 'RaiseAction', meeting: MEETING, title, ...IN_JUNE, ...more });

/** As a row of an import. */
function imported(command: Command & Record<string, unknown>, envelope: Partial<CommandEnvelope>): Promise<Outcome> {
  return house.ledger.dispatch.submit({
    register: 'actions',
    command,
    envelope: { commandId: randomUUID(), by: null, authority: 'notStated', ...envelope },
    caller: OFFICER,
    importId: 'papers',
  });
}

describe('what may be a slip', () => {
  it('is nothing in what fits', async () => {
    expect(
      await noticed(await raise('Bring the review back', { owner: 'force-lead', due: { on: '2023-09-30' } })),
    ).toEqual([]);
    expect(await noticed(await officer.submit({ type: 'HoldMeeting', ref: MEETING, ...IN_JUNE }))).toEqual([]);
  });

  it('is an action that is due before it was raised, by a day or by a meeting, once it is', async () => {
    await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-04-19', ...IN_JUNE });
    const raising = (due: object) => ({ type: 'RaiseAction', body: 'CGB', title: 'Bring it back', due });
    const byDay = accepted(await imported(raising({ on: '2022-09-30' }), { effectiveOn: '2023-06-21' }));
    expect(await noticed(byDay)).toEqual([
      {
        code: 'DUE_BEFORE_RAISED',
        sentence: 'It is due on 2022-09-30, before it was raised on 2023-06-21.',
        record: byDay.ref,
      },
    ]);
    const byMeeting = await imported(raising({ meeting: 'CGB-2023-04-19' }), { effectiveOn: '2023-06-21' });
    expect(await codes(byMeeting)).toEqual([`DUE_BEFORE_RAISED ${accepted(byMeeting).ref}`]);

    const correct = (path: string, is: unknown): Promise<Outcome> =>
      officer.submit({ type: 'Correct', ref: byDay.ref, event: byDay.events[0]!, path, is, reason: 'Misread.' });
    expect(await codes(await correct('title', 'Bring it back soon'))).toEqual([]);
    expect(await codes(await correct('due.on', '2023-09-30'))).toEqual([]);
    expect(await codes(await correct('due.on', '2022-09-30'))).toEqual([`DUE_BEFORE_RAISED ${byDay.ref}`]);
  });

  it('is an action that was deferred to a day that had passed', async () => {
    const { ref } = accepted(
      await imported({ type: 'RaiseAction', body: 'CGB', title: 't' }, { effectiveOn: '2023-06-21' }),
    );
    accepted(await imported({ type: 'AgreeAction', ref }, { effectiveOn: '2023-06-21' }));
    const deferred = await imported({ type: 'DeferAction', ref, until: '2022-09-25' }, { effectiveOn: '2023-08-01' });
    expect(await codes(deferred)).toEqual([`DEFERRED_TO_THE_PAST ${ref}`]);
  });

  it('is the same title at the same meeting, however it is written, and at no other', async () => {
    const first = accepted(await raise('Bring the review back')).ref;
    const second = await raise('  BRING the  review back. ');
    expect(await noticed(second)).toEqual([
      {
        code: 'SAME_TITLE',
        sentence: `${first} was raised at the same meeting under the same title. Is it the same action?`,
        record: first,
      },
    ]);
    expect(await codes(await raise('Bring the review back', { meeting: undefined, body: 'CGB' }))).toEqual([]);
    await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-28', ...IN_JUNE });
    expect(await codes(await raise('Bring the review back', { meeting: 'CGB-2023-06-28' }))).toEqual([]);
    const third = accepted(await raise('Another'));
    const retitled = await officer.submit({
      ...{ type: 'Correct', ref: third.ref, event: third.events[0]!, path: 'title' },
      ...{ is: 'Bring the review back', reason: 'Misread.' },
    });
    expect(await codes(retitled)).toEqual([`SAME_TITLE ${first}`]);
  });

  it('is a day before the body or post was there, unless nobody can say since when it is', async () => {
    await officer.does({
      type: 'AddPost',
      as: 'estates-lead',
      name: 'Estates',
      effectiveOn: '2023-08-01',
      reason: 'Late.',
    });
    await officer.does({
      type: 'AddPost',
      as: 'fleet-lead',
      name: 'Fleet',
      dated: { how: 'by', to: '2023-08-01' },
      reason: 'Late.',
    });
    await officer.does({ type: 'AddBody', as: 'JARAP', name: 'Panel', effectiveOn: '2023-07-01', reason: 'Late.' });
    expect(await noticed(await raise('a', { owner: 'estates-lead' }))).toEqual([
      {
        code: 'BEFORE_IT_EXISTED',
        sentence: 'It took effect on 2023-06-21, but estates-lead is there only from 2023-08-01 on.',
        record: 'estates-lead',
      },
    ]);
    expect(await codes(await raise('b', { owner: 'fleet-lead' }))).toEqual([]);
    expect(await codes(await raise('c', { meeting: undefined, body: 'JARAP' }))).toEqual(['BEFORE_IT_EXISTED JARAP']);
    expect(await codes(await raise('d', { owner: 'estates-lead', effectiveOn: '2023-08-01' }))).toEqual([]);
  });

  it('is a day years before its source', async () => {
    const source = { document: 'Minutes', publishedOn: '2023-10-09' };
    const old = await raise('a', { meeting: undefined, body: 'CGB', effectiveOn: '2021-10-08', source });
    expect((await codes(old))?.map((code) => code.split(' ')[0])).toEqual(['BEFORE_IT_EXISTED', 'LONG_BEFORE_SOURCE']);
    expect(
      await codes(await raise('b', { meeting: undefined, body: 'CGB', effectiveOn: '2021-12-01', source })),
    ).toEqual([]);
  });

  it('is told again when the command is sent again', async () => {
    await raise('Bring it back');
    const said: Said = {
      type: 'RaiseAction',
      meeting: MEETING,
      title: 'Bring it back',
      ...IN_JUNE,
      commandId: randomUUID(),
    };
    const first = await codes(await officer.submit(said));
    expect(first).toHaveLength(1);
    expect(await codes(await officer.submit(said))).toEqual(first);
  });

  it('tells nothing of what whoever recorded it may not see', async () => {
    const lead = actingAs(() => house.ledger.dispatch, 'force-lead');
    const hidden = accepted(
      await raise('Bring the review back', {
        marking: { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' },
      }),
    ).ref;
    const again = await lead.submit({
      type: 'RaiseAction',
      meeting: MEETING,
      title: 'Bring the review back',
      ...IN_JUNE,
    });
    expect(await codes(again, LEAD)).toEqual([]);
    // The office, which may see both, is told (control).
    expect(await codes(again, OFFICER)).toEqual([`SAME_TITLE ${hidden}`]);
  });

  it('is not known while the store is away, and what was accepted stays accepted', async () => {
    const outcome = accepted(await raise('a'));
    const noticesOf = house.ledger.dispatch.noticesFor(OFFICER);
    await house.ledger.store.close();
    expect(await noticesOf(outcome)).toBeNull();
    await house.reopen();
    expect(await noticed(outcome)).toEqual([]);
  });
});

describe('a name that another record has', () => {
  const name = (ref: string, words: string, register = 'actions') =>
    officer.submit({ type: 'NameRecord', ref, name: words }, register);
  const told = (notices: readonly Notice[] | null) => notices?.map(({ code, record }) => `${code} ${record}`);

  it('is told of, however it is written, among all that one looks at in a run', async () => {
    const look = house.ledger.dispatch.noticesFor(OFFICER);
    const [one, two] = [accepted(await raise('One')).ref, accepted(await raise('Two')).ref];
    expect(await look(accepted(await name(one, '14/2018/P')))).toEqual([]);
    expect(told(await look(accepted(await name(two, '14 / 2018 / p'))))).toEqual([`NAME_OF_ANOTHER ${one}`]);
    expect(told(await look(accepted(await name(MEETING, '14/2018/P', 'meetings'))))).toEqual([
      `NAME_OF_ANOTHER ${one}`,
      `NAME_OF_ANOTHER ${two}`,
    ]);
    expect(await look(accepted(await name(one, '15/2018/P')))).toEqual([]);
  });

  it('is told of when a name is corrected into it, and not once the other has it no longer', async () => {
    const look = house.ledger.dispatch.noticesFor(OFFICER);
    const [one, two] = [accepted(await raise('One')).ref, accepted(await raise('Two')).ref];
    const given = accepted(await name(one, '14/2018/P'));
    const mistyped = accepted(await name(two, '14/2018/Q'));
    for (const each of [given, mistyped]) expect(await look(each)).toEqual([]);
    const correct = { type: 'Correct', ref: two, event: mistyped.events[0], path: 'name', is: '14/2018/P' };
    const corrected = accepted(await officer.submit({ ...correct, reason: 'Misread.' }, 'actions'));
    expect(told(await look(corrected))).toEqual([`NAME_OF_ANOTHER ${one}`]);
    await officer.does({ type: 'WithdrawName', ref: one, event: given.events[0] }, 'actions');
    expect(await look(corrected)).toEqual([]);
  });
});
