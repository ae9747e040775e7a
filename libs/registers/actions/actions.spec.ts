import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { mayIssue } from '../../access/index.ts';
import {
  dayWhenSet,
  decideCommand,
  dueDateOf,
  INPUT_FAULTS,
  type InputFault,
  type RecordKind,
} from '../../declarations/index.ts';
import { COMMON_TEXTS, OFFICIAL_OPEN, type Decision, type DecisionContext, type Draft } from '../../ledger/index.ts';
import { contextOf, eventIn, given, pastEvent, type Circumstances, type Past } from '../../spec-kit/given.ts';
import {
  ACTION_COMMANDS,
  ACTION_REFUSALS,
  ACTION_STATUSES,
  ACTION_EVENTS,
  actions,
  isOpen,
  isOverdue,
  publishedStatusOf,
  raisedByOf,
  type ActionCommand,
  type ActionEvent,
  type ActionRefusal,
  type ActionState,
  type ActionStatus,
  type RaisedAction,
} from './index.ts';

type PastAction = Past<ActionEvent>;
const REF = 'CGB-2023-06-A1';

const RAISED: PastAction = {
  type: 'ActionRaised',
  effectiveOn: '2023-06-21',
  texts: ['title', 'phrase'],
  facts: {
    ref: REF,
    body: 'CGB',
    meeting: 'CGB-2023-06-21',
    item: '8(a)',
    owner: 'force-lead',
    due: { on: '2023-09-25' },
  },
};
const AGREED: PastAction = { type: 'ActionAgreed', by: 'commissioner' };
const UPDATED: PastAction = { type: 'UpdateGiven', by: 'force-lead', texts: ['update'] };
const REPORTED: PastAction = {
  type: 'ActionReportedComplete',
  by: 'force-lead',
  person: 'person-lead',
  texts: ['report'],
};
const RETURNED: PastAction = { type: 'ActionReturned', by: 'commissioner' };
const SIGNED_OFF: PastAction = {
  type: 'ActionSignedOff',
  by: 'commissioner',
  authority: { meeting: 'CGB-2023-09-25' },
};
const DEFERRED: PastAction = { type: 'ActionDeferred', facts: { meeting: 'CGB-2023-12-14' } };
const CONVERTED: PastAction = {
  type: 'ActionConverted',
  by: 'commissioner',
  authority: { meeting: 'CGB-2023-09-25' },
  facts: { into: 'FORWARD_PLAN_ITEM' },
  texts: ['item'],
};
const MERGED: PastAction = { type: 'ActionMerged', facts: { into: 'CGB-2023-04-A1' } };
const SUPERSEDED: PastAction = { type: 'ActionSuperseded', facts: { by: 'CGB-2023-04-A1' } };
const WITHDRAWN: PastAction = { type: 'ActionWithdrawn', by: 'commissioner' };
const REOPENED: PastAction = { type: 'ActionReopened', by: 'commissioner' };

/** The shortest history that leads to each status. */
const HISTORY: { readonly [status in ActionStatus]: readonly PastAction[] } = {
  PROPOSED: [RAISED],
  AGREED: [RAISED, AGREED],
  IN_PROGRESS: [RAISED, AGREED, UPDATED],
  REPORTED_COMPLETE: [RAISED, AGREED, REPORTED],
  SIGNED_OFF: [RAISED, AGREED, REPORTED, SIGNED_OFF],
  DEFERRED: [RAISED, AGREED, DEFERRED],
  CONVERTED: [RAISED, AGREED, CONVERTED],
  MERGED: [RAISED, AGREED, MERGED],
  SUPERSEDED: [RAISED, AGREED, SUPERSEDED],
  WITHDRAWN: [RAISED, WITHDRAWN],
};

const PROMISE = '00000000-0000-4000-8000-0000000000a1';
const PROMISE_IN_CLOSED_SESSION = '00000000-0000-4000-8000-0000000000a2';
const SENSITIVE_PROMISE = '00000000-0000-4000-8000-0000000000a3';
const REMARK = '00000000-0000-4000-8000-0000000000a4';

const NAMED_ACTION = '00000000-0000-4000-8000-0000000000b1';
const FOLLOWED_CONDITION = '00000000-0000-4000-8000-0000000000b2';
const OTHER_CONDITION = '00000000-0000-4000-8000-0000000000b3';

const LINKS = {
  'meetings/CGB-2023-06-21': {
    ref: 'CGB-2023-06-21',
    body: 'CGB',
    status: 'HELD',
    date: '2023-06-21',
    session: 'OPEN',
    items: [
      { event: PROMISE, promise: true, session: 'OPEN' },
      { event: PROMISE_IN_CLOSED_SESSION, promise: true, session: 'CLOSED' },
      { event: SENSITIVE_PROMISE, promise: true, session: 'OPEN' },
      { event: REMARK, promise: false, session: 'OPEN' },
    ],
  },
  'meetings/CGB-2023-07-17': {
    ref: 'CGB-2023-07-17',
    body: 'CGB',
    status: 'HELD',
    date: '2023-07-17',
    session: 'CLOSED',
  },
  'meetings/CGB-2023-05': { ref: 'CGB-2023-05', body: 'CGB', status: 'CANCELLED', date: '2023-05-17', session: 'OPEN' },
  'meetings/CGB-2023-09-25': {
    ref: 'CGB-2023-09-25',
    body: 'CGB',
    status: 'POSTPONED',
    date: '2023-10-02',
    session: 'OPEN',
  },
  'meetings/CGB-2023-12-14': {
    ref: 'CGB-2023-12-14',
    body: 'CGB',
    status: 'SCHEDULED',
    date: '2023-12-14',
    session: 'OPEN',
  },
  'decisions/CGB-2023-04-D1': {
    ref: 'CGB-2023-04-D1',
    body: 'CGB',
    actions: [{ event: NAMED_ACTION }],
    conditions: [{ event: FOLLOWED_CONDITION, owner: 'estates-lead' }, { event: OTHER_CONDITION }],
  },
  'directory/CGB': { record: 'BODY', ref: 'CGB' },
  'directory/JARAP': { record: 'BODY', ref: 'JARAP' },
  'directory/estates-lead': { record: 'POST', ref: 'estates-lead', capacity: 'force-lead', holders: [] },
  'directory/fleet-lead': { record: 'POST', ref: 'fleet-lead', capacity: 'force-lead', holders: [] },
  [`actions/${REF}`]: given(actions, [RAISED, AGREED]).state,
  'actions/CGB-2023-04-A1': given(actions, [RAISED, AGREED]).state,
  'actions/CGB-2023-04-A2': given(actions, [RAISED, WITHDRAWN]).state,
};

/** A command that would be accepted, and everything that it meets. */
interface Scene {
  readonly past: readonly PastAction[];
  readonly command: ActionCommand;
  readonly circumstances: Circumstances;
}

/** One thing wrong with a scene: the rule, the code, the field, and how to get it wrong. */
type Fault = readonly [
  rule: string,
  code: ActionRefusal | InputFault | `UNKNOWN_${Uppercase<RecordKind>}`,
  field: string | undefined,
  spoil: (scene: Scene) => Scene,
];

interface Described {
  readonly scene: Scene;
  readonly faults: readonly Fault[];
}

const because = { envelope: { reason: 'The board asked for it.' } };
const asCommissioner = {
  by: { post: 'commissioner', person: 'person-pcc' },
  enteredBy: { post: 'commissioner', person: 'person-pcc' },
};

const after =
  (...past: readonly PastAction[]) =>
  (scene: Scene): Scene => ({ ...scene, past });
const asking =
  (change: Record<string, unknown>) =>
  (scene: Scene): Scene => ({ ...scene, command: { ...scene.command, ...change } });
const amid =
  (change: Circumstances) =>
  (scene: Scene): Scene => ({ ...scene, circumstances: { ...scene.circumstances, ...change } });
const without =
  (key: 'reason' | 'authority') =>
  ({ circumstances, ...scene }: Scene): Scene => {
    const { [key]: _, ...envelope } = circumstances.envelope ?? {};
    return { ...scene, circumstances: { ...circumstances, envelope } };
  };

/** On the authority of a meeting that was held two months before the action was raised. */
const BEFORE_RAISED: Fault = [
  'on the authority of a meeting held before it was raised',
  'AUTHORITY_BEFORE_RAISED',
  'authority.meeting',
  (scene) =>
    amid({
      heldOn: '2023-04-19',
      envelope: { ...scene.circumstances.envelope, authority: { meeting: 'CGB-2023-04-19' } },
    })(scene),
];
const NEVER_RAISED: Fault = ['that was never raised', 'NOT_RAISED', undefined, after()];
const CLOSED: Fault = ['that has been signed off', 'ACTION_CLOSED', undefined, after(...HISTORY.SIGNED_OFF)];
const ONLY_PROPOSED: Fault = ['that is only proposed', 'NOT_AGREED', undefined, after(...HISTORY.PROPOSED)];
const AWAITING: Fault = ['that awaits sign-off', 'AWAITING_SIGN_OFF', undefined, after(...HISTORY.REPORTED_COMPLETE)];

