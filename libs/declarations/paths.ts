import { ENVELOPE_FACTS } from './envelope.ts';
import type { DeclaredRegister } from './register.ts';
import { DUE_MEMBERS, type Shape } from './shapes.ts';

/** A path as corrections and disputes name it, and, where one is meant, the type of the event that it is of. */
export interface Place {
  readonly register: Pick<DeclaredRegister, 'events' | 'stateFields'>;
  readonly event?: string;
  readonly path: string;
}

/** A field with the name under which it is declared. */
export interface Field {
  readonly name: string;
  readonly shape: Shape;
}

/** What stands under a path: of that event, else of the record, else of any event of its register; null for what none declares. */
export function fieldAt({ register: { events, stateFields }, event, path }: Place): Field | null {
  const named = events.find(({ type }) => type === event);
  const all = [...(named === undefined ? [] : [named]), null, ...events].map((one) =>
    one === null ? stateFields : { ...one.facts, ...one.texts, ...one.persons },
  );
  return [ENVELOPE_FACTS, ...all].map((fields) => memberAt(fields, path)).find((field) => field !== null) ?? null;
}

function memberAt(fields: { readonly [name: string]: Shape }, path: string): Field | null {
  const own = fields[path];
  if (own !== undefined) return { name: path, shape: own };
  const [name, ...rest] = path.split('.');
  const whole = name === undefined ? undefined : fields[name];
  const [member = '', ...more] = rest;
  return whole?.kind === 'due' && more.length === 0 && Object.hasOwn(DUE_MEMBERS, member)
    ? { name: member, shape: DUE_MEMBERS[member as keyof typeof DUE_MEMBERS] }
    : null;
}
