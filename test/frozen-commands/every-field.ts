import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputFieldsOf } from '../../apps/ledger/graphql/commands/inputs.ts';
import { submissionOf } from '../../apps/ledger/graphql/commands/submission.ts';
import {
  conditionsWritten,
  ENVELOPE_FIELDS,
  exampleRow,
  inCapitals,
  rowsWritten,
  shareWritten,
  type ConditionInput,
  type RecordKind,
  type Shape,
  type Share,
  KINDS_OF_RECORD,
} from '../../libs/declarations/index.ts';
import type { Accepted, Caller, Outcome, Submission } from '../../libs/dispatch/index.ts';
import { loadFolder } from '../../libs/import/index.ts';
import { columnOfField, columnsOf, ENVELOPE_ROW_FIELDS, ROW_COMMANDS, type Field } from '../../libs/import/columns.ts';
import type { Command } from '../../libs/ledger/index.ts';
import { MUTATIONS, REGISTERS } from '../../libs/registers/index.ts';
import { errorIn, type Client } from '../e2e/client.ts';
import { mutation } from '../e2e/contract.ts';
import { serveLedger, type ServedLedger } from '../e2e/served-ledger.ts';
import { ledgerInAFolder, standingClock, type LedgerInAFolder } from '../ledger-in-a-folder.ts';
import { SENT, withReferences, type Sent } from './sent.ts';
import { OF_NOTHING, wrongValues, type Wrong } from './wrong-values.ts';

/*
 * Accepted examples of every command, with each field in turn made wrong in each way that its shape knows: refused by its code and its
 * path, and nothing is written. Then the example itself goes in, and the next one builds on it.
 *
 * A field is tried in the first example that gives it: one that goes only with another, or not with another, is wrong by itself in any other.
 */

type Values = Readonly<Record<string, unknown>>;

const AT = '2023-10-09T11:00:00.000Z';
const FIRST = SENT.map(({ name }, index) => SENT.findIndex((one) => one.name === name) === index);
/** Of each example the fields that are tried in it: those that it is the first to give, and of the first those that none gives. */
const TRIED = SENT.map(({ name }, index) =>
  fieldsOf(name).filter(([field]) => {
    const called = calledInInput(name, field);
    const giving = SENT.findIndex((one) => one.name === name && Object.hasOwn(one.input, called));
    return giving < 0 ? FIRST[index] : giving === index;
  }),
);
const examples = SENT.map((sent, index) => [index, sent.name, sent] as const);
const OPERATORS = 'AppointMonitoringOfficer';

/** The example as a submission: as the API makes it of the input; an operator's own, of its fields. */
function submissionFor(sent: Sent, input: Record<string, unknown>, caller = sent.by): Submission {
  const commandId = randomUUID();
  const declared = MUTATIONS[sent.name];
  if (declared !== undefined) return submissionOf(sent.register, declared, { ...input, commandId }, caller);
  const { reason, ...fields } = input as { reason: string };
  const command = { type: sent.name, ...fields } as Command;
  return { register: sent.register, command, envelope: { commandId, reason }, caller, operator: true };
}

function fieldsOf(name: string): readonly (readonly [field: string, shape: Shape])[] {
  const declared = REGISTERS.flatMap(({ commands }) => commands).find(({ type }) => type === name);
  return Object.entries((MUTATIONS[name]?.command ?? declared)!.fields);
}

/** What the input of a command calls a field. */
function calledInInput(name: string, field: string): string {
  const declared = MUTATIONS[name];
  const called = declared === undefined ? undefined : inputFieldsOf(declared).find((one) => one.field === field);
  return called?.name ?? field;
}

const codeOf = (outcome: Outcome) =>
  outcome.outcome === 'refused'
    ? { code: outcome.refusal.code, field: outcome.refusal.field }
    : outcome.outcome === 'invalid'
      ? { code: outcome.refusal, field: outcome.field }
      : { code: outcome.outcome, field: undefined };

const under = (field: string, { at }: Pick<Wrong, 'at'>) => (at === undefined ? field : `${field}.${at}`);
const isNeeded = ({ optional, otherwise, kind }: Shape) =>
  optional !== true && otherwise === undefined && kind !== 'marking';
