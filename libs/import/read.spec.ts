import { Buffer } from 'node:buffer';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  IMPORT_LIMITS,
  MOST_PROBLEMS,
  readImport,
  type ImportLimits,
  type ImportProgress,
  type Problem,
} from './index.ts';

const HEADER =
  'key,command,record,as,name,capacity,body,on,meeting,item,title,text,due_dated_how,due_dated_from,due_dated_to,due_meeting,' +
  'event,path,is,effective_on,dated_how,dated_from,dated_to,by,authority_meeting,authority,document,published_on,recorded_on,marking,session,published';

/** Rows that are right. Each spec spoils one thing of them and names the problem that must then be found. */
const GOOD: readonly Cells[] = [
  { key: 'board', command: 'addBody', as: 'CGB', name: 'The board', effective_on: '2023-03-01' },
  {
    key: 'chief',
    command: 'addPost',
    as: 'chief',
    name: 'Chief',
    capacity: 'force-lead',
    dated_how: 'by',
    dated_to: '2023-03-01',
  },
  { key: 'april', command: 'scheduleMeeting', body: 'board', on: '2023-04-19', effective_on: '2023-04-01' },
  { key: 'april-held', command: 'holdMeeting', record: 'april', effective_on: '2023-04-19' },
  {
    key: 'a1',
    command: 'raiseAction',
    meeting: 'april',
    item: '7(a)',
    title: 'Write to all',
    effective_on: '2023-04-19',
  },
  {
    key: 'a1-agreed',
    command: 'agreeAction',
    record: 'a1',
    by: 'chief',
    authority_meeting: 'april',
    effective_on: '2023-04-19',
  },
];

type Cells = { readonly [column: string]: string };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterEach(() => rm(folder, { recursive: true }));

const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const line = (cells: Cells) =>
  HEADER.split(',')
    .map((column) => quoted(cells[column] ?? ''))
    .join(',');
const csv = (rows: readonly Cells[]) => [HEADER, ...rows.map(line), ''].join('\n');
const without = (cells: Cells, column: string): Cells =>
  Object.fromEntries(Object.entries(cells).filter(([name]) => name !== column));

/** Writes the good rows, with row `index` changed and more rows behind them. */
function rowsWith(index: number, change: Cells, more: readonly Cells[] = []): readonly Cells[] {
  return [...GOOD.map((row, place) => (place === index ? { ...row, ...change } : row)), ...more];
}

async function readFiles(files: { [name: string]: string | Buffer }, manifest?: unknown, limits?: ImportLimits) {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const declared = manifest ?? { id: 'an-import', files: Object.keys(files) };
  if (declared !== 'none')
    await writeFile(join(folder, 'import.json'), typeof declared === 'string' ? declared : JSON.stringify(declared));
  return readImport(folder, limits);
}

async function problemsIn(...given: Parameters<typeof readFiles>): Promise<readonly Problem[]> {
  const read = await readFiles(...given);
  return 'problems' in read ? read.problems : [];
}

const problemsOf = (rows: readonly Cells[]) => problemsIn({ 'rows.csv': csv(rows) });