const COMMANDS: { readonly [type in ActionCommand['type']]: Described } = {
  RaiseAction: {
    scene: {
      past: [],
      command: {
        type: 'RaiseAction',
        meeting: 'CGB-2023-06-21',
        item: '8(b)',
        title: 'Revise the domestic abuse paper',
        owner: 'estates-lead',
        due: { phrase: 'by the end of September', on: '2023-09-30' },
      },
      circumstances: { effectiveOn: '2023-06-21', links: LINKS },
    },
    faults: [
      ['where there is one already', 'ALREADY_RAISED', undefined, after(RAISED)],
      ['without a title', 'BLANK', 'title', asking({ title: ' \n' })],
      ['at an item that is a sentence', 'MALFORMED', 'item', asking({ item: 'see Mr Smith' })],
      [
        'without a meeting or a body',
        'NEEDS_MEETING_OR_BODY',
        'meeting',
        asking({ meeting: undefined, body: undefined, decision: undefined }),
      ],
      [
        'due both on a day and at a meeting',
        'AMBIGUOUS',
        'due',
        asking({ due: { on: '2023-09-30', meeting: 'CGB-2023-12-14' } }),
      ],
      ['due on a day that no calendar has', 'MALFORMED', 'due.on', asking({ due: { on: '2023-02-30' } })],
      [
        'due over a span that ends before it begins',
        'MALFORMED',
        'due.dated.from',
        asking({ due: { dated: { from: '2023-10-01', to: '2023-09-01', how: 'between' } } }),
      ],
      [
        'due between one day',
        'MALFORMED',
        'due.dated.from',
        asking({ due: { dated: { to: '2023-09-01', how: 'between' } } }),
      ],
      ['at a meeting that nobody scheduled', 'UNKNOWN_MEETING', 'meeting', asking({ meeting: 'CGB-1999-01-01' })],
      [
        'due at a meeting that nobody scheduled',
        'UNKNOWN_MEETING',
        'due.meeting',
        asking({ due: { meeting: 'CGB-1999-01-01' } }),
      ],
      ['at a meeting that was cancelled', 'MEETING_CANCELLED', 'meeting', asking({ meeting: 'CGB-2023-05' })],
      [
        'by a meeting that nobody names',
        'NEEDS_MEETING',
        'meeting',
        asking({ meeting: undefined, body: 'CGB', raisedBy: 'MEETING' }),
      ],
      [
        'by a letter of which nothing is said, outside a meeting',
        'NEEDS_OCCASION',
        'occasion',
        asking({ meeting: undefined, body: 'CGB', raisedBy: 'LETTER', occasion: undefined }),
      ],
      [
        'by something of which nobody says what it was',
        'OCCASION_OF_NOTHING',
        'raisedBy',
        asking({ raisedBy: undefined, occasion: 'from a member of the public, 2 June' }),
      ],
      [
        'to keep a promise of no meeting',
        'PROMISE_NEEDS_MEETING',
        'meeting',
        asking({ meeting: undefined, body: 'CGB', keepsPromise: PROMISE }),
      ],
      [
        'to keep a promise that the minutes of its meeting do not hold',
        'PROMISE_NOT_MINUTED',
        'keepsPromise',
        asking({ keepsPromise: '00000000-0000-4000-8000-0000000000ff' }),
      ],
      ['to keep what was minuted as no promise', 'NOT_A_PROMISE', 'keepsPromise', asking({ keepsPromise: REMARK })],
      [
        'at a meeting and of a decision',
        'ORIGIN_AMBIGUOUS',
        'decision',
        asking({ meeting: 'CGB-2023-06-21', decision: 'CGB-2023-04-D1', body: undefined }),
      ],
      [
        'of a decision that nobody proposed',
        'UNKNOWN_DECISION',
        'decision',
        asking({ meeting: undefined, decision: 'CGB-1999-01-D1' }),
      ],
      [
        'of a decision in the business of another body',
        'NOT_OF_THAT_BODY',
        'body',
        asking({ meeting: undefined, decision: 'CGB-2023-04-D1', body: 'JARAP' }),
      ],
      [
        'opened by an entry of no decision',
        'UNKNOWN_CAUSE',
        'causedBy',
        asking({ meeting: undefined, body: 'CGB', decision: undefined, causedBy: NAMED_ACTION }),
      ],
      [
        'opened by an entry that its decision does not have',
        'UNKNOWN_CAUSE',
        'causedBy',
        asking({ meeting: undefined, decision: 'CGB-2023-04-D1', causedBy: PROMISE }),
      ],
      [
        'opened by a condition that nobody sees to',
        'UNKNOWN_CAUSE',
        'causedBy',
        asking({ meeting: undefined, decision: 'CGB-2023-04-D1', causedBy: OTHER_CONDITION }),
      ],
      [
        'owned also by a post that the directory does not know',
        'UNKNOWN_POST',
        'owners.0',
        asking({ owners: ['nobody'] }),
      ],
      ['for a body that the directory does not know', 'UNKNOWN_BODY', 'body', asking({ body: 'XYZ' })],
      ['for a post in the place of a body', 'MALFORMED', 'body', asking({ body: 'estates-lead' })],
      ['at a meeting of another body', 'OTHER_BODY', 'body', asking({ meeting: 'CGB-2023-06-21', body: 'JARAP' })],
      ['owned by a post that the directory does not know', 'UNKNOWN_POST', 'owner', asking({ owner: 'nobody' })],
      ['owned by a body', 'MALFORMED', 'owner', asking({ owner: 'CGB' })],
      ['due before it was raised', 'DUE_BEFORE_RAISED', 'due.on', asking({ due: { on: '2023-06-20' } })],
      [
        'due over a span that ended before it was raised',
        'DUE_BEFORE_RAISED',
        'due.dated',
        asking({ due: { dated: { to: '2023-06-20', how: 'by' } } }),
      ],
      [
        'due at a meeting held before it was raised',
        'DUE_BEFORE_RAISED',
        'due.meeting',
        (scene) => amid({ effectiveOn: '2023-07-18' })(asking({ due: { meeting: 'CGB-2023-07-17' } })(scene)),
      ],
    ],
  },
  AgreeAction: {
    scene: { past: HISTORY.PROPOSED, command: { type: 'AgreeAction', ref: REF }, circumstances: asCommissioner },
    faults: [
      NEVER_RAISED,
      CLOSED,
      ['that has been agreed', 'ALREADY_AGREED', undefined, after(...HISTORY.AGREED)],
      BEFORE_RAISED,
    ],
  },
  GiveActionUpdate: {
    scene: {
      past: HISTORY.AGREED,
      command: { type: 'GiveActionUpdate', ref: REF, text: 'Drafted.' },
      circumstances: {},
    },
    faults: [NEVER_RAISED, CLOSED, ONLY_PROPOSED, ['that says nothing', 'BLANK', 'text', asking({ text: '  ' })]],
  },
  AddActionEvidence: {
    scene: {
      past: HISTORY.PROPOSED,
      command: {
        type: 'AddActionEvidence',
        ref: REF,
        title: 'The paper',
        fileName: 'paper.pdf',
        sha256: 'ab'.repeat(32),
        cites: 'CGB-2023-06-E1',
        citesVersion: '2',
      },
      circumstances: {
        links: { 'documents/CGB-2023-06-E1': { status: 'CURRENT' } },
        versions: { 'documents/CGB-2023-06-E1': ['1', '2'] },
      },
    },
    faults: [
      NEVER_RAISED,
      CLOSED,
      ['that is an unknown document', 'UNKNOWN_DOCUMENT', 'cites', asking({ cites: 'CGB-2001-01-E1' })],
      ['that is an unknown version', 'UNKNOWN_VERSION', 'citesVersion', asking({ citesVersion: '3' })],
      ['that is a version of no document', 'UNKNOWN_VERSION', 'citesVersion', asking({ cites: undefined })],
      ['without a title', 'BLANK', 'title', asking({ title: '' })],
      ['with a digest that is none', 'MALFORMED', 'sha256', asking({ sha256: 'abc' })],
    ],
  },
  ReportActionComplete: {
    scene: {
      past: HISTORY.IN_PROGRESS,
      command: { type: 'ReportActionComplete', ref: REF, text: 'Done.', evidence: 'See the paper.' },
      circumstances: {},
    },
    faults: [
      NEVER_RAISED,
      CLOSED,
      ONLY_PROPOSED,
      ['that has been reported complete', 'ALREADY_REPORTED_COMPLETE', undefined, after(...HISTORY.REPORTED_COMPLETE)],
    ],
  },
  ReturnAction: {
    scene: {
      past: HISTORY.REPORTED_COMPLETE,
      command: { type: 'ReturnAction', ref: REF },
      circumstances: { ...asCommissioner, ...because },
    },
    faults: [
      NEVER_RAISED,
      CLOSED,
      ['that nobody reported complete', 'NOT_REPORTED_COMPLETE', undefined, after(...HISTORY.IN_PROGRESS)],
      BEFORE_RAISED,
      ['without a reason', 'RETURN_NEEDS_REASON', 'reason', without('reason')],
    ],
  },
  SignOffAction: {
    scene: {
      past: HISTORY.REPORTED_COMPLETE,
      command: { type: 'SignOffAction', ref: REF },
      circumstances: {
        ...{ ...asCommissioner, links: LINKS },
        holders: [{ post: 'force-lead', person: 'person-owner', from: '2023-06-21', to: '2023-10-09' }],
        envelope: { authority: { meeting: 'CGB-2023-09-25' } },
      },
    },
    faults: [
      [
        'with something that remains for a post that the directory does not know',
        'UNKNOWN_POST',
        'remaining.0.owner',
        asking({ remaining: [{ title: 'The rest', owner: 'nobody' }] }),
      ],
      [
        'with something that remains, due before the sign-off',
        'DUE_BEFORE_RAISED',
        'remaining.1.due',
        asking({ remaining: [{ title: 'The rest' }, { title: 'More', due: '2023-01-01' }] }),
      ],
      NEVER_RAISED,
      CLOSED,
      ['that its owner has not reported complete', 'NOT_REPORTED_COMPLETE', undefined, after(...HISTORY.IN_PROGRESS)],
      ['that is only proposed', 'NOT_REPORTED_COMPLETE', undefined, after(...HISTORY.PROPOSED)],
      ['by the post that owns it', 'OWNER_MAY_NOT_SIGN_OFF', 'by', amid({ by: { post: 'force-lead' } })],
      [
        'by the post that owns it, where another post reported it',
        'OWNER_MAY_NOT_SIGN_OFF',
        'by',
        (scene) =>
          amid({ by: { post: 'force-lead' } })(after(RAISED, AGREED, { ...REPORTED, by: 'estates-lead' })(scene)),
      ],
      [
        'by the post that reported it complete',
        'OWNER_MAY_NOT_SIGN_OFF',
        'by',
        (scene) =>
          amid({ by: { post: 'estates-lead' } })(after(RAISED, AGREED, { ...REPORTED, by: 'estates-lead' })(scene)),
      ],
      [
        'by the person who reported it, in another post',
        'OWNER_MAY_NOT_SIGN_OFF',
        'by',
        amid({ by: { post: 'commissioner', person: 'person-lead' } }),
      ],
      [
        'typed by the person who reported it',
        'OWNER_MAY_NOT_SIGN_OFF',
        'by',
        amid({ by: { post: 'commissioner' }, enteredBy: { post: 'opcc-officer', person: 'person-lead' } }),
      ],
      [
        'by a person who has held the owning post',
        'OWNER_MAY_NOT_SIGN_OFF',
        'by',
        amid({ by: { post: 'commissioner', person: 'person-owner' } }),
      ],
      [
        'typed by a person who has held the owning post',
        'OWNER_MAY_NOT_SIGN_OFF',
        'by',
        amid({ by: { post: 'commissioner' }, enteredBy: { post: 'opcc-officer', person: 'person-owner' } }),
      ],
      [
        'by somebody whom the directory does not know',
        'SIGNER_UNKNOWN',
        'by',
        amid({ by: { post: 'commissioner', person: 'p-0123' } }),
      ],
      [
        'typed by somebody whom the directory does not know',
        'SIGNER_UNKNOWN',
        'by',
        amid({ enteredBy: { post: 'opcc-officer', person: 'p-0123' } }),
      ],
      ['by a post whose holder nobody recorded', 'SIGNER_UNKNOWN', 'by', amid({ by: { post: 'commissioner' } })],
      ['without an authority', 'SIGN_OFF_NEEDS_AUTHORITY', 'authority', without('authority')],
      [
        'on an authority that is not stated',
        'SIGN_OFF_NEEDS_AUTHORITY',
        'authority',
        amid({ envelope: { authority: 'notStated' } }),
      ],
      BEFORE_RAISED,
    ],
  },
  ReassignAction: {
    scene: {
      past: HISTORY.AGREED,
      command: { type: 'ReassignAction', ref: REF, owner: 'estates-lead' },
      circumstances: { links: LINKS },
    },
    faults: [
      NEVER_RAISED,
      CLOSED,
      AWAITING,
      ['to a post that the directory does not know', 'UNKNOWN_POST', 'owner', asking({ owner: 'nobody' })],
      ['to the post that owns it', 'NOTHING_CHANGES', 'owner', asking({ owner: 'force-lead' })],
      [
        'to the posts that own it, in another order of those that do not lead',
        'NOTHING_CHANGES',
        'owner',
        (scene) =>
          after(...HISTORY.AGREED, {
            type: 'ActionReassigned',
            facts: { owner: 'force-lead', owners: ['estates-lead', 'fleet-lead'] },
          })(asking({ owner: 'force-lead', owners: ['fleet-lead', 'estates-lead'] })(scene)),
      ],
    ],
  },
  ExtendActionDueDate: {
    scene: {
      past: HISTORY.AGREED,
      command: { type: 'ExtendActionDueDate', ref: REF, due: { on: '2023-11-30', phrase: 'end of November' } },
      circumstances: { ...because, links: LINKS },
    },
    faults: [
      NEVER_RAISED,
      CLOSED,
      ONLY_PROPOSED,
      AWAITING,
      ['without a reason', 'EXTENSION_NEEDS_REASON', 'reason', without('reason')],
      ['to words alone', 'DUE_NEEDED', 'due', asking({ due: { phrase: 'when funds allow' } })],
      [
        'to a day and a meeting at once',
        'AMBIGUOUS',
        'due',
        asking({ due: { on: '2023-12-01', meeting: 'CGB-2023-12-14' } }),
      ],
      ['to a day that no calendar has', 'MALFORMED', 'due.on', asking({ due: { on: '2023-11-31' } })],
      [
        'to a meeting that nobody scheduled',
        'UNKNOWN_MEETING',
        'due.meeting',
        asking({ due: { meeting: 'CGB-1999-01-01' } }),
      ],
      ['to the day on which it is due', 'NOT_AN_EXTENSION', 'due.on', asking({ due: { on: '2023-09-25' } })],
      ['to an earlier day', 'NOT_AN_EXTENSION', 'due.on', asking({ due: { on: '2023-09-24' } })],
      [
        'to a span that ends earlier',
        'NOT_AN_EXTENSION',
        'due.dated',
        asking({ due: { dated: { from: '2023-07-01', to: '2023-08-31', how: 'between' } } }),
      ],
      [
        'to a meeting that is earlier',
        'NOT_AN_EXTENSION',
        'due.meeting',
        asking({ due: { meeting: 'CGB-2023-07-17' } }),
      ],
      [
        'to the meeting at which it is due',
        'NOT_AN_EXTENSION',
        'due.meeting',
        (scene) => asking({ due: { meeting: 'CGB-2023-05' } })(after(dueAt({ meeting: 'CGB-2023-05' }), AGREED)(scene)),
      ],
      [
        'to a day before the meeting at which it is due, wherever that moved',
        'NOT_AN_EXTENSION',
        'due.on',
        (scene) => asking({ due: { on: '2023-10-01' } })(after(dueAt({ meeting: 'CGB-2023-09-25' }), AGREED)(scene)),
      ],
    ],
  },
  DeferAction: {
    scene: {
      past: HISTORY.IN_PROGRESS,
      command: { type: 'DeferAction', ref: REF, meeting: 'CGB-2023-12-14', phrase: 'to the December board' },
      circumstances: { ...because, links: LINKS },
    },
    faults: [
      NEVER_RAISED,
      CLOSED,
      ONLY_PROPOSED,
      AWAITING,
      ['without a reason', 'DEFERRAL_NEEDS_REASON', 'reason', without('reason')],
      [
        'both to a meeting and until a day',
        'DEFERRAL_AMBIGUOUS',
        'until',
        asking({ meeting: 'CGB-2023-12-14', until: '2023-12-31' }),
      ],
      ['until a day that no calendar has', 'MALFORMED', 'until', asking({ meeting: undefined, until: '2023-13-01' })],
      [
        'to a meeting that nobody scheduled',
        'UNKNOWN_MEETING',
        'meeting',
        asking({ meeting: 'CGB-1999-01-01', until: undefined }),
      ],
      [
        'until a day that has passed',
        'DEFERRED_TO_THE_PAST',
        'until',
        asking({ meeting: undefined, until: '2023-10-08' }),
      ],
      [
        'to where it is deferred already',
        'NOTHING_CHANGES',
        undefined,
        (scene) => asking({ meeting: 'CGB-2023-12-14', phrase: undefined })(after(...HISTORY.DEFERRED)(scene)),
      ],
    ],
  },
  ConvertAction: {
    scene: {
      past: HISTORY.AGREED,
      command: { type: 'ConvertAction', ref: REF, into: 'FORWARD_PLAN_ITEM', item: 'Yearly report' },
      circumstances: { ...asCommissioner, envelope: { authority: { meeting: 'CGB-2023-09-25' } } },
    },
    faults: [
      NEVER_RAISED,
      CLOSED,
      ONLY_PROPOSED,
      ['by the post that owns it', 'OWNER_MAY_NOT_SIGN_OFF', 'by', amid({ by: { post: 'force-lead' } })],
      [
        'by somebody unknown, while its owner is known',
        'SIGNER_UNKNOWN',
        'by',
        amid({
          by: { post: 'commissioner', person: 'p-0123' },
          holders: [{ post: 'force-lead', person: 'person-owner', from: '2023-06-21', to: '2023-10-09' }],
        }),
      ],
      ['without an authority', 'CONVERSION_NEEDS_AUTHORITY', 'authority', without('authority')],
      [
        'on an authority that is not stated',
        'CONVERSION_NEEDS_AUTHORITY',
        'authority',
        amid({ envelope: { authority: 'notStated' } }),
      ],
      BEFORE_RAISED,
    ],
  },
  MergeAction: {
    scene: {
      past: HISTORY.AGREED,
      command: { type: 'MergeAction', ref: REF, into: 'CGB-2023-04-A1' },
      circumstances: { ...because, links: LINKS },
    },
    faults: [
      NEVER_RAISED,
      CLOSED,
      ONLY_PROPOSED,
      ['without a reason', 'MERGER_NEEDS_REASON', 'reason', without('reason')],
      ['into itself', 'SAME_ACTION', 'into', asking({ into: REF })],
      ['into one that was never raised', 'UNKNOWN_ACTION', 'into', asking({ into: 'CGB-2023-04-A9' })],
      ['into one that was withdrawn', 'OTHER_ACTION_CLOSED', 'into', asking({ into: 'CGB-2023-04-A2' })],
    ],
  },
  SupersedeAction: {
    scene: {
      past: HISTORY.REPORTED_COMPLETE,
      command: { type: 'SupersedeAction', ref: REF, supersededBy: 'CGB-2023-04-A1' },
      circumstances: { ...because, links: LINKS },
    },
    faults: [
      NEVER_RAISED,
      CLOSED,
      ONLY_PROPOSED,
      ['without a reason', 'SUPERSESSION_NEEDS_REASON', 'reason', without('reason')],
      ['by itself', 'SAME_ACTION', 'supersededBy', asking({ supersededBy: REF })],
      ['by one that was never raised', 'UNKNOWN_ACTION', 'supersededBy', asking({ supersededBy: 'CGB-2023-04-A9' })],
      ['by one that was withdrawn', 'OTHER_ACTION_CLOSED', 'supersededBy', asking({ supersededBy: 'CGB-2023-04-A2' })],
    ],
  },
  WithdrawAction: {
    scene: {
      past: HISTORY.PROPOSED,
      command: { type: 'WithdrawAction', ref: REF },
      circumstances: { ...asCommissioner, ...because },
    },
    faults: [
      NEVER_RAISED,
      CLOSED,
      BEFORE_RAISED,
      ['without a reason', 'WITHDRAWAL_NEEDS_REASON', 'reason', without('reason')],
    ],
  },
  ReopenAction: {
    scene: {
      past: HISTORY.SIGNED_OFF,
      command: { type: 'ReopenAction', ref: REF },
      circumstances: { ...asCommissioner, ...because },
    },
    faults: [
      NEVER_RAISED,
      ['that is open', 'NOT_CLOSED', undefined, after(...HISTORY.REPORTED_COMPLETE)],
      BEFORE_RAISED,
      ['without a reason', 'REOPENING_NEEDS_REASON', 'reason', without('reason')],
    ],
  },
};

