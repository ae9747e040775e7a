import { given, type Circumstances, type Past } from '../../spec-kit/index.ts';
import { OFFICIAL_OPEN } from '../../ledger/index.ts';
import {
  commentsDue,
  dayOfTotal,
  DOCUMENT_REFUSALS,
  documents,
  type DocumentCommand,
  type DocumentEvent,
  type RecordedDocument,
} from './index.ts';

type Told = Past<DocumentEvent>;

const REF = 'CGB-2023-06-E1';
const OTHER = 'CGB-2023-07-E2';
const SHA = 'ab'.repeat(32);
const CGB = { record: 'BODY', ref: 'CGB' };
const known: Circumstances = {
  links: {
    'directory/CGB': CGB,
    'directory/FORCE': { record: 'BODY', ref: 'FORCE' },
    [`documents/${OTHER}`]: { status: 'CURRENT', ref: OTHER },
    [`documents/${REF}`]: { status: 'CURRENT', ref: REF },
    'documents/CGB-2023-05-E3': { status: 'WITHDRAWN', ref: 'CGB-2023-05-E3' },
  },
};
const why = (more: Circumstances = {}): Circumstances => ({
  ...known,
  ...more,
  envelope: { reason: 'A table was wrong.' },
});

const RECORDED: Told = {
  type: 'DocumentRecorded',
  effectiveOn: '2023-06-14',
  facts: { ref: REF, body: 'CGB', kind: 'REPORT', date: '2023-06-14', version: '1' },
  texts: ['title'],
};
const SECOND: Told = { type: 'DocumentVersionAdded', facts: { version: '2' }, texts: ['changed', 'reason', 'sha256'] };
const WITHDRAWN: Told = { type: 'DocumentWithdrawn', facts: {} };
const REPLACED: Told = { type: 'DocumentReplaced', facts: { supersededBy: OTHER } };
const RETAINED: Told = { type: 'DocumentRetained', facts: { until: '2029-03-31' }, texts: ['rule'] };

function document(past: readonly Told[]): RecordedDocument {
  const { state } = given(documents, past);
  if (state.status === 'NOT_RECORDED') throw new Error('there is no such document');
  return state;
}

/** Refused with each code in turn, as one fault after another is put right; then accepted. */
function putRightOneByOne(
  past: readonly Told[],
  steps: readonly (readonly [code: string, command: DocumentCommand, circumstances?: Circumstances])[],
  atLast: readonly [command: DocumentCommand, circumstances?: Circumstances],
): void {
  for (const [code, command, circumstances] of steps)
    given(documents, past).when(command, circumstances).thenRefused(code);
  expect(given(documents, past).when(...atLast).decision).toHaveProperty('events');
  const listed = Object.keys(DOCUMENT_REFUSALS);
  const places = steps.map(([code]) => listed.indexOf(code)).filter((place) => place !== -1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

describe('recording a document', () => {
  const recording: DocumentCommand = {
    type: 'RecordDocument',
    body: 'CGB',
    title: 'Force performance report',
    kind: 'REPORT',
    date: '2023-06-14',
  };

  it('records a paper with what it bears, and the digest of its content in small letters', () => {
    const { decision } = given(documents, []).when(
      {
        ...recording,
        publisher: 'The Chief Constable',
        publishingBody: 'FORCE',
        publishedAt: 'https://example.org/4',
        version: '0.9',
        sha256: SHA.toUpperCase(),
      },
      known,
    );
    expect(decision).toEqual({
      events: [
        {
          type: 'DocumentRecorded',
          facts: { body: 'CGB', kind: 'REPORT', date: '2023-06-14', publishingBody: 'FORCE', version: '0.9' },
          texts: {
            title: 'Force performance report',
            publisher: 'The Chief Constable',
            publishedAt: 'https://example.org/4',
            sha256: SHA,
          },
        },
      ],
      reference: { series: 'CGB-2023-06', stem: 'CGB-2023-06-E', style: 'NEXT' },
    });
  });

  it('takes the month of the day on which it was recorded where the paper bears none, and calls it version 1', () => {
    const { date: _, ...undated } = recording as DocumentCommand & { date?: string };
    const { decision } = given(documents, []).when(undated, { ...known, effectiveOn: '2023-08-02' });
    expect(decision).toMatchObject({
      events: [{ facts: { version: '1' } }],
      reference: { series: 'CGB-2023-08', stem: 'CGB-2023-08-E' },
    });
  });

  it.each([
    ['SENSITIVE', { ...OFFICIAL_OPEN, sensitive: true }],
    ['of a closed session', { ...OFFICIAL_OPEN, session: 'CLOSED' as const }],
  ])('ends the reference of one that is %s in random characters, which tell of no other', (_, marking) => {
    const { decision } = given(documents, []).when(recording, { ...known, envelope: { marking } });
    expect(decision).toMatchObject({ reference: { stem: 'CGB-2023-06-E', style: 'RANDOM' } });
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [],
      [
        ['BLANK', { ...recording, body: 'NONE', title: ' ' }, known],
        ['MALFORMED', { ...recording, body: 'NONE', version: 'the last' }, known],
        ['UNKNOWN_BODY', { ...recording, body: 'NONE', publishingBody: 'NOBODY' }, known],
        ['UNKNOWN_BODY', { ...recording, publishingBody: 'NOBODY' }, known],
      ],
      [recording, known],
    );
    given(documents, [RECORDED]).when(recording, known).thenRefused('ALREADY_RECORDED');
  });
});

describe('adding a version', () => {
  const adding: DocumentCommand = { type: 'AddDocumentVersion', ref: REF, version: '2', changed: 'Table 2.' };

  it('keeps each version with what was changed, why, and the digest of its content', () => {
    given(documents, [RECORDED])
      .when({ ...adding, sha256: SHA.toUpperCase() }, why())
      .thenEvents([
        { type: 'DocumentVersionAdded', facts: { version: '2' }, texts: { changed: 'Table 2.', sha256: SHA } },
      ]);
    const [first, second] = document([RECORDED, SECOND]).versions;
    expect(first).toMatchObject({ version: '1', date: '2023-06-14' });
    expect(first).not.toHaveProperty('changed');
    expect(second).toMatchObject({
      version: '2',
      changed: { part: 'text/changed' },
      why: { part: 'text/reason' },
      sha256: { part: 'text/sha256' },
    });
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [RECORDED, SECOND],
      [
        ['NEEDED', { type: 'AddDocumentVersion', ref: REF, version: '2' } as DocumentCommand],
        ['VERSION_NEEDS_REASON', adding],
        ['VERSION_EXISTS', adding, why()],
      ],
      [{ ...adding, version: '2.1' }, why()],
    );
    given(documents, []).when(adding, why()).thenRefused('NOT_RECORDED', 'ref');
    given(documents, [RECORDED, REPLACED]).when(adding, why()).thenRefused('DOCUMENT_REPLACED', 'ref');
    given(documents, [RECORDED, WITHDRAWN]).when(adding, why()).thenRefused('DOCUMENT_WITHDRAWN', 'ref');
  });

  it('takes from an imported paper a version without a reason', () => {
    given(documents, [RECORDED]).when(adding, { imported: true }).thenEvents(['DocumentVersionAdded']);
  });
});