describe('a correction', () => {
  const ALLOWED: Cells = {
    key: 'allowed',
    command: 'setLateAllowance',
    record: 'CGB-late-actions',
    effective_on: '2023-10-09',
    days: '1,000',
  };
  const corrected = {
    key: 'put-right',
    command: 'correctRule',
    record: 'CGB-late-actions',
    event: 'allowed',
    path: 'days',
    reason: 'A slip',
  };
  const isOf = async (is: string, more: Cells = {}) => {
    const rows: readonly Cells[] = [ALLOWED, { ...corrected, is, ...more }];
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const lines = rows.map((row) => columns.map((column) => quoted(row[column] ?? '')).join(','));
    const read = await readFiles({ 'rows.csv': [columns.join(','), ...lines].join('\n') });
    if ('problems' in read) return read.problems.map(({ column, sentence }) => `${column}: ${sentence}`);
    return [...read.plan.rows].map(({ command }) =>
      'is' in command ? command.is : (command as { days?: unknown }).days,
    );
  };

  it('of a number is written as the number is in its own column', async () => {
    expect(await isOf('14')).toEqual([1_000, 14]);
    expect(await isOf('1,014')).toEqual([1_000, 1_014]);
    expect(await isOf('null')).toEqual([1_000, null]);
    expect(await isOf('two weeks')).toEqual([expect.stringMatching(/^is: It is a whole number from 0 to 3660/)]);
    expect(await isOf('3661')).toEqual([expect.stringMatching(/^is: It is a whole number/)]);
  });

  it('of words is words, whatever they look like', async () => {
    expect(await isOf('14', { path: 'reason' })).toEqual([1_000, '14']);
    expect(await isOf('14', { path: 'days', event: '0b1f5d62-6a0d-4d7c-9a53-0d6c1c2f0a11' })).toEqual([1_000, 14]);
  });
});

