import { randomUUID } from 'node:crypto';
import { CAPACITIES, type Capacity } from '../access/index.ts';
import {
  byKind,
  exampleRow,
  kindSpelt,
  RECORD_KINDS,
  type CommandDeclaration,
  type RecordKind,
  type Shape,
  type ShapeKind,
  type ShapeOf,
} from '../declarations/index.ts';
import { OFFICIAL_OPEN, type RecordEvent } from '../ledger/index.ts';
import { postsOfTheDirectory } from '../policies/index.ts';
import { RECORD_COMMANDS } from '../records/index.ts';
import { REGISTERS } from '../registers/index.ts';
import { ledgerBeingRead, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { randomNumbers } from '../../test/e2e/random-numbers.ts';
import { offering, type Caller, type Offer, type RunningDispatch } from './index.ts';

/*
 * What is offered is taken, and what is not is refused: every command of every register, on records of an office as they come to be, asked by
 * whoever acts in any capacity. What dispatch takes is found by sending it in every way that a good form might, in a rehearsal.
 */

const TODAY = '2023-10-09';
const why = { reason: 'As the minutes say.' };
const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };

let house: LedgerBeingRead;
let offersTo: ReturnType<typeof offering>;
/** Records by what became of them. */
const records = new Map<string, string>();
const people = new Map<string, string>();
/** A meeting that was held today: an authority for anything. */
let heldToday: string;

const person = (name: string) => people.get(name)!;
const on = (day: string) => house.clock.set(`${day}T11:00:00.000Z`);
const as = (post: string, capacity?: Capacity, who?: string) => house.as(post, who, capacity);

/** Posts of the directory, beside those that every ledger knows. */
const POSTS: Readonly<Record<string, Capacity>> = {
  opcc: 'opcc-officer',
  'deputy-commissioner': 'commissioner',
  'deputy-monitoring': 'monitoring-officer',
  'chief-constable': 'force-lead',
};

/** Whoever asks: somebody unknown in each post that every ledger knows, and whoever holds a post of the directory. */
function callers(): readonly (readonly [name: string, caller: Caller])[] {
  return [
    ...CAPACITIES.map((capacity) => [capacity, { post: capacity, person: `p-${capacity}`, capacity }] as const),
    ...Object.entries(POSTS).map(
      ([post, capacity]) => [`the holder of ${post}`, { post, person: person(post), capacity }] as const,
    ),
    [
      'a commissioner who held the owning post',
      { post: 'commissioner', person: person('left'), capacity: 'commissioner' },
    ],
    ['an officer who held the owning post', { post: 'opcc-officer', person: person('left'), capacity: 'opcc-officer' }],
    [
      'a monitoring officer whom the directory knows',
      { post: 'monitoring-officer', person: person('other'), capacity: 'monitoring-officer' },
    ],
  ];
}

