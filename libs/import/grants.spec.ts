import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerInAFolder, type LedgerInAFolder } from '../../test/ledger-in-a-folder.ts';
import type { Caller } from '../dispatch/index.ts';
import { loadFolder } from './index.ts';

const FOLDER = join(process.cwd(), 'examples', 'leicestershire-2023');
const CALLER: Caller = { post: 'opcc-officer', person: 'p-operator', capacity: 'opcc-officer' };
/** The posts of the example that act in a capacity which grants authority, and their lines in posts.csv. */
const GRANTING = [
  ['posts.csv', 2, 'addPost commissioner'],
  ['posts.csv', 3, 'addPost opcc-officer'],
  ['posts.csv', 4, 'addPost monitoring-officer'],
] as const;

describe('papers that grant authority', () => {
  let house: LedgerInAFolder;

  beforeEach(async () => {
    house = await ledgerInAFolder();
  });
  afterEach(() => house.remove());

  const load = (options: { dryRun: boolean; grants?: boolean }) =>
    loadFolder(house.ledger, FOLDER, { caller: CALLER, ...options });

  it('are refused by file and line unless the operator says that they may, and nothing of them is written', async () => {
    const head = await house.ledger.store.head();
    const outcome = await load({ dryRun: false });
    expect(outcome).toMatchObject({ outcome: 'refused' });
    const said = 'problems' in outcome ? outcome.problems : [];
    for (const [file, line] of GRANTING)
      expect(said).toContainEqual(
        expect.objectContaining({ file, line, sentence: expect.stringContaining('--grants') }),
      );
    expect(said.filter(({ sentence }) => sentence.includes('--grants')).length).toBeGreaterThanOrEqual(GRANTING.length);
    expect(await house.ledger.store.head()).toBe(head);
  });

  it('are listed by the rehearsal, each with what it grants, and once more when they are loaded', async () => {
    for (const dryRun of [true, false]) {
      const outcome = await load({ dryRun, grants: true });
      expect(outcome).toMatchObject({ outcome: 'passed' });
      const listed = 'grants' in outcome ? outcome.grants.map(({ file, line, what }) => [file, line, what]) : [];
      expect(listed).toEqual(expect.arrayContaining(GRANTING.map((grant) => [...grant])));
    }
  });
});

describe('papers that no operator can let in', () => {
  it.each([
    ['a post called as the ledger calls itself', ['k,addPost,,ledger,A post,,,'], 2, /^The ledger writes ledger where/],
    ['a post called as the operator is', ['k,addPost,,operator,A post,,,'], 2, /^The ledger writes operator where/],
    [
      'the void of a person whom the identity provider knows',
      ['p,addPerson,,,A. Chair,,,', 's,setPersonSubject,p,,,chair@opcc,,', 'v,voidPersonEvent,p,,,,p,Twice in it.'],
      4,
      /changes who has authority\. No import does that/,
    ],
  ])('are those with %s: refused by file and line, and nothing is written', async (_, rows, line, sentence) => {
    const house = await ledgerInAFolder();
    const folder = mkdtempSync(join(tmpdir(), 'import-'));
    const header = 'key,command,record,as,name,subject,event,reason,effective_on';
    writeFileSync(join(folder, 'import.json'), JSON.stringify({ id: 'papers', files: ['rows.csv'] }));
    writeFileSync(join(folder, 'rows.csv'), [header, ...rows.map((row) => `${row},2023-10-09`), ''].join('\n'));
    const head = await house.ledger.store.head();
    const outcome = await loadFolder(house.ledger, folder, { caller: CALLER, dryRun: false, grants: true });
    expect(outcome).toMatchObject({
      outcome: 'refused',
      problems: [{ file: 'rows.csv', line, sentence: expect.stringMatching(sentence) }],
    });
    expect(await house.ledger.store.head()).toBe(head);
    rmSync(folder, { recursive: true });
    await house.remove();
  });
});
