import { createHash } from 'node:crypto';
import type { KeyStore, PartKey } from '../../libs/keys/index.ts';
import type { Actor, Ids, JsonObject } from '../../libs/ledger/index.ts';
import { REGISTERS } from '../../libs/running-ledger/index.ts';

/** One sample of every kind of event that was ever written: what it says, in the shape of its schema. */
export interface Sample {
  readonly facts: JsonObject;
  readonly texts?: { readonly [field: string]: string };
  readonly persons?: { readonly [field: string]: string };
}

const TARGET = '3f0e7b52-93c5-4a0e-8a3e-0f4f1c5a9b10';

const COMMON: { [type: string]: Sample } = {
  Corrected: { facts: { target: TARGET, schema: 1, path: 'due.on', is: '2023-07-31' } },
  Voided: { facts: { target: TARGET }, texts: { reason: 'Entered for the wrong action.' } },
  Restored: { facts: { target: TARGET }, texts: { reason: 'It was the right action after all.' } },
  OtherwiseStated: { facts: { target: TARGET, path: 'due.phrase' }, texts: { says: 'January', document: 'Report to the Panel' } },
  Published: { facts: {} },
  Linked: { facts: { to: 'CGB-2023-06-A3', as: 'FOLLOWS_FROM' }, texts: { reason: 'What was left of it.' } },
  Unlinked: { facts: { to: 'CGB-2023-06-A3', as: 'FOLLOWS_FROM' }, texts: { reason: 'They are two matters.' } },
  Named: { facts: {}, texts: { name: '14/2018/P' } },
  NameWithdrawn: { facts: { target: TARGET }, texts: { reason: 'The panel numbers its papers anew.' } },
  Marked: { facts: { target: TARGET, to: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } } },
};

