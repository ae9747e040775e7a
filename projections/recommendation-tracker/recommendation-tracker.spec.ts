import { PUBLIC, type Reader } from '../../libs/access/index.ts';
import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import type { AsOf } from '../../libs/read-models/index.ts';
import { recommendationStatus, type RecommendationStatus } from '../../libs/registers/recommendations/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { LISTS, whatMadeIt } from '../index.ts';
import {
  countRecommendations,
  findRecommendation,
  listRecommendations,
  recommendationAges,
  recommendationsFirstDue,
  recommendationWithState,
  type RecommendationFilter,
  type TrackedRecommendation,
} from './queries.ts';
import { colourOf, recommendationTable } from './table-queries.ts';

const why = { reason: 'As the paper says.' };
const hidden = { marking: { ...OFFICIAL_OPEN, sensitive: true } };
const STATUSES = Object.keys(recommendationStatus.members) as readonly RecommendationStatus[];

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let commissioner: ReturnType<LedgerBeingRead['as']>;
let monitoring: ReturnType<LedgerBeingRead['as']>;
let lead: ReturnType<LedgerBeingRead['as']>;
const refs: Record<string, string> = {};

const onDay = (day: string) => ledger.clock.set(`${day}T12:00:00.000Z`);

async function made(title: string, more: object = {}): Promise<string> {
  return (refs[title] = await officer.does({
    ...{ type: 'MakeRecommendation', body: 'CGB', originator: 'HMI', kind: 'RECOMMENDATION', title },
    ...{ effectiveOn: '2024-01-05', ...why, ...more },
  }));
}
const says = (post: typeof lead, type: string, title: string, word: string, effectiveOn: string, more = {}) =>
  post.does({ type, ref: refs[title]!, word, effectiveOn, ...why, ...more });
const ownerSays = (title: string, word: string, on: string, more = {}) =>
  says(lead, 'SayOwnerWord', title, word, on, more);
const officeSays = (title: string, word: string, on: string, more = {}) =>
  says(commissioner, 'SayOfficeWord', title, word, on, more);

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  commissioner = ledger.as('commissioner');
  monitoring = ledger.as('monitoring-officer');
  lead = ledger.as('force-lead');
  const bodies = { CGB: 'Board', HMI: 'Inspectorate', AUD: 'Auditors', REV: 'Reviewers', DUE: 'Dates' };
  for (const [as, name] of Object.entries(bodies)) await officer.does({ type: 'AddBody', as, name });
  await officer.does({ type: 'AddPost', as: 'quiet-lead', name: 'Quiet lead', ...hidden });
  await officer.does({ type: 'AddBody', as: 'QUIET', name: 'Quiet reviewers', ...hidden });
});
afterAll(() => ledger.remove());

