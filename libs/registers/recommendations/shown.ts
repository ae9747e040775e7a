import { show, type Due, type DueDates, type MadeSo, type ShownValue } from '../../declarations/index.ts';
import { PARTIES, party, type Party } from '../../rules/index.ts';
import type { Standing } from './closing.ts';
import type { RecommendationOwnEvent } from './events.ts';
import {
  addressee,
  outcome,
  owner,
  originator,
  partOf,
  recommendationKind,
  recommendationStatus,
  response,
  share,
  verbatim,
  word,
  type RecommendationStatus,
} from './fields.ts';
import type { DueMove, Ended, Graded, MadeRecommendation } from './state.ts';

/**
 * A recommendation as its page and its list are given it: with where it stands on the day of the basis, and the days that were worked out from
 * the meetings at which it is due.
 */
export interface ShownRecommendation {
  readonly ref: string;
  readonly state: MadeRecommendation;
  readonly standing: Standing;
  readonly due: Omit<DueDates, 'unanchored'>;
  /** Open, and past the date that stands; past the first one. */
  readonly overdue: boolean;
  readonly overdueByOriginal: boolean;
}

const STATUSES = show.tags(recommendationStatus, {
  AWAITING_RESPONSE: 'purple',
  AWAITING_ALLOCATION: 'purple',
  ALLOCATED: 'blue',
  IN_PROGRESS: 'blue',
  REPORTED_COMPLETE: 'yellow',
  SUBMITTED: 'turquoise',
  CLOSED: 'green',
  RISK_ACCEPTED: 'orange',
  SUPERSEDED: 'grey',
  NOT_ADOPTED: 'grey',
  REMOVED: 'grey',
});

/** What happened to a recommendation, as people say it. */
export const RECOMMENDATION_HAPPENED: { readonly [type in RecommendationOwnEvent['type']]: string } = {
  RecommendationMade: 'Made',
  RecommendationAnswered: 'Answered',
  RecommendationAllocated: 'Given to its owners',
  RecommendationGraded: 'Given a level',
  RecommendationUpdated: 'Update given',
  RecommendationEvidenced: 'Evidence added',
  ExtensionRequested: 'Extension asked for',
  ExtensionGranted: 'Extension granted',
  ExtensionRefused: 'Extension refused',
  RecommendationDueDateMoved: 'Due date moved',
  OwnerWordSaid: 'Its owner said whether it is done',
  OfficeWordSaid: 'The office said whether it is done',
  AuditorWordSaid: 'An auditor said whether it is done',
  OriginatorWordSaid: 'Whoever made it said whether it is done',
  ShareClaimed: 'Share complete claimed',
  OutcomeJudged: 'Outcome judged',
  RiskAccepted: 'Risk accepted',
  RecommendationSuperseded: 'Superseded',
  RecommendationNotAdopted: 'Not adopted',
  RecommendationRemoved: 'Taken off the list',
  RecommendationReopened: 'Reopened',
};

