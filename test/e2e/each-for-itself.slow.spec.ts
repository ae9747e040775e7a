import { randomUUID } from 'node:crypto';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  isScalarType,
  type GraphQLInputType,
} from 'graphql';
import { schemaOfFiles } from '../../apps/ledger/graphql/schema-files.ts';
import type { Variables } from './client.ts';
import { openOffice, type Office } from './office.ts';

const schema = schemaOfFiles();
const MUTATIONS = Object.values(schema.getMutationType()!.getFields());
const inputOf = (mutation: (typeof MUTATIONS)[number]) => getNamedType(mutation.args[0]!.type).name;

/** A value that the schema takes for a field, naming records that are not there. */
function anyValue(type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [anyValue(bare.ofType)];
  if (isEnumType(bare)) return bare.getValues()[0]!.name;
  if (isInputObjectType(bare)) return required(bare.name);
  if (!isScalarType(bare)) throw new Error(`no value is known for ${String(type)}`);
  return { Boolean: true, Date: '2023-04-05', ID: 'CGB-2001-01-A1', Int: 1 }[bare.name] ?? 'words';
}

function required(input: string): Variables {
  const type = schema.getType(input);
  if (!isInputObjectType(type)) throw new Error(`${input} is no input`);
  const fields = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(fields.map(({ name, type: value }) => [name, anyValue(value)]));
}

describe('each mutation of a document answers for itself', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  }, 60_000);
  afterAll(() => office?.served.remove());

  const raised = () => ({ commandId: randomUUID(), body: 'CGB', title: 'Report on vetting' });
  const refused = (input: string) => ({ ...required(input), commandId: randomUUID(), by: 'nobody-here' });

  it.each(MUTATIONS.map((mutation) => [mutation.name, mutation] as const))(
    'when %s is refused after, and before, another one that is written',
    async (name, mutation) => {
      const document = `mutation Both($before: RaiseActionInput!, $refused: ${inputOf(mutation)}!, $after: RaiseActionInput!) {
        before: raiseAction(input: $before) { action { ref } position }
        refused: ${name}(input: $refused) { position }
        after: raiseAction(input: $after) { action { ref } position }
      }`;
      // Three times: the second answer of a document comes from its compiled form.
      for (let time = 0; time < 3; time += 1) {
        const variables = { before: raised(), refused: refused(inputOf(mutation)), after: raised() };
        const answer = JSON.parse((await office.officer.post(document, variables)).text);
        const payload = { action: { ref: expect.stringMatching(/^CGB-/) }, position: expect.any(String) };
        expect(answer.data).toEqual({ before: payload, refused: null, after: payload });
        expect(answer.errors).toHaveLength(1);
        expect(answer.errors[0]).toMatchObject({ path: ['refused'], extensions: { code: expect.any(String) } });
      }
    },
  );
});
