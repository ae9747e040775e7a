import { CAPACITIES, mayIssue, type Capacity } from '../../libs/access/index.ts';
import type { Command, MayIssue, RecordEvent, Register } from '../../libs/ledger/index.ts';
import { mayIssueForRecord } from '../../libs/records/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { directory } from '../../libs/registers/directory/index.ts';
import { meetings } from '../../libs/registers/meetings/index.ts';

/** Whose the record is: another post's, the caller's own post's, or another's of which the caller in person reported the end. */
export const WHOSE = ['others', 'own', 'own report'] as const;
export type Whose = (typeof WHOSE)[number];

/** What is answered: done, not theirs to do, or refused to them for this record. */
export type Answer = 'yes' | 'no' | 'refused';

/** A command of the table, and what of it the rule depends on. */
export interface Row {
  readonly register: 'actions' | 'meetings' | 'directory';
  readonly name: string;
  readonly command: Command & Readonly<Record<string, unknown>>;
  readonly state?: unknown;
  readonly events?: readonly RecordEvent[];
}

/** The post that owns what is not the caller's own. */
export const ANOTHER = 'estates-lead';

const REGISTERS = { actions, meetings, directory } as unknown as Readonly<Record<Row['register'], Register>>;
const AUTHORITY = { record: 'POST', ref: 'chief-executive', capacity: 'opcc-officer', holders: [] };
const TENURE = [
  { id: 'tenure', type: 'HolderAppointed', facts: { person: 'person-other' } },
] as unknown as RecordEvent[];

/** Every command of every register, from the declarations, those of the directory that grant authority apart. */
export function rows(): readonly Row[] {
  const own = (register: Row['register']) =>
    Object.entries(REGISTERS[register].mayIssue)
      .filter(([, rule]) => rule !== 'OPERATOR')
      .map(([type]): Row => ({ register, name: type, command: { type } }));
  const ofRecord = (register: Row['register']) =>
    Object.keys(mayIssueForRecord).map((type): Row => ({ register, name: type, command: { type } }));
  return [
    ...own('actions'),
    ...ofRecord('actions'),
    ...own('meetings'),
    ...ofRecord('meetings'),
    ...own('directory'),
    {
      register: 'directory',
      name: 'AddPost of authority',
      command: { type: 'AddPost', as: 'x', capacity: 'opcc-officer' },
    },
    { register: 'directory', name: 'AppointHolder of authority', command: { type: 'AppointHolder' }, state: AUTHORITY },
    ...ofRecord('directory'),
    { register: 'directory', name: 'Correct of a capacity', command: { type: 'Correct', path: 'capacity' } },
    {
      register: 'directory',
      name: 'Void of a tenure',
      command: { type: 'Void', event: 'tenure' },
      events: TENURE,
    },
  ];
}

/** Only actions have owners, and reports of what was done. */
export function whoseOf({ register, name }: Row): readonly Whose[] {
  return register === 'actions' && name !== 'RaiseAction' ? WHOSE : ['others'];
}

/** What the declarations say: the same functions that dispatch asks. */
export function expected(row: Row, capacity: Capacity, whose: Whose): Answer {
  const register = REGISTERS[row.register];
  const rules = { ...mayIssueForRecord, ...register.mayIssueForRecord, ...register.mayIssue } as {
    readonly [type: string]: MayIssue | undefined;
  };
  const { command, state = register.initial, events = [] } = row;
  const rule = register.mayIssueThis?.(command, state, events) ?? rules[command.type];
  const owner = whose === 'own' ? capacity : ANOTHER;
  const work = whose === 'own' ? [capacity] : (['force-lead'] as const);
  if (mayIssue(rule, { post: capacity, capacity }, null, owner, work) === 'no') return 'no';
  const ends = register.separation?.ends[command.type] !== undefined;
  return ends && whose !== 'others' ? 'refused' : 'yes';
}

const SHOWN: { readonly [answer in Answer]: string } = { yes: 'yes', no: '·', refused: 'refused' };

/** The table as it stands in `docs/access.md`. */
export function table(): string {
  const head = ['Register', 'Command', 'Record', ...CAPACITIES];
  const lines = rows().flatMap((row) => {
    const cells = (whose: Whose) => CAPACITIES.map((capacity) => SHOWN[expected(row, capacity, whose)]);
    const [first, ...more] = whoseOf(row);
    // A line that says the same as the one before it says nothing.
    const lines: (readonly [string, readonly string[]])[] = [[more.length === 0 ? '' : first!, cells(first!)]];
    for (const whose of more) if (cells(whose).join() !== cells('others').join()) lines.push([whose, cells(whose)]);
    if (lines.length === 1) lines[0] = ['', lines[0]![1]];
    return lines.map(([whose, answers], index) =>
      [index === 0 ? row.register : '', index === 0 ? row.name : '', whose, ...answers].join(' | '),
    );
  });
  return [head.join(' | '), head.map(() => '---').join(' | '), ...lines].map((line) => `| ${line} |`).join('\n');
}