const filters = {
  text: {
    kind: 'words',
    label: 'Words in the title, its words or the latest update, a reference, or its place in the publication',
    called: 'Words',
    most: 200,
  },
  status: {
    kind: 'oneOf',
    label: 'Status',
    called: 'Status',
    any: 'Any status',
    choices: show.choices(recommendationStatus),
  },
  response: {
    kind: 'oneOf',
    label: 'Answer',
    called: 'Answered',
    any: 'Any answer',
    choices: show.choices(response),
  },
  kind: {
    kind: 'oneOf',
    label: 'What was made',
    called: 'What was made',
    any: 'Anything',
    choices: show.choices(recommendationKind),
  },
  owner: { kind: 'link', label: 'Owner', called: 'Owner', any: 'Any owner', record: 'post' },
  originator: { kind: 'link', label: 'Who made it', called: 'Made by', any: 'Anybody', record: 'body' },
  body: { kind: 'link', label: 'Followed up by the body', called: 'Body', any: 'Any body', record: 'body' },
  scale: { kind: 'link', label: 'Priority by the scale', called: 'Priority by', any: 'Any scale', record: 'rule' },
  publication: {
    kind: 'link',
    label: 'Published in',
    called: 'Published in',
    any: 'Any publication',
    record: 'document',
  },
  extended: {
    kind: 'oneOf',
    label: 'Extended',
    called: 'Extended',
    any: 'Extended or not',
    choices: [
      { value: 'ONCE_OR_MORE', words: 'Once or more' },
      { value: 'MORE_THAN_ONCE', words: 'More than once' },
    ],
  },
  outcome: {
    kind: 'oneOf',
    label: 'Outcome after it was closed',
    called: 'Outcome',
    any: 'Judged or not',
    choices: show.choices(outcome),
  },
  overdue: { kind: 'flag', label: 'Overdue only', called: 'Overdue' },
  overdueByOriginal: {
    kind: 'flag',
    label: 'Overdue by the first due date only',
    called: 'Overdue by the first due date',
  },
  extensionAsked: { kind: 'flag', label: 'An extension is asked for', called: 'Extension asked for' },
  reopened: { kind: 'flag', label: 'Reopened only', called: 'Reopened' },
  outOfStep: { kind: 'flag', label: 'Parties differ on whether it is done', called: 'Parties differ' },
  raisedAgain: { kind: 'flag', label: 'Raised again by a later record', called: 'Raised again' },
  unlinked: { kind: 'flag', label: 'Linked to no other record', called: 'Linked to nothing' },
  withoutRisk: { kind: 'flag', label: 'Linked to no risk', called: 'No linked risk' },
  unevidenced: { kind: 'flag', label: 'Without evidence only', called: 'Without evidence' },
} as const;

