import { randomUUID } from 'node:crypto';
import type { Client, Json } from './client.ts';
import { dayFromToday, HELD_ON, openOffice, TYPED_LATE, type Office } from './office.ts';

const NOTICES = 'notices { code sentence record }';

describe('the payload of a command', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  }, 60_000);
  afterAll(() => office?.served.remove());

  const send = async (client: Client, field: string, more: string, input: object): Promise<Json> => {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
    const document = `mutation ($input: ${type}) { ${field}(input: $input) { ${more} ${NOTICES} } }`;
    return (await client.runs(document, { input: { commandId: randomUUID(), ...input } }))[field];
  };
  const raising = (title: string, more: object = {}) => ({
    ...{ meeting: office.board, title, owner: 'force-lead', effectiveOn: HELD_ON, ...TYPED_LATE },
    ...more,
  });

  it('says what may be a slip in it, with the record to look at, and says it again when it is sent again', async () => {
    const first = await send(office.officer, 'raiseAction', 'action { ref }', raising('Report on vetting'));
    expect(first.notices).toEqual([]);
    const again = raising('Report on  Vetting', { commandId: randomUUID() });
    for (let times = 0; times < 2; times += 1) {
      const { notices } = await send(office.officer, 'raiseAction', 'action { ref }', again);
      expect(notices).toEqual([
        { code: 'SAME_TITLE', sentence: expect.stringContaining(first.action.ref), record: first.action.ref },
      ]);
    }
  });

  it('says it of every kind of record', async () => {
    const { officer, monitoring } = office;
    const early = { effectiveOn: dayFromToday(-40), ...TYPED_LATE };
    const post = await send(officer, 'addPost', 'post { ref }', {
      ref: 'fleet-lead',
      name: 'Fleet',
      body: 'CGB',
      ...early,
    });
    expect(post).toMatchObject({
      post: { ref: 'fleet-lead' },
      notices: [{ code: 'BEFORE_IT_EXISTED', record: 'CGB' }],
    });
    const meeting = { body: 'CGB', on: dayFromToday(-35), ...early };
    expect((await send(officer, 'scheduleMeeting', 'meeting { ref }', meeting)).notices).toMatchObject([
      { record: 'CGB' },
    ]);
    for (const [client, field, more, input] of [
      [officer, 'addBody', 'body { ref }', { ref: 'JARAP', name: 'Panel' }],
      [officer, 'addPerson', 'person { ref }', { name: 'A. Person' }],
      [monitoring, 'publishBody', 'body { ref }', { ref: 'JARAP' }],
      [
        officer,
        'recordOtherwiseStated',
        'record',
        { record: office.board, path: 'date', says: HELD_ON, source: { document: 'Another paper' } },
      ],
    ] as const)
      expect([field, (await send(client, field, more, input)).notices]).toEqual([field, []]);
  });

  it('says that another record of any register has the same name, whenever it was given', async () => {
    const { officer } = office;
    const { action } = await send(officer, 'raiseAction', 'action { ref }', raising('Named'));
    expect((await send(officer, 'nameRecord', 'record', { record: action.ref, name: '14/2018/P' })).notices).toEqual(
      [],
    );
    await office.served.ready();
    const named = { record: office.board, name: '14/2018/p' };
    expect((await send(officer, 'nameRecord', 'record', named)).notices).toEqual([
      { code: 'NAME_OF_ANOTHER', sentence: expect.stringContaining(action.ref), record: action.ref },
    ]);
  });

  it('says nothing of what the sender may not see', async () => {
    const title = 'Review of a closed matter';
    const closed = await send(
      office.officer,
      'raiseAction',
      'action { ref }',
      raising(title, { session: 'CLOSED', owner: 'opcc-officer' }),
    );
    const open = await send(office.lead, 'raiseAction', 'action { ref }', raising(title));
    expect(open.notices).toEqual([]);
    // Whoever sees both is told (control).
    const other = await send(office.officer, 'raiseAction', 'action { ref }', raising(title));
    expect(other.notices).toMatchObject([{ code: 'SAME_TITLE', record: expect.any(String) }]);
    expect([closed.action.ref, open.action.ref]).toContain(other.notices[0].record);
  });
});
