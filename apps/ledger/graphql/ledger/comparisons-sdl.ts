import {
  Kind,
  parse,
  print,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
} from 'graphql';
import { kindOfRecord, KINDS_OF_RECORD, nameInWords, type RecordKind } from '../../../../libs/declarations/index.ts';
import { capital } from '../../../../libs/registers/index.ts';
import { KINDS_IN_WORDS } from '../../../../libs/wording/index.ts';

/*
 * What a comparison has of each register, as SDL, from what the ledger has of it: the same record, the same list with the same filter, and a bridge by each of
 * the groupings by which it is counted. So a register that is added is compared from its first day.
 */

/** The fields of a comparison that are of one kind of record; null where the ledger has no such list, or counts nothing of it. */
export interface ComparedFields {
  readonly kind: RecordKind;
  readonly record: string;
  readonly list: string | null;
  readonly counts: string | null;
  readonly bridge: string | null;
}

type Definitions = readonly DefinitionNode[];

/** By the fields that a ledger has. */
export function comparedFields(ofLedger: readonly string[]): readonly ComparedFields[] {
  return KINDS_OF_RECORD.map((kind) => {
    const list = manyOf(kind);
    const counts = `${kind}Counts`;
    return {
      kind,
      record: kind,
      list: ofLedger.includes(list) ? list : null,
      ...(ofLedger.includes(counts) ? { counts, bridge: `${kind}Bridge` } : { counts: null, bridge: null }),
    };
  });
}