beforeAll(async () => {
  house = await ledgerBeingRead({ at: '2023-05-01T11:00:00.000Z' });
  offersTo = offering({ registers: REGISTERS, posts: postsOfTheDirectory, read: house.models, clock: house.clock });
  const officer = house.as('opcc-officer');
  const granting = house.granting();
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  await officer.does({ type: 'AddBody', as: 'JARAP', name: 'Panel' });
  for (const [post, capacity] of Object.entries(POSTS)) {
    const who = await officer.does({ type: 'AddPerson', name: `Holder of ${post}` });
    people.set(post, who);
    const keeps = capacity === 'force-lead' ? officer : granting;
    await keeps.does({ type: 'AddPost', as: post, name: post, capacity });
    await keeps.does({ type: 'AppointHolder', ref: post, person: who, ...why });
  }
  for (const name of ['left', 'other']) people.set(name, await officer.does({ type: 'AddPerson', name }));
  await officer.does({ type: 'AddPost', as: 'estates-lead', name: 'Estates', capacity: 'force-lead' });
  await officer.does({
    type: 'AppointHolder',
    ref: 'estates-lead',
    person: person('left'),
    until: '2023-07-31',
    ...why,
  });
  await officer.does({ type: 'AddPost', as: 'clerk', name: 'Clerk' });
  await officer.does({ type: 'AddPost', as: 'inspectorate', name: 'Inspectorate', capacity: 'external' });
  await granting.does({ type: 'SetPersonSubject', ref: person('chief-constable'), subject: 'chief@force' });

  on('2023-06-21');
  const board = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-21' });
  await officer.does({ type: 'HoldMeeting', ref: board });
  const raise = (title: string, owner?: string, more: object = {}) =>
    officer.does({ type: 'RaiseAction', meeting: board, title, ...(owner === undefined ? {} : { owner }), ...more });
  const named = async (name: string, made: Promise<string>) => records.set(name, await made).get(name)!;
  const agreed = async (name: string, owner?: string) => {
    const ref = await named(name, raise(name, owner));
    await as('commissioner').does({ type: 'AgreeAction', ref });
    return ref;
  };
  const reported = async (name: string, owner: string) => {
    const ref = await agreed(name, owner);
    const holder = people.get(owner) ?? `p-${owner}`;
    await as(owner, POSTS[owner] ?? 'force-lead', holder).does({ type: 'ReportActionComplete', ref, text: 'Done.' });
    return ref;
  };
  await named('an action that is proposed', raise('Proposed', 'chief-constable', { due: { on: '2023-12-01' } }));
  await named('an action of nobody', raise('Nobody’s'));
  await agreed('an action that was agreed', 'chief-constable');
  await reported('an action that was reported', 'chief-constable');
  await reported('an action that was reported whose post has no holder now', 'estates-lead');
  await reported('a commissioner’s action that was reported', 'deputy-commissioner');
  const own = await agreed('an action of the standard commissioner', 'commissioner');
  await as('commissioner').does({ type: 'ReportActionComplete', ref: own, text: 'Done.' });
  const signed = await reported('an action that was signed off', 'force-lead');
  await as('commissioner').does({ type: 'SignOffAction', ref: signed, authority: { meeting: board } });
  const deferred = await agreed('an action that was put off', 'force-lead');
  await officer.does({ type: 'DeferAction', ref: deferred, until: '2024-01-31', ...why });
  const reopened = await named('an action that was opened again', raise('Again', 'chief-constable'));
  await as('commissioner').does({ type: 'WithdrawAction', ref: reopened, ...why });
  await named('an action that was withdrawn', raise('Withdrawn', 'force-lead'));
  await as('commissioner').does({ type: 'WithdrawAction', ref: records.get('an action that was withdrawn')!, ...why });
  await as('commissioner').does({ type: 'ReopenAction', ref: reopened, ...why });
  const published = await agreed('an action that was published', 'opcc');
  await as('monitoring-officer').does({ type: 'Publish', ref: published }, 'actions');
  const mistaken = await named('an action that was recorded by mistake', raise('Mistake', 'force-lead'));
  await as('monitoring-officer').does(
    { type: 'Void', ref: mistaken, event: (await eventsOf(mistaken))[0]!.id, ...why },
    'actions',
  );
  const voided = await agreed('an action of which a fact is void', 'chief-constable');
  await as('monitoring-officer').does(
    { type: 'Void', ref: voided, event: (await eventsOf(voided)).at(-1)!.id, ...why },
    'actions',
  );
  const secret = await named(
    'an action that not everybody may see',
    raise('Secret', 'chief-constable', { marking: SENSITIVE }),
  );
  await as('commissioner').does({ type: 'AgreeAction', ref: secret });

  records.set('a meeting that was held', board);
  const set = (day: string, more: object = {}) =>
    officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: day, ...more });
  await named('a meeting that is set', set('2023-12-14'));
  await named('a meeting that is past its day', set('2023-09-01'));
  await officer.does({
    type: 'CancelMeeting',
    ref: await named('a meeting that was called off', set('2023-09-02')),
    ...why,
  });
  await officer.does({
    type: 'PostponeMeeting',
    ref: await named('a meeting that was moved', set('2023-09-03')),
    to: '2023-12-15',
  });
  const closed = await named('a meeting in closed session', set('2023-09-04', { session: 'CLOSED' }));
  on('2023-09-04');
  await officer.does({ type: 'HoldMeeting', ref: closed });
  const unsaid = await named('a meeting that was recorded by mistake', set('2023-09-05'));
  await as('monitoring-officer').does(
    { type: 'Void', ref: unsaid, event: (await eventsOf(unsaid))[0]!.id, ...why },
    'meetings',
  );

  const dealtWith = async (name: string, day: string) => {
    on(day);
    const ref = await named(name, set(day));
    await officer.does({ type: 'HoldMeeting', ref });
    await officer.does({ type: 'ListAgendaItem', ref, item: '4', title: 'Listed' });
    await officer.does({ type: 'RecordPublicQuestion', ref, text: 'How many?' });
    await officer.does({ type: 'DraftMinutes', ref });
    return ref;
  };
  await dealtWith('a meeting with an agenda and drafted minutes', '2023-09-06');
  const circulated = await dealtWith('a meeting whose minutes were circulated', '2023-09-07');
  const confirmed = await dealtWith('a meeting whose minutes were confirmed', '2023-09-08');
  for (const ref of [circulated, confirmed]) await officer.does({ type: 'CirculateMinutes', ref });
  on('2023-09-11');
  const later = await named('a later meeting', set('2023-09-11'));
  await officer.does({ type: 'HoldMeeting', ref: later });
  await officer.does({ type: 'ConfirmMinutes', ref: confirmed, confirmedAt: later });

  const paper = () => officer.does({ type: 'RecordDocument', body: 'CGB', title: 'Paper', kind: 'REPORT' });
  await named('a document', paper());
  await named('another document', paper());
  await officer.does({ type: 'WithdrawDocument', ref: await named('a document that was withdrawn', paper()), ...why });
  const replaced = await named('a document that was replaced', paper());
  await officer.does({ type: 'ReplaceDocument', ref: replaced, supersededBy: records.get('a document')!, ...why });

  const rule = (kind: string, more: object = {}) =>
    as('monitoring-officer').does({ type: 'AddRule', kind, body: 'CGB', title: kind, ...more });
  const route = { ownerSays: true, officeSays: true, auditorSays: false, originatorSays: false };
  const closure = await named('a closure route', rule('CLOSURE_ROUTE'));
  await as('monitoring-officer').does({ type: 'SetClosureRoute', ref: closure, ...route });
  await named('an allowance without a version', rule('LATE_ALLOWANCE', { register: 'ACTIONS' }));
  const cadence = await named('a cadence', rule('CADENCE'));
  await as('monitoring-officer').does({ type: 'SetCadence', ref: cadence, every: 4, unit: 'WEEKS' });
  await named('a priority scale without a version', rule('PRIORITY_SCALE', { as: 'priorities' }));
  const scale = await named('a scale of grades', rule('GRADE_SCALE', { as: 'grades' }));
  await as('monitoring-officer').does({ type: 'SetGradeScale', ref: scale, levels: [{ level: '7(c)' }] });
  const policy = await named('a due-date policy that ended', rule('DUE_DATE_POLICY', { as: 'due-dates' }));
  await as('monitoring-officer').does({ type: 'SetDueDatePolicy', ref: policy, mostExtensions: 1 });
  await as('monitoring-officer').does({ type: 'EndRule', ref: policy, ...why });

  const recommended = (name: string, more: object = {}) =>
    named(
      name,
      officer.does({
        type: 'MakeRecommendation',
        body: 'CGB',
        originator: 'CGB',
        kind: 'RECOMMENDATION',
        title: name,
        owner: 'chief-constable',
        due: { on: '2024-03-31' },
        ...more,
      }),
    );
  const ofChief = as('chief-constable', 'force-lead', person('chief-constable'));
  await recommended('a recommendation of nobody', { owner: undefined });
  await recommended('a cause of concern', { kind: 'CAUSE_OF_CONCERN' });
  const asked = await recommended('a recommendation whose owner asks for more time');
  await ofChief.does({ type: 'RequestRecommendationExtension', ref: asked, due: { on: '2024-05-31' }, ...why });
  const done = await recommended('a recommendation that its owner says is done');
  await ofChief.does({ type: 'SayOwnerWord', ref: done, word: 'DONE' });
  const shut = await recommended('a recommendation that is closed', { owner: 'force-lead' });
  await as('force-lead').does({ type: 'SayOwnerWord', ref: shut, word: 'DONE' });
  await as('commissioner').does({ type: 'SayOfficeWord', ref: shut, word: 'DONE' });
  const dropped = await recommended('a recommendation that was not adopted', { owner: 'force-lead' });
  await as('commissioner').does({ type: 'DeclineRecommendation', ref: dropped, ...why });

  const scores = await named('a score scale', rule('SCORE_SCALE', { as: 'scores' }));
  await as('monitoring-officer').does({
    ...{ type: 'SetScoreScale', ref: scores, likelihoods: [{ score: 1 }], impacts: [{ score: 1 }] },
    bands: [{ band: 'Low', least: 1, most: 1 }],
  });
  const proposed = (name: string, register: string, more: object = {}) =>
    named(
      name,
      officer.does({
        ...{ type: 'ProposeRisk', body: 'CGB', register, kind: 'THREAT', title: name, owner: 'chief-constable' },
        ...more,
      }),
    );
  const onRegister = async (name: string, register: string, more: object = {}) => {
    const ref = await proposed(name, register, more);
    await officer.does({ type: 'RegisterRisk', ref });
    return ref;
  };
  await proposed('a risk that is proposed', 'FORCE');
  await onRegister('a risk', 'OPCC');
  const acceptance = { type: 'RequestRiskAcceptance', side: 'FORCE', until: '2024-03-31', ...why };
  const ofBoth = await onRegister('a risk of both that the force asks to accept', 'JOINT', { owner: undefined });
  await as('force-lead').does({ ...acceptance, ref: ofBoth });
  const ofForce = await onRegister('a risk of the force that its owner asks to accept', 'FORCE');
  await ofChief.does({ ...acceptance, ref: ofForce });
  await ofChief.does({ type: 'AddRiskControl', ref: ofForce, measure: 'A control', kind: 'EXISTING' });
  const gone = await onRegister('a risk that is closed', 'OPCC', { owner: 'force-lead' });
  await as('force-lead').does({ type: 'RequestRiskClosure', ref: gone, side: 'FORCE', ...why });
  await as('commissioner').does({ type: 'CloseRisk', ref: gone });

  const decision = { type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER' };
  await named('a decision that is proposed', officer.does({ ...decision, title: 'a decision that is proposed' }));
  const ready = async (title: string) => {
    const ref = await named(title, officer.does({ ...decision, title }));
    await officer.does({ type: 'DraftDecision', ref, recommendation: 'Do it.' });
    await officer.does({ type: 'AdviseOnDecision', ref, adviceOn: 'FINANCE', applies: false });
    return ref;
  };
  await ready('a decision that is advised on');
  const another = await ready('another decision that was made');
  await as('commissioner').does({ type: 'MakeDecision', ref: another, decided: 'It is done.' });
  const madeNow = await ready('a decision that was made');
  await as('commissioner').does({ type: 'MakeDecision', ref: madeNow, decided: 'It is done.' });
  await as('commissioner').does({ type: 'SetDecisionCondition', ref: madeNow, subjectTo: 'That it is lawful.' });
  const delegated = await ready('a decision that was delegated');
  const scheme = { authority: { delegation: 'SoD-4' } };
  await as('commissioner').does({ type: 'DelegateDecision', ref: delegated, delegate: 'chief-constable', ...scheme });
  const recorded = await ready('a decision in the log');
  await as('commissioner').does({ type: 'MakeDecision', ref: recorded, decided: 'It is done.' });
  await officer.does({ type: 'SignDecision', ref: recorded, signedBy: 'commissioner' });
  await officer.does({ type: 'RecordDecision', ref: recorded, publicInterest: true });
  const ofBody = { ...decision, maker: 'BODY', title: 'a decision for the body' };
  const bodys = await named('a decision for the body', officer.does(ofBody));
  await officer.does({ type: 'DraftDecision', ref: bodys, recommendation: 'Do it.' });
  await officer.does({ type: 'AdviseOnDecision', ref: bodys, adviceOn: 'FINANCE', applies: false });
  const revoked = await ready('a decision that was revoked');
  await as('commissioner').does({ type: 'MakeDecision', ref: revoked, decided: 'It is done.' });
  await as('commissioner').does({ type: 'RevokeDecision', ref: revoked, ...why });

  const suggested = (name: string, more: object = {}) =>
    named(name, officer.does({ type: 'SuggestForwardPlanItem', body: 'CGB', title: name, ...more }));
  await suggested('an item that is to be scheduled');
  const planned = async (name: string, more: object = {}) => {
    const ref = await suggested(name, { sponsor: 'chief-constable', ...more });
    await officer.does({ type: 'ScheduleForwardPlanItem', ref, plannedFor: { on: '2024-02-14' } });
    return ref;
  };
  await planned('an item that is scheduled');
  const wanted = await planned('an item of which a paper is asked for');
  await officer.does({ type: 'CommissionForwardPlanPaper', ref: wanted });
  const papered = await planned('an item of which the paper is there');
  await officer.does({ type: 'CommissionForwardPlanPaper', ref: papered });
  await officer.does({ type: 'ReceiveForwardPlanPaper', ref: papered });
  await officer.does({ type: 'DeferForwardPlanItem', ref: await planned('an item put off to no day'), ...why });
  await officer.does({ type: 'PresentForwardPlanItem', ref: await planned('an item that was presented') });
  const again = await planned('an item that was presented and comes again', { recurrence: 'ANNUAL' });
  await officer.does({ type: 'PresentForwardPlanItem', ref: again });
  await officer.does({ type: 'DropForwardPlanItem', ref: await suggested('an item that was taken off'), ...why });

  records
    .set('a body', 'CGB')
    .set('a post that signs in nowhere', 'clerk')
    .set('a post of the force', 'chief-constable');
  records.set('a post that is vacant', 'estates-lead').set('a post of authority', 'deputy-commissioner');
  records.set('the post of a monitoring officer', 'deputy-monitoring');
  records.set('a person who is known', person('chief-constable')).set('a person who is not', person('left'));
  records.set('a monitoring officer', person('deputy-monitoring'));
  on(TODAY);
  heldToday = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: TODAY });
  await officer.does({ type: 'HoldMeeting', ref: heldToday });
  await house.caughtUp();
}, 120_000);
afterAll(async () => {
  forget();
  await house.remove();
});

