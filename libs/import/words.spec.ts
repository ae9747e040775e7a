import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerInAFolder, type LedgerInAFolder } from '../../test/ledger-in-a-folder.ts';
import { createDispatch, type Caller } from '../dispatch/index.ts';
import { postsOfTheDirectory } from '../policies/index.ts';
import { loadFolder, readImport, runImport } from './index.ts';

const CALLER: Caller = { post: 'opcc-officer', person: 'p-operator', capacity: 'opcc-officer' };
const ROWS = [
  'key,command,as,name,body,effective_on,title,quote',
  'cgb,addBody,CGB,"Corporate\tBoard ",,2021-01-01',
  'a1,raiseAction,,,cgb,2023-04-19,"Bring the review\r\nback","as\r\nprinted"',
];

describe('the words of papers', () => {
  let house: LedgerInAFolder;
  let folder: string;
  beforeEach(async () => {
    house = await ledgerInAFolder();
    folder = await mkdtemp(join(tmpdir(), 'import-words-'));
    await writeFile(join(folder, 'import.json'), '{"id": "words", "files": ["rows.csv"]}');
  });
  afterEach(async () => {
    await house.remove();
    await rm(folder, { recursive: true, force: true });
  });
  const write = (...rows: string[]) => writeFile(join(folder, 'rows.csv'), `\uFEFF${rows.join('\r\n')}\r\n`);
  const load = (dryRun = false) => loadFolder(house.ledger, folder, { caller: CALLER, dryRun });

  it('are refused by row and column where they hold what may not stand there', async () => {
    await write(
      ...ROWS,
      'a2,raiseAction,,,cgb,2023-04-19,Bring \u202eit back',
      'a3,raiseAction,,,cgb,2023-04-19,t,\u200b',
    );
    expect(await load()).toMatchObject({
      outcome: 'refused',
      problems: [
        { file: 'rows.csv', line: 6, column: 'title', sentence: expect.stringContaining('U+202E') },
        { file: 'rows.csv', line: 7, column: 'quote', sentence: expect.stringContaining('Nothing can be seen') },
      ],
    });
  });

  it('that were loaded before they were written alike are known again, and a row that changed is named', async () => {
    await write(...ROWS);
    const read = await readImport(folder);
    if (!('plan' in read)) throw new Error(JSON.stringify(read.problems));
    const once = createDispatch({ ...house.ledger, posts: postsOfTheDirectory, defencesOff: ['words'] });
    const run = { ledgerId: house.ledger.ledgerId, caller: CALLER, mode: 'load' as const };
    expect(await runImport(read.plan, { ...run, submit: (one) => once.submit(one) })).toMatchObject({ written: 2 });
    expect(await load()).toMatchObject({ outcome: 'passed', written: 0, repeated: 2 });
    await write(...ROWS.slice(0, 2), ROWS[2]!.replace('review', 'paper'));
    expect(await load()).toMatchObject({ outcome: 'refused', problems: [{ line: 3, column: 'key' }] });
  });
});
