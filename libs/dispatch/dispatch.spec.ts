import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppendResult, EventStore } from '../event-store/index.ts';
import { parseStored } from '../event-store/index.ts';
import { postsOfTheDirectory } from '../policies/index.ts';
import { actingAs, ledgerInAFolder, type LedgerInAFolder, type Said } from '../../test/ledger-in-a-folder.ts';
import { createDispatch, DISPATCH_REFUSALS, type Outcome } from './index.ts';

const CLOSED = { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' } as const;
const MEETING = { meeting: 'CGB-2023-06-21' };
let house: LedgerInAFolder;

beforeEach(async () => {
  house = await ledgerInAFolder();
  const officer = house.as('opcc-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
  await officer.does({
    type: 'ScheduleMeeting',
    body: 'CGB',
    on: '2023-06-21',
    reason: 'Entered from the minutes.',
    effectiveOn: '2023-06-21',
  });
  await officer.does({ type: 'HoldMeeting', ref: MEETING.meeting, effectiveOn: '2023-06-21', reason: 'Entered late.' });
});
afterEach(() => house.remove());

async function raised(title = 'Bring the review back', more: object = {}): Promise<string> {
  const ref = await house
    .as('opcc-officer')
    .does({ type: 'RaiseAction', meeting: MEETING.meeting, title, owner: 'force-lead', ...more });
  await house.as('commissioner').does({ type: 'AgreeAction', ref, authority: MEETING });
  return ref;
}

async function everyEvent() {
  const events = [];
  let after: string | undefined;
  for (;;) {
    const page = await house.ledger.store.readAll(after, 500);
    events.push(...page.events);
    if (page.atEnd) return events;
    after = page.events.at(-1)!.position;
  }
}

/** The house's ledger behind a store that behaves otherwise. */
function dispatchOver(store: Partial<EventStore>, answerWithinMs?: number) {
  const { ledger } = house;
  const base = ledger.store;
  const bound = Object.fromEntries(
    (['append', 'readStream', 'readAll', 'head', 'last', 'isBefore', 'follow', 'close'] as const).map((name) => [
      name,
      base[name].bind(base),
    ]),
  ) as unknown as EventStore;
  return createDispatch({
    ...ledger,
    posts: postsOfTheDirectory,
    store: { ...bound, ...store },
    ...(answerWithinMs === undefined ? {} : { answerWithinMs }),
  });
}

describe('one command', () => {
  it('sent 100 times at once writes one event and gives one answer, and the same after a restart', async () => {
    const ref = await raised();
    const said = { type: 'GiveActionUpdate', ref, text: 'The first paper is written.', commandId: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 100 }, () => house.as('force-lead').submit(said)));
    await house.reopen();
    answers.push(await house.as('force-lead').submit(said));
    const alike = new Set(answers.map((answer) => JSON.stringify({ ...answer, repeated: undefined })));
    expect(alike.size).toBe(1);
    expect(answers.filter((answer) => answer.outcome === 'accepted' && !answer.repeated)).toHaveLength(1);
    expect((await everyEvent()).filter((event) => parseStored(event).header.type === 'UpdateGiven')).toHaveLength(1);
  });

  it('that opens a record opens one, however often it is sent', async () => {
    const said = { type: 'RaiseAction', ...MEETING, title: 'Once only', commandId: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 100 }, () => house.as('opcc-officer').submit(said)));
    await house.reopen();
    answers.push(await house.as('opcc-officer').submit(said));
    expect(new Set(answers.map((answer) => (answer.outcome === 'accepted' ? answer.ref : answer.outcome)))).toEqual(
      new Set(['CGB-2023-06-A1']),
    );
  });

  it('is answered as it was, though the day has passed on which it could be sent', async () => {
    const ref = await raised();
    const said = {
      type: 'GiveActionUpdate',
      ref,
      text: 'Done on the 5th.',
      effectiveOn: '2023-10-09',
      commandId: randomUUID(),
    };
    const first = await house.as('force-lead').submit(said);
    house.clock.set('2023-12-24T12:00:00.000Z');
    expect(await house.as('force-lead').submit(said)).toEqual({ ...first, repeated: true });
  });

  it('is refused under an id that was used for another body', async () => {
    const ref = await raised();
    const commandId = randomUUID();
    await house.as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'One.', commandId });
    expect(await house.as('force-lead').fails({ type: 'GiveActionUpdate', ref, text: 'Two.', commandId })).toBe(
      'COMMAND_ID_REUSED',
    );
  });

  it('that was refused is not remembered: under the same id it is decided afresh, and so is another body', async () => {
    const ref = await raised();
    const commandId = randomUUID();
    const lead = house.as('force-lead');
    const report = { type: 'ReportActionComplete', ref, text: 'Done.', commandId };
    expect(await lead.fails({ ...report, effectiveOn: '2024-01-01' })).toBe('EFFECTIVE_IN_FUTURE');
    const accepted = await lead.submit(report);
    expect(accepted).toMatchObject({ outcome: 'accepted', repeated: false });
    expect(await lead.submit(report)).toEqual({ ...accepted, repeated: true });
  });

  it('is no longer compared once the key of its digest was destroyed', async () => {
    const ref = await raised();
    const commandId = randomUUID();
    await house.as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'One.', commandId });
    const stored = (await everyEvent()).map(parseStored).find(({ header }) => header.type === 'UpdateGiven')!;
    house.ledger.keys.destroy([stored.parts.find(({ name }) => name === 'command')!.key!]);
    expect(
      await house.as('force-lead').submit({ type: 'GiveActionUpdate', ref, text: 'Two.', commandId }),
    ).toMatchObject({ outcome: 'accepted', repeated: true });
  });

  it('is another command when another caller sends it', async () => {
    const ref = await raised();
    const commandId = randomUUID();
    await house.as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'Mine.', commandId });
    await house.as('force-lead', 'p-deputy').does({ type: 'GiveActionUpdate', ref, text: 'Also mine.', commandId });
    expect((await everyEvent()).filter((event) => parseStored(event).header.type === 'UpdateGiven')).toHaveLength(2);
  });
});