/** The events of a record, whoever may see them. */
async function eventsOf(ref: string): Promise<readonly RecordEvent[]> {
  await house.caughtUp();
  const { register } = RECORD_KINDS[kindSpelt(ref)!];
  return house.models.eventsAfter(house.models.bearerOf(register, ref)!, 0)!;
}

type Values = Readonly<Record<string, unknown>>;

/** Values that a form might be filled in with. */
const GOOD: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>) => readonly unknown[] } = {
  line: () => ['Words'],
  words: () => ['Words'],
  digest: () => ['0'.repeat(64)],
  itemNumber: () => ['7(c)', '1'],
  day: () => [TODAY, '2024-06-30'],
  time: () => ['09:30', '23:59'],
  span: () => [{ how: 'between', from: '2024-03-01', to: '2024-03-31' }],
  yesNo: () => [true],
  oneOf: ({ members }) => Object.keys(members),
  link: ({ record }) => recordsOf(record),
  links: ({ record }) => recordsOf(record).map((ref) => [ref]),
  anyRecord: ({ records: kinds }) => (kinds ?? (['action', 'document'] as const)).flatMap((kind) => recordsOf(kind)),
  anyRecords: () => recordsOf('action').map((ref) => [ref]),
  instant: () => ['2024-01-05T12:00:00Z'],
  count: ({ least }) => [least],
  share: () => [{ part: 9, of: 20 }],
  rows: (shape) => [[exampleRow(shape)]],
  conditions: () => [[{ filter: 'body', is: ['CGB'] }]],
  newReference: ({ record }) => (record === 'body' ? ['NEW'] : ['a-new-post']),
  due: () => [{ on: '2024-06-30' }],
  commandId: () => [],
  reference: () => ['a-name'],
  eventOfRecord: () => [],
  path: () => [],
  anyValue: () => [],
  marking: () => [SENSITIVE, { ...SENSITIVE, sensitive: false }],
};

