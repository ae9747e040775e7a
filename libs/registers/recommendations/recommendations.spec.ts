import { addDays, OFFICIAL_OPEN } from '../../ledger/index.ts';
import { routesOver, type ClosureRoute, type RuleLink } from '../../rules/index.ts';
import { eventIn, given, type Circumstances, type Past } from '../../spec-kit/index.ts';
import {
  hasEvidence,
  RECOMMENDATION_REFUSALS,
  recommendations,
  standingAt,
  type MadeRecommendation,
  type RecommendationCommand,
  type RecommendationEvent,
} from './index.ts';

type Told = Past<RecommendationEvent>;

const REF = 'JARAP-2023-03-R1';
const CAUSE = 'JARAP-2023-03-R2';
const PUBLICATION = 'JARAP-2023-03-E1';

const MADE: Told = {
  type: 'RecommendationMade',
  effectiveOn: '2023-03-01',
  facts: {
    ref: REF,
    body: 'JARAP',
    originator: 'HMICFRS',
    kind: 'RECOMMENDATION',
    owner: 'force-lead',
    owners: ['estates-lead'],
    due: { on: '2023-09-30' },
    dueSetBy: 'HMICFRS',
  },
  texts: ['title', 'phrase'],
};
const word = (type: 'Owner' | 'Office' | 'Auditor' | 'Originator', says: 'DONE' | 'PARTLY' | 'NOT_DONE', on: string) =>
  ({ type: `${type}WordSaid`, effectiveOn: on, facts: { word: says }, texts: ['text'] }) as Told;
const OWNER_DONE: Told = { ...word('Owner', 'DONE', '2023-06-01'), by: 'force-lead', person: 'person-lead' };
const OFFICE_DONE = word('Office', 'DONE', '2023-06-20');
const ASKED: Told = {
  type: 'ExtensionRequested',
  effectiveOn: '2023-08-01',
  facts: { due: { on: '2023-12-31' } },
  texts: ['phrase', 'reason'],
};
const NOT_ADOPTED: Told = { type: 'RecommendationNotAdopted', effectiveOn: '2023-07-01', texts: ['reason'] };
const REOPENED: Told = { type: 'RecommendationReopened', effectiveOn: '2023-08-01', texts: ['reason'] };
const CLOSED = [MADE, OWNER_DONE, OFFICE_DONE];

const route = (...versions: readonly (readonly [from: string, ...parties: readonly (keyof ClosureRoute)[]])[]) => {
  const none: ClosureRoute = { ownerSays: false, officeSays: false, auditorSays: false, originatorSays: false };
  return {
    ref: 'HMICFRS-closure',
    kind: 'CLOSURE_ROUTE',
    body: 'HMICFRS',
    versions: versions.map(([from, ...parties], index) => ({
      event: `route-${index}`,
      version: String(index + 1),
      from,
      content: { ...none, ...Object.fromEntries(parties.map((party) => [party, true])) },
    })),
  } satisfies RuleLink<ClosureRoute>;
};

const LINKS = {
  'directory/JARAP': { record: 'BODY', ref: 'JARAP' },
  'directory/HMICFRS': { record: 'BODY', ref: 'HMICFRS' },
  'directory/estates-lead': { record: 'POST', ref: 'estates-lead' },
  'directory/people-lead': { record: 'POST', ref: 'people-lead' },
  [`documents/${PUBLICATION}`]: { status: 'CURRENT', ref: PUBLICATION },
  [`recommendations/${REF}`]: given(recommendations, [MADE]).state,
  [`recommendations/${CAUSE}`]: { ...given(recommendations, [MADE]).state, ref: CAUSE, kind: 'CAUSE_OF_CONCERN' },
  'meetings/JARAP-2023-09-13': { ref: 'JARAP-2023-09-13', status: 'HELD', date: '2023-09-13' },
};
const known: Circumstances = { links: LINKS };
const why: Circumstances = { ...known, envelope: { reason: 'It was agreed.' } };
const byDocument: Circumstances = {
  ...known,
  by: { post: 'hmicfrs-liaison' },
  envelope: { authority: { document: PUBLICATION } },
};

const NEW: RecommendationCommand = {
  type: 'MakeRecommendation',
  body: 'JARAP',
  originator: 'HMICFRS',
  kind: 'RECOMMENDATION',
  title: 'One lead for forensics',
};
const ON_IT = { ref: REF } as const;

function made(past: readonly Told[]): MadeRecommendation {
  const { state } = given(recommendations, past);
  if (state.status === 'NOT_MADE') throw new Error('there is no such recommendation');
  return state;
}

