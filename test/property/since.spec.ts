import { randomUUID } from 'node:crypto';
import { readerFor, type Capacity } from '../../libs/access/index.ts';
import type { Caller, Outcome } from '../../libs/dispatch/index.ts';
import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { eventsAsOf } from '../../libs/read-models/index.ts';
import { randomNumbers } from '../e2e/random-numbers.ts';
import { ledgerBeingRead, type LedgerBeingRead } from '../ledger-being-read.ts';

/*
 * What is a conflict, walked naively: the log from the first event after what was seen to its end; of the record, by another person, and
 * shown to the sender by the read models, which work out for themselves who may see what.
 */

const SEEDS = Array.from({ length: Number(process.env['SINCE_RUNS'] ?? 5) }, (_, index) => index + 1);
const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };

/** Two persons in one post, one in two posts, and posts that see all, some, or more of what they own. */
const CALLERS: readonly Caller[] = (
  [
    ['opcc-officer', 'p-1', 'opcc-officer'],
    ['opcc-officer', 'p-2', 'opcc-officer'],
    ['monitoring-officer', 'p-1', 'monitoring-officer'],
    ['commissioner', 'p-3', 'commissioner'],
    ['force-lead', 'p-4', 'force-lead'],
    ['chief-constable', 'p-5', 'force-lead'],
  ] as readonly (readonly [string, string, Capacity])[]
).map(([post, person, capacity]) => ({ post, person, capacity }));

let house: LedgerBeingRead;
beforeAll(async () => {
  house = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
  await house.as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  await house
    .as('opcc-officer')
    .does({ type: 'AddPost', as: 'chief-constable', name: 'Chief', capacity: 'force-lead' });
});
afterAll(() => house.remove());

const send = (caller: Caller, command: object, envelope: object = {}, seen?: string): Promise<Outcome> =>
  house.ledger.dispatch.submit({
    register: 'actions',
    command: command as never,
    envelope: {
      commandId: randomUUID(),
      reason: 'As the minutes say.',
      authority: { delegation: 'SoD-4' },
      ...envelope,
    },
    caller,
    ...(seen === undefined ? {} : { seen }),
  });

/** Some commands on an action, of which those that are not lawful then are refused and change nothing. */
async function history(numbers: () => number, ref: string): Promise<void> {
  const pick = <One>(all: readonly One[]): One => all[Math.floor(numbers() * all.length)]!;
  for (let step = 0; step < 24; step += 1) {
    const target = await anyEvent(numbers, ref);
    const day = `2024-${String(1 + Math.floor(numbers() * 12)).padStart(2, '0')}-01`;
    const [by, command] = pick<readonly [post: string, command: object]>([
      ['commissioner', { type: 'AgreeAction' }],
      ['force-lead', { type: 'GiveActionUpdate', text: 'It goes on.' }],
      ['opcc-officer', { type: 'ReassignAction', owner: pick(['chief-constable', 'force-lead', 'commissioner']) }],
      ['opcc-officer', { type: 'ExtendActionDueDate', due: { on: day } }],
      ['opcc-officer', { type: 'Correct', event: target, path: 'reason', is: 'Other words' }],
      ['commissioner', { type: 'Correct', event: target, path: 'reason', is: 'Words' }],
      ['monitoring-officer', { type: 'Publish' }],
      ['monitoring-officer', { type: 'Mark', to: { ...SENSITIVE, sensitive: numbers() < 0.2 } }],
      ['monitoring-officer', { type: 'Mark', event: target, to: { ...SENSITIVE, sensitive: numbers() < 0.5 } }],
      ['monitoring-officer', { type: 'Void', event: target }],
      ['monitoring-officer', { type: 'Restore', event: target }],
    ]);
    const sender = pick(CALLERS.filter(({ post }) => post === by));
    const typedFor = by === 'opcc-officer' && numbers() < 0.2 ? { by: 'commissioner' } : {};
    await send(sender, { ...command, ref }, { ...typedFor, ...(numbers() < 0.3 ? { marking: SENSITIVE } : {}) });
  }
}

async function anyEvent(numbers: () => number, ref: string): Promise<string> {
  await house.caughtUp();
  const events = house.models.eventsAfter(house.models.bearerOf('actions', ref)!, 0)!;
  return events[Math.floor(numbers() * events.length)]!.id;
}

/** Every event of the log, with where it stands. */
async function log() {
  const all = [];
  for (let read: string | undefined, atEnd = false; !atEnd;) {
    const page = await house.ledger.store.readAll(read, 500);
    all.push(...page.events);
    read = page.events.at(-1)?.position ?? read;
    atEnd = page.atEnd;
  }
  return all;
}

/** Refused to everybody, whatever the record is, so that asking changes nothing. */
const NOWHERE = randomUUID();
const never = (ref: string) => ({ type: 'Correct', ref, event: NOWHERE, path: 'title', is: 'Other words' });

describe('what somebody has not seen', () => {
  it.each(SEEDS)('is what a walk through the log finds, and nothing else (seed %i)', async (seed) => {
    const numbers = randomNumbers(seed);
    const opened = await house
      .as('opcc-officer')
      .does({ type: 'RaiseAction', body: 'CGB', title: 'One', owner: 'force-lead' });
    const beside = await house.as('opcc-officer').does({ type: 'RaiseAction', body: 'CGB', title: 'Other' });
    await history(numbers, opened);
    await history(numbers, beside);
    await house.caughtUp();
    const all = await log();
    const placeOf = new Map(all.map(({ id }, place) => [id, place]));
    // The read models name no person to those who may not know of them.
    const written = house.models.eventsAfter(house.models.bearerOf('actions', opened)!, 0)!;
    const typist = new Map(written.map(({ id, actor }) => [id, actor.enteredBy.person]));
    let conflicts = 0;
    for (const caller of CALLERS) {
      const view = await house.view({}, readerFor(caller.post, caller.capacity));
      const shown = await eventsAsOf(view, { register: 'actions', ref: opened });
      for (let place = placeOf.get(shown[0]?.event.id ?? '') ?? 0; place < all.length; place += 1) {
        const expected = shown
          .filter(({ event }) => placeOf.get(event.id)! > place && typist.get(event.id) !== caller.person)
          .map(({ event }) => event.id);
        const outcome = await send(caller, never(opened), {}, all[place]!.position);
        const facts = outcome.outcome === 'conflict' ? outcome.facts!.map(({ event }) => event) : [];
        expect([caller.post, place, facts]).toEqual([caller.post, place, expected]);
        if (expected.length === 0) expect(outcome).toEqual(await send(caller, never(opened)));
        conflicts += expected.length > 0 ? 1 : 0;
      }
    }
    expect(conflicts).toBeGreaterThan(0);
    expect((await log()).length).toBe(all.length);
  });
});
