import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLIC, type Reader } from '../access/index.ts';
import { OFFICIAL_OPEN, parseCanonical, type JsonValue, type StoredEvent } from '../ledger/index.ts';
import { REGISTERS } from '../running-ledger/index.ts';
import {
  countActions,
  findAction,
  findMeeting,
  findPost,
  historyOf,
  listActions,
  listContradictions,
  listMeetings,
  listPosts,
  wordsOf,
  type ActionGrouping,
} from '../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import type { LedgerView } from './ledger-view.ts';
import { isLink, namesIn, openedAt, withSeenLinks } from './links.ts';

const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };

describe('the table of links', () => {
  const GOLDEN = join(import.meta.dirname, '..', '..', 'test', 'golden');
  /** The record's own reference, and words of a list, some of which look like references. */
  const NO_LINKS = [
    'ref',
    'organisation',
    'kind',
    'register',
    'colour',
    'standing',
    'priority',
    'raisedBy',
    'response',
    'word',
    'outcome',
    'scale',
    'session',
    'classification',
    'capacity',
    'how',
    'path',
    'target',
    'list',
    'filter',
    'members',
    'category',
    'of',
    'side',
    'line',
    'opinion',
    'as',
    'unit',
    'maker',
    'adviceOn',
    'part',
    'basisClock',
    'purpose',
    'origin',
    'recurrence',
  ];

  function* namedIn(value: JsonValue | undefined, name: string): Generator<readonly [name: string, value: string]> {
    if (typeof value === 'string') yield [name, value];
    else if (Array.isArray(value)) for (const one of value as readonly JsonValue[]) yield* namedIn(one, name);
    else if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) yield* namedIn(member, key);
  }

  function missing(isKnown: (name: string) => boolean): readonly string[] {
    const names = new Set<string>();
    for (const { name: register } of REGISTERS)
      for (const file of readdirSync(join(GOLDEN, register))) {
        const { parts } = parseCanonical(readFileSync(join(GOLDEN, register, file))) as unknown as StoredEvent;
        for (const { name, value } of parts)
          if (name === 'facts' || name === 'actor')
            for (const [member, text] of namedIn(value, name))
              if (REGISTERS.some((one) => one.seriesOf(text) !== null) && !NO_LINKS.includes(member)) names.add(member);
      }
    expect(names.size).toBeGreaterThan(5);
    return [...names].filter((name) => !isKnown(name));
  }

  it('has every member of a frozen event that holds a reference', () => {
    expect(missing(isLink)).toEqual([]);
    expect(missing((name) => name !== 'meeting' && isLink(name))).toEqual(['meeting']);
  });

  it('has every field by which a command names another record', () => {
    const wanted = REGISTERS.flatMap((register) =>
      Object.keys(register.mayIssue).flatMap((type) =>
        register
          .links(
            {
              type,
              ref: 'x',
              ...{ meeting: 'm', body: 'b', owner: 'o', into: 'i', supersededBy: 's', person: 'p' },
              ...{ due: { meeting: 'd' } },
            },
            register.initial,
          )
          .map(({ field }) => field.split('.').at(-1)!),
      ),
    );
    expect(wanted.length).toBeGreaterThan(8);
    expect(wanted.filter((field) => field !== 'ref' && !isLink(field))).toEqual([]);
  });
});

describe('links of a state', () => {
  it('are told by where each stands, though two lists hold the same', () => {
    const one = { owner: 'force-lead' };
    const fields = () => [...namesIn({ controls: [one, { owner: 'commissioner' }], items: [one] }).values()];
    const told = [
      { ref: 'force-lead', fields: ['controls.owner', 'items.owner'] },
      { ref: 'commissioner', fields: ['controls.owner'] },
    ];
    expect(fields()).toEqual(told);
    expect(fields()).toEqual(told);
    expect([...namesIn({ controls: [one] }).values()]).toEqual([{ ref: 'force-lead', fields: ['controls.owner'] }]);
  });
});

