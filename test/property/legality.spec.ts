import { INPUT_FAULTS, KINDS_OF_RECORD, inCapitals } from '../../libs/declarations/index.ts';
import { DISPATCH_REFUSALS } from '../../libs/dispatch/refusals.ts';
import type { JsonObject, RecordEvent, Refusal, Register } from '../../libs/ledger/index.ts';
import { RECORD_REFUSALS } from '../../libs/records/refusals.ts';
import { REGISTERS } from '../../libs/running-ledger/index.ts';
import { pastEvent, type AnyPast } from '../../libs/spec-kit/given.ts';
import { firstIllegal, isLegal } from '../../libs/timeline/index.ts';

/*
 * Legality lives in one place: `mayFollow`. Every reason for which anything is refused stands here once: either it is asked by
 * `mayFollow`, and a late fact, a correction, a void or an import that would bring it about is refused; or here is said why such a
 * change may bring about what a command would have been refused for.
 */

/** What stands, and what is added to it. */
type Scene = readonly [before: readonly AnyPast[], added: readonly AnyPast[]];

const event = (type: string, facts: JsonObject = {}, more: Partial<AnyPast> = {}): AnyPast => ({
  type,
  facts,
  ...more,
});
const correcting = (id: string, path: string, is: JsonObject[string]): AnyPast =>
  event('Corrected', { target: id, schema: 1, path, is });

const REF = 'CGB-2023-06-A1';
const raised = event('ActionRaised', { ref: REF, body: 'CGB', owner: 'force-lead', due: { on: '2023-09-25' } });
const agreed = event('ActionAgreed');
const reported = event('ActionReportedComplete', {}, { by: 'force-lead' });
const authority = { delegation: 'SoD-4' };
const signed = event('ActionSignedOff', {}, { by: 'commissioner', person: 'person-pcc', authority });
const converted = event(
  'ActionConverted',
  { into: 'FORWARD_PLAN_ITEM' },
  { by: 'commissioner', person: 'person-pcc', authority },
);
const withdrawn = event('ActionWithdrawn');
const deferred = event('ActionDeferred', { until: '2023-07-01' });
const extended = event('DueDateExtended', { due: { on: '2023-12-01' } });
const heldBy = (person: string, from = '2023-06-21', to = '2023-12-31'): Partial<AnyPast> => ({
  actor: {
    by: { post: 'opcc-officer' },
    enteredBy: { post: 'opcc-officer', person: 'person-typing' },
    holders: [{ post: 'estates-lead', person, from, to }],
  },
});
const onAuthorityOf = (heldOn: string): Partial<AnyPast> => ({
  effectiveOn: heldOn,
  actor: {
    by: { post: 'commissioner' },
    enteredBy: { post: 'commissioner', person: 'person-pcc' },
    authority: { meeting: 'CGB-2023-06-22' },
    heldOn,
  },
});
const toEstates = (person: string): AnyPast => ({
  ...event('Corrected', { target: 'event-1', schema: 1, path: 'owner', is: 'estates-lead' }),
  ...heldBy(person),
});
const unknownSigner = event('ActionSignedOff', {}, { by: 'commissioner', person: 'p-0123', authority });

const scheduled = event('MeetingScheduled', { ref: 'CGB-2023-06-21', body: 'CGB', on: '2023-06-21', session: 'OPEN' });
const held = event('MeetingHeld', { on: '2023-06-21' });
const cancelled = event('MeetingCancelled');
const minuted = event('ItemMinuted', { session: 'OPEN', promise: false });

const postAdded = event('PostAdded', { ref: 'estates-lead' });
const appointed = event('HolderAppointed', {
  person: 'person-ab3k9',
  until: '2023-12-31',
  interim: false,
  shared: false,
});

const panel = event('BodyAdded', { ref: 'JARAP' });
const reading = event('ReadingBegun', { reads: 'LEICS' });

const linked = event('Linked', { to: 'CGB-2023-06-A2', as: 'IS_ABOUT' });
const unlinked = event('Unlinked', { to: 'CGB-2023-06-A2', as: 'IS_ABOUT' });
const named = event('Named', {}, { texts: ['name'] });
const nameWithdrawn = event('NameWithdrawn', { target: 'event-2' });
const voiding = (target: string): AnyPast => event('Voided', { target });

const paper = event('DocumentRecorded', { ref: 'CGB-2023-06-E1', body: 'CGB', kind: 'REPORT', version: '1' });
const secondVersion = event('DocumentVersionAdded', { version: '2' });
const paperWithdrawn = event('DocumentWithdrawn');
const replaced = event('DocumentReplaced', { supersededBy: 'CGB-2023-07-E1' });
const redactedSecond = event('DocumentRedacted', { version: '2' });
const retained = event('DocumentRetained', { until: '2029-03-31' });

const route = event('RuleAdded', { ref: 'CGB-closure', kind: 'CLOSURE_ROUTE', body: 'CGB' });
const ownerAlone = { ownerSays: true, officeSays: false, auditorSays: false, originatorSays: false };
const routeSet = event('ClosureRouteSet', { version: '1', ...ownerAlone });
const grades = event('RuleAdded', { ref: 'CGB-grades', kind: 'GRADE_SCALE', body: 'CGB' });
const scores = event('RuleAdded', { ref: 'CGB-scores', kind: 'SCORE_SCALE', body: 'CGB' });
const scoresSet = event('ScoreScaleSet', {
  ...{ version: '1', likelihoods: [{ score: 1 }], impacts: [{ score: 1 }] },
  bands: [{ band: 'Low', least: 1, most: 2 }],
});
const policy = event('RuleAdded', { ref: 'CGB-due-dates', kind: 'DUE_DATE_POLICY', body: 'CGB' });
const openings = event('RuleAdded', { ref: 'CGB-opening', kind: 'OPENING_POLICY', body: 'CGB' });
const openingsSet = event('OpeningPolicySet', { version: '1', decisionsOpenActions: true });
const policySet = event('DueDatePolicySet', { version: '1', mostExtensions: 1 });
const reportedNine = event('TotalReported', { list: 'ACTION', asAt: '2023-06-21', number: 9, of: 11 });