/** Refused with each code in turn, as one fault after another is put right; then accepted. */
function putRightOneByOne(
  past: readonly Told[],
  steps: readonly (readonly [
    code: string,
    command: RecommendationCommand,
    circumstances?: Circumstances,
    past?: readonly Told[],
  ])[],
  atLast: readonly [command: RecommendationCommand, circumstances?: Circumstances],
): void {
  for (const [code, command, circumstances, otherPast = past] of steps)
    given(recommendations, otherPast).when(command, circumstances).thenRefused(code);
  expect(given(recommendations, past).when(...atLast).decision).toHaveProperty('events');
  const listed = Object.keys(RECOMMENDATION_REFUSALS);
  const places = steps.map(([code]) => listed.indexOf(code)).filter((place) => place !== -1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

describe('recording a recommendation', () => {
  it('keeps what was made, by whom, its own words, and who set its date', () => {
    const { decision } = given(recommendations, []).when(
      {
        ...NEW,
        words: 'By November 2023, chief constables should …',
        publication: PUBLICATION,
        item: 'Recommendation 4',
        partOf: CAUSE,
        addressedTo: 'CHIEF_CONSTABLE',
        owner: 'estates-lead',
        owners: ['people-lead'],
        due: { phrase: 'March to September 2023', dated: { how: 'between', from: '2023-03-01', to: '2023-09-30' } },
        dueSetBy: 'HMICFRS',
      },
      { ...known, effectiveOn: '2023-03-01' },
    );
    expect(decision).toEqual({
      events: [
        {
          type: 'RecommendationMade',
          facts: {
            body: 'JARAP',
            originator: 'HMICFRS',
            kind: 'RECOMMENDATION',
            publication: PUBLICATION,
            item: 'Recommendation 4',
            partOf: CAUSE,
            addressedTo: 'CHIEF_CONSTABLE',
            owner: 'estates-lead',
            owners: ['people-lead'],
            due: { dated: { how: 'between', from: '2023-03-01', to: '2023-09-30' } },
            dueSetBy: 'HMICFRS',
          },
          texts: {
            title: 'One lead for forensics',
            words: 'By November 2023, chief constables should …',
            phrase: 'March to September 2023',
          },
        },
      ],
      reference: { series: 'JARAP-2023-03', stem: 'JARAP-2023-03-R', style: 'NEXT' },
    });
  });

  it.each([
    ['its publication', 'documents', PUBLICATION, { publication: PUBLICATION }],
    ['the cause of concern that it is part of', 'recommendations', CAUSE, { partOf: CAUSE }],
  ])('is as hidden as %s, and its reference tells of no other', (_, register, ref, more) => {
    const markings = { [`${register}/${ref}`]: { ...OFFICIAL_OPEN, session: 'CLOSED' as const } };
    const { decision } = given(recommendations, []).when({ ...NEW, ...more }, { ...known, markings });
    expect(decision).toMatchObject({
      events: [{ marking: { session: 'CLOSED' } }],
      reference: { stem: 'JARAP-2023-10-R', style: 'RANDOM' },
    });
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [],
      [
        ['BLANK', { ...NEW, title: ' ', body: 'NONE' }, known],
        ['MALFORMED', { ...NEW, item: 'see Mr Smith!', body: 'NONE' }, known],
        ['UNKNOWN_BODY', { ...NEW, body: 'NONE', partOf: REF }, known],
        ['UNKNOWN_DOCUMENT', { ...NEW, publication: 'JARAP-2001-01-E1', partOf: REF }, known],
        ['PART_OF_NO_CAUSE', { ...NEW, partOf: REF, due: { on: '2023-01-01' } }, known],
        ['DUE_BEFORE_MADE', { ...NEW, partOf: CAUSE, due: { on: '2023-01-01' } }, known],
      ],
      [{ ...NEW, partOf: CAUSE, due: { on: '2023-12-31' } }, known],
    );
    given(recommendations, [MADE]).when(NEW, known).thenRefused('ALREADY_MADE');
    given(recommendations, [])
      .when({ ...NEW, dueSetBy: 'JARAP' }, known)
      .thenRefused('DATE_NEEDED', 'due');
    given(recommendations, [])
      .when({ ...NEW, due: { on: '2023-01-01' } }, { ...known, imported: true })
      .thenEvents(['RecommendationMade']);
  });
});

describe('answering and allocating', () => {
  const answering = (response: string, more: object = {}) =>
    ({ type: 'AnswerRecommendation', ...ON_IT, response, ...more }) as RecommendationCommand;

  it.each(['PARTLY_ACCEPTED', 'NOT_ACCEPTED', 'NOT_APPLICABLE', 'DEPENDENT'])('needs a reason for %s', (response) => {
    given(recommendations, [MADE]).when(answering(response), known).thenRefused('RESPONSE_NEEDS_REASON', 'reason');
    given(recommendations, [MADE]).when(answering(response), why).thenEvents(['RecommendationAnswered']);
    given(recommendations, [MADE]).when(answering(response), { imported: true }).thenEvents(['RecommendationAnswered']);
  });

  it('takes the body on which it depends for the reason, and of no other answer', () => {
    given(recommendations, [MADE])
      .when(answering('DEPENDENT', { otherBody: 'HMICFRS' }), known)
      .thenEvents([{ type: 'RecommendationAnswered', facts: { response: 'DEPENDENT', otherBody: 'HMICFRS' } }]);
    given(recommendations, [MADE])
      .when(answering('ACCEPTED', { otherBody: 'HMICFRS' }), known)
      .thenRefused('NOT_DEPENDENT', 'otherBody');
  });

  it('keeps the latest answer with its reason, and ends nothing by one that does not accept it', () => {
    const refusing: Told = {
      type: 'RecommendationAnswered',
      facts: { response: 'NOT_ACCEPTED' },
      texts: ['answer', 'reason'],
    };
    const state = made([MADE, refusing]);
    expect(state.answered).toMatchObject({ response: 'NOT_ACCEPTED', why: { part: 'text/reason' } });
    expect(standingAt(state, routesOver(null), '2023-10-09').status).toBe('ALLOCATED');
  });

  it('gives it to others, who alone own it then, and remembers since when each had it', () => {
    const allocate: RecommendationCommand = { type: 'AllocateRecommendation', ...ON_IT, owner: 'people-lead' };
    given(recommendations, [MADE])
      .when(allocate, known)
      .thenEvents([{ type: 'RecommendationAllocated', facts: { owner: 'people-lead' } }]);
    given(recommendations, [MADE])
      .when({ ...allocate, owner: 'force-lead', owners: ['estates-lead'] }, known)
      .thenRefused('NOTHING_CHANGES', 'owner');
    const state = made([
      MADE,
      { type: 'RecommendationAllocated', effectiveOn: '2023-07-01', facts: { owner: 'people-lead' } },
    ]);
    expect(recommendations.ownersOf(state)).toEqual(['people-lead']);
    expect(state.given).toEqual({
      'force-lead': '2023-03-01',
      'estates-lead': '2023-03-01',
      'people-lead': '2023-07-01',
    });
  });
});

describe('what is given by a scale', () => {
  const scale = (kind: string, ...versions: readonly (readonly [from: string, ...levels: readonly string[]])[]) => ({
    ref: 'FIRM-priorities',
    kind,
    body: 'FIRM',
    versions: versions.map(([from, ...levels], index) => ({
      event: `scale-${index}`,
      version: String(index + 1),
      from,
      content: { levels: levels.map((level) => ({ level })) },
    })),
  });
  const priorities = scale(
    'PRIORITY_SCALE',
    ['2020-01-01', 'Fundamental', 'Significant', 'Housekeeping'],
    ['2023-09-01', 'High', 'Medium', 'Low'],
  );
  const links = {
    ...LINKS,
    'rules/FIRM-priorities': priorities,
    'rules/HMI-grades': scale('GRADE_SCALE', ['2021-04-01', 'Good']),
  };
  const grade = (level: string, rule = 'FIRM-priorities'): RecommendationCommand => ({
    type: 'GradeRecommendation',
    ...ON_IT,
    rule,
    level,
  });

  it('is given by the version in force that day, which it keeps when the next one comes', () => {
    given(recommendations, [MADE])
      .when(grade('Significant'), { links, effectiveOn: '2023-08-31' })
      .thenEvents([
        {
          type: 'RecommendationGraded',
          facts: { scale: 'PRIORITY', rule: 'FIRM-priorities', version: '1', level: 'Significant' },
        },
      ]);
    given(recommendations, [MADE])
      .when(grade('High'), { links })
      .thenEvents([{ type: 'RecommendationGraded', facts: expect.objectContaining({ version: '2' }) as never }]);
    const first: Told = {
      type: 'RecommendationGraded',
      facts: { scale: 'PRIORITY', rule: 'FIRM-priorities', version: '1', level: 'Significant' },
    };
    const graded: Told = {
      type: 'RecommendationGraded',
      facts: { scale: 'GRADE', rule: 'HMI-grades', version: '1', level: 'Good' },
    };
    expect(made([MADE, first, graded])).toMatchObject({
      priority: { rule: 'FIRM-priorities', version: '1', level: 'Significant' },
      grade: { rule: 'HMI-grades', version: '1', level: 'Good' },
    });
  });

  it('is recorded with what is made, as is its own number as a name', () => {
    const command: RecommendationCommand = {
      ...NEW,
      ...{
        priorityRule: 'FIRM-priorities',
        priority: 'High',
        gradeRule: 'HMI-grades',
        grade: 'Good',
        number: '22/23-07',
      },
    };
    given(recommendations, [])
      .when(command, { links })
      .thenEvents([
        'RecommendationMade',
        {
          type: 'RecommendationGraded',
          facts: { scale: 'PRIORITY', rule: 'FIRM-priorities', version: '2', level: 'High' },
        },
        { type: 'RecommendationGraded', facts: { scale: 'GRADE', rule: 'HMI-grades', version: '1', level: 'Good' } },
        { type: 'Named', texts: { name: '22/23-07' } },
      ]);
    const { decision } = given(recommendations, []).when(
      { ...command, publication: PUBLICATION },
      { links, markings: { [`documents/${PUBLICATION}`]: { ...OFFICIAL_OPEN, sensitive: true } } },
    );
    expect('events' in decision && decision.events.map(({ marking }) => marking?.sensitive)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [MADE],
      [
        ['UNKNOWN_RULE', grade('High', 'NO-scale'), { links }],
        ['NO_SUCH_SCALE', grade('High', 'HMICFRS-closure'), { links: { ...links, 'rules/HMICFRS-closure': route() } }],
        ['SCALE_NOT_IN_FORCE', grade('High'), { links, effectiveOn: '2019-12-31' }],
        ['UNKNOWN_LEVEL', grade('Significant'), { links }],
      ],
      [grade('High'), { links }],
    );
    given(recommendations, [])
      .when({ ...NEW, priority: 'High' }, { links })
      .thenRefused('LEVEL_NEEDED', 'priorityRule');
    given(recommendations, [])
      .when({ ...NEW, gradeRule: 'HMI-grades' }, { links })
      .thenRefused('LEVEL_NEEDED', 'grade');
    given(recommendations, [])
      .when({ ...NEW, priorityRule: 'HMI-grades', priority: 'Good' }, { links })
      .thenRefused('NO_SUCH_SCALE', 'priorityRule');
    given(recommendations, [MADE, NOT_ADOPTED]).when(grade('High'), { links }).thenRefused('RECOMMENDATION_ENDED');
  });
});

describe('due dates', () => {
  const ask: RecommendationCommand = {
    type: 'RequestRecommendationExtension',
    ...ON_IT,
    due: { on: '2023-12-31', phrase: 'by the end of the year' },
  };
  const grant: RecommendationCommand = { type: 'GrantRecommendationExtension', ...ON_IT };
  const move: RecommendationCommand = { type: 'MoveRecommendationDueDate', ...ON_IT, due: { on: '2023-08-31' } };

  it('moves nothing by a date that is asked for, until it is granted', () => {
    given(recommendations, [MADE])
      .when(ask, why)
      .thenEvents([{ type: 'ExtensionRequested', facts: { due: { on: '2023-12-31' } } }]);
    expect(made([MADE, ASKED]).due.current).toEqual({ on: '2023-09-30' });
    given(recommendations, [MADE, ASKED])
      .when(grant, known)
      .thenEvents([{ type: 'ExtensionGranted', facts: { due: { on: '2023-12-31' } } }]);
    const granted: Told = { type: 'ExtensionGranted', effectiveOn: '2023-08-05', facts: { due: { on: '2023-11-30' } } };
    const { due, asked } = made([MADE, ASKED, granted]);
    expect(asked).toBeUndefined();
    expect(due).toMatchObject({
      original: { on: '2023-09-30' },
      current: { on: '2023-11-30' },
      extensions: 1,
      extendedInTime: 1,
      extendedLate: 0,
      moves: [{ from: { on: '2023-09-30' }, to: { on: '2023-11-30' }, wasAskedFor: true, afterItPassed: false }],
    });
    expect(due).not.toHaveProperty('dueSetBy');
  });

  it('grants another date than the one that was asked for, but none that is no extension', () => {
    given(recommendations, [MADE, ASKED])
      .when({ ...grant, due: { on: '2023-10-31' } }, known)
      .thenEvents([{ type: 'ExtensionGranted', facts: { due: { on: '2023-10-31' } } }]);
    given(recommendations, [MADE, ASKED])
      .when({ ...grant, due: { on: '2023-09-30' } }, known)
      .thenRefused('NOT_AN_EXTENSION', 'due.on');
  });

  it('keeps the date where an extension is refused, and counts the refusal', () => {
    const refuse: RecommendationCommand = { type: 'RefuseRecommendationExtension', ...ON_IT };
    given(recommendations, [MADE, ASKED]).when(refuse, known).thenRefused('REFUSAL_NEEDS_REASON');
    given(recommendations, [MADE, ASKED]).when(refuse, why).thenEvents(['ExtensionRefused']);
    given(recommendations, [MADE]).when(refuse, why).thenRefused('NO_EXTENSION_REQUESTED');
    const state = made([MADE, ASKED, { type: 'ExtensionRefused', texts: ['reason'] }]);
    expect(state).toMatchObject({ extensionsRefused: 1, due: { current: { on: '2023-09-30' }, extensions: 0 } });
    expect(state.asked).toBeUndefined();
  });

  it('tells moves to a later day from those to an earlier one, and those made before the old date had passed from those made after', () => {
    const moved = (on: string, to: string, more: object = {}): Told => ({
      type: 'RecommendationDueDateMoved',
      effectiveOn: on,
      facts: { due: { on: to }, ...more },
      texts: ['reason'],
    });
    const { due } = made([
      MADE,
      moved('2023-07-01', '2023-08-31', { dueSetBy: 'JARAP' }),
      moved('2023-09-01', '2023-10-31'),
      moved('2023-10-31', '2023-12-31'),
    ]);
    expect(due.moves.map(({ is, afterItPassed }) => [is, afterItPassed])).toEqual([
      ['BROUGHT_FORWARD', false],
      ['EXTENDED', true],
      ['EXTENDED', false],
    ]);
    expect(due).toMatchObject({ extensions: 2, broughtForward: 1, extendedInTime: 1, extendedLate: 1 });
    expect(due.extendedWithoutReason).toBe(0);
    expect(due.moves[0]).toMatchObject({ dueSetBy: 'JARAP', why: { part: 'text/reason' } });
  });

  it('says of a date that a meeting tells neither that it had passed nor that it had not', () => {
    const atMeeting: Told = { ...MADE, facts: { ...MADE.facts, due: { meeting: 'JARAP-2023-09-13' } } } as Told;
    const later: Told = { type: 'RecommendationDueDateMoved', facts: { due: { on: '2023-12-31' } } };
    const { due } = made([atMeeting, later]);
    expect(due.moves[0]).not.toHaveProperty('afterItPassed');
    expect(due).toMatchObject({ extensions: 1, extendedInTime: 0, extendedLate: 0, extendedWithoutReason: 1 });
  });

  it('takes the first date for no move, and keeps the words beside it', () => {
    const { due: _, dueSetBy: _by, ...undated } = (MADE as { facts: Record<string, unknown> }).facts;
    const inWords = { ...MADE, facts: undated } as Told;
    const first: Told = { type: 'RecommendationDueDateMoved', facts: { due: { on: '2023-12-31' }, dueSetBy: 'JARAP' } };
    expect(made([inWords, first]).due).toMatchObject({
      phrase: { part: 'text/phrase' },
      original: { on: '2023-12-31' },
      dueSetBy: 'JARAP',
      extensions: 0,
      moves: [],
    });
  });

  it('is left with one date and no more, whatever is corrected', () => {
    const whyNot = (type: string, due: object) =>
      recommendations.mayFollow(
        type === 'RecommendationMade' ? recommendations.initial : made([MADE, ASKED]),
        eventIn({ effectiveOn: '2023-08-05' }, type, { due } as never) as RecommendationEvent,
      )?.code ?? null;
    for (const type of ['ExtensionRequested', 'ExtensionGranted', 'RecommendationDueDateMoved', 'RecommendationMade']) {
      const isAskedAnew = type === 'ExtensionRequested';
      const codes = [{ on: '2023-12-01', meeting: 'JARAP-2023-09-13' }, {}, { on: '2023-12-01' }].map((due) =>
        whyNot(type, due),
      );
      const first = isAskedAnew ? 'EXTENSION_ALREADY_REQUESTED' : null;
      expect([type, ...codes]).toEqual([
        type,
        first ?? 'DUE_AMBIGUOUS',
        first ?? (type === 'RecommendationMade' ? null : 'DUE_NEEDED'),
        first,
      ]);
    }
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [MADE],
      [
        ['DUE_NEEDED', { ...ask, due: { phrase: 'later' } }, why],
        ['NOT_MADE', ask, why, []],
        ['RECOMMENDATION_ENDED', ask, why, [MADE, NOT_ADOPTED]],
        ['EXTENSION_ALREADY_REQUESTED', ask, why, [MADE, ASKED]],
        ['EXTENSION_NEEDS_REASON', { ...ask, due: { on: '2023-09-30' } }, known],
        ['RECOMMENDATION_CLOSED', { ...ask, due: { on: '2023-09-30' } }, why, CLOSED],
        ['NOT_AN_EXTENSION', { ...ask, due: { on: '2023-09-30' } }, why],
      ],
      [ask, why],
    );
    putRightOneByOne(
      [MADE],
      [
        ['OWNER_MAY_NOT_VERIFY', move, { ...known, by: { post: 'estates-lead' } }],
        ['MOVE_NEEDS_REASON', move, known],
        ['RECOMMENDATION_CLOSED', move, why, CLOSED],
        ['NOTHING_CHANGES', { ...move, due: { on: '2023-09-30' } }, why],
      ],
      [move, why],
    );
  });
});