describe('a link to a record that a reader may not see', () => {
  let ledger: LedgerBeingRead;
  let open: string;
  let merged: string;
  const hidden: Record<string, string> = {};

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    const commissioner = ledger.as('commissioner');
    const monitoring = ledger.as('monitoring-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    hidden['body'] = await officer.does({ type: 'AddBody', as: 'HIDDENBODY', name: 'Hidden' });
    hidden['post'] = await ledger.granting().does({
      type: 'AddPost',
      as: 'hidden-post',
      name: 'Hidden',
      capacity: 'opcc-officer',
    });
    await officer.does({ type: 'AddPost', as: 'open-post', name: 'Open', body: 'HIDDENBODY' });
    hidden['person'] = await officer.does({ type: 'AddPerson', name: 'Hidden' });
    await officer.does({ type: 'AppointHolder', ref: 'open-post', person: hidden['person'] });
    const board = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-09' });
    hidden['raised'] = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-10' });
    hidden['due'] = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-11' });
    hidden['corrected'] = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-12' });
    await officer.does({ type: 'HoldMeeting', ref: board });
    open = await officer.does({
      type: 'RaiseAction',
      meeting: hidden['raised'],
      title: 'Open',
      owner: 'hidden-post',
      due: { meeting: hidden['due'] },
    });
    await commissioner.does({ type: 'AgreeAction', ref: open, authority: { meeting: board } });
    const [, agreed] = (await historyOf(await ledger.view(), open, {})).edges;
    expect(agreed?.node.authority).toEqual({ meeting: board });
    hidden['authority'] = board;
    const asHidden = { by: 'hidden-post', authority: { meeting: board } };
    await officer.does({ type: 'GiveActionUpdate', ref: open, text: 'Begun.', ...asHidden });
    const events = (await historyOf(await ledger.view(), open, {})).edges;
    const correction = { ref: open, event: events[0]!.node.id, reason: 'Typed wrongly.' };
    await officer.does(
      { type: 'Correct', ...correction, path: 'due', is: { meeting: hidden['corrected'] } },
      'actions',
    );
    const stated = { ref: open, source: { document: 'Another paper' } };
    await officer.does({ type: 'RecordOtherwiseStated', ...stated, path: 'owner', says: 'hidden-post' }, 'actions');
    await officer.does({ type: 'RecordOtherwiseStated', ...stated, path: 'latestUpdate', says: 'None' }, 'actions');
    hidden['into'] = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'Other', owner: 'force-lead' });
    merged = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'Merged' });
    await commissioner.does({ type: 'AgreeAction', ref: merged });
    await officer.does({ type: 'MergeAction', ref: merged, into: hidden['into'], reason: 'The same.' });
    const minutes = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-08' });
    await officer.does({ type: 'HoldMeeting', ref: minutes });
    await officer.does({
      type: 'MinuteItem',
      ref: minutes,
      text: 'To be done.',
      owner: 'hidden-post',
      due: { meeting: hidden['due'] },
    });
    hidden['minuted'] = minutes;
    for (const ref of [open, merged]) await monitoring.does({ type: 'Publish', ref }, 'actions');
    await monitoring.does({ type: 'Publish', ref: 'open-post' }, 'directory');
    await monitoring.does({ type: 'Publish', ref: minutes }, 'meetings');
    // One by one, so that what is not told by one is not hidden by another.
    for (const [ref, register] of [
      [hidden['body'], 'directory'],
      [hidden['post'], 'directory'],
      [hidden['person'], 'directory'],
      [hidden['raised'], 'meetings'],
      [hidden['due'], 'meetings'],
      [hidden['corrected'], 'meetings'],
      [hidden['authority'], 'meetings'],
      [hidden['into'], 'actions'],
    ] as const)
      await monitoring.does({ type: 'Mark', ref: ref, to: SENSITIVE }, register);
    // What arises from a hidden meeting is as hidden, until it is marked otherwise.
    for (const marking of [SENSITIVE, OFFICIAL_OPEN])
      await monitoring.does({ type: 'Mark', ref: open, to: marking }, 'actions');
    const raised = (await findAction(await ledger.view(), open))!;
    expect(raised.state.meeting).toBe(hidden['raised']);
    delete hidden['minuted'];
  }, 60_000);
  afterAll(() => ledger.remove());

  async function everything(reader: Reader): Promise<string> {
    const view = await ledger.view({}, reader);
    const counts = (by: ActionGrouping) => countActions(view, by, {});
    return JSON.stringify([
      await findAction(view, open),
      await findAction(view, merged),
      (await historyOf(view, open, {})).edges.map(({ node: { position: _, ...node } }) => node),
      (await historyOf(view, merged, {})).edges.map(({ node: { position: _, ...node } }) => node),
      await findPost(view, 'open-post'),
      await listPosts(view),
      (await listMeetings(view, {}, {})).edges,
      await findMeeting(view, 'CGB-2023-10-08'),
      (await historyOf(view, 'CGB-2023-10-08', {})).edges.map(({ node }) => node.facts),
      (await listContradictions(view, {})).edges,
      await counts('OWNER'),
      await counts('MEETING'),
      await counts('BODY'),
    ]);
  }

  it('is told to those who may see it (control)', async () => {
    const told = await everything(FULL);
    for (const ref of Object.values(hidden)) expect(told).toContain(ref);
  });

  it.each([
    ['official', OFFICIAL],
    ['public', PUBLIC],
  ])('reads as a link to nothing, wherever it stands, for the %s audience', async (_, reader) => {
    const told = await everything(reader);
    // It answers: what is there to be seen is seen.
    expect(told).toContain(open);
    expect(told).toContain(merged);
    expect(told).toContain('open-post');
    for (const ref of Object.values(hidden)) expect(told).not.toContain(ref);
  });

  it('filters and counts as a link to nothing', async () => {
    const view = await ledger.view({}, OFFICIAL);
    for (const [name, ref] of [
      ['meeting', hidden['raised']!],
      ['owner', 'hidden-post'],
      ['body', 'HIDDENBODY'],
    ] as const) {
      const filter = { [name]: ref };
      expect((await listActions(view, filter, {})).totalCount).toBe(0);
      expect(await countActions(view, 'STATUS', filter)).toEqual([]);
      expect((await listMeetings(view, { body: ref }, {})).totalCount).toBe(0);
    }
    expect((await listActions(await ledger.view(), { meeting: hidden['raised']! }, {})).totalCount).toBe(1);
    expect(await countActions(view, 'MEETING', {})).toEqual([
      { key: null, label: 'raised outside meetings', count: 2 },
    ]);
    expect((await countActions(view, 'OWNER', {})).map(({ key, count }) => [key, count])).toEqual([[null, 2]]);
  });

  describe('in what another source says', () => {
    /** Nothing is called so. It reads as what is hidden does. */
    const ABSENT = 'CGB-2023-10-30';
    const said: (readonly [path: string, says: string, official: boolean])[] = [];

    beforeAll(async () => {
      const officer = ledger.as('opcc-officer');
      said.push(
        ['meeting', hidden['due']!, false],
        ['meeting', ABSENT, false],
        ['meeting', `The board that was to be (${hidden['due']}).`, false],
        ['meeting', `The board that was to be (${ABSENT}).`, false],
        ['meeting', 'The spring board', true],
        ['meeting', 'The board that was (CGB-2023-10-08).', true],
        ['owner', 'hidden-post', false],
        ['owner', 'absent-post', false],
        ['owner', `Somebody: ${hidden['person']}`, false],
        ['due', `At ${hidden['due']}`, false],
        ['deferred', `To ${ABSENT}`, false],
        // Words are as hidden as the event that says them, whatever they name.
        ['title', `Follow up ${hidden['due']}`, true],
      );
      for (const [path, says] of said)
        await officer.does(
          { type: 'RecordOtherwiseStated', ref: open, path, says, source: { document: 'Minutes' } },
          'actions',
        );
    });

    const told = async (reader: Reader) => {
      const view = await ledger.view({}, reader);
      const { disputed } = (await findAction(view, open))!;
      const { edges } = await historyOf(view, open, { first: 500 });
      const inHistory = new Map(
        await Promise.all(edges.map(async ({ node }) => [node.id, await wordsOf(view, node)] as const)),
      );
      const mine = disputed.slice(-said.length);
      return Promise.all(
        mine.map(async ({ event, path, says }) => [path, await openedAt(view, path, says), inHistory.get(event)]),
      );
    };

    it('is told to those who may see it (control)', async () => {
      expect(await told(FULL)).toEqual(said.map(([path, says]) => [path, says, says]));
    });

    it('reads as a link to nothing, alone or among words, where the field is no free words', async () => {
      expect(await told(OFFICIAL)).toEqual(
        said.map(([path, says, shown]) => [path, shown ? says : null, shown ? says : null]),
      );
    });
  });

  it('shows of what is held in the state no more than the field, and nobody who did or typed it', async () => {
    for (const reader of [FULL, OFFICIAL, PUBLIC]) {
      const edges = (await listContradictions(await ledger.view({}, reader), {})).edges;
      const update = edges.find(({ node }) => node.path === 'latestUpdate')!.node;
      expect(update.holds.value).toEqual({ event: expect.any(String) as string, part: 'text/update' });
      expect(JSON.stringify(edges)).not.toMatch(/enteredBy|byPerson|p-opcc-officer/);
    }
  });
});

