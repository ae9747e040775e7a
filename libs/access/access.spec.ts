import fc from 'fast-check';
import { pastEvent } from '../spec-kit/index.ts';
import type { JsonObject, Marking, RecordEvent } from '../ledger/index.ts';
import {
  givenTo,
  heldOwners,
  mayIssue,
  mayKnow,
  mayReadPart,
  ownersOf,
  readerFor,
  visibilityOf,
  visibilityWith,
  visibleEvents,
  workOfOwners,
  AUDIENCES,
  CAPACITIES,
  type Audience,
} from './index.ts';

const OPEN: Marking = { classification: 'OFFICIAL', sensitive: false, session: 'OPEN' };
const SENSITIVE: Marking = { ...OPEN, sensitive: true };
const CLOSED: Marking = { ...OPEN, session: 'CLOSED' };

function record(...events: { type: string; marking?: Marking; facts?: JsonObject }[]): RecordEvent[] {
  return events.map((event, index) => pastEvent('actions', event, index + 1));
}
function seen(events: readonly RecordEvent[], audience: Audience): string[] {
  return visibleEvents(events, audience).map(({ id }) => id);
}

describe('who may see an event', () => {
  it('shows OFFICIAL matters of open session to the official audience, and nothing to the public', () => {
    const events = record({ type: 'ActionRaised' }, { type: 'UpdateGiven' });
    expect(seen(events, 'official')).toEqual(['event-1', 'event-2']);
    expect(seen(events, 'public')).toEqual([]);
  });

  it.each([
    ['SENSITIVE', SENSITIVE],
    ['closed', CLOSED],
  ])('keeps a %s event for the full audience alone', (_, marking) => {
    const events = record({ type: 'ActionRaised' }, { type: 'UpdateGiven', marking });
    expect(seen(events, 'official')).toEqual(['event-1']);
    expect(seen(events, 'full')).toEqual(['event-1', 'event-2']);
  });

  it('hides the whole record from whoever may not see that it was opened', () => {
    const events = record({ type: 'ActionRaised', marking: CLOSED }, { type: 'UpdateGiven' });
    expect(seen(events, 'official')).toEqual([]);
  });

  it('publishes the events up to the publication, and later ones only with another', () => {
    const events = record({ type: 'ActionRaised' }, { type: 'Published' }, { type: 'UpdateGiven' });
    expect(seen(events, 'public')).toEqual(['event-1', 'event-2']);
    expect(seen([...events, pastEvent('actions', { type: 'Published' }, 4)], 'public')).toHaveLength(4);
  });

  it('takes a voided publication back, and a restored one up again', () => {
    const events = record(
      { type: 'ActionRaised' },
      { type: 'Published' },
      { type: 'Voided', facts: { target: 'event-2' } },
    );
    expect(seen(events, 'public')).toEqual([]);
    const restored = [...events, pastEvent('actions', { type: 'Restored', facts: { target: 'event-2' } }, 4)];
    expect(seen(restored, 'public')).toEqual(['event-1', 'event-2']);
  });

  it('never publishes what is SENSITIVE or closed', () => {
    const events = record({ type: 'ActionRaised' }, { type: 'UpdateGiven', marking: SENSITIVE }, { type: 'Published' });
    expect(seen(events, 'public')).toEqual(['event-1', 'event-3']);
  });

  it('hides an amendment whose target is hidden', () => {
    const events = record(
      { type: 'ActionRaised' },
      { type: 'UpdateGiven', marking: CLOSED },
      { type: 'Corrected', facts: { target: 'event-2', schema: 1, path: 'update' } },
    );
    expect(seen(events, 'official')).toEqual(['event-1']);
  });

  it('counts a re-marking for every reading, also of the past', () => {
    const whole = record(
      { type: 'ActionRaised' },
      { type: 'UpdateGiven' },
      { type: 'Marked', facts: { to: { ...CLOSED } } },
    );
    expect(seen(whole, 'official')).toEqual([]);
    const one = record(
      { type: 'ActionRaised' },
      { type: 'UpdateGiven' },
      { type: 'Marked', facts: { target: 'event-2', to: { ...CLOSED } } },
    );
    expect(seen(one, 'official')).toEqual(['event-1']);
  });

  it('keeps a restricted event restricted that was entered after its record was opened up', () => {
    const events = record(
      { type: 'ActionRaised' },
      { type: 'Marked', facts: { to: { ...SENSITIVE } } },
      { type: 'Marked', facts: { to: { ...OPEN } } },
      { type: 'UpdateGiven', marking: SENSITIVE },
      { type: 'Published' },
    );
    expect(seen(events, 'official')).toEqual(['event-1', 'event-2', 'event-3', 'event-5']);
    expect(seen(events, 'public')).not.toContain('event-4');
  });

  it('restricts with the record an event that was opened up before', () => {
    const events = record(
      { type: 'ActionRaised' },
      { type: 'UpdateGiven', marking: SENSITIVE },
      { type: 'Marked', facts: { target: 'event-2', to: { ...OPEN } } },
      { type: 'Marked', facts: { to: { ...CLOSED } } },
    );
    expect(seen(events, 'official')).toEqual([]);
  });

  it.each([
    ['written so', [{ type: 'UpdateGiven', marking: SENSITIVE }]],
    [
      'marked so since',
      [{ type: 'UpdateGiven' }, { type: 'Marked', facts: { target: 'event-2', to: { ...SENSITIVE } } }],
    ],
  ])('opens with its record no event that is SENSITIVE on its own, %s', (_, own) => {
    const rest = own as { type: string; marking?: Marking; facts?: JsonObject }[];
    const back: typeof rest = [
      { type: 'Marked', facts: { to: { ...SENSITIVE } } },
      { type: 'Marked', facts: { to: { ...OPEN } } },
      { type: 'Published' },
    ];
    const events = record({ type: 'ActionRaised' }, ...rest, ...back);
    for (const audience of ['official', 'public'] as const) {
      expect(seen(events, audience)).toEqual(expect.arrayContaining(['event-1', events.at(-1)!.id]));
      expect(seen(events, audience)).not.toContain('event-2');
    }
  });

  it('opens with its record whatever was written in it without a marking of its own', () => {
    const events = record(
      { type: 'ActionRaised', marking: SENSITIVE },
      { type: 'UpdateGiven' },
      { type: 'Marked', facts: { to: { ...OPEN } } },
    );
    expect(seen(events.slice(0, 2), 'official')).toEqual([]);
    expect(seen(events, 'official')).toHaveLength(3);
  });

  it('opens an event that was marked on its own by marking that event, while its record is open', () => {
    const opened = { type: 'Marked', facts: { target: 'event-2', to: { ...OPEN } } };
    const marked = { type: 'UpdateGiven', marking: SENSITIVE };
    expect(seen(record({ type: 'ActionRaised' }, marked, opened), 'official')).toHaveLength(3);
    expect(seen(record({ type: 'ActionRaised', marking: CLOSED }, marked, opened), 'official')).toEqual([]);
  });

  it('hides the record with its opening when that is marked by name, until it is marked so again', () => {
    const hidden = { type: 'Marked', facts: { target: 'event-1', to: { ...SENSITIVE } } };
    const ofTheRecord = { type: 'Marked', facts: { to: { ...OPEN } } };
    const opened = { type: 'Marked', facts: { target: 'event-1', to: { ...OPEN } } };
    expect(seen(record({ type: 'ActionRaised' }, hidden, ofTheRecord), 'official')).toEqual([]);
    expect(seen(record({ type: 'ActionRaised' }, hidden, ofTheRecord, opened), 'official')).toHaveLength(4);
  });

  it('never opens for anybody, by whatever is said of the record, an event that is restricted on its own', () => {
    const marking = fc.constantFrom(OPEN, SENSITIVE, CLOSED);
    const ofTheRecord = fc.oneof(
      marking.map((to) => ({ type: 'Marked', facts: { to: { ...to } } })),
      fc.constant({ type: 'Published' }),
      fc.nat(9).map((n) => ({ type: 'Voided', facts: { target: `event-${n + 3}` } })),
      fc.nat(9).map((n) => ({ type: 'Restored', facts: { target: `event-${n + 3}` } })),
    );
    /** The rule of before, by which marking the record marked each of its events: the control. */
    const laterWins = (events: readonly RecordEvent[]) =>
      events.findLast(({ type, facts }) => type === 'Marked' && !('target' in facts))?.facts['to'] as
        Marking | undefined;
    let faulty = 0;
    fc.assert(
      fc.property(marking, fc.array(ofTheRecord, { maxLength: 10 }), (first, rest) => {
        const events = record(
          { type: 'ActionRaised', marking: first },
          { type: 'UpdateGiven', marking: SENSITIVE },
          ...rest,
        );
        faulty += laterWins(events)?.sensitive === false ? 1 : 0;
        return ['official', 'public'].every((audience) => !seen(events, audience as Audience).includes('event-2'));
      }),
      { seed: 11, numRuns: 400 },
    );
    expect(faulty).toBeGreaterThan(50);
  });

  it('is whoever may see the record, for an event that makes the record void or lifts that', () => {
    const toVoid = (type: string, marking = OPEN) => ({ type, marking, facts: { target: 'event-1' } });
    const later = [toVoid('Voided', SENSITIVE), toVoid('Restored', SENSITIVE)];
    const remarked = [3, 4].map((n) => ({ type: 'Marked', facts: { target: `event-${n}`, to: { ...SENSITIVE } } }));
    const published = record({ type: 'ActionRaised' }, { type: 'Published' }, ...later, ...remarked);
    const ofTheRecord = ['event-1', 'event-2', 'event-3', 'event-4'];
    expect(seen(published, 'public')).toEqual(ofTheRecord);
    expect(seen(published, 'official').slice(0, 4)).toEqual(ofTheRecord);
    for (const audience of ['public', 'official'] as const)
      expect(
        seen(record({ type: 'ActionRaised', marking: SENSITIVE }, { type: 'Published' }, ...later), audience),
      ).toEqual([]);
    // A control: of any other event such a void is hidden by its marking.
    const another = { ...toVoid('Voided', SENSITIVE), facts: { target: 'event-2' } };
    expect(seen(record({ type: 'ActionRaised' }, { type: 'UpdateGiven' }, another), 'official')).toHaveLength(2);
  });

  it('grows by one event to what all of them give, and stays the same object where an event decides nothing', () => {
    const marking = fc.constantFrom(OPEN, SENSITIVE, CLOSED);
    const type = fc.constantFrom('UpdateGiven', 'Published', 'Marked', 'Voided', 'Restored', 'Corrected');
    const one = fc.record({ type, marking, to: marking, target: fc.option(fc.nat(8), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (rest) => {
        const events = record(
          { type: 'ActionRaised' },
          ...rest.map(({ type, marking, to, target }) => ({
            type,
            marking,
            facts: {
              ...(type === 'Marked' ? { to: { ...to } } : {}),
              ...(target === undefined || ['UpdateGiven', 'Published'].includes(type)
                ? {}
                : { target: `event-${target + 1}` }),
            },
          })),
        );
        events.reduce((before, event, at) => {
          const after = visibilityWith(before, event);
          for (const audience of AUDIENCES) {
            for (const earlier of events.slice(0, at))
              if (after === before) expect(mayKnow(audience, after, earlier)).toBe(mayKnow(audience, before, earlier));
            expect(visibleEvents(events.slice(0, at + 1), audience, after)).toEqual(
              visibleEvents(events.slice(0, at + 1), audience),
            );
          }
          if (event.type === 'UpdateGiven' || event.type === 'Corrected') expect(after).toBe(before);
          return after;
        }, visibilityOf([]));
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  it('shows the public no more than the official, and them no more than the full audience', () => {
    const marking = fc.constantFrom(OPEN, SENSITIVE, CLOSED);
    const type = fc.constantFrom('UpdateGiven', 'Published', 'Marked', 'Voided');
    fc.assert(
      fc.property(fc.array(fc.record({ type, marking, to: marking, target: fc.nat(8) }), { maxLength: 12 }), (rest) => {
        const events = record(
          { type: 'ActionRaised' },
          ...rest.map(({ type, marking, to, target }) => ({
            type,
            marking,
            facts: type === 'Marked' ? { to: { ...to } } : type === 'Voided' ? { target: `event-${target}` } : {},
          })),
        );
        const [open, official, full] = (['public', 'official', 'full'] as const).map(
          (audience) => new Set(seen(events, audience)),
        );
        return [...open!].every((id) => official!.has(id)) && [...official!].every((id) => full!.has(id));
      }),
      { seed: 10, numRuns: 400 },
    );
  });

  it('reads a part by its own marking', () => {
    expect(mayReadPart('official', SENSITIVE)).toBe(false);
    expect(mayReadPart('full', SENSITIVE)).toBe(true);
    expect(mayReadPart('public', undefined)).toBe(true);
  });
});

describe('who may issue a command', () => {
  const officer = { post: 'opcc-officer', capacity: 'opcc-officer' } as const;
  const commissioner = { post: 'commissioner', capacity: 'commissioner' } as const;
  const lead = { post: 'force-lead', capacity: 'force-lead' } as const;

  it('lets a post issue what is its own', () => {
    expect(mayIssue(['commissioner'], commissioner, commissioner, [])).toBe('yes');
    expect(mayIssue('OWNER', lead, lead, ['force-lead'])).toBe('yes');
    expect(mayIssue('ANY_WRITER', lead, lead, [])).toBe('yes');
  });

  it('refuses another post, and an owner who is not the owner', () => {
    expect(mayIssue(['commissioner'], lead, lead, [])).toBe('no');
    expect(mayIssue('OWNER', lead, lead, ['chief-constable'])).toBe('no');
    expect(mayIssue('OWNER', lead, lead, [])).toBe('no');
  });

  it('lets an OPCC officer type it for the post whose it is, with an authority', () => {
    expect(mayIssue(['commissioner'], officer, commissioner, [])).toBe('needs-authority');
    expect(mayIssue('OWNER', officer, lead, ['force-lead'])).toBe('needs-authority');
    expect(mayIssue('OWNER', officer, lead, ['chief-constable'])).toBe('no');
  });

  it('lets any owner issue what owners do, and the one that leads alone what the lead does', () => {
    const owners = ['chief-constable', 'force-lead'];
    expect(mayIssue('OWNER', lead, lead, owners)).toBe('yes');
    expect(mayIssue('LEAD', lead, lead, owners)).toBe('no');
    expect(mayIssue('LEAD', lead, lead, owners.toReversed())).toBe('yes');
    expect(mayIssue('LEAD', officer, lead, owners.toReversed())).toBe('needs-authority');
    expect(mayIssue('LEAD', lead, lead, [])).toBe('no');
  });

  it('lets nobody else type for another', () => {
    expect(mayIssue(['commissioner'], lead, commissioner, [])).toBe('no');
  });

  it.each(['internal-auditor', 'jarap-member', 'panel-member'] as const)('lets a %s read only', (capacity) => {
    expect(mayIssue('ANY_WRITER', { post: capacity, capacity }, { post: capacity, capacity }, [capacity])).toBe('no');
    expect(mayIssue('OWNER', { post: capacity, capacity }, { post: capacity, capacity }, [capacity])).toBe('no');
  });

  it('refuses what no rule names', () => {
    expect(mayIssue(undefined, officer, officer, [])).toBe('no');
  });

  it('gives a force lead the whole of what the post owns, and nobody else', () => {
    for (const capacity of CAPACITIES) {
      expect('ownsAs' in readerFor('a-post', capacity)).toBe(capacity === 'force-lead');
    }
  });
});

describe('who owns a record', () => {
  it('is the one that leads and then the others, each once, wherever the lead is named', () => {
    expect(ownersOf({})).toEqual([]);
    expect(ownersOf({ owner: 'a' })).toEqual(['a']);
    expect(ownersOf({ owner: 'b', owners: ['a', 'b', 'c'] })).toEqual(['b', 'a', 'c']);
    expect(ownersOf({ owners: ['c', 'a', 'c'] })).toEqual(['c', 'a']);
  });

  it('is kept as one that leads, and others where there are any', () => {
    expect(heldOwners({})).toEqual({});
    expect(heldOwners({ owner: 'a', owners: ['a'] })).toEqual({ owner: 'a' });
    expect(heldOwners({ owners: ['c', 'a'] })).toEqual({ owner: 'c', owners: ['a'] });
  });

  it('remembers the first day on which each was given the work', () => {
    const first = givenTo({}, ['a', 'b'], '2023-06-01');
    expect(givenTo(first, ['b', 'c'], '2023-07-01')).toEqual({ a: '2023-06-01', b: '2023-06-01', c: '2023-07-01' });
    expect(givenTo(first, ['a'], '2023-05-01')).toEqual({ a: '2023-05-01', b: '2023-06-01' });
  });

  it('makes the work that of all owners and of whoever reported it', () => {
    const given = { a: '2023-06-01', b: '2023-06-10' };
    expect(workOfOwners({ owner: 'a', owners: ['b'], given }, '2023-05-01', { by: 'c', byPerson: 'person-1' })).toEqual(
      {
        posts: [
          { post: 'a', since: '2023-06-01' },
          { post: 'b', since: '2023-06-10' },
          { post: 'c', since: '2023-05-01' },
        ],
        reportedBy: ['person-1'],
      },
    );
    expect(workOfOwners({ given }, '2023-05-01', undefined, { by: null, byPerson: null })).toEqual({
      posts: [],
      reportedBy: [],
    });
  });
});