export const RECOMMENDATION_SHOWN = show.records<ShownRecommendation>()({
  one: 'recommendation',
  opened: 'made',
  says: 'What inspectors, auditors, reviews and panels asked for, who says that it is done, and who does not.',
  heading: ({ state }) => show.text(state.title),
  headingCalled: 'Title',
  unheaded: 'Title not shown: erased, or not for you to see',
  named: ({ ref }) => show.said(ref),
  status: { of: ({ standing }) => standing.status, are: STATUSES, why },
  tags: ({ overdue, overdueByOriginal, standing }) => [
    ...(overdue ? [{ words: 'Overdue', colour: 'red' } as const] : []),
    ...(!overdue && overdueByOriginal ? [{ words: 'Past its first date', colour: 'orange' } as const] : []),
    ...(standing.outOfStep.length === 0 ? [] : [{ words: 'Parties differ', colour: 'pink' } as const]),
  ],
  fields: [
    { label: 'Status', shows: ({ standing }) => show.status(standing.status) },
    show.field('kind', recommendationKind, ({ state }) => show.member(recommendationKind, state.kind)),
    { label: 'Made', shows: made },
    show.field('words', verbatim, ({ state }) => show.quote(state.words)),
    show.field('partOf', partOf, ({ state }) => show.referred(state.partOf)),
    { label: 'Followed up by', shows: ({ state }) => show.named(state.body) },
    show.field('addressedTo', { ...addressee, label: 'Addressed to' }, ({ state }) =>
      show.member(addressee, state.addressedTo),
    ),
    { label: 'Answer', shows: answered },
    show.field('owner', owner, ({ state }) => show.named(state.owner) ?? show.said('Nobody is named')),
    {
      label: 'Also owned by',
      shows: ({ state }) => show.lines(...(state.owners ?? []).map((post) => show.named(post))),
    },
    { label: 'Priority', shows: ({ state }) => graded(state.priority) },
    { label: 'Grade', shows: ({ state }) => graded(state.grade) },
    { label: 'Due', shows: dueLines },
    {
      label: 'Extension asked for',
      shows: ({ state: { asked } }) =>
        asked === undefined
          ? null
          : show.lines(show.sentence(show.due(asked.due), ', asked for ', show.doneBy(asked)), show.quote(asked.why)),
    },
    {
      label: 'Latest update',
      shows: ({ state: { latestUpdate } }) =>
        latestUpdate === undefined ? null : show.lines(show.doneBy(latestUpdate), show.quote(latestUpdate.text)),
    },
    { ...show.field<ShownRecommendation>('share', share, shareClaimed) },
    { label: 'Waiting for', shows: waitingFor },
    { label: 'Closed', shows: closed },
    { label: 'Ended', shows: ended },
    { label: 'Risk accepted', shows: riskAccepted },
    { label: 'Outcome', shows: judged },
    {
      label: 'Evidence',
      shows: ({ state: { evidence } }) =>
        evidence === 0 ? null : show.said(`${evidence} ${evidence === 1 ? 'piece' : 'pieces'}, in the timeline below`),
    },
    {
      label: 'Reopened',
      shows: ({ state, standing }) => {
        const count = state.reopenings.length + standing.reopenedByWords.length;
        return count === 0 ? null : show.said(show.times(count));
      },
    },
  ],
  sections: [
    {
      heading: 'Who says that it is done',
      caption: 'The latest word of each party since it was last opened again',
      columns: ['Party', 'Says', 'Since', 'In words', 'Evidence', 'Asked for by the closure route'],
      rows: ({ standing }) => PARTIES.map((one) => wordRow(standing, one)),
      empty: 'Nobody has said anything that you may see.',
    },
    {
      heading: 'Who differs from whom',
      columns: ['One', 'The other', 'Since'],
      rows: ({ standing }) =>
        standing.outOfStep.map(({ parties: [one, other], since }) => [
          show.member(party, one),
          show.member(party, other),
          show.day(since),
        ]),
      empty: 'Nobody differs, as far as you may see.',
    },
    {
      heading: 'Moves of the due date',
      columns: ['Moved', 'From', 'To', 'Why'],
      rows: ({ state }) => state.due.moves.map(moveRow),
      empty: 'It was not moved, as far as you may see.',
    },
  ],
  names: {
    body: 'Followed up by this body',
    originator: 'Made by this body',
    publication: 'Published in it',
    partOf: 'Part of it',
    owner: 'Led by this post',
    owners: 'Owned by this post',
    'answered.otherBody': 'Depends on this body',
    'priority.rule': 'Given a priority by it',
    'grade.rule': 'Graded by it',
    'due.dueSetBy': 'Due by a date that it set',
    'due.original.meeting': 'First due there',
    'due.current.meeting': 'Due there',
    'ended.supersededBy': 'Replaced by this one',
    'ended.supersededIn': 'Replaced by it',
    'ended.agreedBy': 'Taken off the list with its agreement',
    'said.cites': 'Evidence for a word on it',
    'outcome.cites': 'Evidence of its outcome',
    'said.authority.document': 'Tells what a party said of it',
    'said.authority.meeting': 'Decided there what was said of it',
    'made.authority.meeting': 'Recorded on its authority',
    'answered.authority.meeting': 'Answered on its authority',
    'ended.authority.meeting': 'Ended on its authority',
    'riskAccepted.authority.meeting': 'Risk accepted on its authority',
  },
  beside: ({ state }) => (state.item === undefined ? null : show.said(state.item)),
  columns: [
    { label: 'Due', shows: dueBriefly },
    show.field('owner', owner, ({ state }) => show.named(state.owner) ?? show.said('Nobody named')),
    show.field('originator', originator, ({ state }) => show.named(state.originator)),
    {
      label: 'Done, they say',
      shows: ({ standing }) =>
        show.lines(
          ...PARTIES.map((one) => {
            const said = standing.words[one];
            return said === undefined
              ? null
              : show.sentence(show.member(party, one), ': ', show.member(word, said.word));
          }),
        ),
    },
  ],
  filters,
  tabs: { by: 'status' },
});