describe('many at once', () => {
  it('lets 64 writers write to one action without losing an update', async () => {
    const ref = await raised();
    const texts = Array.from({ length: 64 }, (_, n) => `Update ${n}`);
    await Promise.all(texts.map((text) => house.as('force-lead').does({ type: 'GiveActionUpdate', ref, text })));
    const updates = (await everyEvent()).filter((event) => parseStored(event).header.type === 'UpdateGiven');
    expect(updates.map((event) => event.version).sort((a, b) => a - b)).toEqual(texts.map((_, n) => n + 3));
  });

  it('gives 200 actions raised at one meeting 200 different references', async () => {
    const refs = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        house.as('opcc-officer').does({ type: 'RaiseAction', ...MEETING, title: `Action ${n}` }),
      ),
    );
    expect(new Set(refs)).toEqual(new Set(Array.from({ length: 200 }, (_, n) => `CGB-2023-06-A${n + 1}`)));
  });

  it('gives no second person a subject while somebody else is still reading who has it', async () => {
    const { store } = house.ledger;
    const persons = ['A', 'B'].map((name) => house.as('opcc-officer').does({ type: 'AddPerson', name }));
    const [first, second] = await Promise.all(persons);
    let goOn: () => void = () => undefined;
    let held: Promise<void> | null = null;
    const dispatch = dispatchOver({
      async readStream(...asked) {
        const waiting = held;
        held = null;
        await waiting;
        return store.readStream(...asked);
      },
    });
    const granting = actingAs(() => dispatch, 'monitoring-officer', 'person-mmmmm');
    const set = { type: 'SetPersonSubject', subject: 'once@office.example' };
    await granting.does({ ...set, ref: first });
    // The next who asks, for whoever signs in, is kept waiting by the store.
    held = new Promise((resolve) => (goOn = resolve));
    const asked = dispatch.personOf('somebody');
    const answered = granting.fails({ ...set, ref: second });
    await Promise.race([answered, pause(200)]);
    goOn();
    expect([await answered, await asked]).toEqual(['SUBJECT_TAKEN', null]);
  });

  it('decides again when another process wrote to the same record first', async () => {
    const ref = await raised();
    const other = createDispatch({ ...house.ledger, posts: postsOfTheDirectory });
    const writers = [house.as('force-lead'), actingAs(() => other, 'force-lead')];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        writers[n % 2]!.does({ type: 'GiveActionUpdate', ref, text: `Update ${n}` }),
      ),
    );
    expect((await everyEvent()).filter((event) => parseStored(event).header.type === 'UpdateGiven')).toHaveLength(20);
  });
});

