import type { Json, Variables } from './client.ts';
import { aMoment, dayFromToday, HELD_ON, openOffice, TYPED_LATE, type Office } from './office.ts';

const TODAY = dayFromToday(0);
const TEN_DAYS_AGO = dayFromToday(-10);
const TWENTY_DAYS_AGO = dayFromToday(-20);
const ALL_ENDS = { before: { effective: HELD_ON }, after: { effective: TODAY } };

describe('comparing two bases of actions', () => {
  let office: Office;
  /** What was told ten days ago. */
  let told: Variables;
  let moved: string;
  let learned: string;
  let corrected: string;
  let mistaken: string;
  let same: string;

  beforeAll(async () => {
    office = await openOffice();
    const { lead, officer, monitoring, served } = office;
    [moved, corrected, mistaken, same] = [
      await office.agreed({ title: 'Moved', due: { on: dayFromToday(5) } }),
      await office.agreed({ title: 'Corrected', due: { on: dayFromToday(5) } }),
      await office.agreed({ title: 'Recorded by mistake' }),
      await office.agreed({ title: 'The same', due: { on: dayFromToday(40) } }),
    ];
    await served.ready();
    await aMoment();
    const { ledger } = await officer.asks('Tracker');
    told = { effective: TWENTY_DAYS_AGO, recorded: ledger.basis.recorded };
    await aMoment();
    learned = await office.agreed({ title: 'Learned late', effectiveOn: HELD_ON });
    const history = await office.history(corrected);
    await officer.does('correctAction', {
      ref: corrected,
      event: history[0].id,
      path: 'due.on',
      is: dayFromToday(3),
      reason: 'The paper says another day.',
    });
    await monitoring.does('voidActionEvent', {
      ref: mistaken,
      event: (await office.history(mistaken))[0].id,
      reason: 'Typed twice.',
    });
    await lead.does('giveActionUpdate', { ref: moved, text: 'Begun.', effectiveOn: TEN_DAYS_AGO, ...TYPED_LATE });
    await lead.does('reportActionComplete', { ref: moved, text: 'Done.' });
    await served.ready();
  }, 60_000);
  afterAll(() => office?.served.remove());

  const compared = async (ends: Variables = {}, more: Variables = {}) =>
    (await office.officer.asks('WhatChanged', { before: told, after: {}, ...ends, ...more })).compare;
  const refs = ({ actions }: Json) => actions.edges.map(({ node }: Json) => node.ref);

  it('answers its three bases, over one day as told and as known now, and one head', async () => {
    const { told: first, knownNow, closing } = await compared();
    expect([first.effective, knownNow.effective, closing.effective]).toEqual([TWENTY_DAYS_AGO, TWENTY_DAYS_AGO, TODAY]);
    expect([first.recorded, knownNow.recorded]).toEqual([told['recorded'], closing.recorded]);
    expect(knownNow.position).toBe(closing.position);
    expect([first.clock, knownNow.clock, closing.clock]).toEqual(['STATED', 'STATED', 'STATED']);
  });

  it('shares one now between two ends that name no instant, also where one of them is pinned', async () => {
    const { told: first, closing } = await compared({ before: { effective: HELD_ON }, after: {} });
    expect([first.recorded, first.position]).toEqual([closing.recorded, closing.position]);
    const { position } = (await office.history(moved))[0];
    const pinned = await compared({ before: { effective: HELD_ON, position }, after: {} });
    expect(pinned.told.recorded).toBe(pinned.closing.recorded);
    expect(pinned.told.position).not.toBe(pinned.closing.position);
  });

  it('narrows by words as the list does at each of the three bases', async () => {
    const { actions } = await compared({}, { filter: { text: 'learned' } });
    expect(actions.edges.map(({ node }: Json) => [node.ref, node.restated.change])).toEqual([[learned, 'ENTERED']]);
  });

  it('tells of each record that changed what was restated apart from what moved, with the three values and what caused it', async () => {
    const { actions } = await compared();
    expect(actions.totalCount).toBe(4);
    const of = (ref: string) => actions.edges.find(({ node }: Json) => node.ref === ref).node;
    expect(of(learned)).toMatchObject({
      told: null,
      knownNow: { status: 'AGREED' },
      closing: { status: 'AGREED' },
      restated: { change: 'ENTERED', kinds: ['LEARNED'] },
      moved: null,
    });
    expect(of(corrected)).toMatchObject({
      told: { due: { current: dayFromToday(5) } },
      knownNow: { due: { current: dayFromToday(3) } },
      restated: { change: 'CHANGED', kinds: ['CORRECTED'] },
      moved: null,
    });
    const due = of(corrected).restated.fields.find(({ name }: Json) => name === 'due.current');
    expect(due.causes).toEqual([
      { kind: 'EVENT', record: corrected, event: expect.objectContaining({ type: 'Corrected' }) },
    ]);
    expect(of(mistaken)).toMatchObject({
      told: { status: 'AGREED' },
      knownNow: null,
      closing: null,
      restated: { change: 'LEFT', kinds: ['VOIDED'] },
      moved: null,
    });
    expect(of(moved)).toMatchObject({
      told: { status: 'AGREED' },
      knownNow: { status: 'AGREED' },
      closing: { status: 'REPORTED_COMPLETE' },
      restated: null,
      moved: { change: 'CHANGED', kinds: ['PROGRESSED', 'REPORTED'] },
    });
  });

  it('is empty between a basis and itself', async () => {
    const { actions, closing } = await compared({ before: {}, after: {} });
    expect(actions).toMatchObject({ totalCount: 0, edges: [] });
    const pinned = { effective: closing.effective, recorded: closing.recorded, position: closing.position };
    expect((await compared({ before: pinned, after: pinned })).actions.totalCount).toBe(0);
  });

  it('applies the filter of the list at each of the three bases: who enters or leaves it has entered or left', async () => {
    const { actions } = await compared({}, { filter: { status: ['AGREED'] } });
    const changes = actions.edges.map(({ node }: Json) => [
      node.ref,
      node.restated?.change ?? null,
      node.moved?.change ?? null,
    ]);
    expect(Object.fromEntries(changes.map(([ref, ...steps]: string[]) => [ref, steps]))).toEqual({
      [moved]: [null, 'LEFT'],
      [corrected]: ['CHANGED', null],
      [mistaken]: ['LEFT', null],
      [learned]: ['ENTERED', null],
    });
    // At neither end in progress, and for ten days in between.
    const passed = await compared({}, { filter: { status: ['IN_PROGRESS'] } });
    expect(passed.actions.edges.map(({ node }: Json) => [node.ref, node.moved.change])).toEqual([
      [moved, 'PASSED_THROUGH'],
    ]);
  });

  it('pages in the order of the list', async () => {
    const all = refs(await compared());
    const read: string[] = [];
    for (let cursor: string | null = null; ;) {
      const { actions }: Json = await compared({}, { first: 3, cursor });
      expect(actions.totalCount).toBe(all.length);
      read.push(...actions.edges.map(({ node }: Json) => node.ref));
      if (!actions.pageInfo.hasNextPage) break;
      cursor = actions.pageInfo.endCursor;
    }
    expect(read).toEqual(all);
  });

  it('compares one record, changed or not', async () => {
    const one = async (ref: string) =>
      (await office.officer.asks('WhatChangedOfOne', { before: told, after: {}, ref })).compare.action;
    expect(await one(same)).toMatchObject({ ref: same, restated: null, moved: null, told: { title: 'The same' } });
    expect(await one(moved)).toMatchObject({ moved: { change: 'CHANGED' } });
    expect(await one('CGB-2023-01-A99')).toBeNull();
    expect(await one('CGB')).toBeNull();
  });

  it.each(['STATUS', 'PUBLISHED', 'OWNER', 'BODY', 'MEETING'])(
    'has a bridge by %s that sums in every cell and in the total, and counts what the ledger counts',
    async (by) => {
      const { compare } = await office.officer.asks('Bridge', { before: told, after: {}, by });
      const { cells, lines, total } = compare.actionBridge;
      for (const { key, told: opening, knownNow, closing } of cells) {
        const at = (one: Json) => one !== null && one.key === key;
        const net = (step: string) =>
          lines.reduce(
            (sum: number, line: Json) =>
              line.step === step ? sum + (at(line.to) ? line.count : 0) - (at(line.from) ? line.count : 0) : sum,
            0,
          );
        expect([key, opening + net('RESTATED'), knownNow + net('MOVED')]).toEqual([key, knownNow, closing]);
      }
      for (const line of lines) expect(line.records.totalCount).toBe(line.count);
      const { ledger } = await office.officer.asks('Counts', { asOf: {}, by });
      expect(cells.filter(({ closing }: Json) => closing > 0).map(({ key, closing }: Json) => [key, closing])).toEqual(
        ledger.actionCounts.map(({ key, count }: Json) => [key, count]),
      );
      expect(total).toEqual({ told: 4, knownNow: 4, closing: 4 });
    },
  );

  it('says what a line of a bridge is made of, and opens it', async () => {
    const { compare } = await office.officer.asks('Bridge', { before: told, after: {}, by: 'STATUS' });
    const lines = compare.actionBridge.lines.map(({ step, kind, from, to, records }: Json) => [
      step,
      kind,
      from?.key,
      to?.key,
      records.edges.map(({ node }: Json) => node.ref),
    ]);
    expect(lines).toEqual([
      ['RESTATED', 'LEARNED', undefined, 'AGREED', [learned]],
      ['RESTATED', 'VOIDED', 'AGREED', undefined, [mistaken]],
      ['MOVED', 'REPORTED', 'AGREED', 'REPORTED_COMPLETE', [moved]],
    ]);
  });

  it('opens every cell to its records at each of the three bases', async () => {
    const at = (basis: string) => `${basis}: records(at: ${basis}) { totalCount edges { node { ref status } } }`;
    const { compare } = await office.officer.runs(
      `query ($before: AsOf!, $after: AsOf!) { compare(before: $before, after: $after) {
        actionBridge(by: STATUS) { cells { key told knownNow closing ${['TOLD', 'KNOWN_NOW', 'CLOSING'].map(at).join(' ')} } } } }`,
      { before: told, after: {} },
    );
    for (const { key, told: first, knownNow, closing, TOLD, KNOWN_NOW, CLOSING } of compare.actionBridge.cells) {
      expect([TOLD, KNOWN_NOW, CLOSING].map(({ totalCount }: Json) => totalCount)).toEqual([first, knownNow, closing]);
      for (const { edges, totalCount } of [TOLD, KNOWN_NOW, CLOSING])
        expect(edges.map(({ node }: Json) => node.status)).toEqual(Array.from({ length: totalCount }, () => key));
    }
  });

  it('counts by kind and by what became of them, and narrows by both', async () => {
    const asked = async (args: string) =>
      (
        await office.officer.runs(
          `query ($before: AsOf!, $after: AsOf!) { compare(before: $before, after: $after) { actions${args} {
            totalCount byKind { step kind label count } byChange { step change count } edges { node { ref } } } } }`,
          { before: told, after: {} },
        )
      ).compare.actions;
    const { byKind, byChange } = await asked('');
    expect(byKind.map(({ kind, count }: Json) => [kind, count])).toEqual(
      expect.arrayContaining([
        ['LEARNED', 1],
        ['CORRECTED', 1],
        ['VOIDED', 1],
        ['PROGRESSED', 1],
        ['REPORTED', 1],
      ]),
    );
    expect(byChange).toContainEqual({ step: 'RESTATED', change: 'ENTERED', count: 1 });
    for (const { kind, step, count } of byKind)
      expect([kind, (await asked(`(kinds: [${kind}], step: ${step})`)).totalCount]).toEqual([kind, count]);
    expect((await asked('(changes: [LEFT])')).edges).toEqual([{ node: { ref: mistaken } }]);
    expect((await asked('(step: MOVED)')).edges).toEqual([{ node: { ref: moved } }]);
  });

  it.each([
    ['days', { before: { effective: TODAY }, after: { effective: HELD_ON } }, 'before.effective', /two days round/],
    [
      'instants',
      { before: { effective: HELD_ON }, after: { recorded: '2020-01-01T00:00:00Z' } },
      'before.recorded',
      /two instants round/,
    ],
    ['clocks', { before: { clock: 'PROVEN' }, after: {} }, 'after.clock', /one clock/],
    [
      'a first day ahead of today',
      { before: { effective: '2999-01-01' }, after: {} },
      'before.effective',
      /ahead of today/,
    ],
    [
      'a second instant ahead of now',
      { before: {}, after: { recorded: '2999-01-01T00:00:00Z' } },
      'after.recorded',
      /ahead of now/,
    ],
    ['a position that was made up', { before: {}, after: { position: 'bm8' } }, 'after.position', /position/],
  ])('refuses ends with the wrong %s, and names the field', async (_, ends, field, says) => {
    const query = `query ($before: AsOf!, $after: AsOf!) { compare(before: $before, after: $after) { told { effective } } }`;
    const error = await office.officer.failsToRun(query, ends);
    expect(error.extensions).toEqual({ code: 'INVALID', refusal: null, field });
    expect(error.message).toMatch(says);
  });

  it('refuses positions that are the wrong way round', async () => {
    const history = await office.history(moved);
    const [first, last] = [history[0].position, history.at(-1).position];
    const query = `query ($before: AsOf!, $after: AsOf!) { compare(before: $before, after: $after) { actions { totalCount } } }`;
    const error = await office.officer.failsToRun(query, { before: { position: last }, after: { position: first } });
    expect(error.extensions).toMatchObject({ code: 'INVALID', field: 'before.position' });
    expect(
      (await office.officer.runs(query, { before: { position: first }, after: { position: last } })).compare.actions
        .totalCount,
    ).toBeGreaterThan(0);
  });

  it('tells a reader of less than everything of nothing that is hidden from them', async () => {
    const member = await office.served.as('jarap-member');
    const before = (await member.asks('WhatChanged', ALL_ENDS)).compare.actions.totalCount;
    const hidden = await office.raise({ title: 'Sensitive', marking: 'SENSITIVE' });
    await office.served.ready();
    const seen = await member.asks('WhatChanged', ALL_ENDS);
    expect(seen.compare.actions.totalCount).toBe(before);
    const asked = { before: {}, after: {}, ref: hidden };
    expect((await member.asks('WhatChangedOfOne', asked)).compare.action).toBeNull();
    expect((await office.officer.asks('WhatChangedOfOne', asked)).compare.action).toMatchObject({ ref: hidden });
  });
});
