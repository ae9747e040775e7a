import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  printSchema,
  validate,
  type GraphQLOutputType,
  type OperationDefinitionNode,
} from 'graphql';
import { checkShape, LIMITS, onlyOperation } from './gate/limits.ts';
import { MUTATIONS } from '../../../libs/registers/index.ts';
import { operation, OPERATIONS } from '../../../test/e2e/contract.ts';
import { PRINTED_SCHEMA, projectRoot, schemaOfFiles } from './schema-files.ts';

const root = projectRoot();
const schema = schemaOfFiles();

describe('the schema', () => {
  it('is the one that is checked in: breaking it is a deliberate act', () => {
    const checkedIn = readFileSync(join(root, 'apps/ledger/graphql', PRINTED_SCHEMA), 'utf8');
    expect(`${printSchema(schema)}\n`).toBe(checkedIn);
  });

  it('has a mutation for each command, and for each kind of record one for each command of every record', () => {
    expect(Object.keys(schema.getMutationType()!.getFields())).toEqual(Object.keys(MUTATIONS));
  });

  it('takes in every command what every command takes', () => {
    const everywhere = [
      'commandId',
      'effectiveOn',
      'dated',
      'before',
      'by',
      'authority',
      'source',
      'reason',
      'marking',
      'session',
    ];
    for (const mutation of Object.values(schema.getMutationType()!.getFields())) {
      const input = schema.getType(String(mutation.args[0]!.type).replace('!', ''));
      expect(isInputObjectType(input) && Object.keys(input.getFields())).toEqual(expect.arrayContaining(everywhere));
      expect(mutation.args.map((argument) => argument.name)).toEqual(['input']);
    }
  });

  it('lets each mutation of a document answer for itself: a payload that must not be null takes the others with it', () => {
    const strict = ({ type }: { type: GraphQLOutputType }) => !isObjectType(type);
    const fields = Object.values(schema.getMutationType()!.getFields());
    expect(fields.length).toBeGreaterThan(40);
    expect(fields.filter(strict).map(({ name }) => name)).toEqual([]);
    const faulty = buildSchema('type Query { a: Int } type Mutation { addBody: Payload! } type Payload { a: Int }');
    expect(Object.values(faulty.getMutationType()!.getFields()).filter(strict)).toHaveLength(1);
  });

  it('says in the payload of every command what may be a slip in it', () => {
    const payloads = new Set(Object.values(schema.getMutationType()!.getFields()).map(({ type }) => String(type)));
    for (const name of payloads) {
      const payload = schema.getType(name);
      expect([name, isObjectType(payload) && String(payload.getFields()['notices']?.type)]).toEqual([
        name,
        '[Notice!]',
      ]);
    }
  });

  it('explains every type, field, argument and value', () => {
    const silent: string[] = [];
    const see = (name: string, described: { description?: string | null | undefined }) => {
      if (!/^\S[\s\S]*[.:]$/.test(described.description ?? '')) silent.push(name);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
      see(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) see(`${type.name}.${value.name}`, value);
      if (!isObjectType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        see(`${type.name}.${field.name}`, field);
        if ('args' in field)
          for (const argument of field.args) see(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }
    expect(silent).toEqual([]);
  });
});

describe('the operations that clients will send', () => {
  it('are all there', () => expect(OPERATIONS).toHaveLength(24));

  it.each(OPERATIONS)('%s is valid and within all limits', (name) => {
    const alone = parse(operation(name));
    expect(validate(schema, alone).map(({ message }) => message)).toEqual([]);
    const only = onlyOperation(alone) as OperationDefinitionNode;
    expect(only.name!.value).toBe(name);
    expect(checkShape(alone, only, LIMITS)).toBeNull();
  });
});