describe('the words of the parties', () => {
  it.each([
    ['SayOwnerWord', 'OwnerWordSaid', { ...known, by: { post: 'force-lead' } }],
    ['SayOfficeWord', 'OfficeWordSaid', known],
    ['SayAuditorWord', 'AuditorWordSaid', byDocument],
    ['SayOriginatorWord', 'OriginatorWordSaid', byDocument],
  ] as const)('%s keeps the word with its evidence', (type, event, circumstances) => {
    const versions = { [`documents/${PUBLICATION}`]: ['1'] };
    const said: RecommendationCommand = {
      ...{ type, ...ON_IT, word: 'PARTLY', text: 'Half of it.', evidence: 'The register.' },
      ...{ cites: PUBLICATION, citesVersion: '1' },
    };
    given(recommendations, [MADE])
      .when(said, { ...circumstances, versions })
      .thenEvents([
        {
          type: event,
          facts: { word: 'PARTLY', cites: PUBLICATION, citesVersion: '1' },
          texts: { text: 'Half of it.', evidence: 'The register.' },
        },
      ]);
    given(recommendations, [MADE]).when(said, circumstances).thenRefused('UNKNOWN_VERSION', 'citesVersion');
    given(recommendations, [MADE, NOT_ADOPTED]).when(said, circumstances).thenRefused('RECOMMENDATION_ENDED');
  });

  it.each(['SayAuditorWord', 'SayOriginatorWord'] as const)(
    'needs the document that says so for %s, but of a paper',
    (type) => {
      const said: RecommendationCommand = { type, ...ON_IT, word: 'DONE' };
      const by = { post: 'hmicfrs-liaison' };
      for (const envelope of [{}, { authority: { meeting: 'JARAP-2023-09-13' } }])
        given(recommendations, [MADE])
          .when(said, { ...known, by, envelope })
          .thenRefused('WORD_NEEDS_DOCUMENT', 'authority.document');
      expect(given(recommendations, [MADE]).when(said, { ...known, by: null, imported: true }).decision).toHaveProperty(
        'events',
      );
    },
  );

  const holders = [{ post: 'force-lead', person: 'person-owner', from: '2023-03-01', to: '2023-10-09' }];
  const office: RecommendationCommand = { type: 'SayOfficeWord', ...ON_IT, word: 'DONE' };

  it.each<readonly [string, Circumstances]>([
    ['the post that leads on it', { by: { post: 'force-lead' } }],
    ['another post that owns it', { by: { post: 'estates-lead' } }],
    ['a person who said as its owner that it was done', { by: { post: 'commissioner', person: 'person-lead' } }],
    ['a person who has held an owning post', { holders, by: { post: 'commissioner', person: 'person-owner' } }],
    [
      'a person who has held an owning post and types it for another',
      { holders, by: { post: 'commissioner' }, enteredBy: { post: 'opcc-officer', person: 'person-owner' } },
    ],
  ])('refuses the office’s word to %s', (_, circumstances) => {
    given(recommendations, [MADE, OWNER_DONE])
      .when(office, { ...known, ...circumstances })
      .thenRefused('OWNER_MAY_NOT_VERIFY', 'by');
  });

  it('refuses it to somebody whom the directory does not know, and asks nobody who holds the post of a body outside', () => {
    given(recommendations, [MADE])
      .when(office, { ...known, holders, by: { post: 'commissioner' } })
      .thenRefused('VERIFIER_UNKNOWN', 'by');
    const outside: RecommendationCommand = { type: 'SayOriginatorWord', ...ON_IT, word: 'DONE' };
    given(recommendations, [MADE])
      .when(outside, { ...byDocument, holders })
      .thenEvents(['OriginatorWordSaid']);
    given(recommendations, [MADE])
      .when(outside, { ...byDocument, holders, enteredBy: { post: 'opcc-officer', person: 'person-owner' } })
      .thenRefused('OWNER_MAY_NOT_VERIFY', 'by');
  });

  it('takes no decision of a meeting that was held before it was made', () => {
    given(recommendations, [MADE])
      .when(office, { ...known, heldOn: '2023-02-28', envelope: { authority: { meeting: 'JARAP-2023-02-28' } } })
      .thenRefused('AUTHORITY_BEFORE_MADE', 'authority.meeting');
    given(recommendations, [MADE])
      .when(office, { ...known, heldOn: '2023-03-01', envelope: { authority: { meeting: 'JARAP-2023-03-01' } } })
      .thenEvents(['OfficeWordSaid']);
  });

  it('counts a word with a document, or with words about it, as evidence', () => {
    expect(hasEvidence(made([MADE, OWNER_DONE]))).toBe(false);
    expect(hasEvidence(made([MADE, { ...OWNER_DONE, texts: ['evidence'] }]))).toBe(true);
    const piece: Told = { type: 'RecommendationEvidenced', facts: {}, texts: ['title'] };
    expect(hasEvidence(made([MADE, piece]))).toBe(true);
  });
});