export const SAMPLES: { readonly [registerAndType: string]: Sample } = {
  'ledger/LedgerOpened': { facts: { ledger: 'a1d0c8f2-7c1e-4d9f-9f5e-6b1f0c2d3e4f', format: 1 } },
  'ledger/OperatorDeclared': {
    facts: { matter: 'LOG_ACCEPTED', details: { finding: 'shorter', events: 41 } },
    texts: { reason: 'The disk failed; this is the backup of last night.' },
    persons: { operator: 'A. N. Operator' },
  },
  'references/ReferenceReserved': { facts: { ref: 'CGB-2023-06-A1', for: 'actions-00112233445566778899aabbccddeeff' } },

  'actions/ActionRaised': {
    facts: {
      ref: 'CGB-2023-06-A7',
      body: 'CGB',
      meeting: 'CGB-2023-06-21',
      item: '8(g)',
      owner: 'chief-constable',
      organisation: 'JOINT',
      priority: 'MEDIUM',
      due: { on: '2023-09-25' },
    },
    texts: { title: 'Commissioner and Force to meet regarding Neighbourhood Active', phrase: 'before the September board' },
  },
  'actions/ActionRaised.v2': {
    facts: {
      ref: 'CGB-2023-06-A8',
      body: 'CGB',
      meeting: 'CGB-2023-06-21',
      raisedBy: 'LETTER',
      keepsPromise: TARGET,
      owner: 'chief-constable',
      owners: ['estates-lead', 'force-lead'],
    },
    texts: { title: 'Answer the letter', occasion: 'Letter of the local authority, 2 June 2023' },
  },
  'actions/ActionAgreed': { facts: {} },
  'actions/UpdateGiven': { facts: {}, texts: { update: 'The meeting is set for next week.' } },
  'actions/EvidenceAdded': { facts: {}, texts: { title: 'Note of the meeting', fileName: 'note.pdf', sha256: '00'.repeat(32) } },
  'actions/ActionReportedComplete': { facts: {}, texts: { report: 'They met.', evidence: 'Note of the meeting' } },
  'actions/ActionReturned': { facts: {}, texts: { reason: 'The note is missing.' } },
  'actions/ActionSignedOff': { facts: {} },
  'actions/ActionReassigned': { facts: { owner: 'force-lead' } },
  'actions/DueDateExtended': { facts: { due: { meeting: 'CGB-2023-09-25' } }, texts: { phrase: 'the next board', reason: 'Leave.' } },
  'actions/ActionDeferred': { facts: { until: '2024-01-31' }, texts: { phrase: 'January' } },
  'actions/ActionConverted': { facts: { into: 'FORWARD_PLAN_ITEM' }, texts: { item: 'Annual homicide review' } },
  'actions/ActionMerged': { facts: { into: 'CGB-2023-06-A3' }, texts: { reason: 'The same matter.' } },
  'actions/ActionSuperseded': { facts: { by: 'CGB-2023-06-A3' }, texts: { reason: 'A wider action was agreed.' } },
  'actions/ActionWithdrawn': { facts: {}, texts: { reason: 'No longer needed.' } },
  'actions/ActionReopened': { facts: {}, texts: { reason: 'The concern came back.' } },

  'meetings/MeetingScheduled': { facts: { ref: 'CGB-2023-06-21', body: 'CGB', on: '2023-06-21', session: 'OPEN' }, texts: { title: 'June board' } },
  'meetings/MeetingHeld': { facts: { on: '2023-06-21' } },
  'meetings/MeetingCancelled': { facts: {}, texts: { reason: 'Too few papers.' } },
  'meetings/MeetingPostponed': { facts: { dated: { how: 'between', from: '2023-07-01', to: '2023-07-31' } } },
  'meetings/ItemMinuted': {
    facts: { item: '7(i)', session: 'OPEN', promise: true, owner: 'chief-constable', due: { on: '2023-09-25' } },
    texts: { title: 'Transformation', text: 'A briefing note on demand.', phrase: 'by September' },
  },

  'directory/ReadingBegun': { facts: { reads: 'LEICS' } },
  'directory/ReadingEnded': { facts: { reads: 'LEICS' }, texts: { reason: 'The panel was dissolved.' } },
  'directory/BodyAdded': { facts: { ref: 'CGB', organisation: 'JOINT' }, texts: { name: 'Corporate Governance Board' } },
  'directory/PostAdded': { facts: { ref: 'chief-constable', body: 'FORCE', capacity: 'force-lead' }, texts: { name: 'Chief Constable' } },
  'directory/PersonAdded': { facts: { ref: 'person-k7m2p' }, persons: { name: 'A. N. Officer', contact: 'officer@example.org' } },
  'directory/SubjectSet': { facts: {}, persons: { subject: 'a.n.officer@example.org' } },
  'directory/MonitoringOfficerAppointed': {
    facts: { person: 'person-k7m2p' },
    texts: { reason: 'The first of this ledger.' },
    persons: { operator: 'A. N. Operator' },
  },
  'directory/HolderAppointed': { facts: { person: 'person-k7m2p', until: '2024-03-31', interim: true, shared: false } },

  'documents/DocumentRecorded': {
    facts: { ref: 'CGB-2023-06-E1', body: 'CGB', kind: 'REPORT', date: '2023-06-14', publishingBody: 'FORCE', version: '1' },
    texts: {
      title: 'Force performance report',
      publisher: 'The Chief Constable',
      publishedAt: 'https://example.org/papers/4',
      sha256: '00'.repeat(32),
    },
  },
  'documents/DocumentVersionAdded': {
    facts: { version: '1.1', date: '2023-06-20' },
    texts: { changed: 'Table 2.', publishedAt: 'https://example.org/papers/5', sha256: '11'.repeat(32), reason: 'A column was missing.' },
  },
  'documents/DocumentRedacted': {
    facts: { version: '1.1' },
    texts: { withholds: 'Names of witnesses.', exemption: 'FOIA s40(2)', publishedAt: 'https://example.org/papers/6', sha256: '22'.repeat(32) },
  },
  'documents/DocumentWithdrawn': { facts: {}, texts: { reason: 'It was a draft.' } },
  'documents/DocumentReplaced': { facts: { supersededBy: 'CGB-2023-07-E2' }, texts: { reason: 'The audited one came out.' } },
  'documents/DocumentRetained': { facts: { until: '2029-03-31' }, texts: { rule: 'Support papers: six years after the end of the year' } },

  'recommendations/RecommendationMade': {
    facts: {
      ref: 'JARAP-2022-12-R4',
      body: 'JARAP',
      originator: 'HMICFRS',
      kind: 'RECOMMENDATION',
      publication: 'JARAP-2022-12-E1',
      item: 'Recommendation 4',
      partOf: 'JARAP-2022-12-R1',
      addressedTo: 'CHIEF_CONSTABLE',
      owner: 'chief-constable',
      owners: ['force-lead', 'estates-lead'],
      due: { dated: { how: 'between', from: '2023-03-01', to: '2023-09-30' } },
      dueSetBy: 'HMICFRS',
    },
    texts: {
      title: 'Digital forensics and other forensics under one lead',
      words: 'By November 2023, chief constables should bring digital forensics under the leadership of forensic science services.',
      phrase: 'March to September 2023',
    },
  },
  'recommendations/RecommendationAnswered': {
    facts: { response: 'DEPENDENT', otherBody: 'EMSOU' },
    texts: { answer: 'It rests with the region.', reason: 'The unit is the region’s.' },
  },
  'recommendations/RecommendationAllocated': { facts: { owner: 'force-lead', owners: ['estates-lead'] } },
  'recommendations/RecommendationGraded': {
    facts: { scale: 'PRIORITY', rule: 'MAZARS-priorities', version: '1', level: 'Significant' },
  },
  'recommendations/RecommendationUpdated': { facts: {}, texts: { update: 'The business case went to the board.' } },
  'recommendations/RecommendationEvidenced': {
    facts: { cites: 'JARAP-2022-12-E2', citesVersion: '1' },
    texts: { title: 'The business case', fileName: 'case.pdf', sha256: '00'.repeat(32) },
  },
  'recommendations/ExtensionRequested': { facts: { due: { on: '2023-12-31' } }, texts: { phrase: 'by the end of the year', reason: 'Recruitment.' } },
  'recommendations/ExtensionGranted': { facts: { due: { on: '2023-11-30' } }, texts: { phrase: 'by the end of November' } },
  'recommendations/ExtensionRefused': { facts: {}, texts: { reason: 'It has been put off once.' } },
  'recommendations/RecommendationDueDateMoved': {
    facts: { due: { on: '2023-08-31' }, dueSetBy: 'JARAP' },
    texts: { phrase: 'before the next inspection', reason: 'To be ready for the next inspection.' },
  },
  'recommendations/OwnerWordSaid': {
    facts: { word: 'DONE', cites: 'JARAP-2022-12-E2', citesVersion: '1' },
    texts: { text: 'All of it is done.', evidence: 'The new structure.' },
  },
  'recommendations/OfficeWordSaid': { facts: { word: 'DONE' }, texts: { text: 'Seen.' } },
  'recommendations/AuditorWordSaid': { facts: { word: 'PARTLY', cites: 'JARAP-2022-12-E3' }, texts: { text: 'The register is not kept.' } },
  'recommendations/OriginatorWordSaid': { facts: { word: 'NOT_DONE' }, texts: { text: 'Seen again in 2024.' } },
  'recommendations/ShareClaimed': { facts: { share: { part: 9, of: 20 } }, texts: { text: 'Nine of twenty sites.' } },
  'recommendations/OutcomeJudged': {
    facts: { outcome: 'NOT_YET_KNOWN', cites: 'JARAP-2022-12-E3', citesVersion: '1' },
    texts: { text: 'Too early.', evidence: 'Backlog of the quarter.' },
  },
  'recommendations/RiskAccepted': { facts: { until: '2024-03-31' }, texts: { reason: 'The building closes then.' } },
  'recommendations/RecommendationSuperseded': {
    facts: { supersededBy: 'JARAP-2023-10-R2', supersededIn: 'JARAP-2023-10-E1' },
    texts: { reason: 'Inspected anew.' },
  },
  'recommendations/RecommendationNotAdopted': { facts: {}, texts: { reason: 'The cost is out of proportion.' } },
  'recommendations/RecommendationRemoved': { facts: { agreedBy: 'HMICFRS' }, texts: { reason: 'Agreed with the inspectorate.' } },
  'recommendations/RecommendationReopened': { facts: {}, texts: { reason: 'Complaints go on.' } },
  'meetings/MeetingArranged': {
    facts: { chair: 'commissioner', quorum: 5 },
    texts: { place: 'County Hall, Glenfield', webcast: 'The webcast of the Panel' },
  },
  'meetings/AttendanceRecorded': {
    facts: {
      attenders: [
        { as: 'PRESENT', body: 'CGB', people: 9 },
        { as: 'IN_ATTENDANCE', post: 'force-lead', joined: '4', left: '7(c)' },
        { as: 'APOLOGIES' },
      ],
    },
    texts: { attendersWho: '–\nFor the force\nThe member for Rutland' },
  },
  'meetings/SittingRecorded': { facts: { opened: '13:00', closed: '13:46', quorate: true } },
  'meetings/InterestDeclared': {
    facts: { kind: 'NON_REGISTRABLE', post: 'panel-member', agendaItem: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a', withdrew: false },
    texts: { who: 'The chair', text: 'A trustee of a charity.' },
  },
  'meetings/PublicQuestionAsked': { facts: { agendaItem: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a' }, texts: { text: 'How many officers?', who: 'A resident' } },
  'meetings/PublicQuestionAnswered': { facts: { question: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a', post: 'commissioner', inWriting: true }, texts: { text: '2,303.' } },
  'meetings/AgendaItemListed': {
    facts: {
      ...{ item: '5(iii)', session: 'OPEN', paper: 'CGB-2023-06-E4', paperVersion: '1', author: 'force-finance-lead' },
      ...{ fromMeeting: 'CGB-2023-04-19', continues: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a' },
    },
    texts: { title: 'Neighbourhood Active', section: 'Change and transformation' },
  },
  'meetings/AgendaItemPresented': { facts: { agendaItem: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a', verbally: true } },
  'meetings/AgendaItemNotReached': { facts: { agendaItem: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a' }, texts: { reason: 'Time ran out.' } },
  'meetings/AgendaItemDeferred': {
    facts: { agendaItem: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a', to: 'CGB-2023-09-25', within: { how: 'between', from: '2023-09-01', to: '2023-09-30' } },
    texts: { phrase: 'September CGB' },
  },
  'meetings/AgendaItemWithdrawn': { facts: { agendaItem: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a' }, texts: { reason: 'Overtaken.' } },
  'meetings/AgendaItemReported': {
    facts: { agendaItem: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a' },
    texts: { overview: 'The pilot.', forceUpdate: 'It goes on.', response: 'Noted.' },
  },
  'meetings/ResolutionPassed': {
    facts: { outcome: 'AGREED', agendaItem: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a', inFavour: 7, against: 1, abstained: 0 },
    texts: { text: 'That the appointment be supported.' },
  },
  'meetings/PublicExcluded': {
    facts: { grounds: [{ paragraph: 'PARAGRAPH_1' }, { paragraph: 'PARAGRAPH_3' }], agendaItem: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a' },
    texts: { text: 'The candidate’s affairs.' },
  },
  'meetings/PapersIssued': {
    facts: {
      ...{ at: '16:30', asAt: '2023-06-12', asAtTime: '12:00', agendaItem: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a' },
      ...{ paper: 'CGB-2023-06-E4', paperVersion: '1' },
    },
    texts: { note: 'The pack' },
  },
  'meetings/MinutesDrafted': { facts: { paper: 'CGB-2023-06-E5', paperVersion: '1' } },
  'meetings/MinutesCirculated': { facts: {} },
  'meetings/MinutesConfirmed': { facts: { confirmedAt: 'CGB-2023-07-17', paper: 'CGB-2023-06-E5', paperVersion: '2' } },
  'meetings/MinutesPublished': { facts: {}, texts: { publishedAt: 'The website' } },
  'meetings/MinutesCorrected': {
    facts: { minute: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a', agreedAt: 'CGB-2023-07-17' },
    texts: { text: 'Paragraph 9, not 4.' },
  },
  'rules/RuleAdded': { facts: { ref: 'CGB-late-actions', kind: 'LATE_ALLOWANCE', body: 'CGB', register: 'ACTIONS' }, texts: { title: 'Late entries' } },
  'rules/PriorityScaleSet': {
    facts: { version: '1', levels: [{ level: 'Fundamental' }, { level: 'Significant' }, { level: 'Housekeeping' }] },
    texts: { levelsMeaning: 'To be acted on at once.\nTo be acted on.\n–' },
  },
  'rules/GradeScaleSet': {
    facts: { version: '2021/22', levels: [{ level: 'Outstanding' }, { level: 'Good' }, { level: 'Adequate' }] },
    texts: { reason: 'Five tiers from this round on.' },
  },
  'rules/ScoreScaleSet': {
    facts: {
      version: '1',
      likelihoods: [{ score: 1 }, { score: 2 }],
      impacts: [{ score: 1 }, { score: 2 }],
      bands: [
        { band: 'High', least: 4, most: 4, reviewMonths: 1, colour: 'RED' },
        { band: 'Low', least: 1, most: 3 },
      ],
    },
    texts: { likelihoodsMeaning: 'Unlikely\nLikely', impactsMeaning: 'Little\nMuch' },
  },
  'rules/RagRuleSet': {
    facts: {
      version: '1',
      cases: [
        { colour: 'GREEN', standing: 'CLOSED' },
        { colour: 'RED', standing: 'OPEN', pastCurrent: true, pastOriginal: true, shareBelow: 50 },
      ],
    },
    texts: { casesLabel: 'Complete\nOutstanding past its target' },
  },
  'rules/ClosureRouteSet': {
    facts: { version: '1', ownerSays: true, officeSays: true, auditorSays: false, originatorSays: true },
    texts: { reason: 'Agreed by the panel.' },
  },
  'rules/DueDatePolicySet': {
    facts: { version: '1', dateNeeded: true, mostDays: 365, mostExtensions: 1, beforeItPasses: true, reasonNeeded: true },
  },
  'rules/LateAllowanceSet': { facts: { version: '2', days: 14 } },
  'rules/CadenceSet': {
    facts: { version: '3', every: 2, unit: 'MONTHS', months: [{ month: 12 }, { month: 8 }] },
    texts: { monthsPurpose: 'Finance only\n–' },
  },
  'rules/OpeningPolicySet': { facts: { version: '1', decisionsOpenActions: true, conversionsOpenItems: false } },
  'rules/RuleEnded': { facts: {}, texts: { reason: 'Taken up in the policy of the force.' } },
  'documents/TotalReported': {
    facts: {
      list: 'ACTION',
      filter: [{ filter: 'status', members: ['SIGNED_OFF', 'CONVERTED'] }, { filter: 'body', ofRecord: 'CGB' }, { filter: 'overdue' }],
      asAt: '2023-06-14',
      number: 9,
      of: 11,
      version: '1',
    },
    texts: { counts: 'Actions complete', paragraph: '5' },
  },
  'risks/RiskProposed': {
    facts: {
      ref: 'CGB-2023-04-K7',
      body: 'CGB',
      register: 'FORCE',
      kind: 'THREAT',
      category: 'TECHNOLOGY',
      owner: 'force-lead',
      owners: ['estates-lead'],
    },
    texts: {
      title: 'The control room is without telephones',
      cause: 'The exchange is out of support.',
      what: 'It fails, and there is no spare.',
      effect: 'Calls are lost.',
      cost: 'A life; £400,000 for another exchange.',
    },
  },
  'risks/RiskRegistered': { facts: {} },
  'risks/RiskAllocated': { facts: { owner: 'estates-lead', owners: ['force-lead'] } },
  'risks/RiskReworded': {
    facts: { category: 'OPERATIONS' },
    texts: { title: 'Calls are lost', cause: 'Two exchanges.', what: 'Either fails.', effect: 'Delay.', cost: '£1m' },
  },
  'risks/RiskScored': {
    facts: { of: 'TARGET', rule: 'CGB-scores', version: '1', likelihood: 2, impact: 4, targetOn: '2024-03-31' },
    texts: { reason: 'With a second exchange it would take two failures.' },
  },
  'risks/RiskReviewed': { facts: {}, texts: { update: 'Nothing changed.' } },
  'risks/RiskAppetiteSet': { facts: { rule: 'CGB-scores', version: '1', most: 8 } },
  'risks/RiskResponseChosen': { facts: { response: 'TREAT' }, texts: { reason: 'It can be brought down.' } },
  'risks/RiskControlAdded': {
    facts: { kind: 'ADDITIONAL', owner: 'estates-lead', targetOn: '2023-09-30' },
    texts: { measure: 'A second exchange at another site.' },
  },
  'risks/RiskControlMoved': { facts: { control: TARGET, targetOn: '2023-12-31' }, texts: { reason: 'The supplier is late.' } },
  'risks/RiskControlReported': {
    facts: { control: TARGET, standing: 'IN_PLACE', effectiveness: 'PARTLY_EFFECTIVE', owner: 'force-lead' },
    texts: { update: 'It took over within two minutes.' },
  },
  'risks/RiskControlAssured': {
    facts: { control: TARGET, line: 'THIRD', opinion: 'MODERATE', cites: 'JARAP-2023-10-E1' },
    texts: { update: 'The test was not written down.' },
  },
  'risks/RiskAcceptanceRequested': { facts: { side: 'FORCE', until: '2024-03-31' }, texts: { reason: 'The site closes then.' } },
  'risks/RiskAcceptanceGranted': { facts: { until: '2024-01-31' }, texts: { reason: 'To the end of January.' } },
  'risks/RiskClosureRequested': { facts: { side: 'OPCC' }, texts: { reason: 'The old exchange is gone.' } },
  'risks/RiskClosed': { facts: {} },
  'risks/RiskRequestRefused': { facts: {}, texts: { reason: 'It is still in use.' } },
  'risks/RiskEscalated': { facts: { register: 'JOINT' }, texts: { reason: 'The commissioner pays for it.' } },
  'risks/RiskDeescalated': { facts: { register: 'FORCE' }, texts: { reason: 'It is paid for.' } },
  'risks/RiskMerged': { facts: { into: 'CGB-2023-04-K2' } },
  'risks/RiskReopened': { facts: {}, texts: { reason: 'It failed again.' } },
  'decisions/DecisionProposed': {
    facts: { ref: 'CGB-2023-04-D7', body: 'CGB', maker: 'COMMISSIONER', due: { on: '2023-06-21' } },
    texts: { title: 'Five electric cars', summary: 'For the neighbourhoods.', phrase: 'next CGB' },
  },
  'decisions/DecisionDrafted': { facts: {}, texts: { recommendation: 'That five cars be bought.' } },
  'decisions/DecisionConsulted': {
    facts: { body: 'CGB', post: 'estates-lead' },
    texts: { who: 'The residents', said: 'They were for it.' },
  },
  'decisions/DecisionSigned': { facts: { signedBy: 'commissioner' } },
  'decisions/DecisionOptionRejected': { facts: {}, texts: { option: 'To lease them.', reason: 'It costs more.' } },
  'decisions/DecisionAdvised': { facts: { adviceOn: 'FINANCE', applies: true }, texts: { advice: 'It is affordable.' } },
  'decisions/DecisionPartWritten': { facts: { part: 'CLOSED' }, texts: { content: 'The price of each.' } },
  'decisions/DecisionDelegated': { facts: { delegate: 'estates-lead' }, texts: { reason: 'It is of no great weight.' } },
  'decisions/DecisionMade': {
    facts: {
      basisOn: '2023-06-21',
      basisRecorded: '2023-06-21T12:00:00.000Z',
      basisClock: 'STATED',
      lastEvent: TARGET,
      cites: ['CGB-2023-06-E1', 'CGB-2023-06-A1'],
    },
    texts: { decided: 'Five cars are bought.', reason: 'They are needed.' },
  },
  'decisions/DecisionActionNamed': {
    facts: { owner: 'force-lead', due: { on: '2023-09-30' } },
    texts: { title: 'Order the cars', phrase: 'before the next board' },
  },
  'decisions/DecisionDeferred': {
    facts: { due: { meeting: 'CGB-2023-09-25' } },
    texts: { phrase: 'the September board', reason: 'The price is not known.' },
  },
  'decisions/DecisionRefused': { facts: {}, texts: { reason: 'It costs too much.' } },
  'decisions/DecisionNotTaken': { facts: {}, texts: { reason: 'Nobody asks for it any more.' } },
  'decisions/DecisionConditionSet': {
    facts: { targetOn: '2023-07-31', owner: 'force-lead' },
    texts: { subjectTo: 'Satisfied queries on the outturn.' },
  },
  'decisions/DecisionConditionReported': {
    facts: { condition: TARGET, standing: 'NOT_MET' },
    texts: { update: 'Two of them are open.' },
  },
  'decisions/DecisionRecorded': { facts: { publicInterest: true }, texts: { test: 'The public pays for it.' } },
  'decisions/DecisionNoticePublished': {
    facts: { notice: 'CGB-2023-07-E1' },
    texts: { publishedAt: 'https://example.org/decisions/7' },
  },
  'decisions/DecisionWithheld': {
    facts: {},
    texts: { exemption: 'Schedule 12A, paragraph 3', reason: 'It would tell of a tender.' },
  },
  'decisions/DecisionVaried': { facts: {}, texts: { variation: 'Four cars.', reason: 'One is given.' } },
  'decisions/DecisionRevoked': { facts: {}, texts: { reason: 'The scheme has ended.' } },
  'decisions/DecisionSuperseded': { facts: { supersededBy: 'CGB-2023-04-D8' } },
  'forward-plan/ForwardPlanItemSuggested': {
    facts: {
      ref: 'CGB-2023-04-F7',
      body: 'CGB',
      sponsor: 'force-lead',
      purpose: 'DECISION',
      origin: 'CYCLE',
      recurrence: 'ANNUAL',
      plannedFor: { meeting: 'CGB-2023-06-21' },
      paperDueOn: '2023-06-07',
      convertedFrom: 'CGB-2023-04-A1',
      causedBy: TARGET,
    },
    texts: {
      title: 'Annual homicide review',
      comments: 'With themes.',
      occasion: 'Item 7(c) of April',
      phrase: 'the June board',
    },
  },
  'forward-plan/ForwardPlanItemRevised': {
    facts: { sponsor: 'estates-lead', purpose: 'SCRUTINY', recurrence: 'STANDING', paperDueOn: '2023-06-08' },
    texts: { title: 'Homicide review', comments: 'Without themes.' },
  },
  'forward-plan/ForwardPlanItemScheduled': {
    facts: { plannedFor: { on: '2023-06-21' }, paperDueOn: '2023-06-07' },
    texts: { phrase: 'in June' },
  },
  'forward-plan/ForwardPlanPaperCommissioned': {
    facts: { paperDueOn: '2023-06-07' },
    texts: { brief: 'What was learned.' },
  },
  'forward-plan/ForwardPlanPaperReceived': { facts: { paper: 'CGB-2023-06-E1', paperVersion: '1' } },
  'forward-plan/ForwardPlanItemPresented': { facts: { meeting: 'CGB-2023-06-21', agendaItem: TARGET } },
  'forward-plan/ForwardPlanItemDeferred': {
    facts: {
      plannedFor: { dated: { how: 'between', from: '2023-07-01', to: '2023-07-31' } },
      paperDueOn: '2023-07-07',
      meeting: 'CGB-2023-06-21',
      agendaItem: TARGET,
    },
    texts: { phrase: 'the July board', reason: 'Time ran out.' },
  },
  'forward-plan/ForwardPlanItemDropped': { facts: {}, texts: { reason: 'Nobody asks for it any more.' } },
  ...Object.fromEntries(
    REGISTERS.flatMap(({ name }) => Object.entries(COMMON).map(([type, sample]) => [`${name}/${type}`, sample])),
  ),
};

export const SAMPLE_ACTOR: Actor = {
  by: { post: 'commissioner' },
  enteredBy: { post: 'opcc-officer', person: 'p-0123456789abcdef0123456789' },
  authority: { meeting: 'CGB-2023-06-21' },
  ownerHeldBy: ['person-k7m2p'],
};

/** Bytes that look random and are the same in every run: SHA-256 of a counter. */
export function repeatableIds(seed: string): Ids {
  let counter = 0;
  const block = () => createHash('sha256').update(`${seed}/${(counter += 1)}`).digest();
  return {
    bytes(length) {
      const blocks: Buffer[] = [];
      while (Buffer.concat(blocks).length < length) blocks.push(block());
      return Buffer.concat(blocks).subarray(0, length);
    },
    uuid() {
      const hex = block().toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
  };
}

/** Keys that anybody can make again: for frozen events only. */
export function repeatableKeys(seed: string): Pick<KeyStore, 'take' | 'forPerson' | 'find'> {
  const keyOf = (id: string): PartKey => ({ id, key: createHash('sha256').update(`${seed}/key/${id}`).digest() });
  let counter = 0;
  return {
    take: () => keyOf(`key-${(counter += 1)}`),
    forPerson: (person) => keyOf(`person-key-${person}`),
    find: (ids) => ids.map(keyOf),
  };
}