/** Is it wrong by itself, whatever the ledger holds? */
const isOfTheInput = ({ how, code }: Wrong) => !/\bunknown\b/.test(how) && code !== 'MARKING_TOO_HIGH';

async function accepted(outcome: Promise<Outcome>, name: string): Promise<Accepted> {
  const answered = await outcome;
  if (answered.outcome !== 'accepted') throw new Error(`${name}: ${JSON.stringify(answered)}`);
  return answered;
}

/** Over the API. */
export function overHttp(): void {
  describe('each field of each command, over HTTP', () => {
    let served: ServedLedger;
    const clients = new Map<string, Client>();
    const done: Accepted[] = [];
    beforeAll(async () => {
      served = await serveLedger({ store: 'sqlite', clock: standingClock(AT), signIn: 'provider' });
      for (const { by } of SENT) if (!clients.has(by.post)) clients.set(by.post, await served.as(by.post));
    }, 60_000);
    afterAll(() => served?.remove());

    const position = async () => {
      await served.ready();
      return (await clients.get('opcc-officer')!.runs('{ ledger { basis { position } } }')).ledger.basis.position;
    };
    const answerTo = async (sent: Sent, input: Values) =>
      errorIn(
        (await clients.get(sent.by.post)!.post(mutation(sent.name), { input: { commandId: randomUUID(), ...input } }))
          .text,
      ).extensions;

    it.each(examples)(
      'of example %i, %s, is refused while it is wrong, and nothing is written',
      async (index, name, sent) => {
        const input = withReferences(sent.input, done);
        const tried = TRIED[index]!;
        if (tried.length > 0 && MUTATIONS[name] !== undefined) {
          const before = await position();
          for (const [field, shape] of tried) {
            const called = calledInInput(name, field);
            for (const wrong of wrongValues(shape))
              expect([field, wrong.how, await answerTo(sent, { ...input, [called]: wrong.value })]).toEqual([
                ...[field, wrong.how],
                {
                  code: isOfTheInput(wrong) ? 'INVALID' : 'REFUSED',
                  refusal: wrong.code,
                  field: under(called, wrong),
                },
              ]);
            const { [called]: _, ...lacking } = input;
            if (isNeeded(shape))
              expect([field, await answerTo(sent, lacking)]).toEqual([
                field,
                { code: 'INVALID', refusal: 'NEEDED', field: called },
              ]);
          }
          expect(await position()).toEqual(before);
        }
        done.push(await accepted(served.ledger.submit(submissionFor(sent, input)), name));
      },
    );

    it('is tried for every command that there is', () => {
      const all = [...Object.values(MUTATIONS).map(({ command }) => command.type), OPERATORS];
      const tried = SENT.map(({ name }) => MUTATIONS[name]?.command.type ?? name);
      expect([...new Set(tried)].sort()).toEqual([...new Set(all)].sort());
    });

    const ENVELOPE_OF = ['addBody', 'scheduleMeeting', 'raiseAction', 'correctAction'] as const;
    it.each(ENVELOPE_OF)('of the envelope of %s is refused while it is wrong, and nothing is written', async (name) => {
      const sent = SENT.find((one) => one.name === name)!;
      const input = withReferences(sent.input, done);
      const { authority: _, source: _none, ...bare } = input;
      const before = await position();
      for (const [path, shape] of Object.entries(ENVELOPE_FIELDS)) {
        const [first = '', member] = path.split('.');
        for (const wrong of wrongValues(shape)) {
          // Who acts for whom, and before what, is told of what is there: other tests do.
          if (path === 'before' && wrong.how === 'unknown') continue;
          const value = member === undefined ? wrong.value : { [member]: wrong.value };
          expect([path, wrong.how, await answerTo(sent, { ...bare, [first]: value })]).toEqual([
            ...[path, wrong.how],
            { code: isOfTheInput(wrong) ? 'INVALID' : 'REFUSED', refusal: wrong.code, field: under(path, wrong) },
          ]);
        }
      }
      expect(await position()).toEqual(before);
    });
  });
}