function recordsOf(record: RecordKind): readonly (string | undefined)[] {
  return {
    action: ['an action that was agreed', 'an action that was opened again'].map((name) => records.get(name)),
    meeting: [heldToday],
    body: ['CGB', 'JARAP'],
    post: ['opcc', 'force-lead'],
    person: [person('left'), person('other')],
    recommendation: [records.get('a cause of concern')],
    document: [records.get('a document'), records.get('another document')],
    rule: ['a closure route', 'a scale of grades', 'a score scale'].map((name) => records.get(name)),
    risk: [records.get('a risk')],
    forwardPlanItem: [records.get('an item that is to be scheduled')],
    decision: [records.get('another decision that was made'), records.get('a decision that was made')],
  }[record];
}
const goodOf = (shape: Shape): readonly unknown[] => byKind<readonly unknown[], []>(GOOD, shape);

/** A command filled in in every way: all that it needs, and with that each thing that it may say besides. */
function filledIn({ fields }: CommandDeclaration, entries: readonly string[]): readonly Values[] {
  const good = (shape: Shape) => (shape.kind === 'eventOfRecord' ? entries : goodOf(shape));
  const all = Object.entries(fields);
  let needed: readonly Values[] = [{}];
  for (const [name, shape] of all.filter(([, { optional }]) => optional !== true))
    needed = needed.flatMap((said) => good(shape).map((value) => ({ ...said, [name]: value })));
  const [first = {}] = needed;
  const more = all.filter(([, { optional }]) => optional === true);
  return [...needed, ...more.flatMap(([name, shape]) => good(shape).map((value) => ({ ...first, [name]: value })))];
}

