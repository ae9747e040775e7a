import { PUBLIC } from '../../libs/access/index.ts';
import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { historyOf } from '../index.ts';
import { actionAges, actionsFirstDue, countActions, findAction, listActions, type ActionFilter } from './queries.ts';

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let commissioner: ReturnType<LedgerBeingRead['as']>;
let lead: ReturnType<LedgerBeingRead['as']>;

async function onDay(day: string): Promise<void> {
  ledger.clock.set(`${day}T12:00:00.000Z`);
}

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2023-04-01T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  commissioner = ledger.as('commissioner');
  lead = ledger.as('force-lead');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
  await officer.does({ type: 'AddBody', as: 'JARAP', name: 'Joint Audit, Risk and Assurance Panel' });
  for (const on of ['2023-04-19', '2023-06-21', '2023-07-17', '2023-09-25'])
    await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on });
});
afterAll(() => ledger.remove());

/** The actions of the board as the Police and Crime Panel was shown them on 9 October 2023 (S1:L1834-1846). */
describe('the actions that a panel was shown', () => {
  beforeAll(async () => {
    const raised = async (meeting: string, titles: readonly string[], due: object) => {
      const refs: string[] = [];
      for (const title of titles) {
        const ref = await officer.does({ type: 'RaiseAction', meeting, title, item: title, owner: 'force-lead', due });
        await commissioner.does({ type: 'AgreeAction', ref });
        refs.push(ref);
      }
      return refs;
    };
    await onDay('2023-04-19');
    await officer.does({ type: 'HoldMeeting', ref: 'CGB-2023-04-19' });
    const april = await raised('CGB-2023-04-19', ['7(a)', '7(b)', '7(c)', '7(d)'], {
      phrase: 'next CGB',
      meeting: 'CGB-2023-06-21',
    });
    await onDay('2023-06-21');
    await officer.does({ type: 'HoldMeeting', ref: 'CGB-2023-06-21' });
    const june = await raised('CGB-2023-06-21', ['8(a)', '8(b)', '8(c)', '8(d)', '8(e)', '8(f)', '8(g)'], {
      on: '2023-09-25',
    });
    await onDay('2023-07-10');
    await lead.does({ type: 'GiveActionUpdate', ref: june[3]!, text: 'It is being reviewed by the directorate.' });
    await onDay('2023-09-20');
    const complete = [april[0], april[1], april[3], june[0], june[2], june[4], june[5], june[6]] as string[];
    for (const ref of [...complete, june[3]!])
      await lead.does({ type: 'ReportActionComplete', ref, text: 'Done as agreed.' });
    await commissioner.does({
      type: 'ConvertAction',
      ref: april[2]!,
      into: 'FORWARD_PLAN_ITEM',
      item: 'Annual report',
      authority: { meeting: 'CGB-2023-06-21' },
    });
    await onDay('2023-09-25');
    await officer.does({ type: 'HoldMeeting', ref: 'CGB-2023-09-25' });
    for (const ref of complete)
      await commissioner.does({ type: 'SignOffAction', ref, authority: { meeting: 'CGB-2023-09-25' } });
    await onDay('2023-10-09');
  });

  const counted = async (
    asOf: object,
    by: Parameters<typeof countActions>[1],
    filter: ActionFilter = {},
    reader = undefined as never,
  ) =>
    Object.fromEntries(
      (await countActions(await ledger.view(asOf, reader), by, filter)).map(({ key, count }) => [key, count]),
    );

  it('are eleven on the day of its meeting: nine complete, one awaiting sign-off, one without a status', async () => {
    expect(await counted({}, 'PUBLISHED')).toEqual({ NO_STATUS: 1, AWAITING_SIGN_OFF: 1, COMPLETE: 9 });
    expect(await counted({}, 'STATUS')).toEqual({ AGREED: 1, REPORTED_COMPLETE: 1, SIGNED_OFF: 8, CONVERTED: 1 });
    expect((await countActions(await ledger.view(), 'PUBLISHED', {})).map(({ label }) => label)).toEqual([
      'no status',
      'awaiting sign-off',
      'complete',
    ]);
    expect((await listActions(await ledger.view(), {}, {})).totalCount).toBe(11);
  });

  it('were all open or awaiting sign-off going into the board of 25 September', async () => {
    expect(await counted({ effective: '2023-09-24' }, 'PUBLISHED')).toEqual({
      NO_STATUS: 1,
      AWAITING_SIGN_OFF: 9,
      COMPLETE: 1,
    });
    expect(await counted({ recorded: '2023-07-01T00:00:00Z' }, 'PUBLISHED')).toEqual({ NO_STATUS: 11 });
    expect(await counted({ effective: '2023-04-19' }, 'PUBLISHED')).toEqual({ NO_STATUS: 4 });
    expect(await counted({ effective: '2023-04-18' }, 'PUBLISHED')).toEqual({});
  });

  it('are counted by owner, body and meeting, with words for those who read', async () => {
    expect(await counted({}, 'MEETING')).toEqual({ 'CGB-2023-04-19': 4, 'CGB-2023-06-21': 7 });
    expect(await countActions(await ledger.view(), 'BODY', {})).toEqual([
      { key: 'CGB', label: 'Corporate Governance Board', count: 11 },
    ]);
    expect(await countActions(await ledger.view(), 'OWNER', { status: ['CONVERTED'] })).toEqual([
      { key: 'force-lead', label: 'force-lead', count: 1 },
    ]);
  });

  it.each<[string, ActionFilter, number]>([
    ['body', { body: 'CGB' }, 11],
    ['another body', { body: 'JARAP' }, 0],
    ['meeting', { meeting: 'CGB-2023-06-21' }, 7],
    ['states', { status: ['AGREED', 'CONVERTED'] }, 2],
    ['no state at all', { status: [] }, 0],
    ['published status', { published: ['COMPLETE'] }, 9],
    ['published status and state', { published: ['COMPLETE'], status: ['CONVERTED', 'AGREED'] }, 1],
    ['owner and meeting', { owner: 'force-lead', meeting: 'CGB-2023-04-19' }, 4],
    ['words of the title', { text: '7(C)' }, 1],
    ['words of the latest update', { text: 'Being Reviewed' }, 1],
    ['words that only look like a pattern', { text: '7_c' }, 0],
    ['a reference', { text: 'CGB-2023-06-A4' }, 1],
    ['a reference in small letters, with the dashes of a paper', { text: ' cgb–2023‑06—a1 ' }, 1],
    ['the beginning of a reference, which is no reference', { text: 'CGB-2023-06-A' }, 0],
    ['a reference that is no action’s', { text: 'CGB-2023-06-A99' }, 0],
    ['everything at once', { body: 'CGB', owner: 'force-lead', status: ['AGREED'], overdue: true, text: '8(b)' }, 1],
  ])('are narrowed by %s', async (_, filter, count) => {
    const page = await listActions(await ledger.view(), filter, {});
    expect([page.totalCount, page.edges.length]).toEqual([count, count]);
  });

  it('are found by the number of their item, as papers print it', async () => {
    const ref = await officer.does({
      type: 'RaiseAction',
      meeting: 'CGB-2023-06-21',
      title: 'Named by its item alone',
      item: '9(iv)',
    });
    const found = async (text: string) =>
      (await listActions(await ledger.view(), { text }, {})).edges.map((edge) => edge.node.ref);
    for (const text of ['9(iv)', '9 (IV)', 'Item 9(iv)', 'item  9(iv) '])
      expect([text, await found(text)]).toEqual([text, [ref]]);
    for (const text of ['9(i)', '9', '9(iv', '(iv)']) expect([text, await found(text)]).toEqual([text, []]);
    const [opening] = (await historyOf(await ledger.view(), ref, {})).edges;
    await ledger
      .as('monitoring-officer')
      .does({ type: 'Void', ref, event: opening!.node.id, reason: 'Typed for a test.' });
  });

  it('are paged by reference, as people count, at one basis', async () => {
    const view = await ledger.view();
    const refs: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await listActions(view, {}, { first: 4, ...(after === undefined ? {} : { after }) });
      expect(page.totalCount).toBe(11);
      refs.push(...page.edges.map(({ node }) => node.ref));
      after = page.hasNextPage ? page.endCursor : null;
    }
    expect(refs).toEqual(
      [1, 2, 3, 4].map((n) => `CGB-2023-04-A${n}`).concat([1, 2, 3, 4, 5, 6, 7].map((n) => `CGB-2023-06-A${n}`)),
    );
    for (const first of [0, 501, 1.5])
      await expect(listActions(view, {}, { first })).rejects.toMatchObject({ name: 'BadBasis', field: 'first' });
    for (const after of ['x', '', 'WyJhIiwiYiJd'])
      await expect(listActions(view, {}, { after })).rejects.toMatchObject({ field: 'after' });
  });

  it('do not exist for the public before they are published', async () => {
    expect(await counted({}, 'STATUS', {}, PUBLIC as never)).toEqual({});
    expect(await counted({}, 'STATUS', {}, OFFICIAL as never)).not.toEqual({});
  });
});

