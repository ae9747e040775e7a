import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  buildSchema,
  Kind,
  parse,
  print,
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { KINDS_OF_RECORD } from '../../../libs/declarations/index.ts';
import { capital, MUTATIONS, REGISTERS } from '../../../libs/registers/index.ts';
import { mutationsSdl } from './commands/mutations-sdl.ts';
import { withComparisons } from './ledger/comparisons-sdl.ts';
import { SCALARS } from './ledger/scalars.ts';

/** Name of the printed schema, which is compared with the files and is not one of them. */
export const PRINTED_SCHEMA = 'schema.graphql';

/** The folder of the project: the first one above `from` that holds a package.json. The source tree always stands there. */
export function projectRoot(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (readdirSync(folder).includes('package.json')) return folder;
    if (folder === dirname(folder)) throw new Error(`no folder above ${from} holds a package.json`);
  }
}

/** Made once for each folder: it takes part of a second, and no file of a program that runs is another one later. */
const made = new Map<string, string>();

/**
 * The schema of the API: every .graphql file beside the resolvers, and the mutations from what the commands declare, with the fields that all commands take written into each
 * input marked `@command`. GraphQL has no inheritance of inputs, and forty copies of nine fields would drift apart.
 */
export function typeDefinitions(root: string = projectRoot()): string {
  const before = made.get(root);
  if (before !== undefined) return before;
  const folder = join(root, 'apps', 'ledger', 'graphql');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.graphql') && file !== PRINTED_SCHEMA)
    .sort();
  const written = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  const ofRecords = REGISTERS.flatMap(({ stateFields }) => Object.values(stateFields));
  const declared = mutationsSdl(Object.values(MUTATIONS), ofRecords);
  const { kind, definitions } = parse([...written, declared].join('\n'), { noLocation: true });
  const records = withRecordFields(withCommandFields(definitions));
  const whole = print({ kind, definitions: withBelonging(withComparisons(withBodies(records))) });
  made.set(root, whole);
  return whole;
}

/** The schema without resolvers: enough to print it, to validate documents and to coerce variables. */
export function schemaOfFiles(root: string = projectRoot()): GraphQLSchema {
  const schema = buildSchema(typeDefinitions(root));
  for (const [name, { serialize, parseValue, parseLiteral }] of Object.entries(SCALARS))
    Object.assign(schema.getType(name) as object, { serialize, parseValue, parseLiteral });
  return schema;
}

type Definitions = readonly DefinitionNode[];

function withCommandFields(definitions: Definitions): Definitions {
  const template = definitions.find(
    (one): one is InputObjectTypeDefinitionNode =>
      one.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && one.name.value === 'Command',
  );
  return definitions.flatMap((one): Definitions => {
    if (one === template || (one.kind === Kind.DIRECTIVE_DEFINITION && one.name.value === 'command')) return [];
    if (one.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) return [one];
    if (!one.directives?.some((directive) => directive.name.value === 'command')) return [one];
    const own = new Set(one.fields?.map((field) => field.name.value));
    const added = template?.fields?.filter((field) => !own.has(field.name.value)) ?? [];
    return [{ ...one, directives: [], fields: [...(one.fields ?? []), ...added] }];
  });
}

/** What narrows every list by the bodies of which it is. */
export const OF_BODIES = 'OfBodies';

/** Fields of the ledger that are no list and no count, and of which none is of one record. */
const NO_LISTS: ReadonlySet<string> = new Set(['basis', 'riskMovement']);

/**
 * Every list and count of the ledger is narrowed by bodies: where it has a filter, by members of that; else by one of its own. What that is called
 * where a list is narrowed by conditions, which are its `filter`: `of`.
 */
function withBodies(definitions: Definitions): Definitions {
  const template = definitions.find(
    (one): one is InputObjectTypeDefinitionNode =>
      one.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && one.name.value === OF_BODIES,
  );
  if (template === undefined) return definitions;
  const inputs = new Set(
    definitions.flatMap((one) => (one.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? [one.name.value] : [])),
  );
  const filters = new Set<string>();
  const withArgument = (field: FieldDefinitionNode): FieldDefinitionNode => {
    const { arguments: args = [] } = field;
    if (NO_LISTS.has(field.name.value) || args.some(({ name }) => name.value === 'ref')) return field;
    const filter = args.find(({ name }) => name.value === 'filter');
    if (filter?.type.kind === Kind.NAMED_TYPE && inputs.has(filter.type.name.value)) {
      filters.add(filter.type.name.value);
      return field;
    }
    const own: InputValueDefinitionNode = {
      kind: Kind.INPUT_VALUE_DEFINITION,
      name: { kind: Kind.NAME, value: filter === undefined ? 'filter' : 'of' },
      description: {
        kind: Kind.STRING,
        value: 'Of which bodies. Default: of all but those that are illustrative and not named.',
      },
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: OF_BODIES } },
    };
    return { ...field, arguments: [own, ...args] };
  };
  const narrowed = definitions.map((one) =>
    (one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.OBJECT_TYPE_EXTENSION) && one.name.value === 'Ledger'
      ? { ...one, fields: one.fields?.map(withArgument) ?? [] }
      : one,
  );
  return narrowed.map((one) =>
    one.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && filters.has(one.name.value)
      ? { ...one, fields: [...(one.fields ?? []), ...(template.fields ?? [])] }
      : one,
  );
}

/** By which of its fields a type of answers names the record that it is of, the first of these. */
const NAMES_A_RECORD = ['ref', 'record', 'document', 'meeting'] as const;

export function referenceOf(fields: readonly string[]): string | null {
  return NAMES_A_RECORD.find((name) => fields.includes(name)) ?? null;
}

/** What is answered to a command, and not read at a basis. */
const OF_A_COMMAND = /Payload$|^Notice$/;

/** Whatever names the record that it is of tells whether that belongs to an illustrative body. */
function withBelonging(definitions: Definitions): Definitions {
  const template = definitions.find(
    (one): one is ObjectTypeDefinitionNode =>
      one.kind === Kind.OBJECT_TYPE_DEFINITION && one.name.value === 'OfBelonging',
  );
  return definitions.flatMap((one): Definitions => {
    if (one === template) return [];
    if (one.kind !== Kind.OBJECT_TYPE_DEFINITION || OF_A_COMMAND.test(one.name.value)) return [one];
    const references = (one.fields ?? []).filter(
      ({ type }) =>
        type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.NAMED_TYPE && type.type.name.value === 'ID',
    );
    return referenceOf(references.map(({ name }) => name.value)) === null
      ? [one]
      : [{ ...one, fields: [...(one.fields ?? []), ...(template?.fields ?? [])] }];
  });
}

/** Types of answers that are records: one of each kind, and the one that stands for any. */
const RECORD_TYPES: ReadonlySet<string> = new Set(['Record', ...KINDS_OF_RECORD.map(capital)]);

/** What every record has, whatever its kind, is described once and written into the type of each. */
function withRecordFields(definitions: Definitions): Definitions {
  const template = definitions.find(
    (one): one is ObjectTypeDefinitionNode =>
      one.kind === Kind.OBJECT_TYPE_DEFINITION && one.name.value === 'OfEveryRecord',
  );
  return definitions.flatMap((one): Definitions => {
    if (one === template) return [];
    return one.kind === Kind.OBJECT_TYPE_DEFINITION && RECORD_TYPES.has(one.name.value)
      ? [{ ...one, fields: [...(one.fields ?? []), ...(template?.fields ?? [])] }]
      : [one];
  });
}