describe('who may', () => {
  it('answers hidden and absent alike, before anything else', async () => {
    const closed = await house.as('opcc-officer').does({
      type: 'RaiseAction',
      ...MEETING,
      title: 'In closed session',
      marking: { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' },
    });
    expect(closed).toMatch(/^CGB-2023-06-A[a-z2-9]{5}$/);
    const hidden = await house.as('force-lead').submit({ type: 'GiveActionUpdate', ref: closed, text: 'x' });
    const absent = await house
      .as('force-lead')
      .submit({ type: 'GiveActionUpdate', ref: 'CGB-2023-06-Azzzzz', text: 'x' });
    expect(hidden).toEqual(absent);
    expect(hidden.outcome).toBe('not-found');
  });

  it('shows a force lead what the post owns, though it is closed', async () => {
    const closed = await house.as('opcc-officer').does({
      type: 'RaiseAction',
      ...MEETING,
      title: 'Owned and closed',
      owner: 'force-lead',
      marking: { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' },
    });
    await house.as('commissioner').does({ type: 'AgreeAction', ref: closed, authority: MEETING });
    await house.as('force-lead').does({ type: 'GiveActionUpdate', ref: closed, text: 'Seen and done.' });
  });

  it('forbids the wrong post, and says whose it is', async () => {
    const ref = await raised();
    const outcome = await house.as('force-lead').submit({ type: 'SignOffAction', ref, authority: MEETING });
    expect(outcome).toMatchObject({ outcome: 'forbidden', sentence: expect.stringContaining('commissioner') });
    expect(await house.as('jarap-member').fails({ type: 'RaiseAction', ...MEETING, title: 'x' })).toBe('forbidden');
  });

  it('lets an officer type what the owner reported and the board signed off, with the authority', async () => {
    const ref = await raised();
    const officer = house.as('opcc-officer');
    expect(await officer.fails({ type: 'ReportActionComplete', ref, by: 'force-lead', text: 'Done.' })).toBe(
      'AUTHORITY_NEEDED',
    );
    await officer.does({ type: 'ReportActionComplete', ref, by: 'force-lead', authority: MEETING, text: 'Done.' });
    await officer.does({ type: 'SignOffAction', ref, by: 'commissioner', authority: MEETING });
  });

  it('does not let the person who reported it sign it off, whatever post they hold then', async () => {
    const ref = await raised();
    await house.as('force-lead', 'p-one').does({ type: 'ReportActionComplete', ref, text: 'Done.' });
    expect(await house.as('commissioner', 'p-one').fails({ type: 'SignOffAction', ref, authority: MEETING })).toBe(
      'OWNER_MAY_NOT_SIGN_OFF',
    );
    await house.as('commissioner', 'p-two').does({ type: 'SignOffAction', ref, authority: MEETING });
  });

  it('does not let a person who holds the owning post sign it off', async () => {
    const officer = house.as('opcc-officer');
    const person = await officer.does({ type: 'AddPerson', name: 'A. N. Other' });
    await officer.does({ type: 'AddPost', as: 'force-lead', name: 'Force lead', capacity: 'force-lead' });
    await officer.does({ type: 'AppointHolder', ref: 'force-lead', person }, 'directory');
    const ref = await raised();
    await house.as('force-lead', 'p-deputy').does({ type: 'ReportActionComplete', ref, text: 'Done.' });
    expect(await house.as('commissioner', person).fails({ type: 'SignOffAction', ref, authority: MEETING })).toBe(
      'OWNER_MAY_NOT_SIGN_OFF',
    );
  });

  it('does not let an officer type the sign-off of a commissioner who holds the owning post', async () => {
    const officer = house.as('opcc-officer');
    const person = await officer.does({ type: 'AddPerson', name: 'A. N. Other' });
    for (const [post, adding] of [
      ['force-lead', officer],
      ['commissioner', house.granting()],
    ] as const) {
      await adding.does({ type: 'AddPost', as: post, name: post, capacity: post });
      await adding.does({ type: 'AppointHolder', ref: post, person }, 'directory');
    }
    const ref = await raised();
    await house.as('force-lead', 'p-deputy').does({ type: 'ReportActionComplete', ref, text: 'Done.' });
    expect(await officer.fails({ type: 'SignOffAction', ref, by: 'commissioner', authority: MEETING })).toBe(
      'OWNER_MAY_NOT_SIGN_OFF',
    );
  });

  it('counts an extension from the meeting at which it is due', async () => {
    const officer = house.as('opcc-officer');
    await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-12-11' });
    const ref = await raised('Due at the board', { due: { meeting: 'CGB-2023-12-11' } });
    expect(await officer.fails({ type: 'ExtendActionDueDate', ref, due: { on: '2023-12-01' }, reason: 'x' })).toBe(
      'NOT_AN_EXTENSION',
    );
    await officer.does({ type: 'ExtendActionDueDate', ref, due: { on: '2023-12-12' }, reason: 'x' });
  });

  it('knows the capacity of a post from the directory', async () => {
    await house
      .as('opcc-officer')
      .does({ type: 'AddPost', as: 'chief-constable', name: 'Chief Constable', capacity: 'force-lead' });
    const ref = await raised('For the chief', { owner: 'chief-constable' });
    await house
      .as('opcc-officer')
      .does({ type: 'GiveActionUpdate', ref, text: 'x', by: 'chief-constable', authority: MEETING });
    expect(
      await house
        .as('opcc-officer')
        .fails({ type: 'GiveActionUpdate', ref, text: 'x', by: 'nobody', authority: MEETING }),
    ).toBe('UNKNOWN_POST');
  });
});

describe('an id in capitals', () => {
  type Send = (said: Said) => Promise<Outcome>;
  const inCapitals = (said: Said): Said => ({
    ...said,
    ...Object.fromEntries(
      ['commandId', 'event', 'before']
        .filter((field) => typeof said[field] === 'string')
        .map((field) => [field, (said[field] as string).toUpperCase()]),
    ),
  });

  /** Commands of every kind that names an id, each sent as it is and again in capitals: those that were taken for another. */
  async function takenForAnother(send: Send): Promise<readonly string[]> {
    const ref = await raised();
    const update = { type: 'GiveActionUpdate', ref, by: 'force-lead', authority: MEETING };
    await house.as('opcc-officer').does({ ...update, text: 'First.' });
    const [given] = (await everyEvent()).map(parseStored).filter(({ header }) => header.type === 'UpdateGiven');
    const event = given!.header.id;
    const [officer, monitoring] = [{ as: 'opcc-officer' }, { as: 'monitoring-officer' }];
    const source = { document: 'Minutes' };
    const sent: Said[] = [
      { ...officer, type: 'RaiseAction', ...MEETING, title: 'Once only' },
      { ...officer, ...update, text: 'Second.' },
      { ...officer, ...update, text: 'Before it.', before: event },
      { ...officer, type: 'Correct', ref, event, path: 'update', is: 'Corrected.', reason: 'Typo.' },
      { ...officer, type: 'RecordOtherwiseStated', ref, event, path: 'update', says: 'Other.', source },
      { ...monitoring, type: 'Mark', ref, event, to: { classification: 'OFFICIAL', sensitive: true } },
      { ...monitoring, type: 'Void', ref, event, reason: 'Not said.' },
      { ...monitoring, type: 'Restore', ref, event, reason: 'Said after all.' },
    ];
    const wrong: string[] = [];
    for (const one of sent) {
      const said = { ...one, commandId: randomUUID() };
      const [first, again] = [await send(inCapitals(said)), await send(said)];
      const isSame =
        first.outcome === 'accepted' &&
        again.outcome === 'accepted' &&
        again.repeated &&
        JSON.stringify(again.events) === JSON.stringify(first.events);
      if (!isSame) wrong.push(`${one.type}: ${JSON.stringify(first)} | ${JSON.stringify(again)}`);
    }
    return wrong;
  }

  const send: Send = ({ as, ...said }) => house.as(String(as)).submit(said);

  it('is the same id, in every command that names one', async () => {
    expect(await takenForAnother(send)).toEqual([]);
    const written = (await everyEvent()).map(({ bytes }) => Buffer.from(bytes).toString('utf8')).join('\n');
    expect(written).not.toMatch(/[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}/);
  });

  it('would be seen to make a duplicate (control)', async () => {
    const asSent: Send = (said) =>
      send(said.commandId === said.commandId?.toLowerCase() ? said : { ...said, commandId: randomUUID() });
    expect(await takenForAnother(asSent)).not.toEqual([]);
  });
});

describe('when it took effect', () => {
  it('refuses a fact of tomorrow', async () => {
    const ref = await raised();
    expect(
      await house.as('force-lead').fails({ type: 'GiveActionUpdate', ref, text: 'x', effectiveOn: '2023-10-10' }),
    ).toBe('EFFECTIVE_IN_FUTURE');
  });

  it('allows a tenure that begins later', async () => {
    const officer = house.as('opcc-officer');
    const person = await officer.does({ type: 'AddPerson', name: 'A. N. Other' });
    await officer.does({ type: 'AddPost', as: 'deputy', name: 'Deputy' });
    await officer.does({ type: 'AppointHolder', ref: 'deputy', person, effectiveOn: '2023-11-01' }, 'directory');
  });

  it('wants a reason for an entry later than the register allows, and for none within it', async () => {
    const early = { effectiveOn: '2023-06-21', reason: 'From the minutes.' };
    const ref = await house
      .as('opcc-officer')
      .does({ type: 'RaiseAction', ...MEETING, title: 'Early', owner: 'force-lead', ...early });
    await house.as('commissioner').does({ type: 'AgreeAction', ref, ...early });
    const lead = house.as('force-lead');
    expect(await lead.fails({ type: 'GiveActionUpdate', ref, text: 'x', effectiveOn: '2023-10-01' })).toBe(
      'LATE_NEEDS_REASON',
    );
    expect(await lead.fails({ type: 'GiveActionUpdate', ref, text: 'x', effectiveOn: '2023-10-02' })).toBe('accepted');
  });

  it('refuses what would make a later fact impossible, and names that fact', async () => {
    const ref = await raised();
    await house.as('force-lead').does({ type: 'ReportActionComplete', ref, text: 'Done.' });
    const report = (await everyEvent()).map(parseStored).find(({ header }) => header.type === 'ActionReportedComplete')!
      .header.id;
    await house.as('commissioner').does({ type: 'SignOffAction', ref, authority: MEETING });
    const outcome = await house
      .as('monitoring-officer')
      .submit({ type: 'Void', ref, event: report, reason: 'Wrong action.' });
    expect(outcome).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'WOULD_CONTRADICT', sentence: expect.stringContaining('ActionSignedOff') },
    });
  });

  describe('never names the event that it changes as the later fact in its way', () => {
    const why = { reason: 'Read wrongly.' };
    const early = { effectiveOn: '2023-10-04' };
    let ref: string;
    const eventOf = async (type: string) =>
      (await everyEvent()).map(parseStored).findLast(({ header }) => header.type === type)!.header.id;
    const answered = async (said: object, post = 'opcc-officer') => {
      const outcome = await house.as(post).submit({ ref, ...why, ...said } as never);
      if (outcome.outcome !== 'refused') throw new Error(`nothing was refused: ${JSON.stringify(outcome)}`);
      return outcome.refusal;
    };

    beforeEach(async () => {
      ref = await house
        .as('opcc-officer')
        .does({ type: 'RaiseAction', ...MEETING, title: 'Early', owner: 'force-lead', ...early });
      await house.as('commissioner').does({ type: 'AgreeAction', ref, effectiveOn: '2023-10-06' });
    });

    it('when it is corrected to a day on which it could not be', async () => {
      const event = await eventOf('ActionAgreed');
      const refusal = await answered({ type: 'Correct', event, path: 'effectiveOn', is: '2023-10-01' });
      expect(refusal.code).toBe('WOULD_BE_IMPOSSIBLE');
      expect(refusal.sentence).toContain(`ActionAgreed of 2023-10-01 (event ${event}). There is no such action.`);
      expect(refusal.sentence).not.toMatch(/later fact|Void that fact/);
    });

    it('when a correction of it is voided, or restored', async () => {
      const event = await eventOf('ActionAgreed');
      const raising = await eventOf('ActionRaised');
      const officer = house.as('opcc-officer');
      await officer.does({ type: 'Correct', ref, event, path: 'effectiveOn', is: '2023-10-08', ...why });
      const correction = await eventOf('Corrected');
      await officer.does({ type: 'Correct', ref, event: raising, path: 'effectiveOn', is: '2023-10-07', ...why });
      const voiding = await answered({ type: 'Void', event: correction }, 'monitoring-officer');
      expect(voiding).toMatchObject({ code: 'WOULD_BE_IMPOSSIBLE' });
      expect(voiding.sentence).toContain(`ActionAgreed of 2023-10-06 (event ${event})`);
      // The other way round: what was voided while it could be is restored when it cannot.
      const monitoring = house.as('monitoring-officer');
      await officer.does({ type: 'Correct', ref, event: raising, path: 'effectiveOn', is: '2023-10-01', ...why });
      await officer.does({ type: 'Correct', ref, event, path: 'effectiveOn', is: '2023-10-03', ...why });
      const early = await eventOf('Corrected');
      await monitoring.does({ type: 'Void', ref, event: early, ...why });
      await officer.does({ type: 'Correct', ref, event: raising, path: 'effectiveOn', is: '2023-10-04', ...why });
      const restoring = await answered({ type: 'Restore', event: early }, 'monitoring-officer');
      expect(restoring).toMatchObject({ code: 'WOULD_BE_IMPOSSIBLE' });
      expect(restoring.sentence).toContain(`ActionAgreed of 2023-10-03 (event ${event})`);
    });

    it('but names the other fact when that is what cannot be: corrected, voided, restored or entered late', async () => {
      const raising = await eventOf('ActionRaised');
      const agreed = await eventOf('ActionAgreed');
      const officer = house.as('opcc-officer');
      const monitoring = house.as('monitoring-officer');
      const named = async (refusal: Promise<{ code: string; sentence: string }>) => {
        const { code, sentence } = await refusal;
        return [code, / (\w+) of \d{4}/.exec(sentence)?.[1]];
      };
      expect(await named(answered({ type: 'Correct', event: raising, path: 'effectiveOn', is: '2023-10-07' }))).toEqual(
        ['WOULD_CONTRADICT', 'ActionAgreed'],
      );
      await officer.does({ type: 'DeferAction', ref, until: '2023-12-01', effectiveOn: '2023-10-08', ...why });
      expect(await named(answered({ type: 'Void', event: agreed }, 'monitoring-officer'))).toEqual([
        'WOULD_CONTRADICT',
        'ActionDeferred',
      ]);
      const deferred = await eventOf('ActionDeferred');
      await monitoring.does({ type: 'Void', ref, event: deferred, ...why });
      await house.as('force-lead').does({ type: 'ReportActionComplete', ref, effectiveOn: '2023-10-09' });
      await house.as('commissioner').does({ type: 'WithdrawAction', ref, effectiveOn: '2023-10-09', ...why });
      expect(await named(answered({ type: 'WithdrawAction', effectiveOn: '2023-10-07' }, 'commissioner'))).toEqual([
        'WOULD_CONTRADICT',
        'ActionReportedComplete',
      ]);
    });
  });

  describe('of a record that was recorded by mistake', () => {
    const why = { reason: 'It was another board’s.' };
    const openingOf = async () =>
      (await everyEvent()).map(parseStored).find(({ header }) => header.type === 'ActionRaised')!.header.id;
    const voided = async () => {
      const ref = await raised();
      await house.as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'Begun.' });
      await house.as('force-lead').does({ type: 'ReportActionComplete', ref, text: 'Done.' });
      const event = await openingOf();
      await house.as('monitoring-officer').does({ type: 'Void', ref, event, ...why });
      return { ref, event };
    };

    it('takes the void of the event that opened it, whatever followed', async () => {
      const { ref } = await voided();
      expect(ref).toBe('CGB-2023-06-A1');
    });

    it('takes no command but the restoration of that event, and marking', async () => {
      const { ref, event } = await voided();
      const monitoring = house.as('monitoring-officer');
      const others = (await everyEvent())
        .map(parseStored)
        .filter(({ header }) => header.stream.startsWith('actions-') && header.id !== event);
      for (const [post, said] of [
        ['force-lead', { type: 'GiveActionUpdate', text: 'x' }],
        ['force-lead', { type: 'AddActionEvidence', title: 'x' }],
        ['commissioner', { type: 'ReturnAction', ...why }],
        ['opcc-officer', { type: 'ReassignAction', owner: 'commissioner' }],
        ['opcc-officer', { type: 'Correct', event, path: 'title', is: 'x', ...why }],
        ['opcc-officer', { type: 'RecordOtherwiseStated', path: 'status', says: 'x', source: { document: 'x' } }],
        ['monitoring-officer', { type: 'Publish' }],
        ['monitoring-officer', { type: 'Void', event, ...why }],
        ...others.map(({ header: { id } }) => ['monitoring-officer', { type: 'Restore', event: id, ...why }] as const),
      ] as const)
        expect([said, await house.as(post).fails({ ref, ...said })]).toEqual([said, 'RECORDED_BY_MISTAKE']);
      const marking = { classification: 'OFFICIAL', sensitive: true } as const;
      await monitoring.does({ type: 'Mark', ref, to: marking });
      await monitoring.does({ type: 'Mark', ref, to: { ...marking, sensitive: false } });
      await monitoring.does({ type: 'Restore', ref, event, ...why });
      await house.as('commissioner').does({ type: 'SignOffAction', ref, authority: MEETING });
    });

    it('goes on being there for the post that owned it, though it is closed, and for nobody else who may not see it', async () => {
      const ref = await house
        .as('opcc-officer')
        .does({ type: 'RaiseAction', ...MEETING, title: 'Closed', owner: 'force-lead', marking: CLOSED });
      await house.as('monitoring-officer').does({ type: 'Void', ref, event: await openingOf(), ...why });
      const said = { type: 'GiveActionUpdate', ref, text: 'x' };
      expect(await house.as('force-lead').fails(said)).toBe('RECORDED_BY_MISTAKE');
      expect(await house.as('other-force', 'p-other', 'force-lead').fails(said)).toBe('not-found');
    });

    it('is no longer there for what names it', async () => {
      const { ref } = await voided();
      const officer = house.as('opcc-officer');
      const other = await raised('Another');
      expect(await officer.fails({ type: 'MergeAction', ref: other, into: ref, ...why })).toBe('UNKNOWN_ACTION');
    });
  });

  it('asks of a restored fact whether it may stand again', async () => {
    const ref = await raised();
    house.clock.set('2023-10-10T11:00:00.000Z');
    await house.as('opcc-officer').does({ type: 'DeferAction', ref, until: '2023-12-01', reason: 'Waiting.' });
    const deferred = (await everyEvent()).map(parseStored).find(({ header }) => header.type === 'ActionDeferred')!
      .header.id;
    await house.as('monitoring-officer').does({ type: 'Void', ref, event: deferred, reason: 'Wrong action.' });
    await house.as('force-lead').does({ type: 'ReportActionComplete', ref, effectiveOn: '2023-10-09' });
    await house.as('commissioner').does({ type: 'SignOffAction', ref, authority: MEETING, effectiveOn: '2023-10-09' });
    const restored = await house
      .as('monitoring-officer')
      .submit({ type: 'Restore', ref, event: deferred, reason: 'It was right.' });
    expect(restored).toMatchObject({ outcome: 'refused', refusal: { code: 'ACTION_CLOSED' } });
  });

  it('puts a fact before another of the same day when told so', async () => {
    const ref = await raised();
    const lead = house.as('force-lead');
    await lead.does({ type: 'ReportActionComplete', ref, text: 'Done.' });
    await house.as('commissioner').does({ type: 'SignOffAction', ref, authority: MEETING });
    const [agreed, , signedOff] = (await everyEvent())
      .map(parseStored)
      .filter(({ header }) => header.register === 'actions')
      .slice(1);
    expect(await lead.fails({ type: 'GiveActionUpdate', ref, text: 'Nearly.' })).toBe('ACTION_CLOSED');
    expect(await lead.fails({ type: 'GiveActionUpdate', ref, text: 'Nearly.', before: agreed!.header.id })).toBe(
      'NOT_AGREED',
    );
    await lead.does({ type: 'GiveActionUpdate', ref, text: 'Nearly.', before: signedOff!.header.id });
    expect(await lead.fails({ type: 'GiveActionUpdate', ref, text: 'x', before: randomUUID() })).toBe('UNKNOWN_BEFORE');
  });

  it('never stamps at or before what was called settled, even when the clock was set back', async () => {
    const ref = await raised();
    house.ledger.keys.settledFloor.raise(Date.parse('2023-10-09T11:30:00.000Z'));
    house.clock.set('2023-10-09T10:00:00.000Z');
    const said = { type: 'GiveActionUpdate', ref, text: 'x', commandId: randomUUID() };
    expect(await house.as('force-lead').submit(said)).toMatchObject({ outcome: 'unavailable' });
    house.clock.set('2023-10-09T11:30:00.000Z');
    expect(await house.as('force-lead').submit(said)).toMatchObject({
      outcome: 'accepted',
      stamped: '2023-10-09T11:30:00.001Z',
    });
  });
});

