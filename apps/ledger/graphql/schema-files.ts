import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  buildSchema,
  Kind,
  parse,
  print,
  visit,
  type DocumentNode,
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

/**
 * The schema of the API: every .graphql file beside the resolvers, and the mutations from what the commands declare, with the fields that all commands take written into each
 * input marked `@command`. GraphQL has no inheritance of inputs, and forty copies of nine fields would drift apart.
 */
export function typeDefinitions(root: string = projectRoot()): string {
  const folder = join(root, 'apps', 'ledger', 'graphql');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.graphql') && file !== PRINTED_SCHEMA)
    .sort();
  const written = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  const ofRecords = REGISTERS.flatMap(({ stateFields }) => Object.values(stateFields));
  const declared = mutationsSdl(Object.values(MUTATIONS), ofRecords);
  return print(withRecordFields(withCommandFields(parse([...written, declared].join('\n')))));
}

/** The schema without resolvers: enough to print it, to validate documents and to coerce variables. */
export function schemaOfFiles(root: string = projectRoot()): GraphQLSchema {
  const schema = buildSchema(typeDefinitions(root));
  for (const [name, { serialize, parseValue, parseLiteral }] of Object.entries(SCALARS))
    Object.assign(schema.getType(name) as object, { serialize, parseValue, parseLiteral });
  return schema;
}

function withCommandFields(document: DocumentNode): DocumentNode {
  const template = document.definitions.find(
    (one): one is InputObjectTypeDefinitionNode =>
      one.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && one.name.value === 'Command',
  );
  return visit(document, {
    DirectiveDefinition: (node) => (node.name.value === 'command' ? null : undefined),
    InputObjectTypeDefinition: (node) => {
      if (node === template) return null;
      if (!node.directives?.some((directive) => directive.name.value === 'command')) return undefined;
      const own = new Set(node.fields?.map((field) => field.name.value));
      const added = template?.fields?.filter((field) => !own.has(field.name.value)) ?? [];
      return { ...node, directives: [], fields: [...(node.fields ?? []), ...added] };
    },
  });
}

/** Types of answers that are records: one of each kind, and the one that stands for any. */
const RECORD_TYPES: ReadonlySet<string> = new Set(['Record', ...Object.keys(RECORD_KINDS).map(capital)]);

/** What every record has, whatever its kind, is described once and written into the type of each. */
function withRecordFields(document: DocumentNode): DocumentNode {
  const template = document.definitions.find(
    (one): one is ObjectTypeDefinitionNode =>
      one.kind === Kind.OBJECT_TYPE_DEFINITION && one.name.value === 'OfEveryRecord',
  );
  return visit(document, {
    ObjectTypeDefinition(node) {
      if (node === template) return null;
      return RECORD_TYPES.has(node.name.value)
        ? { ...node, fields: [...(node.fields ?? []), ...(template?.fields ?? [])] }
        : undefined;
    },
  });
}
