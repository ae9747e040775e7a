import { join } from 'node:path';
import { openSqliteKeyStore } from '../../libs/keys/index.ts';
import { positionTokens } from '../../libs/read-models/positions.ts';
import { machineIds } from '../../libs/running-ledger/index.ts';
import { Browser } from './browser.ts';
import type { Client } from './client.ts';
import { dayFromToday, openOffice, type Office } from './office.ts';
import { headersOf } from './served-ledger.ts';

/** On both stores: a race is decided by what the store answers. */
describe.each(['sqlite', 'esdb'] as const)('two who work on one record at once (%s)', (store) => {
  let office: Office;
  /** Another person in the post of the officer. */
  let colleague: Client;

  beforeAll(async () => {
    office = await openOffice({ store });
    colleague = await office.served.as('opcc-officer', 'colleague');
  }, 60_000);
  afterAll(() => office?.served.remove());

  const position = async (client: Client): Promise<string> => {
    await office.served.ready();
    return (await client.runs('{ ledger { basis { position } } }')).ledger.basis.position;
  };
  const extend = (ref: string, days: number, more: object = {}) => ({
    ...{ ref, due: { on: dayFromToday(days) }, reason: 'More time.' },
    ...more,
  });

  it('is told what the other has recorded since, and writes nothing; and sends it all the same without “seen”', async () => {
    const ref = await office.agreed({ due: { on: dayFromToday(10) } });
    const seen = await position(colleague);
    const { position: written } = await office.officer.does('extendActionDueDate', extend(ref, 20));
    const { message, extensions } = await colleague.fails('extendActionDueDate', extend(ref, 30, { seen }));
    const [fact] = (await office.history(ref)).slice(-1);
    expect(extensions).toEqual({
      ...{ code: 'CONFLICT', refusal: null, field: 'seen' },
      facts: [
        {
          event: fact.id,
          type: 'DueDateExtended',
          effectiveOn: dayFromToday(0),
          recordedAt: fact.recordedAt,
          by: 'opcc-officer',
          enteredBy: 'opcc-officer',
        },
      ],
    });
    expect(message).toContain('nothing was written');
    expect(await office.history(ref)).toHaveLength(3);
    await colleague.does('extendActionDueDate', extend(ref, 30, { seen: written }));
    await office.officer.does('extendActionDueDate', extend(ref, 40));
  });

  it('is written by one of them alone, where both say what they have seen', async () => {
    const ref = await office.agreed({ due: { on: dayFromToday(10) } });
    const seen = await position(colleague);
    const answers = await Promise.all(
      [office.officer, colleague].map(async (client, index) => {
        const { text } = await client.post(
          'mutation ($input: ExtendActionDueDateInput!) { extendActionDueDate(input: $input) { position } }',
          { input: extend(ref, 20 + index, { seen, commandId: machineIds.uuid() }) },
        );
        return JSON.parse(text).errors?.[0].extensions.code ?? 'accepted';
      }),
    );
    expect(answers.sort()).toEqual(['CONFLICT', 'accepted']);
    expect(await office.history(ref)).toHaveLength(3);
  });

  it('is refused a position that is none, of other readers, or ahead of all that there is', async () => {
    const ref = await office.agreed();
    const ofOthers = await position(await office.served.as('panel-member'));
    const keys = openSqliteKeyStore({ file: join(office.served.place.settings.data, 'keys.sqlite'), ids: machineIds });
    const tokens = positionTokens(keys);
    const here = tokens.decode(await position(office.officer))!;
    const ahead = tokens.encode(
      'full',
      here.replace(/\d+/g, (place) => String(Number(place) + 1_000_000)),
    );
    keys.close();
    for (const seen of ['nothing', ofOthers, ahead]) {
      const { extensions } = await office.officer.fails('extendActionDueDate', extend(ref, 20, { seen }));
      expect([seen, extensions]).toEqual([seen, { code: 'INVALID', refusal: null, field: 'seen' }]);
    }
    expect(await office.history(ref)).toHaveLength(2);
  });

  it('records a form once that is sent twenty times at once, and leads each to it', async () => {
    const { served } = office;
    const browser = new Browser(await headersOf(served.url, 'opcc-officer'));
    const path = '/commands/raise-action';
    const form = await browser.open(`${served.url}${path}?body=CGB&title=Sent+often`);
    const sent = await Promise.all(Array.from({ length: 20 }, () => browser.submitOnce(form, path)));
    const led = new Set(sent.map(({ status, headers }) => `${status} ${headers.get('location')}`));
    expect([...led]).toEqual([expect.stringMatching(/^303 \/actions\/CGB-/)]);
    await served.ready();
    const { ledger } = await office.officer.runs(
      '{ ledger { actions(filter: { text: "Sent often" }) { totalCount edges { node { history { totalCount } } } } } }',
    );
    expect(ledger.actions).toEqual({ totalCount: 1, edges: [{ node: { history: { totalCount: 1 } } }] });
  });
});
