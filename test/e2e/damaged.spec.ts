import { join } from 'node:path';
import { openDatabase } from '../../libs/sqlite/index.ts';
import { OpenLog } from '../faults/damaged-store.ts';
import { openOffice, dayFromToday, type Office } from './office.ts';

describe('a server whose embedded store was damaged', () => {
  let office: Office;
  const refs: string[] = [];
  const extension = { due: { on: dayFromToday(60) }, reason: 'Leave.' };

  beforeAll(async () => {
    office = await openOffice({ store: 'sqlite' });
    for (let number = 0; number < 3; number += 1) refs.push(await office.agreed());
    const { data } = office.served.place.settings;
    await office.served.restart(() => {
      const database = openDatabase(join(data, 'events.sqlite'), { durable: false });
      const log = new OpenLog(database);
      const [from = 0, to = 0] = [...new Set(log.rows.filter(isAgreed).map(({ stream }) => stream))];
      // What one was told last stands at the end of another.
      const last = log.rows.findLast(({ stream }) => stream === from)!;
      log.set(last.seq, 'stream', to, log.lastVersion(to) + 1);
      database.close();
    });
    await office.served.ready();
  }, 60_000);
  afterAll(() => office?.served.remove());

  const isAgreed = ({ bytes }: { bytes: Buffer }) => bytes.includes('"type":"ActionAgreed"');

  it('decides on neither of two records of which one event stands with the other, and on all else', async () => {
    const officer = await office.served.as('opcc-officer');
    for (const ref of refs.slice(0, 2))
      expect(await officer.fails('extendActionDueDate', { ref, ...extension })).toMatchObject({
        message: expect.stringContaining('is damaged in the store'),
        extensions: { code: 'UNAVAILABLE' },
      });
    await officer.does('extendActionDueDate', { ref: refs[2], ...extension });
  });
});
