import type { InputFault } from '../../../../libs/declarations/index.ts';
import { BASES } from '../../../../libs/timeline/index.ts';
import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** What a document may be and cost. Each limit is the greatest value that passes. */
export interface Limits {
  /** Characters of the document. */
  readonly characters: number;
  /** Words, numbers, names and signs of the document. */
  readonly tokens: number;
  /** Fields under other names. */
  readonly aliases: number;
  readonly directives: number;
  /** Fields one below another, through fragments. */
  readonly depth: number;
  /** The same for questions about the schema itself, which tools ask. */
  readonly introspectionDepth: number;
  /** Rows in one page of a list. */
  readonly first: number;
  /**
   * Records and facts that the answer could hold at most, and what must be read for it. A list counts its rows times what is asked of
   * each; what a question reads counts once wherever the question stands ({@link READS}), for those of all rows are asked together, unless each
   * row reads it by itself ({@link READS_FOR_EACH}).
   */
  readonly cost: number;
}

export const LIMITS: Limits = {
  characters: 15_000,
  tokens: 2_000,
  aliases: 30,
  directives: 30,
  depth: 12,
  introspectionDepth: 20,
  first: 500,
  cost: 25_000,
};

/** Rows that a list is taken to have when it is not told how many, by the name of its field. The schema is asked once. */
export type RowsOfLists = ReadonlyMap<string, number>;

const ROWS_OF_PLAIN_LIST = 5;
const ROWS_OF_PAGE = 50;

/**
 * {@link RowsOfLists} of a schema: pages by the default of `first`; plain lists by a guess that fits what they hold here. Of a name that several types
 * have, the most, in whatever order they come: a document says no types.
 */
export function rowsOfLists(schema: GraphQLSchema): RowsOfLists {
  const rows = new Map<string, number>();
  const plain = new Map<string, number>();
  const atLeast = (name: string, many: number) => rows.set(name, Math.max(many, rows.get(name) ?? 0));
  const oneMore = (name: string, more: number) => plain.set(name, (plain.get(name) ?? 0) + more);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const answer = getNullableType(field.type);
      const first = field.args.find((argument) => argument.name === 'first');
      if (first !== undefined)
        atLeast(field.name, typeof first.defaultValue === 'number' ? first.defaultValue : ROWS_OF_PAGE);
      else if (isObjectType(getNamedType(answer)) && field.name !== 'edges')
        oneMore(field.name, isListType(answer) ? 1 : -1);
    }
  }
  // A name that more types have for one thing than for several, such as `moved` of every comparison, is taken for one.
  for (const [name, more] of plain) if (more >= 0) atLeast(name, ROWS_OF_PLAIN_LIST);
  return rows;
}

/**
 * What answering a field reads beyond the rows that it gives, in rows: a list is also counted, a search looks through all words. A list that
 * is worked out as a whole before a page of it is shown reads whatever might stand in it.
 */
const READS = {
  page: 200,
  counts: 500,
  history: 250,
  steps: 250,
  contradictions: 1_000,
  grants: 1_000,
  linksToNothing: 2_000,
  questioned: 4_000,
  replay: 4_000,
  slippage: 4_000,
  slippageCounts: 4_000,
  lateEntries: 4_000,
  entryDelays: 4_000,
  riskMovement: 4_000,
  narrowed: 250,
  search: 4_000,
  compared: 2_000,
} as const;
/** The same where it is not asked together for the rows of a list: each reads it anew. */
const READS_FOR_EACH: ReadonlyMap<string, number> = new Map([
  ['facts', 250],
  ['sinceDecided', 250],
]);
const COMPARISON = 'compare';
/** What stands right below a comparison and compares nothing. */
const OF_BASES: ReadonlySet<string> = new Set(BASES);
/** Fields that count everything, in whatever groups: how many, how old, what was done in time. */
const COUNTS = /(Counts|Ages|FirstDue|Table)$/;
const READ_WHOLE = [
  'history',
  'steps',
  'contradictions',
  'grants',
  'linksToNothing',
  'questioned',
  'replay',
  'slippage',
  'slippageCounts',
  'lateEntries',
  'entryDelays',
  'riskMovement',
] as const;

/** A document will not be run. `field` names the argument at fault, if it is one. */
export interface Refused {
  readonly sentence: string;
  /** Of a value that is not of its type: the code that a command's own check would give it. */
  readonly refusal?: InputFault;
  readonly field?: string;
}

