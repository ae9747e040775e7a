import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print, visit, type DefinitionNode, type FragmentDefinitionNode } from 'graphql';
import { projectRoot } from '../../apps/ledger/graphql/schema-files.ts';

const CONTRACT = parse(
  ['actions', 'time']
    .map((name) => readFileSync(join(projectRoot(), 'test', 'contract-operations', `${name}.graphql`), 'utf8'))
    .join('\n'),
);

/** What a payload is asked for where the contract names no operation: the record by its reference, and the position. */
const RECORD_OF: readonly (readonly [ending: RegExp, selection: string])[] = [
  [/Otherwise|^(un)?linkRecord$|^nameRecord$|^withdrawName$/, 'record'],
  [/Recommendation|^say\w+Word$/, 'recommendation { ref status }'],
  [/ForwardPlan/, 'forwardPlanItem { ref status }'],
  [/Decision/, 'decision { ref status }'],
  [/Risk/, 'risk { ref status }'],
  [/Action(Event)?$|Evidence$|DueDate$/, 'action { ref status }'],
  [
    /Meeting(Event)?$|Item$|Attendance$|Sitting$|Interest$|PublicQuestion$|Resolution$|^excludePublic$|Papers$|Minutes$/,
    'meeting { ref state date }',
  ],
  [/Body(Event)?$|Reading$/, 'body { ref name }'],
  [/Person(Subject|Event)?$/, 'person { ref }'],
  [/Post(Event)?$|Holder$/, 'post { ref name }'],
  [
    /Rule(Event)?$|^set(\w+Scale|RagRule|ClosureRoute|DueDatePolicy|OpeningPolicy|LateAllowance|Cadence)$/,
    'rule { ref title status }',
  ],
  [/Document(Event|Version)?$|Total$/, 'document { ref title }'],
];

/** Names of the operations that the contract holds. */
export const OPERATIONS: readonly string[] = CONTRACT.definitions.flatMap((one) =>
  one.kind === Kind.OPERATION_DEFINITION ? [one.name!.value] : [],
);

const documents = new Map<string, string>();

/** One operation of the contract as a document of its own, with the fragments that it needs. */
export function operation(name: string): string {
  let document = documents.get(name);
  if (document === undefined) documents.set(name, (document = documentOf(name)));
  return document;
}

/** The document of a mutation: the contract's own where it has one. */
export function mutation(field: string): string {
  const name = `${field[0]!.toUpperCase()}${field.slice(1)}`;
  if (OPERATIONS.includes(name)) return operation(name);
  const record = RECORD_OF.find(([ending]) => ending.test(field))?.[1];
  if (record === undefined) throw new Error(`no payload is known for ${field}`);
  return `mutation ${name}($input: ${name}Input!) { ${field}(input: $input) { ${record} position } }`;
}

function documentOf(name: string): string {
  const isWanted = (one: DefinitionNode) => one.kind === Kind.OPERATION_DEFINITION && one.name?.value === name;
  const wanted = CONTRACT.definitions.find(isWanted);
  if (wanted === undefined) throw new Error(`the contract holds no operation ${name}`);
  const fragments = new Map<string, FragmentDefinitionNode>();
  const collect = (definition: DefinitionNode): void => {
    visit(definition, {
      FragmentSpread({ name: { value } }) {
        if (fragments.has(value)) return;
        const found = CONTRACT.definitions.find(
          (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === value,
        );
        fragments.set(value, found as FragmentDefinitionNode);
        collect(found!);
      },
    });
  };
  collect(wanted);
  return [wanted, ...fragments.values()].map(print).join('\n');
}