describe('recommendations, of every status and by routes that change', () => {
  const owned = { owner: 'force-lead', due: { on: '2024-02-15' } };

  beforeAll(async () => {
    await made('nobody has answered it');
    await made('answered', { owner: 'quiet-lead' });
    await ledger
      .as('quiet-lead')
      .does({ type: 'AnswerRecommendation', ref: refs['answered']!, response: 'NOT_ACCEPTED', ...why });
    await made('allocated', owned);
    await made('begun', owned);
    await lead.does({ type: 'UpdateRecommendation', ref: refs['begun']!, text: 'It was begun.' });
    await made('of a hidden owner', { owner: 'quiet-lead' });
    await made('hidden', { ...owned, ...hidden });
    await made('of a hidden originator', { ...owned, originator: 'QUIET' });
    for (const title of ['reported', 'closed', 'sent back', 'opened by a word', 'opened by a command'])
      await made(title, owned);
    for (const title of ['accepted as a risk', 'superseded', 'not adopted', 'removed']) await made(title, owned);
    for (const title of ['closed by its owner alone', 'reported under the stricter route', 'closed by a route'])
      await made(title, { ...owned, originator: 'AUD' });
    const since = { effectiveOn: '2024-01-01', ...why };
    await monitoring.does({
      type: 'AddRule',
      kind: 'CLOSURE_ROUTE',
      body: 'AUD',
      title: 'How audits are closed',
      ...since,
    });
    await monitoring.does({
      type: 'AddRule',
      kind: 'CLOSURE_ROUTE',
      body: 'QUIET',
      title: 'Quiet',
      ...hidden,
      ...since,
    });
    const route = (body: string, effectiveOn: string, ...parties: readonly string[]) =>
      monitoring.does({
        ...{ type: 'SetClosureRoute', ref: `${body}-closure`, effectiveOn, ...why },
        ...Object.fromEntries(
          ['owner', 'office', 'auditor', 'originator'].map((one) => [`${one}Says`, parties.includes(one)]),
        ),
      });
    await route('AUD', '2024-01-01', 'owner');
    await route('AUD', '2024-03-01', 'owner', 'office');
    await route('AUD', '2024-05-01', 'owner');
    await route('QUIET', '2024-01-01', 'owner');

    onDay('2024-04-20');
    await ownerSays('reported', 'DONE', '2024-02-10', { evidence: 'The log.' });
    await ownerSays('closed', 'DONE', '2024-02-10');
    await officeSays('closed', 'DONE', '2024-02-20');
    await ownerSays('sent back', 'DONE', '2024-02-10');
    await officeSays('sent back', 'PARTLY', '2024-02-12');
    await ownerSays('opened by a word', 'DONE', '2024-02-01');
    await officeSays('opened by a word', 'DONE', '2024-02-10');
    await officeSays('opened by a word', 'NOT_DONE', '2024-04-01');
    await ownerSays('opened by a command', 'DONE', '2024-02-01');
    await officeSays('opened by a command', 'DONE', '2024-02-10');
    await commissioner.does({
      type: 'ReopenRecommendation',
      ref: refs['opened by a command']!,
      effectiveOn: '2024-04-05',
      ...why,
    });
    const ends = (type: string, title: string, more: object) =>
      commissioner.does({ type, ref: refs[title]!, effectiveOn: '2024-03-01', ...why, ...more });
    await ends('AcceptRecommendationRisk', 'accepted as a risk', { until: '2024-03-31' });
    await ends('SupersedeRecommendation', 'superseded', { supersededBy: refs['allocated']! });
    await ends('DeclineRecommendation', 'not adopted', {});
    await ends('RemoveRecommendation', 'removed', { agreedBy: 'CGB' });
    await ownerSays('closed by its owner alone', 'DONE', '2024-02-01');
    await ownerSays('reported under the stricter route', 'DONE', '2024-03-10');
    await officeSays('reported under the stricter route', 'PARTLY', '2024-03-12');
    await ownerSays('closed by a route', 'DONE', '2024-03-10');
    await ownerSays('of a hidden originator', 'DONE', '2024-03-10');
    onDay('2024-06-01');
  });

  const statusesOn = async (effective: string, reader: Reader = FULL) => {
    const view = await ledger.view({ effective }, reader);
    const known = await Promise.all(
      Object.entries(refs).map(async ([title, ref]) => [title, (await findRecommendation(view, ref))?.standing.status]),
    );
    return Object.fromEntries(known.filter(([, status]) => status !== undefined)) as Record<string, string>;
  };

  it('stand on 1 April where what was said by then and the routes of that day put them', async () => {
    expect(await statusesOn('2024-04-01')).toEqual({
      'nobody has answered it': 'AWAITING_RESPONSE',
      answered: 'ALLOCATED',
      allocated: 'ALLOCATED',
      begun: 'IN_PROGRESS',
      'of a hidden owner': 'ALLOCATED',
      hidden: 'ALLOCATED',
      // By its own route, which asks for its owner alone.
      'of a hidden originator': 'CLOSED',
      reported: 'REPORTED_COMPLETE',
      closed: 'CLOSED',
      'sent back': 'IN_PROGRESS',
      'opened by a word': 'IN_PROGRESS',
      'opened by a command': 'CLOSED',
      // Accepted until 31 March: open again, where nothing had been heard of it.
      'accepted as a risk': 'ALLOCATED',
      superseded: 'SUPERSEDED',
      'not adopted': 'NOT_ADOPTED',
      removed: 'REMOVED',
      'closed by its owner alone': 'CLOSED',
      'reported under the stricter route': 'IN_PROGRESS',
      'closed by a route': 'REPORTED_COMPLETE',
    });
    expect(await statusesOn('2024-03-31')).toMatchObject({
      'accepted as a risk': 'RISK_ACCEPTED',
      'opened by a word': 'CLOSED',
    });
    // From 1 May the route asks for its owner alone again: that closes what it finds done.
    expect(await statusesOn('2024-05-01')).toMatchObject({
      'closed by a route': 'CLOSED',
      'reported under the stricter route': 'IN_PROGRESS',
      'opened by a command': 'IN_PROGRESS',
    });
  });

  it('are to a reader who may not see owner, originator or route as though there were none', async () => {
    const seen = await statusesOn('2024-04-01', OFFICIAL);
    expect(seen).toMatchObject({
      'of a hidden owner': 'AWAITING_RESPONSE',
      answered: 'AWAITING_ALLOCATION',
      'of a hidden originator': 'REPORTED_COMPLETE',
    });
    expect(seen['hidden']).toBeUndefined();
    expect(await statusesOn('2024-04-01', PUBLIC)).toEqual({});
  });

  /** All recommendations that are listed at a basis, however many the pages. */
  async function listed(asOf: AsOf, reader: Reader, filter: RecommendationFilter) {
    const view = await ledger.view(asOf, reader);
    const { edges, totalCount } = await listRecommendations(view, filter, { first: 100 });
    expect(edges.length).toBe(totalCount);
    return edges.map(({ node }) => node);
  }

  const DAYS = [
    '2024-01-04',
    '2024-01-06',
    '2024-02-10',
    '2024-02-20',
    '2024-03-01',
    '2024-03-11',
    '2024-03-31',
    '2024-04-01',
  ];
  const BASES: readonly AsOf[] = [
    ...[...DAYS, '2024-04-20', '2024-05-01', '2024-06-01'].map((effective) => ({ effective })),
    { effective: '2024-01-10', recorded: '2024-01-11T00:00:00Z', clock: 'PROVEN' },
  ];

  it.each([
    ['the office', FULL],
    ['a reader from whom some is hidden', OFFICIAL],
    ['the public', PUBLIC],
  ])('are listed, narrowed and counted for %s as the page of each says, on every day', async (_, reader) => {
    const narrowed: readonly (readonly [RecommendationFilter, (one: TrackedRecommendation) => boolean])[] = [
      ...STATUSES.map(
        (status) => [{ status: [status] }, (one: TrackedRecommendation) => one.standing.status === status] as const,
      ),
      ...[true, false].flatMap((is): [RecommendationFilter, (one: TrackedRecommendation) => boolean][] => [
        [{ overdue: is }, (one) => one.overdue === is],
        [{ overdueByOriginal: is }, (one) => one.overdueByOriginal === is],
        [{ outOfStep: is }, (one) => one.standing.outOfStep.length > 0 === is],
        [
          { reopened: is },
          ({ state, standing }) => state.reopenings.length + standing.reopenedByWords.length > 0 === is,
        ],
      ]),
    ];
    for (const asOf of BASES) {
      const all = await listed(asOf, reader, {});
      for (const [filter, passes] of narrowed) {
        const wanted = all.filter(passes).map(({ ref }) => ref);
        expect([asOf, filter, (await listed(asOf, reader, filter)).map(({ ref }) => ref)]).toEqual([
          asOf,
          filter,
          wanted,
        ]);
      }
      const counts = await countRecommendations(await ledger.view(asOf, reader), 'STATUS', {});
      const counted = STATUSES.map((key) => ({ key, count: all.filter((one) => one.standing.status === key).length }));
      expect(counts.map(({ key, count }) => ({ key, count }))).toEqual(counted.filter(({ count }) => count > 0));
    }
  });

  it.each([
    ['closed', '2024-04-01', 'OfficeWordSaid'],
    ['sent back', '2024-04-01', 'OfficeWordSaid'],
    ['opened by a word', '2024-04-01', 'OfficeWordSaid'],
    // A route that asks for fewer closed it: the last word was enough then.
    ['closed by a route', '2024-05-01', 'OwnerWordSaid'],
    ['accepted as a risk', '2024-03-31', 'RiskAccepted'],
    ['accepted as a risk', '2024-04-01', 'RecommendationMade'],
    ['not adopted', '2024-04-01', 'RecommendationNotAdopted'],
  ])('were brought where they stand by one fact: %s on %s', async (title, effective, type) => {
    const view = await ledger.view({ effective });
    const found = (await findRecommendation(view, refs[title]!))!;
    const withState = await recommendationWithState(view, found);
    expect(await whatMadeIt(view, refs[title]!, (state) => withState(state).standing.status)).toMatchObject({ type });
  });

  it('have evidence only where the reader may see it', async () => {
    const document = await officer.does({
      type: 'RecordDocument',
      body: 'CGB',
      title: 'Secret proof',
      kind: 'REPORT',
      publisher: 'P',
      ...hidden,
    });
    await made('proved in secret', { owner: 'commissioner' });
    await says(commissioner, 'SayOwnerWord', 'proved in secret', 'DONE', '2024-05-10', { cites: document });
    const proved = async (reader: Reader) =>
      (await listed({}, reader, { evidence: true })).map(({ ref }) => ref).includes(refs['proved in secret']!);
    expect([await proved(FULL), await proved(OFFICIAL)]).toEqual([true, false]);
    const closed = await listed({ effective: '2024-04-01' }, FULL, { status: ['CLOSED'], evidence: false });
    expect(closed.map(({ ref }) => ref)).toContain(refs['closed']);
  });

  it('are raised again, and linked at all, as far as the reader may see both ends', async () => {
    const links = (title: string, to: string, as: string) =>
      officer.does({ type: 'LinkRecord', ref: refs[title]!, to: refs[to]!, as, ...why }, 'recommendations');
    await links('reported', 'closed', 'RE_RAISES');
    await links('begun', 'hidden', 'FOLLOWS_FROM');
    await links('hidden', 'allocated', 'RE_RAISES');
    // What is hidden only later leaves the fact in sight that named it.
    await made('hidden later');
    await links('nobody has answered it', 'hidden later', 'FOLLOWS_FROM');
    await monitoring.does({ type: 'Mark', ref: refs['hidden later']!, to: hidden.marking, ...why }, 'recommendations');
    const titlesOf = async (filter: RecommendationFilter, reader: Reader, asOf: AsOf = {}) =>
      (await listed(asOf, reader, filter)).map(({ ref }) => Object.keys(refs).find((title) => refs[title] === ref));
    expect(await titlesOf({ raisedAgain: true, status: ['CLOSED'] }, FULL)).toEqual(['closed']);
    expect(await titlesOf({ raisedAgain: true }, FULL)).toEqual(['allocated', 'closed']);
    expect(await titlesOf({ raisedAgain: true }, OFFICIAL)).toEqual(['closed']);
    expect((await titlesOf({ linked: true }, FULL)).sort()).toEqual([
      'allocated',
      'begun',
      'closed',
      'hidden',
      'hidden later',
      'nobody has answered it',
      'reported',
    ]);
    expect((await titlesOf({ linked: true }, OFFICIAL)).sort()).toEqual(['closed', 'reported']);
    expect(await titlesOf({ linked: true }, FULL, { effective: '2024-05-31' })).toEqual([]);
    const [all, linked, unlinked] = await Promise.all(
      [{}, { linked: true }, { linked: false }].map(async (filter) => (await listed({}, OFFICIAL, filter)).length),
    );
    expect(unlinked).toBe(all! - linked!);
  });

  it('are linked to a risk, from either end, as far as the reader may see it: to no other record', async () => {
    const risk = (title: string, marked: object = {}) =>
      officer.does({ type: 'ProposeRisk', body: 'CGB', register: 'OPCC', kind: 'THREAT', title, ...marked }, 'risks');
    const link = (ref: string, to: string, register: string) =>
      officer.does({ type: 'LinkRecord', ref, to, as: 'IS_ABOUT', ...why }, register);
    const titlesWith = async (linkedRisk: boolean, reader: Reader) =>
      (await listed({}, reader, { linkedRisk })).map(({ ref }) =>
        Object.keys(refs).find((title) => refs[title] === ref),
      );
    await link(refs['allocated']!, refs['sent back']!, 'recommendations');
    expect(await titlesWith(true, FULL)).toEqual([]);
    await link(refs['reported']!, await risk('Named by it'), 'recommendations');
    await link(await risk('Names it'), refs['closed']!, 'risks');
    await link(refs['begun']!, await risk('In secret', hidden), 'recommendations');
    expect((await titlesWith(true, FULL)).sort()).toEqual(['begun', 'closed', 'reported']);
    expect((await titlesWith(true, OFFICIAL)).sort()).toEqual(['closed', 'reported']);
    const without = await titlesWith(false, OFFICIAL);
    expect(without).toContain('begun');
    expect(without).toHaveLength((await listed({}, OFFICIAL, {})).length - 2);
  });

  it('are found by any owner, and counted by the one that leads; by who made them, without the hidden ones', async () => {
    await made('of two', { owner: 'commissioner', owners: ['commissioner', 'force-lead'] });
    const byOwner = (await listed({}, FULL, { owner: 'force-lead' })).map(({ ref }) => ref);
    expect(byOwner).toContain(refs['of two']);
    // So whoever owns one that the reader may see is offered to narrow lists by, whether or not they lead; of actions alike.
    for (const as of ['estates-lead', 'secrets-lead']) await officer.does({ type: 'AddPost', as, name: as });
    await made('of three', { owner: 'commissioner', owners: ['commissioner', 'estates-lead', 'quiet-lead'] });
    await made('in secret of two', { owner: 'commissioner', owners: ['commissioner', 'secrets-lead'], ...hidden });
    const action = { type: 'RaiseAction', body: 'CGB', title: 'Both', owner: 'commissioner' };
    await officer.does({ ...action, owners: ['commissioner', 'estates-lead', 'quiet-lead'] });
    await officer.does({ ...action, owners: ['commissioner', 'secrets-lead'], ...hidden });
    const offered = async (kind: 'action' | 'recommendation', reader: Reader) =>
      LISTS[kind].choices['owner']!(await ledger.view({}, reader));
    const all = ['commissioner', 'estates-lead', 'force-lead', 'quiet-lead', 'secrets-lead'];
    expect(await offered('recommendation', FULL)).toEqual(all);
    expect(await offered('recommendation', OFFICIAL)).toEqual(['commissioner', 'estates-lead', 'force-lead']);
    expect(await offered('action', FULL)).toEqual(all.filter((post) => post !== 'force-lead'));
    expect(await offered('action', OFFICIAL)).toEqual(['commissioner', 'estates-lead']);
    expect(await LISTS.action.choices['owner']!(await ledger.view({ effective: '2024-05-31' }))).toEqual([]);
    const counts = async (by: 'OWNER' | 'ORIGINATOR', reader: Reader) =>
      Object.fromEntries(
        (await countRecommendations(await ledger.view({}, reader), by, {})).map(({ key, count }) => [key, count]),
      );
    expect((await counts('OWNER', FULL))['commissioner']).toBe(4);
    expect(await counts('ORIGINATOR', FULL)).toMatchObject({ AUD: 3, QUIET: 1 });
    const official = await counts('ORIGINATOR', OFFICIAL);
    expect([official['QUIET'], official['null']]).toEqual([undefined, 1]);
    expect(await listed({}, OFFICIAL, { originator: 'QUIET' })).toEqual([]);
  });

  it('are asked for with as many questions for fifty of them as for five', async () => {
    const cost = async (first: number) => {
      const view = await ledger.view({ effective: '2024-05-02' });
      const before = ledger.models.questions;
      const { edges } = await listRecommendations(view, { status: STATUSES }, { first });
      expect(edges.length).toBe(first);
      return ledger.models.questions - before;
    };
    const few = await cost(3);
    expect(await cost(15)).toBeLessThanOrEqual(few);
  });
});