const everyCommand = Object.entries(COMMANDS) as [ActionCommand['type'], Described][];
const play = ({ past, command, circumstances }: Scene) => given(actions, past).when(command, circumstances);
const draftsOf = (scene: Scene): readonly Draft[] => {
  const { decision } = play(scene);
  if ('refusal' in decision) throw new Error(`refused with ${decision.refusal.code}`);
  return decision.events;
};
const codes = Object.keys(ACTION_REFUSALS) as ActionRefusal[];
const isInputFault = (code: string) => (INPUT_FAULTS as readonly string[]).includes(code);

/** Where a fault stands among the checks: the fields, the rules between them, the state, what is required, who is named, the rest. */
function placeOf(type: ActionCommand['type'], [, code, field = '']: Fault): number {
  const { fields } = ACTION_COMMANDS.find((one) => one.type === type)!;
  if (isInputFault(code)) return Object.keys(fields).indexOf(field.split('.')[0]!) - 100;
  const own = codes.indexOf(code as ActionRefusal);
  return code.startsWith('UNKNOWN_') && own < 0 ? codes.indexOf('MEETING_CANCELLED') - 0.5 : own;
}

describe.each(everyCommand)('%s', (type, { scene, faults }) => {
  it('is accepted when nothing is wrong', () => {
    expect(draftsOf(scene)).toHaveLength(1);
  });

  it.each(faults)('is refused %s (%s)', (_rule, code, field, spoil) => {
    const refusal = play(spoil(scene)).thenRefused(code);
    expect(refusal.field).toBe(field);
  });

  it('names the first thing that is wrong, in the order of checks', () => {
    const inOrder = faults.toSorted((a, b) => placeOf(type, a) - placeOf(type, b));
    inOrder.forEach(([, first, , spoilFirst], index) => {
      for (const fault of inOrder.slice(index + 1))
        if (placeOf(type, fault) !== placeOf(type, inOrder[index]!))
          play(spoilFirst(fault[3](scene))).thenRefused(first);
    });
  });
});

/** What is asked of corrections alone: a command that does so is refused as its declaration says. */
const OF_CORRECTIONS: readonly ActionRefusal[] = ['DUE_AMBIGUOUS'];

it('has a rule in this file for every refusal in the list, and no other', () => {
  const told = everyCommand.flatMap(([, { faults }]) => faults.map(([, code]) => code));
  const own = told.filter(
    (code) =>
      (!code.startsWith('UNKNOWN_') || code === 'UNKNOWN_VERSION' || code === 'UNKNOWN_CAUSE') && !isInputFault(code),
  );
  expect([...new Set([...own, ...OF_CORRECTIONS])].sort()).toEqual([...codes].sort());
});

function dueAt(due: NonNullable<Extract<ActionEvent, { type: 'ActionRaised' }>['facts']['due']>): PastAction {
  return { type: 'ActionRaised', effectiveOn: '2023-04-19', facts: { ref: REF, body: 'CGB', due } };
}

function raisedBy(past: readonly PastAction[]): RaisedAction {
  const { state } = given(actions, past);
  if (state.status === 'NOT_RAISED') throw new Error('this history raises nothing');
  return state;
}