describe('input that cannot be taken', () => {
  it.each([
    ['no UUID', { commandId: 'one' }, 'commandId'],
    ['a day that is none', { effectiveOn: '2023-02-30' }, 'effectiveOn'],
    [
      'a span that ends before it begins',
      { dated: { how: 'between', from: '2023-10-02', to: '2023-10-01' } },
      'dated.from',
    ],
    ['two authorities', { authority: { meeting: 'CGB-2023-06-21', decision: 'D1' } }, 'authority'],
    ['an authority in words', { authority: { decision: 'as Mr Smith said' } }, 'authority.decision'],
    ['an authority that only an import may leave unsaid', { authority: 'notStated' }, 'authority'],
    ['an oversize reason', { reason: 'x'.repeat(32 * 1024 + 1) }, 'reason'],
    ['an oversize text', { text: '€'.repeat(11_000) }, 'text'],
    ['half a surrogate pair', { text: '\ud800' }, 'text'],
  ])('is refused with the field named: %s', async (_, bad, field) => {
    const ref = await raised();
    const before = (await everyEvent()).length;
    const outcome = await house.as('force-lead').submit({ type: 'GiveActionUpdate', ref, text: 'x', ...bad } as never);
    expect(outcome).toMatchObject({ outcome: 'invalid', field });
    expect(await everyEvent()).toHaveLength(before);
  });

  it('refuses a meeting as authority that the ledger does not know', async () => {
    const ref = await raised();
    await house.as('force-lead').does({ type: 'ReportActionComplete', ref });
    expect(
      await house.as('commissioner').fails({ type: 'SignOffAction', ref, authority: { meeting: 'CGB-2024-01-01' } }),
    ).toBe('UNKNOWN_MEETING');
  });

  it('refuses a reference that is taken', async () => {
    expect(await house.as('opcc-officer').fails({ type: 'AddBody', as: 'CGB', name: 'Another' })).toBe(
      'REFERENCE_TAKEN',
    );
  });

  it('refuses several texts that are too long together', async () => {
    const ref = await raised();
    const long = 'x'.repeat(30_000);
    expect(
      await house.as('force-lead').submit({ type: 'GiveActionUpdate', ref, text: long, reason: long }),
    ).toMatchObject({ outcome: 'invalid' });
  });
});

