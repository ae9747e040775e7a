import {
  getNamedType,
  isEnumType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Variables } from './client.ts';

/** A document that asks one field of the ledger for everything below it. */
export interface EveryQuery {
  /** The field and, where it has to be told something that has few values, which: `actionCounts(by: STATUS)`. */
  readonly name: string;
  readonly query: string;
  readonly variables: Variables;
}

/** Fields one below another, within the limit of the gate. */
const DEEPEST = 11;
/** Rows of every list that says how many it gives. */
const ROWS = 2;

/**
 * Every question that the schema has, walked rather than listed: a field that is added is asked from its first day.
 *
 * @param known values for arguments that must be given, by `Type.field.argument` or by the argument's name alone. Each of several
 * values is asked. Arguments of an enum are asked with every one of its words.
 * @throws for an argument that must be given and of which nothing is known
 */
export function everyQuery(
  schema: GraphQLSchema,
  known: Readonly<Record<string, readonly unknown[]>>,
): readonly EveryQuery[] {
  const root = schema.getType('Ledger') as GraphQLObjectType;
  return Object.values(root.getFields()).flatMap((field) =>
    choices(root, field, known).map((chosen) => documentOf(root, field, chosen, known)),
  );
}

type Chosen = readonly { readonly argument: GraphQLArgument; readonly value: unknown }[];

/** What the arguments of a field may be given: one list of values for each document. */
function choices(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  known: Readonly<Record<string, readonly unknown[]>>,
): readonly Chosen[] {
  let all: readonly Chosen[] = [[]];
  for (const argument of field.args.filter((one) => isRequiredArgument(one) || one.name === 'first')) {
    const values = valuesOf(type, field, argument, known);
    all = all.flatMap((chosen) => values.map((value) => [...chosen, { argument, value }]));
  }
  return all;
}

function valuesOf(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  argument: GraphQLArgument,
  known: Readonly<Record<string, readonly unknown[]>>,
): readonly unknown[] {
  const values = known[`${type.name}.${field.name}.${argument.name}`] ?? known[argument.name];
  if (values !== undefined) return values;
  if (argument.name === 'first') return [ROWS];
  const named = getNamedType(argument.type);
  if (isEnumType(named)) return named.getValues().map(({ name }) => name);
  throw new Error(`${type.name}.${field.name} must be told "${argument.name}", and no value is known`);
}

function documentOf(
  root: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  chosen: Chosen,
  known: Readonly<Record<string, readonly unknown[]>>,
): EveryQuery {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];

  function selection(type: GraphQLObjectType, above: readonly string[]): string {
    const fields = Object.values(type.getFields()).flatMap((one) => {
      const named = getNamedType(one.type);
      if (isObjectType(named) && (above.includes(named.name) || above.length >= DEEPEST)) return [];
      const [first] = choices(type, one, known);
      return first === undefined ? [] : [written(type, one, first, above)];
    });
    return `{ ${fields.join(' ')} }`;
  }

  function written(
    type: GraphQLObjectType,
    one: GraphQLField<unknown, unknown>,
    given: Chosen,
    above: readonly string[],
  ): string {
    const told = given.map(({ argument, value }) => {
      const name = `${type.name}_${one.name}_${argument.name}`;
      if (!(name in variables)) declared.push(`$${name}: ${String(argument.type)}`);
      variables[name] = value;
      return `${argument.name}: $${name}`;
    });
    const named = getNamedType(one.type);
    const below = isObjectType(named) ? ` ${selection(named, [...above, named.name])}` : '';
    if (!isObjectType(named) && !isScalarType(named) && !isEnumType(named))
      throw new Error(`${named.name} is not walked`);
    return `${one.name}${told.length === 0 ? '' : `(${told.join(', ')})`}${below}`;
  }

  const asked = written(root, field, chosen, ['Query', 'Ledger']);
  const said = chosen
    .filter(({ argument }) => argument.name !== 'first')
    .map(({ argument, value }) => `${argument.name}: ${String(value)}`);
  return {
    name: said.length === 0 ? field.name : `${field.name}(${said.join(', ')})`,
    query:
      `query Every(${['$asOf: AsOf', ...declared].join(', ')}) { ledger(asOf: $asOf) { basis { settled position } ${asked} } }`.replace(
        'basis { settled position } basis',
        'basis',
      ),
    variables,
  };
}