describe('ends, and what comes after', () => {
  const accept: RecommendationCommand = { type: 'AcceptRecommendationRisk', ...ON_IT, until: '2024-03-31' };
  const decline: RecommendationCommand = { type: 'DeclineRecommendation', ...ON_IT };
  const remove: RecommendationCommand = { type: 'RemoveRecommendation', ...ON_IT, agreedBy: 'HMICFRS' };
  const supersede: RecommendationCommand = { type: 'SupersedeRecommendation', ...ON_IT, supersededIn: PUBLICATION };
  const reopen: RecommendationCommand = { type: 'ReopenRecommendation', ...ON_IT };
  const judge: RecommendationCommand = { type: 'JudgeRecommendationOutcome', ...ON_IT, outcome: 'YES' };

  it('ends in the state that each end is, with its reason', () => {
    given(recommendations, [MADE])
      .when(accept, why)
      .thenEvents([{ type: 'RiskAccepted', facts: { until: '2024-03-31' } }]);
    given(recommendations, [MADE]).when(decline, why).thenEvents(['RecommendationNotAdopted']);
    given(recommendations, [MADE])
      .when(remove, why)
      .thenEvents([{ type: 'RecommendationRemoved', facts: { agreedBy: 'HMICFRS' } }]);
    given(recommendations, [MADE])
      .when({ ...supersede, supersededBy: CAUSE }, why)
      .thenEvents([{ type: 'RecommendationSuperseded', facts: { supersededBy: CAUSE, supersededIn: PUBLICATION } }]);
    expect(made([MADE, NOT_ADOPTED]).ended).toMatchObject({ how: 'NOT_ADOPTED', why: { part: 'text/reason' } });
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [MADE],
      [
        ['RECOMMENDATION_ENDED', accept, why, [MADE, NOT_ADOPTED]],
        ['OWNER_MAY_NOT_VERIFY', accept, { ...known, by: { post: 'force-lead' } }],
        ['ACCEPTANCE_NEEDS_REASON', { ...accept, until: undefined } as never, known],
        ['RECOMMENDATION_CLOSED', { type: 'AcceptRecommendationRisk', ...ON_IT }, why, CLOSED],
        ['UNTIL_NEEDED', { type: 'AcceptRecommendationRisk', ...ON_IT }, why],
        ['ACCEPTED_TO_THE_PAST', { ...accept, until: '2023-10-08' }, why],
      ],
      [accept, why],
    );
    putRightOneByOne(
      [MADE],
      [
        ['SUCCESSOR_NEEDED', { type: 'SupersedeRecommendation', ...ON_IT }, why],
        ['RECOMMENDATION_CLOSED', { ...supersede, supersededBy: REF }, why, CLOSED],
        ['SAME_RECOMMENDATION', { ...supersede, supersededBy: REF }, why],
      ],
      [{ ...supersede, supersededBy: CAUSE }, why],
    );
    given(recommendations, [MADE]).when(decline, known).thenRefused('NOT_ADOPTED_NEEDS_REASON', 'reason');
    given(recommendations, [MADE]).when(remove, known).thenRefused('REMOVAL_NEEDS_REASON', 'reason');
    for (const end of [decline, remove])
      given(recommendations, CLOSED).when(end, why).thenRefused('RECOMMENDATION_CLOSED');
    given(recommendations, CLOSED).when(reopen, known).thenRefused('REOPENING_NEEDS_REASON', 'reason');
    given(recommendations, [MADE]).when(judge, known).thenRefused('NOT_CLOSED_YET');
  });

  it('takes from a paper an accepted risk without an end, which holds for good', () => {
    const forGood: RecommendationCommand = { type: 'AcceptRecommendationRisk', ...ON_IT };
    given(recommendations, [MADE]).when(forGood, { imported: true }).thenEvents(['RiskAccepted']);
    const state = made([MADE, { type: 'RiskAccepted', facts: {} }]);
    expect(standingAt(state, routesOver(null), '2033-01-01').status).toBe('RISK_ACCEPTED');
  });

  it('is reopened where it is closed, has ended, or its risk is accepted, and not where it is open', () => {
    given(recommendations, [MADE, OWNER_DONE]).when(reopen, why).thenRefused('NOTHING_TO_REOPEN');
    const accepted: Told = { type: 'RiskAccepted', facts: { until: '2024-03-31' } };
    for (const past of [CLOSED, [MADE, NOT_ADOPTED], [MADE, accepted]])
      given(recommendations, past).when(reopen, why).thenEvents(['RecommendationReopened']);
    const expired: Told = { type: 'RiskAccepted', effectiveOn: '2023-04-01', facts: { until: '2023-10-08' } };
    given(recommendations, [MADE, expired]).when(reopen, why).thenRefused('NOTHING_TO_REOPEN');
    const state = made([...CLOSED, REOPENED]);
    expect(state).toMatchObject({ said: [], reopenings: [{ why: { part: 'text/reason' } }] });
    expect(standingAt(state, routesOver(null), '2023-10-09').status).toBe('IN_PROGRESS');
  });

  it('asks the route of whoever made it whether it is closed', () => {
    const links = { ...LINKS, 'rules/HMICFRS-closure': route(['2020-01-01', 'ownerSays', 'originatorSays']) };
    expect(recommendations.links(reopen, made(CLOSED))).toContainEqual({
      register: 'rules',
      ref: 'HMICFRS-closure',
      field: 'ref',
    });
    given(recommendations, CLOSED)
      .when(reopen, { ...why, links })
      .thenRefused('NOTHING_TO_REOPEN');
    given(recommendations, CLOSED)
      .when(judge, { ...known, links })
      .thenRefused('NOT_CLOSED_YET');
    given(recommendations, CLOSED).when(judge, known).thenEvents(['OutcomeJudged']);
  });
});

