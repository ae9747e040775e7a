import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { eventsAsOf, sourceOf } from '../../libs/read-models/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { listCitations } from './queries.ts';

const CLOSED = { ...OFFICIAL_OPEN, session: 'CLOSED' as const };

describe('what cites a document', () => {
  let ledger: LedgerBeingRead;
  let paper: string;
  let hidden: string;
  let action: string;
  let secret: string;

  const officer = () => ledger.as('opcc-officer');
  const lead = () => ledger.as('force-lead');
  const record = (title: string, more: object = {}) =>
    officer().does({ type: 'RecordDocument', body: 'CGB', title, kind: 'MINUTES', date: '2023-06-21', ...more });
  const events = async (ref: string, reader = OFFICIAL) =>
    (await eventsAsOf(await ledger.view({}, reader), { register: 'actions', ref })).map(({ event }) => event);
  const cited = async (ref: string, asOf = {}, reader = OFFICIAL) =>
    (await listCitations(await ledger.view(asOf, reader), ref, {})).edges.map(({ node }) => [
      node.record.ref,
      node.type,
      node.as,
      node.version,
    ]);

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-21T12:00:00.000Z' });
    await officer().does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    paper = await record('Minutes of June');
    hidden = await record('Closed minutes', { marking: CLOSED });
    const why = { reason: 'A line was missing.' };
    await officer().does({ type: 'AddDocumentVersion', ref: paper, version: '2', changed: 'Item 4.', ...why });
    await officer().does({
      type: 'AddDocumentVersion',
      ref: paper,
      version: '3',
      changed: 'A name.',
      ...why,
      marking: CLOSED,
    });
    const raise = (title: string, more: object) =>
      officer().does({ type: 'RaiseAction', body: 'CGB', title, owner: 'force-lead', ...more });
    action = await raise('Open', { source: { document: 'Minutes', record: paper, version: '2', paragraph: '4' } });
    secret = await raise('Secret', { source: { record: paper }, marking: CLOSED });
    await ledger
      .as('commissioner')
      .does({ type: 'AgreeAction', ref: action, source: { record: hidden, version: '1' } });
    await lead().does({
      type: 'AddActionEvidence',
      ref: action,
      title: 'The minutes',
      cites: paper,
      citesVersion: '1',
    });
  });
  afterAll(() => ledger.remove());

  it('is told to each reader as far as they may see both', async () => {
    expect(await cited(paper)).toEqual([
      [action, 'ActionRaised', 'SOURCE', '2'],
      [action, 'EvidenceAdded', 'EVIDENCE', '1'],
    ]);
    expect((await cited(paper, {}, FULL)).map(([ref]) => ref).sort()).toEqual([action, action, secret].sort());
    expect(await cited(hidden, {}, FULL)).toEqual([[action, 'ActionAgreed', 'SOURCE', '1']]);
    expect(await cited(hidden)).toEqual([]);
    expect(await cited('CGB-2001-01-E1')).toEqual([]);
  });

  it('reads in a history as a source without a document, where that is hidden', async () => {
    const [raised, agreed] = await events(action);
    expect(sourceOf(raised!)).toMatchObject({ record: paper, version: '2' });
    expect(sourceOf(agreed!)).toBeNull();
    expect(sourceOf((await events(action, FULL))[1]!)).toEqual({ record: hidden, version: '1' });
  });

  it('is refused alike where the document, or the version, is hidden or is not there', async () => {
    const say = (source: object) => lead().submit({ type: 'GiveActionUpdate', ref: action, text: 't', source });
    const blind = (outcome: unknown, ref: string) =>
      JSON.parse(JSON.stringify(outcome).replaceAll(ref, 'REF')) as object;
    const absent = 'CGB-2023-06-Ezzzzz';
    expect(blind(await say({ record: hidden }), hidden)).toEqual(blind(await say({ record: absent }), absent));
    expect(await say({ record: absent })).toMatchObject({
      refusal: { code: 'UNKNOWN_DOCUMENT', field: 'source.record' },
    });
    expect(await say({ record: paper, version: '4' })).toMatchObject({
      refusal: { code: 'UNKNOWN_VERSION', field: 'source.version' },
    });
    expect(await say({ record: paper, version: '3' })).toMatchObject({ refusal: { code: 'UNKNOWN_VERSION' } });
    expect(await say({ version: '2' })).toMatchObject({ outcome: 'invalid', field: 'source.record' });
    const evidence = { type: 'AddActionEvidence', ref: action, title: 't', cites: paper, citesVersion: '3' };
    expect(await lead().fails(evidence)).toBe('UNKNOWN_VERSION');
    // Whoever sees all may, where those alone read it who do.
    await officer().does({ ...evidence, ref: secret, by: 'force-lead', authority: { decision: 'D1' } });
  });

  it('costs no question for each that cites it, and is paged', async () => {
    const asked = async () => {
      const view = await ledger.view({}, OFFICIAL);
      const before = ledger.models.questions;
      await listCitations(view, paper, {});
      return ledger.models.questions - before;
    };
    const few = await asked();
    for (let number = 0; number < 30; number += 1)
      await officer().does({ type: 'RaiseAction', body: 'CGB', title: `Action ${number}`, source: { record: paper } });
    expect(await asked()).toBe(few);
    const view = await ledger.view({}, OFFICIAL);
    const first = await listCitations(view, paper, { first: 20 });
    const second = await listCitations(view, paper, { first: 20, after: first.endCursor! });
    expect([first.totalCount, first.hasNextPage, second.edges.length]).toEqual([32, true, 12]);
  });

  it('follows what a correction says, and drops what was voided', async () => {
    const other = await record('Minutes of July');
    const raised = (await events(action))[0]!.id;
    const correct = (path: string, is: unknown) => ({
      type: 'Correct',
      ref: action,
      event: raised,
      path,
      is,
      reason: 'Misread.',
    });
    expect(await officer().fails(correct('source.record', 'CGB-2001-01-E1'), 'actions')).toBe('UNKNOWN_RECORD');
    expect(await officer().fails(correct('source.version', '7'), 'actions')).toBe('UNKNOWN_VERSION');
    await officer().does(correct('source.record', other), 'actions');
    expect(await cited(other)).toEqual([[action, 'ActionRaised', 'SOURCE', undefined]]);
    expect((await cited(paper)).filter(([ref]) => ref === action)).toEqual([
      [action, 'EvidenceAdded', 'EVIDENCE', '1'],
    ]);
    await officer().does(correct('source.version', '1'), 'actions');
    expect(await cited(other)).toEqual([[action, 'ActionRaised', 'SOURCE', '1']]);
    expect(await officer().fails(correct('source.version', '2'), 'actions')).toBe('UNKNOWN_VERSION');
    const evidence = (await events(action)).find(({ type }) => type === 'EvidenceAdded')!.id;
    await ledger
      .as('monitoring-officer')
      .does({ type: 'Void', ref: action, event: evidence, reason: 'The wrong paper.' }, 'actions');
    expect((await cited(paper)).filter(([ref]) => ref === action)).toEqual([]);
    await officer().does(correct('source.record', null), 'actions');
    expect(await cited(other)).toEqual([]);
  });

  it('counts from the day on which it took effect', async () => {
    expect(await cited(paper, { effective: '2023-06-20' })).toEqual([]);
  });
});
