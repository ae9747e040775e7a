import { vi } from 'vitest';
import { PUBLIC, readerFor, type Reader } from '../access/index.ts';
import { openDatabase, type SqliteDatabase } from '../sqlite/index.ts';
import {
  findAction,
  historyOf,
  listActions,
  listDocuments,
  listGrants,
  listLinksToNothing,
  listMeetings,
  listQuestions,
} from '../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { eventAsOf, recordAsOf, refuseDamaged, statesUpTo, type LedgerView } from './index.ts';

let ledger: LedgerBeingRead;
let ref: string;

beforeAll(async () => {
  ledger = await ledgerBeingRead();
  const officer = ledger.as('opcc-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'Review', owner: 'force-lead' });
});
afterAll(() => ledger.remove());

/** How SQLite goes about each question that the work asks of the tables, step by step. */
async function plansOf(work: () => Promise<unknown>): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = new Set<string>();
  const other = openDatabase(':memory:', { durable: false });
  const driver = Object.getPrototypeOf(other) as SqliteDatabase;
  other.close();
  const prepared = vi.spyOn(driver, 'prepare').mockImplementation(function (this: SqliteDatabase, sql: string) {
    if (this.name === ledger.file && /^\s*(select|with)\b/i.test(sql)) asked.add(sql);
    return prepare.call(this, sql);
  });
  await work().finally(() => prepared.mockRestore());
  const reading = openDatabase(ledger.file, { readonly: true, durable: false });
  const plans = new Map<string, readonly string[]>();
  for (const sql of asked) {
    const steps = reading.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
    plans.set(
      sql,
      steps.all(Array(sql.split('?').length - 1).fill(null)).map(({ detail }) => detail),
    );
  }
  reading.close();
  return plans;
}
const { prepare } = Object.getPrototypeOf(openDatabase(':memory:', { durable: false })) as SqliteDatabase;

const BY_OTHER_THAN_REFERENCE = /_filed|_in_order|records_owner|_audience \(audiences=\?(?! AND sequence=)/;
const WHOLE_TABLES = /^SCAN (records|record_events|log_events|texts|states)\b/;

/** Steps that read more the more the ledger holds, whatever record is asked for. */
function growing(plans: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...plans.values()].flat().filter((step) => BY_OTHER_THAN_REFERENCE.test(step) || WHOLE_TABLES.test(step));
}

describe('what is asked of one record', () => {
  it.each<readonly [string, Reader]>([
    ['who may see all', FULL],
    ['who owns it', readerFor('force-lead', 'force-lead')],
    ['who may see what is official', OFFICIAL],
    ['of the public', PUBLIC],
  ])('is found by its reference, and read no further than it goes, for somebody %s', async (_, reader) => {
    await ledger.restart();
    const view: LedgerView = await ledger.view({}, reader);
    const plans = await plansOf(async () => {
      const action = await findAction(view, ref);
      await view.text(action?.state.title);
      const history = await historyOf(view, ref, {});
      for (const { node } of history?.edges ?? []) await eventAsOf(view, node.id);
      await refuseDamaged(view, 'actions', ref);
    });
    expect(plans.size).toBeGreaterThan(3);
    expect(growing(plans)).toEqual([]);
    // And of its rows, by those that were not superseded.
    expect([...plans.values()].flat()).toContainEqual(expect.stringMatching(/_ref \(ref=\? AND sequence_to>\?\)$/));
  });
});

describe('what is asked of many records at once', () => {
  it.each<readonly [string, Reader]>([
    ['who may see all', FULL],
    ['who owns some', readerFor('force-lead', 'force-lead')],
    ['who may see what is official', OFFICIAL],
    ['of the public', PUBLIC],
  ])('is found by their references, for somebody %s', async (_, reader) => {
    await ledger.restart();
    const view: LedgerView = await ledger.view({}, reader);
    const refs = Array.from({ length: 100 }, (_, index) => `CGB-2023-10-A${index + 1}`);
    const plans = await plansOf(async () => {
      await Promise.all(refs.map((one) => recordAsOf(view, 'actions', one)));
      await Promise.all(refs.map((one) => statesUpTo(view, 'actions', one, String)));
    });
    expect(plans.size).toBeGreaterThan(1);
    expect(growing(plans)).toEqual([]);
  });
});

describe('a page of everything', () => {
  const found = async (reader: Reader) => {
    await ledger.restart();
    const view: LedgerView = await ledger.view({}, reader);
    const lists = { actions: listActions, meetings: listMeetings, documents: listDocuments };
    const plans = [];
    for (const [list, ask] of Object.entries(lists)) {
      const questions = await plansOf(() => ask(view, {}, { first: 25 }));
      const [page = []] = [...questions].flatMap(([sql, plan]) => (/order by row\.sort_key/.test(sql) ? [plan] : []));
      plans.push([list, page.find((step) => / row USING INDEX /.test(step))]);
    }
    return Object.fromEntries(plans) as { readonly [list: string]: string | undefined };
  };

  it('is read off in order for whoever may see all, and goes no further than the page', async () => {
    for (const step of Object.values(await found(FULL))) expect(step).toMatch(/^SCAN row USING INDEX \w+_in_order$/);
  });

  it('is found among what its reader may see, for anybody else', async () => {
    for (const reader of [OFFICIAL, PUBLIC])
      for (const step of Object.values(await found(reader))) expect(step).toMatch(/_filed \(audiences=\?/);
  });
});

describe('a list of what is seldom', () => {
  const why = { reason: 'Entered by mistake.' };

  it.each<readonly [string, Reader]>([
    ['who may see all', FULL],
    ['who may see what is official', OFFICIAL],
    ['of the public', PUBLIC],
  ])('is found from what can bring something into it, for somebody %s', async (_, reader) => {
    const officer = ledger.as('opcc-officer');
    const meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-09' });
    await officer.does({ type: 'CancelMeeting', ref: meeting, ...why });
    await officer.does({ type: 'AddPost', as: `post-${reader.audience}`, name: 'x' });
    const event = (await historyOf(await ledger.view(), `post-${reader.audience}`, {})).edges[0]!.node.id;
    const voiding = { type: 'Void', ref: `post-${reader.audience}`, event, ...why };
    await ledger.as('monitoring-officer').does(voiding, 'directory');
    await ledger.restart();
    const view: LedgerView = await ledger.view({}, reader);
    const plans = await plansOf(async () => {
      await listQuestions(view, {});
      await listLinksToNothing(view, {});
      await listGrants(view, {});
    });
    expect(plans.size).toBeGreaterThan(3);
    expect(growing(plans)).toEqual([]);
  });
});