describe('a route walked whole', () => {
  // The inspectorate's route asks for the owner, the auditor and the inspectorate's own word until the end of 2023, and for owner and auditor from then on.
  const routes = routesOver(
    route(['2020-01-01', 'ownerSays', 'auditorSays', 'originatorSays'], ['2024-01-01', 'ownerSays', 'auditorSays']),
  );
  const STORY: readonly Told[] = [
    MADE,
    word('Owner', 'DONE', '2023-06-01'),
    word('Auditor', 'DONE', '2023-09-01'),
    { type: 'RecommendationReopened', effectiveOn: '2024-02-01', texts: ['reason'] },
    word('Owner', 'PARTLY', '2024-03-01'),
    word('Owner', 'DONE', '2024-04-01'),
    word('Auditor', 'DONE', '2024-05-01'),
    word('Originator', 'NOT_DONE', '2024-06-01'),
    word('Auditor', 'PARTLY', '2024-07-01'),
  ];
  /** The state on a day, as the fold of what had taken effect by then. */
  const on = (day: string) => standingAt(made(STORY.filter(({ effectiveOn }) => effectiveOn! <= day)), routes, day);

  it.each([
    // Made and given to two posts; nothing was heard of it.
    ['2023-05-31', 'ALLOCATED', ['OWNER', 'AUDITOR', 'ORIGINATOR'], null],
    // Its owner says DONE.
    ['2023-06-01', 'REPORTED_COMPLETE', ['AUDITOR', 'ORIGINATOR'], null],
    // The auditor does too. The inspectorate is still to; nobody asked the office, so it is not submitted.
    ['2023-09-01', 'REPORTED_COMPLETE', ['ORIGINATOR'], null],
    ['2023-12-31', 'REPORTED_COMPLETE', ['ORIGINATOR'], null],
    // The new route asks for two, and finds both done: closed from its own day.
    ['2024-01-01', 'CLOSED', [], '2024-01-01'],
    ['2024-01-31', 'CLOSED', [], '2024-01-01'],
    // Reopened with a reason: nothing that was said before counts.
    ['2024-02-01', 'IN_PROGRESS', ['OWNER', 'AUDITOR'], null],
    ['2024-03-01', 'IN_PROGRESS', ['OWNER', 'AUDITOR'], null],
    ['2024-04-01', 'REPORTED_COMPLETE', ['AUDITOR'], null],
    ['2024-05-01', 'CLOSED', [], '2024-05-01'],
    // The inspectorate says NOT_DONE: the route does not ask for it any more, so it stays closed, and is out of step.
    ['2024-06-01', 'CLOSED', [], '2024-05-01'],
    // The auditor, whom the route asks for, opens it again.
    ['2024-07-01', 'IN_PROGRESS', ['OWNER', 'AUDITOR'], null],
  ])('on %s it is %s and waits for %j', (day, status, waitingFor, closedOn) => {
    const standing = on(day);
    expect([standing.status, standing.waitingFor, standing.closed?.on ?? null]).toEqual([status, waitingFor, closedOn]);
  });

  it('tells who differs from whom on each day', () => {
    const differing = (day: string) => on(day).outOfStep.map(({ parties, since }) => [...parties, since]);
    expect(differing('2024-05-31')).toEqual([]);
    expect(differing('2024-06-01')).toEqual([
      ['OWNER', 'ORIGINATOR', '2024-06-01'],
      ['AUDITOR', 'ORIGINATOR', '2024-06-01'],
    ]);
    expect(differing('2024-07-01')).toEqual([
      ['OWNER', 'AUDITOR', '2024-07-01'],
      ['OWNER', 'ORIGINATOR', '2024-06-01'],
      ['AUDITOR', 'ORIGINATOR', '2024-06-01'],
    ]);
    expect(on('2024-07-01').reopenedByWords).toMatchObject([{ on: '2024-07-01', party: 'AUDITOR' }]);
  });

  it('under a route that asks for the inspectorate is opened by its NOT_DONE', () => {
    const all = routesOver(route(['2020-01-01', 'ownerSays', 'originatorSays']));
    const past = [MADE, word('Owner', 'DONE', '2023-06-01'), word('Originator', 'DONE', '2023-07-01')];
    const again = [...past, word('Originator', 'NOT_DONE', '2023-08-01')];
    expect(standingAt(made(past), all, '2023-07-01').status).toBe('CLOSED');
    expect(standingAt(made(again), all, '2023-08-01')).toMatchObject({
      status: 'IN_PROGRESS',
      waitingFor: ['OWNER', 'ORIGINATOR'],
    });
  });
});