describe('what it costs a reader to look up what is named', () => {
  let ledger: LedgerBeingRead;
  const actions: Record<string, string> = {};

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    const monitoring = ledger.as('monitoring-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    await officer.does({ type: 'AddPost', as: 'open-post', name: 'Open' });
    await officer.does({ type: 'AddPost', as: 'hidden-post', name: 'Hidden' });
    for (const what of ['plain', 'naming'])
      actions[what] = await officer.does({ type: 'RaiseAction', body: 'CGB', title: what, owner: 'open-post' });
    for (const owner of ['hidden-post', 'open-post'])
      await officer.does({ type: 'ReassignAction', ref: actions['naming'], owner });
    await monitoring.does({ type: 'Mark', ref: 'hidden-post', to: SENSITIVE }, 'directory');
  });
  afterAll(() => ledger.remove());

  const costOf = async (reader: Reader, read: (view: LedgerView) => Promise<unknown>): Promise<number> => {
    const view = await ledger.view({}, reader);
    const before = ledger.models.questions;
    await read(view);
    return ledger.models.questions - before;
  };

  it('is as many questions where that is hidden as where all was looked up before, and where nothing is named', async () => {
    const page = (ref: string) => async (view: LedgerView) => {
      await findAction(view, ref);
      await historyOf(view, ref, {});
    };
    const plain = await costOf(OFFICIAL, page(actions['plain']!));
    expect(plain).toBeGreaterThan(1);
    expect(await costOf(OFFICIAL, page(actions['naming']!))).toBe(plain);
    const states: readonly unknown[] = [{}, { owner: 'open-post' }, { owner: 'hidden-post' }];
    for (const state of states) expect(await costOf(OFFICIAL, (view) => withSeenLinks(view, [state]))).toBe(1);
  });

  it('is as many questions where a hidden record was recorded by mistake as where none was', async () => {
    const page = (view: LedgerView) => findAction(view, actions['plain']!);
    const before = await costOf(OFFICIAL, page);
    const monitoring = ledger.as('monitoring-officer');
    const [added] = (await historyOf(await ledger.view(), 'hidden-post', {})).edges;
    await monitoring.does(
      { type: 'Void', ref: 'hidden-post', event: added!.node.id, reason: 'By mistake.' },
      'directory',
    );
    expect(await costOf(OFFICIAL, page)).toBe(before);
  });
});
