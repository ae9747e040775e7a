import type { LoggedEvent } from '../event-store/index.ts';
import {
  actionWithDisputes,
  actionWithUndated,
  actionWithUpdates,
  meetingWithAgenda,
  meetingWithItems,
  postWithHolders,
  tablesOf,
} from '../../test/growing-records.ts';

describe('what the tables need for one record', () => {
  it.each<readonly [string, (count: number) => readonly LoggedEvent[]]>([
    ['facts without a day', actionWithUndated],
    ['updates', actionWithUpdates],
    ['minuted items', meetingWithItems],
    ['agenda items, each dealt with in its turn', meetingWithAgenda],
    ['holders of a post', postWithHolders],
    ['disputes', actionWithDisputes],
  ])('grows as the number of its %s', (_, recordWith) => {
    const [few, many] = [tablesOf(recordWith(50)), tablesOf(recordWith(200))];
    expect(many.rows / few.rows).toBeLessThan(4.5);
    // Now and then a state is kept whole, so bytes grow in steps. The square would be sixteen times as much.
    expect(many.bytes / few.bytes).toBeLessThan(6);
  });
});
