import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findAction, findMeeting, historyOf } from '../../projections/index.ts';
import { readerFor } from '../../libs/access/index.ts';
import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { openRunningLedger, type LedgerSettings } from '../../libs/running-ledger/index.ts';
import { actingAs } from '../../test/ledger-in-a-folder.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open-ledger.ts';

const FULL = readerFor('opcc-officer', 'opcc-officer');
const OFFICIAL = readerFor('panel-member', 'panel-member');
/** More than are marked while one answer is on its way. */
const ACTIONS = 40;

/** Policies as a server runs them: what is marked because a meeting is. */
describe('a server at which a meeting is marked', () => {
  let settings: LedgerSettings;
  let ledger: Ledger;
  let meeting: string;
  let refs: readonly string[];
  /** While true, nothing can be written to an action. */
  let stuck = false;
  /** While true, what is written to a meeting is there only after its writer was told that nobody knows. */
  let slow = false;
  const warned: string[] = [];
  const log = {
    info: () => undefined,
    warn: (_: object, message: string) => void warned.push(message),
    error: () => undefined,
  };
  const faults = {
    append: (stream: string) =>
      stuck && stream.startsWith('actions-')
        ? ({ answer: 'refused', limit: 'read-only' } as const)
        : slow && stream.startsWith('meetings-')
          ? ({ answer: 'slow', ms: 9_500 } as const)
          : null,
  };
  const open = async () => {
    ledger = await openLedger({ settings }, log, { faults });
  };
  const openReady = async () => {
    await open();
    while ((await ledger.behind()).length > 0) await pause(5);
  };

  beforeEach(async () => {
    stuck = slow = false;
    warned.length = 0;
    settings = { store: 'sqlite', name: 'spec', data: mkdtempSync(join(tmpdir(), 'policies-')) };
    const writing = await openRunningLedger(settings, 'spec');
    const officer = actingAs(() => writing.dispatch, 'opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2043-10-20' });
    refs = await Promise.all(
      Array.from({ length: ACTIONS }, (_, index) =>
        officer.does({ type: 'RaiseAction', meeting, title: `${index}`, owner: 'commissioner' }),
      ),
    );
    await writing.close();
  });
  afterEach(async () => {
    await ledger.close();
    rmSync(settings.data, { recursive: true, force: true });
  });

  const asMonitoringOfficer = (submit: Ledger['submit']) => actingAs(() => ({ submit }) as never, 'monitoring-officer');
  const marking = () =>
    ({ type: 'Mark', ref: meeting, to: { ...OFFICIAL_OPEN, sensitive: true }, reason: 'Covert.' }) as const;
  const mark = (submit: Ledger['submit']) => asMonitoringOfficer(submit).does(marking(), 'meetings');
  const isMarked = async (ref: string) => {
    const { edges } = await historyOf(await ledger.openView({}, FULL), ref, {});
    return edges.some(({ node }) => node.type === 'Marked');
  };
  const allMarked = async () => (await Promise.all(refs.map(isMarked))).every((one) => one);
  const allMarkedSoon = async () => {
    for (const until = performance.now() + 15_000; performance.now() < until; await pause(20))
      if (await allMarked()) return true;
    return false;
  };
  const seenByOthers = async () => {
    const view = await ledger.openView({}, OFFICIAL);
    return [await findMeeting(view, meeting), await findAction(view, refs[0]!), await findAction(view, refs.at(-1)!)];
  };

  it('has marked what arose from it, and reads so, when it answers', async () => {
    await openReady();
    await mark((submission) => ledger.submit(submission));
    expect(await allMarked()).toBe(true);
    expect(await seenByOthers()).toEqual([null, null, null]);
    expect(warned).toEqual([]);
  });

  it('finishes at its start what was cut off before', async () => {
    const writing = await openRunningLedger(settings, 'spec');
    await mark((submission) => writing.dispatch.submit(submission));
    await writing.close();
    await open();
    expect(await allMarkedSoon()).toBe(true);
  });

  it('finishes at its start what it had read before and could not do', async () => {
    await openReady();
    stuck = true;
    await mark((submission) => ledger.submit(submission));
    await ledger.close();
    stuck = false;
    await open();
    expect(await allMarkedSoon()).toBe(true);
  });

  it('follows a marking of which nobody could say whether it was written', async () => {
    await openReady();
    slow = true;
    const answered = await asMonitoringOfficer((submission) => ledger.submit(submission)).fails(marking(), 'meetings');
    expect(answered).toBe('unavailable');
    expect(await allMarkedSoon()).toBe(true);
  });

  it('withholds what it cannot mark yet, says so, and tries again', async () => {
    await openReady();
    stuck = true;
    await mark((submission) => ledger.submit(submission));
    expect(await allMarked()).toBe(false);
    expect(await seenByOthers()).toEqual([null, null, null]);
    expect(warned).toContain('A policy could not do what it has to. It is tried again.');
    stuck = false;
    expect(await allMarkedSoon()).toBe(true);
  });
});
