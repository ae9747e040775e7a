import { randomUUID } from 'node:crypto';
import type { Capacity } from '../access/index.ts';
import type { LogPosition } from '../event-store/index.ts';
import { OFFICIAL_OPEN } from '../ledger/index.ts';
import { ledgerInAFolder, type LedgerInAFolder, type Said } from '../../test/ledger-in-a-folder.ts';
import type { Accepted, Caller, Outcome, Submission } from './index.ts';

const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };
const why = { reason: 'As the minutes say.' };

describe('a command that says up to where its sender has seen the record', () => {
  let house: LedgerInAFolder;
  let ref: string;
  /** Where the log stood when the action was raised and agreed. */
  let before: LogPosition;

  const caller = (post: string, person = `p-${post}`, capacity = post as Capacity): Caller => ({
    ...{ post, person, capacity },
  });
  const submission = (by: Caller, command: Said, more: Partial<Submission> = {}): Submission => {
    const { reason, marking, ...said } = command;
    return {
      register: 'actions',
      command: said,
      envelope: {
        commandId: randomUUID(),
        ...(reason === undefined ? {} : { reason }),
        ...(marking === undefined ? {} : { marking }),
      },
      caller: by,
      ...more,
    };
  };
  const send = (by: Caller, command: Said, seen?: LogPosition) =>
    house.ledger.dispatch.submit(submission(by, command, seen === undefined ? {} : { seen }));
  const accepted = async (outcome: Promise<Outcome>): Promise<Accepted> => {
    const became = await outcome;
    if (became.outcome !== 'accepted') throw new Error(JSON.stringify(became));
    return became;
  };
  const officer = caller('opcc-officer');
  const other = caller('opcc-officer', 'p-other');
  const lead = caller('force-lead');
  const extend = (on: string): Said => ({ type: 'ExtendActionDueDate', ref, due: { on }, ...why });
  const update: Said = { type: 'GiveActionUpdate', ref: '', text: 'It goes on.' };

  beforeEach(async () => {
    house = await ledgerInAFolder({ at: '2023-10-09T11:00:00.000Z' });
    await house.as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    ref = await house
      .as('opcc-officer')
      .does({ type: 'RaiseAction', body: 'CGB', title: 'Title', owner: 'commissioner' });
    before = (await accepted(send(caller('commissioner'), { type: 'AgreeAction', ref }))).position;
    update['ref'] = ref;
  });
  afterEach(() => house.remove());

  it('is not told of a link to what its sender may not see, nor of what was said of it', async () => {
    const office = house.as('opcc-officer');
    const to = await office.does({ type: 'RaiseAction', body: 'CGB', title: 'Other' });
    const linked = await accepted(send(other, { type: 'LinkRecord', ref, to, as: 'IS_ABOUT' }));
    const [event] = linked.events;
    const stated = { type: 'RecordOtherwiseStated', ref, event, path: 'reason', says: 'Another' };
    await accepted(
      house.ledger.dispatch.submit({
        ...submission(other, stated),
        envelope: { commandId: randomUUID(), source: { document: 'Paper' } },
      }),
    );
    const told = async () => {
      const outcome = await send(lead, update, before);
      return outcome.outcome === 'conflict' ? outcome.facts!.map(({ type }) => type) : outcome.outcome;
    };
    expect(await told()).toEqual(['Linked', 'OtherwiseStated']);
    await house.as('monitoring-officer').does({ type: 'Mark', ref: to, to: SENSITIVE }, 'actions');
    expect(await told()).toBe('forbidden');
  });

  it('is answered with the facts that others have recorded since, and writes nothing', async () => {
    const theirs = await accepted(send(other, extend('2023-12-01')));
    const outcome = await send(officer, extend('2023-12-08'), before);
    expect(outcome).toMatchObject({
      outcome: 'conflict',
      facts: [
        {
          event: theirs.events[0],
          type: 'DueDateExtended',
          effectiveOn: '2023-10-09',
          recordedAt: theirs.stamped,
          by: 'opcc-officer',
          enteredBy: 'opcc-officer',
        },
      ],
    });
    expect((await accepted(send(officer, extend('2023-12-08')))).repeated).toBe(false);
  });

  it('is taken when its sender has seen the latest fact, and when they say nothing', async () => {
    const { position } = await accepted(send(other, extend('2023-12-01')));
    await accepted(send(officer, extend('2023-12-02'), position));
    await accepted(send(other, extend('2023-12-03')));
  });

  it('does not conflict with what its sender did, in whatever post, nor with what others did to other records', async () => {
    await accepted(send(officer, extend('2023-12-01')));
    await accepted(send(caller('monitoring-officer', officer.person), { type: 'Publish', ref }));
    await house.as('opcc-officer', 'p-other').does({ type: 'RaiseAction', body: 'CGB', title: 'Another' });
    await accepted(send(officer, extend('2023-12-02'), before));
  });

  it('conflicts with what somebody typed for its sender', async () => {
    const typed = submission(other, { type: 'WithdrawAction', ref, ...why });
    const envelope = { ...typed.envelope, by: 'commissioner', authority: { delegation: 'SoD-4' } };
    await accepted(house.ledger.dispatch.submit({ ...typed, envelope }));
    const outcome = await send(caller('commissioner'), { type: 'WithdrawAction', ref, ...why }, before);
    expect(outcome).toMatchObject({ outcome: 'conflict', facts: [{ by: 'commissioner', enteredBy: 'opcc-officer' }] });
  });

  it('is told of a conflict before it is refused for what the conflict brought about', async () => {
    await accepted(send(caller('commissioner', 'p-other'), { type: 'WithdrawAction', ref, ...why }));
    expect(await send(officer, extend('2023-12-01'))).toMatchObject({ refusal: { code: 'ACTION_CLOSED' } });
    expect((await send(officer, extend('2023-12-01'), before)).outcome).toBe('conflict');
  });

  it('does not conflict with what its sender may not see, nor names it beside what they may', async () => {
    await accepted(send(officer, { ...extend('2023-12-01'), marking: SENSITIVE }));
    // As though there were no such fact: the command is not the lead's, and the commissioner's post owns the action.
    expect((await send(lead, update, before)).outcome).toBe('forbidden');
    expect(await send(caller('commissioner'), update, before)).toMatchObject({ facts: [{ type: 'DueDateExtended' }] });
    await accepted(send(officer, extend('2023-12-02')));
    const told = await send(lead, update, before);
    expect(told).toMatchObject({
      outcome: 'conflict',
      facts: [{ type: 'DueDateExtended', effectiveOn: '2023-10-09' }],
    });
  });

  it('names no post that its sender may not see', async () => {
    const monitoring = house.granting();
    await monitoring.does({
      type: 'AddPost',
      as: 'covert-desk',
      name: 'Desk',
      capacity: 'opcc-officer',
      marking: SENSITIVE,
    });
    const hidden = caller('covert-desk', 'p-desk', 'opcc-officer');
    await accepted(send(hidden, { type: 'ExtendActionDueDate', ref, due: { on: '2023-12-01' }, ...why }));
    expect(await send(officer, update, before)).toMatchObject({
      facts: [{ by: 'covert-desk', enteredBy: 'covert-desk' }],
    });
    expect(await send(lead, update, before)).toMatchObject({ facts: [{ by: null, enteredBy: null }] });
  });

  it('is the same command whatever its sender had seen: sent again it is answered as it was', async () => {
    const first = submission(officer, extend('2023-12-01'), { seen: before });
    const { events, position } = await accepted(house.ledger.dispatch.submit(first));
    await accepted(send(other, extend('2023-12-02')));
    for (const seen of [before, position, undefined]) {
      const { seen: _, ...again } = first;
      const outcome = await accepted(house.ledger.dispatch.submit(seen === undefined ? again : { ...again, seen }));
      expect([outcome.repeated, outcome.events]).toEqual([true, events]);
    }
  });

  it('is asked nothing when it opens a record', async () => {
    await accepted(send(officer, { type: 'RaiseAction', body: 'CGB', title: 'New' }, before));
  });

  it('lets one of two win who send at once on what both have seen, and both who do not say', async () => {
    const meeting = await house.as('opcc-officer').does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-09' });
    let { position } = await accepted(
      house.ledger.dispatch.submit(
        submission(officer, { type: 'HoldMeeting', ref: meeting }, { register: 'meetings' }),
      ),
    );
    const minute = (by: Caller, more: Partial<Submission>) =>
      house.ledger.dispatch.submit(
        submission(by, { type: 'MinuteItem', ref: meeting, text: 'Minuted.' }, { register: 'meetings', ...more }),
      );
    for (let round = 0; round < 10; round += 1) {
      const outcomes = await Promise.all([officer, other].map((by) => minute(by, { seen: position })));
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'conflict']);
      const written = outcomes.find((one): one is Accepted => one.outcome === 'accepted')!;
      expect(outcomes.find((one) => one.outcome === 'conflict')).toMatchObject({
        facts: [{ event: written.events[0] }],
      });
      ({ position } = written);
    }
    const unasked = await Promise.all([officer, other].map((by) => minute(by, {})));
    expect(unasked.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
  });
});
