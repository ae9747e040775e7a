import type { Caller, Outcome, Submission } from '../dispatch/index.ts';
import { canonicalJson } from '../ledger/index.ts';
import { RECORD_COMMAND_TYPES } from '../records/index.ts';
import { REGISTERS } from '../running-ledger/index.ts';
import { ALL_COLUMNS, columnOfField, ROW_COMMANDS } from './columns.ts';
import { commandIdFor, runImport, type ImportPlan, type PlannedRow, type RunImport } from './index.ts';

const LEDGER = '3f0c6d1e-0000-4000-8000-000000000000';
const OPERATOR: Caller = { post: 'opcc-officer', person: 'person-operator', capacity: 'opcc-officer' };

function row(key: string, given: Partial<PlannedRow> = {}): PlannedRow {
  return {
    file: 'actions.csv',
    line: 2,
    key,
    name: 'raiseAction',
    register: 'actions',
    kind: 'action',
    opens: true,
    command: { type: 'RaiseAction', title: `Title of ${key}` } as PlannedRow['command'],
    envelope: { effectiveOn: '2023-04-19', by: null },
    links: [],
    ...given,
  };
}

function agreed(key: string, of: string, given: Partial<PlannedRow> = {}): PlannedRow {
  return row(key, {
    line: 3,
    name: 'agreeAction',
    opens: false,
    command: { type: 'AgreeAction', ref: of },
    links: [{ in: 'command', path: ['ref'], column: 'record', cell: of, key: of, names: 'action' }],
    ...given,
  });
}

const plan = (...rows: PlannedRow[]): ImportPlan => ({ id: 'an-import', rows });

/** Stands in for a ledger: remembers commands by their id and their bodies, and does what it is told for some of them. */
function ledger(answers: (submission: Submission, attempt: number) => Outcome | null = () => null) {
  const accepted = new Map<string, { body: string; outcome: Extract<Outcome, { outcome: 'accepted' }> }>();
  const sent: Submission[] = [];
  return {
    sent,
    accepted,
    submit(submission: Submission): Promise<Outcome> {
      const { commandId } = submission.envelope;
      const attempt = sent.filter(({ envelope }) => envelope.commandId === commandId).length;
      sent.push(submission);
      const answer = answers(submission, attempt);
      if (answer !== null) return Promise.resolve(answer);
      const body = canonicalJson({ command: submission.command, envelope: submission.envelope });
      const earlier = accepted.get(commandId);
      if (earlier !== undefined && earlier.body !== body)
        return Promise.resolve(refused('COMMAND_ID_REUSED', 'commandId'));
      if (earlier !== undefined) return Promise.resolve({ ...earlier.outcome, repeated: true });
      const number = accepted.size + 1;
      const ref = submission.command.ref ?? `CGB-2023-04-A${number}`;
      const outcome = {
        outcome: 'accepted',
        ref,
        stream: `actions-${number}`,
        events: [`event-${number}`],
        position: `${number}`,
        stamped: '2023-10-09T12:00:00.000Z',
        repeated: false,
      } as const;
      accepted.set(commandId, { body, outcome });
      return Promise.resolve(outcome);
    },
  };
}

function refused(code: string, field?: string): Outcome {
  return {
    outcome: 'refused',
    refusal: { code, sentence: `Refused: ${code}.`, ...(field === undefined ? {} : { field }) },
  };
}

const run = (over: ImportPlan, submit: RunImport['submit'], more: Partial<RunImport> = {}) =>
  runImport(over, {
    submit,
    ledgerId: LEDGER,
    caller: OPERATOR,
    mode: 'rehearsal',
    wait: () => Promise.resolve(),
    ...more,
  });