describe('when an action is due', () => {
  let n = 0;
  const due = async (about: object, body = 'JARAP') => {
    n += 1;
    const ref = await officer.does({ type: 'RaiseAction', body, title: `Due ${n}`, owner: 'force-lead', due: about });
    await commissioner.does({ type: 'AgreeAction', ref });
    return ref;
  };
  const dueOf = async (ref: string, asOf: object = {}) => (await findAction(await ledger.view(asOf), ref))!;
  const overdue = async (flag: boolean, asOf: object = {}) =>
    (await listActions(await ledger.view(asOf), { body: 'JARAP', overdue: flag }, {})).edges.map(
      ({ node }) => node.ref,
    );

  beforeAll(async () => {
    await onDay('2024-01-10');
    for (const on of ['2024-02-01', '2024-03-01']) await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on });
    const outcome = await ledger.ledger.dispatch.submit({
      register: 'meetings',
      command: {
        type: 'ScheduleMeeting',
        body: 'CGB',
        dated: { how: 'between', from: '2024-04-01', to: '2024-04-30' },
      } as never,
      envelope: { commandId: crypto.randomUUID() },
      caller: { post: 'opcc-officer', person: 'p-opcc-officer', capacity: 'opcc-officer' },
    });
    expect(outcome).toMatchObject({ outcome: 'accepted', ref: 'CGB-2024-04' });
  });

  it('is a day, the last day of a span, or the day of its meeting, wherever that moves', async () => {
    const day = await due({ on: '2024-02-15' });
    const span = await due({
      dated: { how: 'between', from: '2024-01-01', to: '2024-02-20' },
      phrase: 'January to February',
    });
    const meeting = await due({ meeting: 'CGB-2024-02-01' });
    const month = await due({ meeting: 'CGB-2024-04' });
    const nothing = await due({ phrase: 'when resources allow' });
    expect((await dueOf(day)).due).toMatchObject({
      original: '2024-02-15',
      current: '2024-02-15',
      extensions: 0,
      unanchored: false,
    });
    expect((await dueOf(span)).due).toMatchObject({ current: '2024-02-20', unanchored: false });
    expect((await dueOf(meeting)).due).toMatchObject({ current: '2024-02-01', unanchored: false });
    expect((await dueOf(month)).due).toMatchObject({ current: '2024-04-30', unanchored: false });
    expect((await dueOf(nothing)).due).toMatchObject({ original: null, current: null, unanchored: true });

    await onDay('2024-01-20');
    await officer.does({ type: 'PostponeMeeting', ref: 'CGB-2024-02-01', to: '2024-02-28' });
    expect((await dueOf(meeting)).due).toMatchObject({
      original: '2024-02-01',
      current: '2024-02-28',
      extensions: 0,
      movedWithMeeting: true,
    });
    expect((await dueOf(meeting, { effective: '2024-01-19' })).due).toMatchObject({ current: '2024-02-01' });

    await onDay('2024-02-25');
    expect(await overdue(true)).toEqual([day, span]);
    expect(await overdue(false)).toEqual([meeting, month, nothing]);
    await onDay('2024-03-01');
    expect(await overdue(true)).toEqual([day, span, meeting]);
    expect(await overdue(true, { effective: '2024-02-16' })).toEqual([day]);
    for (const ref of [day, span, meeting, month, nothing]) {
      expect((await dueOf(ref)).overdue).toBe((await overdue(true)).includes(ref));
    }

    await officer.does({ type: 'CancelMeeting', ref: 'CGB-2024-02-01', reason: 'Not quorate.' });
    expect((await dueOf(meeting)).due).toMatchObject({ current: null, unanchored: true });
    expect(await overdue(true)).toEqual([day, span]);

    await lead.does({ type: 'ReportActionComplete', ref: day, text: 'Done.' });
    expect(await overdue(true)).toEqual([span]);
  });

  it('has lost its anchor for a reader from whom its meeting is hidden', async () => {
    const closed = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2024-05-01', session: 'CLOSED' });
    const ref = await due({ meeting: closed });
    expect((await dueOf(ref)).due).toMatchObject({ current: '2024-05-01', unanchored: false });
    const official = (await findAction(await ledger.view({}, OFFICIAL), ref))!;
    expect(official.due).toMatchObject({ current: null, unanchored: true });
  });
});

