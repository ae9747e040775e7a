import {
  byKind,
  looksOf,
  MOST_LINKS,
  type Shape,
  type ShapeKind,
  type ShapeOf,
  nameInWords,
} from '../../../../libs/declarations/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';

/** One field of the input of a mutation, by the name that the API has for it. */
export interface InputField {
  readonly name: string;
  /** What the command calls it. */
  readonly field: string;
  readonly type: string;
  readonly says: string;
}

/** Types of the API. A new shape does not compile until it stands here. */
const GRAPHQL_TYPE: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>) => string } = {
  line: () => 'String',
  words: () => 'String',
  digest: () => 'String',
  itemNumber: () => 'String',
  day: () => 'Date',
  time: () => 'String',
  span: () => 'DatedInput',
  yesNo: () => 'Boolean',
  oneOf: ({ name }) => name,
  link: () => 'ID',
  links: () => '[ID!]',
  anyRecord: () => 'ID',
  anyRecords: () => '[ID!]',
  instant: () => 'DateTime',
  count: () => 'Int',
  share: () => 'ShareInput',
  rows: ({ name }) => `[${rowInputOf(name)}!]`,
  conditions: () => '[ConditionInput!]',
  newReference: () => 'ID',
  due: () => 'DueInput',
  commandId: () => 'ID',
  reference: () => 'ID',
  eventOfRecord: () => 'ID',
  path: () => 'String',
  anyValue: () => 'JSON',
  marking: () => 'Marking',
};

const FIELDS = new WeakMap<DeclaredMutation, readonly InputField[]>();

/** The fields of an input beside those that every command takes. Worked out once: every command that comes in asks for them. */
export function inputFieldsOf(mutation: DeclaredMutation): readonly InputField[] {
  const fields = FIELDS.get(mutation) ?? declaredFields(mutation);
  FIELDS.set(mutation, fields);
  return fields;
}

function declaredFields({ command, kind }: DeclaredMutation): readonly InputField[] {
  const ref = {
    name: command.refCalled ?? 'ref',
    field: 'ref',
    type: 'ID!',
    says:
      kind === null
        ? 'Reference of the record, of any register.'
        : `Reference of the ${nameInWords(kind).toLowerCase()}.`,
  };
  const own = Object.entries(command.fields).flatMap(([field, shape]) =>
    shape.ofEnvelope === true
      ? []
      : [{ name: nameOf(field, shape), field, type: typeOf(shape), says: sayingOf(shape) }],
  );
  return command.opens === undefined ? [ref, ...own] : own;
}

/** A marking is said in two fields, of which the session is the envelope's. */
function nameOf(field: string, shape: Shape): string {
  return shape.called?.api ?? (shape.kind === 'marking' ? 'marking' : field);
}

/** The type of a row: `PriorityLevelInput`. */
export function rowInputOf(name: string): string {
  return `${name}Input`;
}

export function typeOf(shape: Shape): string {
  const type = byKind<string, []>(GRAPHQL_TYPE, shape);
  if (shape.optional === true || shape.otherwise === null) return type;
  return shape.otherwise === undefined ? `${type}!` : `${type} = ${shape.otherwise}`;
}

export function sayingOf(shape: Shape): string {
  if (shape.kind === 'words') return `${shape.says} At most 32 KiB.`;
  if (shape.kind === 'links' || shape.kind === 'anyRecords') return `${shape.says} At most ${MOST_LINKS}, each once.`;
  if (shape.kind === 'rows') return `${shape.says} At most ${shape.most} rows.`;
  if (shape.kind === 'count') return `${shape.says} ${looksOf(shape).replace(/^It is a/, 'A')}`;
  return shape.kind === 'line' && shape.most !== undefined
    ? `${shape.says} At most ${shape.most} characters.`
    : shape.says;
}
