import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
  parse,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { kindSpelt } from '../../libs/declarations/index.ts';
import {
  checkCost,
  LIMITS,
  onlyOperation,
  rowsOfLists,
  type RowsOfLists,
} from '../../apps/ledger/graphql/gate/limits.ts';
import type { Variables } from './client.ts';

/** A document that asks one field of the ledger, or of a comparison of two bases, for everything below it. */
export interface EveryQuery {
  /** The field and, where it has to be told something that has few values, which: `actionCounts(by: STATUS)`. */
  readonly name: string;
  readonly query: string;
  readonly variables: Variables;
}

/** What is asked at the root for the fields of its answer. */
interface Opening {
  readonly root: GraphQLObjectType;
  /** Whose fields are not asked for once more below. */
  readonly above: readonly string[];
  readonly variables: readonly string[];
  /** The document, with what is asked of its root. */
  readonly opens: (asked: string) => string;
}

function ledgerOf(schema: GraphQLSchema): Opening {
  const root = schema.getType('Ledger') as GraphQLObjectType;
  return {
    ...{ root, above: ['Query', root.name], variables: ['$asOf: AsOf'] },
    opens: (asked) =>
      `ledger(asOf: $asOf) { basis { settled position } ${asked} }`.replace(
        'basis { settled position } basis',
        'basis',
      ),
  };
}

/** Two bases beside each other, by whatever name the schema has for that. */
function comparisonOf(schema: GraphQLSchema): Opening {
  const { type } = schema.getQueryType()!.getFields()['compare']!;
  const root = getNamedType(type) as GraphQLObjectType;
  return {
    ...{ root, above: ['Query', 'Ledger', root.name], variables: ['$before: AsOf!', '$after: AsOf!'] },
    opens: (asked) => `compare(before: $before, after: $after) { ${asked} }`,
  };
}

/** Fields one below another, within the limit of the gate; fewer where the document would be longer than it takes. */
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
  return everyFieldOf(ledgerOf(schema), rowsOfLists(schema), known);
}

/**
 * Every question about two bases beside each other, each with its ends to be given as `before` and `after`: every list and every record compared, and
 * every bridge by every grouping.
 *
 * @param known as for {@link everyQuery}
 */
export function everyComparison(
  schema: GraphQLSchema,
  known: Readonly<Record<string, readonly unknown[]>>,
): readonly EveryQuery[] {
  return everyFieldOf(comparisonOf(schema), rowsOfLists(schema), known);
}

function everyFieldOf(
  opening: Opening,
  rowsOf: RowsOfLists,
  known: Readonly<Record<string, readonly unknown[]>>,
): readonly EveryQuery[] {
  const { root } = opening;
  return Object.values(root.getFields()).flatMap((field) =>
    choices(root, field, known).map((chosen) => documentThatPasses(rowsOf, opening, [[field, chosen]], known, DEEPEST)),
  );
}

/** Fields one below another, where a list is narrowed: as far as the words, numbers and references of its rows. */
const DEEPEST_OF_NARROWED = 5;
/** What pages through a list instead of narrowing it. */
const PAGING = ['first', 'after'];

/**
 * Every way to narrow what the schema lists, counts and works out, walked rather than listed: each field of each filter by itself, and
 * each other argument that need not be given, with each of its values. All questions that take the same filter are asked in one document;
 * where they can be told something of few words besides (what to count by), each filter is asked with the next of them.
 *
 * @param known as for {@link everyQuery}; an argument that takes few references is given those that are known of it
 * @param references what is given wherever a reference may be
 * @param words what is given for free words
 */
export function everyNarrowing(
  schema: GraphQLSchema,
  known: Readonly<Record<string, readonly unknown[]>>,
  references: readonly string[],
  words: readonly string[],
): readonly EveryQuery[] {
  const ledger = ledgerOf(schema);
  const { root } = ledger;
  const rowsOf = rowsOfLists(schema);
  const values = (type: GraphQLInputType) => valuesToNarrowBy(type, references, words);
  const byFilter = new Map<GraphQLInputObjectType, GraphQLField<unknown, unknown>[]>();
  const others: EveryQuery[] = [];
  for (const field of Object.values(root.getFields()))
    for (const argument of field.args.filter((one) => !isRequiredArgument(one) && !PAGING.includes(one.name))) {
      const named = getNamedType(argument.type);
      if (isInputObjectType(named) && !isListType(argument.type)) {
        byFilter.set(named, [...(byFilter.get(named) ?? []), field]);
        continue;
      }
      const given = choices(root, field, known);
      const told = known[`${root.name}.${field.name}.${argument.name}`];
      for (const [at, value] of (told ?? values(argument.type)).entries()) {
        // Conditions are read by the list that they are of, and some lists have no filter.
        const isFiltered = (list: string) =>
          schema.getType(`${list[0]}${list.slice(1).toLowerCase()}Filter`) !== undefined;
        const also = isInputObjectType(named) ? ofFewWords(field, at, isFiltered) : [];
        const chosen = [...(given[at % given.length] ?? []), ...also, { argument, value }];
        others.push(documentThatPasses(rowsOf, ledger, [[field, chosen]], known, DEEPEST_OF_NARROWED));
      }
    }
  const narrowed = [...byFilter].flatMap(([filter, fields]) =>
    Object.values(filter.getFields())
      .flatMap(({ name, type }) => values(type).map((value) => ({ [name]: value })))
      .map((value, at) =>
        documentThatPasses(
          rowsOf,
          ledger,
          fields.map((field) => {
            const given = choices(root, field, known);
            const argument = field.args.find((one) => getNamedType(one.type) === filter)!;
            return [field, [...(given[at % given.length] ?? []), ...ofFewWords(field, at), { argument, value }]];
          }),
          known,
          DEEPEST_OF_NARROWED,
        ),
      ),
  );
  return [...narrowed, ...others];
}