/** As rows of an import: `every-field.slow.spec.ts`. */
export function fromPapers(): void {
  describe('each field of each command, from papers', () => {
    let house: LedgerInAFolder;
    let folder: string;
    const done: Accepted[] = [];
    beforeAll(async () => {
      house = await ledgerInAFolder({ at: AT });
      folder = mkdtempSync(join(tmpdir(), 'every-field-'));
      writeFileSync(join(folder, 'import.json'), '{"id": "papers", "files": ["rows.csv"]}');
    });
    afterAll(async () => {
      await house.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    const head = () => house.ledger.store.head();

    /** The columns in which a row is refused that gives this command; none when it passes. Nothing is written. */
    async function refusedColumns(cells: ReadonlyMap<string, string>): Promise<readonly (string | undefined)[]> {
      const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
      writeFileSync(
        join(folder, 'rows.csv'),
        `${[...cells.keys()].join(',')}\n${[...cells.values()].map(quoted).join(',')}\n`,
      );
      const caller = { post: 'opcc-officer', person: 'p-operator', capacity: 'opcc-officer' } as const;
      const outcome = await loadFolder(house.ledger, folder, { caller, grants: true, dryRun: true });
      if (outcome.outcome === 'passed') return [];
      if (!('problems' in outcome)) throw new Error(JSON.stringify(outcome));
      return outcome.problems.map(({ column }) => column);
    }

    /** What no import may do, by the operator's leave neither. */
    const NOT_OF_PAPERS = ['markBody', 'correctPost'];
    /** What no paper says: each is wrong of them, whatever it holds. */
    const NOT_ON_PAPER: { readonly [command: string]: readonly string[] } = {
      makeDecision: ['basisOn', 'basisRecorded', 'basisClock'],
    };
    const asPrinted = (sent: Sent): Sent['input'] =>
      Object.fromEntries(
        Object.entries(sent.input).filter(([field]) => NOT_ON_PAPER[sent.name]?.includes(field) !== true),
      );

    it.each(examples)(
      'of example %i, %s, is refused while it is wrong, and nothing is written',
      async (index, name, sent) => {
        const good = submissionFor(sent, withReferences(asPrinted(sent), done));
        const before = await head();
        const tried = TRIED[index]!;
        if (tried.length > 0) {
          const row = ROW_COMMANDS[name];
          const cells = row === undefined ? null : cellsOf(name, good);
          if (cells !== null && !NOT_OF_PAPERS.includes(name))
            expect([name, await refusedColumns(cells)]).toEqual([name, []]);
          for (const [field, shape] of tried) {
            for (const wrong of wrongValues(shape)) {
              if (shape.kind === 'marking') continue;
              const path = under(field, wrong);
              const spoilt = { ...good.command, [field]: wrong.value };
              const told = codeOf(await house.ledger.dispatch.submit(asPapers({ ...good, command: spoilt })));
              expect([field, wrong.how, told]).toEqual([field, wrong.how, { code: wrong.code, field: path }]);
              if (cells === null || wrong.notOnPaper === true) continue;
              const column = columnOfField(row, path);
              expect(column).toBeDefined();
              expect([field, wrong.how, await refusedColumns(cellsWith(cells, name, field, wrong.value))]).toEqual([
                ...[field, wrong.how],
                expect.arrayContaining([column]),
              ]);
            }
            if (!isNeeded(shape)) continue;
            const { [field]: _, ...lacking } = good.command as unknown as Record<string, unknown>;
            const told = codeOf(await house.ledger.dispatch.submit(asPapers({ ...good, command: lacking as never })));
            expect([field, told]).toEqual([field, { code: 'NEEDED', field }]);
            if (cells === null) continue;
            expect([field, await refusedColumns(cellsWith(cells, name, field, undefined))]).toEqual([
              field,
              expect.arrayContaining([columnOfField(row, field)]),
            ]);
          }
          expect(await head()).toEqual(before);
        }
        done.push(await accepted(house.ledger.dispatch.submit(good), name));
      },
    );
  });
}

/** Records, and an event of a record that everybody may see, which a force lead may not see. */
interface Hidden {
  readonly refs: { readonly [kind in RecordKind]: string };
  readonly action: string;
  readonly event: string;
}

const LEAD = { post: 'force-lead', person: 'p-force-lead', capacity: 'force-lead' } as const;
const OFFICER = { post: 'opcc-officer', person: 'p-opcc-officer', capacity: 'opcc-officer' } as const;
const MONITORING = { post: 'monitoring-officer', person: 'p-monitoring', capacity: 'monitoring-officer' } as const;
const SENSITIVE = { marking: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } } as const;

async function hide(submit: (submission: Submission) => Promise<Outcome>): Promise<Hidden> {
  const does = (
    register: string,
    command: { readonly type: string; readonly [field: string]: unknown },
    more = {},
    caller: Caller = OFFICER,
  ) => accepted(submit({ register, command, envelope: { commandId: randomUUID(), ...more }, caller }), command.type);
  await does('directory', { type: 'AddBody', as: 'ABC', name: 'A board' });
  const body = await does('directory', { type: 'AddBody', as: 'HID', name: 'A board' }, SENSITIVE);
  const post = await does('directory', { type: 'AddPost', as: 'hidden-post', name: 'A post' }, SENSITIVE);
  const person = await does('directory', { type: 'AddPerson', name: 'A person' }, SENSITIVE);
  const meeting = await does('meetings', { type: 'ScheduleMeeting', body: 'ABC', on: '2023-12-20' }, SENSITIVE);
  const action = await does('actions', { type: 'RaiseAction', body: 'ABC', title: 'A title' }, SENSITIVE);
  const document = await does(
    'documents',
    { type: 'RecordDocument', body: 'ABC', title: 'Minutes', kind: 'OTHER' },
    SENSITIVE,
  );
  const rule = await does(
    'rules',
    { type: 'AddRule', kind: 'RAG', body: 'ABC', title: 'Colours', as: 'rag' },
    SENSITIVE,
    MONITORING,
  );
  const recommendation = await does(
    'recommendations',
    { type: 'MakeRecommendation', body: 'ABC', originator: 'ABC', kind: 'CAUSE_OF_CONCERN', title: 'A title' },
    SENSITIVE,
  );
  const risk = await does(
    'risks',
    { type: 'ProposeRisk', body: 'ABC', register: 'OPCC', kind: 'THREAT', title: 'A title' },
    SENSITIVE,
  );
  const decision = await does(
    'decisions',
    { type: 'ProposeDecision', body: 'ABC', maker: 'COMMISSIONER', title: 'A title' },
    SENSITIVE,
  );
  const item = await does('forward-plan', { type: 'SuggestForwardPlanItem', body: 'ABC', title: 'A title' }, SENSITIVE);
  const seen = await does('actions', { type: 'RaiseAction', body: 'ABC', title: 'Another', owner: 'opcc-officer' });
  const evidence = await does('actions', { type: 'AddActionEvidence', ref: seen.ref, title: 'A paper' }, SENSITIVE);
  return {
    refs: {
      body: body.ref,
      post: post.ref,
      person: person.ref,
      meeting: meeting.ref,
      action: action.ref,
      document: document.ref,
      recommendation: recommendation.ref,
      rule: rule.ref,
      risk: risk.ref,
      decision: decision.ref,
      forwardPlanItem: item.ref,
    },
    action: seen.ref,
    event: evidence.events[0]!,
  };
}

/** The fields that are tried in an example and name another record: the kind, and what the field is when it names that one. */
function linksOf(index: number) {
  return TRIED[index]!.flatMap(([field, shape]) => {
    if (shape.kind === 'link') return [{ field, at: field, kind: shape.record, naming: (ref: string): unknown => ref }];
    if (shape.kind === 'links')
      return [{ field, at: `${field}.0`, kind: shape.record, naming: (ref: string): unknown => [ref] }];
    if (shape.kind === 'anyRecords')
      return KINDS_OF_RECORD.map((kind) => ({
        ...{ field, at: `${field}.0`, kind },
        naming: (ref: string): unknown => [ref],
      }));
    if (shape.kind === 'rows')
      return Object.entries(shape.columns).flatMap(([column, of]) =>
        of.kind === 'link'
          ? [
              {
                ...{ field, at: `${field}.0.${column}`, kind: of.record },
                naming: (ref: string): unknown => [{ ...exampleRow(shape), [column]: ref }],
              },
            ]
          : [],
      );
    if (shape.kind === 'anyRecord')
      return (shape.records ?? (['body', 'action'] as const)).map((kind) => ({
        ...{ field, at: field, kind },
        naming: (ref: string): unknown => ref,
      }));
    if (shape.kind === 'conditions')
      return [
        {
          field,
          at: `${field}.0`,
          kind: 'body' as const,
          naming: (ref: string): unknown => [{ filter: 'body', is: [ref] }],
        },
      ];
    if (shape.kind !== 'due') return [];
    return [
      { field, at: `${field}.meeting`, kind: 'meeting' as const, naming: (ref: string): unknown => ({ meeting: ref }) },
    ];
  });
}

/** What each command may name, hidden and absent. */
export function whereHidden(): void {
  describe('what is hidden from the caller', () => {
    let house: LedgerInAFolder;
    let served: ServedLedger;
    let lead: Client;
    let inTheHouse: Hidden['refs'];
    let overHttp: Hidden;
    const done: Accepted[] = [];
    beforeAll(async () => {
      house = await ledgerInAFolder({ at: AT });
      served = await serveLedger({ store: 'sqlite', clock: standingClock(AT), signIn: 'provider' });
      lead = await served.as('force-lead');
      inTheHouse = (await hide((one) => house.ledger.dispatch.submit(one))).refs;
      overHttp = await hide((one) => served.ledger.submit(one));
    }, 60_000);
    afterAll(async () => {
      await house.remove();
      await served?.remove();
    });

    it.each(examples)('is refused in example %i, %s, as what is not there', async (index, name, sent) => {
      const input = withReferences(sent.input, done);
      const good = submissionFor(sent, input);
      for (const { field, at, kind, naming } of linksOf(index)) {
        const told = async (ref: string) => {
          const command = { ...good.command, [field]: naming(ref) };
          const envelope = {
            ...good.envelope,
            ...NOBODY_NAMED,
            authority: good.envelope.authority ?? 'notStated',
          } as const;
          const papers = sent.operator === true ? { ...good, command } : asPapers({ ...good, command, envelope });
          const outcome = await house.ledger.dispatch.submit({ ...papers, caller: LEAD });
          expect([name, codeOf(outcome)]).toEqual([name, { code: `UNKNOWN_${inCapitals(kind)}`, field: at }]);
          return JSON.stringify(outcome).replaceAll(ref, 'REF');
        };
        const before = await house.ledger.store.head();
        expect(await told(inTheHouse[kind])).toBe(await told(OF_NOTHING[kind]));
        expect(await house.ledger.store.head()).toEqual(before);
        const declared = MUTATIONS[name];
        if (declared === undefined) continue;
        const called = calledInInput(name, field);
        const answered = async (ref: string) => {
          const spoilt = { ...input, commandId: randomUUID(), [called]: naming(ref) };
          return (await lead.post(mutation(name), { input: spoilt })).text.replaceAll(ref, 'REF');
        };
        const [ofHidden, ofNothing] = [await answered(overHttp.refs[kind]), await answered(OF_NOTHING[kind])];
        expect([name, ofHidden]).toEqual([name, ofNothing]);
        expect(errorIn(ofHidden).extensions.code).toMatch(/^(REFUSED|FORBIDDEN|NOT_FOUND)$/);
      }
      // The body stays one that everybody may see: else everything that names it is hidden too.
      done.push(name === 'markBody' ? done[0]! : await accepted(house.ledger.dispatch.submit(good), name));
    });

    it('is answered as no event of the record by every command that names one', async () => {
      const about = Object.values(MUTATIONS).filter(
        ({ kind, command }) =>
          (kind === null || kind === 'action') &&
          Object.values(command.fields).some((shape) => shape.kind === 'eventOfRecord' && shape.of === undefined),
      );
      expect(about.length).toBeGreaterThan(3);
      for (const { name, command } of about) {
        const said = {
          path: 'title',
          is: 'x',
          says: 'x',
          marking: 'OFFICIAL-SENSITIVE',
          reason: 'r',
          source: { document: 'd' },
        };
        const sent = Object.fromEntries(
          Object.entries(said).filter(
            ([field]) => field in command.fields || !['path', 'is', 'says', 'marking'].includes(field),
          ),
        );
        const input = (event: string) => ({
          ...{ ...sent, event, [command.refCalled ?? 'ref']: overHttp.action },
          ...('to' in command.fields ? { marking: said.marking } : {}),
        });
        // Whoever may issue these sees everything: whoever does not is told the same whatever they name.
        const answered = async (event: string) =>
          (await lead.post(mutation(name), { input: { ...input(event), commandId: randomUUID() } })).text;
        expect([name, await answered(overHttp.event)]).toEqual([name, await answered(randomUUID())]);
      }
    });
  });
}

const NOBODY_NAMED = { by: null } as const;

/** The same as a row of papers gives it. */
function asPapers(submission: Submission): Submission {
  if (submission.operator === true) return submission;
  const envelope = { ...submission.envelope, commandId: randomUUID() };
  return { ...submission, envelope, importId: 'papers', grants: true };
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((part, name) => (part as Values | null | undefined)?.[name], value);
}

/** What stands in the columns of a field that has this value. */
function cellsFor(
  field: Pick<Field, 'column' | 'shape'>,
  value: unknown,
): readonly (readonly [column: string, cell: string])[] {
  if (value === undefined) return [];
  if (field.shape.kind === 'span')
    return columnsOf(field).flatMap((column, index) => {
      const part = (value as Values)[['how', 'from', 'to'][index]!];
      return part === undefined ? [] : [[column, part as string] as const];
    });
  if (field.shape.kind === 'yesNo' && typeof value === 'boolean') return [[field.column, value ? 'yes' : 'no']];
  return [[field.column, writtenIn(field.shape, value)]];
}

function writtenIn(shape: Shape, value: unknown): string {
  const { kind } = shape;
  if (kind === 'rows' && Array.isArray(value)) return rowsWritten(shape, value as readonly Values[]);
  if ((kind === 'links' || kind === 'anyRecords') && Array.isArray(value)) return value.join(', ');
  if (kind === 'conditions' && Array.isArray(value)) return conditionsWritten(value as readonly ConditionInput[]);
  if (kind === 'share' && typeof value === 'object') return shareWritten(value as Share);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A row of papers that gives this command. */
function cellsOf(name: string, { command, envelope }: Submission): ReadonlyMap<string, string> {
  const { fields, opens } = ROW_COMMANDS[name]!;
  const marking = envelope.marking ?? (command as { readonly to?: { sensitive: boolean; session?: string } }).to;
  return new Map([
    ['key', 'row'],
    ['command', name],
    ...(opens ? [] : [['record', command.ref ?? ''] as const]),
    ...(envelope.dated === undefined ? [['effective_on', '2023-10-09'] as const] : []),
    ...(envelope.authority === undefined ? [['authority', 'not stated'] as const] : []),
    ...(marking?.sensitive === true ? [['marking', 'OFFICIAL-SENSITIVE'] as const] : []),
    ...(marking?.session === undefined ? [] : [['session', marking.session.toLowerCase()] as const]),
    ...fields.flatMap((field) => cellsFor(field, valueAt(command, field.path))),
    ...ENVELOPE_ROW_FIELDS.flatMap((field) => cellsFor(field, valueAt(envelope, field.path))),
  ]);
}

/** The same with another value in one field of the command. */
function cellsWith(
  cells: ReadonlyMap<string, string>,
  name: string,
  field: string,
  value: unknown,
): ReadonlyMap<string, string> {
  const changed = new Map(cells);
  for (const one of ROW_COMMANDS[name]!.fields.filter(({ path }) => path[0] === field)) {
    for (const column of columnsOf(one)) changed.delete(column);
    for (const [column, cell] of cellsFor(one, valueAt(value, one.path.slice(1)))) changed.set(column, cell);
  }
  return changed;
}
