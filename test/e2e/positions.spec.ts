import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteKeyStore } from '../../libs/keys/index.ts';
import { positionTokens } from '../../libs/read-models/positions.ts';
import { machineIds } from '../../libs/running-ledger/index.ts';
import type { Client, Json, Variables } from './client.ts';
import { OPERATIONS, operation } from './contract.ts';
import { aMoment, dayFromToday, openOffice, TYPED_LATE, type Office } from './office.ts';

describe('places in the ledger', () => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice();
  }, 60_000);
  afterAll(() => office?.served.remove());

  it('lets whoever wrote read what they wrote, at once', async () => {
    const { lead, officer } = office;
    const ref = await office.agreed();
    for (let round = 0; round < 20; round += 1) {
      const { position } = await lead.does('giveActionUpdate', { ref, text: `Round ${round}` });
      const { ledger } = await officer.asks('ActionOn', { ref, atLeast: position });
      expect(ledger.action.latestUpdate.text).toBe(`Round ${round}`);
    }
  });

  it('has each place in a history be one that reads back to the same state', async () => {
    const { lead, officer } = office;
    const ref = await office.agreed();
    await lead.does('reportActionComplete', { ref, text: 'Done.' });
    const history = await office.history(ref);
    const states = await Promise.all(
      history.map(
        async ({ position }) => (await officer.asks('ActionOn', { ref, asOf: { position } })).ledger.action.status,
      ),
    );
    expect(states).toEqual(['PROPOSED', 'AGREED', 'REPORTED_COMPLETE']);
  });

  it('repeats a list while others write, when its position is given back', async () => {
    const { officer } = office;
    for (let number = 0; number < 7; number += 1) await office.raise({ title: `Before ${number}` });
    await office.served.ready();
    const unpinned = await officer.asks('Tracker', { first: 3 });
    const { position } = unpinned.ledger.basis;
    const total = unpinned.ledger.actions.totalCount;

    const page = async (after: string | null) => {
      await office.agreed({ title: 'In between' });
      await office.served.ready();
      return (await officer.asks('Tracker', { first: 3, after, asOf: { position } })).ledger;
    };
    const read: Json[] = [];
    for (let after: string | null = null; ;) {
      const { actions, basis } = await page(after);
      expect(actions.totalCount).toBe(total);
      expect(basis.position).toBe(position);
      read.push(...actions.edges.map(({ node }: Json) => node));
      if (!actions.pageInfo.hasNextPage) break;
      after = actions.pageInfo.endCursor;
    }
    expect(read).toHaveLength(total);
    expect(read.slice(0, 3)).toEqual(unpinned.ledger.actions.edges.map(({ node }: Json) => node));
    expect(new Set(read.map(({ ref }) => ref)).size).toBe(total);
    // What was written meanwhile is there for whoever does not pin (control).
    expect((await officer.asks('Tracker')).ledger.actions.totalCount).toBeGreaterThan(total);
  });

  it('tells nobody where a link stands to what they may not see, nor what was said of it, until it leads elsewhere', async () => {
    const { officer, monitoring, served } = office;
    const body = (ref: string) => officer.does('addBody', { ref, name: ref });
    // It was no secret when it was linked to: so the event is not marked as one.
    await body('HIDDEN');
    await body('OPEN');
    await monitoring.does('publishBody', { ref: 'OPEN' });
    await body('READER');
    const history = async () => {
      const { ledger } = await officer.runs(
        '{ ledger { body(ref: "READER") { history(first: 100) { edges { node { id type recordedAt position } } } } } }',
      );
      return ledger.body.history.edges.map(({ node }: Json) => node) as readonly Json[];
    };
    const last = async () => (await history()).at(-1)!.id as string;
    await aMoment();
    await officer.does('beginReading', { body: 'READER', reads: 'HIDDEN' });
    const correction = { ref: 'READER', event: await last(), path: 'reads', reason: 'Misread.' };
    await aMoment();
    await officer.does('correctBody', { ...correction, is: 'OPEN' });
    const corrected = await last();
    await aMoment();
    await monitoring.does('voidBodyEvent', { ref: 'READER', event: corrected, reason: 'It was right.' });
    await aMoment();
    await monitoring.does('publishBody', { ref: 'READER' });
    await monitoring.does('markBody', { ref: 'HIDDEN', marking: 'OFFICIAL_SENSITIVE', reason: 'Now secret.' });
    await served.ready();
    const events = await history();
    const placesFor = (client: Client, clock: string) =>
      Promise.all(
        events.map(async ({ recordedAt: recorded }) => {
          const asOf = { recorded, clock };
          const asked = 'query ($asOf: AsOf) { ledger(asOf: $asOf) { basis { position } } }';
          return (await client.runs(asked, { asOf })).ledger.basis.position as string | null;
        }),
      );
    expect(events.map(({ type }) => type)).toEqual(['BodyAdded', 'ReadingBegun', 'Corrected', 'Voided', 'Published']);
    for (const clock of ['STATED', 'PROVEN']) {
      const [added, linked, elsewhere, back, published] = await placesFor(served.public, clock);
      expect(added).not.toBeNull();
      expect([linked, back]).toEqual([added, added]);
      expect(new Set([added, elsewhere, published]).size).toBe(3);
      // Whoever may see the body is told of all of it (control).
      expect(new Set(await placesFor(officer, clock)).size).toBe(5);
    }
  });

  it('says NOT_YET of a place that reading has not come to, after waiting for a while', async () => {
    const { served } = office;
    let far = '';
    await served.restart(() => {
      const keys = openSqliteKeyStore({ file: join(served.place.settings.data, 'keys.sqlite'), ids: machineIds });
      far = positionTokens(keys).encode(
        'full',
        served.place.settings.store === 'sqlite' ? '999999999' : '999999999999/999999999999',
      );
      keys.close();
    });
    const officer = await served.as('opcc-officer');
    const begun = performance.now();
    const error = await officer.failsToRun(operation('ActionOn'), { ref: 'CGB-2023-04-A1', atLeast: far });
    expect(error.extensions).toEqual({ code: 'NOT_YET', refusal: null, field: 'atLeast' });
    expect(performance.now() - begun).toBeGreaterThan(2_000);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});

