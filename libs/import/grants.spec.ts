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
