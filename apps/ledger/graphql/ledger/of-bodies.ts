import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { MOST_LINKS } from '../../../../libs/declarations/index.ts';
import { isIllustrative, viewOver, type LedgerView, type OfBodies } from '../../../../libs/read-models/index.ts';
import { AnswerError } from '../errors.ts';
import { OF_BODIES, referenceOf } from '../schema-files.ts';
import { given, type Fields, type Root } from './value.ts';

/*
 * Of which bodies a list is, for every list of the API in the one way: what narrows it so is read here, and its resolver is handed a view of which
 * lists are of those bodies. A list that is added is narrowed from its first day (see `withBodies` of `schema-files.ts`).
 */

type Given = Readonly<Record<string, unknown>>;

/** The fields of the ledger, those that list or count by a view of the bodies that are asked for. */
export function overBodies(schema: GraphQLSchema, fields: Fields<never>): Fields<never> {
  const ledger = schema.getType('Ledger') as GraphQLObjectType;
  const wrapped = Object.entries(fields).map(([name, resolve]) => {
    const { args = [] } = ledger.getFields()[name] ?? {};
    if (narrowingOf(args) === undefined) return [name, resolve] as const;
    const over = async (root: Root, input: Given) => {
      const { left, viewFor } = narrowedBy(args, input);
      return (resolve as (root: Root, input: Given) => unknown)({ ...root, view: await viewFor(root.view) }, left);
    };
    return [name, over] as const;
  });
  return Object.fromEntries(wrapped) as Fields<never>;
}

/** What narrows a list by bodies, taken out of what is asked: what is left of that, and the view for the list. */
export function narrowedBy(
  args: readonly GraphQLArgument[],
  input: Given,
): { readonly left: Given; readonly viewFor: (view: LedgerView) => Promise<LedgerView> } {
  const narrowing = narrowingOf(args);
  if (narrowing === undefined) return { left: input, viewFor: (view) => Promise.resolve(view) };
  const { bodies, readBy, illustrative, ...others } = given(input[narrowing.name] as (OfBodies & Given) | null);
  if ((bodies?.length ?? 0) > MOST_LINKS)
    throw new AnswerError('INVALID', `At most ${MOST_LINKS} bodies are named at once.`, {
      field: `${narrowing.name}.bodies`,
    });
  const wanted = given({ bodies, readBy, illustrative } as OfBodies);
  const refs = referencesIn(args, { ...input, [narrowing.name]: others });
  const isOwn = getNamedType(narrowing.type).name !== OF_BODIES;
  const left = Object.fromEntries(Object.entries(input).filter(([argument]) => argument !== narrowing.name));
  const more = isOwn && Object.keys(others).length > 0 ? { [narrowing.name]: others } : {};
  return { left: { ...left, ...more }, viewFor: (view) => viewOver(view, wanted, refs) };
}

function narrowingOf(args: readonly GraphQLArgument[]): GraphQLArgument | undefined {
  return args.find(isNarrowing);
}

function isNarrowing({ type }: GraphQLArgument): boolean {
  const named = getNamedType(type);
  return (
    isInputObjectType(named) && !isListType(getNullableType(type)) && named.getFields()['illustrative'] !== undefined
  );
}

/** The references by which a list is narrowed otherwise, and the words that are looked for: they may be one. */
function referencesIn(args: readonly GraphQLArgument[], input: Given): readonly string[] {
  return args.flatMap(({ name, type }) => {
    const value = input[name];
    const named = getNamedType(type);
    if (value === null || value === undefined) return [];
    if (named.name === 'ID') return [value].flat() as string[];
    if (!isInputObjectType(named) || isListType(getNullableType(type))) return [];
    return Object.values(named.getFields()).flatMap((field) => {
      const of = (value as Given)[field.name];
      if (of === null || of === undefined) return [];
      const isReference = getNamedType(field.type).name === 'ID';
      return isReference ? ([of].flat() as string[]) : field.name === 'text' ? [(of as string).trim()] : [];
    });
  });
}

interface Belonging {
  readonly view: LedgerView;
  readonly [field: string]: unknown;
}

/** Of every type that has a reference of a record: whether that belongs to an illustrative body. */
export function belongingOf(schema: GraphQLSchema): { readonly [type: string]: Fields<never> } {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const told = types.flatMap((type) => {
    const by = type.getFields()['illustrative'] === undefined ? null : referenceOf(Object.keys(type.getFields()));
    if (by === null) return [];
    const illustrative = (one: Belonging) => isIllustrative(one.view, one[by] as string);
    return [[type.name, { illustrative }] as const];
  });
  return Object.fromEntries(told);
}