describe('a store that is in doubt', () => {
  it('is asked with the same bytes until the outcome is definite', async () => {
    const ref = await raised();
    const attempts: string[] = [];
    const dispatch = dispatchOver({
      async append(stream, version, events) {
        attempts.push(Buffer.from(events[0]!.bytes).toString());
        const unknown: AppendResult = { outcome: 'unknown', reason: 'no answer' };
        if (attempts.length === 1) return unknown;
        const result = await house.ledger.store.append(stream, version, events);
        return attempts.length === 2 ? unknown : result;
      },
    });
    await actingAs(() => dispatch, 'force-lead').does({ type: 'GiveActionUpdate', ref, text: 'In doubt.' });
    expect(attempts).toHaveLength(3);
    expect(new Set(attempts).size).toBe(1);
    expect((await everyEvent()).filter((event) => parseStored(event).header.type === 'UpdateGiven')).toHaveLength(1);
  });

  it('leaves the caller with UNAVAILABLE in time, and the outcome for the same commandId later', async () => {
    const ref = await raised();
    let away = true;
    const dispatch = dispatchOver(
      {
        append: async (...attempt) =>
          away ? { outcome: 'unknown', reason: 'away' } : house.ledger.store.append(...attempt),
      },
      200,
    );
    const said = { type: 'GiveActionUpdate', ref, text: 'While away.', commandId: randomUUID() };
    const lead = actingAs(() => dispatch, 'force-lead');
    expect(await lead.submit(said)).toMatchObject({ outcome: 'unavailable' });
    expect(dispatch.undecidedSince()).toBe('2023-10-09T11:00:00.000Z');
    expect(await lead.submit({ ...said, commandId: randomUUID() })).toMatchObject({
      outcome: 'unavailable',
      sentence: expect.stringContaining('Nothing was written'),
    });
    away = false;
    await dispatch.idle();
    expect(await lead.submit(said)).toMatchObject({ outcome: 'accepted', repeated: true });
    expect((await everyEvent()).filter((event) => parseStored(event).header.type === 'UpdateGiven')).toHaveLength(1);
  });

  it('loses nothing but a number when it stops between the reference and the record', async () => {
    const said = { type: 'RaiseAction', ...MEETING, title: 'Cut off', commandId: randomUUID() };
    const cutOff = dispatchOver({
      append: async (stream, version, events) =>
        stream.startsWith('actions-')
          ? { outcome: 'refused', limit: 'read-only', reason: 'the process died' }
          : house.ledger.store.append(stream, version, events),
    });
    expect(await actingAs(() => cutOff, 'opcc-officer').submit(said)).toMatchObject({ outcome: 'unavailable' });
    expect(await house.as('opcc-officer').does({ type: 'RaiseAction', ...MEETING, title: 'Meanwhile' })).toBe(
      'CGB-2023-06-A2',
    );
    expect(await house.as('opcc-officer').does(said)).toBe('CGB-2023-06-A1');
  });
});

