import type { GraphQLEnumType } from 'graphql';
import { riskMovement, riskMovementStep, riskRestatement } from '../../../../libs/registers/risks/index.ts';
import { schemaOfFiles } from '../schema-files.ts';

describe('the words of the movement of risks', () => {
  const schema = schemaOfFiles();

  it.each([riskMovement, riskMovementStep, riskRestatement])(
    'are those of the register, each with what it means: $name',
    ({ name, members }) => {
      const values = (schema.getType(name) as GraphQLEnumType).getValues();
      expect(values.map((one) => [one.name, one.description])).toEqual(
        Object.entries(members).map(([member, { says }]) => [member, says]),
      );
    },
  );
});
