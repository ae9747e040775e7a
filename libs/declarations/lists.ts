import type { CountedFilter, CountedLists, JsonObject } from '../ledger/index.ts';
import { inCapitals, nameInWords } from './labels.ts';
import { kindOfRecord, kindSpelt, type RecordKind, KINDS_OF_RECORD } from './record-kinds.ts';
import { oneOf, type Condition, type ConditionInput, type OneOf } from './shapes.ts';
import type { FiltersShown, FilterShown } from './shown.ts';

/*
 * What is counted of a list, said once: the filters that a kind of record declares for its pages are those by which whatever a paper prints of
 * them is counted.
 */

/** The list of a kind of record, as commands and the API name it: `ACTION`. */
export type ListOfRecords = InCapitals<RecordKind>;
/** `forwardPlanItem` → `FORWARD_PLAN_ITEM` */
type InCapitals<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${Uppercase<First>}${InCapitals<Rest>}`
    : `_${First}${InCapitals<Rest>}`
  : '';

export const listOfRecords = oneOf(
  'ListOfRecords',
  'The records of one kind, as a list.',
  Object.fromEntries(
    KINDS_OF_RECORD.map((kind) => {
      const many = nameInWords(kindOfRecord(kind).many);
      return [listOfKind(kind), { says: `${many}.`, label: many }];
    }),
  ),
) as OneOf<ListOfRecords>;

export function listOfKind(kind: RecordKind): ListOfRecords {
  return inCapitals(kind) as ListOfRecords;
}

export function kindOfList(list: ListOfRecords): RecordKind {
  return KINDS_OF_RECORD.find((kind) => listOfKind(kind) === list)!;
}

/** The filters by which a list may be counted: all but those that look for words, which stand in no fact, or for a number, of which no paper prints a total. */
export function countedBy(filters: FiltersShown): { readonly [filter: string]: CountedFilter } {
  const counted = Object.entries(filters).flatMap(([name, filter]) => {
    const by = COUNTED[filter.kind](filter as never);
    return by === null ? [] : [[name, by] as const];
  });
  return Object.fromEntries(counted);
}

type FilterOf<Kind extends FilterShown['kind']> = Extract<FilterShown, { readonly kind: Kind }>;
const COUNTED: { readonly [Kind in FilterShown['kind']]: (filter: FilterOf<Kind>) => CountedFilter | null } = {
  words: () => null,
  oneOf: ({ choices }) => ({ kind: 'oneOf', members: choices.map(({ value }) => value) }),
  link: ({ record }) => ({ kind: 'link', record }),
  flag: () => ({ kind: 'flag' }),
  number: () => null,
};

/** Why conditions cannot be kept: which of them, and what is wrong with it. */
export type ConditionFault =
  | { readonly fault: 'UNKNOWN_FILTER'; readonly at: number; readonly filters: readonly string[] }
  | {
      readonly fault: 'UNKNOWN_CHOICE';
      readonly at: number;
      readonly choice: string;
      readonly members: readonly string[];
    }
  | { readonly fault: 'NOT_ONE_RECORD'; readonly at: number; readonly record: RecordKind }
  | { readonly fault: 'NEEDS_NO_CHOICE'; readonly at: number };

/**
 * Conditions as an event holds them, in the order in which they were given: choices in any spelling of papers and addresses, as members;
 * a reference of the kind of record by which the list is narrowed. Whether there is such a record is not asked here. Pure.
 */
export function conditionsHeld(
  lists: CountedLists,
  list: ListOfRecords,
  given: readonly ConditionInput[],
): readonly Condition[] | ConditionFault {
  const declared = lists[kindOfList(list)] ?? {};
  const held: Condition[] = [];
  for (const [at, { filter, is = [] }] of given.entries()) {
    const by = Object.hasOwn(declared, filter) ? declared[filter] : undefined;
    if (by === undefined) return { fault: 'UNKNOWN_FILTER', at, filters: Object.keys(declared) };
    if (by.kind === 'flag') {
      if (is.length > 0) return { fault: 'NEEDS_NO_CHOICE', at };
      held.push({ filter });
    } else if (by.kind === 'link') {
      const [ref, ...others] = is;
      const record = by.record as RecordKind;
      if (ref === undefined || others.length > 0 || kindSpelt(ref) !== record)
        return { fault: 'NOT_ONE_RECORD', at, record };
      held.push({ filter, ofRecord: ref });
    } else {
      const members = [...new Set(is.map(spelled))];
      const choice = is.find((one) => !by.members.includes(spelled(one)));
      if (members.length === 0 || choice !== undefined)
        return { fault: 'UNKNOWN_CHOICE', at, choice: choice ?? '', members: by.members };
      held.push({ filter, members });
    }
  }
  return held;
}

/** `signed-off` → `SIGNED_OFF` */
function spelled(choice: string): string {
  return choice.toUpperCase().replaceAll('-', '_');
}

/** The same conditions, in whatever order: those that count the same. */
export function conditionsAlike(one: readonly Condition[], other: readonly Condition[]): boolean {
  return nameOf(one) === nameOf(other);
}

function nameOf(held: readonly Condition[]): string {
  const names = held.map(({ filter, members, ofRecord }: JsonObject & Condition) =>
    JSON.stringify([filter, [...(members ?? [])].sort(), ofRecord ?? null]),
  );
  return names.sort().join(' ');
}

/**
 * What a list is asked for by these conditions; null where it cannot be told: a record among them is not for the reader, or this version of
 * the ledger has no such filter or choice.
 */
export function askedBy(
  filters: FiltersShown,
  held: readonly Condition[],
): { readonly [filter: string]: readonly string[] | string | true } | null {
  const declared = countedBy(filters);
  const asked: { [filter: string]: readonly string[] | string | true } = {};
  for (const { filter, members, ofRecord } of held) {
    const by = Object.hasOwn(declared, filter) ? declared[filter] : undefined;
    if (by === undefined) return null;
    const value = by.kind === 'flag' ? true : by.kind === 'link' ? ofRecord : members;
    if (value === undefined) return null;
    if (by.kind === 'oneOf' && (value as readonly string[]).some((member) => !by.members.includes(member))) return null;
    asked[filter] = value;
  }
  return asked;
}