describe('what is written', () => {
  it('holds no word in clear, in any file', async () => {
    await raised('Canaries sing in the open', {
      due: { phrase: 'canaries by Christmas' },
      source: { document: 'Canary paper', paragraph: 'canary 7', quote: 'canaries' },
    });
    await house.as('opcc-officer').does({ type: 'AddPerson', name: 'Canary Jones', contact: 'canary@example.org' });
    await house.reopen();
    for (const file of readdirSync(house.folder)) {
      expect({ file, tells: /canar/i.test(readFileSync(join(house.folder, file), 'latin1')) }).toEqual({
        file,
        tells: false,
      });
    }
  });

  it('chains every event to the one before it in its stream', async () => {
    const ref = await raised();
    await house.as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'x' });
    const previous = new Map<string, string>();
    for (const event of await everyEvent()) {
      const stored = parseStored(event);
      const ctl = stored.parts.find(({ name }) => name === 'ctl')!.value as {
        version: number;
        previous: string | null;
      };
      expect(ctl).toMatchObject({ version: event.version, previous: previous.get(event.stream) ?? null });
      previous.set(event.stream, stored.commitments.event);
    }
  });

  it('explains every refusal with a sentence that says what to do', () => {
    for (const sentence of Object.values(DISPATCH_REFUSALS)) expect(sentence).toMatch(/^[A-Z].*\.$/s);
  });
});
