import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  buildSchema,
  Kind,
  parse,
  print,
  type DefinitionNode,
  type GraphQLSchema,
  type InputObjectTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { RECORD_KINDS } from '../../../libs/declarations/index.ts';
import { capital, MUTATIONS, REGISTERS } from '../../../libs/registers/index.ts';
import { mutationsSdl } from './commands/mutations-sdl.ts';
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
  const whole = print({ kind, definitions: withRecordFields(withCommandFields(definitions)) });
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

/** Types of answers that are records: one of each kind, and the one that stands for any. */
const RECORD_TYPES: ReadonlySet<string> = new Set(['Record', ...Object.keys(RECORD_KINDS).map(capital)]);

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