describe('the first due date of an action that is due at a meeting', () => {
  const why = { reason: 'As the minutes say.' };
  let monitoring: ReturnType<LedgerBeingRead['as']>;
  const meeting = (on: object) => officer.does({ type: 'ScheduleMeeting', body: 'JARAP', ...on });
  const raised = async (due: object, effectiveOn = '2024-06-10') => {
    const ref = await officer.does({
      type: 'RaiseAction',
      body: 'JARAP',
      title: 'Due there',
      due,
      effectiveOn,
      ...why,
    });
    await commissioner.does({ type: 'AgreeAction', ref, effectiveOn, ...why });
    return ref;
  };
  const dueOf = async (ref: string, asOf: object = {}, reader = FULL) =>
    (await findAction(await ledger.view(asOf, reader), ref))!.due;
  const openingOf = async (ref: string) => (await historyOf(await ledger.view(), ref, {})).edges[0]!.node.id;

  beforeAll(async () => {
    monitoring = ledger.as('monitoring-officer');
    await onDay('2024-06-10');
  });

  it('is the day that the meeting had then: its later postponement is a movement of its own kind, and no extension', async () => {
    const at = await meeting({ on: '2024-09-01' });
    const ref = await raised({ meeting: at });
    const { basis } = await ledger.view();
    await onDay('2024-06-12');
    await officer.does({ type: 'PostponeMeeting', ref: at, to: '2024-09-10' });
    const later = await raised({ meeting: at }, '2024-06-12');
    await onDay('2024-06-14');
    await officer.does({ type: 'PostponeMeeting', ref: at, to: '2024-09-20' });
    const moved = { current: '2024-09-20', extensions: 0, movedWithMeeting: true };
    expect(await dueOf(ref)).toMatchObject({ original: '2024-09-01', ...moved });
    expect(await dueOf(later)).toMatchObject({ original: '2024-09-10', ...moved });
    expect(await dueOf(ref, { effective: '2024-06-13' })).toMatchObject({
      original: '2024-09-01',
      current: '2024-09-10',
    });
    for (const asOf of [{ effective: '2024-06-11' }, { position: basis.position }])
      expect(await dueOf(ref, asOf)).toMatchObject({
        original: '2024-09-01',
        current: '2024-09-01',
        movedWithMeeting: false,
      });
    await onDay('2024-06-15');
    await officer.does({ type: 'CancelMeeting', ref: at, ...why });
    expect(await dueOf(ref)).toMatchObject({ original: '2024-09-01', current: null, movedWithMeeting: false });
  });

  it('is that day as it is known now: a correction counts, from when it was recorded', async () => {
    const at = await meeting({ on: '2024-10-01' });
    const ref = await raised({ meeting: at }, '2024-06-15');
    const { basis } = await ledger.view();
    await onDay('2024-06-20');
    await officer.does(
      { type: 'Correct', ref: at, event: await openingOf(at), path: 'on', is: '2024-10-02', ...why },
      'meetings',
    );
    expect(await dueOf(ref)).toMatchObject({ original: '2024-10-02', current: '2024-10-02', movedWithMeeting: false });
    expect(await dueOf(ref, { effective: '2024-06-15' })).toMatchObject({ original: '2024-10-02' });
    for (const asOf of [{ position: basis.position }, { recorded: '2024-06-16T00:00:00Z', clock: 'PROVEN' }])
      expect(await dueOf(ref, asOf)).toMatchObject({ original: '2024-10-01', current: '2024-10-01' });
  });

  it('is the first that it got, where it had none then', async () => {
    const at = await meeting({ on: '2024-11-01' });
    await officer.does({ type: 'PostponeMeeting', ref: at });
    const ref = await raised({ meeting: at }, '2024-06-20');
    expect(await dueOf(ref)).toMatchObject({ original: null, current: null, unanchored: true });
    await onDay('2024-06-22');
    await officer.does({ type: 'PostponeMeeting', ref: at, to: '2024-11-15' });
    await onDay('2024-06-24');
    await officer.does({ type: 'PostponeMeeting', ref: at, to: '2024-11-20' });
    expect(await dueOf(ref)).toMatchObject({ original: '2024-11-15', current: '2024-11-20', movedWithMeeting: true });
    expect(await dueOf(ref, { effective: '2024-06-21' })).toMatchObject({ original: null });
    // One that was typed before its meeting was: the first day that this got is the day for which it was set.
    const early = await raised({ meeting: await meeting({ on: '2024-11-30' }) }, '2024-06-01');
    expect(await dueOf(early)).toMatchObject({ original: '2024-11-30', movedWithMeeting: false });
  });

  it('follows the fact that set it, when that is corrected; and an extension to a meeting leaves it', async () => {
    const [first, second] = [await meeting({ on: '2024-12-01' }), await meeting({ on: '2024-12-10' })];
    const ref = await raised({ meeting: first }, '2024-06-24');
    await officer.does({ type: 'ExtendActionDueDate', ref, due: { meeting: second }, ...why });
    await onDay('2024-06-26');
    await officer.does({ type: 'PostponeMeeting', ref: first, to: '2024-12-03' });
    await officer.does({ type: 'PostponeMeeting', ref: second, to: '2024-12-12' });
    const extended = { current: '2024-12-12', extensions: 1, movedWithMeeting: true };
    expect(await dueOf(ref)).toMatchObject({ original: '2024-12-01', ...extended });
    const opening = await openingOf(ref);
    await officer.does({ type: 'Correct', ref, event: opening, path: 'due', is: { meeting: second }, ...why });
    expect(await dueOf(ref)).toMatchObject({ original: '2024-12-10', ...extended });
  });

  it('is unknown to a reader from whom the meeting is hidden, and of a meeting that was recorded by mistake', async () => {
    const at = await meeting({ on: '2025-01-10', session: 'CLOSED' });
    const ref = await officer.does({ type: 'RaiseAction', body: 'JARAP', title: 'Open', due: { meeting: at } });
    expect(await dueOf(ref)).toMatchObject({ original: '2025-01-10' });
    expect(await dueOf(ref, {}, OFFICIAL)).toMatchObject({ original: null, current: null, movedWithMeeting: false });
    await monitoring.does({ type: 'Void', ref: at, event: await openingOf(at), ...why }, 'meetings');
    expect(await dueOf(ref)).toMatchObject({ original: null, current: null, unanchored: true });
  });

  it('is asked for a whole page with one question, however many meetings there are', async () => {
    const cost = async (filter: ActionFilter) => {
      const view = await ledger.view();
      const before = ledger.models.questions;
      const { edges } = await listActions(view, filter, { first: 50 });
      expect(edges.every(({ node }) => node.due.original !== undefined)).toBe(true);
      return [edges.length, ledger.models.questions - before] as const;
    };
    const [one] = (await listActions(await ledger.view(), { body: 'JARAP', text: 'Due there' }, { first: 1 })).edges;
    const [few, asked] = await cost({ body: 'JARAP', text: 'Due there', owner: one?.node.state.owner ?? 'nobody' });
    const [many, askedForMany] = await cost({ body: 'JARAP', text: 'Due there' });
    expect(many).toBeGreaterThan(few + 4);
    expect(askedForMany).toBeLessThanOrEqual(asked + 2);
  });
});

