import { randomUUID } from 'node:crypto';
import { ledgerBeingRead, type LedgerBeingRead } from '../../test/ledger-being-read.ts';

const WHY = { reason: 'The supplier is late.' };

/* From 1 June 2023 each body named here has a policy of its own. Asked on 20 June. */
describe('a due-date policy of the body is asked when an extension is granted', () => {
  let ledger: LedgerBeingRead;
  const as = (post: string) => ledger.as(post);
  const onDay = (day: string) => ledger.clock.set(`${day}T12:00:00.000Z`);

  const policy = async (body: string, asks: object, more: object = {}) => {
    const rule = { type: 'AddRule', kind: 'DUE_DATE_POLICY', body, title: 'Due dates', as: 'due-dates' };
    const ref = await as('monitoring-officer').does({ ...rule, effectiveOn: '2023-06-01', ...WHY, ...more });
    await as('monitoring-officer').does({ type: 'SetDueDatePolicy', ref, ...asks });
    return ref;
  };
  const raised = async (body: string, due: object = { on: '2023-07-31' }, more: object = {}) => {
    const said = { type: 'RaiseAction', body, title: 'Due', owner: 'force-lead', due, ...more, ...WHY };
    const ref = await as('opcc-officer').does(said);
    await as('commissioner').does({ type: 'AgreeAction', ref, ...more, ...WHY });
    return ref;
  };
  const extension = (ref: string, on: string) => ({ type: 'ExtendActionDueDate', ref, due: { on }, ...WHY });
  const extend = (ref: string, on: string, post = 'opcc-officer') => as(post).fails(extension(ref, on));

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-01T12:00:00.000Z' });
    for (const body of ['ONCE', 'INTIME', 'FREE', 'WHY', 'BOTH', 'LATER', 'PAST', 'NAMED'])
      await as('opcc-officer').does({ type: 'AddBody', as: body, name: body });
    await policy('ONCE', { mostExtensions: 1 });
    await policy('INTIME', { beforeItPasses: true });
    await policy('WHY', { reasonNeeded: true });
    await policy('NAMED', { authorityFrom: 2 });
    await policy('BOTH', { mostExtensions: 5 });
    await policy('BOTH', { mostExtensions: 0 }, { as: 'of-the-panel' });
    await policy('LATER', { mostExtensions: 0, effectiveOn: '2023-07-01' });
    onDay('2023-06-20');
  });
  afterAll(() => ledger.remove());

  it('refuses one more than it lets, by its name, and lets those that it lets', async () => {
    const ref = await raised('ONCE');
    expect(await extend(ref, '2023-08-31')).toBe('accepted');
    expect(await as('opcc-officer').submit(extension(ref, '2023-09-30'))).toMatchObject({
      refusal: {
        code: 'EXTENDED_TOO_OFTEN',
        field: 'due',
        sentence: expect.stringContaining('ONCE-due-dates') as string,
      },
    });
    const free = await raised('FREE');
    for (const on of ['2023-08-31', '2023-09-30', '2023-10-31']) expect(await extend(free, on)).toBe('accepted');
  });

  it('refuses a late entry that would make a later extension one too many', async () => {
    const ref = await raised('ONCE', { on: '2023-06-30' }, { effectiveOn: '2023-06-10' });
    expect(await extend(ref, '2023-08-31')).toBe('accepted');
    const late = { ...extension(ref, '2023-07-31'), effectiveOn: '2023-06-15' };
    expect(await as('opcc-officer').fails(late)).toBe('EXTENDED_TOO_OFTEN');
  });

  it('refuses to put off a date that has passed, its own or that of its meeting', async () => {
    const early = { effectiveOn: '2023-06-10' };
    expect(await extend(await raised('INTIME'), '2023-08-31')).toBe('accepted');
    expect(await extend(await raised('INTIME', { on: '2023-06-19' }, early), '2023-08-31')).toBe('EXTENDED_TOO_LATE');
    const meeting = await as('opcc-officer').does({ type: 'ScheduleMeeting', body: 'INTIME', on: '2023-06-19' });
    expect(await extend(await raised('INTIME', { meeting }, early), '2023-08-31')).toBe('EXTENDED_TOO_LATE');
  });

  it('asks for a reason wherever the register needs none, and counts no date that is brought forward', async () => {
    const made = async (body: string) =>
      as('opcc-officer').does({
        ...{ type: 'MakeRecommendation', body, originator: body, kind: 'RECOMMENDATION', title: 'Due' },
        ...{ owner: 'force-lead', due: { on: '2023-07-31' } },
      });
    const request = (ref: string) =>
      as('force-lead').does({ type: 'RequestRecommendationExtension', ref, due: { on: '2023-09-30' }, ...WHY });
    const ref = await made('WHY');
    await request(ref);
    const grant = { type: 'GrantRecommendationExtension', ref };
    expect(await as('opcc-officer').fails(grant)).toBe('EXTENSION_WITHOUT_REASON');
    expect(await as('opcc-officer').fails({ ...grant, ...WHY })).toBe('accepted');
    const once = await made('ONCE');
    const move = (on: string) =>
      as('opcc-officer').fails({ type: 'MoveRecommendationDueDate', ref: once, due: { on }, ...WHY });
    expect(await move('2023-07-15')).toBe('accepted');
    expect(await move('2023-08-15')).toBe('accepted');
    expect(await move('2023-08-01')).toBe('accepted');
    expect(await move('2023-09-01')).toBe('EXTENDED_TOO_OFTEN');
  });

  it('asks for a named authority from the extension on that needs one', async () => {
    const ref = await raised('NAMED');
    expect(await extend(ref, '2023-08-31')).toBe('accepted');
    expect(await extend(ref, '2023-09-30')).toBe('EXTENSION_WITHOUT_AUTHORITY');
    const authority = { delegation: 'SoD-4' };
    expect(await as('opcc-officer').fails({ ...extension(ref, '2023-09-30'), authority })).toBe('accepted');
  });

  it('never asks again of what was granted before the policy was set, late though that was', async () => {
    const ref = await raised('PAST', { on: '2023-06-12' }, { effectiveOn: '2023-06-10' });
    expect(await extend(ref, '2023-08-31')).toBe('accepted');
    await policy('PAST', { beforeItPasses: true, reason: 'Found in the minutes.', effectiveOn: '2023-06-01' });
    expect(await extend(ref, '2023-09-30')).toBe('accepted');
  });

  it('asks nothing of what is imported', async () => {
    const ref = await raised('ONCE', { on: '2023-07-31' });
    expect(await extend(ref, '2023-08-31')).toBe('accepted');
    expect(await extend(ref, '2023-09-30')).toBe('EXTENDED_TOO_OFTEN');
    const { type, due, reason } = extension(ref, '2023-09-30');
    const printed = await ledger.ledger.dispatch.submit({
      register: 'actions',
      command: { type, ref, due } as never,
      envelope: { commandId: randomUUID(), by: null, reason, source: { document: 'Minutes', paragraph: '4' } },
      caller: { post: 'opcc-officer', person: 'p-opcc-officer', capacity: 'opcc-officer' },
      importId: 'papers',
    } as never);
    expect(printed.outcome).toBe('accepted');
  });

  it('asks every policy of the body', async () => {
    expect(await extend(await raised('BOTH'), '2023-08-31')).toBe('EXTENDED_TOO_OFTEN');
  });

  it('asks nothing on a day before it is in force', async () => {
    const ref = await raised('LATER');
    expect(await extend(ref, '2023-08-31')).toBe('accepted');
    onDay('2023-07-01');
    expect(await extend(ref, '2023-09-30')).toBe('EXTENDED_TOO_OFTEN');
  });
});