/*
 * Of five recommendations to the body DUE four were first due in February 2024, closed by owner and office:
 *
 *                      first due  due now  owner's DONE  closed
 * in time              10 Feb     10 Feb   1 Feb         9 Feb
 * within its extension 20 Feb     20 Mar   18 Feb        10 Mar    late by its first date alone
 * never                28 Feb     28 Feb                           late by both
 * not adopted          15 Feb                                      ended otherwise
 * later                5 Mar
 */
describe('what was first due in February', () => {
  beforeAll(async () => {
    onDay('2024-06-01');
    const due = (title: string, on: string) =>
      made(`DUE ${title}`, { body: 'DUE', owner: 'force-lead', due: { on }, effectiveOn: '2024-01-05' });
    await due('in time', '2024-02-10');
    await due('within its extension', '2024-02-20');
    await due('never', '2024-02-28');
    await due('not adopted', '2024-02-15');
    await due('later', '2024-03-05');
    const at = (effectiveOn: string) => ({ effectiveOn, ...why });
    await commissioner.does({
      type: 'MoveRecommendationDueDate',
      ref: refs['DUE within its extension']!,
      due: { on: '2024-03-20' },
      ...at('2024-02-19'),
    });
    await ownerSays('DUE in time', 'DONE', '2024-02-01');
    await officeSays('DUE in time', 'DONE', '2024-02-09');
    await ownerSays('DUE within its extension', 'DONE', '2024-02-18');
    await officeSays('DUE within its extension', 'DONE', '2024-03-10');
    await commissioner.does({ type: 'DeclineRecommendation', ref: refs['DUE not adopted']!, ...at('2024-02-20') });
  });

  const asked = async (doneBy: string, by?: 'OWNERS_WORD') => {
    const period = { from: '2024-02-01', to: '2024-02-29', doneBy };
    const { total } = await recommendationsFirstDue(
      await ledger.view({ effective: '2024-04-01' }),
      { body: 'DUE' },
      period,
      by,
    );
    return Object.values(total).join(' ');
  };

  it('tells what was closed by a day, and what is late by either date', async () => {
    // due, done by then, done since, open, ended; late by the first date: done, open; by the date that holds: done, open.
    expect(await asked('2024-03-01')).toBe('4 1 1 1 1 1 1 0 1');
    expect(await asked('2024-04-01')).toBe('4 2 0 1 1 1 1 0 1');
  });

  it('takes the word of its owner instead, where that is asked for', async () => {
    expect(await asked('2024-02-28', 'OWNERS_WORD')).toBe('4 2 0 1 1 0 1 0 1');
  });

  it('tells how old what is open is: two that were made 87 days before', async () => {
    const view = await ledger.view({ effective: '2024-04-01' });
    expect(await recommendationAges(view, { body: 'DUE' }, 'OWNER')).toMatchObject({
      count: 2,
      averageDays: 87,
      groups: [{ key: 'force-lead', count: 2, oldestDays: 87 }],
    });
  });
});