const REC = 'CGB-2023-06-R1';
const made = event('RecommendationMade', {
  ref: REC,
  ...{ body: 'CGB', originator: 'HMICFRS', kind: 'RECOMMENDATION', owner: 'force-lead', due: { on: '2023-09-25' } },
});
const saidDone = event('OwnerWordSaid', { word: 'DONE' }, { by: 'force-lead' });
const agreedDone = event('OfficeWordSaid', { word: 'DONE' }, { by: 'commissioner', person: 'person-pcc' });
const askedFor = event('ExtensionRequested', { due: { on: '2023-12-01' } }, { by: 'force-lead' });
const granted = event('ExtensionGranted', { due: { on: '2023-12-01' } });
const notAdopted = event('RecommendationNotAdopted');

const RISK = 'CGB-2023-06-K1';
const risk = event('RiskProposed', {
  ...{ ref: RISK, body: 'CGB', register: 'FORCE', kind: 'THREAT', owner: 'force-lead' },
});
const registered = event('RiskRegistered');
const merged = event('RiskMerged', { into: 'CGB-2023-06-K2' }, { by: 'people-lead', person: 'person-pcc' });
const acceptanceAsked = event('RiskAcceptanceRequested', { side: 'FORCE', until: '2023-12-31' }, { by: 'force-lead' });
const riskAccepted = (person: string): AnyPast =>
  event('RiskAcceptanceGranted', { until: '2023-12-31' }, { by: 'people-lead', person });
const controlAdded = event('RiskControlAdded', { kind: 'EXISTING' });

const DEC = 'CGB-2023-06-D1';
const decision = event('DecisionProposed', { ref: DEC, body: 'CGB', maker: 'COMMISSIONER', due: { on: '2023-09-25' } });
const decisionOfBody = event('DecisionProposed', { ref: DEC, body: 'CGB', maker: 'BODY' });
const decisionDrafted = event('DecisionDrafted');
const decisionAdvised = event('DecisionAdvised', { adviceOn: 'LEGAL', applies: false });
const decisionMade = event('DecisionMade', {
  ...{ basisOn: '2023-06-21', basisRecorded: '2023-06-21T12:00:00.000Z', basisClock: 'STATED' },
});
const readyToDecide = [decision, decisionDrafted, decisionAdvised];
const decisionSigned = event('DecisionSigned', { signedBy: 'commissioner' });
const decisionRecorded = event('DecisionRecorded', { publicInterest: false });
const conditionSet = event('DecisionConditionSet');
const superseded = event('DecisionSuperseded', { supersededBy: 'CGB-2023-06-D2' });

const ITEM = 'CGB-2023-06-F1';
const item = event('ForwardPlanItemSuggested', { ref: ITEM, body: 'CGB', recurrence: 'NONE' });
const itemScheduled = event('ForwardPlanItemScheduled', { plannedFor: { on: '2023-09-25' } });
const paperWanted = event('ForwardPlanPaperCommissioned');
const paperThere = event('ForwardPlanPaperReceived');
const itemPresented = event('ForwardPlanItemPresented', { meeting: 'CGB-2023-06-21' });
const itemDropped = event('ForwardPlanItemDropped');

/** Every refusal that `mayFollow` gives, with a change that is refused for it. */
const confirmedMinutes = { ...event('MinutesConfirmed', { confirmedAt: 'CGB-2030-01-01' }), imported: true as const };
const listedItem = event('AgendaItemListed', { item: '4', session: 'OPEN' });
const ofItem = { agendaItem: 'event-2' };