describe('the fold', () => {
  it('leaves the state as it is where something is said of one that is not there, or it is made twice', () => {
    expect(given(recommendations, [OWNER_DONE, NOT_ADOPTED]).state).toEqual({ status: 'NOT_MADE' });
    expect(made([MADE, { ...MADE, facts: { ...MADE.facts, kind: 'FINDING' } } as Told]).kind).toBe('RECOMMENDATION');
  });

  it('says what each fact says even where the step before it is not seen', () => {
    const granted: Told = { type: 'ExtensionGranted', facts: { due: { on: '2023-12-31' } } };
    expect(made([MADE, granted]).due.current).toEqual({ on: '2023-12-31' });
    expect(made([MADE, NOT_ADOPTED, OWNER_DONE]).said).toHaveLength(1);
  });

  it('keeps the latest share that was claimed and the latest judgement, which move no status', () => {
    const claimed: Told = { type: 'ShareClaimed', facts: { share: { part: 9, of: 20 } }, texts: ['text'] };
    const judged: Told = { type: 'OutcomeJudged', facts: { outcome: 'NO' }, texts: ['text'] };
    const state = made([MADE, claimed, judged]);
    expect(state).toMatchObject({ latestShare: { share: { part: 9, of: 20 } }, outcome: { outcome: 'NO' } });
    expect(standingAt(state, routesOver(null), addDays('2023-06-21', 1)).status).toBe('IN_PROGRESS');
  });
});
