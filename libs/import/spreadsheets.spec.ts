import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readImport, type PlannedRow, type Problem } from './index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-spreadsheet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(csv: string, more: object = {}) {
  await writeFile(join(folder, 'import.json'), JSON.stringify({ id: 'an-import', files: ['rows.csv'], ...more }));
  await writeFile(join(folder, 'rows.csv'), csv);
  return readImport(folder);
}
async function rowsOf(csv: string, more?: object): Promise<readonly PlannedRow[]> {
  const outcome = await read(csv, more);
  if (!('plan' in outcome)) throw new Error(JSON.stringify(outcome.problems));
  return [...outcome.plan.rows];
}
async function problemsOf(csv: string, more?: object): Promise<readonly Problem[]> {
  const outcome = await read(csv, more);
  return 'problems' in outcome ? outcome.problems : [];
}

const RAISED = 'key,command,body,effective_on,title,owner,item,due_on,reason';
const BRITISH = { dates: 'dd/mm/yyyy' };

describe('a row that a spreadsheet cut short', () => {
  it('is read as if the cells that it left away were empty', async () => {
    const [short, whole] = await rowsOf(
      `${RAISED}\na1,raiseAction,CGB,2023-04-19,Bring it back\na2,raiseAction,CGB,2023-04-19,Bring it back,,,,\n`,
    );
    expect(short!.command).toEqual(whole!.command);
    expect(short!.envelope).toEqual(whole!.envelope);
  });

  it('is refused where a cell is missing that the command needs, by how far the row goes', async () => {
    expect(await problemsOf(`${RAISED}\na1,raiseAction,CGB,2023-04-19\n`)).toEqual([
      {
        ...{ file: 'rows.csv', line: 2, column: 'title' },
        sentence: 'This row has 4 cells, and "title" is column 5. "title" is needed here.',
      },
    ]);
    expect((await problemsOf(`${RAISED}\na1\n`))[0]).toMatchObject({ column: 'command', line: 2 });
  });

  it('is still refused when it is too long', async () => {
    const [problem] = await problemsOf(`${RAISED}\na1,raiseAction,CGB,2023-04-19,Bring it back,,,,,late,b\n`);
    expect(problem).toMatchObject({ line: 2, sentence: expect.stringMatching(/11 cells.*9 columns/) });
  });
});

describe('a column', () => {
  it('is named without regard to case, and with spaces for underscores', async () => {
    const [row] = await rowsOf(
      'Key,COMMAND,Body,Effective On,Title, Due  On ,Due_Phrase\na1,raiseAction,CGB,2023-04-19,t,2023-05-01,in May\n',
    );
    expect(row).toMatchObject({
      key: 'a1',
      command: { body: 'CGB', due: { on: '2023-05-01', phrase: 'in May' } },
      envelope: { effectiveOn: '2023-04-19' },
    });
  });

  it('that names a record may be called with what it names', async () => {
    const [row] = await rowsOf(
      'Key,Command,Body,Effective On,Title,Owner Post\na1,raiseAction,CGB,2023-04-19,t,force-lead\n',
    );
    expect(row!.command).toMatchObject({ owner: 'force-lead' });
  });

  it('stands there once, however it is written', async () => {
    const [problem] = await problemsOf('key,command,owner,Owner Post\n');
    expect(problem).toMatchObject({ line: 1, column: 'owner', sentence: expect.stringContaining('"Owner Post"') });
  });

  it('that there is not is told of the nearest', async () => {
    const [problem] = await problemsOf('key,command,Efective On\n');
    expect(problem!.sentence).toBe('There is no column "Efective On". Is "effective_on" meant?');
  });
});

describe('a day', () => {
  const on = (cell: string, more?: object) => problemsOf(`${RAISED}\na1,raiseAction,CGB,${cell},t\n`, more);
  const dayOf = async (cell: string, more?: object) =>
    (await rowsOf(`${RAISED}\na1,raiseAction,CGB,${cell},t\n`, more))[0]!.envelope.effectiveOn;

  it.each([
    ['2023-04-19', {}, '2023-04-19'],
    ['2023-04-19 00:00:00', {}, '2023-04-19'],
    ['2023-04-19T00:00:00.000', {}, '2023-04-19'],
    ['19/04/2023', BRITISH, '2023-04-19'],
    ['19/04/2023 00:00:00', BRITISH, '2023-04-19'],
    ['19/04/2023 00:00', BRITISH, '2023-04-19'],
    ['04/05/2023', BRITISH, '2023-05-04'],
    ['4/5/2023', BRITISH, '2023-05-04'],
    ['29/02/2024', BRITISH, '2024-02-29'],
  ])('%s is read as the import says that days are written: %j', async (cell, more, day) => {
    expect(await dayOf(cell, more)).toBe(day);
  });

  it.each([
    ['19/04/2023', {}, /yyyy-mm-dd.*"dates": "dd\/mm\/yyyy"/],
    ['2023-04-19', BRITISH, /dd\/mm\/yyyy/],
    ['04/19/2023', BRITISH, /not a day/],
    ['29/02/2023', BRITISH, /not a day/],
    ['19/04/23', BRITISH, /not a day/],
    ['19.04.2023', BRITISH, /not a day/],
    ['19/04/2023 14:30:00', BRITISH, /time of day/],
    ['19/04/2023 00:00:01', BRITISH, /time of day/],
    ['2023-04-19 23:00', {}, /time of day/],
    ['2023-04-19 noon', {}, /time of day/],
  ])('%s is never guessed, nor is its time left away: %j', async (cell, more, sentence) => {
    expect(await on(cell, more)).toEqual([
      { file: 'rows.csv', line: 2, column: 'effective_on', sentence: expect.stringMatching(sentence) },
    ]);
  });

  it('is read so in every column, and where a correction puts a day', async () => {
    const header = 'key,command,record,as,name,body,on,effective_on,event,path,is,reason,dated_how,dated_to';
    const rows = await rowsOf(
      [
        header,
        'cgb,addBody,,CGB,Board,,,,,,,,by,01/02/2023',
        'm,scheduleMeeting,,,,cgb,19/04/2023,01/04/2023',
        'm-day,correctMeeting,m,,,,,,m,on,20/04/2023 00:00:00,Misread',
        'm-title,correctMeeting,m,,,,,,m,title,20/04/2023,Misread',
        'm-when,correctMeeting,m,,,,,,m,effectiveOn,02/04/2023,Misread',
      ].join('\r\n'),
      BRITISH,
    );
    expect(rows.map(({ command, envelope }) => ({ ...command, ...envelope }))).toMatchObject([
      { dated: { how: 'by', to: '2023-02-01' } },
      { on: '2023-04-19', effectiveOn: '2023-04-01' },
      { path: 'on', is: '2023-04-20' },
      { path: 'title', is: '20/04/2023' },
      { path: 'effectiveOn', is: '2023-04-02' },
    ]);
  });

  it('is written in one of the ways that there are', async () => {
    expect(await problemsOf(`${RAISED}\n`, { dates: 'mm/dd/yyyy' })).toEqual([
      {
        ...{ file: 'import.json', line: 1, column: 'dates' },
        sentence: 'Dates are written "yyyy-mm-dd" or "dd/mm/yyyy".',
      },
    ]);
  });
});

describe('the number of an item', () => {
  it.each(['14/2018/P', 'AC 23-07', '7(c)', 'Item 12'])('is taken as it is printed: %s', async (item) => {
    const [row] = await rowsOf(`key,command,body,effective_on,title,item\na1,raiseAction,CGB,2023-04-19,t,${item}\n`);
    expect(row!.command).toMatchObject({ item });
  });
});