/** Values of the document's variables, coerced. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * The one operation of a document, or why it is refused.
 *
 * One, because the compiled form of a document is remembered by its text alone: of two operations, the one that was compiled
 * first would run, whichever is asked for (seen with Mercurius 16.10).
 */
export function onlyOperation(document: DocumentNode): OperationDefinitionNode | Refused {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const [operation, another] = operations;
  if (operation === undefined) return { sentence: 'This document holds no operation.' };
  if (another !== undefined)
    return { sentence: `One operation a document: this one holds ${operations.length}. Send each on its own.` };
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) return { sentence: 'There are no subscriptions.' };
  return operation;
}

/** Checks what does not depend on the variables. */
export function checkShape(document: DocumentNode, operation: OperationDefinitionNode, limits: Limits): Refused | null {
  const fragments = fragmentsOf(document);
  if (hasCycle(fragments)) return { sentence: 'A fragment of this document contains itself.' };
  const { aliases, directives } = count(document);
  if (aliases > limits.aliases)
    return { sentence: `At most ${limits.aliases} fields may have an alias; this document has ${aliases}.` };
  if (directives > limits.directives)
    return { sentence: `At most ${limits.directives} directives; this document has ${directives}.` };
  for (const introspecting of [false, true]) {
    const limit = introspecting ? limits.introspectionDepth : limits.depth;
    const depth = depthOf(operation.selectionSet, fragments, introspecting);
    if (depth > limit)
      return { sentence: `Fields may be nested ${limit} deep; this document nests them ${depth} deep.` };
  }
  return null;
}

/** Checks page sizes and cost, with the variables of this request. What passes is answered with what it costs. */
export function checkCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  limits: Limits,
  rowsOf: RowsOfLists,
): Refused | { readonly cost: number } {
  const fragments = fragmentsOf(document);
  const seen = new Map<string, Cost>();
  let badPage: Refused | null = null;

  /** @param compares true right below a comparison: whatever is asked there is found and walked anew */
  const costOf = (selection: SelectionSetNode, compares = false): Cost => {
    let [rows, reads, readsForEach] = [0, 0, 0];
    for (const one of selection.selections) {
      const cost =
        one.kind === Kind.FIELD
          ? costOfField(one, compares)
          : one.kind === Kind.INLINE_FRAGMENT
            ? costOf(one.selectionSet, compares)
            : costOfFragment(one.name.value, compares);
      rows += cost.rows;
      reads += cost.reads;
      readsForEach += cost.readsForEach;
    }
    return { rows, reads, readsForEach };
  };
  const costOfField = (field: FieldNode, isCompared: boolean): Cost => {
    const pageSize = pageSizeOf(field, variables);
    if (pageSize !== null && (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > limits.first))
      badPage ??= { sentence: `"first" is 1 to ${limits.first}; this asks for ${pageSize}.`, field: 'first' };
    if (field.selectionSet === undefined) return NO_COST;
    const { rows, reads, readsForEach } = costOf(field.selectionSet, field.name.value === COMPARISON);
    const ofComparing = isCompared && !OF_BASES.has(field.name.value) ? READS.compared : 0;
    const ofPage = pageSize ?? rowsOf.get(field.name.value) ?? 1;
    return {
      rows: ofPage * (1 + rows),
      reads: reads + ofComparing + readsOf(field, variables, rowsOf),
      readsForEach: ofPage * readsForEach + (READS_FOR_EACH.get(field.name.value) ?? 0),
    };
  };
  const costOfFragment = (name: string, compares: boolean): Cost => {
    const known = seen.get(`${name} ${compares}`);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const cost = fragment === undefined ? NO_COST : costOf(fragment.selectionSet, compares);
    seen.set(`${name} ${compares}`, cost);
    return cost;
  };

  const { rows, ...others } = costOf(operation.selectionSet);
  const reads = others.reads + others.readsForEach;
  const cost = rows + reads;
  if (badPage !== null) return badPage;
  return cost > limits.cost
    ? {
        sentence: `This could answer ${rows} records and facts, and what must be read for it counts as ${reads} more; at most ${limits.cost} at once. Ask for less at a time ("first", fewer lists, counts or searches).`,
      }
    : { cost };
}

interface Cost {
  readonly rows: number;
  readonly reads: number;
  readonly readsForEach: number;
}

const NO_COST: Cost = { rows: 0, reads: 0, readsForEach: 0 };

