import { NoRecordEvent, recordEventOf } from './record-event.ts';
import type { StoredEvent, StoredPart } from './event.ts';

const FACTS: StoredPart = { name: 'facts', value: { ref: 'CGB-2023-04-A1', body: 'CGB' } };
const ACTOR: StoredPart = { name: 'actor', value: { enteredBy: { post: 'opcc-officer', person: 'p-1' } } };
const CTL: StoredPart = {
  name: 'ctl',
  value: { version: 3, previous: null, correlation: 'c', command: { name: 'x', id: 'y' } },
};

function storedWith(parts: readonly StoredPart[], header: object = {}): StoredEvent {
  return {
    header: {
      v: 1,
      id: 'e-1',
      register: 'actions',
      type: 'ActionRaised',
      schema: 1,
      stream: 'actions-1',
      stamped: '2023-10-09T12:00:00.000Z',
      effectiveOn: '2023-10-09',
      marking: { classification: 'OFFICIAL', sensitive: false, session: 'OPEN' },
      ...header,
    },
    nonces: { event: '', parts: {} },
    parts,
    commitments: { event: '', parts: [] },
  };
}

describe('the event behind a stored object', () => {
  it('shows what stands in clear and points to the words', () => {
    const event = recordEventOf(
      storedWith(
        [
          FACTS,
          ACTOR,
          { name: 'source', value: { publishedOn: '2023-10-02' } },
          CTL,
          { name: 'text/title', key: 'k', value: 'AAAA' },
        ],
        { stated: '2023-10-01', dated: { to: '2023-10-09', how: 'by' }, before: 'e-0' },
      ),
    );
    expect(event).toMatchObject({
      facts: { ref: 'CGB-2023-04-A1', body: 'CGB' },
      actor: { enteredBy: { post: 'opcc-officer', person: 'p-1' } },
      version: 3,
      publishedOn: '2023-10-02',
      stated: '2023-10-01',
      dated: { to: '2023-10-09', how: 'by' },
      before: 'e-0',
      texts: { title: { event: 'e-1', part: 'text/title' } },
    });
  });

  it('points to the names of a person as to any words', () => {
    const event = recordEventOf(storedWith([FACTS, ACTOR, CTL, { name: 'person/name', key: 'k', value: 'AAAA' }]));
    expect(event.texts).toEqual({ name: { event: 'e-1', part: 'person/name' } });
  });

  it('leaves out what the event does not say', () => {
    const event = recordEventOf(storedWith([FACTS, ACTOR, CTL]));
    for (const member of ['stated', 'dated', 'before', 'publishedOn']) expect(event).not.toHaveProperty(member);
  });

  it.each([
    ['without facts', [ACTOR, CTL]],
    ['with sealed facts', [{ name: 'facts', key: 'k', value: 'AAAA' }, ACTOR, CTL]],
    ['without an actor', [FACTS, CTL]],
    ['without its place in the stream', [FACTS, ACTOR]],
    ['with a version of 0', [FACTS, ACTOR, { name: 'ctl', value: { version: 0 } }]],
  ] as [string, StoredPart[]][])('refuses an object %s', (_, parts) => {
    expect(() => recordEventOf(storedWith(parts))).toThrow(NoRecordEvent);
  });
});