describe('the state of an action', () => {
  it.each(ACTION_STATUSES)('reaches %s by legal steps alone', (status) => {
    let state = actions.initial;
    HISTORY[status].forEach((past, index) => {
      const event = pastEvent('actions', past, index + 1) as ActionEvent;
      expect(actions.mayFollow(state, event)).toBeNull();
      state = actions.evolve(state, event);
    });
    expect(state.status).toBe(status);
  });

  // Rows: the fact. Columns: the states in which it is legal, and the state after it.
  const MOVES: readonly [PastAction, Partial<Record<ActionStatus, ActionStatus>>][] = [
    [AGREED, { PROPOSED: 'AGREED' }],
    [
      UPDATED,
      {
        AGREED: 'IN_PROGRESS',
        IN_PROGRESS: 'IN_PROGRESS',
        DEFERRED: 'IN_PROGRESS',
        REPORTED_COMPLETE: 'REPORTED_COMPLETE',
      },
    ],
    [REPORTED, { AGREED: 'REPORTED_COMPLETE', IN_PROGRESS: 'REPORTED_COMPLETE', DEFERRED: 'REPORTED_COMPLETE' }],
    [RETURNED, { REPORTED_COMPLETE: 'IN_PROGRESS' }],
    [SIGNED_OFF, { REPORTED_COMPLETE: 'SIGNED_OFF' }],
    [DEFERRED, { AGREED: 'DEFERRED', IN_PROGRESS: 'DEFERRED', DEFERRED: 'DEFERRED' }],
    [
      CONVERTED,
      { AGREED: 'CONVERTED', IN_PROGRESS: 'CONVERTED', DEFERRED: 'CONVERTED', REPORTED_COMPLETE: 'CONVERTED' },
    ],
    [MERGED, { AGREED: 'MERGED', IN_PROGRESS: 'MERGED', DEFERRED: 'MERGED', REPORTED_COMPLETE: 'MERGED' }],
    [
      SUPERSEDED,
      { AGREED: 'SUPERSEDED', IN_PROGRESS: 'SUPERSEDED', DEFERRED: 'SUPERSEDED', REPORTED_COMPLETE: 'SUPERSEDED' },
    ],
    [
      WITHDRAWN,
      {
        PROPOSED: 'WITHDRAWN',
        AGREED: 'WITHDRAWN',
        IN_PROGRESS: 'WITHDRAWN',
        DEFERRED: 'WITHDRAWN',
        REPORTED_COMPLETE: 'WITHDRAWN',
      },
    ],
    [
      REOPENED,
      {
        SIGNED_OFF: 'IN_PROGRESS',
        CONVERTED: 'IN_PROGRESS',
        MERGED: 'IN_PROGRESS',
        SUPERSEDED: 'IN_PROGRESS',
        WITHDRAWN: 'IN_PROGRESS',
      },
    ],
    [
      { type: 'ActionReassigned', facts: { owner: 'estates-lead' } },
      { PROPOSED: 'PROPOSED', AGREED: 'AGREED', IN_PROGRESS: 'IN_PROGRESS', DEFERRED: 'DEFERRED' },
    ],
    [
      { type: 'DueDateExtended', facts: { due: { on: '2023-12-01' } } },
      { AGREED: 'AGREED', IN_PROGRESS: 'IN_PROGRESS', DEFERRED: 'DEFERRED' },
    ],
    [
      { type: 'EvidenceAdded', texts: ['title'] },
      {
        PROPOSED: 'PROPOSED',
        AGREED: 'AGREED',
        IN_PROGRESS: 'IN_PROGRESS',
        DEFERRED: 'DEFERRED',
        REPORTED_COMPLETE: 'REPORTED_COMPLETE',
      },
    ],
  ];

  it('moves by every fact of the register', () => {
    const own = ACTION_EVENTS.map(({ type }) => type);
    expect(['ActionRaised', ...MOVES.map(([{ type }]) => type)].sort()).toEqual(own.sort());
  });

  describe.each(MOVES.map(([past, legal]) => [past.type, past, legal] as const))('%s', (_, past, legal) => {
    it.each(ACTION_STATUSES)(`takes effect on an action that is %s, or is refused`, (status) => {
      const before = raisedBy(HISTORY[status]);
      const event = pastEvent('actions', past, 9) as ActionEvent;
      const refusal = actions.mayFollow(before, event);
      if (legal[status] === undefined) expect(refusal).not.toBeNull();
      else {
        expect(refusal).toBeNull();
        expect(actions.evolve(before, event).status).toBe(legal[status]);
      }
    });
  });

  it('points to the words of the action and of its latest update, and holds none', () => {
    const state = raisedBy(HISTORY.IN_PROGRESS);
    expect(state.title).toEqual({ event: 'event-1', part: 'text/title' });
    expect(state.due.phrase).toEqual({ event: 'event-1', part: 'text/phrase' });
    expect(state.latestUpdate).toMatchObject({ by: 'force-lead', text: { event: 'event-3', part: 'text/update' } });
  });

  it('forgets the report when the action is returned or reopened, and keeps it when it is signed off', () => {
    expect(raisedBy(HISTORY.SIGNED_OFF).reportedComplete).toMatchObject({ by: 'force-lead', byPerson: 'person-lead' });
    expect(raisedBy([...HISTORY.REPORTED_COMPLETE, RETURNED]).reportedComplete).toBeUndefined();
    const reopened = raisedBy([...HISTORY.SIGNED_OFF, REOPENED]);
    expect(reopened.reportedComplete).toBeUndefined();
    expect(reopened.closed).toBeUndefined();
    expect(reopened.reopened).toBe(1);
  });

  it('tells how it was closed, and where it went on', () => {
    expect(raisedBy(HISTORY.SIGNED_OFF).closed).toMatchObject({
      outcome: 'SIGNED_OFF',
      by: 'commissioner',
      authority: { meeting: 'CGB-2023-09-25' },
    });
    expect(raisedBy(HISTORY.CONVERTED).closed).toMatchObject({ outcome: 'CONVERTED', item: { part: 'text/item' } });
    expect(raisedBy(HISTORY.MERGED)).toMatchObject({ continuedAs: 'CGB-2023-04-A1' });
    expect(raisedBy(HISTORY.SUPERSEDED)).toMatchObject({ continuedAs: 'CGB-2023-04-A1' });
    expect(raisedBy([...HISTORY.MERGED, REOPENED]).continuedAs).toBeUndefined();
  });

  it('names nobody and no authority where an imported paper names none', () => {
    const actor = { enteredBy: { post: 'opcc-officer', person: 'person-typing' }, authority: 'notStated' as const };
    const state = raisedBy([...HISTORY.REPORTED_COMPLETE, { type: 'ActionSignedOff', actor }]);
    expect(state.closed).toMatchObject({ by: null, byPerson: null, authority: null });
  });

  it('remembers to what it is deferred until work goes on', () => {
    expect(raisedBy(HISTORY.DEFERRED).deferred).toEqual({ meeting: 'CGB-2023-12-14' });
    expect(raisedBy([...HISTORY.DEFERRED, UPDATED]).deferred).toBeUndefined();
  });

  it('counts evidence', () => {
    expect(raisedBy([...HISTORY.AGREED, { type: 'EvidenceAdded' }, { type: 'EvidenceAdded' }]).evidence).toBe(2);
  });

  it('is left as it is by the facts that every register has', () => {
    const before = raisedBy(HISTORY.AGREED);
    for (const type of ['Corrected', 'Voided', 'Restored', 'OtherwiseStated', 'Published', 'Marked'] as const) {
      const event = pastEvent(
        'actions',
        { type, facts: { target: 'event-1', path: 'owner', is: 'x' } },
        3,
      ) as ActionEvent;
      expect(actions.evolve(before, event)).toBe(before);
      expect(actions.mayFollow(before, event)).toBeNull();
      expect(actions.evolve(actions.initial, event)).toBe(actions.initial);
      expect(actions.mayFollow(actions.initial, event)).toBeNull();
    }
  });

  it('is left as it is by a kind of a later version', () => {
    const before = raisedBy(HISTORY.AGREED);
    const unknown = pastEvent('actions', { type: 'ActionWeighed' }, 3) as ActionEvent;
    expect(actions.evolve(before, unknown)).toBe(before);
    expect(actions.mayFollow(before, unknown)).toBeNull();
  });

  it('says what a reader is shown, even where the step before it is hidden', () => {
    expect(raisedBy([RAISED, SIGNED_OFF]).status).toBe('SIGNED_OFF');
    expect(raisedBy([RAISED, UPDATED]).status).toBe('IN_PROGRESS');
  });
});