describe('the commandId of a row', () => {
  it('is a UUID, the same on every run, whoever runs it', () => {
    expect(commandIdFor(LEDGER, 'leicestershire-2023', 'april-7a')).toBe(
      commandIdFor(LEDGER, 'leicestershire-2023', 'april-7a'),
    );
    expect(commandIdFor(LEDGER, 'leicestershire-2023', 'april-7a')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('never changes from one version of the program to the next, for what was loaded must be found again', () => {
    expect(commandIdFor('ledger', 'import', 'key')).toBe('ca88226b-05a1-88e1-91b9-59d3ba77ba43');
  });

  it('differs when ledger, import or key differs, also where the three run together', () => {
    const ids = [
      commandIdFor('a', 'b', 'c'),
      commandIdFor('ab', '', 'c'),
      commandIdFor('a', 'bc', ''),
      commandIdFor('a', '', 'bc'),
      commandIdFor('', 'ab', 'c'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('running an import', () => {
  it('sends the rows in order, under the import and by the operator, with references in place of keys', async () => {
    const { submit, sent } = ledger();
    const outcome = await run(plan(row('a'), agreed('a-agreed', 'a')), submit);
    expect(outcome).toEqual({ outcome: 'passed', rows: 2, written: 2, repeated: 0, grants: [] });
    expect(sent.map(({ command }) => command)).toMatchObject([
      { type: 'RaiseAction' },
      { type: 'AgreeAction', ref: 'CGB-2023-04-A1' },
    ]);
    expect(sent.every(({ importId, caller }) => importId === 'an-import' && caller === OPERATOR)).toBe(true);
    expect(sent[1]?.envelope.commandId).toBe(commandIdFor(LEDGER, 'an-import', 'a-agreed'));
  });

  it('puts the event that a row wrote where a later row names it', async () => {
    const { submit, sent } = ledger();
    const correction = agreed('fix', 'a', {
      name: 'correctAction',
      command: { type: 'Correct', ref: 'a', event: 'a' } as PlannedRow['command'],
      links: [
        { in: 'command', path: ['ref'], column: 'record', cell: 'a', key: 'a', names: 'action' },
        { in: 'command', path: ['event'], column: 'event', cell: 'a', key: 'a', names: 'event' },
      ],
    });
    await run(plan(row('a'), correction), submit);
    expect(sent[1]?.command).toEqual({ type: 'Correct', ref: 'CGB-2023-04-A1', event: 'event-1' });
  });

  it('leaves the plan as it was, so that a rehearsal does not spoil the load', async () => {
    const over = plan(row('a'), agreed('a-agreed', 'a'));
    const before = JSON.stringify(over);
    await run(over, ledger().submit);
    expect(JSON.stringify(over)).toBe(before);
  });

  it('changes nothing when it is run again', async () => {
    const { submit, accepted } = ledger();
    const over = plan(row('a'), agreed('a-agreed', 'a'));
    await run(over, submit);
    expect(await run(over, submit)).toEqual({ outcome: 'passed', rows: 2, written: 0, repeated: 2, grants: [] });
    expect(accepted.size).toBe(2);
  });

  it('finishes what an earlier run left, when it is run again', async () => {
    const store = ledger();
    const over = plan(row('a'), agreed('a-agreed', 'a'), row('b'));
    const dying = ledger(({ command }) =>
      command.type === 'AgreeAction' ? { outcome: 'unavailable', sentence: 'Away.' } : null,
    );
    const cut = (submission: Submission) =>
      submission.command.type === 'AgreeAction' ? dying.submit(submission) : store.submit(submission);
    expect(await run(over, cut)).toMatchObject({
      outcome: 'stopped',
      done: 0,
      total: 3,
      sentence:
        'The ledger stopped answering while the rows were checked, after 1 of 3. Nothing was written: run the same command again.',
    });
    expect(await run(over, cut, { mode: 'load' })).toMatchObject({
      outcome: 'stopped',
      done: 1,
      total: 3,
      sentence:
        'The ledger stopped answering after 1 of 3 rows were written. Nothing is lost: run the same command again to finish.',
    });
    expect(await run(over, store.submit)).toEqual({ outcome: 'passed', rows: 3, written: 2, repeated: 1, grants: [] });
  });

  it('publishes a record after its last public row, once however often it is run', async () => {
    const { submit, sent, accepted } = ledger();
    const publishes = { effectiveOn: '2023-10-09', by: null, authority: 'notStated' } as const;
    const over = plan(row('a', { publishes }));
    expect(await run(over, submit)).toMatchObject({ outcome: 'passed', rows: 1, written: 2 });
    expect(sent[1]).toMatchObject({
      register: 'actions',
      command: { type: 'Publish', ref: 'CGB-2023-04-A1' },
      envelope: publishes,
    });
    await run(over, submit);
    expect(accepted.size).toBe(2);
  });

  it('takes it as done when the record is public already', async () => {
    const { submit } = ledger(({ command }) => (command.type === 'Publish' ? refused('NOTHING_CHANGES') : null));
    expect(await run(plan(row('a', { publishes: { by: null } })), submit)).toMatchObject({
      outcome: 'passed',
      written: 1,
    });
  });

  it('reports how far it has come after every row', async () => {
    const seen: string[] = [];
    await run(plan(row('a'), row('b')), ledger().submit, {
      progress: ({ done, total }) => seen.push(`${done}/${total}`),
    });
    expect(seen).toEqual(['1/2', '2/2']);
  });
});

describe('an import that the ledger refuses', () => {
  it('names file, line and column of every refused row', async () => {
    const { submit } = ledger(({ command }) =>
      command.type === 'RaiseAction' ? refused('UNKNOWN_MEETING', 'due.meeting') : null,
    );
    expect(await run(plan(row('a', { line: 7 }), row('b', { line: 9 })), submit)).toEqual({
      outcome: 'refused',
      problems: [7, 9].map((line) => ({
        file: 'actions.csv',
        line,
        column: 'due_meeting',
        sentence: 'Refused: UNKNOWN_MEETING.',
      })),
      found: 2,
      skipped: 0,
    });
  });

  it('does not blame the rows that build on a refused one', async () => {
    const { submit, sent } = ledger(({ command }) =>
      command.type === 'RaiseAction' ? refused('TITLE_NEEDED', 'title') : null,
    );
    expect(await run(plan(row('a'), agreed('a-agreed', 'a'), agreed('a-again', 'a')), submit)).toMatchObject({
      found: 1,
      skipped: 2,
    });
    expect(sent).toHaveLength(1);
  });

  it('stops a load at the first problem, and goes on in a rehearsal', async () => {
    const answers = () => refused('TITLE_NEEDED', 'title');
    expect(await run(plan(row('a'), row('b')), ledger(answers).submit, { mode: 'load' })).toMatchObject({ found: 1 });
    expect(await run(plan(row('a'), row('b')), ledger(answers).submit)).toMatchObject({ found: 2 });
  });

  it('tells that a row changed since it was loaded, and which correction it would need', async () => {
    const { submit } = ledger();
    await run(plan(row('a'), row('b')), submit);
    const changed = row('a', { command: { type: 'RaiseAction', title: 'Another title' } as PlannedRow['command'] });
    const outcome = await run(plan(changed, row('b')), submit);
    expect(outcome).toMatchObject({
      outcome: 'refused',
      found: 1,
      problems: [{ file: 'actions.csv', line: 2, column: 'key' }],
    });
    expect(outcome).toMatchObject({
      problems: [{ sentence: expect.stringMatching(/"a" changed since it was loaded.*correctAction/s) }],
    });
  });

  it('tells a changed row also when it gives another command or names another record than before', async () => {
    const loaded = {
      [commandIdFor(LEDGER, 'an-import', 'a-agreed')]: { command: 'AgreeAction', ref: 'CGB-2023-04-A1' },
    };
    const loadedBefore = (id: string) => Promise.resolve(loaded[id] ?? null);
    const elsewhere = plan(row('a'), row('b'), agreed('a-agreed', 'b'));
    const otherwise = plan(row('a'), agreed('a-agreed', 'a', { command: { type: 'SignOffAction', ref: 'a' } }));
    const same = plan(row('a'), agreed('a-agreed', 'a'));
    for (const over of [elsewhere, otherwise])
      expect(await run(over, ledger().submit, { loadedBefore })).toMatchObject({
        outcome: 'refused',
        problems: [{ column: 'key' }],
      });
    expect(await run(same, ledger().submit, { loadedBefore })).toMatchObject({ outcome: 'passed' });
    expect(await run(elsewhere, ledger().submit)).toMatchObject({ outcome: 'passed' });
  });

  it('says so when a reference names nothing that the ledger holds', async () => {
    const existing = agreed('x', 'CGB-2022-01-A1', {
      links: [{ in: 'command', path: ['ref'], column: 'record', cell: 'CGB-2022-01-A1', names: 'action' }],
    });
    const outcome = await run(plan(existing), ledger().submit, { resolveExisting: () => Promise.resolve(null) });
    expect(outcome).toMatchObject({
      problems: [{ column: 'record', sentence: 'The ledger has no action "CGB-2022-01-A1".' }],
    });
    const { submit, sent } = ledger();
    await run(plan(existing), submit, { resolveExisting: () => Promise.resolve('CGB-2022-01-A7') });
    expect(sent[0]?.command.ref).toBe('CGB-2022-01-A7');
  });

  const outcomes: readonly [Outcome, { column?: string; sentence: RegExp }][] = [
    [
      { outcome: 'not-found', field: 'ref' },
      { column: 'record', sentence: /no action that this row could be about/ },
    ],
    [
      { outcome: 'invalid', field: 'effectiveOn', sentence: 'Wrong.', refusal: 'MALFORMED' },
      { column: 'effective_on', sentence: /Wrong/ },
    ],
    [
      { outcome: 'forbidden', sentence: 'Not yours.' },
      { column: 'by', sentence: /Not yours/ },
    ],
  ];
  it.each(outcomes)('names the column for the outcome %j', async (outcome, { column, sentence }) => {
    const result = await run(plan(row('a')), ledger(() => outcome).submit);
    expect(result).toMatchObject({
      outcome: 'refused',
      problems: [{ column, sentence: expect.stringMatching(sentence) }],
    });
  });
});

describe('a ledger that does not answer', () => {
  it.each(['unavailable', 'conflict'] as const)('is asked again with the same commandId (%s)', async (outcome) => {
    const waits: number[] = [];
    const { submit, sent } = ledger((_, attempt) => (attempt < 3 ? { outcome, sentence: 'Not now.' } : null));
    const wait = (milliseconds: number) => Promise.resolve(void waits.push(milliseconds));
    expect(await run(plan(row('a')), submit, { wait })).toMatchObject({ outcome: 'passed', written: 1 });
    expect(new Set(sent.map(({ envelope }) => envelope.commandId)).size).toBe(1);
    expect(waits).toEqual([250, 500, 1_000]);
  });

  it('is not asked for ever', async () => {
    const { submit, sent } = ledger(() => ({ outcome: 'unavailable', sentence: 'Away.' }));
    expect(await run(plan(row('a'), row('b')), submit)).toMatchObject({ outcome: 'stopped', done: 0, total: 2 });
    expect(sent).toHaveLength(7);
  });
});

describe('the columns', () => {
  it('give every command of every register', () => {
    const issued = REGISTERS.flatMap(({ mayIssue }) => Object.entries(mayIssue));
    const types = [...issued.flatMap(([type, rule]) => (rule === 'OPERATOR' ? [] : [type])), ...RECORD_COMMAND_TYPES];
    expect(new Set(Object.values(ROW_COMMANDS).map(({ type }) => type))).toEqual(new Set(types));
  });

  it.each([
    ['raiseAction', 'due.meeting', 'due_meeting'],
    ['raiseAction', 'due', 'due_phrase'],
    ['raiseAction', 'due.dated', 'due_dated_to'],
    ['raiseAction', 'due.dated.from', 'due_dated_from'],
    ['scheduleMeeting', 'dated', 'on_dated_to'],
    ['agreeAction', 'dated', 'dated_to'],
    ['agreeAction', 'dated.from', 'dated_from'],
    ['agreeAction', 'authority.meeting', 'authority_meeting'],
    ['agreeAction', 'source.document', 'document'],
    ['agreeAction', 'source', 'document'],
    ['agreeAction', 'source.publishedOn', 'published_on'],
    ['agreeAction', 'ref', 'record'],
    ['supersedeAction', 'supersededBy', 'superseded_by'],
    ['agreeAction', 'somethingElse', undefined],
  ])('of %s give the field %s as %s', (command, field, column) => {
    expect(columnOfField(ROW_COMMANDS[command], field)).toBe(column);
    if (column !== undefined) expect(ALL_COLUMNS).toContain(column);
  });
});
