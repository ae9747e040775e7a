import { PUBLIC, readerFor } from '../../libs/access/index.ts';
import type { Register } from '../../libs/ledger/index.ts';
import { eventsAsOf } from '../../libs/read-models/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { historyOf } from '../record-history/queries.ts';
import { questionsOf, type Questioning } from './projection.ts';
import { ASKING, listQuestions, questionsOfRecord } from './queries.ts';

/** What turned out otherwise unmakes nothing: the record answers with the fact that puts it in question, and one list holds them all. */
describe('facts that later ones put in question', () => {
  let ledger: LedgerBeingRead;
  let board: string;
  let chief: string;
  let chair: string;
  const authority = () => ({ meeting: board });
  const late = { reason: 'Entered from the minutes.' };
  const as = (post: string, person?: string) => ledger.as(post, person);
  const granting = () => ledger.granting();

  beforeEach(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-01T12:00:00.000Z' });
    const officer = as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    [chief, chair] = [
      await officer.does({ type: 'AddPerson', name: 'The Chief' }),
      await officer.does({ type: 'AddPerson', name: 'The Chair' }),
    ] as [string, string];
    await officer.does({ type: 'AddPost', as: 'chief-constable', name: 'Chief Constable', capacity: 'force-lead' });
    await officer.does({ type: 'AppointHolder', ref: 'chief-constable', person: chief });
    board = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-21' });
    on('2023-06-21');
    await officer.does({ type: 'HoldMeeting', ref: board });
  });
  afterEach(() => ledger.remove());

  const on = (day: string) => ledger.clock.set(`${day}T12:00:00.000Z`);
  async function signedOff(): Promise<string> {
    const ref = await as('opcc-officer').does({
      type: 'RaiseAction',
      meeting: board,
      title: 't',
      owner: 'chief-constable',
    });
    await as('commissioner', chair).does({ type: 'AgreeAction', ref, authority: authority() });
    await ledger.as('chief-constable', chief, 'force-lead').does({ type: 'ReportActionComplete', ref, text: 'Done.' });
    on('2023-06-22');
    await as('commissioner', chair).does({ type: 'SignOffAction', ref, authority: authority() });
    on('2023-07-01');
    return ref;
  }
  const eventOf = async (ref: string, type: string) =>
    (await historyOf(await ledger.view(), ref, { first: 500 })).edges.findLast(({ node }) => node.type === type)!.node
      .id;
  async function asked(ref: string, asOf: object = {}, reader?: typeof OFFICIAL) {
    const view = await ledger.view(asOf, reader);
    const own = await questionsOfRecord(view, ref);
    const page = await listQuestions(view, {});
    const told = ({ event, why, fact, of }: (typeof own)[number]) => [event, why, of.ref, fact.type];
    // One list holds what each record answers.
    expect(page.edges.filter(({ node }) => node.record.ref === ref).map(({ node }) => told(node))).toEqual(
      own.map(told),
    );
    return own.map(told);
  }

  it('are none where all stayed as it was', async () => {
    expect(await asked(await signedOff())).toEqual([]);
  });

  it('are those on the authority of a meeting whose holding was voided, and none once it is restored', async () => {
    const ref = await signedOff();
    const held = await eventOf(board, 'MeetingHeld');
    await as('monitoring-officer').does({ type: 'Void', ref: board, event: held, ...late }, 'meetings');
    const both = [
      [await eventOf(ref, 'ActionAgreed'), 'AUTHORITY_NOT_HELD', board, 'Voided'],
      [await eventOf(ref, 'ActionSignedOff'), 'AUTHORITY_NOT_HELD', board, 'Voided'],
    ];
    expect(await asked(ref)).toEqual(both);
    // Nothing was unmade, and before it was known there was no question.
    expect((await historyOf(await ledger.view(), ref, {})).edges.some(({ node }) => node.voided)).toBe(false);
    expect(await asked(ref, { recorded: '2023-06-30T00:00:00.000Z' })).toEqual([]);
    expect(await asked(ref, { effective: '2023-06-21' })).toEqual(both.slice(0, 1));
    await ledger.restart();
    expect(await asked(ref)).toEqual(both);
    await as('monitoring-officer').does({ type: 'Restore', ref: board, event: held, ...late }, 'meetings');
    expect(await asked(ref)).toEqual([]);
  });

  it('are those on the authority of a meeting that turned out to have been held later, or by mistake', async () => {
    const ref = await signedOff();
    const held = await eventOf(board, 'MeetingHeld');
    const correct = { type: 'Correct', ref: board, event: held, ...late };
    await as('opcc-officer').does({ ...correct, path: 'effectiveOn', is: '2023-06-23' }, 'meetings');
    expect(await asked(ref)).toEqual([]);
    await as('opcc-officer').does({ ...correct, path: 'on', is: '2023-06-23' }, 'meetings');
    expect((await asked(ref)).map(([, why, , type]) => [why, type])).toEqual([
      ['AUTHORITY_NOT_HELD', 'Corrected'],
      ['AUTHORITY_NOT_HELD', 'Corrected'],
    ]);
  });

  it('are those on an authority of which the reader may know, and no others', async () => {
    const ref = await signedOff();
    await as('monitoring-officer').does(
      { type: 'Void', ref: board, event: await eventOf(board, 'MeetingHeld'), ...late },
      'meetings',
    );
    expect(await asked(ref, {}, OFFICIAL)).toHaveLength(2);
    expect(await asked(ref, {}, PUBLIC)).toEqual([]);
    await as('monitoring-officer').does(
      { type: 'Mark', ref: board, to: { classification: 'OFFICIAL', sensitive: true } },
      'meetings',
    );
    expect(await asked(ref, {}, OFFICIAL)).toEqual([]);
    expect(await asked(ref, {}, readerFor('internal-auditor', 'internal-auditor'))).toHaveLength(2);
  });

  it('are sign-offs by somebody who turned out to have held the owning post, with what the directory learned', async () => {
    const ref = await signedOff();
    const appoint = { type: 'AppointHolder', ref: 'chief-constable', shared: true, ...late };
    await as('opcc-officer').does({ ...appoint, person: chair, effectiveOn: '2023-06-02', until: '2023-06-03' });
    expect(await asked(ref)).toEqual([]);
    await as('opcc-officer').does({ ...appoint, person: chair, effectiveOn: '2023-06-21' });
    expect(await asked(ref)).toEqual([
      [await eventOf(ref, 'ActionSignedOff'), 'OWN_WORK', 'chief-constable', 'HolderAppointed'],
    ]);
    expect(await asked(ref, {}, PUBLIC)).toEqual([]);
    const appointed = await eventOf('chief-constable', 'HolderAppointed');
    await granting().does({ type: 'Void', ref: 'chief-constable', event: appointed, ...late }, 'directory');
    expect(await asked(ref)).toEqual([]);
  });

  it('are sign-offs whose signer’s tenure of the owning post was corrected to reach into the work', async () => {
    const appoint = { type: 'AppointHolder', ref: 'chief-constable', shared: true, ...late };
    await as('opcc-officer').does({ ...appoint, person: chair, effectiveOn: '2023-06-02', until: '2023-06-20' });
    const ref = await signedOff();
    expect(await asked(ref)).toEqual([]);
    const event = await eventOf('chief-constable', 'HolderAppointed');
    const correct = { type: 'Correct', ref: 'chief-constable', event, path: 'until', is: '2023-06-21', ...late };
    await granting().does(correct, 'directory');
    expect((await asked(ref)).map(([, why, of, type]) => [why, of, type])).toEqual([
      ['OWN_WORK', 'chief-constable', 'Corrected'],
    ]);
  });

  it('are sign-offs typed for a post that somebody else turned out to have held', async () => {
    await granting().does({ type: 'AddPost', as: 'commissioner', name: 'Commissioner' });
    await granting().does({ type: 'AppointHolder', ref: 'commissioner', person: chair });
    const ref = await as('opcc-officer').does({
      type: 'RaiseAction',
      meeting: board,
      title: 't',
      owner: 'chief-constable',
    });
    await as('commissioner', chair).does({ type: 'AgreeAction', ref });
    await ledger.as('chief-constable', chief, 'force-lead').does({ type: 'ReportActionComplete', ref, text: 'Done.' });
    const typist = await as('opcc-officer').does({ type: 'AddPerson', name: 'A typist' });
    const signOff = { type: 'SignOffAction', ref, by: 'commissioner', authority: authority() };
    await as('opcc-officer', typist).does(signOff);
    on('2023-07-01');
    expect(await asked(ref)).toEqual([]);
    const appoint = { type: 'AppointHolder', ref: 'commissioner', person: chief, effectiveOn: '2023-06-21', ...late };
    await granting().does(appoint);
    expect((await asked(ref)).map(([, why, of]) => [why, of])).toEqual([['OWN_WORK', 'commissioner']]);
  });

  describe('of an import, which keeps what its papers print, are those whose meeting is known not to have been held by then', () => {
    const importing = async (said: Readonly<Record<string, unknown>>, effectiveOn: string) => {
      const { authority, ...command } = said;
      const outcome = await ledger.ledger.dispatch.submit({
        register: 'actions',
        command: command as never,
        envelope: {
          ...{ commandId: crypto.randomUUID(), stated: '2023-06-30', effectiveOn },
          ...(authority === undefined ? {} : { by: 'commissioner', authority: authority as never }),
        },
        caller: { post: 'opcc-officer', person: 'p', capacity: 'opcc-officer' },
        importId: 'papers',
      });
      if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
      return outcome.ref;
    };
    const raised = (effectiveOn = '2023-06-21') =>
      importing({ type: 'RaiseAction', body: 'CGB', title: 'Printed' }, effectiveOn);
    const agreedAt = async (meeting: string, effectiveOn = '2023-06-21') => {
      const ref = await raised(effectiveOn);
      await importing({ type: 'AgreeAction', ref, authority: { meeting } }, effectiveOn);
      return ref;
    };
    const officer = () => as('opcc-officer');
    const scheduled = (day: string) => officer().does({ type: 'ScheduleMeeting', body: 'CGB', on: day });
    const told = async (ref: string) => (await asked(ref)).map(([, why, of, type]) => [why, of, type]);
    beforeEach(() => on('2023-07-01'));

    it('not where it was held, nor where nobody has said whether it was', async () => {
      expect(await told(await agreedAt(board))).toEqual([]);
      expect(await told(await agreedAt(await scheduled('2023-06-21')))).toEqual([]);
    });

    it.each([
      ['cancelled', { type: 'CancelMeeting', reason: 'No quorum.' }, 'MeetingCancelled'],
      ['moved to a later day', { type: 'PostponeMeeting', to: '2023-07-21', reason: 'No quorum.' }, 'MeetingPostponed'],
    ])('but where it was %s, before the papers were loaded or after', async (_, said, fact) => {
      const [before, after] = [await scheduled('2023-06-21'), await scheduled('2023-06-21')];
      await officer().does({ ...said, ref: before });
      const refs = [await agreedAt(before), await agreedAt(after)];
      await officer().does({ ...said, ref: after });
      expect(await told(refs[0]!)).toEqual([['AUTHORITY_NOT_HELD', before, fact]]);
      expect(await told(refs[1]!)).toEqual([['AUTHORITY_NOT_HELD', after, fact]]);
    });

    it('and where its holding was taken back, before the papers were loaded', async () => {
      const event = await eventOf(board, 'MeetingHeld');
      await as('monitoring-officer').does({ type: 'Void', ref: board, event, ...late }, 'meetings');
      const ref = await agreedAt(board);
      expect(await told(ref)).toEqual([['AUTHORITY_NOT_HELD', board, 'Voided']]);
      await as('monitoring-officer').does({ type: 'Restore', ref: board, event, ...late }, 'meetings');
      expect(await told(ref)).toEqual([]);
    });

    it('and where it was set for a later day all along, also once the day that was printed is corrected', async () => {
      const [ahead, agreed] = [await scheduled('2023-07-21'), await agreedAt(board)];
      expect(await told(await agreedAt(ahead))).toEqual([['AUTHORITY_NOT_HELD', ahead, 'MeetingScheduled']]);
      const correct = { type: 'Correct', path: 'effectiveOn', is: '2023-06-20', ...late };
      const raising = await eventOf(agreed, 'ActionRaised');
      await officer().does({ ...correct, ref: agreed, event: raising });
      await officer().does({ ...correct, ref: agreed, event: await eventOf(agreed, 'ActionAgreed') });
      expect(await told(agreed)).toEqual([['AUTHORITY_NOT_HELD', board, 'MeetingScheduled']]);
    });
  });

  describe('on the authority of a decision', () => {
    /** A decision of 22 June, and an action that was put off on its authority on the 26th, which is recorded on the 27th. */
    async function putOff(): Promise<{ readonly ref: string; readonly decision: string }> {
      on('2023-06-22');
      const officer = as('opcc-officer');
      const proposal = { type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER', title: 'A freeze' };
      const decision = await officer.does(proposal);
      await officer.does({ type: 'DraftDecision', ref: decision, recommendation: 'Freeze.' });
      await officer.does({ type: 'AdviseOnDecision', ref: decision, adviceOn: 'FINANCE', applies: false });
      await as('commissioner', chair).does({ type: 'MakeDecision', ref: decision, decided: 'Frozen.' });
      const ref = await officer.does({ type: 'RaiseAction', meeting: board, title: 't', owner: 'chief-constable' });
      await as('commissioner', chair).does({ type: 'AgreeAction', ref });
      on('2023-06-27');
      const deferral = { type: 'DeferAction', ref, until: '2023-12-31', authority: { decision } };
      await officer.does({ ...deferral, effectiveOn: '2023-06-26', ...late });
      on('2023-07-01');
      return { ref, decision };
    }
    const told = async (ref: string, reader?: typeof OFFICIAL) =>
      (await asked(ref, {}, reader)).map(([, why, of, type]) => [why, of, type]);

    it('are none while it was made and holds, nor once it ended on a later day', async () => {
      const { ref, decision } = await putOff();
      expect(await told(ref)).toEqual([]);
      await as('commissioner', chair).does({ type: 'RevokeDecision', ref: decision, ...late });
      expect(await told(ref)).toEqual([]);
    });

    it('are those of one whose making was voided, and none once it is restored', async () => {
      const { ref, decision } = await putOff();
      const event = await eventOf(decision, 'DecisionMade');
      await as('monitoring-officer').does({ type: 'Void', ref: decision, event, ...late }, 'decisions');
      expect(await told(ref)).toEqual([['AUTHORITY_NOT_MADE', decision, 'Voided']]);
      await as('monitoring-officer').does({ type: 'Restore', ref: decision, event, ...late }, 'decisions');
      expect(await told(ref)).toEqual([]);
    });

    it('are those of one that was recorded by mistake, to whoever may see it', async () => {
      const { ref, decision } = await putOff();
      const event = await eventOf(decision, 'DecisionProposed');
      await as('monitoring-officer').does({ type: 'Void', ref: decision, event, ...late }, 'decisions');
      expect(await told(ref)).toEqual([['AUTHORITY_NOT_MADE', decision, 'Voided']]);
      expect(await told(ref, OFFICIAL)).toEqual([['AUTHORITY_NOT_MADE', decision, 'Voided']]);
      expect(await told(ref, PUBLIC)).toEqual([]);
    });

    it('are those of one that turned out to have been made later', async () => {
      const { ref, decision } = await putOff();
      const event = await eventOf(decision, 'DecisionMade');
      const correct = { type: 'Correct', ref: decision, event, path: 'effectiveOn', is: '2023-06-27', ...late };
      await as('opcc-officer').does(correct, 'decisions');
      expect(await told(ref)).toEqual([['AUTHORITY_NOT_MADE', decision, 'Corrected']]);
    });

    it('are those of one that turned out to have been revoked before', async () => {
      const { ref, decision } = await putOff();
      const revoke = { type: 'RevokeDecision', ref: decision, effectiveOn: '2023-06-25', ...late };
      await as('commissioner', chair).does(revoke);
      expect(await told(ref)).toEqual([['AUTHORITY_NOT_MADE', decision, 'DecisionRevoked']]);
    });
  });

  it('are told only while somebody asks whether the meeting was held, and who held the post', async () => {
    const ref = await signedOff();
    await as('monitoring-officer').does(
      { type: 'Void', ref: board, event: await eventOf(board, 'MeetingHeld'), ...late },
      'meetings',
    );
    const appoint = { type: 'AppointHolder', ref: 'chief-constable', shared: true, ...late };
    await as('opcc-officer').does({ ...appoint, person: chair, effectiveOn: '2023-06-21' });
    const view = await ledger.view();
    const known = async (register: string, of: string) =>
      (await eventsAsOf(view, { register, ref: of })).map(({ event }) => event);
    const others = {
      meetings: new Map([[board, await known('meetings', board)]]),
      decisions: new Map(),
      posts: new Map([['chief-constable', await known('directory', 'chief-constable')]]),
    };
    const events = await known('actions', ref);
    const register = actions as unknown as Register;
    const asking = (careless: Partial<Questioning>) =>
      questionsOf(register, events, '2023-07-01', others, { ...ASKING, ...careless }).map(({ why }) => why);
    expect(asking({})).toEqual(['AUTHORITY_NOT_HELD', 'AUTHORITY_NOT_HELD', 'OWN_WORK']);
    expect(asking({ meetings: { ...ASKING.meetings, heldOn: () => '2023-06-21' } })).toEqual(['OWN_WORK']);
    expect(asking({ holdersBetween: () => [] })).toEqual(['AUTHORITY_NOT_HELD', 'AUTHORITY_NOT_HELD']);
  });

  it('are paged, and each is told once', async () => {
    await Promise.all([signedOff(), signedOff()]);
    await as('monitoring-officer').does(
      { type: 'Void', ref: board, event: await eventOf(board, 'MeetingHeld'), ...late },
      'meetings',
    );
    const view = await ledger.view();
    const first = await listQuestions(view, { first: 3 });
    expect([first.totalCount, first.hasNextPage, first.edges.length]).toEqual([4, true, 3]);
    const rest = await listQuestions(view, { first: 3, after: first.endCursor! });
    expect([rest.hasNextPage, rest.edges.length]).toEqual([false, 1]);
  });
});
