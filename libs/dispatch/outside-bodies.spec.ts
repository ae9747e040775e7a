import { readerFor } from '../access/index.ts';
import { readImport } from '../import/index.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capacityOfPost, historyOf, listNaming } from '../../projections/index.ts';
import { ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { actingAs } from '../../test/ledger-in-a-folder.ts';

/*
 * What somebody outside says stands in a paper of theirs: an officer types it, `by` their post, on the authority of that document. See
 * docs/access.md.
 */

let house: LedgerBeingRead;
let letter: string;
let secret: string;
let action: string;
const SENSITIVE = { marking: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } } as const;

beforeAll(async () => {
  house = await ledgerBeingRead();
  const officer = house.as('opcc-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
  await officer.does({ type: 'AddPost', as: 'audit-firm', name: 'Engagement lead', capacity: 'external' });
  const paper = { type: 'RecordDocument', body: 'CGB', title: 'Letter', kind: 'EXTERNAL_AUDIT_REPORT' };
  letter = await officer.does(paper);
  secret = await officer.does({ ...paper, ...SENSITIVE });
  action = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'Close the gap', owner: 'audit-firm' });
  await house.as('commissioner').does({ type: 'AgreeAction', ref: action });
}, 60_000);
afterAll(() => house?.remove());

const update = (more: object) => ({ type: 'GiveActionUpdate', ref: action, text: 'Seen.', by: 'audit-firm', ...more });

describe('a post of a body outside', () => {
  it('is named in `by` where it may give a command, by an officer and on an authority', async () => {
    const officer = house.as('opcc-officer');
    expect(await officer.fails(update({}))).toBe('AUTHORITY_NEEDED');
    expect(await officer.fails(update({ authority: { document: 'CGB-2001-01-E1' } }))).toBe('UNKNOWN_DOCUMENT');
    await officer.does(update({ authority: { document: letter } }));
    const { edges } = await historyOf(await house.view(), action, { first: 10 });
    expect(edges.at(-1)?.node).toMatchObject({ by: { post: 'audit-firm' }, authority: { document: letter } });
  });

  it('is named by nobody else, nor for what is only given by those who write', async () => {
    for (const post of ['commissioner', 'monitoring-officer', 'force-lead'])
      expect([post, await house.as(post).fails(update({ authority: { document: letter } }))]).toEqual([
        post,
        'forbidden',
      ]);
    const raised = { type: 'RaiseAction', body: 'CGB', title: 'x', by: 'audit-firm', authority: { document: letter } };
    expect(await house.as('opcc-officer').fails(raised)).toBe('forbidden');
  });

  it('acts in no capacity, so that it can sign in nowhere; and would be refused everything if it did', async () => {
    expect(await capacityOfPost(await house.view(), 'audit-firm')).toBeNull();
    const itself = actingAs(() => house.ledger.dispatch, 'audit-firm', 'p-audit-firm', 'external' as never);
    expect(await itself.fails({ type: 'GiveActionUpdate', ref: action, text: 'Seen.' })).toBe('not-found');
    expect(await itself.fails({ type: 'RaiseAction', body: 'CGB', title: 'x' })).toBe('forbidden');
  });

  it('is no post of authority: an officer adds it', async () => {
    const officer = house.as('opcc-officer');
    expect(await officer.does({ type: 'AddPost', as: 'inspectorate', name: 'x', capacity: 'external' })).toBe(
      'inspectorate',
    );
    expect(await officer.fails({ type: 'AddPost', as: 'second-officer', name: 'x', capacity: 'opcc-officer' })).toBe(
      'forbidden',
    );
  });
});

describe('an authority that is a document', () => {
  it('names it: the page of the document shows what stands on it', async () => {
    const { edges } = await listNaming(await house.view(), letter, { first: 10 });
    expect(edges.map(({ node }) => [node.ref, node.fields])).toEqual([[action, ['latestUpdate.authority.document']]]);
  });

  it('is a link to nothing for whoever may not see it, in what they read and in what they say', async () => {
    await house.as('opcc-officer').does(update({ authority: { document: secret } }));
    const seen = await house.view({}, OFFICIAL);
    const { edges } = await historyOf(seen, action, { first: 10 });
    expect(edges.map(({ node }) => node.authority)).toEqual([null, null, { document: letter }, null]);
    expect((await listNaming(seen, secret, { first: 10 })).totalCount).toBe(0);
    expect(
      (await listNaming(await house.view({}, readerFor('a', 'internal-auditor')), secret, { first: 10 })).totalCount,
    ).toBe(1);
    const own = await house
      .as('opcc-officer')
      .does({ type: 'RaiseAction', body: 'CGB', title: 'x', owner: 'force-lead' });
    await house.as('commissioner').does({ type: 'AgreeAction', ref: own });
    const told = async (document: string) => {
      const outcome = await house.as('force-lead').submit({
        ...{ type: 'GiveActionUpdate', ref: own, text: 'x', authority: { document } },
      });
      return JSON.stringify(outcome).replaceAll(document, 'REF');
    };
    expect(await told(secret)).toBe(await told('CGB-2001-01-E1'));
    expect(await told(secret)).toContain('UNKNOWN_DOCUMENT');
    expect(await told(letter)).toContain('accepted');
  });

  it('has a column in papers, and stands alone there as the others do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'on-whose-say-'));
    const problems = async (...rows: readonly string[]) => {
      writeFileSync(join(folder, 'import.json'), '{"id": "papers", "files": ["rows.csv"]}');
      const head = 'key,command,record,effective_on,text,authority_document,authority_decision';
      writeFileSync(join(folder, 'rows.csv'), [head, ...rows].join('\n'));
      const read = await readImport(folder);
      return 'problems' in read ? read.problems.map(({ column, sentence }) => [column, sentence]) : [...read.plan.rows];
    };
    const row = `one,giveActionUpdate,${action},2023-10-09,Seen.`;
    expect(await problems(`${row},${letter},`)).toMatchObject([{ envelope: { authority: { document: letter } } }]);
    expect(await problems(`${row},${letter},D-1`)).toEqual([
      ['authority_document', expect.stringContaining('Name one authority')],
    ]);
    expect(await problems(`${row},CGB,`)).toEqual([['authority_document', expect.stringContaining('neither the key')]]);
    rmSync(folder, { recursive: true, force: true });
  });
});