/** What a correction may put in the place of what. */
const CORRECTIONS: readonly (readonly [path: string, is: () => unknown])[] = [
  ['reason', () => 'Other words'],
  ['effectiveOn', () => TODAY],
  ['person', () => person('left')],
  ['person', () => person('other')],
  ['capacity', () => 'force-lead'],
  ['interim', () => true],
];

function ofARecord(type: string, events: readonly RecordEvent[]): readonly Values[] {
  const each = events.map(({ id: event }) => ({ event }));
  switch (type) {
    case 'Correct':
      return each.flatMap((named) => CORRECTIONS.map(([path, is]) => ({ ...named, path, is: is() })));
    case 'Void':
    case 'Restore':
      return each;
    case 'RecordOtherwiseStated':
      return each.map((named) => ({ ...named, path: 'reason', says: 'Other words' }));
    case 'Mark':
      return goodOf({ kind: 'marking', says: '' }).map((to) => ({ to }));
    case 'LinkRecord':
    case 'UnlinkRecord':
      return [
        { to: heldToday, as: 'IS_ABOUT' },
        { to: 'CGB', as: 'IS_ABOUT' },
      ];
    case 'NameRecord':
      return [{ name: '14/2018/P' }];
    case 'WithdrawName':
      return each;
    default:
      return [{}];
  }
}