describe('an answer that is settled, on the proven clock', () => {
  let office: Office;
  let ref: string;
  let questions: readonly (readonly [operation: string, variables: Variables])[];
  let first: readonly string[];

  const rebuild = (): void => {
    for (const ending of ['', '-wal', '-shm'])
      rmSync(join(office.served.place.settings.data, `read-models.sqlite${ending}`), { force: true });
  };

  async function answers(): Promise<readonly string[]> {
    await office.served.ready();
    const officer = await office.served.as('opcc-officer');
    return Promise.all(
      questions.map(async ([name, variables]) => (await officer.post(operation(name), variables)).text),
    );
  }

  beforeAll(async () => {
    office = await openOffice();
    const { lead, officer } = office;
    ref = await office.agreed({ due: { on: dayFromToday(20) } });
    await lead.does('reportActionComplete', { ref, text: 'Done.', effectiveOn: dayFromToday(-3) });
    await officer.does('recordOtherwiseStated', {
      record: ref,
      path: 'due.on',
      says: dayFromToday(25),
      source: { document: 'Minutes' },
    });
    const recorded = (await office.history(ref)).at(-1).recordedAt as string;
    await aMoment();
    await office.raise({ title: 'Recorded later' });
    const days = [-31, -10, -3, 0].map(dayFromToday);
    questions = days.flatMap((effective) => {
      const asOf = { effective, recorded, clock: 'PROVEN' };
      const ends = { before: { ...asOf, effective: dayFromToday(-31) }, after: asOf };
      return [
        ['ActionOn', { ref, asOf }],
        ['Tracker', { asOf, filter: { owner: 'force-lead' } }],
        ['Counts', { asOf, by: 'STATUS' }],
        ['Counts', { asOf, by: 'OWNER' }],
        ['TwoDates', { ref, then: { ...asOf, effective: dayFromToday(-10) }, now: asOf }],
        ['History', { ref, asOf }],
        ['Meetings', { asOf }],
        ['Contradictions', { asOf }],
        ['AnyRecord', { ref, asOf }],
        ['WhatChanged', ends],
        ['WhatChangedOfOne', { ...ends, ref }],
        ['Bridge', { ...ends, by: 'STATUS' }],
      ] as const;
    });
    first = await answers();
  }, 60_000);
  afterAll(() => office?.served.remove());

  it('asks every question of the contract and says that its answers are settled', async () => {
    // A meeting is read as known now, so that its point in time is no settled one.
    const readings = OPERATIONS.filter((name) => name !== 'AtMeeting' && /^(query|\{)/.test(operation(name)));
    expect(new Set(questions.map(([name]) => name))).toEqual(new Set(readings));
    for (const [index, [name]] of questions.entries()) {
      const { data, errors } = JSON.parse(first[index]!);
      expect(errors).toBeUndefined();
      for (const basis of [data.ledger?.basis, data.compare?.told, data.compare?.closing])
        if (basis !== undefined) expect([name, basis.settled]).toEqual([name, true]);
    }
    const today = first.filter((_, index) => (questions[index]![1] as Json).asOf?.effective === dayFromToday(0));
    expect(today.join()).toMatch(/REPORTED_COMPLETE/);
    expect(today.join()).not.toMatch(/Recorded later/);
  });

  it('is the same after late entries, corrections, voids and everything else that is appended', async () => {
    const { lead, officer, monitoring, commissioner, board } = office;
    const history = await office.history(ref);
    await officer.does('addActionEvidence', {
      ref,
      title: 'Late',
      by: 'force-lead',
      authority: { meeting: board },
      effectiveOn: dayFromToday(-20),
      ...TYPED_LATE,
    });
    await officer.does('correctAction', {
      ref,
      event: history[0].id,
      path: 'title',
      is: 'Another title',
      reason: 'Misread.',
    });
    await officer.does('correctAction', {
      ref,
      event: history[2].id,
      path: 'effectiveOn',
      is: dayFromToday(-6),
      reason: 'Misread.',
    });
    await monitoring.does('voidActionEvent', { ref, event: history[2].id, reason: 'Of another action.' });
    await lead.does('reportActionComplete', { ref, text: 'Done again.' });
    await commissioner.does('signOffAction', { ref, authority: { meeting: board } });
    await officer.does('postponeMeeting', { ref: office.next, to: dayFromToday(37), reason: 'Strike.' });
    await monitoring.does('publishAction', { ref });
    expect(await answers()).toEqual(first);
    // What was asked does change for whoever does not say as known when (control).
    const now = await officer.asks('ActionOn', { ref });
    expect(now.ledger.action).toMatchObject({ title: 'Another title', status: 'SIGNED_OFF' });
  });

  it('is the same after a restart', async () => {
    await office.served.restart();
    expect(await answers()).toEqual(first);
  });

  it('is the same after everything that reading keeps was deleted and built anew', async () => {
    await office.served.restart(rebuild);
    expect(await answers()).toEqual(first);
  });
});