describe('how old what is open is, and what was done in time', () => {
  const why = { reason: 'As the minutes say.' };
  const authority = { delegation: 'SoD-4' };
  const refs: Record<string, string> = {};
  const raise = async (body: string, title: string, more: object) => {
    const ref = await officer.does({ type: 'RaiseAction', body, title, owner: 'force-lead', ...why, ...more });
    const on = 'effectiveOn' in more ? { effectiveOn: more.effectiveOn as string } : {};
    await commissioner.does({ type: 'AgreeAction', ref, ...on, ...why });
    return (refs[title] = ref);
  };
  const done = async (title: string, reported: string, signedOff: string) => {
    const ref = refs[title]!;
    await lead.does({ type: 'ReportActionComplete', ref, text: 'Done.', effectiveOn: reported, ...why });
    await commissioner.does({ type: 'SignOffAction', ref, authority, effectiveOn: signedOff, ...why });
  };
  const extended = (title: string, on: string) =>
    officer.does({ type: 'ExtendActionDueDate', ref: refs[title]!, due: { on }, ...why });

  beforeAll(async () => {
    await onDay('2025-01-10');
    await officer.does({ type: 'AddBody', as: 'DUE', name: 'Board of due dates' });
    const at = await officer.does({ type: 'ScheduleMeeting', body: 'DUE', on: '2025-02-12' });
    await raise('DUE', 'done in time', { priority: 'HIGH', due: { on: '2025-02-10' } });
    await raise('DUE', 'done within its extension', { priority: 'HIGH', due: { on: '2025-02-20' } });
    await raise('DUE', 'never done', { priority: 'HIGH', due: { on: '2025-02-28' } });
    await raise('DUE', 'put off twice', { priority: 'MEDIUM', due: { on: '2025-02-15' } });
    await raise('DUE', 'withdrawn', { priority: 'MEDIUM', due: { on: '2025-02-25' } });
    await raise('DUE', 'due at a meeting that moves', { due: { meeting: at } });
    await raise('DUE', 'signed off late', { due: { on: '2025-02-03' } });
    await raise('DUE', 'due in March', { priority: 'HIGH', due: { on: '2025-03-05' } });
    await raise('DUE', 'due on no day', { priority: 'HIGH' });
    await onDay('2025-02-14');
    await extended('put off twice', '2025-03-15');
    await extended('done within its extension', '2025-03-20');
    await onDay('2025-03-01');
    await extended('put off twice', '2025-05-01');
    await lead.does({ type: 'ReportActionComplete', ref: refs['withdrawn']!, text: 'Done.' });
    await commissioner.does({ type: 'WithdrawAction', ref: refs['withdrawn']!, authority, ...why });
    await onDay('2025-03-21');
    await done('done in time', '2025-02-05', '2025-02-09');
    await done('done within its extension', '2025-02-18', '2025-03-10');
    await done('signed off late', '2025-02-02', '2025-03-20');
    await officer.does({ type: 'PostponeMeeting', ref: at, to: '2025-04-15' });
    await onDay('2025-04-01');
  });

  /*
   * Of nine actions, seven were first due in February 2025 (one is due in March, one on no day). On 1 April:
   *
   *                              priority  first due  due now     reported  signed off
   * done in time                 high      10 Feb     10 Feb      5 Feb     9 Feb
   * done within its extension    high      20 Feb     20 Mar      18 Feb    10 Mar      late by its first date alone
   * never done                   high      28 Feb     28 Feb                            late by both
   * put off twice                medium    15 Feb     1 May                             late by its first date alone
   * withdrawn                    medium    25 Feb                 1 Mar                 ended otherwise: never late
   * due at a meeting that moves  none      12 Feb     15 Apr                            late by its first date alone
   * signed off late              none      3 Feb      3 Feb       2 Feb     20 Mar      late by both; in time by its owner
   */
  describe('of what was first due in February', () => {
    const FEBRUARY = { from: '2025-02-01', to: '2025-02-28' };
    const counts = ({ total, byPriority }: Awaited<ReturnType<typeof actionsFirstDue>>) => ({
      total: Object.values(total).join(' '),
      ...Object.fromEntries(byPriority.map(({ label, of }) => [label, Object.values(of).join(' ')])),
    });
    const asked = async (by: 'CLOSING' | 'OWNERS_WORD', doneBy: string, asOf = {}, filter: ActionFilter = {}) =>
      counts(await actionsFirstDue(await ledger.view(asOf), { body: 'DUE', ...filter }, { ...FEBRUARY, doneBy }, by));

    it('tells what was signed off by a day and what is late by either date, by priority', async () => {
      // due, done by then, done since, open, ended; late by the first date: done, open; by the date that holds: done, open.
      expect(await asked('CLOSING', '2025-03-15')).toEqual({
        total: '7 2 1 3 1 2 3 1 1',
        high: '3 2 0 1 0 1 1 0 1',
        medium: '2 0 0 1 1 0 1 0 0',
        'no priority': '2 0 1 1 0 1 1 1 0',
      });
      expect((await asked('CLOSING', '2025-04-01'))['total']).toBe('7 3 0 3 1 2 3 1 1');
    });

    it('takes the word of its owner instead, where that is asked for and no report was sent back', async () => {
      expect((await asked('OWNERS_WORD', '2025-02-17'))['total']).toBe('7 2 1 3 1 0 3 0 1');
      await commissioner.does({ type: 'ReturnAction', ref: await reportedAndReturned(), authority, ...why });
      expect((await asked('OWNERS_WORD', '2025-04-01', {}, { body: 'JARAP' }))['total']).toBe('1 0 0 1 0 0 1 0 1');
    });

    it('tells it as of an earlier day, when less was signed off and the meeting had not moved', async () => {
      // Open and late by the date that holds: the one never done, the one signed off later, and the one due at the meeting of 12 February.
      expect((await asked('CLOSING', '2025-03-15', { effective: '2025-03-12' }))['total']).toBe('7 2 0 4 1 1 4 0 3');
    });

    it('is asked without bounds, of no period that has none, and with as many questions for one meeting as for several', async () => {
      const all = await actionsFirstDue(await ledger.view(), { body: 'DUE' }, { doneBy: '2025-04-01' });
      expect([all.total.due, all.byPriority.map(({ key }) => key)]).toEqual([8, ['HIGH', 'MEDIUM', null]]);
      const none = { from: '2020-01-01', to: '2020-12-31', doneBy: '2025-04-01' };
      expect(await actionsFirstDue(await ledger.view(), { body: 'DUE' }, none)).toMatchObject({
        total: { due: 0 },
        byPriority: [],
      });
      const cost = async (body: string) => {
        const view = await ledger.view();
        const before = ledger.models.questions;
        await actionsFirstDue(view, { body }, { doneBy: '2025-04-01' });
        return ledger.models.questions - before;
      };
      expect(await cost('JARAP')).toBeLessThanOrEqual((await cost('DUE')) + 1);
    });

    async function reportedAndReturned(): Promise<string> {
      const ref = await raise('JARAP', 'returned', { due: { on: '2025-02-20' }, effectiveOn: '2025-02-01' });
      await lead.does({ type: 'ReportActionComplete', ref, text: 'Done.' });
      return ref;
    }
  });

  it.each<[string, ActionFilter, readonly string[]]>([
    ['extended at least once', { extended: 1 }, ['done within its extension', 'put off twice']],
    ['extended more than once', { extended: 2 }, ['put off twice']],
    ['overdue by the date that holds', { overdue: true }, ['never done', 'due in March']],
    [
      'overdue by the date on which they were first due',
      { overdueByOriginal: true },
      ['never done', 'put off twice', 'due at a meeting that moves', 'due in March'],
    ],
    [
      'overdue by the first date and not by the other',
      { overdueByOriginal: true, overdue: false },
      ['put off twice', 'due at a meeting that moves'],
    ],
  ])('finds those that were %s', async (_, filter, titles) => {
    const { edges } = await listActions(await ledger.view(), { body: 'DUE', ...filter }, {});
    expect(edges.map(({ node }) => node.ref)).toEqual(titles.map((title) => refs[title]));
  });

  it('finds those that were reopened, from the day on which they were', async () => {
    await onDay('2025-04-02');
    await commissioner.does({ type: 'ReopenAction', ref: refs['done in time']!, authority, ...why });
    const found = async (reopened: boolean, asOf = {}) =>
      (await listActions(await ledger.view(asOf), { body: 'DUE', reopened }, {})).totalCount;
    expect([await found(true), await found(false)]).toEqual([1, 8]);
    expect(await found(true, { effective: '2025-04-01' })).toBe(0);
  });

  it('tells the ages of what is open: their mean, the oldest, and how many are in each band', async () => {
    const marking = { ...OFFICIAL_OPEN, sensitive: true };
    await officer.does({ type: 'AddBody', as: 'AGE', name: 'Board of ages' });
    await officer.does({ type: 'AddPost', as: 'estates-lead', name: 'Estates lead' });
    await officer.does({ type: 'AddPost', as: 'quiet-lead', name: 'Quiet lead', marking });
    const raisedOn = (title: string, effectiveOn: string, more = {}) => raise('AGE', title, { effectiveOn, ...more });
    // Days to 1 April 2025: 0, 7, 50 and 90. What was signed off is not open, and what is hidden is not for everybody.
    await raisedOn('of today', '2025-04-01');
    await raisedOn('of last week', '2025-03-25', { owner: 'estates-lead' });
    await raisedOn('of February', '2025-02-10', { owner: 'quiet-lead' });
    await raisedOn('of January', '2025-01-01');
    await raisedOn('closed', '2024-01-01');
    await done('closed', '2024-02-01', '2024-03-01');
    await raisedOn('hidden', '2024-04-01', { marking });

    const view = await ledger.view({ effective: '2025-04-01' }, OFFICIAL);
    const { groups, ...ages } = await actionAges(view, { body: 'AGE' }, 'OWNER');
    expect(ages).toEqual({
      count: 4,
      averageDays: 36.8, // (0 + 7 + 50 + 90) / 4 = 36.75
      oldestDays: 90,
      bands: [
        { from: 0, to: 29, count: 2 },
        { from: 30, to: 89, count: 1 },
        { from: 90, to: 179, count: 1 },
        { from: 180, to: 364, count: 0 },
        { from: 365, to: null, count: 0 },
      ],
    });
    expect(groups.map(({ key, count, averageDays, oldestDays }) => [key, count, averageDays, oldestDays])).toEqual([
      ['estates-lead', 1, 7, 7],
      ['force-lead', 2, 45, 90],
      [null, 1, 50, 50], // Its owner is not for this reader.
    ]);
    expect((await actionAges(view, { body: 'AGE' }, undefined, [7])).bands).toEqual([
      { from: 0, to: 6, count: 1 },
      { from: 7, to: null, count: 3 },
    ]);
    expect(await actionAges(await ledger.view(), { body: 'AGE' })).toMatchObject({ count: 5 });
    expect(await actionAges(view, { body: 'AGE', status: ['SIGNED_OFF'] })).toMatchObject({
      count: 0,
      averageDays: null,
      oldestDays: null,
    });
    // A month before, one had not been raised and one was 31 days younger.
    expect(await actionAges(await ledger.view({ effective: '2025-03-01' }, OFFICIAL), { body: 'AGE' })).toMatchObject({
      count: 2,
      averageDays: 39,
      oldestDays: 59,
    });
  });
});