/** What is refused leaves no trace; after what was accepted the records are others, in that rehearsal alone. */
let rehearsal: RunningDispatch | undefined;
const rehearsed = () => (rehearsal ??= house.ledger.rehearsal());
function forget(): void {
  rehearsal?.close();
  rehearsal = undefined;
}

/** What became of sending it: in one's own post, and typed for each other post. */
interface Sent {
  readonly inOwnPost: boolean;
  readonly forAnother: boolean;
  /** Everything that was answered otherwise. */
  readonly codes: ReadonlySet<string>;
}

async function sentInEveryWay(
  register: string,
  command: CommandDeclaration,
  caller: Caller,
  ref: string | null,
): Promise<Sent> {
  const common = RECORD_COMMANDS.some(({ type }) => type === command.type);
  const events = ref === null ? [] : await eventsOf(ref);
  // Which of its entries will do a form knows from what it declares; where it has none of a sort nothing can be said of one.
  const inputs = common
    ? ofARecord(command.type, events)
    : filledIn(command, [...events.map(({ id }) => id), randomUUID()]);
  const others = [...CAPACITIES, ...Object.keys(POSTS), 'estates-lead', 'inspectorate'].filter(
    (post) => post !== caller.post,
  );
  const codes = new Set<string>();
  // What a body outside said stands in a document.
  const isFromOutside = /^Say(Auditor|Originator)Word$/.test(command.type);
  const authority = isFromOutside ? { document: records.get('a document')! } : { meeting: heldToday };
  const envelope = { ...why, authority, source: { document: 'Paper' } };
  const isTaken = async (by?: string): Promise<boolean> => {
    for (const said of inputs) {
      const outcome = await rehearsed().submit({
        ...{ register, caller },
        command: { type: command.type, ...(ref === null ? {} : { ref }), ...said },
        envelope: { commandId: randomUUID(), ...envelope, ...(by === undefined ? {} : { by }) },
      });
      if (outcome.outcome === 'accepted') {
        forget();
        return true;
      }
      codes.add(outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome.toUpperCase());
    }
    return false;
  };
  const inOwnPost = await isTaken();
  let forAnother = false;
  for (const by of others) forAnother ||= await isTaken(by);
  return { inOwnPost, forAnother, codes };
}