/** `forward plan items` → `forwardPlanItems` */
function manyOf(kind: RecordKind): string {
  return kindOfRecord(kind).many.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Every definition, with those of what is compared. */
export function withComparisons(definitions: Definitions): Definitions {
  const ofLedger = definitions.flatMap((one) =>
    (one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.OBJECT_TYPE_EXTENSION) && one.name.value === 'Ledger'
      ? (one.fields ?? [])
      : [],
  );
  const fieldOf = new Map(ofLedger.map((field) => [field.name.value, field]));
  const fields = comparedFields([...fieldOf.keys()]);
  const sdl = [kindsSdl(), ...fields.flatMap((one) => typesSdl(one)), rootSdl(fields, fieldOf)].join('\n');
  return [...definitions, ...parse(sdl, { noLocation: true }).definitions];
}

function kindsSdl(): string {
  const members = Object.entries(KINDS_IN_WORDS).map(([kind, { says }]) => `${described(says)}\n${kind}`);
  return `${described('By what a record, or a field of it, changed.')}\nenum ChangeKind {\n${members.join('\n')}\n}`;
}

const PAGE = `${described('How many, 1 to 500. Default: 50.')}\nfirst: Int\n${described('Cursor after which to go on.')}\nafter: String`;

/** By what the records that changed are narrowed beside the filter of their list. */
const CHANGED_HOW = [
  `${described('Those alone that changed in this step.')}\nstep: ComparedStep`,
  `${described('Those alone that became one of these in the list, in the step that is asked for or in either.')}\nchanges: [ListChange!]`,
  `${described('Those alone of which a field changed by one of these kinds, in the step that is asked for or in either.')}\nkinds: [ChangeKind!]`,
].join('\n');

function rootSdl(fields: readonly ComparedFields[], fieldOf: ReadonlyMap<string, FieldDefinitionNode>): string {
  const each = fields.flatMap(({ kind, record, list, counts, bridge }) => {
    const one = nameInWords(kind).toLowerCase();
    const many = kindOfRecord(kind).many;
    const args = (name: string | null, without: readonly string[]) =>
      (fieldOf.get(name ?? '')?.arguments ?? []).filter((arg) => !without.includes(arg.name.value)).map(argument);
    return [
      `${described(`The ${one} with this reference at the three bases, changed or not; null where it was at none of them and passed through none of the steps, or is not for this reader.`)}
      ${record}(${args(record, []).join('\n')}): ${comparisonOf(kind)}`,
      ...(list === null
        ? []
        : [
            `${described(`The ${many} that changed in either step, by the list and its filter at each of the three bases, by reference.`)}
            ${list}(${[...args(list, ['first', 'after']), CHANGED_HOW, PAGE].join('\n')}): ${comparisonOf(kind)}Connection!`,
          ]),
      ...(bridge === null
        ? []
        : [
            `${described(`From how many ${many} there were, in groups, to how many there are: in every cell and in the total, told and what was restated make known now; with what moved, closing.`)}
            ${bridge}(${args(counts, []).join('\n')}): ${capital(kind)}Bridge!`,
          ]),
    ];
  });
  return `extend type Comparison {\n${each.join('\n')}\n}`;
}

function argument(arg: InputValueDefinitionNode): string {
  return print(arg);
}

function comparisonOf(kind: RecordKind): string {
  return `${capital(kind)}Comparison`;
}

function typesSdl({ kind, list, bridge }: ComparedFields): readonly string[] {
  const type = capital(kind);
  const name = comparisonOf(kind);
  const one = nameInWords(kind).toLowerCase();
  const many = kindOfRecord(kind).many;
  const types = [
    typeSdl(name, `One ${one} at the three bases of a comparison, and what changed from each to the next.`, [
      ['Its reference.', 'ref: ID!'],
      ['As told at the first end, whether or not it passes the filter; null where there was none.', `told: ${type}`],
      ['On the same day, as known at the second end; null where there was none.', `knownNow: ${type}`],
      ['At the second end; null where there is none.', `closing: ${type}`],
      ['From told to known now; null where nothing changed.', 'restated: Step'],
      ['From known now to closing; null where nothing changed.', 'moved: Step'],
    ]),
  ];
  if (list === null) return types;
  types.push(
    typeSdl(`${name}Connection`, `The ${many} that changed.`, [
      ['How many changed in either step, of those that pass what is asked for.', 'totalCount: Int!'],
      ['This page.', `edges: [${name}Edge!]!`],
      ['Where the page ends.', 'pageInfo: PageInfo!'],
      [
        'How many of them changed by which kind. Kinds overlap: a record counts under every kind by which a field of it changed.',
        'byKind: [KindOfChange!]!',
      ],
      ['How many of them became what in the list.', 'byChange: [ChangeOfList!]!'],
      [
        'How many records may be missing something, because an event is damaged or of a kind that this version does not know; 0 is the rule.',
        'incomplete: Int!',
      ],
    ]),
    typeSdl(`${name}Edge`, `One ${one} in a list of those that changed.`, [
      ['Where it stands in the list; opaque.', 'cursor: String!'],
      [`The ${one}.`, `node: ${name}!`],
    ]),
  );
  if (bridge === null) return types;
  types.push(
    typeSdl(
      `${type}Bridge`,
      `How the number of ${many} came from what was told to what it is, cell by cell. What left a cell and came back to it within a step is in no line of that step.`,
      [
        [
          'Every cell in which one stands at any of the three bases, in the order of counts.',
          `cells: [${type}BridgeCell!]!`,
        ],
        ['Restated, then moved: from which cell to which, by the last change of cell.', `lines: [${type}BridgeLine!]!`],
        ['All cells together.', 'total: BridgeTotal!'],
        ['By which versions of score scales and RAG rules everything is banded and coloured.', 'rule: ComparedRule!'],
      ],
    ),
    withField(
      typeSdl(
        `${type}BridgeCell`,
        `One cell of a bridge: how many ${many} stand in it at each of the three bases. Told and its lines that are restated make known now; with those that moved, closing.`,
        [
          ['What names the cell, as in counts; null for those without a group.', 'key: ID'],
          ['The cell in words.', 'label: String!'],
          ['As told at the first end.', 'told: Int!'],
          ['On the same day, as known at the second end.', 'knownNow: Int!'],
          ['At the second end.', 'closing: Int!'],
        ],
      ),
      `${described('Those that stand in it at one of the three bases, as they are there.')}\nrecords(${described('At which.')}\nat: ComparedBasis!\n${PAGE}): ${type}BridgeRecords!`,
    ),
    typeSdl(`${type}BridgeRecords`, `The ${many} that stand in one cell of a bridge at one basis.`, [
      ['How many there are.', 'totalCount: Int!'],
      ['This page.', `edges: [${type}Edge!]!`],
      ['Where the page ends.', 'pageInfo: PageInfo!'],
    ]),
    withField(
      typeSdl(`${type}BridgeLine`, `The ${many} that went from one cell to another in one step by one kind.`, [
        ['In which step.', 'step: ComparedStep!'],
        ['By which kind: that of the last change of cell.', 'kind: ChangeKind!'],
        ['The kind in words.', 'label: String!'],
        ['The cell that was left; null: they stood in none.', 'from: BridgePlace'],
        ['The cell that was entered; null: they stand in none.', 'to: BridgePlace'],
        ['How many.', 'count: Int!'],
      ]),
      `${described('They themselves.')}\nrecords(${PAGE}): ${name}Connection!`,
    ),
  );
  return types;
}

function typeSdl(name: string, says: string, fields: readonly (readonly [says: string, field: string])[]): string {
  const lines = fields.map(([said, field]) => `${described(said)}\n${field}`);
  return `${described(says)}\ntype ${name} {\n${lines.join('\n')}\n}`;
}

/** The type with one field more. */
function withField(type: string, field: string): string {
  return `${type.slice(0, -1)}${field}\n}`;
}

function described(says: string): string {
  return JSON.stringify(says);
}