describe('reading an import', () => {
  it('reads rows that are right without a problem', async () => {
    const read = await readFiles({ 'rows.csv': csv(GOOD) });
    expect(read).toMatchObject({ plan: { id: 'an-import' } });
    if (!('plan' in read)) throw new Error('there is no plan');
    expect([...read.plan.rows].map(({ register, command }) => `${register} ${command.type}`)).toEqual([
      'directory AddBody',
      'directory AddPost',
      'meetings ScheduleMeeting',
      'meetings HoldMeeting',
      'actions RaiseAction',
      'actions AgreeAction',
    ]);
  });

  it('turns a row into a command and its envelope, naming where other rows are meant', async () => {
    const raised = { ...GOOD[4]!, due_dated_how: 'between', due_dated_from: '2023-05-01', due_dated_to: '2023-05-31' };
    const sourced = {
      document: 'The report',
      published_on: '2023-10-09',
      marking: 'official sensitive',
      session: 'closed',
    };
    const read = await readFiles({ 'rows.csv': csv([...GOOD.slice(0, 4), { ...raised, ...sourced }]) });
    if (!('plan' in read)) throw new Error('there is no plan');
    expect([...read.plan.rows].at(-1)).toEqual({
      file: 'rows.csv',
      line: 6,
      key: 'a1',
      name: 'raiseAction',
      register: 'actions',
      kind: 'action',
      opens: true,
      command: {
        type: 'RaiseAction',
        meeting: 'april',
        item: '7(a)',
        title: 'Write to all',
        due: { dated: { how: 'between', from: '2023-05-01', to: '2023-05-31' } },
      },
      envelope: {
        effectiveOn: '2023-04-19',
        by: null,
        source: { document: 'The report', publishedOn: '2023-10-09' },
        marking: { classification: 'OFFICIAL', sensitive: true, session: 'CLOSED' },
        stated: '2023-10-09',
      },
      links: [{ in: 'command', path: ['meeting'], column: 'meeting', cell: 'april', key: 'april', names: 'meeting' }],
    });
  });

  it('counts the day on which the source recorded a fact before the day on which it published it', async () => {
    const read = await readFiles({
      'rows.csv': csv([{ ...GOOD[0]!, recorded_on: '2023-04-20', published_on: '2023-10-09' }]),
    });
    if (!('plan' in read)) throw new Error('there is no plan');
    expect([...read.plan.rows]).toMatchObject([
      { envelope: { stated: '2023-04-20', source: { publishedOn: '2023-10-09' } } },
    ]);
  });

  it.each([
    ["'=1+1", '=1+1'],
    ["'+44 is a code", '+44 is a code'],
    ["'-", '-'],
    ["'@CGB", '@CGB'],
    ["''=1+1", "'=1+1"],
    ['=1+1', '=1+1'],
    ['+44', '+44'],
    ['- a dash', '- a dash'],
    ['@CGB', '@CGB'],
    ["'tis a word", "'tis a word"],
    ["'quoted'", "'quoted'"],
  ])(
    'reads the cell %s as %s: an apostrophe that keeps a spreadsheet from a formula is no part of the words',
    async (cell, words) => {
      const read = await readFiles({ 'rows.csv': csv([...GOOD.slice(0, 4), { ...GOOD[4]!, title: cell }, GOOD[5]!]) });
      expect(read).toMatchObject({ plan: {} });
      if ('plan' in read) expect([...read.plan.rows][4]?.command).toMatchObject({ title: words });
    },
  );

  it('reads what Excel writes: a byte order mark, CRLF, quoted cells over several lines, empty rows at the end', async () => {
    const text = csv([...GOOD.slice(0, 4), { ...GOOD[4]!, title: 'Two\nlines, "quoted"' }, GOOD[5]!, { key: '' }]);
    const read = await readFiles({ 'rows.csv': `\uFEFF${text.replaceAll('\n', '\r\n')}` });
    if (!('plan' in read)) throw new Error('there is no plan');
    expect([...read.plan.rows].map(({ key, line: at }) => `${key} ${at}`).slice(-2)).toEqual(['a1 6', 'a1-agreed 8']);
    expect([...read.plan.rows][4]?.command).toMatchObject({ title: 'Two\r\nlines, "quoted"' });
  });

  it('takes a reference of the ledger where no row of the import is meant', async () => {
    const read = await readFiles({
      'rows.csv': csv([{ key: 'x', command: 'agreeAction', record: 'CGB-2023-04-A1', effective_on: '2023-04-19' }]),
    });
    if (!('plan' in read)) throw new Error('there is no plan');
    expect([...read.plan.rows]).toMatchObject([
      { command: { ref: 'CGB-2023-04-A1' }, links: [{ cell: 'CGB-2023-04-A1', names: 'action' }] },
    ]);
  });

  it('tells how much of its files has been read, up to the end', async () => {
    await readFiles({ 'a.csv': csv(GOOD.slice(0, 2)), 'b.csv': csv(GOOD.slice(2)) });
    const told: ImportProgress[] = [];
    await readImport(folder, IMPORT_LIMITS, (progress) => told.push(progress));
    const total = csv(GOOD.slice(0, 2)).length + csv(GOOD.slice(2)).length;
    expect(told).toHaveLength(GOOD.length + 2);
    expect(told.at(-1)).toEqual({ done: total, total });
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((a, b) => a - b));
  });

  it('gives the same rows however often they are gone through', async () => {
    const read = await readFiles({
      'rows.csv': csv(rowsWith(4, { published: 'yes', document: 'Minutes', published_on: '2023-10-09' })),
    });
    if (!('plan' in read)) throw new Error('there is no plan');
    const [once, again] = [[...read.plan.rows], [...read.plan.rows]];
    expect(again).toEqual(once);
    expect([once.length, once[4]?.publishes]).toEqual([GOOD.length, expect.anything()]);
    expect(read.plan.rows).toHaveLength(GOOD.length);
  });

  it('lets a correction name the row whose event it corrects', async () => {
    const correction = {
      key: 'a1-fixed',
      command: 'correctAction',
      record: 'a1',
      event: 'a1',
      path: 'title',
      is: 'Write to everybody',
    };
    const read = await readFiles({ 'rows.csv': csv([...GOOD, correction]) });
    expect(read).toMatchObject({ plan: { rows: { length: GOOD.length + 1 } } });
    if (!('plan' in read)) throw new Error('there is no plan');
    expect([...read.plan.rows].at(-1)).toMatchObject({
      command: { type: 'Correct', ref: 'a1', event: 'a1', is: 'Write to everybody' },
      links: [
        { column: 'record', key: 'a1', names: 'action' },
        { column: 'event', key: 'a1', names: 'event' },
      ],
    });
  });
});