describe('redacting a version', () => {
  const redacting: DocumentCommand = {
    type: 'RedactDocument',
    ref: REF,
    version: '2',
    withholds: 'Names of witnesses.',
    exemption: 'FOIA s40(2)',
    sha256: SHA.toUpperCase(),
  };

  it('keeps what a variant withholds, and under which exemption', () => {
    const [variant] = given(documents, [RECORDED, SECOND]).when(redacting, known).thenEvents(['DocumentRedacted']);
    expect(variant).toEqual({
      type: 'DocumentRedacted',
      facts: { version: '2' },
      texts: { withholds: 'Names of witnesses.', exemption: 'FOIA s40(2)', sha256: SHA },
    });
    const past: Told = { type: 'DocumentRedacted', facts: { version: '1' }, texts: ['withholds', 'exemption'] };
    expect(document([RECORDED, past]).redacted).toMatchObject([
      { version: '1', withholds: { part: 'text/withholds' }, exemption: { part: 'text/exemption' } },
    ]);
  });

  it('redacts what was withdrawn or replaced, which is asked for all the same', () => {
    for (const end of [WITHDRAWN, REPLACED])
      given(documents, [RECORDED, SECOND, end]).when(redacting, known).thenEvents(['DocumentRedacted']);
  });

  it('refuses a version that is not there', () => {
    given(documents, [RECORDED]).when(redacting, known).thenRefused('UNKNOWN_VERSION', 'version');
    given(documents, []).when(redacting, known).thenRefused('NOT_RECORDED', 'ref');
  });
});

