import { actionWithUndated, meetingWithAgenda, meetingWithItems, tablesOf } from '../growing-records.ts';
import { measured, type Measured } from './measuring.ts';

const UNDATED = [10, 50, 100, 200];
const ITEMS = [10, 50, 200, 500];

/**
 * What the tables need for one record that grows, its events and their words aside: each size against the smallest. The ratio of what
 * grows as the record does is that of the counts; a little more is allowed, because a state is kept whole now and then.
 */
export function tableSizes(): Measured[] {
  return [
    ...growth('action with facts without a day', UNDATED, (count) => tablesOf(actionWithUndated(count)).bytes),
    ...growth('meeting with minuted items', ITEMS, (count) => tablesOf(meetingWithItems(count)).bytes),
    ...growth('meeting with agenda items', ITEMS, (count) => tablesOf(meetingWithAgenda(count)).bytes),
  ];
}

function growth(what: string, counts: readonly number[], bytesOf: (count: number) => number): Measured[] {
  const [smallest = 1, ...others] = counts;
  const least = bytesOf(smallest);
  return others.map((count) =>
    measured({
      row: 'tables',
      what: `tables of one ${what}, ${count}`,
      measured: bytesOf(count) / 1_000,
      unit: ' kB',
      limit: least / 1_000,
      limitIs: `the same with ${smallest}, of which there are ${count / smallest} times as many here`,
      aim: { atMost: (1.5 * count) / smallest },
    }),
  );
}
