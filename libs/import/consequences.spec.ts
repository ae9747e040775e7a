import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller, Submission } from '../dispatch/index.ts';
import { parseStored } from '../event-store/index.ts';
import { ledgerInAFolder, type LedgerInAFolder } from '../../test/ledger-in-a-folder.ts';
import { loadFolder, readImport, runImport } from './index.ts';

const CALLER: Caller = { post: 'opcc-officer', person: 'p-operator', capacity: 'opcc-officer' };

describe('papers that hide a meeting', () => {
  let house: LedgerInAFolder;
  let folder: string;
  let meeting: string;
  let refs: readonly string[];

  beforeEach(async () => {
    house = await ledgerInAFolder();
    const officer = house.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-20' });
    refs = await Promise.all(
      ['force-lead', 'commissioner'].map((owner) =>
        officer.does({ type: 'RaiseAction', meeting, title: `Of ${owner}`, owner }),
      ),
    );
    folder = mkdtempSync(join(tmpdir(), 'papers-'));
    writeFileSync(join(folder, 'import.json'), JSON.stringify({ id: 'covert', title: 'Covert', files: ['rows.csv'] }));
    const rows = [
      'key,command,record,effective_on,by,authority_delegation,marking,reason',
      `hidden,markMeeting,${meeting},2023-10-01,monitoring-officer,SoD-4,OFFICIAL_SENSITIVE,Covert.`,
    ];
    writeFileSync(join(folder, 'rows.csv'), `${rows.join('\n')}\n`);
  });
  afterEach(async () => {
    await house.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const load = (dryRun: boolean) => loadFolder(house.ledger, folder, { caller: CALLER, dryRun });
  const events = async () => (await house.ledger.store.readAll(undefined, 500)).events.map((one) => parseStored(one));
  const marked = async () =>
    (await events()).filter(({ header }) => header.register === 'actions' && header.type === 'Marked');

  it('hide what arose from it before they are said to be loaded', async () => {
    expect(await load(false)).toMatchObject({ outcome: 'passed', rows: 1, written: 1 });
    expect(await marked()).toHaveLength(refs.length);
    for (const { header, parts } of await marked()) {
      expect(header.marking.sensitive).toBe(true);
      expect(parts.find(({ name }) => name === 'actor')?.value).toMatchObject({ by: { post: 'monitoring-officer' } });
    }
    expect(await load(false)).toMatchObject({ outcome: 'passed', written: 0, repeated: 1 });
    expect(await marked()).toHaveLength(refs.length);
  });

  it('are rehearsed with what follows from them, and nothing of that is written', async () => {
    const before = await house.ledger.store.head();
    const tried: Submission[] = [];
    const ledger = {
      ...house.ledger,
      rehearsal() {
        const rehearsal = house.ledger.rehearsal();
        return { ...rehearsal, submit: (sent: Submission) => (tried.push(sent), rehearsal.submit(sent)) };
      },
    };
    expect(await loadFolder(ledger, folder, { caller: CALLER, dryRun: true })).toMatchObject({ outcome: 'passed' });
    const followed = tried.filter(({ consequence }) => consequence !== undefined);
    expect(followed.map(({ command: { ref } }) => ref)).toEqual(refs);
    expect(await house.ledger.store.head()).toBe(before);
  });

  it('are refused in the rehearsal, by their row, where what follows from them would be', async () => {
    const ledger = {
      ...house.ledger,
      rehearsal() {
        const rehearsal = house.ledger.rehearsal();
        const submit = (sent: Submission) =>
          sent.consequence === undefined
            ? rehearsal.submit(sent)
            : Promise.resolve({
                outcome: 'refused',
                refusal: { code: 'X', sentence: 'It cannot be marked.' },
              } as const);
        return { ...rehearsal, submit };
      },
    };
    expect(await loadFolder(ledger, folder, { caller: CALLER, dryRun: false })).toMatchObject({
      outcome: 'refused',
      problems: [{ file: 'rows.csv', line: 2, sentence: 'It cannot be marked.' }],
    });
    expect(await marked()).toEqual([]);
  });

  it('draw what an earlier run that was cut off left undrawn', async () => {
    const read = await readImport(folder);
    if (!('plan' in read)) throw new Error(JSON.stringify(read));
    const cutOff = await runImport(read.plan, {
      ...{ ledgerId: house.ledger.ledgerId, caller: CALLER, mode: 'load' },
      submit: (submission) => house.ledger.dispatch.submit(submission),
    });
    expect([cutOff.outcome, await marked()]).toEqual(['passed', []]);
    expect(await load(false)).toMatchObject({ outcome: 'passed', written: 0, repeated: 1 });
    expect(await marked()).toHaveLength(refs.length);
  });
});