describe('withdrawing and replacing a document', () => {
  const withdraw: DocumentCommand = { type: 'WithdrawDocument', ref: REF };
  const replace: DocumentCommand = { type: 'ReplaceDocument', ref: REF, supersededBy: OTHER };

  it('withdraws it', () => {
    given(documents, [RECORDED]).when(withdraw, why()).thenEvents(['DocumentWithdrawn']);
    expect(document([RECORDED, WITHDRAWN]).status).toBe('WITHDRAWN');
  });

  it('replaces it by another, also where it was withdrawn before', () => {
    for (const past of [[RECORDED], [RECORDED, WITHDRAWN]])
      given(documents, past)
        .when(replace, why())
        .thenEvents([{ type: 'DocumentReplaced', facts: { supersededBy: OTHER } }]);
    expect(document([RECORDED, WITHDRAWN, REPLACED])).toMatchObject({ status: 'REPLACED', supersededBy: OTHER });
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [RECORDED],
      [
        ['REPLACEMENT_NEEDS_REASON', { ...replace, supersededBy: 'CGB-2001-01-E1' }, known],
        ['UNKNOWN_DOCUMENT', { ...replace, supersededBy: 'CGB-2001-01-E1' }, why()],
        ['SAME_DOCUMENT', { ...replace, supersededBy: REF }, why()],
        ['OTHER_DOCUMENT_GONE', { ...replace, supersededBy: 'CGB-2023-05-E3' }, why()],
      ],
      [replace, why()],
    );
    given(documents, [RECORDED]).when(withdraw, known).thenRefused('WITHDRAWAL_NEEDS_REASON', 'reason');
    for (const command of [withdraw, replace]) {
      given(documents, []).when(command, why()).thenRefused('NOT_RECORDED', 'ref');
      given(documents, [RECORDED, REPLACED]).when(command, why()).thenRefused('DOCUMENT_REPLACED', 'ref');
    }
    given(documents, [RECORDED, WITHDRAWN]).when(withdraw, why()).thenRefused('DOCUMENT_WITHDRAWN', 'ref');
  });
});

describe('retaining a document', () => {
  const retain: DocumentCommand = { type: 'RetainDocument', ref: REF, until: '2029-03-31', rule: 'Six years.' };

  it('keeps it until a day under a rule, and puts another day in the place of the first', () => {
    given(documents, [RECORDED])
      .when(retain)
      .thenEvents([{ type: 'DocumentRetained', facts: { until: '2029-03-31' }, texts: { rule: 'Six years.' } }]);
    const later: Told = { type: 'DocumentRetained', facts: { until: '2031-03-31' }, texts: ['rule'] };
    expect(document([RECORDED, RETAINED, WITHDRAWN, later]).retained).toMatchObject({ until: '2031-03-31' });
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [RECORDED, RETAINED],
      [
        ['BLANK', { ...retain, rule: '' }],
        ['RETAINED_TO_THE_PAST', { ...retain, until: '2023-10-08' }],
        ['NOTHING_CHANGES', retain],
      ],
      [{ ...retain, until: '2030-03-31' }],
    );
    given(documents, []).when(retain).thenRefused('NOT_RECORDED', 'ref');
  });
});

describe('by when comments on a document are due', () => {
  it('is told of a report of an inspection that bears a day, and of nothing else', () => {
    expect(commentsDue({ kind: 'INSPECTION_REPORT', date: '2022-12-01' })).toBe('2023-01-25');
    expect(commentsDue({ kind: 'INSPECTION_REPORT' })).toBeNull();
    expect(commentsDue({ kind: 'SUPER_COMPLAINT', date: '2022-12-01' })).toBeNull();
  });
});