describe('a row is refused', () => {
  const refused: readonly [
    rule: string,
    rows: readonly Cells[],
    at: Omit<Problem, 'file' | 'sentence'>,
    sentence: RegExp,
  ][] = [
    ['without a key', [without(GOOD[0]!, 'key')], { line: 2, column: 'key' }, /key of its own/],
    ['with a key that is no word', [{ ...GOOD[0]!, key: 'a#b' }], { line: 2, column: 'key' }, /letters, digits/],
    ['with a key that stands already', [...GOOD, { ...GOOD[0]! }], { line: 8, column: 'key' }, /rows\.csv, line 2/],
    ['without a command', [without(GOOD[0]!, 'command')], { line: 2, column: 'command' }, /names a command/],
    [
      'with an unknown command',
      rowsWith(0, { command: 'adBody' }),
      { line: 2, column: 'command' },
      /Is "addBody" meant/,
    ],
    [
      'with a command that only JavaScript knows',
      rowsWith(0, { command: 'constructor' }),
      { line: 2, column: 'command' },
      /no command/,
    ],
    [
      'when it needs a record and names none',
      rowsWith(5, { record: '' }),
      { line: 7, column: 'record' },
      /which record/,
    ],
    [
      'when it opens a record and names one',
      rowsWith(4, { record: 'april' }),
      { line: 6, column: 'record' },
      /opens a new record/,
    ],
    [
      'when it names a row that does not come before',
      [...GOOD.slice(4), ...GOOD.slice(0, 4)],
      { line: 2, column: 'meeting' },
      /does not come before/,
    ],
    [
      'when it names a later row, even one that is spelled like a reference',
      [GOOD[0]!, GOOD[2]!, { ...GOOD[4]!, by: 'chief' }, GOOD[1]!],
      { line: 4, column: 'by' },
      /line 5, which does not come before/,
    ],
    [
      'when it names nothing that is known',
      rowsWith(5, { record: 'a_1' }),
      { line: 7, column: 'record' },
      /Is "a1" meant/,
    ],
    [
      'when it names a row of another kind',
      rowsWith(5, { record: 'april' }),
      { line: 7, column: 'record' },
      /opens a meeting/,
    ],
    [
      'when it names a row that opens nothing',
      rowsWith(5, { record: 'april-held' }),
      { line: 7, column: 'record' },
      /opens no record/,
    ],
    [
      'when a cell is given that its command does not take',
      rowsWith(3, { title: 'Held' }),
      { line: 5, column: 'title' },
      /takes no "title"/,
    ],
    ['when a needed cell is empty', rowsWith(4, { title: '' }), { line: 6, column: 'title' }, /needed/],
    [
      'when a day is not a day',
      rowsWith(4, { effective_on: '2023-02-30' }),
      { line: 6, column: 'effective_on' },
      /yyyy-mm-dd/,
    ],
    [
      'when a day is written otherwise',
      rowsWith(4, { effective_on: '19/04/2023' }),
      { line: 6, column: 'effective_on' },
      /yyyy-mm-dd/,
    ],
    ['when it does not say when', rowsWith(4, { effective_on: '' }), { line: 6, column: 'effective_on' }, /dated_how/],
    [
      'with both a day and a span',
      rowsWith(4, { dated_how: 'by', dated_to: '2023-10-09' }),
      { line: 6, column: 'effective_on' },
      /one of the two/,
    ],
    ['with a span without its last day', rowsWith(1, { dated_to: '' }), { line: 3, column: 'dated_to' }, /last day/],
    [
      'with a span that ends before it begins',
      rowsWith(1, { dated_from: '2023-04-01' }),
      { line: 3, column: 'dated_from' },
      /begins on or before/,
    ],
    [
      'with "between" and one day',
      rowsWith(1, { dated_how: 'between' }),
      { line: 3, column: 'dated_from' },
      /both days/,
    ],
    [
      'with a span of an unknown sort',
      rowsWith(1, { dated_how: 'until' }),
      { line: 3, column: 'dated_how' },
      /by, about or between/,
    ],
    [
      'with an unknown capacity',
      rowsWith(1, { capacity: 'force-led' }),
      { line: 3, column: 'capacity' },
      /Is force-lead meant/,
    ],
    [
      'with a reference that is none',
      rowsWith(0, { as: 'the board' }),
      { line: 2, column: 'as' },
      /capitals and digits/,
    ],
    [
      'with words for the number of an item',
      rowsWith(4, { item: 'number seven' }),
      { line: 6, column: 'item' },
      /7\(c\)/,
    ],
    [
      'with two authorities',
      rowsWith(5, { authority: 'not stated' }),
      { line: 7, column: 'authority' },
      /one authority/,
    ],
    [
      'with words for an authority',
      rowsWith(4, { authority: 'the chair said so' }),
      { line: 6, column: 'authority' },
      /not stated/,
    ],
    ['when it is marked SECRET', rowsWith(4, { marking: 'secret' }), { line: 6, column: 'marking' }, /SECRET/],
    ['with an unknown marking', rowsWith(4, { marking: 'private' }), { line: 6, column: 'marking' }, /OFFICIAL/],
    [
      'with an unknown session',
      rowsWith(4, { session: 'half open' }),
      { line: 6, column: 'session' },
      /open or closed/,
    ],
    [
      'when yes or no is something else',
      rowsWith(4, { published: 'maybe' }),
      { line: 6, column: 'published' },
      /yes or no/,
    ],
    [
      'when it was published on no day',
      rowsWith(4, { published: 'yes' }),
      { line: 6, column: 'published_on' },
      /say when/,
    ],
    [
      'when it is sensitive and published',
      rowsWith(4, { published: 'yes', published_on: '2023-10-09', marking: 'OFFICIAL-SENSITIVE' }),
      { line: 6, column: 'published' },
      /never public/,
    ],
    [
      'when it is public after one of the same record that is not',
      rowsWith(5, { published: 'yes', published_on: '2023-10-09' }),
      { line: 7, column: 'published' },
      /rows\.csv, line 6/,
    ],
    [
      'with a cell of more than 32 KiB',
      rowsWith(4, { title: 'é'.repeat(16_385) }),
      { line: 6, column: 'title' },
      /32770 bytes/,
    ],
  ];

  it.each(refused)('%s', async (_, rows, at, sentence) => {
    const problems = await problemsOf(rows);
    expect(problems[0]).toMatchObject({ file: 'rows.csv', ...at });
    expect(problems[0]?.sentence).toMatch(sentence);
    expect(problems[0]?.sentence).toMatch(/^[A-Z"].*[.?]$/s);
  });

  it('and is not when the same rows are right', async () => {
    expect(await problemsOf(GOOD)).toEqual([]);
    expect(await problemsOf(rowsWith(4, { title: 'é'.repeat(16_384) }))).toEqual([]);
  });
});

describe('a file is refused', () => {
  const refused: readonly [rule: string, content: string | Buffer, line: number, sentence: RegExp][] = [
    ['when it is empty', '', 1, /empty/],
    ['when it has 60,000 columns', `${'column,'.repeat(60_000)}x\n`, 1, /more than 262144 bytes/],
    ['when it has 201 columns', `${'column,'.repeat(200)}x\n`, 1, /at most 200 columns/],
    ['when it is 8 MiB of commas', ','.repeat(8 * 1024 * 1024), 1, /more than 262144 bytes/],
    [
      'when a row is of more bytes than a row may have',
      `key,command\n"${'x'.repeat(262_144)}",b\n`,
      2,
      /more than 262144 bytes/,
    ],
    [
      'when it has 4 million lines of one comma',
      `key,command\n${',\n'.repeat(4_000_000)}`,
      200_002,
      /at most 200000 rows/,
    ],
    ['when a later line is of 300 cells', `key,command\n${','.repeat(299)}\n`, 2, /at most 200 columns/],
    ['when it is not UTF-8', Buffer.from(csv(rowsWith(3, {}, [{ key: 'caf\u00e9' }])), 'latin1'), 8, /not UTF-8/],
    ['when it is UTF-16', Buffer.from(`\uFEFF${csv(GOOD)}`, 'utf16le'), 1, /UTF-16/],
    ['when it holds a NUL byte', csv(rowsWith(4, { title: 'a\0b' })), 6, /NUL/],
    [
      'when a row has more cells than columns',
      `${csv(GOOD)}${line(GOOD[0]!)},more\n`,
      8,
      /33 cells, but the header names 32 columns/,
    ],
    ['when a row ends before what it must say', `${csv(GOOD)}a,raiseAction\n`, 8, /2 cells/],
    ['when a quote is never closed', csv(GOOD).replace('Write to all', '"Write to all'), 6, /never closed/],
    ['when a quote closes too early', csv(GOOD).replace('Write to all', '"Write" to all'), 6, /closing quote/],
    ['when a quote opens within a cell', csv(GOOD).replace('Write to all', 'Write "to all"'), 6, /inside a cell/],
    ['when a column is unknown', csv(GOOD).replace('due_meeting', 'due_meting'), 1, /Is "due_meeting" meant/],
    ['when a column stands twice', csv(GOOD).replace('due_meeting', 'title'), 1, /twice/],
    ['when a column has no name', csv(GOOD).replace('due_meeting', ''), 1, /no name/],
    ['when semicolons separate its columns', csv(GOOD).replaceAll(',', ';'), 1, /semicolons/],
  ];

  it.each(refused)('%s', async (_, content, at, sentence) => {
    const problems = await problemsIn({ 'rows.csv': content });
    expect(problems[0]).toMatchObject({ file: 'rows.csv', line: at });
    expect(problems[0]?.sentence).toMatch(sentence);
  });

  it('at the line that passes a limit, and no line after it is looked at', async () => {
    const long = `"${'x'.repeat(262_144)}"`;
    for (const passes of [`${','.repeat(299)}\n`, `${long},b\n`, `${',\n'.repeat(200_001)}`]) {
      const found = await problemsIn({ 'rows.csv': `key,command\n${passes}a,nothing\nb,nothing\n` });
      expect(found).toHaveLength(1);
    }
    expect(await problemsIn({ 'rows.csv': 'key,command\na,nothing\nb,nothing\n' })).toHaveLength(2);
  });

  it('when it is too large, before it is read', async () => {
    await writeFile(join(folder, 'large.csv'), '');
    await truncate(join(folder, 'large.csv'), IMPORT_LIMITS.fileBytes + 1);
    const problems = await problemsIn({}, { id: 'an-import', files: ['large.csv'] });
    expect(problems).toEqual([{ file: 'large.csv', line: 1, sentence: 'This file has more than 16 MiB. Split it.' }]);
    expect(await problemsIn({ 'large.csv': csv(GOOD) })).toEqual([]);
  });

  it('when all files together are too large', async () => {
    const rows = csv(GOOD.slice(0, 1));
    const files = { 'a.csv': rows, 'b.csv': csv(GOOD.slice(1, 2)) };
    const limits = { ...IMPORT_LIMITS, allBytes: rows.length + 1 };
    expect(await problemsIn(files, undefined, limits)).toMatchObject([
      { file: 'b.csv', sentence: expect.stringMatching(/together/) },
    ]);
    expect(await problemsIn(files)).toEqual([]);
  });
});

describe('import.json is refused', () => {
  const good = { id: 'an-import', title: 'An import', files: ['rows.csv'] };
  const refused: readonly [rule: string, manifest: unknown, sentence: RegExp][] = [
    ['when it is missing', 'none', /no such file/],
    ['when it is not JSON', '{"id": ', /not JSON/],
    ['when it is a list', '[]', /Write an object/],
    ['with an id that is more than a short word', { ...good, id: 'The Board of 2023' }, /small letters/],
    ['with a key that means nothing', { ...good, file: 'rows.csv' }, /means nothing/],
    ['without files', { ...good, files: [] }, /List the files/],
    ['when a file stands in it twice', { ...good, files: ['rows.csv', 'rows.csv'] }, /twice/],
    ['when a file is missing', { ...good, files: ['rows.csv', 'more.csv'] }, /no such file/],
    ['when it leads up and out of the folder', { ...good, files: ['../rows.csv'] }, /plain name/],
    ['when it names a file by its whole path', { ...good, files: ['/etc/passwd.csv'] }, /plain name/],
    ['when it leads out by a backslash', { ...good, files: ['..\\rows.csv'] }, /plain name/],
    ['when it names what is no CSV file', { ...good, files: ['import.json'] }, /plain name/],
    ['when it names a folder', { ...good, files: ['folder.csv'] }, /ordinary file/],
    ['when it names a symbolic link', { ...good, files: ['link.csv'] }, /symbolic link/],
  ];

  it.each(refused)('%s', async (_, manifest, sentence) => {
    await mkdir(join(folder, 'folder.csv'));
    await symlink(join(folder, 'rows.csv'), join(folder, 'link.csv'));
    const problems = await problemsIn({ 'rows.csv': csv(GOOD) }, manifest);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.sentence).toMatch(sentence);
  });

  it('and is not when it is right', async () => {
    expect(await problemsIn({ 'rows.csv': csv(GOOD) }, good)).toEqual([]);
  });
});

describe('the problems of an import', () => {
  it('are all named at once, in the order of the files and their lines', async () => {
    const problems = await problemsIn({
      'b.csv': csv(rowsWith(4, { title: '' }, [{ key: 'z', command: 'no' }])),
      'a.csv': csv([{ key: 'y', command: 'agreeAction', record: 'nobody', effective_on: 'soon' }]).replace(
        'title',
        'titel',
      ),
    });
    expect(problems.map(({ file, line: at, column }) => [file, at, column])).toEqual([
      ['b.csv', 6, 'title'],
      ['b.csv', 8, 'command'],
      ['a.csv', 1, 'titel'],
      ['a.csv', 2, 'record'],
      ['a.csv', 2, 'effective_on'],
    ]);
  });

  it('do not spread: a row that opens a record wrongly is not blamed on the rows about it', async () => {
    expect(await problemsOf(rowsWith(4, { title: '', effective_on: '' }))).toHaveLength(2);
  });

  it(`are counted beyond the first ${MOST_PROBLEMS}, and not listed`, async () => {
    const rows = Array.from({ length: MOST_PROBLEMS + 20 }, (_, index) => ({ key: `k${index}`, command: 'no' }));
    const read = await readFiles({ 'rows.csv': csv(rows) });
    expect(read).toMatchObject({ problems: { length: MOST_PROBLEMS }, found: MOST_PROBLEMS + 20 });
  });
});

describe('what a paper made public', () => {
  const paper = { document: 'The paper', published: 'yes', published_on: '2023-10-09' };
  const publishing = async (rows: readonly Cells[]) => {
    const read = await readFiles({ 'rows.csv': csv(rows) });
    if (!('plan' in read)) throw new Error(JSON.stringify(read));
    return [...read.plan.rows].filter(({ publishes }) => publishes !== undefined);
  };

  it('is published once for each record, after its last public row', async () => {
    const rows = GOOD.map((row) => ({ ...row, ...paper }));
    expect((await publishing(rows)).map(({ key }) => key)).toEqual(['board', 'chief', 'april-held', 'a1-agreed']);
  });

  it('is published before the first row of the record that was not public', async () => {
    const rows = GOOD.map((row) => (row.key === 'a1-agreed' ? row : { ...row, ...paper }));
    expect((await publishing(rows)).map(({ key }) => key)).toContain('a1');
  });

  it('names nobody as having published it', async () => {
    const [row] = await publishing([{ ...GOOD[0]!, ...paper }]);
    expect(row?.publishes).toEqual({
      effectiveOn: '2023-10-09',
      stated: '2023-10-09',
      by: null,
      authority: 'notStated',
      source: { document: 'The paper', publishedOn: '2023-10-09' },
    });
  });

  it('is nothing when no row says so', async () => {
    expect(await publishing(GOOD)).toEqual([]);
  });
});