const ASKED: Readonly<Record<string, Readonly<Record<string, Scene>>>> = {
  'every record': {
    NO_SUCH_RECORD: [[raised], [{ ...linked, effectiveOn: '2023-06-20' }]],
    LINKED_TO_ITSELF: [[raised, linked], [correcting('event-2', 'to', REF)]],
    LINKED_ALREADY: [[raised, linked, unlinked, linked], [voiding('event-3')]],
    NOT_LINKED: [[raised, linked, unlinked], [voiding('event-2')]],
    NOT_NAMED: [[raised, named, nameWithdrawn], [voiding('event-2')]],
  },
  actions: {
    ALREADY_RAISED: [[raised], [raised]],
    NOT_RAISED: [[{ ...raised, effectiveOn: '2023-06-22' }], [agreed]],
    NOT_CLOSED: [[raised, withdrawn, event('ActionReopened')], [event('Voided', { target: 'event-2' })]],
    ACTION_CLOSED: [[raised, agreed, event('UpdateGiven')], [{ ...withdrawn, before: 'event-3' }]],
    ALREADY_AGREED: [[raised, agreed], [agreed]],
    NOT_REPORTED_COMPLETE: [[raised, agreed, reported, signed], [event('Voided', { target: 'event-3' })]],
    NOT_AGREED: [[raised, agreed, reported], [event('Voided', { target: 'event-2' })]],
    ALREADY_REPORTED_COMPLETE: [[raised, agreed, reported], [{ ...reported, before: 'event-3' }]],
    AWAITING_SIGN_OFF: [[raised, agreed, extended], [{ ...reported, before: 'event-3' }]],
    OWNER_MAY_NOT_SIGN_OFF: [[raised, agreed, reported, signed], [toEstates('person-pcc')]],
    SIGNER_UNKNOWN: [[raised, agreed, reported, unknownSigner], [toEstates('person-else')]],
    SIGN_OFF_NEEDS_AUTHORITY: [[raised, agreed, reported], [event('ActionSignedOff', {}, { by: 'commissioner' })]],
    CONVERSION_NEEDS_AUTHORITY: [
      [raised, agreed],
      [
        {
          ...converted,
          actor: {
            by: { post: 'commissioner' },
            enteredBy: { post: 'commissioner', person: 'person-pcc' },
            authority: 'notStated',
          },
        },
      ],
    ],
    AUTHORITY_BEFORE_RAISED: [
      [raised, { ...agreed, ...onAuthorityOf('2023-06-22') }],
      [correcting('event-1', 'effectiveOn', '2023-06-23'), correcting('event-2', 'effectiveOn', '2023-06-24')],
    ],
    DUE_NEEDED: [[raised, agreed, extended], [correcting('event-3', 'due', {})]],
    DUE_AMBIGUOUS: [[raised], [correcting('event-1', 'due.meeting', 'CGB-2023-09-25')]],
    DEFERRAL_AMBIGUOUS: [[raised, agreed, deferred], [correcting('event-3', 'meeting', 'CGB-2023-09-25')]],
    SAME_ACTION: [
      [raised, agreed, event('ActionMerged', { into: 'CGB-2023-04-A1' })],
      [correcting('event-3', 'into', REF)],
    ],
    DUE_BEFORE_RAISED: [[raised], [correcting('event-1', 'due.on', '2023-06-20')]],
    DEFERRED_TO_THE_PAST: [[raised, agreed, deferred], [correcting('event-3', 'effectiveOn', '2023-07-02')]],
  },
  meetings: {
    ALREADY_SCHEDULED: [[scheduled], [scheduled]],
    NOT_SCHEDULED: [[scheduled, held], [correcting('event-1', 'effectiveOn', '2023-06-22')]],
    ALREADY_HELD: [[scheduled, held], [cancelled]],
    MEETING_CANCELLED: [[scheduled, held], [{ ...cancelled, before: 'event-2' }]],
    ALREADY_CANCELLED: [[scheduled, cancelled], [cancelled]],
    NOT_HELD: [[scheduled, held, minuted], [event('Voided', { target: 'event-2' })]],
    NOT_YET_HELD: [[scheduled, held], [correcting('event-2', 'on', '2023-06-22')]],
    MINUTES_CONFIRMED: [[scheduled, held, confirmedMinutes], [event('ResolutionPassed', { outcome: 'NOTED' })]],
    ALREADY_CONFIRMED: [[scheduled, held, confirmedMinutes], [confirmedMinutes]],
    DEFERRED_TO_ITSELF: [
      [scheduled, listedItem],
      [event('AgendaItemDeferred', { ...ofItem, to: scheduled.facts!['ref']! })],
    ],
    WITHOUT_AGENDA: [[scheduled, held], [event('AgendaItemPresented', {})]],
    UNKNOWN_AGENDA_ITEM: [[scheduled, held], [event('AgendaItemPresented', { ...ofItem, verbally: false })]],
    ITEM_SETTLED: [
      [scheduled, listedItem, event('AgendaItemWithdrawn', ofItem)],
      [event('AgendaItemWithdrawn', ofItem)],
    ],
    ALREADY_MINUTED: [
      [scheduled, listedItem, held, event('AgendaItemReported', ofItem)],
      [event('AgendaItemReported', ofItem)],
    ],
    CONTINUES_ITSELF: [
      [scheduled],
      [event('AgendaItemListed', { session: 'OPEN', fromMeeting: scheduled.facts!['ref']! })],
    ],
    ITEM_LISTED_ALREADY: [[scheduled, listedItem], [listedItem]],
    UNKNOWN_ITEM_NUMBER: [
      [scheduled, held],
      [event('AttendanceRecorded', { attenders: [{ as: 'PRESENT', joined: '77' }] })],
    ],
    LEFT_BEFORE_JOINING: [
      [scheduled, listedItem, held],
      [event('AttendanceRecorded', { attenders: [{ as: 'PRESENT', joined: '4', left: '4' }] })],
    ],
    CLOSES_BEFORE_IT_OPENS: [[scheduled, held], [event('SittingRecorded', { opened: '13:00', closed: '12:00' })]],
    NOTHING_TO_ANSWER: [[scheduled, held], [event('PublicQuestionAnswered', {})]],
    UNKNOWN_QUESTION: [[scheduled, held], [event('PublicQuestionAnswered', { question: 'event-9' })]],
    ALREADY_ANSWERED: [
      [scheduled, held, event('PublicQuestionAsked', {}), event('PublicQuestionAnswered', { question: 'event-3' })],
      [event('PublicQuestionAnswered', { question: 'event-3' })],
    ],
    GROUND_TWICE: [
      [scheduled, held],
      [event('PublicExcluded', { grounds: [{ paragraph: 'PARAGRAPH_1' }, { paragraph: 'PARAGRAPH_1' }] })],
    ],
    NOT_YET_ISSUED: [[scheduled], [event('PapersIssued', { at: '23:59' })]],
    POSITION_AFTER_ISSUE: [[scheduled], [event('PapersIssued', { asAt: '2030-01-01' })]],
    NOT_DRAFTED: [[scheduled, held], [event('MinutesCirculated', {})]],
    NOT_CIRCULATED: [[scheduled, held], [event('MinutesConfirmed', { confirmedAt: 'CGB-2030-01-01' })]],
    NOT_CONFIRMED: [[scheduled, held], [event('MinutesPublished', {})]],
    ALREADY_PUBLISHED: [
      [scheduled, held, confirmedMinutes, event('MinutesPublished', {})],
      [event('MinutesPublished', {})],
    ],
    NOT_A_LATER_MEETING: [[scheduled, held], [event('MinutesConfirmed', { confirmedAt: scheduled.facts!['ref']! })]],
    NOT_IN_THE_MINUTES: [
      [scheduled, held, confirmedMinutes],
      [event('MinutesCorrected', { minute: 'event-9', agreedAt: 'CGB-2030-01-01' })],
    ],
  },
  directory: {
    ALREADY_ADDED: [[postAdded], [postAdded]],
    NOT_ADDED: [[postAdded, appointed], [correcting('event-1', 'effectiveOn', '2023-06-22')]],
    NOT_A_PERSON: [
      [event('PersonAdded', { ref: 'person-ab3k9' }), event('SubjectSet', {})],
      [correcting('event-1', 'effectiveOn', '2023-06-22')],
    ],
    NOT_A_POST: [[event('BodyAdded', { ref: 'CGB' })], [appointed]],
    NOT_A_BODY: [[panel, reading], [correcting('event-1', 'effectiveOn', '2023-06-22')]],
    READS_ITSELF: [[panel, reading], [correcting('event-2', 'reads', 'JARAP')]],
    READS_ALREADY: [[panel, reading], [reading]],
    NOT_READ: [[panel, reading, event('ReadingEnded', { reads: 'LEICS' })], [event('Voided', { target: 'event-2' })]],
    ENDS_BEFORE_IT_BEGINS: [[postAdded, appointed], [correcting('event-2', 'until', '2023-06-20')]],
  },
  documents: {
    ALREADY_RECORDED: [[paper], [paper]],
    NOT_RECORDED: [[paper, retained], [correcting('event-1', 'effectiveOn', '2023-06-22')]],
    DOCUMENT_REPLACED: [[paper, secondVersion], [{ ...replaced, before: 'event-2' }]],
    DOCUMENT_WITHDRAWN: [[paper, secondVersion], [{ ...paperWithdrawn, before: 'event-2' }]],
    VERSION_EXISTS: [[paper, secondVersion], [secondVersion]],
    UNKNOWN_VERSION: [[paper, secondVersion, redactedSecond], [event('Voided', { target: 'event-2' })]],
    SAME_DOCUMENT: [[paper, replaced], [correcting('event-2', 'supersededBy', 'CGB-2023-06-E1')]],
    TOTAL_OF_FEWER: [[paper, reportedNine], [correcting('event-2', 'of', 8)]],
    TOTAL_AHEAD: [[paper, reportedNine], [correcting('event-2', 'asAt', '2023-06-22')]],
    RETAINED_TO_THE_PAST: [[paper, retained], [correcting('event-2', 'until', '2023-06-20')]],
  },
  rules: {
    ALREADY_ADDED: [[route], [route]],
    NOT_ADDED: [[route, routeSet], [correcting('event-1', 'effectiveOn', '2023-06-22')]],
    OTHER_KIND: [[route], [policySet]],
    NOT_IN_FORCE: [[route, routeSet, event('RuleEnded')], [event('Voided', { target: 'event-2' })]],
    VERSION_EXISTS: [[route, routeSet], [{ ...routeSet, effectiveOn: '2023-07-01' }]],
    TWICE: [[grades], [event('GradeScaleSet', { version: '1', levels: [{ level: 'Good' }, { level: 'good' }] })]],
    UPSIDE_DOWN: [[scores, scoresSet], [correcting('event-2', 'bands', [{ band: 'Low', least: 2, most: 1 }])]],
    BANDS_OVERLAP: [
      [scores, scoresSet],
      [
        correcting('event-2', 'bands', [
          { band: 'Low', least: 1, most: 2 },
          { band: 'High', least: 2, most: 4 },
        ]),
      ],
    ],
    ROUTE_ASKS_NOBODY: [[route, routeSet], [correcting('event-2', 'ownerSays', false)]],
    POLICY_ASKS_NOTHING: [[policy, policySet], [correcting('event-2', 'mostExtensions', null)]],
    POLICY_OPENS_NOTHING: [[openings, openingsSet], [correcting('event-2', 'decisionsOpenActions', false)]],
  },
  decisions: {
    ALREADY_PROPOSED: [[decision], [decision]],
    NOT_PROPOSED: [[{ ...decision, effectiveOn: '2023-06-22' }], [decisionDrafted]],
    DECISION_TAKEN: [[...readyToDecide, decisionMade], [decisionDrafted]],
    NOT_DRAFTED: [readyToDecide, [voiding('event-2')]],
    NOT_ADVISED: [[...readyToDecide, decisionMade], [voiding('event-3')]],
    NOT_MADE: [[...readyToDecide, decisionMade, conditionSet], [voiding('event-4')]],
    DECISION_ENDED: [[...readyToDecide, decisionMade, event('DecisionRevoked')], [conditionSet]],
    ALREADY_SIGNED: [[...readyToDecide, decisionMade, decisionSigned], [decisionSigned]],
    NOTHING_TO_RECORD: [[...readyToDecide, decisionMade, decisionRecorded], [voiding('event-4')]],
    ALREADY_RECORDED: [[...readyToDecide, decisionMade, decisionRecorded], [decisionRecorded]],
    NOT_RECORDED: [
      [...readyToDecide, decisionMade, decisionRecorded, event('DecisionNoticePublished')],
      [voiding('event-5')],
    ],
    ALREADY_PUBLISHED: [
      [...readyToDecide, decisionMade, decisionRecorded, event('DecisionNoticePublished')],
      [event('DecisionWithheld')],
    ],
    MEETING_DECIDES: [[decisionOfBody, decisionDrafted, decisionAdvised], [decisionMade]],
    OTHER_BODY_MET: [
      [decisionOfBody, decisionDrafted, decisionAdvised],
      [{ ...decisionMade, authority: { meeting: 'JARAP-2023-06-21' } }],
    ],
    AUTHORITY_BEFORE_PROPOSED: [
      [decision, { ...event('DecisionDelegated', { delegate: 'estates-lead' }), ...onAuthorityOf('2023-06-22') }],
      [correcting('event-1', 'effectiveOn', '2023-06-23'), correcting('event-2', 'effectiveOn', '2023-06-24')],
    ],
    DUE_AMBIGUOUS: [[decision], [correcting('event-1', 'due.meeting', 'CGB-2023-09-25')]],
    UNKNOWN_CONDITION: [
      [
        ...[...readyToDecide, decisionMade, conditionSet],
        event('DecisionConditionReported', { condition: 'event-5', standing: 'MET' }),
      ],
      [voiding('event-5')],
    ],
    SAME_DECISION: [[...readyToDecide, decisionMade, superseded], [correcting('event-5', 'supersededBy', DEC)]],
    BASIS_AFTER_DECISION: [
      [...readyToDecide.map((one) => ({ ...one, effectiveOn: '2023-06-19' })), decisionMade],
      [correcting('event-4', 'effectiveOn', '2023-06-20')],
    ],
  },
  'forward-plan': {
    ALREADY_SUGGESTED: [[item], [item]],
    NOT_SUGGESTED: [[{ ...item, effectiveOn: '2023-06-22' }], [itemScheduled]],
    ITEM_DROPPED: [[item, itemDropped], [itemScheduled]],
    ITEM_PRESENTED: [
      [{ ...item, facts: { ...item.facts, recurrence: 'ANNUAL' } }, itemScheduled, itemPresented, itemScheduled],
      [correcting('event-1', 'recurrence', 'NONE')],
    ],
    ALREADY_SCHEDULED: [[item, itemScheduled], [itemScheduled]],
    NOT_SCHEDULED: [[item, itemScheduled, paperWanted], [voiding('event-2')]],
    ALREADY_COMMISSIONED: [[item, itemScheduled, paperWanted], [paperWanted]],
    NOT_COMMISSIONED: [[item, itemScheduled, paperWanted, paperThere], [voiding('event-3')]],
    ALREADY_RECEIVED: [[item, itemScheduled, paperWanted, paperThere], [paperThere]],
    PLACE_NEEDED: [[item], [event('ForwardPlanItemScheduled', { plannedFor: {} })]],
    PLANNED_AMBIGUOUS: [[item, itemScheduled], [correcting('event-2', 'plannedFor.meeting', 'CGB-2023-09-25')]],
    OTHER_BODY: [
      [item, { ...itemScheduled, facts: { plannedFor: { meeting: 'CGB-2023-09-25' } } }],
      [correcting('event-2', 'plannedFor.meeting', 'JARAP-2023-09-25')],
    ],
  },
  risks: {
    ALREADY_PROPOSED: [[risk], [risk]],
    NOT_PROPOSED: [[{ ...risk, effectiveOn: '2023-06-22' }], [registered]],
    NOTHING_TO_REOPEN: [[risk, merged, event('RiskReopened')], [voiding('event-2')]],
    RISK_ENDED: [[risk, event('RiskReworded')], [{ ...merged, before: 'event-2' }]],
    ALREADY_REGISTERED: [[risk, registered], [registered]],
    NOT_REGISTERED: [[risk, registered, event('RiskReviewed')], [voiding('event-2')]],
    REQUEST_PENDING: [[risk, registered, acceptanceAsked], [{ ...acceptanceAsked, before: 'event-3' }]],
    NOTHING_ASKED: [[risk, registered, acceptanceAsked, riskAccepted('person-pcc')], [voiding('event-3')]],
    OWNER_MAY_NOT_DECIDE: [[risk, registered, acceptanceAsked, riskAccepted('person-pcc')], [toEstates('person-pcc')]],
    DECIDER_UNKNOWN: [[risk, registered, acceptanceAsked, riskAccepted('p-0123')], [toEstates('person-else')]],
    OWN_ASSURANCE: [
      [
        risk,
        controlAdded,
        event('RiskControlAssured', { control: 'event-2', line: 'SECOND', opinion: 'LIMITED' }, { by: 'estates-lead' }),
      ],
      [correcting('event-1', 'owner', 'estates-lead')],
    ],
    AUTHORITY_BEFORE_PROPOSED: [
      [risk, { ...registered, ...onAuthorityOf('2023-06-22') }],
      [correcting('event-1', 'effectiveOn', '2023-06-23'), correcting('event-2', 'effectiveOn', '2023-06-24')],
    ],
    UNKNOWN_CONTROL: [
      [risk, controlAdded, event('RiskControlReported', { control: 'event-2', standing: 'NOT_IN_PLACE' })],
      [voiding('event-2')],
    ],
    ACCEPTED_TO_THE_PAST: [[risk, registered, acceptanceAsked], [correcting('event-3', 'until', '2023-06-20')]],
    SAME_REGISTER: [
      [risk, registered, event('RiskEscalated', { register: 'JOINT' })],
      [correcting('event-3', 'register', 'FORCE')],
    ],
    SAME_RISK: [[risk, merged], [correcting('event-2', 'into', RISK)]],
  },
  recommendations: {
    ALREADY_MADE: [[made], [made]],
    NOT_MADE: [[{ ...made, effectiveOn: '2023-06-22' }], [saidDone]],
    RECOMMENDATION_ENDED: [[made, event('RecommendationUpdated')], [{ ...notAdopted, before: 'event-2' }]],
    EXTENSION_ALREADY_REQUESTED: [[made, askedFor], [{ ...askedFor, before: 'event-2' }]],
    NO_EXTENSION_REQUESTED: [[made, askedFor, granted], [event('Voided', { target: 'event-2' })]],
    OWNER_MAY_NOT_VERIFY: [[made, saidDone, agreedDone], [toEstates('person-pcc')]],
    VERIFIER_UNKNOWN: [
      [made, event('OfficeWordSaid', { word: 'DONE' }, { by: 'commissioner', person: 'p-0123' })],
      [toEstates('person-else')],
    ],
    WORD_NEEDS_DOCUMENT: [[made], [event('AuditorWordSaid', { word: 'DONE' }, { by: 'audit-firm' })]],
    AUTHORITY_BEFORE_MADE: [
      [made, { ...notAdopted, ...onAuthorityOf('2023-06-22') }],
      [correcting('event-1', 'effectiveOn', '2023-06-23'), correcting('event-2', 'effectiveOn', '2023-06-24')],
    ],
    DUE_NEEDED: [[made, askedFor], [correcting('event-2', 'due', {})]],
    DUE_AMBIGUOUS: [[made], [correcting('event-1', 'due.meeting', 'CGB-2023-09-25')]],
    SAME_RECOMMENDATION: [
      [made, event('RecommendationSuperseded', { supersededBy: 'CGB-2023-07-R1' })],
      [correcting('event-2', 'supersededBy', REC)],
    ],
    DUE_BEFORE_MADE: [[made], [correcting('event-1', 'due.on', '2023-06-20')]],
    ACCEPTED_TO_THE_PAST: [
      [made, event('RiskAccepted', { until: '2024-03-31' })],
      [correcting('event-2', 'until', '2023-06-20')],
    ],
  },
};