describe('reporting a total', () => {
  const lists = {
    action: {
      status: { kind: 'oneOf', members: ['AGREED', 'SIGNED_OFF'] },
      body: { kind: 'link', record: 'body' },
      owner: { kind: 'link', record: 'post' },
      overdue: { kind: 'flag' },
    },
    body: {},
  } as const;
  const at: Circumstances = { ...known, lists };
  const report: DocumentCommand = {
    type: 'ReportTotal',
    ref: REF,
    list: 'ACTION',
    filter: [
      { filter: 'status', is: ['signed-off', 'AGREED', 'SIGNED_OFF'].slice(0, 2) },
      { filter: 'body', is: ['CGB'] },
      { filter: 'overdue' },
    ],
    asAt: '2023-10-09',
    number: 9,
    of: 11,
    counts: 'Actions agreed or signed off.',
  };
  const REPORTED: Told = {
    type: 'TotalReported',
    effectiveOn: '2023-10-09',
    facts: {
      list: 'ACTION',
      filter: [
        { filter: 'status', members: ['SIGNED_OFF', 'AGREED'] },
        { filter: 'body', ofRecord: 'CGB' },
        { filter: 'overdue' },
      ],
      asAt: '2023-10-09',
      number: 9,
      of: 11,
    },
    texts: ['counts', 'paragraph'],
  };
  const narrowed = (...filter: NonNullable<(typeof report & { type: 'ReportTotal' })['filter']>) => ({
    ...report,
    filter,
  });

  it('keeps the number as it is printed, and what it counts by members and references, however they were spelt', () => {
    given(documents, [RECORDED])
      .when(report, at)
      .thenEvents([
        { type: 'TotalReported', facts: REPORTED.facts as never, texts: { counts: 'Actions agreed or signed off.' } },
      ]);
    expect(document([RECORDED, REPORTED]).totals).toMatchObject([
      { number: 9, of: 11, asAt: '2023-10-09', counts: { part: 'text/counts' }, paragraph: { part: 'text/paragraph' } },
    ]);
  });

  it('counts all of a list where nothing narrows it, and of one that nothing narrows', () => {
    const { filter: _, ...all } = report;
    const [drafted] = given(documents, [RECORDED]).when(all, at).thenEvents(['TotalReported']);
    expect(drafted!.facts).not.toHaveProperty('filter');
    given(documents, [RECORDED])
      .when({ ...all, list: 'BODY' }, at)
      .thenEvents(['TotalReported']);
  });

  it('takes a post that every ledger knows without a record of it', () => {
    given(documents, [RECORDED])
      .when(narrowed({ filter: 'owner', is: ['force-lead'] }), at)
      .thenEvents(['TotalReported']);
  });

  it('keeps two numbers that one paper prints of the same records: it contradicts itself', () => {
    given(documents, [RECORDED, REPORTED])
      .when({ ...report, number: 8 }, at)
      .thenEvents(['TotalReported']);
    expect(
      document([RECORDED, REPORTED, { ...REPORTED, facts: { ...REPORTED.facts, number: 8 } as never }]).totals,
    ).toHaveLength(2);
  });

  it('reports of what was withdrawn or replaced, which printed it all the same', () => {
    for (const end of [WITHDRAWN, REPLACED])
      given(documents, [RECORDED, end]).when(report, at).thenEvents(['TotalReported']);
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [RECORDED, REPORTED],
      [
        ['BLANK', { ...report, counts: ' ' }, at],
        ['UNKNOWN_FILTER', { ...narrowed({ filter: 'title', is: ['x'] }), number: 12 }, at],
        ['UNKNOWN_CHOICE', { ...narrowed({ filter: 'status', is: ['DONE'] }), number: 12 }, at],
        ['UNKNOWN_CHOICE', { ...narrowed({ filter: 'status' }), number: 12 }, at],
        ['NOT_ONE_RECORD', { ...narrowed({ filter: 'body', is: ['force-lead'] }), number: 12 }, at],
        ['NOT_ONE_RECORD', { ...narrowed({ filter: 'body', is: ['CGB', 'FORCE'] }), number: 12 }, at],
        ['NEEDS_NO_CHOICE', { ...narrowed({ filter: 'overdue', is: ['no'] }), number: 12 }, at],
      ],
      [{ ...report, number: 10 }, at],
    );
    given(documents, [RECORDED])
      .when(narrowed({ filter: 'body', is: ['NONE'] }), at)
      .thenRefused('UNKNOWN_BODY', 'filter.0');
    given(documents, [RECORDED])
      .when({ ...report, version: '2' }, at)
      .thenRefused('UNKNOWN_VERSION', 'version');
    given(documents, [RECORDED])
      .when({ ...report, asAt: '2023-10-10' }, at)
      .thenRefused('TOTAL_AHEAD', 'asAt');
    given(documents, [RECORDED])
      .when({ ...report, number: 12 }, at)
      .thenRefused('TOTAL_OF_FEWER', 'of');
    given(documents, [RECORDED, REPORTED]).when(report, at).thenRefused('SAME_TOTAL', 'number');
    given(documents, []).when(report, at).thenRefused('NOT_RECORDED', 'ref');
  });

  it('takes conditions in another order for the same records', () => {
    const filter = (report as { filter: readonly { filter: string; is?: readonly string[] }[] }).filter.toReversed();
    given(documents, [RECORDED, REPORTED])
      .when({ ...report, filter }, at)
      .thenRefused('SAME_TOTAL');
  });

  it('is of the day of the version that prints it, else of the document, else of the fact', () => {
    const dated: Told = { ...SECOND, facts: { version: '2', date: '2023-06-20' } };
    const dayOf = (past: readonly Told[], version?: string) =>
      dayOfTotal(document(past), {
        ...document([RECORDED, REPORTED]).totals[0]!,
        ...(version === undefined ? {} : { version }),
      });
    expect(dayOf([RECORDED, dated], '2')).toBe('2023-06-20');
    expect(dayOf([RECORDED, SECOND], '2')).toBe('2023-06-14');
    expect(dayOf([RECORDED, dated])).toBe('2023-06-14');
    const { date: _, ...undated } = RECORDED.facts as { date?: string };
    expect(dayOf([{ ...RECORDED, facts: undated as never }])).toBe('2023-10-09');
  });
});

describe('the fold', () => {
  it('leaves the state as it is where something is said of a document that is not there, or it is recorded twice', () => {
    expect(given(documents, [SECOND, WITHDRAWN]).state).toEqual({ status: 'NOT_RECORDED' });
    const twice = document([RECORDED, { ...RECORDED, facts: { ...RECORDED.facts, kind: 'PLAN' } as never }]);
    expect(twice.kind).toBe('REPORT');
  });
});