describe('due dates', () => {
  const extendedTo = (on: string, ...texts: string[]): PastAction => ({
    type: 'DueDateExtended',
    facts: { due: { on } },
    texts,
  });

  it('keep the original, the current one, and how often it was put off', () => {
    const { due } = raisedBy([RAISED, AGREED, extendedTo('2023-10-31'), extendedTo('2023-12-31', 'phrase')]);
    expect(due).toMatchObject({ original: { on: '2023-09-25' }, current: { on: '2023-12-31' }, extensions: 2 });
    expect(due).toMatchObject({ extendedLate: 0, extendedWithoutReason: 2 });
    expect(due.phrase).toEqual({ event: 'event-4', part: 'text/phrase' });
  });

  it('tell an extension that came after the old date had passed, and one for which no reason was given', () => {
    const late: PastAction = { ...extendedTo('2023-10-31', 'reason'), effectiveOn: '2023-09-26' };
    const inTime: PastAction = { ...extendedTo('2023-12-31'), effectiveOn: '2023-10-31' };
    const earlier: PastAction = { ...extendedTo('2023-11-30'), effectiveOn: '2024-01-15' };
    const { due } = raisedBy([RAISED, AGREED, late, inTime, earlier]);
    expect(due).toMatchObject({ extensions: 2, extendedLate: 1, extendedWithoutReason: 1, broughtForward: 1 });
  });

  it('lose the old words when they are extended without new ones', () => {
    expect(raisedBy([RAISED, AGREED, extendedTo('2023-10-31')]).due.phrase).toBeUndefined();
  });

  it('take the first date as the original, not as an extension, and keep the words that it resolves', () => {
    const phrase: PastAction = { type: 'ActionRaised', facts: { ref: REF, body: 'CGB' }, texts: ['title', 'phrase'] };
    expect(raisedBy([phrase]).due).toEqual({
      phrase: { event: 'event-1', part: 'text/phrase' },
      extensions: 0,
      broughtForward: 0,
      extendedLate: 0,
      extendedWithoutReason: 0,
    });
    expect(raisedBy([phrase, AGREED, extendedTo('2023-10-31')]).due).toEqual({
      phrase: { event: 'event-1', part: 'text/phrase' },
      original: { on: '2023-10-31' },
      current: { on: '2023-10-31' },
      extensions: 0,
      broughtForward: 0,
      extendedLate: 0,
      extendedWithoutReason: 0,
    });
  });

  it('count a move to an earlier day as brought forward, and one to the same day as nothing', () => {
    const moved = (...days: string[]) => {
      const { extensions, broughtForward } = raisedBy([RAISED, AGREED, ...days.map((on) => extendedTo(on))]).due;
      return [extensions, broughtForward];
    };
    expect(moved('2023-10-31', '2023-10-15')).toEqual([1, 1]);
    expect(moved('2023-12-31', '2023-10-31', '2023-11-30')).toEqual([2, 1]);
    expect(moved('2023-10-31', '2023-10-31')).toEqual([1, 0]);
  });

  it('are extended from a meeting without a known day, for nobody could say that the new one is earlier', () => {
    const cancelled = dueAt({ meeting: 'CGB-2023-05' });
    given(actions, [cancelled, AGREED])
      .when({ type: 'ExtendActionDueDate', ref: REF, due: { on: '2023-07-01' } }, { ...because, links: LINKS })
      .thenEvents([{ type: 'DueDateExtended', facts: { due: { on: '2023-07-01' } } }]);
  });

  it('that a paper prints before the day of the action are held as printed', () => {
    play(amid({ imported: true })(asking({ due: { on: '2022-09-25' } })(COMMANDS.RaiseAction.scene))).thenEvents([
      'ActionRaised',
    ]);
  });

  it('may be the very day on which it is raised, and a deferral may end on the day of its own', () => {
    play(asking({ due: { on: '2023-06-21' } })(COMMANDS.RaiseAction.scene)).thenEvents(['ActionRaised']);
    const { scene } = COMMANDS.DeferAction;
    play(asking({ meeting: undefined, until: '2023-10-09' })(scene)).thenEvents(['ActionDeferred']);
  });

  it('may not become two by a correction', () => {
    const raised = pastEvent('actions', dueAt({ on: '2023-07-01', meeting: 'CGB-2023-05' }), 1) as ActionEvent;
    expect(actions.mayFollow(actions.initial, raised)).toMatchObject({ code: 'DUE_AMBIGUOUS' });
    const extended = pastEvent(
      'actions',
      { type: 'DueDateExtended', facts: { due: { on: '2023-07-01', meeting: 'CGB-2023-05' } } },
      3,
    );
    expect(actions.mayFollow(raisedBy(HISTORY.AGREED), extended as ActionEvent)).toMatchObject({
      code: 'DUE_AMBIGUOUS',
    });
  });

  it('are the last day of a span, or the day of a meeting wherever it moved', () => {
    const held = { status: 'POSTPONED', date: '2023-10-02' };
    expect(dueDateOf({ on: '2023-09-25' }, () => null)).toBe('2023-09-25');
    expect(dueDateOf({ dated: { from: '2018-03-01', to: '2018-09-30', how: 'between' } }, () => null)).toBe(
      '2018-09-30',
    );
    expect(dueDateOf({ meeting: 'M' }, () => held)).toBe('2023-10-02');
    expect(dueDateOf({ meeting: 'M' }, () => ({ status: 'SCHEDULED', dated: { to: '2023-10-31', how: 'by' } }))).toBe(
      '2023-10-31',
    );
  });

  it('are unanchored without a date, and at a meeting that is cancelled, unknown, or without a day', () => {
    expect(dueDateOf(undefined, () => null)).toBeNull();
    expect(dueDateOf({}, () => null)).toBeNull();
    expect(dueDateOf({ meeting: 'M' }, () => null)).toBeNull();
    expect(dueDateOf({ meeting: 'M' }, () => ({ status: 'CANCELLED', date: '2023-05-17' }))).toBeNull();
    expect(dueDateOf({ meeting: 'M' }, () => ({ status: 'POSTPONED' }))).toBeNull();
  });

  it.each(ACTION_STATUSES)('make an action that is %s overdue from the day after, if it is worked on', (status) => {
    const state = raisedBy(HISTORY[status]);
    expect(isOverdue(state, '2023-09-26', '2023-09-25')).toBe(['AGREED', 'IN_PROGRESS', 'DEFERRED'].includes(status));
    expect(isOverdue(state, '2023-09-25', '2023-09-25')).toBe(false);
    expect(isOverdue(state, '2023-09-26', null)).toBe(false);
  });
});