/** What a field can be told of few words and need not be, each with another of its words for each number. */
function ofFewWords(
  field: GraphQLField<unknown, unknown>,
  at: number,
  isWanted: (word: string) => boolean = () => true,
): Chosen {
  return field.args.flatMap((argument) => {
    const named = getNamedType(argument.type);
    if (isRequiredArgument(argument) || !isEnumType(named)) return [];
    const each = named.getValues().filter(({ name }) => isWanted(name));
    return [{ argument, value: each[at % each.length]!.name }];
  });
}

/** Values of an argument or of a field of a filter: each word of an enum, each reference, and one or two of all else. */
function valuesToNarrowBy(
  type: GraphQLInputType,
  references: readonly string[],
  words: readonly string[],
): readonly unknown[] {
  const named = getNamedType(type);
  const each: readonly unknown[] = isEnumType(named)
    ? named.getValues().map(({ name }) => name)
    : isInputObjectType(named)
      ? objectsOf(named, references, words)
      : named.name === 'ID'
        ? references
        : named.name === 'Boolean'
          ? [true, false]
          : named.name === 'Date'
            ? ['2023-09-30', '2029-03-31']
            : named.name === 'Int'
              ? [1, 2]
              : words;
  return isListType(isNonNullType(type) ? type.ofType : type) ? each.map((one) => [one]) : each;
}

/** What a condition calls the filter that it is of. */
const OF_A_FILTER = 'filter';

/** An object of each of these references, which holds it wherever it may. Conditions are of a body: every list that has a filter can be narrowed by that. */
function objectsOf(
  type: GraphQLInputObjectType,
  references: readonly string[],
  words: readonly string[],
): readonly unknown[] {
  const fields = Object.values(type.getFields());
  const given = fields.some(({ name }) => name === OF_A_FILTER)
    ? references.filter((reference) => kindSpelt(reference) === 'body')
    : references;
  return given.map((reference) =>
    Object.fromEntries(
      fields.map(({ name, type: of }) => [
        name,
        name === OF_A_FILTER ? 'body' : valuesToNarrowBy(of, [reference], [reference, ...words])[0],
      ]),
    ),
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

/** A document as deep as the gate takes it. What is left out below one question is asked where it begins another. */
function documentThatPasses(
  rowsOf: RowsOfLists,
  ...[opening, fields, known, deepest]: Parameters<typeof documentOf>
): EveryQuery {
  const document = documentOf(opening, fields, known, deepest);
  return passes(rowsOf, document) ? document : documentThatPasses(rowsOf, opening, fields, known, deepest - 1);
}

function passes(rowsOf: RowsOfLists, { query, variables }: EveryQuery): boolean {
  if (query.length > LIMITS.characters) return false;
  try {
    const document = parse(query, { maxTokens: LIMITS.tokens });
    const operation = onlyOperation(document);
    return 'kind' in operation && 'cost' in checkCost(document, operation, variables, LIMITS, rowsOf);
  } catch {
    return false;
  }
}

function documentOf(
  { root, above: begun, variables: given, opens }: Opening,
  fields: readonly (readonly [field: GraphQLField<unknown, unknown>, chosen: Chosen])[],
  known: Readonly<Record<string, readonly unknown[]>>,
  deepest: number,
): EveryQuery {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];

  function selection(type: GraphQLObjectType, above: readonly string[]): string {
    const fields = Object.values(type.getFields()).flatMap((one) => {
      const named = getNamedType(one.type);
      if (isObjectType(named) && (above.includes(named.name) || above.length >= deepest)) return [];
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

  const asked = fields.map(([field, chosen]) => written(root, field, chosen, begun)).join(' ');
  const names = fields.map(([field, chosen]) => {
    const said = chosen
      .filter(({ argument }) => argument.name !== 'first')
      .map(({ argument, value }) => `${argument.name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
    return said.length === 0 ? field.name : `${field.name}(${said.join(', ')})`;
  });
  return {
    name: names.join(' '),
    query: `query Every(${[...given, ...declared].join(', ')}) { ${opens(asked)} }`,
    variables,
  };
}
