import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSchema } from 'graphql';
import { PRINTED_SCHEMA, projectRoot, schemaOfFiles } from './schema-files.ts';

/** Writes schema.graphql anew from the files beside the resolvers: `npm run build && node dist/apps/ledger/graphql/print-schema.js`. Its changes are for review. */
const root = projectRoot();
writeFileSync(join(root, 'apps', 'ledger', 'graphql', PRINTED_SCHEMA), `${printSchema(schemaOfFiles(root))}\n`);