/** By a scale that the reader may not see: the level alone. */
function graded(of: Graded | undefined): ShownValue | null {
  if (of === undefined) return null;
  const rule = show.named(of.rule);
  return show.sentence(
    of.level,
    rule === null ? null : ', by ',
    rule,
    rule === null ? null : `, version ${of.version}`,
  );
}

/** Of a body or a document that the reader may not see nothing is said. */
function made({ state }: ShownRecommendation): ShownValue | null {
  const by = show.named(state.originator);
  const where = show.named(state.publication);
  return show.sentence(
    show.when(state.made),
    by === null ? null : ', by ',
    by,
    where === null ? null : ', in ',
    where,
    state.item === undefined ? null : `, ${state.item}`,
  );
}

function answered({ state: { answered: said } }: ShownRecommendation): ShownValue | null {
  if (said === undefined) return null;
  const other = show.named(said.otherBody);
  return show.lines(
    show.sentence(show.member(response, said.response), other === null ? null : ': ', other, ', ', show.doneBy(said)),
    show.quote(said.answer),
    said.why === undefined ? null : show.sentence('Because: ', show.text(said.why)),
  );
}

function dueLines({ state, due }: ShownRecommendation): ShownValue | null {
  const { current, dueSetBy: setBy, extendedInTime, extendedLate } = state.due;
  const who = show.doer(setBy);
  const late = extendedLate === 0 ? '' : `, ${extendedLate} of these after the date had passed`;
  return show.lines(
    due.current === null ? undated(current) : show.sentence(show.day(due.current), atMeeting(current)),
    show.quote(due.phrase),
    who === null ? null : show.sentence('Set by ', who),
    due.original === null || due.original === due.current ? null : show.sentence('First due ', show.day(due.original)),
    due.movedWithMeeting ? 'The meeting has moved since this due date was set' : null,
    due.extensions === 0
      ? null
      : `Extended ${show.times(due.extensions)}${extendedInTime + extendedLate === 0 ? '' : late}`,
    due.broughtForward === 0 ? null : `Brought forward ${show.times(due.broughtForward)}`,
    state.extensionsRefused === 0 ? null : `An extension was refused ${show.times(state.extensionsRefused)}`,
  );
}

function atMeeting(due: Due | undefined): ShownValue | null {
  if (due?.meeting !== undefined) return show.sentence(', at the meeting ', show.referred(due.meeting));
  return due?.dated === undefined ? null : show.sentence(', the last day of the time ', show.span(due.dated));
}

function undated(due: Due | undefined): ShownValue | null {
  if (due?.meeting === undefined) return show.said('No date is known.');
  return show.sentence(
    'No date is known: the meeting ',
    show.referred(due.meeting),
    ' is cancelled, or has no known day.',
  );
}

function dueBriefly({ due }: ShownRecommendation): ShownValue | null {
  return show.lines(
    due.current === null ? (due.phrase === undefined ? 'No date' : null) : show.day(due.current),
    show.quote(due.phrase),
    due.extensions === 0 ? null : `Extended ${show.times(due.extensions)}`,
  );
}

function moveRow(move: DueMove): readonly (ShownValue | null)[] {
  const late = move.afterItPassed === true ? 'The old date had passed' : null;
  return [
    show.lines(show.doneBy(move), late),
    show.due(move.from),
    show.lines(show.due(move.to), show.quote(move.phrase)),
    show.text(move.why),
  ];
}

function shareClaimed({ state: { latestShare } }: ShownRecommendation): ShownValue | null {
  if (latestShare === undefined) return null;
  const { part, of } = latestShare.share;
  const claimed = of === 100 ? `${part} %` : `${part} of ${of}`;
  return show.lines(show.sentence(`${claimed}, as claimed `, show.doneBy(latestShare)), show.quote(latestShare.text));
}

