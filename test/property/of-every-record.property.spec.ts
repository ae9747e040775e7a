import fc from 'fast-check';
import { withFactsOfEveryRecord, type LinkedAndNamed } from '../../libs/declarations/index.ts';
import { isCommonFact, type JsonObject, type RecordEvent } from '../../libs/ledger/index.ts';
import { REGISTERS } from '../../libs/registers/index.ts';
import { SAMPLES } from '../golden/samples.ts';

const SEED = 20231009;
const OF_EVERY_RECORD = ['Linked', 'Unlinked', 'Named', 'NameWithdrawn'];

/** A register, an event that opens a record of it, and others that it declares. */
interface Own {
  readonly register: (typeof REGISTERS)[number];
  readonly opening: string;
  readonly types: readonly string[];
}

const OWN: readonly (readonly [name: string, Own])[] = REGISTERS.flatMap((register) =>
  register.opening.map((opening) => {
    const types = register.events.map(({ type }) => type).filter((type) => !OF_EVERY_RECORD.includes(type));
    return [`${opening} of ${register.name}`, { register, opening, types }] as const;
  }),
);

function eventOf({ name }: Own['register'], type: string, index: number, more: JsonObject = {}): RecordEvent {
  const { facts, texts = {} } = SAMPLES[`${name}/${type}`]!;
  const id = `e${index}`;
  return {
    ...{
      id,
      register: name,
      type,
      schema: 1,
      stream: `${name}-1`,
      version: index,
      stamped: '2023-10-09T12:00:00.000Z',
    },
    effectiveOn: '2023-10-09',
    marking: { classification: 'OFFICIAL', sensitive: false, session: 'OPEN' },
    facts: { ...facts, ...more },
    texts: Object.fromEntries(
      Object.keys(texts).map((field) => [field, { event: id, part: `text/${field}` as const }]),
    ),
    actor: { by: { post: 'commissioner' }, enteredBy: { post: 'opcc-officer', person: 'person-typed' } },
  };
}

/** What links and names say by themselves, folded as simply as can be. */
function naive(events: readonly RecordEvent[]): LinkedAndNamed {
  let linked: { event: string; to: unknown; as: unknown }[] = [];
  let names: { event: string; name: unknown }[] = [];
  for (const { id, type, facts, texts } of events) {
    const isIt = (one: { to: unknown; as: unknown }) => one.to === facts['to'] && one.as === facts['as'];
    if (type === 'Linked' && !linked.some(isIt)) linked.push({ event: id, to: facts['to'], as: facts['as'] });
    if (type === 'Unlinked') linked = linked.filter((one) => !isIt(one));
    if (type === 'Named') names.push({ event: id, name: (texts as { readonly [field: string]: unknown })['name'] });
    if (type === 'NameWithdrawn') names = names.filter(({ event }) => event !== facts['target']);
  }
  return { ...(linked.length > 0 ? { linked } : {}), ...(names.length > 0 ? { names } : {}) } as LinkedAndNamed;
}

const step = fc.record({
  own: fc.boolean(),
  type: fc.nat(1000),
  to: fc.constantFrom('CGB-2023-04-A1', 'CGB-2023-04-19'),
  as: fc.constantFrom('IS_ABOUT', 'FOLLOWS_FROM'),
  target: fc.nat(12),
});

describe('links and names of a record', () => {
  it.each(OWN)('outlive whatever follows a %s', (_, { register, opening, types }) => {
    let held = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 12 }), (steps) => {
        const events = steps.map(({ own, type, to, as, target }, index) => {
          if (own) return eventOf(register, types[type % types.length]!, index + 2);
          const common = OF_EVERY_RECORD[type % OF_EVERY_RECORD.length]!;
          const more: JsonObject = common.endsWith('inked')
            ? { to, as }
            : common === 'Named'
              ? {}
              : { target: `e${target}` };
          return eventOf(register, common, index + 2, more);
        });
        const all = [eventOf(register, opening, 1), ...events];
        const state = all.reduce(register.evolve, register.initial);
        const { linked, names } = state as LinkedAndNamed;
        const expected = naive(all);
        expect({ linked, names }).toEqual({ linked: expected.linked, names: expected.names });
        // Nothing else of the state is theirs.
        const { linked: _l, names: _n, ...rest } = state as LinkedAndNamed;
        const without = all.filter(({ type }) => !OF_EVERY_RECORD.includes(type));
        expect(rest).toEqual(without.reduce(register.evolve, register.initial));
        if (linked !== undefined && names !== undefined) held += 1;
      }),
      { seed: SEED, numRuns: 60 },
    );
    expect(held).toBeGreaterThan(5);
  });

  it('outlive a register that makes every state anew', () => {
    type State = { readonly ref: string | null; readonly steps: number };
    const forgetful = withFactsOfEveryRecord<State, RecordEvent>({
      evolve: ({ steps }) => ({ ref: 'CGB-2023-06-A7', steps: steps + 1 }),
      mayFollow: () => null,
      refOf: ({ ref }) => ref,
    });
    const [{ register }] = OWN.map(([, own]) => own).filter(({ opening }) => opening === 'ActionRaised') as [Own];
    const events = ['ActionRaised', 'Linked', 'Named', 'ActionAgreed'].map((type, index) =>
      eventOf(register, type, index + 1),
    );
    const state = events.reduce(forgetful.evolve, { ref: null, steps: 0 });
    expect(state).toEqual({
      ...{ ref: 'CGB-2023-06-A7', steps: 2 },
      linked: [{ event: 'e2', to: 'CGB-2023-06-A3', as: 'FOLLOWS_FROM' }],
      names: [{ event: 'e3', name: { event: 'e3', part: 'text/name' } }],
    });
  });

  it('are none of a record that is not there', () => {
    for (const [, { register }] of OWN)
      for (const type of OF_EVERY_RECORD)
        expect(register.evolve(register.initial, eventOf(register, type, 1))).toBe(register.initial);
  });

  it('are facts of the record and no amendments', () => {
    for (const type of OF_EVERY_RECORD) expect(isCommonFact({ type })).toBe(false);
  });
});