/** What is wrong with an offer, by what became of sending it. */
async function faultsOf(
  register: string,
  command: CommandDeclaration,
  offer: Offer | undefined,
  caller: Caller,
  ref: string | null,
) {
  const sent = await sentInEveryWay(register, command, caller, ref);
  if (offer === undefined)
    return [...sent.codes].join() === 'NOT-FOUND' ? [] : [`not offered: ${[...sent.codes].join()}`];
  const { whyNot, inOwnPost, forAnother } = offer;
  const is = { inOwnPost, forAnother, may: whyNot === null };
  const must = { ...sent, may: sent.inOwnPost || sent.forAnother };
  return [
    ...(['inOwnPost', 'forAnother', 'may'] as const)
      .filter((which) => is[which] !== must[which])
      .map((which) => `${which} is ${is[which]} (${whyNot?.code}), sent: ${[...sent.codes].join()}`),
    ...(whyNot === null || sent.codes.has(whyNot.code) ? [] : [`why: ${whyNot.code}, sent: ${[...sent.codes].join()}`]),
  ];
}

/** Every command of every kind of record, for every caller: all of them, or as many as there is time for. */
function triples() {
  const all = [];
  for (const [name, ref] of [['nothing', null] as const, ...records])
    for (const [who, caller] of callers())
      for (const { register, command } of commandsOn(ref)) all.push({ name, ref, who, caller, register, command });
  return all;
}

function commandsOn(
  ref: string | null,
): readonly { readonly register: string; readonly command: CommandDeclaration }[] {
  if (ref === null)
    return REGISTERS.flatMap(({ name, commands }) =>
      commands.filter(({ opens }) => opens !== undefined).map((command) => ({ register: name, command })),
    );
  const kind = kindSpelt(ref)!;
  const register = REGISTERS.find(({ name }) => name === RECORD_KINDS[kind].register)!;
  return [
    ...register.commands.filter(({ about, mayIssue }) => about === kind && mayIssue !== 'OPERATOR'),
    ...RECORD_COMMANDS,
  ].map((command) => ({ register: register.name, command }));
}

/** `OFFERS=100000` tries them all, which takes some minutes. */
const TRIED = Number(process.env['OFFERS'] ?? 100);