function waitingFor({ standing: { waitingFor: parties } }: ShownRecommendation): ShownValue | null {
  return show.lines(...parties.map((one) => show.member(party, one)));
}

function closed({ standing: { closed: is } }: ShownRecommendation): ShownValue | null {
  if (is === undefined) return null;
  const why = 'word' in is.by ? null : ', as the closure route asks for fewer from that day on';
  return show.sentence(show.day(is.on), why);
}

const HOW: { readonly [how in Ended['how']]: string } = {
  SUPERSEDED: 'Superseded',
  NOT_ADOPTED: 'Not adopted',
  REMOVED: 'Taken off the list',
};

function ended({ state: { ended: is } }: ShownRecommendation): ShownValue | null {
  if (is === undefined) return null;
  const agreed = show.named(is.agreedBy);
  return show.lines(
    show.sentence(`${HOW[is.how]}, `, show.doneBy(is)),
    is.supersededBy === undefined ? null : show.sentence('Replaced by ', show.referred(is.supersededBy)),
    is.supersededIn === undefined
      ? null
      : show.sentence('Replaced by what is published in ', show.named(is.supersededIn)),
    agreed === null ? null : show.sentence('Agreed by ', agreed),
    show.quote(is.why),
  );
}

function riskAccepted({ state: { riskAccepted: is } }: ShownRecommendation): ShownValue | null {
  if (is === undefined) return null;
  return show.lines(
    show.sentence(
      show.doneBy(is),
      is.until === undefined ? null : ', until ',
      is.until === undefined ? null : show.day(is.until),
    ),
    show.quote(is.why),
  );
}

function judged({ state: { outcome: is } }: ShownRecommendation): ShownValue | null {
  if (is === undefined) return null;
  return show.lines(
    show.sentence(show.member(outcome, is.outcome), ', ', show.doneBy(is)),
    show.quote(is.text),
    is.evidence === undefined ? null : show.sentence('Evidence: ', show.text(is.evidence)),
    is.cites === undefined ? null : show.sentence('Evidence: ', show.named(is.cites)),
  );
}

function wordRow({ words, route }: Standing, one: Party): readonly (ShownValue | null)[] {
  const said = words[one];
  const asked = show.yesNo(route.includes(one));
  if (said === undefined) return [show.member(party, one), show.said('Nothing'), null, null, null, asked];
  return [
    show.member(party, one),
    show.lines(show.member(word, said.word), said.counts ? null : 'It counts no more'),
    show.doneBy(said),
    show.quote(said.text),
    show.lines(show.text(said.evidence), show.named(said.cites)),
    asked,
  ];
}

/** What has not followed on a status. */
const SINCE: { readonly [status in RecommendationStatus]?: string } = {
  AWAITING_RESPONSE: ' Nobody has answered it since.',
  AWAITING_ALLOCATION: ' Nobody has been given it since.',
  ALLOCATED: ' Nothing has been heard of the work since.',
  REPORTED_COMPLETE: ' The office has not said that it is done.',
  SUBMITTED: ' Others whom the closure route asks for have not said that it is done.',
};

/** Why its status is what it is, and where it is overdue, why that. */
function why({ standing, due, overdue }: ShownRecommendation, so: MadeSo): ShownValue | null {
  const happened = (RECOMMENDATION_HAPPENED as { readonly [type: string]: string })[so.type] ?? 'So';
  return show.lines(
    show.because(happened, so, SINCE[standing.status]),
    !overdue || due.current === null
      ? null
      : show.sentence(
          'Overdue: it was due on ',
          show.day(due.current),
          due.movedWithMeeting ? ', the day to which its meeting moved' : null,
          due.extensions === 0 ? null : `, after it was extended ${show.times(due.extensions)}`,
          '.',
        ),
  );
}
