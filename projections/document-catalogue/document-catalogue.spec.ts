import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { countDocuments, findDocument, listDocuments, type DocumentFilter } from './queries.ts';

const SHA = 'ab'.repeat(32);

describe('the catalogue of documents', () => {
  let ledger: LedgerBeingRead;
  let hidden: string;
  const names: Record<string, string> = {};

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-21T12:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    for (const as of ['CGB', 'JARAP', 'FORCE']) await officer.does({ type: 'AddBody', as, name: `Name of ${as}` });
    const record = async (name: string, more: object) => {
      names[name] = await officer.does({ type: 'RecordDocument', body: 'CGB', title: name, kind: 'REPORT', ...more });
    };
    await record('Force performance report', {
      date: '2023-06-14',
      publisher: 'Chief Constable',
      publishingBody: 'FORCE',
      sha256: SHA,
    });
    await record('Minutes of June', { kind: 'MINUTES', date: '2023-06-21' });
    await record('Audit plan', { body: 'JARAP', kind: 'PLAN', date: '2023-05-02' });
    hidden = await officer.does({
      type: 'RecordDocument',
      body: 'CGB',
      title: 'Closed report',
      kind: 'REPORT',
      date: '2023-06-14',
      marking: { ...OFFICIAL_OPEN, session: 'CLOSED' },
    });
    const report = names['Force performance report'];
    await officer.does({ type: 'RetainDocument', ref: report, until: '2029-03-31', rule: 'Six years' });
    ledger.clock.set('2023-06-30T12:00:00.000Z');
    await officer.does({
      type: 'AddDocumentVersion',
      ref: report,
      version: '2',
      changed: 'Table 2.',
      reason: 'A column was missing.',
    });
    await ledger.as('monitoring-officer').does({
      type: 'RedactDocument',
      ref: report,
      version: '2',
      withholds: 'Names of witnesses.',
      exemption: 'FOIA s40(2)',
      marking: { ...OFFICIAL_OPEN, session: 'CLOSED' },
    });
    await officer.does({ type: 'WithdrawDocument', ref: names['Audit plan'], reason: 'A draft.' });
  });
  afterAll(() => ledger.remove());

  const listed = async (filter: DocumentFilter = {}, asOf = {}, reader?: typeof OFFICIAL) =>
    (await listDocuments(await ledger.view(asOf, reader), filter, {})).edges.map(({ node: { ref } }) => ref);

  it('numbers papers by body and month, and those that not everybody may know of not at all', () => {
    expect(Object.values(names)).toEqual(['CGB-2023-06-E1', 'CGB-2023-06-E2', 'JARAP-2023-05-E1']);
    expect(hidden).toMatch(/^CGB-2023-06-E[a-z][a-z2-9]{4}$/);
  });

  it('lists them by reference, for each reader those that they may know of', async () => {
    expect((await listed()).sort()).toEqual(['CGB-2023-06-E1', 'CGB-2023-06-E2', hidden, 'JARAP-2023-05-E1'].sort());
    expect(await listed({}, {}, OFFICIAL)).toEqual(['CGB-2023-06-E1', 'CGB-2023-06-E2', 'JARAP-2023-05-E1']);
    expect(await findDocument(await ledger.view({}, OFFICIAL), hidden)).toBeNull();
  });

  it.each<[DocumentFilter, readonly string[]]>([
    [{ body: 'JARAP' }, ['JARAP-2023-05-E1']],
    [{ publishingBody: 'FORCE' }, ['CGB-2023-06-E1']],
    [{ kind: ['MINUTES', 'PLAN'] }, ['CGB-2023-06-E2', 'JARAP-2023-05-E1']],
    [{ kind: [] }, []],
    [{ status: ['WITHDRAWN'] }, ['JARAP-2023-05-E1']],
    [{ keptUntil: '2029-03-31' }, ['CGB-2023-06-E1']],
    [{ keptUntil: '2029-03-30' }, []],
    [{ text: 'PERFORMANCE' }, ['CGB-2023-06-E1']],
    [{ text: 'chief constable' }, ['CGB-2023-06-E1']],
    [{ text: 'cgb-2023-06-e2' }, ['CGB-2023-06-E2']],
    [{ body: 'CGB', status: ['WITHDRAWN'] }, []],
    [{ body: 'NONE' }, []],
  ])('finds by %j, and counts as many', async (filter, refs) => {
    expect(await listed(filter, {}, OFFICIAL)).toEqual(refs);
    const counts = await countDocuments(await ledger.view({}, OFFICIAL), 'STATUS', filter);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(refs.length);
  });

  it('counts by state, kind and body, and nothing of what is hidden', async () => {
    const view = await ledger.view({}, OFFICIAL);
    expect(await countDocuments(view, 'STATUS', {})).toEqual([
      { key: 'CURRENT', label: 'current', count: 2 },
      { key: 'WITHDRAWN', label: 'withdrawn', count: 1 },
    ]);
    expect((await countDocuments(view, 'KIND', {})).map(({ key, count }) => [key, count])).toEqual([
      ['MINUTES', 1],
      ['REPORT', 1],
      ['PLAN', 1],
    ]);
    expect((await countDocuments(view, 'BODY', {})).map(({ label, count }) => [label, count])).toEqual([
      ['Name of CGB', 2],
      ['Name of JARAP', 1],
    ]);
    expect((await countDocuments(await ledger.view(), 'KIND', {})).map(({ count }) => count)).toEqual([1, 2, 1]);
  });

  it('answers for an earlier day', async () => {
    expect((await findDocument(await ledger.view({ effective: '2023-06-29' }), 'JARAP-2023-05-E1'))?.state.status).toBe(
      'CURRENT',
    );
    expect(
      (await findDocument(await ledger.view({ effective: '2023-06-29' }), 'CGB-2023-06-E1'))?.state.versions,
    ).toHaveLength(1);
    expect(await listed({}, { effective: '2023-06-20' })).toEqual([]);
  });

  it('opens what was changed and why, and shows a redaction in closed session to those alone who may know of it', async () => {
    const full = await ledger.view();
    const { state } = (await findDocument(full, 'CGB-2023-06-E1'))!;
    expect(await full.text(state.versions[1]!.changed)).toBe('Table 2.');
    expect(await full.text(state.versions[1]!.why)).toBe('A column was missing.');
    expect(await full.text(state.versions[0]!.sha256)).toBe(SHA);
    expect(state.redacted).toHaveLength(1);
    const official = (await findDocument(await ledger.view({}, OFFICIAL), 'CGB-2023-06-E1'))!;
    expect(official.state.versions).toHaveLength(2);
    expect(official.state.redacted).toEqual([]);
  });
});