describe('the priority of a recommendation', () => {
  const scaled = (...levels: readonly string[]) => levels.map((level) => ({ level, meaning: `As ${level} is.` }));
  const gives = (title: string, scale: string, level: string, effectiveOn: string) =>
    officer.does({ type: 'GradeRecommendation', ref: refs[title]!, rule: scale, level, effectiveOn, ...why });

  beforeAll(async () => {
    onDay('2024-06-01');
    const since = { effectiveOn: '2024-01-01', ...why };
    await officer.does({ type: 'AddBody', as: 'PRI', name: 'Given priorities', ...since });
    const add = (kind: string, as: string, more = {}) =>
      monitoring.does({ type: 'AddRule', kind, body: 'PRI', title: as, as, ...since, ...more });
    for (const as of ['mazars', 'baker']) await add('PRIORITY_SCALE', as);
    await add('PRIORITY_SCALE', 'secret', hidden);
    await add('GRADE_SCALE', 'grades');
    const set = (as: string, effectiveOn: string, ...levels: readonly string[]) =>
      monitoring.does({
        ...{ type: 'SetPriorityScale', ref: `PRI-${as}`, levels: scaled(...levels), effectiveOn, ...why },
      });
    await set('mazars', '2024-01-01', 'Fundamental', 'Significant', 'Housekeeping');
    await set('mazars', '2024-04-01', 'High', 'Low');
    await set('baker', '2024-01-01', 'High', 'Medium', 'Low', 'Advisory');
    await set('secret', '2024-01-01', 'High');
    const of = { body: 'PRI', owner: 'force-lead', due: { on: '2024-03-01' } };
    const levels = {
      done: 'Fundamental',
      late: 'Significant',
      'not adopted': 'Significant',
      'late too': 'Housekeeping',
      superseded: 'Housekeeping',
    };
    for (const title of [...Object.keys(levels), 'of the other firm', 'later', 'in secret', 'of none'])
      await made(`PRI ${title}`, of);
    for (const [title, level] of Object.entries(levels)) await gives(`PRI ${title}`, 'PRI-mazars', level, '2024-01-10');
    await gives('PRI of the other firm', 'PRI-baker', 'High', '2024-01-10');
    await gives('PRI later', 'PRI-mazars', 'High', '2024-04-02');
    await gives('PRI in secret', 'PRI-secret', 'High', '2024-01-10');
    await ownerSays('PRI done', 'DONE', '2024-02-10');
    await officeSays('PRI done', 'DONE', '2024-02-20');
    await commissioner.does({
      ...{ type: 'DeclineRecommendation', ref: refs['PRI not adopted']!, effectiveOn: '2024-03-25', ...why },
    });
    const later = { supersededBy: refs['PRI late']!, effectiveOn: '2024-03-20', ...why };
    await commissioner.does({ type: 'SupersedeRecommendation', ref: refs['PRI superseded']!, ...later });
  });

  const counts = async (effective: string, reader = OFFICIAL) =>
    (await countRecommendations(await ledger.view({ effective }, reader), 'PRIORITY', { body: 'PRI' })).map(
      ({ key, count }) => [key, count],
    );

  it('keeps the version by which it was given, two scales side by side, each in its own order', async () => {
    const before = [
      ['PRI-baker|1|High', 1],
      ['PRI-mazars|1|Fundamental', 1],
      ['PRI-mazars|1|Significant', 2],
      ['PRI-mazars|1|Housekeeping', 2],
    ];
    // For whoever may not see the scale it was given no priority: that one and the one of none, and until 2 April the later one.
    expect(await counts('2024-03-31')).toEqual([...before, [null, 3]]);
    expect(await counts('2024-04-02')).toEqual([...before, ['PRI-mazars|2|High', 1], [null, 2]]);
    const full = [...before, ['PRI-mazars|2|High', 1], ['PRI-secret|1|High', 1], [null, 1]];
    expect(await counts('2024-04-02', FULL)).toEqual(full);
  });

  it('narrows a list by scale and level, and by a hidden scale finds what a reference of nothing finds', async () => {
    const found = async (filter: RecommendationFilter, reader = OFFICIAL) =>
      (await listRecommendations(await ledger.view({}, reader), { body: 'PRI', ...filter }, {})).totalCount;
    expect(await found({ scale: 'PRI-mazars' })).toBe(6);
    expect(await found({ scale: 'PRI-mazars', level: ['High', 'Fundamental'] })).toBe(2);
    expect([await found({ scale: 'PRI-secret' }, FULL), await found({ scale: 'PRI-secret' })]).toEqual([1, 0]);
  });

  it('says of each priority what was done in time of what was first due', async () => {
    const view = await ledger.view({ effective: '2024-04-01' }, FULL);
    const ofScale = { body: 'PRI', scale: 'PRI-mazars' };
    const { byPriority } = await recommendationsFirstDue(view, ofScale, { doneBy: '2024-04-01' });
    expect(byPriority.map(({ label, of }) => [label, of.due, of.doneByThen, of.ended, of.openLateByOriginal])).toEqual([
      ['Fundamental (PRI-mazars, version 1)', 1, 1, 0, 0],
      ['Significant (PRI-mazars, version 1)', 2, 0, 1, 1],
      ['Housekeeping (PRI-mazars, version 1)', 2, 0, 1, 1],
    ]);
  });

  it('keeps apart what grades say', async () => {
    await monitoring.does({
      ...{ type: 'SetGradeScale', ref: 'PRI-grades', levels: scaled('Good', 'Inadequate') },
      ...{ effectiveOn: '2024-01-01', ...why },
    });
    await gives('PRI late', 'PRI-grades', 'Inadequate', '2024-02-01');
    const { state } = (await findRecommendation(await ledger.view(), refs['PRI late']!))!;
    expect(state.grade).toMatchObject({ rule: 'PRI-grades', version: '1', level: 'Inadequate' });
    expect(state.priority).toMatchObject({ rule: 'PRI-mazars', version: '1', level: 'Significant' });
  });
});