describe('what is recorded', () => {
  const raise = (change: Record<string, unknown>, circumstances: Circumstances = {}) =>
    play(amid(circumstances)(asking(change)(COMMANDS.RaiseAction.scene)));
  const referenceOf = (decision: Decision) => ('reference' in decision ? decision.reference : undefined);
  const closed = { meeting: 'CGB-2023-07-17', due: undefined };

  it('of a raised action holds its words apart from its facts, and no reference yet', () => {
    raise({ priority: 'HIGH', organisation: 'FORCE' }).thenEvents([
      {
        type: 'ActionRaised',
        facts: {
          body: 'CGB',
          meeting: 'CGB-2023-06-21',
          item: '8(b)',
          owner: 'estates-lead',
          organisation: 'FORCE',
          priority: 'HIGH',
          due: { on: '2023-09-30' },
        },
        texts: { title: 'Revise the domestic abuse paper', phrase: 'by the end of September' },
      },
    ]);
    const [draft] = raise({}).thenEvents(['ActionRaised']);
    expect(draft!.facts).not.toHaveProperty('ref');
    expect(draft).not.toHaveProperty('marking');
  });

  it('of a due date that is words alone is those words', () => {
    const [draft] = raise({ due: { phrase: 'as soon as possible' } }).thenEvents(['ActionRaised']);
    expect(draft!.facts).not.toHaveProperty('due');
    expect(draft!.texts).toMatchObject({ phrase: 'as soon as possible' });
  });

  it('takes an owner that every ledger knows, or none', () => {
    raise(
      { owner: 'force-lead' },
      { links: { 'meetings/CGB-2023-06-21': LINKS['meetings/CGB-2023-06-21'] } },
    ).thenEvents(['ActionRaised']);
    const [draft] = raise({ owner: undefined }).thenEvents(['ActionRaised']);
    expect(draft!.facts).not.toHaveProperty('owner');
    const unowned = raisedBy([{ type: 'ActionRaised', facts: { ref: REF, body: 'CGB' } }]);
    expect(actions.ownersOf(unowned)).toEqual([]);
  });

  it('asks for a number of the month in the reference of the meeting, wherever the meeting moved', () => {
    expect(
      referenceOf(raise({ meeting: 'CGB-2023-09-25', due: undefined }, { effectiveOn: '2023-10-02' }).decision),
    ).toEqual({
      series: 'CGB-2023-09',
      stem: 'CGB-2023-09-A',
      style: 'NEXT',
    });
  });

  it('asks for a number of the month in which it was raised when there was no meeting', () => {
    const { decision } = raise({ meeting: undefined, body: 'JARAP', due: undefined }, { effectiveOn: '2023-08-10' });
    expect(referenceOf(decision)).toEqual({ series: 'JARAP-2023-08', stem: 'JARAP-2023-08-A', style: 'NEXT' });
  });

  it('of a closed meeting is closed and has a random reference', () => {
    const { decision, thenEvents } = raise(closed);
    thenEvents([
      { type: 'ActionRaised', marking: { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' } },
    ]);
    expect(referenceOf(decision)).toMatchObject({ stem: 'CGB-2023-07-A', style: 'RANDOM' });
  });

  it('is as restricted as its meeting is marked and as its session was, whatever the command says', () => {
    const open = { classification: 'OFFICIAL', sensitive: false, session: 'OPEN' } as const;
    const markedBy = (marking: typeof open | undefined, asked: Circumstances) => {
      const markings = marking === undefined ? {} : { markings: { 'meetings/CGB-2023-07-17': marking } };
      const { decision, thenEvents } = raise(closed, { ...markings, ...asked });
      return [thenEvents(['ActionRaised'])[0]?.marking, referenceOf(decision)?.style];
    };
    const sensitive = { ...open, sensitive: true as boolean } as typeof open;
    expect(markedBy(undefined, { envelope: { marking: open } })).toEqual([{ ...open, session: 'CLOSED' }, 'RANDOM']);
    expect(markedBy(sensitive, {})).toEqual([{ ...open, sensitive: true, session: 'CLOSED' }, 'RANDOM']);
    expect(markedBy(undefined, { envelope: { marking: sensitive } })).toEqual([
      { ...open, sensitive: true, session: 'CLOSED' },
      'RANDOM',
    ]);
  });

  it.each([
    ['sensitive', { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' }],
    ['closed', { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' }],
  ] as const)('has a random reference when it is marked %s', (_, marking) => {
    expect(referenceOf(raise({}, { envelope: { marking } }).decision)).toMatchObject({ style: 'RANDOM' });
  });

  it.each([
    ['GiveActionUpdate', 'UpdateGiven', {}, { update: 'Drafted.' }],
    [
      'AddActionEvidence',
      'EvidenceAdded',
      { cites: 'CGB-2023-06-E1', citesVersion: '2' },
      { title: 'The paper', fileName: 'paper.pdf', sha256: 'ab'.repeat(32) },
    ],
    ['ReportActionComplete', 'ActionReportedComplete', {}, { report: 'Done.', evidence: 'See the paper.' }],
    ['ReassignAction', 'ActionReassigned', { owner: 'estates-lead' }, {}],
    ['ExtendActionDueDate', 'DueDateExtended', { due: { on: '2023-11-30' } }, { phrase: 'end of November' }],
    ['DeferAction', 'ActionDeferred', { meeting: 'CGB-2023-12-14' }, { phrase: 'to the December board' }],
    ['ConvertAction', 'ActionConverted', { into: 'FORWARD_PLAN_ITEM' }, { item: 'Yearly report' }],
    ['MergeAction', 'ActionMerged', { into: 'CGB-2023-04-A1' }, {}],
    ['SupersedeAction', 'ActionSuperseded', { by: 'CGB-2023-04-A1' }, {}],
  ] as const)('of %s is %s with its facts and words', (command, type, facts, texts) => {
    expect(play(COMMANDS[command].scene).thenEvents([type])).toEqual([
      { type, facts, ...(Object.keys(texts).length === 0 ? {} : { texts }) },
    ]);
  });

  it('of an action that several posts own names the one that leads, and the others once each', () => {
    const owning = (fields: Record<string, unknown>) => draftsOf(asking(fields)(COMMANDS.RaiseAction.scene))[0]!.facts;
    expect(owning({ owners: ['fleet-lead', 'estates-lead'] })).toMatchObject({
      owner: 'estates-lead',
      owners: ['fleet-lead'],
    });
    expect(owning({ owner: undefined, owners: ['fleet-lead', 'estates-lead'] })).toMatchObject({
      owner: 'fleet-lead',
      owners: ['estates-lead'],
    });
    expect(owning({ owners: ['estates-lead'] })).not.toHaveProperty('owners');
    play(asking({ owner: 'fleet-lead', owners: ['force-lead'] })(COMMANDS.ReassignAction.scene)).thenEvents([
      { type: 'ActionReassigned', facts: { owner: 'fleet-lead', owners: ['force-lead'] } },
    ]);
  });

  it('of an action that a letter, a visit, a complaint or a decision raised says which, and of a meeting nothing more', () => {
    const raising = (fields: Record<string, unknown>) => draftsOf(asking(fields)(COMMANDS.RaiseAction.scene))[0]!;
    const letter = { raisedBy: 'LETTER', occasion: 'from the Office for Local Government, 2 June' };
    for (const outside of [{}, { meeting: undefined, body: 'CGB' }]) {
      const { facts, texts } = raising({ ...outside, ...letter });
      expect([facts['raisedBy'], texts?.['occasion']]).toEqual(['LETTER', letter.occasion]);
    }
    expect(raising({ raisedBy: 'MEETING' }).facts).not.toHaveProperty('raisedBy');
  });

  it('of an action that keeps a promise is as hidden as what was minuted', () => {
    const keeping = (promise: string) =>
      draftsOf(
        amid({
          markings: {
            [`meetings/CGB-2023-06-21/${SENSITIVE_PROMISE}`]: {
              classification: 'OFFICIAL',
              sensitive: true,
              session: 'OPEN',
            },
          },
        })(asking({ keepsPromise: promise })(COMMANDS.RaiseAction.scene)),
      )[0]!;
    expect(keeping(PROMISE)).toMatchObject({ facts: { keepsPromise: PROMISE } });
    expect(keeping(PROMISE).marking).toBeUndefined();
    expect(keeping(PROMISE_IN_CLOSED_SESSION).marking).toMatchObject({ session: 'CLOSED' });
    expect(keeping(SENSITIVE_PROMISE).marking).toMatchObject({ sensitive: true });
  });

  it('of a sign-off that leaves something comes after the actions that it leaves, each of which follows from it', () => {
    const { decision } = play(
      asking({
        remaining: [{ title: 'Publish it', owner: 'estates-lead', due: '2024-01-31' }, { title: 'Tell the panel' }],
      })(COMMANDS.SignOffAction.scene),
    );
    expect(decision).toMatchObject({
      events: [{ type: 'ActionSignedOff' }],
      first: [
        {
          ...{ type: 'RaiseAction', body: 'CGB', title: 'Publish it', owner: 'estates-lead' },
          ...{ due: { on: '2024-01-31' }, followsFrom: REF },
        },
        { type: 'RaiseAction', body: 'CGB', title: 'Tell the panel', followsFrom: REF },
      ],
    });
  });

  it('of an action that follows from another is linked to it', () => {
    play(asking({ followsFrom: REF })(COMMANDS.RaiseAction.scene)).thenEvents(['ActionRaised', 'Linked']);
  });

  it('of a second deferral is where it is deferred now', () => {
    play(
      asking({ meeting: undefined, until: '2024-01-31' })(after(...HISTORY.DEFERRED)(COMMANDS.DeferAction.scene)),
    ).thenEvents([{ type: 'ActionDeferred', facts: { until: '2024-01-31' } }]);
  });

  it('carries no word in its facts', () => {
    for (const [, { scene }] of everyCommand)
      for (const { facts, texts } of draftsOf(scene))
        for (const word of Object.values(texts ?? {}))
          if (word !== undefined) expect(JSON.stringify(facts)).not.toContain(word);
  });
});

describe('an action that several posts own', () => {
  const TOGETHER: PastAction = {
    ...RAISED,
    facts: { ...RAISED.facts, owners: ['estates-lead', 'fleet-lead'] },
  } as PastAction;
  const together = (...then: PastAction[]) => given(actions, [TOGETHER, AGREED, ...then]).state as RaisedAction;

  it('is owned by the one that leads and by all others, and one of an earlier schema by its owner alone', () => {
    expect(actions.ownersOf(together())).toEqual(['force-lead', 'estates-lead', 'fleet-lead']);
    const alone = given(actions, [RAISED, AGREED]).state;
    expect([actions.ownersOf(alone), 'owners' in alone]).toEqual([['force-lead'], false]);
  });

  it('is the work of each of them from the day on which it was given it', () => {
    const given = {
      type: 'ActionReassigned',
      effectiveOn: '2023-07-01',
      facts: { owner: 'clerk', owners: ['fleet-lead'] },
    };
    expect(actions.separation!.workOf(together(given as PastAction)).posts).toEqual([
      { post: 'clerk', since: '2023-07-01' },
      { post: 'fleet-lead', since: '2023-06-21' },
    ]);
  });

  it('is given by a reassignment to those alone that it names', () => {
    const state = together({ type: 'ActionReassigned', facts: { owner: 'fleet-lead' } });
    expect(actions.ownersOf(state)).toEqual(['fleet-lead']);
    expect(state).not.toHaveProperty('owners');
  });

  it.each(['force-lead', 'estates-lead', 'fleet-lead'])('is not signed off by %s, who owns it', (post) => {
    given(actions, [TOGETHER, AGREED, { ...REPORTED, person: 'person-lead' }])
      .when(
        { type: 'SignOffAction', ref: REF },
        {
          by: { post, person: 'person-pcc' },
          envelope: { authority: { meeting: 'CGB-2023-09-25' } },
          links: LINKS,
        },
      )
      .thenRefused('OWNER_MAY_NOT_SIGN_OFF');
  });

  it('keeps its other owners when a correction says that another led it', () => {
    const corrected = { ...TOGETHER, facts: { ...TOGETHER.facts, owner: 'clerk' } } as PastAction;
    expect(actions.ownersOf(given(actions, [corrected]).state)).toEqual(['clerk', 'estates-lead', 'fleet-lead']);
  });
});

describe('an action that came of a decision', () => {
  const DECISION = 'CGB-2023-04-D1';
  const raised = (more: object, circumstances: object = {}) =>
    given(actions, []).when(
      { type: 'RaiseAction', decision: DECISION, title: 'Find a site', ...more },
      { effectiveOn: '2023-06-21', links: LINKS, ...circumstances },
    );

  it.each([NAMED_ACTION, FOLLOWED_CONDITION])('is opened by the entry %s, of the same body and month', (causedBy) => {
    raised({ causedBy, raisedBy: 'DECISION' }).thenEvents([
      { type: 'ActionRaised', facts: { body: 'CGB', decision: DECISION, causedBy } },
    ]);
    expect(raised({ causedBy }).decision).toMatchObject({
      reference: { series: 'CGB-2023-04', stem: 'CGB-2023-04-A' },
    });
  });

  it('need not be opened by an entry of it, and then nobody says in words which decision it was', () => {
    raised({}).thenEvents([{ type: 'ActionRaised', facts: { body: 'CGB', decision: DECISION } }]);
    raised({ raisedBy: 'DECISION' }).thenEvents([{ type: 'ActionRaised', facts: { body: 'CGB', decision: DECISION } }]);
    raised({ raisedBy: 'LETTER' }).thenRefused('NEEDS_OCCASION', 'occasion');
  });

  it('is as hidden as the decision, and as the entry that opens it', () => {
    const hidden = { ...OFFICIAL_OPEN, sensitive: true };
    const closed = { ...OFFICIAL_OPEN, session: 'CLOSED' as const };
    const markings = { [`decisions/${DECISION}`]: hidden, [`decisions/${DECISION}/${NAMED_ACTION}`]: closed };
    const marked = (more: object) => raised(more, { markings }).thenEvents(['ActionRaised'])[0]!.marking;
    expect(marked({})).toEqual(hidden);
    expect(marked({ causedBy: NAMED_ACTION })).toEqual({ ...hidden, session: 'CLOSED' });
  });
});

describe('what raised an action', () => {
  const raisedBy = (facts: object) => {
    const { meeting: _, ...outside } = RAISED.facts as { meeting?: string };
    const state = given(actions, [{ ...RAISED, facts: { ...outside, ...facts } } as PastAction]).state;
    return raisedByOf(state as RaisedAction);
  };

  it('is the meeting that it names, what else it says, or unknown', () => {
    expect(raisedBy({ meeting: 'CGB-2023-06-21' })).toBe('MEETING');
    expect(raisedBy({ meeting: 'CGB-2023-06-21', raisedBy: 'LETTER' })).toBe('LETTER');
    expect(raisedBy({ raisedBy: 'COMPLAINT' })).toBe('COMPLAINT');
    expect(raisedBy({})).toBeNull();
  });

  it('is the decision of which it came, unless something else is said', () => {
    expect(raisedBy({ decision: 'CGB-2023-04-D1' })).toBe('DECISION');
    expect(raisedBy({ decision: 'CGB-2023-04-D1', raisedBy: 'VISIT' })).toBe('VISIT');
  });
});

describe('signing off', () => {
  const { scene } = COMMANDS.SignOffAction;

  it('is open to an officer who typed what the owner reported and what the board signed off', () => {
    const typed = { by: { post: 'force-lead' }, enteredBy: { post: 'opcc-officer', person: 'person-officer' } };
    const typedForOwner: PastAction = { type: 'ActionReportedComplete', actor: typed };
    const officer = { ...asCommissioner, enteredBy: { post: 'opcc-officer', person: 'person-officer' } };
    play(amid(officer)(after(RAISED, AGREED, typedForOwner)(scene))).thenEvents(['ActionSignedOff']);
  });

  it('is refused to the person who made the report, in whichever post they sign', () => {
    const own = {
      by: { post: 'force-lead', person: 'person-x' },
      enteredBy: { post: 'force-lead', person: 'person-x' },
    };
    const report: PastAction = { type: 'ActionReportedComplete', actor: own };
    play(amid({ by: { post: 'commissioner', person: 'person-x' } })(after(RAISED, AGREED, report)(scene))).thenRefused(
      'OWNER_MAY_NOT_SIGN_OFF',
    );
  });

  it('is refused to the person who made a report that an officer typed', () => {
    const typed = {
      by: { post: 'force-lead', person: 'person-x' },
      enteredBy: { post: 'opcc-officer', person: 'person-o' },
    };
    const report: PastAction = { type: 'ActionReportedComplete', actor: typed };
    const signing = (person: string) =>
      play(amid({ by: { post: 'commissioner', person } })(after(RAISED, AGREED, report)(scene)));
    signing('person-x').thenRefused('OWNER_MAY_NOT_SIGN_OFF');
    signing('person-o').thenEvents(['ActionSignedOff']);
  });

  it('is refused to whoever held the owning post since it was given the action, until the day of entry', () => {
    const held = (from: string, to: string, post = 'force-lead') =>
      amid({ holders: [{ post, person: 'person-pcc', from, to }], effectiveOn: '2023-09-26' })(scene);
    play(held('2023-01-01', '2023-06-20')).thenEvents(['ActionSignedOff']);
    play(held('2023-01-01', '2023-06-21')).thenRefused('OWNER_MAY_NOT_SIGN_OFF');
    play(held('2023-10-09', '2023-10-09')).thenRefused('OWNER_MAY_NOT_SIGN_OFF');
    play(held('2023-10-10', '2023-10-31')).thenEvents(['ActionSignedOff']);
    play(held('2023-07-01', '2023-07-31', 'estates-lead')).thenEvents(['ActionSignedOff']);
  });

  it('counts from the first day on which the post was given the action, however often it went away and came back', () => {
    const past = after(
      RAISED,
      AGREED,
      { type: 'ActionReassigned', effectiveOn: '2023-07-01', facts: { owner: 'estates-lead' } },
      { type: 'ActionReassigned', effectiveOn: '2023-07-02', facts: { owner: 'force-lead' } },
      { ...REPORTED, effectiveOn: '2023-07-03' },
    );
    const holders = [{ post: 'force-lead', person: 'person-pcc', from: '2023-06-21', to: '2023-06-30' }];
    play(amid({ holders })(past(scene))).thenRefused('OWNER_MAY_NOT_SIGN_OFF');
  });

  it('asks every holder of a post that signs without a name', () => {
    const signing = (...persons: string[]) =>
      play(
        amid({
          by: { post: 'commissioner' },
          holders: [
            ...(scene.circumstances.holders ?? []),
            ...persons.map((person) => ({ post: 'commissioner', person, from: '2023-10-09', to: '2023-10-09' })),
          ],
        })(scene),
      );
    signing('person-pcc', 'person-deputy').thenEvents(['ActionSignedOff']);
    signing('person-pcc', 'person-owner').thenRefused('OWNER_MAY_NOT_SIGN_OFF');
    signing('person-pcc', 'person-lead').thenRefused('OWNER_MAY_NOT_SIGN_OFF');
    signing().thenRefused('SIGNER_UNKNOWN');
  });

  it('looks at the report that stands, not at one that was returned', () => {
    const second: PastAction = { ...REPORTED, person: 'person-second' };
    const past = after(RAISED, AGREED, REPORTED, RETURNED, second);
    play(amid({ by: { post: 'commissioner', person: 'person-lead' } })(past(scene))).thenEvents(['ActionSignedOff']);
    play(amid({ by: { post: 'commissioner', person: 'person-second' } })(past(scene))).thenRefused(
      'OWNER_MAY_NOT_SIGN_OFF',
    );
  });

  it('of an action without an owner is open to whoever did not report it', () => {
    const unowned: PastAction = { type: 'ActionRaised', facts: { ref: REF, body: 'CGB' } };
    play(after(unowned, AGREED, REPORTED)(scene)).thenEvents(['ActionSignedOff']);
  });

  it('is taken from a paper that names no signer and no authority, whoever runs the import', () => {
    const byPaper: Circumstances = {
      by: null,
      imported: true,
      enteredBy: { post: 'opcc-officer', person: 'person-owner' },
      envelope: { authority: 'notStated' },
    };
    play(amid(byPaper)(scene)).thenEvents(['ActionSignedOff']);
    play(amid({ ...byPaper, envelope: {} })(scene)).thenRefused('SIGN_OFF_NEEDS_AUTHORITY');
    play(amid({ ...byPaper, by: { post: 'force-lead' } })(scene)).thenRefused('OWNER_MAY_NOT_SIGN_OFF');
  });

  it('needs no reason on import, for the paper answers for it', () => {
    for (const type of [
      'ReturnAction',
      'ExtendActionDueDate',
      'DeferAction',
      'MergeAction',
      'SupersedeAction',
      'WithdrawAction',
      'ReopenAction',
    ] as const)
      expect(draftsOf(amid({ imported: true })(without('reason')(COMMANDS[type].scene)))).toHaveLength(1);
  });
});

describe('who may issue a command', () => {
  const may = (
    type: ActionCommand['type'],
    post: 'commissioner' | 'opcc-officer' | 'monitoring-officer' | 'force-lead' | 'jarap-member',
  ) => mayIssue(actions.mayIssue[type], { post, capacity: post }, null, ['force-lead']) === 'yes';

  it.each(['AgreeAction', 'ReturnAction', 'SignOffAction', 'ConvertAction', 'ReopenAction', 'WithdrawAction'] as const)(
    'leaves %s to the commissioner',
    (type) => {
      expect(
        ['commissioner', 'opcc-officer', 'monitoring-officer', 'force-lead', 'jarap-member'].filter((post) =>
          may(type, post as never),
        ),
      ).toEqual(['commissioner']);
    },
  );
  it('lets any owner give an update and evidence, and leaves the report to the one that leads', () => {
    const owners = ['estates-lead', 'force-lead'];
    const may = (type: ActionCommand['type']) =>
      owners.filter(
        (post) => mayIssue(actions.mayIssue[type], { post, capacity: 'force-lead' }, null, owners) === 'yes',
      );
    expect(may('GiveActionUpdate')).toEqual(owners);
    expect(may('AddActionEvidence')).toEqual(owners);
    expect(may('ReportActionComplete')).toEqual(['estates-lead']);
  });

  it.each(['GiveActionUpdate', 'AddActionEvidence', 'ReportActionComplete'] as const)(
    'leaves %s to the owner',
    (type) => {
      expect(
        ['commissioner', 'opcc-officer', 'monitoring-officer', 'force-lead', 'jarap-member'].filter((post) =>
          may(type, post as never),
        ),
      ).toEqual(['force-lead']);
      expect(mayIssue(actions.mayIssue[type], { post: 'force-lead', capacity: 'force-lead' }, null, [])).toBe('no');
    },
  );
  it('lets any writing post raise an action', () => {
    expect(may('RaiseAction', 'force-lead')).toBe(true);
    expect(may('RaiseAction', 'jarap-member')).toBe(false);
  });
  it.each(['ReassignAction', 'ExtendActionDueDate', 'DeferAction', 'MergeAction', 'SupersedeAction'] as const)(
    'leaves %s to an OPCC officer and to the commissioner',
    (type) => {
      expect(
        ['commissioner', 'opcc-officer', 'monitoring-officer', 'force-lead', 'jarap-member'].filter((post) =>
          may(type, post as never),
        ),
      ).toEqual(['commissioner', 'opcc-officer']);
    },
  );
  it.each(['Correct', 'RecordOtherwiseStated'])('leaves %s of an action to both too', (type) => {
    expect(actions.mayIssueForRecord?.[type]).toEqual(['opcc-officer', 'commissioner']);
  });
});

describe('what a command names', () => {
  it('is looked up by the field that names it', () => {
    expect(
      actions.links({
        type: 'RaiseAction',
        title: 'x',
        meeting: 'M',
        body: 'CGB',
        owner: 'estates-lead',
        due: { meeting: 'N' },
      }),
    ).toEqual([
      { register: 'meetings', ref: 'M', field: 'meeting' },
      { register: 'directory', ref: 'CGB', field: 'body' },
      { register: 'directory', ref: 'estates-lead', field: 'owner' },
      { register: 'meetings', ref: 'N', field: 'due.meeting' },
    ]);
    expect(actions.links({ type: 'MergeAction', ref: REF, into: 'B' })).toEqual([
      { register: 'actions', ref: 'B', field: 'into' },
    ]);
    expect(actions.links({ type: 'SupersedeAction', ref: REF, supersededBy: 'B' })).toEqual([
      { register: 'actions', ref: 'B', field: 'supersededBy' },
    ]);
    expect(actions.links({ type: 'DeferAction', ref: REF, meeting: 'M' })).toEqual([
      { register: 'meetings', ref: 'M', field: 'meeting' },
    ]);
    expect(actions.links({ type: 'ReassignAction', ref: REF, owner: 'estates-lead' })).toEqual([
      { register: 'directory', ref: 'estates-lead', field: 'owner' },
    ]);
    expect(actions.links({ type: 'SignOffAction', ref: REF })).toEqual([]);
  });

  it('leaves out the posts that every ledger knows', () => {
    expect(actions.links({ type: 'ReassignAction', ref: REF, owner: 'force-lead' })).toEqual([]);
  });

  it('includes the meeting at which it is due when its due date is extended', () => {
    const state = raisedBy([dueAt({ meeting: 'M' }), AGREED]);
    expect(actions.links({ type: 'ExtendActionDueDate', ref: REF, due: { on: '2023-12-01' } }, state)).toEqual([
      { register: 'meetings', ref: 'M', field: 'ref' },
    ]);
  });

  it('covers all that a decision looks up', () => {
    for (const [type, { scene }] of everyCommand) {
      const { state } = given(actions, scene.past);
      const wanted = actions.links(scene.command, state).map(({ register, ref }) => `${register}/${ref}`);
      const asked: string[] = [];
      const context = contextOf(scene.circumstances);
      const find = (register: string, ref: string) => {
        asked.push(`${register}/${ref}`);
        return context.links.find(register, ref);
      };
      decideCommand(actions, state, scene.command, { ...context, links: { ...context.links, find } });
      expect({ type, unforeseen: asked.filter((link) => !wanted.includes(link)) }).toEqual({ type, unforeseen: [] });
    }
  });
});

describe('references', () => {
  it.each([
    ['CGB-2023-04-A1', 'CGB-2023-04'],
    ['CGB-2023-04-A120', 'CGB-2023-04'],
    ['CGB-2023-04-Ab3k9x', 'CGB-2023-04'],
    ['CGB-2023-04-19', null],
    ['CGB-2023-04-A0', null],
    ['CGB-2023-04-Ab3k9', null],
    ['CGB-2023-13-A1', null],
    ['CGB-2023-04-A', null],
    ['cgb-2023-04-A1', null],
    ['force-lead', null],
  ])('%s belongs to the series %s', (ref, series) => {
    expect(actions.seriesOf(ref)).toBe(series);
  });
});

describe('the status that is published', () => {
  it.each([
    ['NOT_RAISED', null],
    ['PROPOSED', null],
    ['AGREED', 'NO_STATUS'],
    ['IN_PROGRESS', 'IN_PROGRESS'],
    ['DEFERRED', 'IN_PROGRESS'],
    ['REPORTED_COMPLETE', 'AWAITING_SIGN_OFF'],
    ['SIGNED_OFF', 'COMPLETE'],
    ['CONVERTED', 'COMPLETE'],
    ['MERGED', null],
    ['SUPERSEDED', null],
    ['WITHDRAWN', null],
  ] as const)('of %s is %s', (status, published) => {
    expect(publishedStatusOf(status)).toBe(published);
  });
});

describe('corrections', () => {
  // `libs/records` lets every register correct these.
  const OF_EVERY_EVENT = COMMON_TEXTS.map((path) => ({ path, is: 'text' }));
  const check = (type: ActionEvent['type'], path: string) => {
    const is = actions.correctable[type]?.find((one) => one.path === path)?.is;
    if (typeof is !== 'function') throw new Error(`${type} has no check of ${path}`);
    return is;
  };

  it('never change the reference, the meeting or the body of an action', () => {
    const paths = actions.correctable.ActionRaised!.map(({ path }) => path);
    for (const path of ['ref', 'meeting', 'body']) expect(paths).not.toContain(path);
  });

  it('may change every text of every kind', () => {
    for (const { type, parts } of actions.kinds.slice(0, ACTION_EVENTS.length)) {
      const texts = parts.filter((part) => part.startsWith('text/')).map((part) => part.slice('text/'.length));
      const corrected = [...(actions.correctable[type as ActionEvent['type']] ?? []), ...OF_EVERY_EVENT]
        .filter(({ is }) => is === 'text')
        .map(({ path }) => path);
      expect(corrected.sort()).toEqual(texts.sort());
    }
  });

  it.each([
    ['ActionRaised', 'owner', 'force-lead', 'Mr Smith'],
    ['ActionRaised', 'owners', ['estates-lead', 'fleet-lead'], 'estates-lead'],
    ['ActionRaised', 'raisedBy', 'VISIT', 'MEETING'],
    ['ActionRaised', 'item', '7(c)', 'item seven'],
    ['ActionRaised', 'organisation', 'OPCC', 'Panel'],
    ['ActionRaised', 'priority', 'HIGH', 1],
    ['ActionRaised', 'due.meeting', 'CGB-2023-09-25', 'next CGB'],
    ['ActionRaised', 'due', { on: '2023-09-25' }, { on: '2023-02-30' }],
    ['ActionRaised', 'due', {}, { phrase: 'soon' }],
    ['ActionRaised', 'due', { meeting: 'CGB-2023-09-25-2' }, { on: '2023-09-25', meeting: 'CGB-2023-09-25' }],
    ['ActionRaised', 'due', { dated: { to: '2023-09-25', how: 'by' } }, { dated: { to: '2023-09-25', how: 'near' } }],
    ['ActionRaised', 'due', { dated: { from: '2023-09-01', to: '2023-09-25', how: 'about' } }, 'soon'],
    ['DueDateExtended', 'due', { on: '2023-09-25' }, '2023-09-25'],
    ['ActionReassigned', 'owner', 'estates-lead', ''],
    ['ActionDeferred', 'meeting', 'CGB-2023-10', 'the next one'],
    ['ActionDeferred', 'until', null, '2023-02-30'],
    ['ActionRaised', 'owner', null, 7],
    ['DueDateExtended', 'due', {}, null],
    ['ActionMerged', 'into', 'CGB-2023-04-A1', 'CGB-2023-04-19'],
    ['ActionSuperseded', 'by', 'CGB-2023-04-Ab3k9x', 'another'],
  ] as const)('of %s take a %s that makes sense, and say what would', (type, path, good, bad) => {
    expect(check(type, path)(good)).toBeNull();
    expect(check(type, path)(bad)).toMatch(/^[A-Z].*\.$/);
  });

  it('may not make an action go on as itself', () => {
    const merged = pastEvent('actions', { type: 'ActionMerged', facts: { into: REF } }, 3) as ActionEvent;
    expect(actions.mayFollow(raisedBy(HISTORY.AGREED), merged)).toMatchObject({ code: 'SAME_ACTION' });
  });
});

describe('upcasting', () => {
  it('knows every kind that was ever written', () => {
    for (const { type, schema } of actions.kinds) {
      const event = pastEvent('actions', { type, schema }, 1);
      expect(actions.upcast(event, schema)).toBe(event);
      expect(actions.upcast(event)).toEqual({ ...event, schema: type === 'ActionRaised' ? 2 : 1 });
    }
  });
  it('will not read a kind that it does not know', () => {
    expect(() => actions.upcast(pastEvent('actions', { type: 'ActionRaised', schema: 3 }, 1))).toThrow(
      /ActionRaised of schema 3/,
    );
    expect(() => actions.upcast(pastEvent('actions', { type: 'ActionWeighed' }, 1))).toThrow(RangeError);
  });
});

describe('whatever happens', () => {
  const FACTS: { readonly [type in ActionEvent['type']]?: object } = {
    ActionRaised: { ref: REF, body: 'CGB', owner: 'force-lead', due: { on: '2023-09-25' } },
    ActionReassigned: { owner: 'estates-lead' },
    DueDateExtended: { due: { on: '2023-12-01' } },
    ActionDeferred: { until: '2023-12-01' },
    ActionConverted: { into: 'FORWARD_PLAN_ITEM' },
    ActionMerged: { into: 'CGB-2023-04-A1' },
    ActionSuperseded: { by: 'CGB-2023-04-A1' },
  };
  const anyEvent = fc
    .constantFrom(...actions.kinds.map(({ type }) => type), 'ActionRaised', 'ActionWeighed')
    .map(
      (type, version = 1) =>
        pastEvent(
          'actions',
          { type, facts: FACTS[type as ActionEvent['type']] ?? {} } as never,
          version,
        ) as ActionEvent,
    );
  const runs = { seed: 20231009, numRuns: 1500 };

  /** What holds of every state, or null. */
  function wrongWith(state: ActionState): string | null {
    if (state.status === 'NOT_RAISED')
      return Object.keys(state).length === 1 ? null : 'something is known of an action that was not raised';
    const is = (...statuses: ActionStatus[]) => statuses.includes(state.status);
    if (!ACTION_STATUSES.includes(state.status)) return 'an unknown status';
    if ((state.closed !== undefined) !== is('SIGNED_OFF', 'CONVERTED')) return 'closed goes with its statuses';
    if ((state.deferred !== undefined) !== is('DEFERRED')) return 'deferred goes with its status';
    if ((state.continuedAs !== undefined) !== is('MERGED', 'SUPERSEDED')) return 'continuedAs goes with its statuses';
    if (is('REPORTED_COMPLETE') && state.reportedComplete === undefined) return 'a report stands';
    if (is('PROPOSED', 'AGREED', 'IN_PROGRESS', 'DEFERRED') && state.reportedComplete !== undefined)
      return 'no report stands';
    if ((state.due.original === undefined) !== (state.due.current === undefined))
      return 'original and current go together';
    return state.due.extensions > 0 && state.due.original === undefined ? 'an extension extends something' : null;
  }
  const foldHolds = (evolve: (state: ActionState, event: ActionEvent) => ActionState) =>
    fc.check(
      fc.property(fc.array(anyEvent, { maxLength: 14 }), (events) => {
        let state = actions.initial;
        for (const event of events) {
          state = evolve(state, event);
          const wrong = wrongWith(state);
          if (wrong !== null) throw new Error(wrong);
        }
        return state.status !== 'NOT_RAISED' || !events.some(({ type }) => type === 'ActionRaised');
      }),
      runs,
    ).failed;

  it('any events in any order make a state that holds together', () => {
    expect(foldHolds(actions.evolve)).toBe(false);
  });

  it('this test turns red when a closed action keeps its closure on reopening, or a misplaced event is not borne', () => {
    const keepsClosure = (state: ActionState, event: ActionEvent): ActionState => {
      const after = actions.evolve(state, event);
      const closed = state.status === 'SIGNED_OFF' && event.type === 'ActionReopened' ? state.closed : undefined;
      return closed === undefined ? after : ({ ...after, closed } as ActionState);
    };
    const bearsNothing = (state: ActionState, event: ActionEvent): ActionState => {
      if (actions.mayFollow(state, event) !== null) throw new Error('misplaced');
      return actions.evolve(state, event);
    };
    expect(foldHolds(keepsClosure)).toBe(true);
    expect(foldHolds(bearsNothing)).toBe(true);
  });

  const anyWords = fc.constantFrom('', ' ', 'Words.');
  const anyDue = fc.record(
    {
      on: fc.constantFrom('2023-08-01', '2023-11-30', '2024-01-31', '2023-02-30'),
      meeting: fc.constantFrom('CGB-2023-05', 'CGB-2023-12-14', 'none'),
      phrase: anyWords,
    },
    { requiredKeys: [] },
  );
  const anyCommand = fc
    .record({
      type: fc.constantFrom(...everyCommand.map(([type]) => type)),
      title: anyWords,
      text: anyWords,
      body: fc.constantFrom('CGB', 'XYZ', undefined),
      owner: fc.constantFrom('force-lead', 'estates-lead', 'nobody'),
      due: anyDue,
      into: fc.constantFrom(REF, 'CGB-2023-04-A1', 'CGB-2023-04-A2', 'none'),
    })
    .map(({ into, type, ...rest }) => {
      const target = type === 'ConvertAction' ? 'FORWARD_PLAN_ITEM' : into;
      const said = { ...rest, into: target, supersededBy: into };
      const taken = Object.keys(ACTION_COMMANDS.find((one) => one.type === type)!.fields);
      const own = Object.entries(said).filter(([field]) => taken.includes(field));
      return { type, ref: REF, ...Object.fromEntries(own) } as ActionCommand;
    });
  const anyCircumstances = fc.record({
    envelope: fc.constantFrom({}, { reason: 'Why.' }, { reason: 'Why.', authority: { meeting: 'CGB-2023-09-25' } }),
    imported: fc.boolean(),
    enteredBy: fc.constantFrom({ post: 'opcc-officer', person: 'person-typing' }, asCommissioner.enteredBy),
    links: fc.constant(LINKS),
  });
  const anyStart = fc.constantFrom([], ...Object.values(HISTORY));
  /** True if some sequence of commands yields an event that is not legal, or one that changes nothing. */
  const decidesIllegally = (
    decide: (state: ActionState, command: ActionCommand, context: DecisionContext) => Decision,
  ) => {
    let accepted = 0;
    const result = fc.check(
      fc.property(
        anyStart,
        fc.array(fc.tuple(anyCommand, anyCircumstances), { maxLength: 25, size: 'max' }),
        (past, steps) => {
          let { state } = given(actions, past);
          let version = past.length;
          for (const [command, circumstances] of steps) {
            const decision = decide(state, command, contextOf(circumstances));
            if ('refusal' in decision) continue;
            for (const { type, facts } of decision.events) {
              const full = type === 'ActionRaised' ? { ...facts, ref: REF } : facts;
              const event = { ...eventIn(circumstances, type, full), version: (version += 1) };
              if (actions.mayFollow(state, event as ActionEvent) !== null) return false;
              const next = actions.evolve(state, event as ActionEvent);
              if (next === state) return false;
              state = next;
              accepted += 1;
            }
          }
          return true;
        },
      ),
      runs,
    );
    return { failed: result.failed, accepted };
  };

  it('no decision yields an event that the record cannot take', () => {
    const { failed, accepted } = decidesIllegally((...asked) => decideCommand(actions, ...asked));
    expect(failed).toBe(false);
    expect(accepted).toBeGreaterThan(2000);
  });

  it('this test turns red when decisions do not ask what state the action is in', () => {
    const always = raisedBy(HISTORY.REPORTED_COMPLETE);
    const careless = (state: ActionState, command: ActionCommand, context: DecisionContext) =>
      decideCommand(actions, state.status === 'NOT_RAISED' ? state : always, command, context);
    expect(decidesIllegally(careless).failed).toBe(true);
  });

  it('an action is open or has ended', () => {
    expect(ACTION_STATUSES.filter(isOpen)).toEqual([
      'PROPOSED',
      'AGREED',
      'IN_PROGRESS',
      'REPORTED_COMPLETE',
      'DEFERRED',
    ]);
  });
});

describe('the README', () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');

  it.each([...ACTION_STATUSES, ...everyCommand.map(([type]) => type), ...ACTION_EVENTS.map(({ type }) => type)])(
    'tells of %s',
    (word) => {
      expect(readme).toContain(word);
    },
  );
});

describe('the day that a meeting had when something was said to be due there', () => {
  const over = (from: string, to: string, state: object) => ({ from, to, state: { status: 'SCHEDULED', ...state } });
  const moved = [
    over('2023-06-01', '2023-06-10', { date: '2023-09-01' }),
    over('2023-06-10', '2023-06-20', {}),
    over('2023-06-20', '2023-06-30', { dated: { how: 'between', from: '2023-10-01', to: '2023-10-31' } }),
    over('2023-06-30', '9999-12-31', { date: '2023-10-25', status: 'CANCELLED' }),
  ];

  it.each([
    ['is its day then', '2023-06-09', '2023-09-01'],
    ['is the first that it got, where it had none', '2023-06-10', '2023-10-31'],
    ['is the last day of its span, while only a span is known', '2023-06-25', '2023-10-31'],
    ['is the first that it ever had, where there was no meeting yet', '2023-05-01', '2023-09-01'],
    ['is kept by one that was cancelled', '2023-07-01', '2023-10-25'],
  ])('%s', (_, setOn, day) => expect(dayWhenSet(moved, setOn)).toBe(day));

  it('is none where it never had one', () => {
    expect(dayWhenSet([], '2023-06-09')).toBeNull();
    expect(dayWhenSet(moved.slice(1, 2), '2023-06-09')).toBeNull();
  });
});
