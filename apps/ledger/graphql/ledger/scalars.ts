import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql';
import { POST_CAPACITIES, isPostCapacity } from '../../../../libs/access/index.ts';
import { canonicalJson, isCivilDate } from '../../../../libs/ledger/index.ts';

/** Instants are taken with any offset and up to nanoseconds; what is finer than a millisecond is dropped. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** A scalar that is text on the wire. `read` answers the value as it is kept, or null if the text will not do. */
function textScalar(
  name: string,
  sentence: string,
  read: (text: string) => string | null,
  enumLike = false,
): GraphQLScalarType {
  const take = (text: unknown, node?: ValueNode): string => {
    const value = typeof text === 'string' ? read(text) : null;
    if (value === null) throw new GraphQLError(sentence, node === undefined ? {} : { nodes: node });
    return value;
  };
  return new GraphQLScalarType({
    name,
    serialize: (value) => value,
    parseValue: (value) => take(value),
    parseLiteral: (node: ValueNode) =>
      take(node.kind === Kind.STRING || (enumLike && node.kind === Kind.ENUM) ? node.value : undefined, node),
  });
}

function anyJson(value: unknown, node?: ValueNode): unknown {
  try {
    canonicalJson(value);
  } catch {
    throw new GraphQLError(
      'This JSON cannot be kept: whole numbers only, no keys that look like numbers, at most 32 levels.',
      node === undefined ? {} : { nodes: node },
    );
  }
  return value;
}

/** How the scalars of the schema are read and written. Their meaning is documented in `scalars.graphql`. */
export const SCALARS: Readonly<Record<string, GraphQLScalarType>> = {
  Date: textScalar('Date', 'A date is a real day, written yyyy-mm-dd.', (text) => (isCivilDate(text) ? text : null)),
  DateTime: textScalar(
    'DateTime',
    'An instant is written like 2023-10-09T11:00:00Z, with Z or an offset.',
    readInstant,
  ),
  Position: textScalar('Position', 'A position is one that this ledger has given out.', (text) =>
    /^[\x21-\x7e]{1,512}$/.test(text) ? text : null,
  ),
  Marking: textScalar(
    'Marking',
    'The marking is OFFICIAL or OFFICIAL_SENSITIVE.',
    (text) => (text.length <= 64 ? text : null),
    true,
  ),
  Capacity: textScalar('Capacity', `A capacity is one of ${POST_CAPACITIES.join(', ')}.`, (text) =>
    isPostCapacity(text) ? text : null,
  ),
  JSON: new GraphQLScalarType({
    name: 'JSON',
    serialize: (value) => value,
    parseValue: (value) => anyJson(value),
    parseLiteral: (node, variables) => anyJson(valueFromASTUntyped(node, variables), node),
  }),
};

function readInstant(text: string): string | null {
  if (!RFC_3339.test(text) || !isCivilDate(text.slice(0, 10))) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