/** See {@link READS}. */
function readsOf(field: FieldNode, variables: Variables, rowsOf: RowsOfLists): number {
  const name = field.name.value;
  const filter = valueOf(field, 'filter', variables);
  const narrows = typeof filter === 'object' && filter !== null ? (filter as { readonly text?: unknown }) : null;
  const ofFilter =
    narrows === null || Object.keys(narrows).length === 0
      ? 0
      : narrows.text === undefined || narrows.text === null
        ? READS.narrowed
        : READS.search;
  const whole = READ_WHOLE.find((one) => one === name);
  if (whole !== undefined) return READS[whole];
  if (COUNTS.test(name)) return READS.counts + ofFilter;
  const isPage =
    field.arguments?.some((one) => one.name.value === 'first') === true || rowsOf.get(name) === ROWS_OF_PAGE;
  return (isPage ? READS.page : 0) + ofFilter;
}

/** What an argument holds, as far as it matters here: which members it has. */
function valueOf(field: FieldNode, name: string, variables: Variables): unknown {
  const value = field.arguments?.find((one) => one.name.value === name)?.value;
  return value === undefined ? undefined : plain(value, variables);
}

function plain(value: ValueNode, variables: Variables): unknown {
  if (value.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value.kind !== Kind.OBJECT) return value.kind === Kind.NULL ? null : value.kind;
  return Object.fromEntries(value.fields.map((one) => [one.name.value, plain(one.value, variables)]));
}

/** The coerced `first` of a field, or null if it has none. */
function pageSizeOf(field: FieldNode, variables: Variables): number | null {
  const value = field.arguments?.find((argument: ArgumentNode) => argument.name.value === 'first')?.value;
  if (value === undefined || value.kind === Kind.NULL) return null;
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.VARIABLE) {
    const given = variables[value.name.value];
    return given === undefined || given === null ? null : Number(given);
  }
  return Number.NaN;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function hasCycle(fragments: ReadonlyMap<string, FragmentDefinitionNode>): boolean {
  const done = new Set<string>();
  const open = new Set<string>();
  const enter = (name: string): boolean => {
    const fragment = fragments.get(name);
    if (fragment === undefined || done.has(name)) return false;
    if (open.has(name)) return true;
    open.add(name);
    const cyclic = spreadsIn(fragment.selectionSet).some(enter);
    open.delete(name);
    done.add(name);
    return cyclic;
  };
  return [...fragments.keys()].some(enter);
}

function spreadsIn(selection: SelectionSetNode): readonly string[] {
  return selection.selections.flatMap((one) => {
    if (one.kind === Kind.FRAGMENT_SPREAD) return [one.name.value];
    return one.selectionSet === undefined ? [] : spreadsIn(one.selectionSet);
  });
}

function depthOf(
  selection: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  introspecting: boolean,
  known = new Map<string, number>(),
  isRoot = true,
): number {
  let deepest = 0;
  for (const one of selection.selections) {
    if (one.kind === Kind.FIELD) {
      if (isRoot && one.name.value.startsWith('__') !== introspecting) continue;
      const below =
        one.selectionSet === undefined ? 0 : depthOf(one.selectionSet, fragments, introspecting, known, false);
      deepest = Math.max(deepest, 1 + below);
    } else if (one.kind === Kind.INLINE_FRAGMENT) {
      deepest = Math.max(deepest, depthOf(one.selectionSet, fragments, introspecting, known, isRoot));
    } else {
      const name = `${one.name.value}${isRoot}`;
      let below = known.get(name);
      if (below === undefined) {
        const fragment = fragments.get(one.name.value);
        below = fragment === undefined ? 0 : depthOf(fragment.selectionSet, fragments, introspecting, known, isRoot);
        known.set(name, below);
      }
      deepest = Math.max(deepest, below);
    }
  }
  return deepest;
}

/** Counted as written: a fragment counts once, however often it is spread. */
function count(document: DocumentNode): { aliases: number; directives: number } {
  let aliases = 0;
  let directives = 0;
  const enter = (selection: SelectionSetNode): void => {
    for (const one of selection.selections) {
      directives += one.directives?.length ?? 0;
      if (one.kind === Kind.FIELD && one.alias !== undefined) aliases += 1;
      if (one.kind !== Kind.FRAGMENT_SPREAD && one.selectionSet !== undefined) enter(one.selectionSet);
    }
  };
  for (const one of document.definitions) {
    if (one.kind !== Kind.OPERATION_DEFINITION && one.kind !== Kind.FRAGMENT_DEFINITION) continue;
    directives += one.directives?.length ?? 0;
    if (one.kind === Kind.OPERATION_DEFINITION)
      for (const variable of one.variableDefinitions ?? []) directives += variable.directives?.length ?? 0;
    enter(one.selectionSet);
  }
  return { aliases, directives };
}
