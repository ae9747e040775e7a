import type { Capacity } from '../../libs/access/index.ts';

/** One command as it was sent: over the API, or where the API has no such mutation as a submission of its own. */
export interface Sent {
  readonly register: string;
  /** The mutation, or the type of a command that no mutation sends. */
  readonly name: string;
  /** What the mutation was given; of a command without one, its own fields and those of the envelope. `$n` stands for the reference that the n-th command got, `$n!` for its event. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly by: { readonly post: string; readonly person: string; readonly capacity: Capacity };
  readonly operator?: true;
}

/** What was given, with the references and events of the commands before in their places. */
export function withReferences(
  input: Sent['input'],
  before: readonly { readonly ref: string; readonly events: readonly string[] }[],
): Record<string, unknown> {
  const given = JSON.stringify(input).replace(/"\$(\d+)(!?)"/g, (_, at: string, event: string) =>
    JSON.stringify(event === '' ? before[Number(at)]!.ref : before[Number(at)]!.events[0]),
  );
  return JSON.parse(given) as Record<string, unknown>;
}

const as = (post: Capacity, person = `p-${post}`) => ({ post, person, capacity: post });
const officer = as('opcc-officer');
const chair = as('commissioner');
const lead = as('force-lead');
const monitoring = as('monitoring-officer', 'person-mmmmm');

const HELD = { effectiveOn: '2023-06-21', reason: 'Typed from the minutes.' };
const MEETING = { authority: { meeting: 'CGB-2023-06-21' } };
const PAPER = {
  source: { document: 'Minutes', paragraph: '8(a)', quote: 'agreed', publishedOn: '2023-06-30' },
};
const of =
  (register: string) =>
  (name: string, input: Sent['input'], by: Sent['by'] = officer) => ({
    register,
    name,
    input,
    by,
  });
const directory = of('directory');
const meetings = of('meetings');
const actions = of('actions');
const documents = of('documents');
const recommendations = of('recommendations');
const risks = of('risks');
const decisions = of('decisions');
const forwardPlan = of('forward-plan');
const rules = (name: string, input: Sent['input']) => of('rules')(name, input, monitoring);
const ROUTE = { ownerSays: true, officeSays: true, auditorSays: false, originatorSays: false };

/**
 * At least one accepted command of every type, with every field that it takes given at least once. What they wrote, and under
 * which digest of their bodies, stands beside this in `ledger`.
 */
export const SENT: readonly Sent[] = [
  directory('addBody', { ref: 'CGB', name: 'Corporate Governance Board', organisation: 'JOINT', ...HELD }),
  directory('addPost', {
    ref: 'estates-lead',
    name: ' Head of Estates ',
    body: 'CGB',
    capacity: 'force-lead',
    ...HELD,
  }),
  directory('addPost', { ref: 'monitor', name: 'Monitoring Officer', capacity: 'monitoring-officer' }, monitoring),
  directory('addPerson', { name: 'A. Person', contact: 'a@example.org' }),
  directory('setPersonSubject', { person: '$3', subject: ' Subject-A ' }, monitoring),
  directory('appointHolder', { post: 'estates-lead', person: '$3', until: '2030-12-31', interim: true, shared: false }),
  directory('addPerson', { name: 'B. Person' }),
  directory('setPersonSubject', { person: '$6', subject: 'subject-b' }, monitoring),
  {
    register: 'directory',
    name: 'AppointMonitoringOfficer',
    input: { ref: 'monitor', person: '$6', operator: 'O. Perator', reason: 'Nobody else could.' },
    by: { ...monitoring, person: 'p-operator' },
    operator: true,
  },

  meetings('scheduleMeeting', { body: 'CGB', on: '2023-06-21', title: 'June board', session: 'OPEN', ...HELD }),
  meetings('holdMeeting', { ref: '$9', on: '2023-06-21', ...HELD }),
  meetings('scheduleMeeting', { body: 'CGB', span: { how: 'between', from: '2023-11-01', to: '2023-11-30' } }),
  meetings('postponeMeeting', { ref: '$11', to: '2023-12-14' }),
  meetings('postponeMeeting', { ref: '$11', span: { how: 'about', to: '2024-01-31' } }),
  meetings('cancelMeeting', { ref: '$11', reason: 'Nobody could come.' }),
  meetings('scheduleMeeting', { body: 'CGB', on: '2023-12-14', dated: { how: 'by', to: '2023-10-01' } }),
  meetings('minuteItem', {
    ref: '$9',
    item: '5(iii)',
    title: 'Estates',
    text: 'A list was promised.',
    session: 'OPEN',
    promise: true,
    owner: 'estates-lead',
    due: { phrase: 'next board', meeting: '$15' },
    ...HELD,
  }),
  meetings('minuteItem', { ref: '$9', text: 'Noted.', due: { dated: { how: 'by', to: '2023-12-31' } }, ...HELD }),
  meetings('minuteItem', { ref: '$9', text: 'Noted.', due: { on: '2023-12-31' }, ...HELD }),

  actions('raiseAction', {
    meeting: '$9',
    body: 'CGB',
    item: '8(a)',
    title: ' Bring the review back ',
    owner: 'force-lead',
    organisation: 'FORCE',
    priority: 'HIGH',
    due: { phrase: 'by the end of September', on: '2023-09-30' },
    ...HELD,
    ...PAPER,
  }),
  actions('agreeAction', { ref: '$19', ...HELD, ...MEETING }, chair),
  actions('giveActionUpdate', { ref: '$19', text: 'The first paper is written.' }, lead),
  actions('addActionEvidence', { ref: '$19', title: 'Paper', fileName: 'paper.pdf', sha256: 'AB'.repeat(32) }, lead),
  actions('extendActionDueDate', { ref: '$19', due: { phrase: 'next board', meeting: '$15' }, reason: 'Late.' }),
  actions('reassignAction', { ref: '$19', owner: 'estates-lead' }),
  actions('reassignAction', { ref: '$19', owner: 'force-lead', by: 'commissioner', authority: { decision: 'D/7' } }),
  actions('deferAction', { ref: '$19', phrase: 'after the audit', meeting: '$15', reason: 'The audit comes first.' }),
  actions('deferAction', { ref: '$19', until: '2023-12-20', reason: 'Longer than thought.' }),
  actions('reportActionComplete', { ref: '$19', text: 'Done.', evidence: 'The paper.' }, lead),
  actions('returnAction', { ref: '$19', reason: 'The paper is a draft.' }, chair),
  actions('reportActionComplete', { ref: '$19', text: '', evidence: ' ' }, lead),
  actions('signOffAction', { ref: '$19', ...MEETING }, chair),
  actions('reopenAction', { ref: '$19', reason: 'Something was missed.' }, chair),
  actions('raiseAction', { body: 'CGB', title: 'Another', due: { dated: { how: 'by', to: '2024-03-31' } } }),
  actions('raiseAction', { body: 'CGB', title: 'A third', due: {} }),
  actions('raiseAction', { body: 'CGB', title: 'A fourth', marking: 'OFFICIAL-SENSITIVE', session: 'CLOSED' }),
  actions('agreeAction', { ref: '$33' }, chair),
  actions('agreeAction', { ref: '$34' }, chair),
  actions('convertAction', { ref: '$19', into: 'FORWARD_PLAN_ITEM', item: 'Annual review', ...MEETING }, chair),
  actions('mergeAction', { ref: '$33', into: '$34', reason: 'The same.' }),
  actions('supersedeAction', { ref: '$34', supersededBy: '$35', reason: 'Restated.' }),
  actions('withdrawAction', { ref: '$35', reason: 'No longer wanted.', before: null }, chair),

  actions('correctAction', { ref: '$19', event: '$19!', path: 'item', is: null, reason: 'Misread.' }),
  actions('correctAction', { ref: '$19', event: '$19!', path: 'due', is: { meeting: '$15' }, reason: 'Misread.' }),
  meetings('correctMeeting', { ref: '$9', event: '$16!', path: 'promise', is: false, reason: 'Misread.' }),
  directory('correctBody', { ref: 'CGB', event: '$0!', path: 'name', is: 'Governance Board', reason: 'Renamed.' }),
  directory('correctPost', { ref: 'estates-lead', event: '$1!', path: 'body', is: null, reason: 'Misread.' }),
  meetings('voidMeetingEvent', { ref: '$9', event: '$17!', reason: 'Typed twice.' }, monitoring),
  meetings('restoreMeetingEvent', { ref: '$9', event: '$17!', reason: 'It was not.' }, monitoring),
  actions('publishAction', { ref: '$19' }, monitoring),
  actions('markAction', { ref: '$19', event: '$21!', marking: 'OFFICIAL-SENSITIVE' }, monitoring),
  directory('markBody', { ref: 'CGB', marking: 'OFFICIAL', session: 'CLOSED' }, monitoring),
  actions('recordOtherwiseStated', { record: '$19', event: '$19!', path: 'due.on', says: '2023-10-01', ...PAPER }),
  meetings('recordOtherwiseStated', { record: '$9', path: 'status', says: 'was it held?', ...PAPER }),

  documents('recordDocument', {
    body: 'CGB',
    title: ' Force performance report ',
    kind: 'REPORT',
    date: '2023-06-14',
    publisher: 'The Chief Constable',
    publishingBody: 'CGB',
    publishedAt: 'https://example.org/papers/4',
    version: '0.9',
    sha256: 'AB'.repeat(32),
    ...HELD,
  }),
  documents('recordDocument', { body: 'CGB', title: 'A note', kind: 'OTHER', session: 'CLOSED' }),
  documents('addDocumentVersion', {
    ref: '$54',
    version: '1',
    date: '2023-06-20',
    changed: 'Table 2.',
    publishedAt: 'https://example.org/papers/5',
    sha256: 'CD'.repeat(32),
    ...HELD,
  }),
  documents(
    'redactDocument',
    {
      ref: '$54',
      version: '1',
      withholds: 'Names.',
      exemption: 'FOIA s40(2)',
      publishedAt: 'https://example.org/papers/6',
      sha256: 'EF'.repeat(32),
    },
    monitoring,
  ),
  documents('retainDocument', { ref: '$54', until: '2029-03-31', rule: 'Support papers: six years' }),
  documents('replaceDocument', { ref: '$54', supersededBy: '$55', reason: 'The audited one came out.' }),
  documents('withdrawDocument', { ref: '$55', reason: 'It was a draft.' }),

  actions('linkRecord', { record: '$19', to: '$54', as: 'IS_ABOUT', ...HELD, ...PAPER }),
  actions('unlinkRecord', { record: '$19', to: '$54', as: 'IS_ABOUT', reason: 'It is about another.' }),
  meetings('linkRecord', { record: '$9', to: '$19', as: 'FOLLOWS_FROM' }),
  actions('nameRecord', { record: '$19', name: ' 14/2018/P ' }),
  actions('withdrawName', { record: '$19', event: '$64!', reason: 'The panel numbers its papers anew.' }),

  rules('addRule', { kind: 'CLOSURE_ROUTE', body: 'CGB', title: ' Who closes ', ...HELD }),
  rules('addRule', { kind: 'DUE_DATE_POLICY', body: 'CGB', title: 'Due dates', as: 'due-dates' }),
  rules('addRule', { kind: 'LATE_ALLOWANCE', body: 'CGB', title: 'Late entries', register: 'DOCUMENTS' }),
  rules('setClosureRoute', { ref: 'CGB-closure', version: '1.0', ...ROUTE, ...HELD }),
  rules('setDueDatePolicy', {
    ref: 'CGB-due-dates',
    version: '7',
    dateNeeded: true,
    mostDays: 365,
    mostExtensions: 1,
    beforeItPasses: true,
    reasonNeeded: false,
  }),
  rules('setDueDatePolicy', { ref: 'CGB-due-dates', mostExtensions: 2, effectiveOn: '2099-01-01' }),
  rules('setLateAllowance', { ref: 'CGB-late-documents', version: '2', days: 0 }),
  rules('setLateAllowance', { ref: 'CGB-late-documents', days: 14 }),
  rules('endRule', { ref: 'CGB-late-documents', reason: 'Not needed.' }),

  meetings('minuteItem', { ref: '$9', item: '6', text: 'A plan was promised.', promise: true }),
  actions('raiseAction', {
    meeting: '$9',
    title: 'A plan',
    owner: 'estates-lead',
    owners: ['force-lead', 'estates-lead'],
    promise: '$75!',
  }),
  actions('raiseAction', {
    body: 'CGB',
    title: 'What the letter asks',
    raisedBy: 'LETTER',
    occasion: ' Letter of 2 June ',
    owners: ['estates-lead', 'force-lead'],
  }),
  actions('reassignAction', { ref: '$77', owner: 'force-lead', owners: ['estates-lead'] }),

  rules('addRule', { kind: 'PRIORITY_SCALE', body: 'CGB', title: 'Priorities', as: 'priorities' }),
  rules('addRule', { kind: 'GRADE_SCALE', body: 'CGB', title: 'Grades', as: 'grades' }),
  rules('addRule', { kind: 'SCORE_SCALE', body: 'CGB', title: 'Scores', as: 'scores' }),
  rules('addRule', { kind: 'RAG', body: 'CGB', title: 'Colours', as: 'rag' }),
  rules('setPriorityScale', {
    ref: 'CGB-priorities',
    version: '1',
    levels: [{ level: 'High', meaning: ' Act at once. ' }, { level: 'Low' }],
  }),
  rules('setGradeScale', { ref: 'CGB-grades', version: '2021/22', levels: [{ level: 'Good' }, { level: 'Adequate' }] }),
  rules('setScoreScale', {
    ref: 'CGB-scores',
    version: '1',
    likelihoods: [{ score: 1, meaning: 'Unlikely' }, { score: 2 }],
    impacts: [{ score: 1 }, { score: 2, meaning: 'Much' }],
    bands: [
      { band: 'Low', least: 1, most: 2, reviewMonths: 3, colour: 'GREEN' },
      { band: 'High', least: 4, most: 4 },
    ],
  }),
  rules('setRagRule', {
    ref: 'CGB-rag',
    version: '1',
    cases: [
      { label: 'Complete', colour: 'GREEN', standing: 'CLOSED' },
      { label: 'Late', colour: 'RED', standing: 'OPEN', pastCurrent: true, pastOriginal: false, shareBelow: 50 },
    ],
  }),

  recommendations('makeRecommendation', {
    body: 'CGB',
    originator: 'CGB',
    kind: 'CAUSE_OF_CONCERN',
    title: 'Digital forensics',
    ...HELD,
  }),
  recommendations('makeRecommendation', {
    body: 'CGB',
    originator: 'CGB',
    kind: 'RECOMMENDATION',
    title: ' One lead for forensics ',
    words: 'By November 2023, chief constables should …',
    publication: '$54',
    item: 'Recommendation 4',
    partOf: '$87',
    addressedTo: 'CHIEF_CONSTABLE',
    owner: 'force-lead',
    owners: ['monitoring-officer'],
    due: { dated: { how: 'between', from: '2023-07-01', to: '2023-11-30' }, phrase: 'July to November 2023' },
    dueSetBy: 'CGB',
    ...HELD,
  }),
  recommendations('answerRecommendation', {
    ref: '$88',
    response: 'DEPENDENT',
    otherBody: 'CGB',
    answer: 'It rests with the region.',
    by: 'force-lead',
    authority: { delegation: 'SoD-4' },
  }),
  recommendations('updateRecommendation', { ref: '$88', text: 'The case went to the board.' }, lead),
  recommendations(
    'addRecommendationEvidence',
    { ref: '$88', title: 'The case', fileName: 'case.pdf', sha256: 'AB'.repeat(32), document: '$54', version: '1' },
    lead,
  ),
  recommendations('claimRecommendationShare', { ref: '$88', share: { part: 9, of: 20 }, text: 'Nine sites.' }, lead),
  recommendations(
    'requestRecommendationExtension',
    { ref: '$88', due: { on: '2023-12-31', phrase: 'by the end of the year' }, reason: 'Recruitment.' },
    lead,
  ),
  recommendations('grantRecommendationExtension', { ref: '$88', due: { on: '2024-01-31', phrase: 'by January' } }),
  recommendations('requestRecommendationExtension', { ref: '$88', due: { on: '2024-03-31' }, reason: 'Leave.' }, lead),
  recommendations('refuseRecommendationExtension', { ref: '$88', reason: 'It has been put off once.' }),
  recommendations('moveRecommendationDueDate', {
    ref: '$88',
    due: { on: '2023-11-30', phrase: 'before the inspection' },
    dueSetBy: 'CGB',
    reason: 'The inspection is in December.',
  }),
  recommendations(
    'sayOwnerWord',
    { ref: '$88', word: 'DONE', text: 'It is done.', evidence: 'The case.', document: '$54', version: '1' },
    lead,
  ),
  recommendations('sayOfficeWord', {
    ref: '$88',
    word: 'DONE',
    text: 'Seen.',
    evidence: 'The case.',
    document: '$54',
    version: '1',
  }),
  recommendations('judgeRecommendationOutcome', {
    ref: '$88',
    outcome: 'NOT_YET_KNOWN',
    text: 'Too early.',
    evidence: 'The backlog.',
    document: '$54',
    version: '1',
  }),
  recommendations('reopenRecommendation', { ref: '$88', reason: 'Complaints go on.' }),
  recommendations('allocateRecommendation', { ref: '$88', owner: 'monitoring-officer', owners: ['force-lead'] }),
  recommendations('acceptRecommendationRisk', { ref: '$88', until: '2024-03-31', reason: 'The building closes.' }),
  recommendations('supersedeRecommendation', { ref: '$88', supersededBy: '$87', supersededIn: '$54' }),
  recommendations('makeRecommendation', {
    body: 'CGB',
    originator: 'CGB',
    kind: 'FINDING',
    title: 'A finding',
    session: 'CLOSED',
  }),
  recommendations('declineRecommendation', { ref: '$105', reason: 'Out of proportion.' }),
  recommendations('removeRecommendation', { ref: '$87', agreedBy: 'CGB', reason: 'Agreed.' }),
  directory('addPost', { ref: 'inspectorate', name: 'Inspectorate', capacity: 'external' }),
  recommendations('makeRecommendation', {
    body: 'CGB',
    originator: 'CGB',
    kind: 'AREA_FOR_IMPROVEMENT',
    title: 'An area for improvement',
    owner: 'force-lead',
  }),
  recommendations('sayAuditorWord', {
    ref: '$109',
    word: 'PARTLY',
    text: 'Half of it.',
    evidence: 'The register.',
    document: '$54',
    version: '1',
    by: 'internal-auditor',
    authority: { document: '$54' },
  }),
  recommendations('sayOriginatorWord', {
    ref: '$109',
    word: 'NOT_DONE',
    text: 'Not seen.',
    evidence: 'The inspection.',
    document: '$54',
    version: '1',
    by: 'inspectorate',
    authority: { document: '$54' },
  }),
  recommendations('makeRecommendation', {
    body: 'CGB',
    originator: 'CGB',
    kind: 'FINDING',
    title: 'Another finding',
    priorityRule: 'CGB-priorities',
    priority: 'High',
    gradeRule: 'CGB-grades',
    grade: 'Good',
    number: ' 22/23-07 ',
  }),
  recommendations('gradeRecommendation', { ref: '$112', rule: 'CGB-priorities', level: 'Low' }),

  actions('raiseAction', { body: 'CGB', title: 'The rest', owner: 'force-lead', followsFrom: '$19' }),
  actions('agreeAction', { ref: '$114' }, chair),
  actions('reportActionComplete', { ref: '$114' }, lead),
  actions(
    'signOffAction',
    {
      ref: '$114',
      authority: { delegation: 'SoD-4' },
      remaining: [{ title: ' Publish it ', owner: 'estates-lead', due: '2023-12-01' }, { title: 'Tell the panel' }],
    },
    chair,
  ),
  documents('reportTotal', {
    ref: '$54',
    list: 'ACTION',
    filter: [
      { filter: 'status', is: ['SIGNED_OFF', 'converted'] },
      { filter: 'body', is: ['CGB'] },
      { filter: 'overdue' },
    ],
    asAt: '2023-06-20',
    number: 9,
    of: 11,
    counts: 'Actions complete.',
    version: '0.9',
    effectiveOn: '2023-10-09',
  }),
  documents('reportTotal', { ref: '$54', list: 'MEETING', asAt: '2023-06-20', number: 0, counts: 'Meetings held.' }),
  risks('proposeRisk', {
    body: 'CGB',
    register: 'JOINT',
    kind: 'THREAT',
    title: ' The control room is without telephones ',
    cause: 'The exchange is out of support.',
    what: 'It fails.',
    effect: 'Calls are lost.',
    cost: 'A life.',
    category: 'TECHNOLOGY',
    owner: 'force-lead',
    owners: ['monitoring-officer'],
  }),
  risks('registerRisk', { ref: '$120' }),
  risks(
    'scoreRisk',
    { ref: '$120', of: 'CURRENT', rule: 'CGB-scores', likelihood: 2, impact: 2, reason: 'It failed.' },
    lead,
  ),
  risks(
    'scoreRisk',
    {
      ...{ ref: '$120', of: 'TARGET', rule: 'CGB-scores', likelihood: 1, impact: 2 },
      ...{ targetOn: '2024-03-31', reason: 'A second exchange.' },
    },
    lead,
  ),
  risks('reviewRisk', { ref: '$120', text: 'Nothing changed.' }, lead),
  risks(
    'rewordRisk',
    {
      ref: '$120',
      title: 'Calls are lost',
      cause: 'Two.',
      what: 'Either.',
      effect: 'Delay.',
      cost: '£1m',
      category: 'OPERATIONS',
    },
    lead,
  ),
  risks('chooseRiskResponse', { ref: '$120', response: 'TREAT', reason: 'It can be brought down.' }, lead),
  risks(
    'addRiskControl',
    { ref: '$120', measure: ' A second exchange ', kind: 'ADDITIONAL', owner: 'estates-lead', targetOn: '2023-12-31' },
    lead,
  ),
  risks(
    'moveRiskControl',
    { ref: '$120', control: '$127!', targetOn: '2024-01-31', reason: 'The supplier is late.' },
    lead,
  ),
  risks(
    'reportRiskControl',
    {
      ...{ ref: '$120', control: '$127!', standing: 'IN_PLACE', effectiveness: 'PARTLY_EFFECTIVE' },
      ...{ owner: 'force-lead', text: 'It took over.' },
    },
    lead,
  ),
  risks('assureRiskControl', {
    ...{ ref: '$120', control: '$127!', line: 'THIRD', opinion: 'MODERATE', cites: '$54', text: 'Not written down.' },
    ...{ by: 'internal-auditor', authority: { document: '$54' } },
  }),
  risks('setRiskAppetite', { ref: '$120', rule: 'CGB-scores', most: 2 }, chair),
  risks('requestRiskAcceptance', { ref: '$120', side: 'FORCE', until: '2024-03-31', reason: 'The site closes.' }, lead),
  risks('acceptRisk', { ref: '$120', until: '2024-01-31', reason: 'To the end of January.' }, chair),
  risks('requestRiskClosure', { ref: '$120', side: 'OPCC', reason: 'It is gone.' }),
  risks('refuseRiskRequest', { ref: '$120', reason: 'It is in use.' }, lead),
  risks('deescalateRisk', { ref: '$120', register: 'OPCC', reason: 'It is paid for.' }, chair),
  risks('escalateRisk', { ref: '$120', register: 'JOINT', reason: 'It is not.' }, chair),
  risks('allocateRisk', { ref: '$120', owner: 'monitoring-officer', owners: ['force-lead'] }),
  risks('proposeRisk', { body: 'CGB', register: 'OPCC', kind: 'OPPORTUNITY', title: 'A grant' }),
  risks('registerRisk', { ref: '$139' }),
  risks('mergeRisk', { ref: '$120', into: '$139' }, chair),
  risks('reopenRisk', { ref: '$120', reason: 'They are two matters.' }),
  risks('requestRiskClosure', { ref: '$139', side: 'OPCC', reason: 'It is not given.' }),
  risks('closeRisk', { ref: '$139' }, chair),

  directory('addBody', { ref: 'DEMOFORCE', name: 'An illustrative force', organisation: 'FORCE', illustrative: true }),
  directory('addBody', { ref: 'DEMOPANEL', name: 'An illustrative panel', illustrative: false, ...HELD }),
  directory('beginReading', { body: 'DEMOPANEL', reads: 'DEMOFORCE', ...PAPER }),
  directory('endReading', { body: 'DEMOPANEL', reads: 'DEMOFORCE', reason: 'It was dissolved.' }),

  rules('addRule', { kind: 'CADENCE', body: 'CGB', title: 'How often the board meets' }),
  rules('setCadence', {
    ...{ ref: 'CGB-cadence', version: '2023/2', every: 2, unit: 'MONTHS' },
    months: [{ month: 12, purpose: 'Finance only' }, { month: 8 }],
  }),
  rules('setCadence', { ref: 'CGB-cadence', every: 4, unit: 'WEEKS' }),

  meetings('scheduleMeeting', { body: 'CGB', on: '2023-09-25', effectiveOn: '2023-09-20' }),
  meetings('holdMeeting', { ref: '$152', effectiveOn: '2023-09-25' }),
  meetings('scheduleMeeting', { body: 'CGB', on: '2023-10-05', effectiveOn: '2023-09-25' }),
  meetings('holdMeeting', { ref: '$154', effectiveOn: '2023-10-05' }),
  meetings('arrangeMeeting', {
    ref: '$154',
    place: 'County Hall',
    chair: 'commissioner',
    quorum: 3,
    webcast: 'The webcast of the board',
  }),
  meetings('listAgendaItem', {
    ...{ ref: '$152', item: '5(iii)', title: ' Neighbourhood Active ', section: 'Change', session: 'OPEN' },
    ...{ paper: '$54', paperVersion: '1', author: 'estates-lead' },
  }),
  meetings('passOverAgendaItem', { ref: '$152', agendaItem: '$157!', reason: 'Time ran out.' }),
  meetings('deferAgendaItem', { ref: '$152', agendaItem: '$157!', to: '$154', phrase: 'the October board' }),
  meetings('deferAgendaItem', {
    ref: '$152',
    agendaItem: '$157!',
    within: { how: 'between', from: '2024-01-01', to: '2024-01-31' },
  }),
  meetings('listAgendaItem', {
    ...{ ref: '$154', item: '4', title: 'Neighbourhood Active', fromMeeting: '$152', continues: '$157!' },
  }),
  meetings('listAgendaItem', { ref: '$154', item: '9', title: 'Rent', session: 'CLOSED' }),
  meetings('presentAgendaItem', { ref: '$154', agendaItem: '$161!', verbally: true }),
  meetings('withdrawAgendaItem', { ref: '$154', agendaItem: '$162!', reason: 'Overtaken.' }),
  meetings('reportAgendaItem', {
    ...{ ref: '$154', agendaItem: '$161!', overview: 'The pilot.', forceUpdate: 'It goes on.', response: 'Noted.' },
  }),
  meetings('recordAttendance', {
    ref: '$154',
    attenders: [
      { as: 'PRESENT', body: 'CGB', people: 4 },
      { as: 'IN_ATTENDANCE', post: 'estates-lead', joined: '4', left: '9', who: ' For the force ' },
    ],
  }),
  meetings('recordSitting', { ref: '$154', opened: '13:00', closed: '13:46', quorate: true }),
  meetings('declareInterest', {
    ...{ ref: '$154', kind: 'NON_REGISTRABLE', post: 'panel-member', who: 'The chair', agendaItem: '$161!' },
    ...{ withdrew: false, text: 'A trustee of a charity.' },
  }),
  meetings('recordPublicQuestion', { ref: '$154', text: 'How many?', who: 'A resident', agendaItem: '$161!' }),
  meetings('answerPublicQuestion', {
    ...{ ref: '$154', question: '$169!', text: '2,303.', post: 'commissioner', inWriting: true },
  }),
  meetings('recordResolution', {
    ...{ ref: '$154', text: 'That it be supported.', outcome: 'AGREED', agendaItem: '$161!' },
    ...{ inFavour: 7, against: 1, abstained: 0 },
  }),
  meetings('excludePublic', {
    ...{ ref: '$154', agendaItem: '$162!', text: 'The affairs of a tenant.' },
    grounds: [{ paragraph: 'PARAGRAPH_1' }, { paragraph: 'PARAGRAPH_3' }],
  }),
  meetings('issuePapers', {
    ...{ ref: '$154', at: '16:30', asAt: '2023-09-27', asAtTime: '12:00', effectiveOn: '2023-09-28' },
    ...{ paper: '$54', paperVersion: '1', note: 'The pack' },
  }),
  meetings('issuePapers', { ref: '$154', agendaItem: '$161!', note: 'A supplementary paper' }),
  meetings('draftMinutes', { ref: '$152', paper: '$54', paperVersion: '1' }),
  meetings('circulateMinutes', { ref: '$152' }),
  meetings('confirmMinutes', { ref: '$152', confirmedAt: '$154', paper: '$54', paperVersion: '0.9' }),
  meetings('publishMinutes', { ref: '$152', publishedAt: 'The website' }),
  meetings('correctMinutes', {
    ref: '$152',
    minute: '$157!',
    agreedAt: '$154',
    text: 'Neighbourhood Active, item 5(iv)',
  }),
  decisions('proposeDecision', {
    body: 'CGB',
    maker: 'COMMISSIONER',
    title: ' Five electric cars ',
    summary: 'For the neighbourhoods.',
    due: { on: '2023-12-20', phrase: 'next CGB' },
  }),
  decisions('draftDecision', { ref: '$180', recommendation: 'That five cars be bought.' }),
  decisions('rejectDecisionOption', { ref: '$180', option: 'To lease them.', reason: 'It costs more.' }),
  decisions('adviseOnDecision', { ref: '$180', adviceOn: 'FINANCE', applies: true, advice: 'It is affordable.' }),
  decisions('adviseOnDecision', { ref: '$180', adviceOn: 'LEGAL', applies: false }, monitoring),
  decisions('writeDecisionPart', { ref: '$180', part: 'OPEN', content: 'Five cars.' }),
  decisions('writeDecisionPart', { ref: '$180', part: 'CLOSED', content: 'The price of each.' }),
  decisions('delegateDecision', { ref: '$180', delegate: 'force-lead', authority: { delegation: 'SoD-4' } }, chair),
  decisions('deferDecision', { ref: '$180', due: { meeting: '$9' }, reason: 'The price is not known.' }, lead),
  decisions(
    'makeDecision',
    {
      ...{ ref: '$180', decided: 'Five cars are bought.', cites: ['$54', '$120'] },
      ...{ basisOn: '2023-10-01', basisRecorded: '2023-10-08T11:00:00.000Z', reason: 'They are needed.' },
    },
    lead,
  ),
  decisions('setDecisionCondition', { ref: '$180', subjectTo: 'Satisfied queries.', targetOn: '2023-12-31' }, lead),
  decisions('reportDecisionCondition', {
    ...{ ref: '$180', condition: '$190!', standing: 'NOT_MET', text: 'Two are open.' },
  }),
  decisions('recordDecision', { ref: '$180', publicInterest: true, test: 'The public pays for it.' }),
  decisions('withholdDecision', { ref: '$180', exemption: 'Schedule 12A, paragraph 3', reason: 'A tender runs.' }),
  decisions('publishDecisionNotice', { ref: '$180', notice: '$54', publishedAt: 'https://example.org/decisions/7' }),
  decisions('varyDecision', { ref: '$180', variation: 'Four cars.', reason: 'One is given.' }, lead),
  decisions('proposeDecision', { body: 'CGB', maker: 'COMMISSIONER', title: 'Four cars' }),
  decisions('draftDecision', { ref: '$196', recommendation: 'That four be bought.' }),
  decisions('adviseOnDecision', { ref: '$196', adviceOn: 'RISK', applies: false }),
  decisions('makeDecision', { ref: '$196', decided: 'Four cars are bought.' }, chair),
  decisions('supersedeDecision', { ref: '$180', supersededBy: '$196' }, lead),
  decisions('revokeDecision', { ref: '$196', reason: 'The scheme has ended.' }, chair),
  decisions('proposeDecision', { body: 'CGB', maker: 'BODY', title: 'A shelter', ...HELD }),
  decisions('draftDecision', { ref: '$202', recommendation: 'That it be built.', ...HELD }),
  decisions('refuseDecision', { ref: '$202', ...HELD, ...MEETING }),
  decisions('proposeDecision', { body: 'CGB', maker: 'COMMISSIONER', title: 'A bench' }),
  decisions('dropDecision', { ref: '$205', reason: 'Nobody asks for it.' }),
  decisions('proposeDecision', { body: 'CGB', maker: 'COMMISSIONER', title: 'A path' }),
  decisions('recordDecisionConsultation', {
    ...{ ref: '$207', body: 'CGB', post: 'estates-lead', who: 'The residents', said: 'They were for it.' },
  }),
  decisions('draftDecision', { ref: '$207', recommendation: 'That it be laid.' }),
  decisions('adviseOnDecision', { ref: '$207', adviceOn: 'RISK', applies: false }),
  decisions('makeDecision', { ref: '$207', decided: 'It is laid.' }, chair),
  decisions('signDecision', { ref: '$207', signedBy: 'commissioner' }),
  forwardPlan('suggestForwardPlanItem', {
    ...{ body: 'CGB', title: ' Annual homicide review ', comments: 'Every year.', sponsor: 'estates-lead' },
    ...{ purpose: 'DECISION', recurrence: 'ANNUAL', origin: 'CYCLE', occasion: 'Item 7(c) of April' },
    ...{ comesFrom: '$19', plannedFor: { meeting: '$15', phrase: 'the December board' }, paperDueOn: '2023-12-01' },
  }),
  forwardPlan('reviseForwardPlanItem', {
    ...{ ref: '$213', title: 'Homicide review', comments: 'With themes.', sponsor: 'force-lead' },
    ...{ purpose: 'SCRUTINY', recurrence: 'STANDING', paperDueOn: '2023-12-04' },
  }),
  forwardPlan('scheduleForwardPlanItem', {
    ...{ ref: '$213', plannedFor: { meeting: '$15', phrase: 'December' }, paperDueOn: '2023-12-05' },
  }),
  forwardPlan('commissionForwardPlanPaper', { ref: '$213', paperDueOn: '2023-10-06', brief: 'What was learned.' }),
  forwardPlan('receiveForwardPlanPaper', { ref: '$213', paper: '$54', paperVersion: '1' }),
  forwardPlan('deferForwardPlanItem', {
    ...{
      ref: '$213',
      plannedFor: { dated: { how: 'between', from: '2024-01-01', to: '2024-01-31' }, phrase: 'January' },
    },
    ...{ paperDueOn: '2024-01-10', meeting: '$154', agendaItem: '$161!', reason: 'Time ran out.' },
  }),
  forwardPlan('presentForwardPlanItem', { ref: '$213', meeting: '$154', agendaItem: '$161!' }, chair),
  forwardPlan('dropForwardPlanItem', { ref: '$213', reason: 'Nobody asks for it.' }, monitoring),

  rules('addRule', { kind: 'OPENING_POLICY', body: 'CGB', title: 'What opens what' }),
  rules('setOpeningPolicy', { ref: 'CGB-opening', decisionsOpenActions: true }),
  rules('setOpeningPolicy', { ref: 'CGB-opening', version: '2023/2', conversionsOpenItems: true }),
  decisions('proposeDecision', { body: 'CGB', maker: 'COMMISSIONER', title: 'A fountain' }),
  decisions('draftDecision', { ref: '$224', recommendation: 'That it be built.' }),
  decisions('adviseOnDecision', { ref: '$224', adviceOn: 'FINANCE', applies: false }),
  decisions(
    'makeDecision',
    {
      ...{ ref: '$224', decided: 'It is built.' },
      actions: [
        { title: ' Find a site ', owner: 'estates-lead', due: '2023-12-01', phrase: 'before Christmas' },
        { title: 'Tell the panel' },
      ],
      conditions: [
        { subjectTo: ' Planning permission ', targetOn: '2023-12-31', owner: 'force-lead' },
        { subjectTo: 'Funds' },
      ],
    },
    chair,
  ),
  decisions(
    'nameDecisionAction',
    {
      ...{ ref: '$224', title: ' Tell the press ', owner: 'force-lead' },
      due: { phrase: 'by the end of the year', on: '2023-12-31' },
    },
    chair,
  ),
  decisions('setDecisionCondition', { ref: '$224', subjectTo: 'No wells.', owner: 'force-lead' }, chair),
  actions('raiseAction', {
    ...{ decision: '$224', causedBy: '$228!', raisedBy: 'DECISION', title: 'Tell the press' },
    owner: 'force-lead',
  }),
  forwardPlan('suggestForwardPlanItem', {
    ...{ body: 'CGB', title: 'What the action became', comesFrom: '$19', causedBy: '$38!' },
  }),
];