/*
 * JARAP's rule: red is outstanding past its target, amber outstanding within it, green complete, grey not adopted.
 *
 * Of five recommendations of an audit (RAG) made on 5 January 2024, due on 1 March, on 1 February none had been heard of: five are amber. By 1 April:
 *
 * closed          the owner and the office said that it is done       green
 * not adopted                                                         grey
 * superseded      by a later audit                                    no case: no colour
 * late            nothing heard                                       red
 * put off         to 1 June                                           amber; past its first date
 *
 * From 1 May the rule is another: what is past its first date is red, whatever date holds now.
 */
describe('the table of counts by answer and colour', () => {
  const JARAP = [
    { label: 'Complete', colour: 'GREEN', standing: 'CLOSED' },
    { label: 'Not adopted', colour: 'GREY', standing: 'NOT_ADOPTED' },
    { label: 'Outstanding past its target', colour: 'RED', standing: 'OPEN', pastCurrent: true },
    { label: 'Outstanding', colour: 'AMBER', standing: 'OPEN' },
  ];

  beforeAll(async () => {
    const since = { effectiveOn: '2024-01-01', ...why };
    onDay('2024-06-01');
    await officer.does({ type: 'AddBody', as: 'RAG', name: 'Followed up in colours', ...since });
    await monitoring.does({ type: 'AddRule', kind: 'RAG', body: 'RAG', title: 'Colours', as: 'rag', ...since });
    await monitoring.does({
      type: 'AddRule',
      kind: 'RAG',
      body: 'RAG',
      title: 'Hidden',
      as: 'hidden',
      ...since,
      ...hidden,
    });
    await monitoring.does({ type: 'SetRagRule', ref: 'RAG-rag', cases: JARAP, ...since });
    const byFirst = JARAP.map(({ pastCurrent, ...one }) =>
      pastCurrent === true ? { ...one, pastOriginal: true } : one,
    );
    await monitoring.does({ type: 'SetRagRule', ref: 'RAG-rag', cases: byFirst, effectiveOn: '2024-05-01', ...why });
    const of = { body: 'RAG', owner: 'force-lead', due: { on: '2024-03-01' } };
    for (const title of ['closed', 'not adopted', 'superseded', 'late', 'put off']) await made(`RAG ${title}`, of);
    await made('RAG secret', { ...of, ...hidden });
    await lead.does({ type: 'AnswerRecommendation', ref: refs['RAG late']!, response: 'ACCEPTED' });
    await ownerSays('RAG closed', 'DONE', '2024-02-10');
    await officeSays('RAG closed', 'DONE', '2024-03-10');
    const at = { effectiveOn: '2024-02-20', ...why };
    await commissioner.does({ type: 'DeclineRecommendation', ref: refs['RAG not adopted']!, ...at });
    await commissioner.does({
      ...{ type: 'SupersedeRecommendation', ref: refs['RAG superseded']!, supersededBy: refs['RAG late']! },
      ...at,
    });
    await commissioner.does({
      ...{ type: 'MoveRecommendationDueDate', ref: refs['RAG put off']!, due: { on: '2024-06-01' } },
      ...at,
    });
  });

  const table = async (effective: string, by: 'BODY' | 'STATUS' | 'RESPONSE', reader = OFFICIAL, rag = 'RAG-rag') =>
    recommendationTable(await ledger.view({ effective }, reader), rag, by, { body: 'RAG' });
  const total = async (effective: string, reader = OFFICIAL) => (await table(effective, 'BODY', reader))!.total;

  it('tells at two bases, with an audit superseded and one not adopted between them, what is of which colour', async () => {
    expect(await total('2024-02-01')).toEqual({ counts: [0, 0, 0, 5], withoutColour: 0, count: 5 });
    expect(await total('2024-04-01')).toEqual({ counts: [1, 1, 1, 1], withoutColour: 1, count: 5 });
    expect((await total('2024-04-01', FULL)).counts).toEqual([1, 1, 2, 1]);
  });

  it('reads the version that is in force on the day asked about, and names it', async () => {
    expect(await table('2024-04-01', 'BODY')).toMatchObject({
      ...{ rule: 'RAG-rag', version: '1', from: '2024-01-01' },
      cases: JARAP.map(({ label, colour }) => ({ label, colour })),
    });
    // What was put off is past its first date: the later version calls it red.
    expect(await table('2024-05-01', 'BODY')).toMatchObject({ version: '2', total: { counts: [1, 1, 2, 0] } });
    expect(await table('2023-12-31', 'BODY')).toBeNull();
  });

  it('is by whatever they are grouped by, and each has the colour that the table counts', async () => {
    const { rows } = (await table('2024-06-01', 'RESPONSE'))!;
    expect(rows.map(({ key, counts, withoutColour }) => [key, counts, withoutColour])).toEqual([
      ['ACCEPTED', [0, 0, 1, 0], 0],
      [null, [1, 1, 1, 0], 1],
    ]);
    const view = await ledger.view({ effective: '2024-04-01' }, OFFICIAL);
    const colour = async (title: string) => {
      const found = (await findRecommendation(view, refs[`RAG ${title}`]!))!;
      return (await colourOf(view, found, 'RAG-rag'))?.colour ?? null;
    };
    const all = ['closed', 'not adopted', 'superseded', 'late', 'put off'];
    expect(await Promise.all(all.map(colour))).toEqual(['GREEN', 'GREY', null, 'RED', 'AMBER']);
  });

  /*
   * By priority, of those of the scale PRI-mazars, each due on 1 March. On 25 February the Fundamental one was closed, the others were within
   * their date. By 1 April one Significant was not adopted and one Housekeeping superseded, which no case fits; the other of each is past its date. On
   * that day the second version of the scale came: what was graded before keeps the first.
   */
  it('is by priority × colour at two bases, in the order of the scale by which each was given', async () => {
    const rowsOn = async (effective: string) => {
      const filter = { body: 'PRI', scale: 'PRI-mazars' };
      const found = await recommendationTable(
        await ledger.view({ effective }, OFFICIAL),
        'RAG-rag',
        'PRIORITY',
        filter,
      );
      return found!.rows.map(({ key, counts, withoutColour }) => [key, counts, withoutColour]);
    };
    expect(await rowsOn('2024-02-25')).toEqual([
      ['PRI-mazars|1|Fundamental', [1, 0, 0, 0], 0],
      ['PRI-mazars|1|Significant', [0, 0, 0, 2], 0],
      ['PRI-mazars|1|Housekeeping', [0, 0, 0, 2], 0],
    ]);
    expect(await rowsOn('2024-04-01')).toEqual([
      ['PRI-mazars|1|Fundamental', [1, 0, 0, 0], 0],
      ['PRI-mazars|1|Significant', [0, 1, 1, 0], 0],
      ['PRI-mazars|1|Housekeeping', [0, 0, 1, 0], 1],
    ]);
  });

  it('is of no rule that there is not, is of another kind, or is hidden from the reader', async () => {
    expect(await table('2024-04-01', 'BODY', OFFICIAL, 'RAG-none')).toBeNull();
    expect(await table('2024-04-01', 'BODY', FULL, 'AUD-closure')).toBeNull();
    expect(await table('2024-04-01', 'BODY', OFFICIAL, 'RAG-hidden')).toBeNull();
    // Without a version in force nothing has a colour.
    expect(await table('2024-04-01', 'BODY', FULL, 'RAG-hidden')).toMatchObject({
      ...{ version: null, cases: [], total: { counts: [], withoutColour: 6, count: 6 } },
    });
  });
});