const SHAPE =
  'the shape of an input: `correctable` asks the same of every correction, and nothing else changes a recorded value';
const WORDS =
  'words: a correction gives others in their place and takes none away, and an erasure takes the words, not the fact';
const OTHER =
  'another record’s state: it is asked when the fact is decided, and of the new value of a correction; what becomes of that record later unmakes nothing';
const CLOSED_BY_A_ROUTE =
  'whether it is closed says the route of its originator, another record: it is asked at entry, and no later word or version unmakes what was decided then';
const SAME = 'a fact that came to change nothing is harmless: both stay, and the fold is the same';
const COUNTED =
  'what is counted is never corrected; a later version that narrows a list otherwise does not unmake what was reported';
const ENTRY = 'a question of the moment of entry: who may, what is known, what was sent before';
const AMENDS =
  'about amendments, which stand in the order in which they were recorded: nothing comes before them later';

/** Every other refusal, and why a re-fold may bring about what it refuses. */
const MAY_COME_ABOUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'forward-plan': {
    NOTHING_REVISED: SHAPE,
    VERSION_NEEDS_PAPER: 'neither the paper nor its version is ever corrected',
    AGENDA_ITEM_NEEDS_MEETING: 'neither the meeting nor its agenda item is ever corrected',
    UNKNOWN_CAUSE: OTHER,
    NOT_OF_THAT_BODY: OTHER,
    DEFERRAL_NEEDS_REASON: WORDS,
    DROPPING_NEEDS_REASON: WORDS,
    MEETING_CANCELLED: OTHER,
    PLANNED_FOR_THE_PAST: OTHER,
    UNKNOWN_PAPER_VERSION: OTHER,
    MEETING_NOT_HELD: OTHER,
    UNKNOWN_AGENDA_ITEM: OTHER,
    NOTHING_CHANGES: SAME,
  },
  decisions: {
    NOBODY_CONSULTED: WORDS,
    WITHOUT_CONDITIONS: ENTRY,
    DELEGATION_NEEDS_AUTHORITY: ENTRY,
    OPTION_NEEDS_REASON: WORDS,
    DEFERRAL_NEEDS_REASON: WORDS,
    REFUSAL_NEEDS_REASON: WORDS,
    DROPPING_NEEDS_REASON: WORDS,
    WITHHOLDING_NEEDS_REASON: WORDS,
    VARIATION_NEEDS_REASON: WORDS,
    REVOCATION_NEEDS_REASON: WORDS,
    ADVICE_NEEDED: WORDS,
    OTHER_NOT_MADE: OTHER,
    BASIS_OF_A_PAPER: ENTRY,
    BASIS_AFTER_NOW: ENTRY,
    DUE_BEFORE_DECIDED:
      'a correction may leave something due earlier: what it opened has dates of its own, and may be overdue from its first day',
    NOTHING_CHANGES: SAME,
  },
  actions: {
    RETURN_NEEDS_REASON: WORDS,
    EXTENSION_NEEDS_REASON: WORDS,
    DEFERRAL_NEEDS_REASON: WORDS,
    MERGER_NEEDS_REASON: WORDS,
    SUPERSESSION_NEEDS_REASON: WORDS,
    WITHDRAWAL_NEEDS_REASON: WORDS,
    REOPENING_NEEDS_REASON: WORDS,
    NEEDS_MEETING_OR_BODY: 'neither may be corrected: the reference is made of them',
    NEEDS_MEETING: 'no fact says that a meeting raised it: the meeting that it names does',
    NEEDS_OCCASION: WORDS,
    OCCASION_OF_NOTHING: WORDS,
    PROMISE_NEEDS_MEETING: 'neither may be corrected',
    PROMISE_NOT_MINUTED: OTHER,
    NOT_A_PROMISE: OTHER,
    MEETING_CANCELLED: OTHER,
    OTHER_BODY: OTHER,
    ORIGIN_AMBIGUOUS: 'neither may be corrected',
    NOT_OF_THAT_BODY: OTHER,
    UNKNOWN_CAUSE: OTHER,
    OTHER_ACTION_CLOSED: OTHER,
    UNKNOWN_VERSION: OTHER,
    NOT_AN_EXTENSION:
      'the order of extensions is no part of legality: a move that a late entry or a correction leaves with an earlier day counts as brought forward',
    NOTHING_CHANGES: SAME,
  },
  meetings: {
    DAY_AMBIGUOUS: 'a day that is corrected in beside a span tells more than the span, and counts',
    DAY_NEEDED: SHAPE,
    CANCELLATION_NEEDS_REASON: WORDS,
    NOTHING_CHANGES: SAME,
    NOTHING_ARRANGED: SHAPE,
    NOTHING_SAID_OF_SITTING: SHAPE,
    CONTINUES_NEEDS_BOTH: SHAPE,
    VERSION_NEEDS_PAPER: SHAPE,
    DEFERRED_TO_TWO: SHAPE,
    NOTHING_REPORTED: SHAPE,
    SUPPLEMENT_GIVES_NO_POSITION: SHAPE,
    TIME_NEEDS_DAY: SHAPE,
    WITHDRAWAL_NEEDS_REASON: WORDS,
    ATTENDER_UNNAMED: WORDS,
    INTEREST_NEEDED: WORDS,
    NOBODY_DECLARED: WORDS,
    UNKNOWN_PAPER_VERSION: ENTRY,
    UNKNOWN_CARRIED_OVER: ENTRY,
    OF_ANOTHER_BODY: ENTRY,
    NOT_HELD_THEN: ENTRY,
    SLIP_NEEDS_CONFIRMED_MINUTES: AMENDS,
  },
  directory: {
    NOT_A_MONITORING_OFFICER: ENTRY,
    GRANTER_UNKNOWN: ENTRY,
    OWN_APPOINTMENT: ENTRY,
    OWN_POST: ENTRY,
    OWN_SUBJECT: ENTRY,
    SOMEBODY_ELSE_CAN: ENTRY,
    SUBJECT_TAKEN: ENTRY,
    SUBJECT_NEEDED: ENTRY,
    RESERVED_REFERENCE: 'a reference never changes',
    CALLED_AS_A_PAGE: 'a reference never changes',
    STANDARD_POST: 'a standard post acts in the capacity of its name whatever an entry or a correction says',
    NOTHING_CHANGES: SAME,
  },
  documents: {
    VERSION_NEEDS_REASON: WORDS,
    WITHDRAWAL_NEEDS_REASON: WORDS,
    REPLACEMENT_NEEDS_REASON: WORDS,
    OTHER_DOCUMENT_GONE: OTHER,
    UNKNOWN_FILTER: COUNTED,
    UNKNOWN_CHOICE: COUNTED,
    NOT_ONE_RECORD: COUNTED,
    NEEDS_NO_CHOICE: COUNTED,
    SAME_TOTAL: SAME,
    NOTHING_CHANGES: SAME,
  },
  rules: {
    END_NEEDS_REASON: WORDS,
    ...Object.fromEntries(
      ['NAME_NEEDED', 'NAME_NOT_TAKEN', 'MALFORMED_NAME', 'RESERVED_NAME', 'REGISTER_NEEDED', 'REGISTER_NOT_TAKEN'].map(
        (code) => [code, 'neither kind, body, register nor reference may be corrected: they say what the rule is'],
      ),
    ),
    NOTHING_CHANGES: SAME,
  },
  risks: {
    NOTHING_REWORDED: SHAPE,
    NOTHING_REPORTED: SHAPE,
    SCORE_NEEDS_RATIONALE: WORDS,
    MOVE_NEEDS_REASON: WORDS,
    ACCEPTANCE_NEEDS_REASON: WORDS,
    CLOSING_NEEDS_REASON: WORDS,
    REFUSAL_NEEDS_REASON: WORDS,
    ESCALATION_NEEDS_REASON: WORDS,
    REOPENING_NEEDS_REASON: WORDS,
    WITHOUT_CONTROLS: 'asked before anything is filled in; what was recorded names its control (UNKNOWN_CONTROL)',
    INTO_ENDED_RISK: OTHER,
    NO_SUCH_SCALE: OTHER,
    SCALE_NOT_IN_FORCE: OTHER,
    NO_SUCH_STEP: OTHER,
    TARGET_DAY_NEEDED: SHAPE,
    TARGET_DAY_OF_NOTHING: 'a day that says nothing there is read by nobody',
    NOTHING_CHANGES: SAME,
  },
  recommendations: {
    EXTENSION_NEEDS_REASON: WORDS,
    REFUSAL_NEEDS_REASON: WORDS,
    MOVE_NEEDS_REASON: WORDS,
    ACCEPTANCE_NEEDS_REASON: WORDS,
    NOT_ADOPTED_NEEDS_REASON: WORDS,
    REMOVAL_NEEDS_REASON: WORDS,
    REOPENING_NEEDS_REASON: WORDS,
    RESPONSE_NEEDS_REASON: 'a correction of an answer has a reason of its own, which stands beside it',
    NOT_DEPENDENT:
      'of an answer that is corrected the other body says nothing any more, and is taken away by another correction',
    SUCCESSOR_NEEDED: SHAPE,
    UNTIL_NEEDED: SHAPE,
    PART_OF_NO_CAUSE: OTHER,
    LEVEL_NEEDED: SHAPE,
    DATE_NEEDED: 'who set a date that was taken away by a correction is not told: there is no date to tell it of',
    NO_SUCH_SCALE: OTHER,
    SCALE_NOT_IN_FORCE: OTHER,
    UNKNOWN_LEVEL: OTHER,
    UNKNOWN_VERSION: OTHER,
    RECOMMENDATION_CLOSED: CLOSED_BY_A_ROUTE,
    NOT_CLOSED_YET: CLOSED_BY_A_ROUTE,
    NOTHING_TO_REOPEN: CLOSED_BY_A_ROUTE,
    NOT_AN_EXTENSION:
      'the order of extensions is no part of legality: a move that a late entry or a correction leaves with an earlier day counts as brought forward',
    NOTHING_CHANGES: SAME,
  },
  declarations: {
    ...Object.fromEntries(INPUT_FAULTS.map((code) => [code, SHAPE])),
    BLANK: WORDS,
    ...Object.fromEntries(KINDS_OF_RECORD.map((kind) => [`UNKNOWN_${inCapitals(kind)}`, OTHER])),
  },
  'every record': Object.fromEntries(
    Object.keys(RECORD_REFUSALS)
      .filter((code) => ASKED['every record']![code] === undefined)
      .map((code) => [
        code,
        code === 'PERSONS_HAVE_NO_OTHER_NAME'
          ? 'of what kind a record is never changes: its reference says it'
          : AMENDS,
      ]),
  ),
  dispatch: {
    ...Object.fromEntries(Object.keys(DISPATCH_REFUSALS).map((code) => [code, ENTRY])),
    UNKNOWN_BEFORE:
      'where a correction of a day takes the two facts apart, each stands by its own day: `before` says nothing then',
    EFFECTIVE_IN_FUTURE: 'a correction of a day is refused the same (`INVALID_VALUE`)',
    LATE_NEEDS_REASON: 'an amendment always has a reason of its own and is never late',
  },
};