describe('what is offered', () => {
  it('is taken, and what is not is refused with the same word, whoever asks and on whatever record', async () => {
    const all = triples();
    const numbers = randomNumbers(1);
    const tried =
      TRIED >= all.length ? all : Array.from({ length: TRIED }, () => all[Math.floor(numbers() * all.length)]!);
    const faults: string[] = [];
    for (const { name, ref, who, caller, register, command } of tried) {
      const offers = await offersTo(caller, ref);
      const offer = offers?.find((one) => one.command.type === command.type);
      const found = await faultsOf(register, command, offer, caller, ref);
      faults.push(...found.map((fault) => `${command.type} on ${name}, by ${who}: ${fault}`));
    }
    expect(faults).toEqual([]);
  }, 600_000);

  it('is the same whatever was recorded that the caller may not see, which sending alone tells', async () => {
    const officer = house.as('opcc-officer');
    const lead = { post: 'force-lead', person: 'p-force-lead', capacity: 'force-lead' } as const;
    const told = async (ref: string) => {
      await house.caughtUp();
      const offers = (await offersTo(lead, ref)) ?? [];
      return JSON.stringify(offers.map(({ command, ...offer }) => [command.type, offer])).replaceAll(ref, 'REF');
    };
    const raise = async () => {
      const ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'Of the lead', owner: 'force-lead' });
      await as('commissioner').does({ type: 'AgreeAction', ref });
      return ref;
    };
    const [one, other] = [await raise(), await raise()];
    await officer.does({ type: 'ReassignAction', ref: other, owner: 'opcc', ...why, marking: SENSITIVE });
    expect(await told(other)).toBe(await told(one));
    expect(await told(other)).toContain('["GiveActionUpdate",{"whyNot":null');
    const update = { type: 'GiveActionUpdate', ref: other, text: 'It goes on.' };
    expect(await as('force-lead').fails(update)).toBe('UNSEEN');
  });

  it('is on a record that is still to be marked nothing, for whoever may not see it then', async () => {
    const officer = house.as('opcc-officer');
    const meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-11-20' });
    const ref = await officer.does({ type: 'RaiseAction', meeting, title: 'Arisen', owner: 'chief-constable' });
    const lead = { post: 'force-lead', person: 'p-force-lead', capacity: 'force-lead' } as const;
    await house.caughtUp();
    expect(await offersTo(lead, ref)).not.toBeNull();
    // Nothing here draws the consequence.
    await as('monitoring-officer').does({ type: 'Mark', ref: meeting, to: SENSITIVE, ...why }, 'meetings');
    await house.caughtUp();
    expect(await offersTo(lead, ref)).toBeNull();
    expect(await offersTo({ post: 'opcc-officer', person: 'p-1', capacity: 'opcc-officer' }, ref)).not.toBeNull();
  });

  it('reads each thing once until more was written, and then as it is', async () => {
    const read: string[] = [];
    const counting = new Proxy(house.models, {
      get(models, asked) {
        const found: unknown = Reflect.get(models, asked, models);
        if (typeof found !== 'function') return found;
        return (...named: unknown[]) => {
          read.push([asked, ...named].map(String).join(' '));
          return (found as (...of: unknown[]) => unknown).apply(models, named);
        };
      },
    });
    const asking = offering({
      ...{ registers: REGISTERS, posts: postsOfTheDirectory, read: counting },
      clock: house.clock,
    });
    const officer = house.as('opcc-officer');
    const ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'Once', owner: 'chief-constable' });
    await house.caughtUp();
    const lead = { post: 'force-lead', person: 'p-force-lead', capacity: 'force-lead' } as const;
    const typist = { post: 'opcc-officer', person: 'p-opcc-officer', capacity: 'opcc-officer' } as const;
    const asked = async (offers: typeof offersTo) => [
      ...[await offers(lead, ref), await offers(lead, null)],
      ...[await offers(typist, ref), await offers(typist, null)],
    ];
    const before = await asked(asking);
    expect(read.length).toBeGreaterThan(10);
    read.length = 0;
    expect(await asked(asking)).toEqual(before);
    expect(read).toEqual([`bearerOf actions ${ref}`, `bearerOf actions ${ref}`]);

    await as('commissioner').does({ type: 'AgreeAction', ref });
    await house.caughtUp();
    const after = await asked(asking);
    expect(after).not.toEqual(before);
    expect(after).toEqual(await asked(offersTo));
  });
});