const registers = new Map(REGISTERS.map((register) => [register.name, register]));

/** Why a change is refused: a new fact that may not stand, or one that stood and no longer may. */
function refusalOf(register: Register, [before, added]: Scene): Refusal | null {
  const all = [...before, ...added].map((one, index) => pastEvent(register.name, one, index + 1));
  const stood: readonly RecordEvent[] = all.slice(0, before.length);
  for (const { id } of all.slice(before.length)) {
    const refusal = isLegal(register, all, id);
    if (refusal !== null) return refusal;
  }
  return firstIllegal(register, stood, all)?.refusal ?? null;
}

const scenes = Object.entries(ASKED).flatMap(([name, codes]) =>
  Object.entries(codes).map(
    ([code, scene]) => [name, code, registers.get(name === 'every record' ? 'actions' : name)!, scene] as const,
  ),
);

describe('legality is asked in one place', () => {
  const declared: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(REGISTERS.map(({ name, refusals }) => [name, Object.keys(refusals)])),
    declarations: [...INPUT_FAULTS, ...KINDS_OF_RECORD.map((kind) => `UNKNOWN_${inCapitals(kind)}`)],
    'every record': Object.keys(RECORD_REFUSALS),
    dispatch: Object.keys(DISPATCH_REFUSALS),
  };

  it.each(Object.entries(declared))(
    'every refusal of %s is asked by mayFollow, or may come about for a reason',
    (list, codes) => {
      const told = [...Object.keys(ASKED[list] ?? {}), ...Object.keys(MAY_COME_ABOUT[list] ?? {})];
      expect([...told].sort()).toEqual([...codes].sort());
    },
  );

  it.each(scenes)('%s: a change that would bring about %s is refused', (_name, code, register, scene) => {
    const before = scene[0].map((one, index) => pastEvent(register.name, one, index + 1));
    before.forEach(({ id }) => expect(isLegal(register, before, id)).toBeNull());
    expect(refusalOf(register, scene)?.code).toBe(code);
  });

  it.each(scenes)('%s: the test of %s turns red when mayFollow leaves it to decide', (_name, code, register, scene) => {
    const careless: Register = {
      ...register,
      mayFollow: (state, one) => {
        const refusal = register.mayFollow(state, one);
        return refusal?.code === code ? null : refusal;
      },
    };
    expect(refusalOf(careless, scene)?.code).not.toBe(code);
  });
});

describe('a correction names only what is there, as the command must', () => {
  /** A value of each form in which one record names another. */
  const NAMING = [
    'chief-constable',
    'CGB',
    'CGB-2023-06-21',
    'CGB-2023-06-A7',
    'person-ab3k9',
    'CGB-2023-06-E1',
    'CGB-2023-06-R1',
    { meeting: 'CGB-2023-06-21' },
  ] as const;
  /** Fields whose values only look like a reference. */
  const NO_NAMES = ['item', 'version', 'level'];

  it('asks for the record behind every path that takes a reference, in every register', () => {
    const paths: string[] = [];
    const forgotten: string[] = [];
    for (const { name, correctable } of REGISTERS)
      for (const [type, entries] of Object.entries(correctable))
        for (const { path, is, names } of entries ?? []) {
          if (typeof is !== 'function' || NO_NAMES.includes(path)) continue;
          for (const value of NAMING.filter((one) => is(one as never) === null)) {
            paths.push(`${name} ${type} ${path}`);
            if ((names?.(value) ?? null) === null) forgotten.push(`${name} ${type} ${path}`);
          }
        }
    expect(forgotten).toEqual([]);
    expect(new Set(paths).size).toBeGreaterThanOrEqual(13);
  });
});
