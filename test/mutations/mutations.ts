import type { Change } from './mutated-copy.ts';

/** A defence that is left out, and the test that must miss it. */
export interface Mutation {
  /** What the defence promises. */
  readonly promise: string;
  readonly changes: readonly Change[];
  /** The file of the test. */
  readonly spec: string;
  /** Words of its name. */
  readonly test: string;
}

const AWAITED = 'libs/event-store/awaited-store.ts';
const OPEN = 'libs/running-ledger/open.ts';
const READ_MODELS = 'libs/read-models/read-models.ts';
const START = 'apps/ledger/start-ledger.ts';
const MAIN = 'apps/ledger/main.ts';
const DECIDE = 'libs/dispatch/decide.ts';
const AMEND = 'libs/timeline/amend.ts';
const HISTORY = 'projections/record-history/queries.ts';
const OF_AWAITED = 'libs/event-store/awaited-store.spec.ts';
const OF_READ_MODELS = 'libs/read-models/read-models.spec.ts';
const OF_STOPPING = 'apps/ledger/stopping.spec.ts';
const OF_STORE_AWAY = 'test/e2e/store-away.slow.spec.ts';
const OF_OPERATORS = 'test/e2e/operator-faults.slow.spec.ts';
const OF_DISPATCH = 'libs/dispatch/dispatch.spec.ts';
const OF_HISTORY = 'projections/record-history/record-history.spec.ts';
const OF_QUESTIONS = 'projections/questioned/questioned.spec.ts';

const OF_BODIES = 'libs/read-models/bodies.spec.ts';
const SLIPPAGE = 'libs/timeline/slippage.ts';
const OF_SLIPPAGE = 'test/property/slippage.property.spec.ts';
const OF_SLIPPED = 'projections/slippage/slippage.spec.ts';
const OF_POLICIES_ASKED = 'projections/slippage/policies-asked.spec.ts';

const OF_COMMAND_LINE = 'test/e2e/command-line-reads.spec.ts';
const COMMAND_LINE: readonly Mutation[] = [
  {
    promise: 'a command that reads tells a post no more than the post may see',
    changes: [
      {
        file: 'apps/command-line/reading/open-reading.ts',
        from: 'kept.openView(asOf, reader)',
        to: "kept.openView(asOf, { ...reader, audience: 'full' })",
      },
    ],
    spec: OF_COMMAND_LINE,
    test: 'list what the API lists, on any day',
  },
  {
    promise: 'up to when the tables go is told of what the reader may see alone',
    changes: [
      {
        file: 'libs/read-models/kept-read-models.ts',
        from: "reader.audience === 'full' ? (checkpoint?.recordedAt ?? null) : views.lastSeen(reader)",
        to: 'checkpoint?.recordedAt ?? (await views.lastSeen(reader))',
      },
    ],
    spec: OF_COMMAND_LINE,
    test: 'ask for whom, and tell nobody more than they may see',
  },
  {
    promise: 'a command that reads writes nothing to the folder',
    changes: [
      {
        file: 'libs/read-models/sqlite-tables.ts',
        from: 'openDatabase(file, { readonly: true, durable: false });\n  try {\n    // What is read first',
        to: "openDatabase(file, { durable: false });\n  try {\n    database.exec('DELETE FROM texts');\n    // What is read first",
      },
    ],
    spec: OF_COMMAND_LINE,
    test: 'answer all the same, and leave every file as it was',
  },
];

const SLIPPAGES: readonly Mutation[] = [
  {
    promise: 'a move is late once it was recorded after the old date, whatever the new one is',
    changes: [{ file: SLIPPAGE, from: 'londonDayOf(recordedAt) > from', to: 'londonDayOf(recordedAt) > (to ?? from)' }],
    spec: OF_SLIPPAGE,
    test: 'is what a walk from day to day says, on both clocks at any basis, of a recommendation',
  },
  {
    promise: 'a move after its meeting had moved is one from where that is',
    changes: [{ file: SLIPPAGE, from: '    this.#followMeeting(on);\n', to: '' }],
    spec: OF_SLIPPAGE,
    test: 'is what a walk from day to day says, on both clocks at any basis, of a forward plan item',
  },
  {
    promise: 'a meeting that gets its first day moves nothing that is due there',
    changes: [{ file: SLIPPAGE, from: 'now.last !== null && now.last !== day', to: 'now.last !== day' }],
    spec: OF_SLIPPAGE,
    test: 'is what a walk from day to day says, on both clocks at any basis, of a forward plan item',
  },
  {
    promise: 'a deferral that leaves the due date moves it nowhere',
    changes: [{ file: SLIPPAGE, from: 'if (keeps !== true)\n      this.#now', to: 'this.#now' }],
    spec: OF_SLIPPAGE,
    test: 'counts the extensions of a action as its register does',
  },
  {
    promise: 'an extension is asked after by the policy in force on its day, and by no later one',
    changes: [
      { file: 'libs/rules/policies.ts', from: 'inForceOn(policy, effectiveOn)', to: 'policy.versions.at(-1) ?? null' },
    ],
    spec: OF_POLICIES_ASKED,
    test: 'asks nothing on a day before it is in force',
  },
  {
    promise: 'what was ever due at a meeting that moved is found, though nothing of its own moved it',
    changes: [
      {
        file: 'libs/read-models/slippage.ts',
        from: 'if (meetings.length === 0) return [];',
        to: 'if (meetings.length >= 0) return [];',
      },
    ],
    spec: OF_SLIPPED,
    test: 'moves what is due at a meeting with it',
  },
  {
    promise: 'a fact that may move a due date makes its record be read',
    changes: [
      {
        file: 'libs/read-models/questionable.ts',
        from: 'register?.dues?.moving.includes(event.type) === true',
        to: "register?.dues?.moving.includes(event.type) === true && event.register === 'meetings'",
      },
    ],
    spec: OF_SLIPPED,
    test: 'tells who moved it, why, by how many days',
  },
  {
    promise: 'whoever grants an extension is asked by the policies of the body',
    changes: [
      {
        file: 'libs/dispatch/decide.ts',
        from: 'if (policies.length === 0) return null;',
        to: 'if (policies.length >= 0) return null;',
      },
    ],
    spec: OF_POLICIES_ASKED,
    test: 'refuses one more than it lets',
  },
  {
    promise: 'the second extension needs a named authority where the policy says so',
    changes: [
      { file: 'libs/rules/policies.ts', from: 'extensions >= authorityFrom', to: 'extensions > authorityFrom' },
    ],
    spec: OF_POLICIES_ASKED,
    test: 'asks for a named authority from the extension on that needs one',
  },
  {
    promise: 'every policy of the body is asked, not the first alone',
    changes: [
      {
        file: 'libs/dispatch/surroundings.ts',
        from: "if (rule.kind === 'DUE_DATE_POLICY' && rule.body === body) found.push(rule);",
        to: "if (rule.kind === 'DUE_DATE_POLICY' && rule.body === body && found.length === 0) found.push(rule);",
      },
    ],
    spec: OF_POLICIES_ASKED,
    test: 'asks every policy of the body',
  },
  {
    promise: 'a late entry that makes a later extension one too many is refused',
    changes: [
      {
        file: 'libs/dispatch/decide.ts',
        from: 'filter(({ key }) => !before.has(key));',
        to: "filter(({ key }) => !before.has(key) && key.includes('undecided'));",
      },
    ],
    spec: OF_POLICIES_ASKED,
    test: 'refuses a late entry that would make a later extension one too many',
  },
  {
    promise: 'what breached a policy before is no reason to refuse what does not',
    changes: [
      {
        file: 'libs/dispatch/decide.ts',
        from: 'filter(({ key }) => !before.has(key));',
        to: 'filter(() => before.size >= 0);',
      },
    ],
    spec: OF_POLICIES_ASKED,
    test: 'never asks again of what was granted before the policy was set',
  },
  {
    promise: 'a paper is held as it was printed, whatever a policy lets',
    changes: [
      {
        file: 'libs/dispatch/decide.ts',
        from: 'if (dues === undefined || importId !== undefined || !added.some(isGranted)) return null;',
        to: 'if (dues === undefined || !added.some(isGranted)) return null;',
      },
    ],
    spec: OF_POLICIES_ASKED,
    test: 'asks nothing of what is imported',
  },
];

const SCOPE = 'libs/read-models/scope.ts';

const BODIES: readonly Mutation[] = [
  {
    promise: 'whoever holds a post on the day asked about is not said to have done what it did on another',
    changes: [{ file: 'libs/wording/lines.ts', from: 'did === true ? [] : ', to: '' }],
    spec: 'libs/wording/lines.spec.ts',
    test: 'names who holds a post beside it',
  },
  {
    promise: 'what belongs to an illustrative body is in no list in which it is not asked for',
    changes: [
      { file: SCOPE, from: 'if (left.length > 0) conditions.push', to: 'if (left.length > 999) conditions.push' },
    ],
    spec: OF_BODIES,
    test: 'is in no list and no count, unless it is asked for or named',
  },
  {
    promise: 'a hidden body makes no record illustrative to whoever may not see it',
    changes: [
      { file: SCOPE, from: '(audiences & AUDIENCE_BIT[reader.audience]) !== 0 && ', to: 'audiences !== -1 && ' },
    ],
    spec: OF_BODIES,
    test: 'makes no record illustrative: those of a hidden body read as those of no body do',
  },
  {
    promise: 'that a hidden body is read is told by no event',
    changes: [{ file: 'libs/ledger/common-facts.ts', from: "  ['ReadingBegun', 'reads'],\n", to: '' }],
    spec: OF_BODIES,
    test: 'is read by nobody, neither said of a body nor found by it, and leaves no fact of that',
  },
  {
    promise: 'no basis tells where a link stands to what is hidden',
    changes: [
      {
        file: 'libs/read-models/basis.ts',
        from: 'sql`not ${isOfLinkToNothing({ reader, answering }, point)}`',
        to: 'sql`1 = 1`',
      },
    ],
    spec: 'test/e2e/positions.spec.ts',
    test: 'tells nobody where a link stands to what they may not see, nor what was said of it, until it leads elsewhere',
  },
  {
    promise: 'nor what was said of it once a correction of where it leads was taken back',
    changes: [
      {
        file: 'libs/read-models/link-facts.ts',
        from: '(says.sequence = says.link or not ${isTakenBack})',
        to: '(says.sequence = says.link or 1 = 1)',
      },
    ],
    spec: 'test/e2e/positions.spec.ts',
    test: 'tells nobody where a link stands to what they may not see, nor what was said of it, until it leads elsewhere',
  },
  {
    promise: 'a body that is read is a link',
    changes: [{ file: 'libs/read-models/links.ts', from: "  'reads',\n", to: '' }],
    spec: OF_BODIES,
    test: 'is read by nobody, neither said of a body nor found by it, and leaves no fact of that',
  },
  {
    promise: 'illustrative records that name a real one are not told of beside it',
    changes: [
      {
        file: 'libs/read-models/namings.ts',
        from: 'return within === null ? sql`` : sql`and ${within}`;',
        to: 'return sql``;',
      },
    ],
    spec: OF_BODIES,
    test: 'is not told of beside a real record, and is beside its own',
  },
];

const OF_TOTALS = 'projections/reported-totals/reported-totals.spec.ts';

const TOTALS: readonly Mutation[] = [
  {
    promise: 'what is held beside a total is what was known by the day of the document',
    changes: [
      {
        file: 'libs/read-models/beside.ts',
        from: 'knownBy === undefined ? view.basis.recorded : lastInstantOf(knownBy),',
        to: 'view.basis.recorded,',
      },
    ],
    spec: OF_TOTALS,
    test: 'as known by the day of the paper and as known now',
  },
  {
    promise: 'what is counted by a record that is hidden is told to nobody who may not see it',
    changes: [
      {
        file: 'libs/declarations/lists.ts',
        from: 'if (value === undefined) return null;',
        to: 'if (value === undefined) continue;',
      },
    ],
    spec: OF_TOTALS,
    test: 'names nothing, and tells no number',
  },
  {
    promise: 'a record by which a total is counted is a link',
    changes: [{ file: 'libs/read-models/links.ts', from: "  'ofRecord',\n", to: '' }],
    spec: OF_TOTALS,
    test: 'names nothing, and tells no number',
  },
];

const COUNTED = 'libs/read-models/totals.ts';
const OF_RUNNING_TOTALS = 'libs/read-models/totals.spec.ts';
const OF_COUNTED = { spec: 'test/property/totals.property.spec.ts', test: 'tell what counting the rows tells' };

const RUNNING_TOTALS: readonly Mutation[] = [
  {
    promise: 'running totals count a record no longer where it no longer stands',
    changes: [
      {
        file: 'libs/read-models/sqlite-tables.ts',
        from: "if (indexed && typeof of !== 'string') totals.heedStanding(of, where, key, -1);",
        to: '',
      },
    ],
    ...OF_COUNTED,
  },
  {
    promise: 'running totals of a record that is read again leave out what it was before',
    changes: [
      {
        file: 'libs/read-models/sqlite-tables.ts',
        from: "if (indexed) for (const one of projections) totals.heedStanding(one, 'WHERE record = ?', [record], -1);",
        to: '',
      },
    ],
    ...OF_COUNTED,
  },
  {
    promise: 'running totals that are counted at the end of a rebuild are those that were kept',
    changes: [
      { file: 'libs/read-models/running-totals.ts', from: 'SELECT effective_to, -1, ', to: 'SELECT effective_to, 0, ' },
    ],
    ...OF_COUNTED,
  },
  {
    promise: 'running totals count for a reader what their audience may see, and nothing else',
    changes: [{ file: COUNTED, from: "setsSeenBy(reader).join(', ')", to: "'1, 2, 3, 4, 5, 6, 7'" }],
    ...OF_COUNTED,
  },
  {
    promise: 'running totals leave out what belongs to illustrative bodies, as every list does',
    changes: [{ file: COUNTED, from: ", isInScope(asking, sql.ref('row.belongs_to'))]", to: ']' }],
    ...OF_COUNTED,
  },
  {
    promise: 'running totals tell nothing of what was known before',
    changes: [{ file: COUNTED, from: ' || knownTo > point.recorded', to: '' }],
    spec: OF_RUNNING_TOTALS,
    test: 'tell nothing of what was known before',
  },
  {
    promise: 'running totals tell nothing to whoever sees all of some records and not of others',
    changes: [{ file: COUNTED, from: 'reader.ownsAs !== undefined', to: 'false' }],
    spec: OF_RUNNING_TOTALS,
    test: 'tell nothing of what was known before',
  },
  {
    promise: 'running totals tell of a view nothing that was written after it was opened',
    changes: [{ file: COUNTED, from: 'sequence !== point.sequence || ', to: '' }],
    spec: OF_RUNNING_TOTALS,
    test: 'tell of a view nothing that was written after it was opened',
  },
  {
    promise: 'what is still to be marked counts in no running total of whoever may not see everything',
    changes: [{ file: COUNTED, from: 'answering.withheld().length === 0', to: 'true' }],
    spec: OF_RUNNING_TOTALS,
    test: 'count nothing that is still to be marked',
  },
  {
    promise: 'what a post owns with others counts by owner where lists of that post are counted',
    changes: [
      { file: COUNTED, from: "having['owner'] !== undefined && 'co_owners' in projection.columns", to: 'false' },
    ],
    spec: 'projections/promises/promises.spec.ts',
    test: 'is found by each of its owners',
  },
  {
    promise: 'actions are counted by owner from running totals, in one body too',
    changes: [
      { file: 'projections/action-tracker/projection.ts', from: "['owner', 'body'],\n", to: "['priority', 'body'],\n" },
    ],
    spec: OF_RUNNING_TOTALS,
    test: 'by owner',
  },
  {
    promise: 'recommendations of whoever changed their closure route are counted by the words that were said',
    changes: [
      { file: 'projections/recommendation-tracker/queries.ts', from: 'of [...others, ...own]', to: 'of others' },
    ],
    spec: 'projections/recommendation-tracker/recommendation-tracker.spec.ts',
    test: 'as the page of each says',
  },
];

const WORDS_INDEX = 'libs/read-models/words-index.ts';
const SEARCH = 'libs/read-models/search.ts';
const OF_WORDS_INDEX = 'libs/read-models/words-index.spec.ts';

const TABLES_IN_SQLITE = 'libs/read-models/sqlite-tables.ts';

const SEARCHES: readonly Mutation[] = [
  {
    promise: 'words that were written last are found before the index takes them in',
    changes: [
      {
        file: SEARCH,
        from: 'where latest.sequence > (select upto from words_indexed) and',
        to: 'where latest.sequence < 0 and',
      },
    ],
    spec: OF_WORDS_INDEX,
    test: 'takes in many lines at once',
  },
  {
    promise: 'erased words leave the index with their line',
    changes: [
      {
        file: WORDS_INDEX,
        from: 'WHERE sequence = ? AND part = ? AND sequence <=',
        to: 'WHERE sequence = ? AND part = ? AND sequence > 999 +',
      },
    ],
    spec: OF_WORDS_INDEX,
    test: 'loses what is erased',
  },
  {
    promise: 'erased words are gone from the file of the tables and its write-ahead log at once',
    changes: [
      {
        file: TABLES_IN_SQLITE,
        from: 'erase.run(part, found.sequence);\n        hasErased = true;',
        to: 'erase.run(part, found.sequence);',
      },
    ],
    spec: OF_READ_MODELS,
    test: 'are gone at once from the file of the tables and from its write-ahead log',
  },
  {
    promise: 'erased words are overwritten where they stood',
    changes: [
      {
        file: TABLES_IN_SQLITE,
        from: "database.pragma('secure_delete = ON');",
        to: "database.pragma('secure_delete = OFF');",
      },
    ],
    spec: OF_READ_MODELS,
    test: 'are gone at once from the file of the tables and from its write-ahead log',
  },
  {
    promise: 'erased words do not stay in the files because somebody read meanwhile',
    changes: [{ file: TABLES_IN_SQLITE, from: '(sql, parameters).finally(emptyLog);', to: '(sql, parameters);' }],
    spec: OF_READ_MODELS,
    test: 'are gone, where somebody reads meanwhile, once that is over',
  },
  {
    promise: 'erased words leave the file of the index, and not only its answers',
    changes: [{ file: WORDS_INDEX, from: "VALUES ('secure-delete', 1)", to: "VALUES ('secure-delete', 0)" }],
    spec: OF_WORDS_INDEX,
    test: 'loses what is erased',
  },
  {
    promise: 'a search finds quotes and dashes whichever were typed, by the index as by the words',
    changes: [
      {
        file: WORDS_INDEX,
        from: '.flatMap(([first, ...others]) => others.map(',
        to: '.flatMap(([first, ...others]) => others.slice(9).map(',
      },
    ],
    spec: OF_WORDS_INDEX,
    test: 'knows quotes, dashes and capitals',
  },
  {
    promise: 'a search by the index finds words for those alone who may read them',
    changes: [
      {
        file: SEARCH,
        from: 'where ${mayRead(opened(view))}',
        to: 'where 1',
      },
    ],
    spec: OF_WORDS_INDEX,
    test: 'finds nothing that the reader may not read within',
  },
  {
    promise: 'by the index a search finds what a record says, and not what it said',
    changes: [{ file: SEARCH, from: 'and (${sql.join(isText, sql` or `)})', to: '' }],
    spec: OF_WORDS_INDEX,
    test: 'nor what the record no longer says',
  },
];

const STORE_AWAY: readonly Mutation[] = [
  {
    promise: 'a store that is away is tried again',
    changes: [{ file: AWAITED, from: 'if (!(cause instanceof StoreUnavailable)) {', to: 'if (cause !== null) {' }],
    spec: OF_AWAITED,
    test: 'is there when it comes',
  },
  {
    promise: 'a store is looked at before it is used',
    changes: [{ file: AWAITED, from: 'await this.#options.admit(opened);', to: '' }],
    spec: OF_AWAITED,
    test: 'is refused when another log answers in its place',
  },
  {
    promise: 'a store that goes is looked at again when it comes back',
    changes: [{ file: AWAITED, from: "if (state === 'down') this.#lose();", to: '' }],
    spec: OF_AWAITED,
    test: 'is looked at again whenever it comes back',
  },
  {
    promise: 'nothing is passed on of a log that was not looked at',
    changes: [{ file: AWAITED, from: 'await this.#untilHere(stopped);\n        if', to: 'if' }],
    spec: OF_AWAITED,
    test: 'is looked at again whenever it comes back',
  },
  {
    promise: 'nothing is written to a log that was not looked at',
    changes: [
      {
        file: AWAITED,
        from: "if (!this.#isHere || this.#store === null) return { outcome: 'unknown'",
        to: "if (this.#store === null) return { outcome: 'unknown'",
      },
    ],
    spec: OF_AWAITED,
    test: 'is looked at again whenever it comes back',
  },
  {
    promise: 'waiting for a store ends with the process',
    changes: [{ file: AWAITED, from: 'if (signal.aborted) return failed(cause);', to: 'if (signal.aborted) return;' }],
    spec: OF_AWAITED,
    test: 'ends while it is waited for',
  },
  {
    promise: 'read models serve while the store is away',
    changes: [
      {
        file: READ_MODELS,
        from: 'const begun = await this.#begin(tables).catch(passOnUnlessAway);',
        to: 'const begun = await this.#begin(tables);',
      },
    ],
    spec: OF_READ_MODELS,
    test: 'serves what it has while the store is away',
  },
  {
    promise: 'read models are built when the store comes back, though it went away meanwhile',
    changes: [
      {
        file: READ_MODELS,
        from: 'if (await this.#begin(tables).catch(passOnUnlessAway)) return;',
        to: 'if (await this.#begin(tables)) return;',
      },
    ],
    spec: OF_READ_MODELS,
    test: 'builds when the store comes',
  },
  {
    promise: 'health says that the store is away',
    changes: [
      {
        file: 'apps/ledger/open-ledger.ts',
        from: "...(connection === 'down' ? ['store'] : []), ",
        to: '',
      },
    ],
    spec: 'test/e2e/store-silent.slow.spec.ts',
    test: 'says that it lives, and that the store is away',
  },
  {
    promise: 'a server starts while the store is away',
    changes: [{ file: OPEN, from: 'if (awaitStore !== true || !isKnown) {', to: 'if (settings.name !== null) {' }],
    spec: OF_STORE_AWAY,
    test: 'starts while it is gone',
  },
];

const FAULTS_OF_OPERATORS = 'libs/running-ledger/operator-faults.ts';

const STOPPING: readonly Mutation[] = [
  {
    promise: 'whoever does not finish is hung up on',
    changes: [{ file: START, from: 'const ANSWERED_WITHIN_MS = 2_000;', to: 'const ANSWERED_WITHIN_MS = 6_000;' }],
    spec: OF_STOPPING,
    test: 'waits a moment and no longer',
  },
  {
    promise: 'a server that stops says so',
    changes: [{ file: START, from: 'if (!isStopping()) return;', to: 'if (isStopping !== null) return;' }],
    spec: OF_STOPPING,
    test: 'answers GraphQL with errors',
  },
  {
    promise: 'a server that stops still answers what it was asked before',
    changes: [
      {
        file: START,
        from: 'const late = setTimeout(() => app.getHttpServer().closeAllConnections(), ANSWERED_WITHIN_MS);',
        to: 'app.getHttpServer().closeAllConnections();\n const late = undefined;',
      },
    ],
    spec: OF_STOPPING,
    test: 'still answers what it was asked before',
  },
  {
    promise: 'health asks the store for no longer than a moment',
    changes: [{ file: READ_MODELS, from: 'const HEAD_WITHIN_MS = 700;', to: 'const HEAD_WITHIN_MS = 20_000;' }],
    spec: 'test/e2e/store-silent.slow.spec.ts',
    test: 'says that it lives, and that the store is away',
  },
  {
    promise: 'stopping waits for no command that a store keeps',
    // Of these limits each is behind the ones before it.
    changes: [
      { file: START, from: 'const ANSWERED_WITHIN_MS = 2_000;', to: 'const ANSWERED_WITHIN_MS = 60_000;' },
      { file: READ_MODELS, from: 'const STOP_WITHIN_MS = 1_500;', to: 'const STOP_WITHIN_MS = 60_000;' },
      { file: OPEN, from: 'const IDLE_WITHIN_MS = 2_000;', to: 'const IDLE_WITHIN_MS = 60_000;' },
      { file: MAIN, from: 'const STOPPED_WITHIN_MS = 7_500;', to: 'const STOPPED_WITHIN_MS = 60_000;' },
    ],
    spec: OF_STORE_AWAY,
    test: 'answers health within a second and stops within eight, with commands under way',
  },
];

/** Sentences of operators: each fault that is no longer known by name ends with a stack. */
const SENTENCES: readonly Mutation[] = (
  [
    ["  'StoreAddressRefused',\n", 'is an address of the store that is none'],
    ["  'KeysRefused',\n", 'is a file of the ledger that is not theirs, damaged, or of another ledger: server'],
    ["  'LogRefused',\n", 'is a log with a gap'],
    ["cause.name === 'StoreUnavailable'", 'is a store that a new ledger needs and that is away'],
    ["code === 'EADDRINUSE'", 'is a port in use'],
    ["code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'", 'is an address that this machine does not have'],
  ] as const
).map(([from, test]) => ({
  promise: `it ends with a sentence that ${test}`,
  changes: [{ file: FAULTS_OF_OPERATORS, from, to: from.startsWith(' ') ? '' : 'cause === null' }],
  spec: OF_OPERATORS,
  test,
}));

const OPERATORS: readonly Mutation[] = [
  {
    promise: 'a fault of an operator ends a server with a sentence',
    changes: [{ file: MAIN, from: 'sentenceFor(cause, config) ?? ', to: '' }],
    spec: OF_OPERATORS,
    test: 'a fault that an operator mends is a data folder that is a file, cannot be written or made, or is shared by all: server',
  },
  {
    promise: 'a fault of an operator ends an import with a sentence',
    changes: [{ file: FAULTS_OF_OPERATORS, from: "  'DataFolderRefused',\n", to: '' }],
    spec: OF_OPERATORS,
    test: 'a fault that an operator mends is a data folder that is a file, cannot be written or made, or is shared by all: import',
  },
  {
    promise: 'an option that there is not is an error that names it',
    changes: [
      {
        file: 'libs/arguments/parse-arguments.ts',
        from: 'throw new BadArguments(`There is no option',
        to: 'void (`There is no option',
      },
    ],
    spec: 'libs/arguments/parse-arguments.spec.ts',
    test: 'are refused with --dryrun',
  },
];

const REFUSED_COMMANDS: readonly Mutation[] = [
  {
    promise: 'a refused command is decided afresh',
    changes: [
      {
        file: 'libs/dispatch/dispatch.ts',
        from: 'function submit(sent: Submission): Promise<Outcome> {',
        to: `const outcomes = new Map<string, Promise<Outcome>>();
  function submit(sent: Submission): Promise<Outcome> {
    const { commandId } = sent.envelope;
    if (!outcomes.has(commandId)) outcomes.set(commandId, submitOnce(sent));
    return outcomes.get(commandId)!;
  }
  function submitOnce(sent: Submission): Promise<Outcome> {`,
      },
    ],
    spec: OF_DISPATCH,
    test: 'that was refused is not remembered',
  },
];

const MISTAKES: readonly Mutation[] = [
  {
    promise: 'the void of what opened a record is lawful whatever followed',
    changes: [
      { file: AMEND, from: 'if (opening !== undefined && voided.has(opening.id)) return NOTHING_HOLDS;', to: '' },
    ],
    spec: OF_DISPATCH,
    test: 'takes the void of the event that opened it, whatever followed',
  },
  {
    promise: 'nothing of a record holds that was recorded by mistake',
    changes: [
      {
        file: AMEND,
        from: 'if (opening !== undefined && voided.has(opening.id)) return NOTHING_HOLDS;',
        to: 'if (opening !== undefined && voided.has(opening.id)) voided.delete(opening.id);',
      },
    ],
    spec: OF_HISTORY,
    test: 'is in no list and no count',
  },
  {
    promise: 'it takes no command',
    changes: [
      {
        file: DECIDE,
        from: 'if (mistake !== null && !isTakenWhileVoid(command, mistake))',
        to: 'if (mistake === undefined)',
      },
    ],
    spec: OF_DISPATCH,
    test: 'takes no command but the restoration of that event, and marking',
  },
  {
    promise: 'it takes marking',
    changes: [{ file: DECIDE, from: "(command.type === 'Mark' || (", to: '((' }],
    spec: OF_DISPATCH,
    test: 'takes no command but the restoration of that event, and marking',
  },
  {
    promise: 'it takes the restoration of what opened it and of nothing else',
    changes: [
      {
        file: DECIDE,
        from: "command.type === 'Restore' && command.event === target",
        to: "command.type === 'Restore' && target !== ''",
      },
    ],
    spec: OF_DISPATCH,
    test: 'takes no command but the restoration of that event, and marking',
  },
  {
    promise: 'its restoration brings back what stood',
    changes: [
      {
        file: AMEND,
        from: "if (event.type === 'Restored') voided.delete(target);",
        to: "if (event.type === 'Restored') continue;",
      },
    ],
    spec: OF_HISTORY,
    test: 'is exactly what stood once it is restored',
  },
  {
    promise: 'it is there for whoever could see it, its owner among them',
    changes: [{ file: 'libs/dispatch/folds.ts', from: 'asItStood(events)', to: 'events' }],
    spec: OF_DISPATCH,
    test: 'goes on being there for the post that owned it',
  },
  {
    promise: 'it is absent on the days before it was opened',
    changes: [
      {
        file: HISTORY,
        from: ' || isAbsent(register, snapshotAt(register, asItStood(events), view.basis.effective))',
        to: '',
      },
    ],
    spec: OF_HISTORY,
    test: 'stands as ever at a basis from before, and is absent on the days before it was opened',
  },
  {
    promise: 'its page says who voided it',
    changes: [
      {
        file: 'apps/ledger/pages/frame/record/record.controller.ts',
        from: 'if (record === null) return this.#showMistake(reply, visit, kind, ref);',
        to: 'if (record === null) return this.#visits.sendNoSuchRecord(reply, visit);',
      },
    ],
    spec: 'test/e2e/mistake.spec.ts',
    test: 'a record that was recorded by mistake',
  },
  {
    promise: 'a link to it reads as a link to nothing',
    changes: [
      {
        file: 'libs/read-models/mistakes.ts',
        from: "if (reader.audience === 'full' && !tables.hasMistakes()) return NONE;",
        to: 'if (tables !== null) return NONE;',
      },
    ],
    spec: OF_HISTORY,
    test: 'reads, filters and counts as a link to nothing, for the audience full',
  },
  {
    promise: 'a link to it is listed for those alone who may see both',
    changes: [
      {
        file: 'libs/read-models/mistakes.ts',
        from: "    .where(maySee(opened(view), numberLookedAt('record_events.audiences'), sql.ref('mistakes.record')))\n",
        to: '',
      },
      {
        file: 'libs/read-models/links.ts',
        from: ".where(maySee(opened(view), numberLookedAt('record_events.audiences'), sql.ref('records.record')))",
        to: '',
      },
    ],
    spec: OF_HISTORY,
    test: 'leads where it led at a basis from before, and names nothing that a reader may not see',
  },
  {
    promise: 'a link to it leads on once it is restored',
    changes: [{ file: 'libs/read-models/mistakes.ts', from: 'else mistakes.delete(ref);', to: '' }],
    spec: OF_HISTORY,
    test: 'leads there again once the record is restored',
  },
  {
    promise: 'that a hidden record was recorded by mistake costs no question more',
    changes: [
      {
        file: 'libs/read-models/mistakes.ts',
        from: "reader.audience === 'full' && !tables.hasMistakes()",
        to: '!tables.hasMistakes()',
      },
    ],
    spec: 'libs/read-models/links.spec.ts',
    test: 'is as many questions where a hidden record was recorded by mistake as where none was',
  },
];

const MISTAKES_SEEN: readonly Mutation[] = [
  {
    promise: 'the void of a record is seen by whoever may see the record',
    changes: [
      {
        file: 'libs/access/visibility.ts',
        from: "return (type === 'Voided' || type === 'Restored') && opening !== null && facts['target'] === opening.id;",
        to: 'return false;',
      },
    ],
    spec: OF_HISTORY,
    test: 'is in no list and no count, and answers as that to whoever could see it',
  },
  {
    promise: 'the void of a record takes no marking of its own',
    changes: [
      {
        file: 'libs/records/decide.ts',
        from: 'if (target !== events[0] || envelope.marking === undefined) return false;',
        to: 'if (target !== undefined) return false;',
      },
    ],
    spec: 'libs/records/records.spec.ts',
    test: 'is voided and restored for whoever may see it: neither takes a marking of its own',
  },
  {
    promise: 'it is found under its reference, in every register',
    changes: [{ file: HISTORY, from: 'if (row !== undefined) return { ...found, mistake: row };', to: '' }],
    spec: OF_HISTORY,
    test: 'may be of any register',
  },
  {
    promise: 'nobody names it in a command',
    changes: [
      {
        file: AMEND,
        from: 'if (opening !== undefined && voided.has(opening.id)) return NOTHING_HOLDS;',
        to: 'if (opening !== undefined && voided.has(opening.id)) voided.delete(opening.id);',
      },
    ],
    spec: OF_DISPATCH,
    test: 'is no longer there for what names it',
  },
];

const CONTRADICTIONS: readonly Mutation[] = [
  {
    promise: 'a fact that is corrected does not stand in its own way',
    changes: [
      {
        file: DECIDE,
        from: "refuse(isChanged ? 'WOULD_BE_IMPOSSIBLE' : 'WOULD_CONTRADICT'",
        to: "refuse('WOULD_CONTRADICT'",
      },
    ],
    spec: OF_DISPATCH,
    test: 'when it is corrected to a day on which it could not be',
  },
  {
    promise: 'a fact whose correction is voided or restored does not stand in its own way',
    changes: [
      {
        file: DECIDE,
        from: "return amended?.type === 'Corrected' ? (amended as Corrected).facts.target : target;",
        to: 'return amended === undefined ? undefined : target;',
      },
    ],
    spec: OF_DISPATCH,
    test: 'when a correction of it is voided, or restored',
  },
  {
    promise: 'another fact that stands in the way is named',
    changes: [
      {
        file: DECIDE,
        from: "refuse(isChanged ? 'WOULD_BE_IMPOSSIBLE' : 'WOULD_CONTRADICT'",
        to: "refuse('WOULD_BE_IMPOSSIBLE'",
      },
    ],
    spec: OF_DISPATCH,
    test: 'but names the other fact when that is what cannot be',
  },
];

const QUESTIONS: readonly Mutation[] = [
  {
    promise: 'what a paper prints is judged by all that is known of its meeting',
    changes: [
      {
        file: 'projections/questioned/projection.ts',
        from: 'event.imported === true\n',
        to: 'event.imported === null\n',
      },
    ],
    spec: OF_QUESTIONS,
    test: 'before the papers were loaded',
  },
  {
    promise: 'a paper may cite a meeting that was called off',
    changes: [
      { file: 'projections/questioned/projection.ts', from: ' ?? turningPoint(known, 0, mayBeHeld))', to: ')' },
    ],
    spec: OF_QUESTIONS,
    test: 'but where it was cancelled',
  },
  {
    promise: 'the list finds papers that cite a meeting of a later day',
    changes: [
      {
        file: 'projections/questioned/queries.ts',
        from: ', ...(await recordsImportedAhead(view, meetings.name))',
        to: '',
      },
    ],
    spec: OF_QUESTIONS,
    test: 'and where it was set for a later day all along',
  },
  {
    promise: 'a question is on the page of its record',
    changes: [
      {
        file: 'apps/ledger/pages/frame/record/in-question.ts',
        from: 'if (questions.length === 0) return null;',
        to: 'if (questions.length >= 0) return null;',
      },
    ],
    spec: 'test/e2e/questioned.spec.ts',
    test: 'stands on the page of the record and in one list',
  },
];

const AT_ONCE: readonly Mutation[] = [
  {
    promise: 'whoever asks who has a subject waits for those who are reading it',
    changes: [
      { file: 'libs/dispatch/people.ts', from: 'const run = reading.then(readStale);', to: 'const run = readStale();' },
    ],
    spec: OF_DISPATCH,
    test: 'gives no second person a subject',
  },
  {
    promise: 'the clock is waited for however often it is set back a little',
    changes: [
      { file: 'libs/dispatch/stamps.ts', from: 'await pause(found.by);', to: 'return null;' },
      {
        file: 'libs/dispatch/stamps.ts',
        from: 'last = Math.max(clock.now(), last, settledFloor.read() + 1);',
        to: 'last = clock.now();',
      },
    ],
    spec: 'libs/dispatch/stamps.spec.ts',
    test: 'keeps the order of the log however often it is set back a little',
  },
];

const PAGES: readonly Mutation[] = [
  {
    promise: 'a page reads the ledger as its reader may see it',
    changes: [
      {
        file: 'apps/ledger/pages/frame/visits.ts',
        from: 'return this.#ledger.openView(asOf, reader, APART);',
        to: "return this.#ledger.openView(asOf, { ...reader, audience: 'full' }, APART);",
      },
    ],
    spec: 'test/e2e/twins-of-one-reader.slow.spec.ts',
    test: 'the same, byte for byte',
  },
  {
    promise: 'a page compares two dates as its reader may see them',
    changes: [
      {
        file: 'apps/ledger/pages/frame/visits.ts',
        from: 'openEnds((asOf) => this.#open(asOf, reader), ',
        to: "openEnds((asOf) => this.#open(asOf, { ...reader, audience: 'full' }), ",
      },
    ],
    spec: 'apps/ledger/pages/comparing/comparing.spec.ts',
    test: 'have nothing of what the reader may not see',
  },
  {
    promise: 'the pages of what changed are of one comparison, whatever is recorded meanwhile',
    changes: [
      {
        file: 'apps/ledger/pages/frame/visits.ts',
        from: '...meeting, ...(at === null ? {} : { position: at })',
        to: '...meeting',
      },
    ],
    spec: 'apps/ledger/pages/comparing/comparing.spec.ts',
    test: 'are paged, pinned to one place in the ledger',
  },
  {
    promise: 'a line of a bridge takes from the group that was left what it adds to the one that was entered',
    changes: [
      {
        file: 'apps/ledger/pages/comparing/present-bridge.ts',
        from: '(entered ? count : 0) - (left ? count : 0)',
        to: 'entered ? count : 0',
      },
    ],
    spec: 'apps/ledger/pages/comparing/present-bridge.spec.ts',
    test: 'comes out where it says',
  },
];

const PAGES_OF_COMPARING: readonly Mutation[] = [
  {
    promise: 'pages that compare band all three by the rules at closing where that is asked for',
    changes: [
      {
        file: 'apps/ledger/pages/comparing/comparing.controller.ts',
        from: 'isByClosing ? byRulesOfClosing(opened) : opened',
        to: 'isByClosing ? opened : opened',
      },
    ],
    spec: 'apps/ledger/pages/comparing/comparing.spec.ts',
    test: 'take bands and colours by the rule of each basis, or all by those at closing',
  },
  {
    promise: 'no post is called as a page of the list of posts',
    changes: [
      {
        file: 'libs/registers/directory/decide.ts',
        from: 'Object.values<string>(PAGES_OF_LISTS).includes(as)',
        to: 'Object.keys(PAGES_OF_LISTS).length === 0',
      },
    ],
    spec: 'libs/registers/directory/directory.spec.ts',
    test: 'refuses the reference "bridge", as a page of the list of posts is',
  },
];

/** Two bases beside each other, and meetings, for a reader of less than everything and for a made-up panel. */
const BESIDE: readonly Mutation[] = [
  {
    promise: 'a comparison reads the ledger as its reader may see it',
    changes: [
      {
        file: 'apps/ledger/graphql/ledger/comparison.resolver.ts',
        from: 'this.#ledger.openView(asOf, identity.reader, options);',
        to: "this.#ledger.openView(asOf, { audience: 'full' }, options);",
      },
    ],
    spec: 'test/e2e/twins-of-one-reader.slow.spec.ts',
    test: 'the same, byte for byte',
  },
  {
    promise: 'of a name that several types have a list costs as the longest of them',
    changes: [
      {
        file: 'apps/ledger/graphql/gate/limits.ts',
        from: 'rows.set(name, Math.max(many, rows.get(name) ?? 0))',
        to: 'rows.set(name, many)',
      },
    ],
    spec: 'apps/ledger/graphql/gate/limits.spec.ts',
    test: 'by the longest of the lists of a name',
  },
];

const SHAPES: readonly Mutation[] = [
  {
    promise: 'no correction of rows puts words in clear',
    changes: [
      {
        file: 'libs/declarations/checks.ts',
        from: "if (shape.kind === 'rows') return whyNotGiven(inClear(shape), value)?.sentence ?? null;",
        to: '',
      },
    ],
    spec: 'libs/declarations/declarations.spec.ts',
    test: 'are corrected without free words in clear',
  },
  {
    promise: 'the words of rows never stand among the facts',
    changes: [
      {
        file: 'libs/declarations/rows.ts',
        from: "const clear = Object.keys(columns).filter((column) => columns[column]!.kind !== 'line');",
        to: 'const clear = Object.keys(columns);',
      },
    ],
    spec: 'libs/declarations/declarations.spec.ts',
    test: 'give their words away to texts',
  },
  {
    promise: 'a document that the caller may not see is no authority',
    changes: [
      {
        file: 'libs/dispatch/decide.ts',
        from: "...linksIn(ENVELOPE_FIELDS['authority.document']!, say, 'authority.document'),",
        to: '',
      },
    ],
    spec: 'libs/dispatch/outside-bodies.spec.ts',
    test: 'is a link to nothing for whoever may not see it',
  },
  {
    promise: 'an authority names no document that the reader may not see',
    changes: [{ file: 'libs/read-models/links.ts', from: "  'document',\n", to: '' }],
    spec: 'libs/dispatch/outside-bodies.spec.ts',
    test: 'is a link to nothing for whoever may not see it',
  },
];

/** What decides for others: rules, and who may change them. */
const RULES: readonly Mutation[] = [
  {
    promise: 'the allowance in force today says how late a fact may be entered without a word',
    changes: [
      {
        file: 'libs/dispatch/decide.ts',
        from: 'const allowed = allowanceOn(rule, today, register.lateAfterDays);',
        to: 'const allowed = register.lateAfterDays;',
      },
    ],
    spec: 'projections/record-history/late.spec.ts',
    test: 'entered on 2023-05-20, needs a reason after 14 days',
  },
  {
    promise: 'an allowance that the caller may not see allows nothing',
    changes: [
      {
        file: 'libs/dispatch/decide.ts',
        from: "around.find('rules', ref, caller, today)",
        to: "around.find('rules', ref, { ...caller, capacity: 'opcc-officer' }, today)",
      },
    ],
    spec: 'projections/record-history/late.spec.ts',
    test: 'is judged by the days of the register for whoever may not see the allowance',
  },
  {
    promise: 'an entry is read as late by the allowance of the day on which it was recorded',
    changes: [
      {
        file: 'libs/read-models/allowances.ts',
        from: 'allowanceOn(rule, recordedOn, own)',
        to: 'allowanceOn(rule, view.basis.effective, own)',
      },
    ],
    spec: 'projections/record-history/late.spec.ts',
    test: 'is read by the day of recording',
  },
  {
    promise: 'no correction changes the number of a version, by which what was given by it is read',
    changes: [
      {
        file: 'libs/registers/rules/events.ts',
        from: 'const version = fixed(field.version);',
        to: 'const version = field.version;',
      },
    ],
    spec: 'libs/registers/rules/rules.spec.ts',
    test: 'never in its number, its kind or its body',
  },
  {
    promise: 'what confirmed minutes say changes by nothing but a correcting minute',
    changes: [
      {
        file: 'libs/registers/meetings/state.ts',
        from: "  if (isToCome) return refuse('MINUTES_CONFIRMED', { values: { ref } });",
        to: '  if (isToCome) return null;',
      },
    ],
    spec: 'libs/registers/meetings/meetings.spec.ts',
    test: 'takes no draft and no circulation any more',
  },
  {
    promise: 'what was minuted is not added to confirmed minutes by saying that it took effect before',
    changes: [
      {
        file: 'libs/registers/meetings/confirmed.ts',
        from: '      return leadsTo !== undefined && (SAYS_MINUTES as readonly string[]).includes(leadsTo)',
        to: "      return leadsTo === undefined && (SAYS_MINUTES as readonly string[]).includes('')",
      },
    ],
    spec: 'libs/registers/meetings/meetings.spec.ts',
    test: 'refuses ItemMinuted, whatever the day',
  },
  {
    promise: 'a correcting minute is taken back with the confirmed document as the source, and no other',
    changes: [
      {
        file: 'libs/registers/meetings/confirmed.ts',
        from: "        ? whyNotSlip()\n        : refuse('MINUTES_CONFIRMED', { values });",
        to: "        ? null\n        : refuse('MINUTES_CONFIRMED', { values });",
      },
    ],
    spec: 'libs/registers/meetings/meetings.spec.ts',
    test: 'takes a void of a correcting minute',
  },
  {
    promise: 'a slip in confirmed minutes is put right with the confirmed document as the source, and no other',
    changes: [
      {
        file: 'libs/registers/meetings/confirmed.ts',
        from: 'record === minutes.paper && !isBlank(paragraph)',
        to: '!isBlank(paragraph)',
      },
    ],
    spec: 'libs/registers/meetings/meetings.spec.ts',
    test: 'takes a correction of a slip with the confirmed document',
  },
  {
    promise: 'an agenda item is minuted once',
    changes: [
      {
        file: 'libs/registers/meetings/state.ts',
        from: "  return isReported ? refuse('ALREADY_MINUTED'",
        to: "  return false ? refuse('ALREADY_MINUTED'",
      },
    ],
    spec: 'libs/registers/meetings/meetings.spec.ts',
    test: 'is minuted once: by number or in three parts',
  },
  {
    promise: 'what is said of a restricted agenda item is as restricted',
    changes: [
      {
        file: 'libs/registers/meetings/decide.ts',
        from: '  if (marking === null || !isRestricted(marking)) return undefined;',
        to: '  if (marking !== null) return undefined;\n  if (marking === null || !isRestricted(marking)) return undefined;',
      },
    ],
    spec: 'libs/registers/meetings/meetings.spec.ts',
    test: 'for a closed session is marked so',
  },
  {
    promise: 'a supplementary paper on one item moves no cut-off',
    changes: [
      {
        file: 'libs/registers/meetings/issues.ts',
        from: 'return isFirst && agendaItem === undefined ? issued : null;',
        to: 'return isFirst || issued !== undefined ? issued : null;',
      },
    ],
    spec: 'libs/registers/meetings/cut-off.spec.ts',
    test: 'is not moved by a supplementary paper',
  },
  {
    promise: 'papers that were issued after its day do not move the cut-off of a meeting',
    changes: [{ file: 'libs/registers/meetings/cut-off.ts', from: ' && one.effectiveOn <= date', to: '' }],
    spec: 'libs/registers/meetings/cut-off.spec.ts',
    test: 'heeds nothing that was issued after its day',
  },
  {
    promise: 'whoever had left when an item was decided is not told as present',
    changes: [
      { file: 'libs/registers/meetings/agenda.ts', from: 'return hasCome && !hasLeft ?', to: 'return hasCome ?' },
    ],
    spec: 'libs/registers/meetings/meetings.spec.ts',
    test: 'when an item was decided are members',
  },
  {
    promise: 'nobody but the monitoring officer changes a rule by correcting it',
    changes: [{ file: 'libs/registers/rules/index.ts', from: '  mayIssueForRecord: MAY_ISSUE_FOR_RECORD,\n', to: '' }],
    spec: 'libs/registers/rules/rules.spec.ts',
    test: 'is changed by the monitoring officer alone',
  },
  {
    promise: 'no other rule takes the name under which a closure route or an allowance is found',
    changes: [
      {
        file: 'libs/registers/rules/decide.ts',
        from: 'as !== undefined && RESERVED.test(as)',
        to: "as === 'nothing'",
      },
    ],
    spec: 'libs/registers/rules/rules.spec.ts',
    test: 'is refused for one fault after another, in their order',
  },
];

const OWNED_AND_ENDED: readonly Mutation[] = [
  {
    promise: 'who owns an action without leading it may be chosen to narrow the list by',
    changes: [
      {
        file: 'projections/action-tracker/queries.ts',
        from: "'owner', 'co_owners'",
        to: "'owner'",
      },
    ],
    spec: 'projections/recommendation-tracker/recommendation-tracker.spec.ts',
    test: 'are found by any owner',
  },
  {
    promise: 'no post that is hidden from a reader is offered to narrow a list by',
    changes: [
      {
        file: 'libs/read-models/paging.ts',
        from: 'return refs.filter((_, index) => seen[index]);',
        to: 'return refs.filter((_, index) => seen[index] !== undefined);',
      },
    ],
    spec: 'projections/recommendation-tracker/recommendation-tracker.spec.ts',
    test: 'are found by any owner',
  },
  {
    promise: 'the promises of one meeting are counted without those of others',
    changes: [
      {
        file: 'apps/ledger/pages/promises/promises.controller.ts',
        from: 'countPromises(over, of)',
        to: 'countPromises(over, {})',
      },
    ],
    spec: 'test/e2e/papers.spec.ts',
    test: 'lists the promises of minutes on a page',
  },
  {
    promise: 'only whom it is offered is led to the form that ends a link or withdraws a name',
    changes: [
      {
        file: 'apps/ledger/pages/commands/offers.ts',
        from: 'command.type === type && whyNot === null',
        to: 'command.type === type && whyNot !== undefined',
      },
    ],
    spec: 'test/e2e/links.spec.ts',
    test: 'by whom may do so today',
  },
];

const OF_RULE_BOOK = 'projections/rule-book/rule-book.spec.ts';
const OF_BREACHES = 'test/e2e/recommendations.spec.ts';

const BREACHES: readonly Mutation[] = [
  {
    promise: 'what dates did not keep of a policy is read by the version in force on the day asked about',
    changes: [
      {
        file: 'projections/rule-book/policy-queries.ts',
        from: 'inForceOn(rule.state, view.basis.effective)',
        to: 'rule.state.versions.at(-1)!',
      },
    ],
    spec: OF_RULE_BOOK,
    test: 'while a version of it is in force',
  },
  {
    promise: 'no rule of another kind tells what dates did not keep',
    changes: [
      {
        file: 'projections/rule-book/policy-queries.ts',
        from: "if (rule?.state.kind !== 'DUE_DATE_POLICY') return null;",
        to: 'if (rule === null) return null;',
      },
    ],
    spec: OF_RULE_BOOK,
    test: 'while a version of it is in force',
  },
  {
    promise: 'an action tells which of its extensions came after the old date had passed',
    changes: [
      {
        file: 'libs/registers/actions/state.ts',
        from: '(was !== null && was < event.effectiveOn ? put : 0)',
        to: '(was === null ? put : 0)',
      },
    ],
    spec: OF_BREACHES,
    test: 'by the version in force on the day asked about',
  },
];

const OF_PROMISES = 'projections/promises/promises.spec.ts';
const OF_ACTIONS = 'libs/registers/actions/actions.spec.ts';
const OF_REMAINING = 'libs/dispatch/remaining.spec.ts';

const SEVERAL_OWNERS: readonly Mutation[] = [
  {
    promise: 'none of several owners ends their own work as done',
    changes: [
      {
        file: 'libs/access/ownership.ts',
        from: 'new Set([...ownersOf(owned), ',
        to: 'new Set([...ownersOf(owned).slice(0, 1), ',
      },
    ],
    spec: OF_ACTIONS,
    test: 'is not signed off by fleet-lead, who owns it',
  },
  {
    promise: 'a force lead writes to all of what their post owns with others',
    changes: [
      {
        file: 'libs/dispatch/folds.ts',
        from: 'ownersNow(register, events).includes(ownsAs)',
        to: 'ownersNow(register, events)[0] === ownsAs',
      },
    ],
    spec: OF_PROMISES,
    test: 'is worked on by any of its owners, and reported complete by the one that leads',
  },
  {
    promise: 'of several owners the one that leads reports',
    changes: [
      {
        file: 'libs/access/authority.ts',
        from: "if (rule === 'LEAD') return acting.post === owners[0];",
        to: "if (rule === 'LEAD') return owners.includes(acting.post);",
      },
    ],
    spec: OF_PROMISES,
    test: 'is worked on by any of its owners, and reported complete by the one that leads',
  },
];

const KEPT_PROMISES: readonly Mutation[] = [
  {
    promise: 'a link to an event that a reader may not see is a link to nothing',
    changes: [
      {
        file: 'libs/read-models/links.ts',
        from: ".where(maySee(opened(view), sql.ref('record_events.audiences'), sql.ref('record_events.record')))",
        to: '',
      },
    ],
    spec: OF_PROMISES,
    test: 'are no link of the action to a reader who may not see what was minuted, on its page or in its history',
  },
  {
    promise: 'what keeps a promise is as hidden as what was minuted',
    changes: [
      {
        file: 'libs/registers/actions/decide.ts',
        from: 'return asOfSession(stricter(arising, minuted), minute.session);',
        to: 'return arising;',
      },
    ],
    spec: OF_ACTIONS,
    test: 'of an action that keeps a promise is as hidden as what was minuted',
  },
];

const LEFT_BY_A_SIGN_OFF: readonly Mutation[] = [
  {
    promise: 'what a sign-off leaves is as hidden as what is signed off',
    changes: [{ file: 'libs/dispatch/first.ts', from: 'stricter(asked, marking)', to: 'asked' }],
    spec: OF_REMAINING,
    test: 'of a sensitive action raises what is as sensitive',
  },
  {
    promise: 'a sign-off that was cut off finds what it had raised',
    changes: [
      {
        file: 'libs/dispatch/first.ts',
        from: "uuidOfDigest(createHash('sha256').update(named).digest('hex'))",
        to: "uuidOfDigest(createHash('sha256').update(named + Math.random()).digest('hex'))",
      },
    ],
    spec: OF_REMAINING,
    test: 'that is cut off in between leaves an open action, and is finished by sending it again',
  },
];

const CLOSING = 'libs/registers/recommendations/closing.ts';
const OF_CLOSING = 'libs/registers/recommendations/closing.spec.ts';
const TOLD_ALIKE = 'is told alike to whoever asks again and again, and to whoever asks once';
const OF_RECOMMENDATIONS = 'libs/registers/recommendations/recommendations.spec.ts';

const RECOMMENDATIONS: readonly Mutation[] = [
  {
    promise: 'the owner’s DONE counts no more once another party says that it is not whole',
    changes: [{ file: CLOSING, from: "counting.delete('OWNER');", to: 'return;' }],
    spec: OF_CLOSING,
    test: 'is in progress again when another party says that it is not whole',
  },
  {
    promise: 'what was said before a party of the route opened it again counts no more',
    changes: [{ file: CLOSING, from: 'counting.clear();', to: '' }],
    spec: OF_CLOSING,
    test: 'is opened again by a party of the route',
  },
  {
    promise: 'a route holds from the beginning of its own day',
    changes: [{ file: CLOSING, from: 'turnUntil(day);', to: '' }],
    spec: OF_CLOSING,
    test: 'is closed from its own day by a route that asks for fewer',
  },
  {
    promise: 'words that were gone through are gone through again where one of them is another',
    changes: [{ file: CLOSING, from: 'same < before.length || routes', to: 'routes' }],
    spec: OF_CLOSING,
    test: TOLD_ALIKE,
  },
  {
    promise: 'words that were gone through are gone through again where the route is another',
    changes: [{ file: CLOSING, from: ' || routes !== this.#routes) {', to: ') {' }],
    spec: OF_CLOSING,
    test: TOLD_ALIKE,
  },
  {
    promise: 'nobody verifies, moves or ends what they own',
    changes: [
      {
        file: 'libs/registers/recommendations/state.ts',
        from: 'if (!SEPARATE.includes(event.type)) return null;',
        to: 'if (SEPARATE.length > 0) return null;',
      },
    ],
    spec: OF_RECOMMENDATIONS,
    test: 'refuses the office’s word to the post that leads on it',
  },
  {
    promise: 'what a body outside said stands in a document that is named',
    changes: [
      {
        file: 'libs/registers/recommendations/state.ts',
        from: 'if (!isNamed && imported !== true)',
        to: 'if (!isNamed && imported === null)',
      },
    ],
    spec: OF_RECOMMENDATIONS,
    test: 'needs the document that says so',
  },
  {
    promise: 'what is published in a hidden document is as hidden',
    changes: [
      {
        file: 'libs/registers/recommendations/decide.ts',
        from: 'from.reduce(stricter, envelope.marking ?? OFFICIAL_OPEN)',
        to: '[envelope.marking ?? OFFICIAL_OPEN][from.length * 0]!',
      },
    ],
    spec: OF_RECOMMENDATIONS,
    test: 'is as hidden as its publication',
  },
];

const TRACKER = 'projections/recommendation-tracker';

const RECOMMENDATION_LISTS: readonly Mutation[] = [
  {
    promise: 'a list says of no recommendation that it was given to a post that the reader may not see',
    changes: [
      {
        file: `${TRACKER}/status-queries.ts`,
        from: 'unseen.length === 0\n      ? sql`row.allocated = 1`',
        to: 'unseen.length >= 0\n      ? sql`row.allocated = 1`',
      },
    ],
    spec: `${TRACKER}/recommendation-tracker.spec.ts`,
    test: 'a reader from whom some is hidden as the page of each says',
  },
  {
    promise: 'a document that the reader may not see is no evidence in a list',
    changes: [
      {
        file: `${TRACKER}/queries.ts`,
        from: 'unseen.length === 0\n      ? sql`row.evidence_in is not null`',
        to: 'unseen.length >= 0\n      ? sql`row.evidence_in is not null`',
      },
    ],
    spec: `${TRACKER}/recommendation-tracker.spec.ts`,
    test: 'have evidence only where the reader may see it',
  },
  {
    promise: 'a link to what the reader may not see is none in a list',
    changes: [
      {
        file: 'libs/read-models/namings.ts',
        from: 'const kept = named.filter((_, index) => isSeen[index]);',
        to: 'const kept = named.filter((_, index) => isSeen[index] !== undefined);',
      },
    ],
    spec: `${TRACKER}/recommendation-tracker.spec.ts`,
    test: 'as far as the reader may see both ends',
  },
  {
    promise: 'a list reads each route that changed up to the day asked about',
    changes: [
      {
        file: `${TRACKER}/status-queries.ts`,
        from: 'if (routes.length > 1) changed.set(originator, routes);',
        to: 'if (routes.length > 9) changed.set(originator, routes);',
      },
    ],
    spec: `${TRACKER}/recommendation-tracker.spec.ts`,
    test: 'are listed, narrowed and counted for the office as the page of each says',
  },
];

const OF_RISKS = 'libs/registers/risks';

const OF_MATRIX = 'apps/ledger/pages/frame/list/matrix.spec.ts';

const RISKS: readonly Mutation[] = [
  {
    promise: 'a recommendation is linked to a risk by links to risks alone',
    changes: [
      {
        file: 'libs/read-models/namings.ts',
        from: '.filter((ref) => other === undefined || seriesIn(other, ref) !== null)',
        to: '',
      },
    ],
    spec: 'projections/recommendation-tracker/recommendation-tracker.spec.ts',
    test: 'are linked to a risk, from either end',
  },
  {
    promise: 'of the controls that were read, one that changed counts as it was no more',
    changes: [{ file: `${OF_RISKS}/controls.ts`, from: 'if (was !== undefined) this.#put(was, false);', to: '' }],
    spec: `${OF_RISKS}/controls.spec.ts`,
    test: 'are read as they stand, whatever was read before',
  },
  {
    promise: 'a review is in time on the day on which it is due',
    changes: [
      {
        file: `${OF_RISKS}/status.ts`,
        from: 'reviewDue !== null && reviewDue < day',
        to: 'reviewDue !== null && reviewDue <= day',
      },
    ],
    spec: `${OF_RISKS}/status.spec.ts`,
    test: 'is due for review on the last day of a shorter month',
  },
  {
    promise: 'a version with other axes bands no older score',
    changes: [
      {
        file: 'libs/rules/scores.ts',
        from: 'return haveSameAxes(own.content, now.content) ? bandedBy(now, score, false)',
        to: 'return own !== now ? bandedBy(now, score, false)',
      },
    ],
    spec: 'libs/rules/scores.spec.ts',
    test: 'and it is to be scored anew, where the axes changed',
  },
  {
    promise: 'nobody accepts or closes the risk that they own or asked for',
    changes: [
      {
        file: `${OF_RISKS}/state.ts`,
        from: 'if (!SEPARATE.includes(event.type)) return null;',
        to: 'if (SEPARATE.includes(event.type)) return null;',
      },
    ],
    spec: `${OF_RISKS}/risks.spec.ts`,
    test: 'is refused to whoever owns it or asked for it',
  },
  {
    promise: 'what one side asked for on the register that both keep, the other side answers',
    changes: [
      {
        file: `${OF_RISKS}/deciders.ts`,
        from: "OF_SIDE[state.asked.side === 'FORCE' ? 'OPCC' : 'FORCE']",
        to: "OF_SIDE[state.asked.side === 'OPCC' ? 'OPCC' : 'FORCE']",
      },
    ],
    spec: `${OF_RISKS}/risks.spec.ts`,
    test: 'answers on the register that both keep by the other side',
  },
  {
    promise: 'a list of risks by a hidden scale finds what a reference of nothing finds',
    changes: [
      {
        file: 'projections/risk-register/queries.ts',
        from: 'const links = [body, owner, scale].filter(',
        to: 'const links = [body, owner].filter(',
      },
    ],
    spec: 'projections/risk-register/risk-register.spec.ts',
    test: 'have neither band nor review by a scale that the reader may not see',
  },
  {
    promise:
      'a count of the matrix leads to as many risks: one that was scored on other axes is in no cell and in no list of one',
    changes: [
      {
        file: 'projections/risk-register/queries.ts',
        from: 'rows = rows.where(await onAxesOfTheDay(view, all, scored));',
        to: '',
      },
    ],
    spec: OF_MATRIX,
    test: 'leads from each count to the list of as many risks',
  },
  {
    promise: 'an action that is hidden from a reader is no further action on a risk for them',
    changes: [
      {
        file: 'libs/read-models/namings.ts',
        from: 'const rows = rowsOfAll(view, projection as RecordProjection, true).where(',
        to: 'const rows = (opened(view).answering.tables().query.selectFrom(sql`${sql.table(`${projection.name}_v${projection.version}`)}`.as("row")) as ReturnType<typeof rowsOfAll>).where(',
      },
    ],
    spec: 'projections/risk-register/risk-register.spec.ts',
    test: 'have no further action where no control is tasked',
  },
  {
    promise: 'a link that is hidden from a reader makes no action one of a risk for them',
    changes: [
      {
        file: 'libs/read-models/namings.ts',
        from: `return sql\`\${linked} and \${holdsAt(opened(view).point, 'namings')}
    and \${maySee(opened(view), numberLookedAt('namings.audiences'), sql.ref('namings.record'))}\`;`,
        to: `return sql\`\${linked} and \${holdsAt(opened(view).point, 'namings')}\`;`,
      },
    ],
    spec: 'projections/risk-register/risk-register.spec.ts',
    test: 'have no further action where no control is tasked',
  },
  {
    promise: 'the page of a record that holds many of something is as large as of one that holds few',
    changes: [
      {
        file: 'apps/ledger/pages/frame/record/read-record.ts',
        from: 'const SECTION_SHOWN = 25;',
        to: 'const SECTION_SHOWN = 2_500;',
      },
    ],
    spec: 'apps/ledger/pages/frame/record/long-record.slow.spec.ts',
    test: 'has a page as large',
  },
  {
    promise: 'what a list of a state links to is remembered by where it stood',
    changes: [
      { file: 'libs/read-models/links.ts', from: 'if (found?.path !== path) {', to: 'if (found === undefined) {' },
    ],
    spec: 'libs/read-models/links.spec.ts',
    test: 'are told by where each stands, though two lists hold the same',
  },
];

const OF_LINKS = 'projections/naming/links.spec.ts';
const NO_LINK_AT_ALL = 'is no link at all for the official audience';

const LINKS: readonly Mutation[] = [
  {
    promise: 'that a link is hidden costs no question more',
    changes: [
      {
        file: 'libs/read-models/links.ts',
        from: ': await linksSeen(view, refs);',
        to: ': refs.length === 0 ? [] : await linksSeen(view, refs);',
      },
    ],
    spec: 'libs/read-models/links.spec.ts',
    test: 'is as many questions where that is hidden as where all was looked up before, and where nothing is named',
  },
  {
    promise: 'links and names outlive what a register makes of a state',
    changes: [
      {
        file: 'libs/declarations/of-every-record.ts',
        from: 'return after === state || refOf(after) === null ? after : carried(state, after);',
        to: 'return after;',
      },
    ],
    spec: 'test/property/of-every-record.property.spec.ts',
    test: 'outlive a register that makes every state anew',
  },
  {
    promise: 'a link to what the reader may not see is gone from the state, whole',
    changes: [{ file: 'libs/read-models/links.ts', from: 'isNothingWithout(one, keeps) ? [] : ', to: '' }],
    spec: OF_LINKS,
    test: NO_LINK_AT_ALL,
  },
  {
    promise: 'a state without links that hold has no list of them',
    changes: [
      {
        file: 'libs/read-models/links.ts',
        from: 'kept === undefined || (NEVER_EMPTY.has(key) && Array.isArray(kept) && kept.length === 0)',
        to: 'kept === undefined',
      },
    ],
    spec: OF_LINKS,
    test: NO_LINK_AT_ALL,
  },
  {
    promise: 'a link to what the reader may not see is gone from the history, with all that was said of it',
    changes: [
      {
        file: 'libs/read-models/record-events.ts',
        from: "if (typeof target === 'string' && gone.has(target)) gone.add(event.id);",
        to: '',
      },
    ],
    spec: OF_LINKS,
    test: NO_LINK_AT_ALL,
  },
  {
    promise: 'nothing tells that a link to what the reader may not see may already hold',
    changes: [{ file: 'libs/timeline/snapshot.ts', from: '...(linkedTo === undefined ? {} : { linkedTo }),', to: '' }],
    spec: OF_LINKS,
    test: NO_LINK_AT_ALL,
  },
  {
    promise: 'nothing tells that a link to what the reader may not see is disputed',
    changes: [
      { file: 'libs/timeline/amend.ts', from: 'disputes.map((dispute) => ofLink(dispute, amended))', to: 'disputes' },
    ],
    spec: OF_LINKS,
    test: NO_LINK_AT_ALL,
  },
  {
    promise: 'a link to what the reader may not see is no step of the answer',
    changes: [
      {
        file: 'projections/steps/queries.ts',
        from: 'await withSeenLinks(view, [snapshotOf(await stateOf(state), caveats)])',
        to: '[snapshotOf(await stateOf(state), caveats)]',
      },
    ],
    spec: OF_LINKS,
    test: NO_LINK_AT_ALL,
  },
  {
    promise: 'a conflict tells of no link to what the sender may not see',
    changes: [
      {
        file: 'libs/dispatch/dispatch.ts',
        from: 'await withoutUnseenLinks(since, record.events, seen)',
        to: 'since',
      },
    ],
    spec: 'libs/dispatch/since.spec.ts',
    test: 'is not told of a link to what its sender may not see',
  },
  {
    promise: 'a link is as restricted as the record to which it leads',
    changes: [{ file: 'libs/records/decide.ts', from: '{ facts, marking: restricted }', to: '{ facts }' }],
    spec: 'libs/records/records.spec.ts',
    test: 'is as restricted as the record to which it leads is today',
  },
  {
    promise: 'a name is found by whoever may read it, and by nobody else',
    changes: [
      {
        file: 'libs/read-models/view.ts',
        from: "and ${maySee({ reader, answering }, sql.ref('namings.audiences'), sql.ref('namings.record'))}`;",
        to: '`;',
      },
      {
        file: 'libs/read-models/view.ts',
        from: 'return sql<boolean>`(log_events.sequence <= ${point.sequence} and ${seen} and',
        to: 'return sql<boolean>`(log_events.sequence <= ${point.sequence} and (1 or ${seen}) and',
      },
    ],
    spec: OF_LINKS,
    test: 'finds nothing that the reader may not see',
  },
];

const DECISIONS: readonly Mutation[] = [
  {
    promise: 'nothing that was recorded after the last event at the basis of a decision is read back with it',
    changes: [
      {
        file: 'libs/read-models/beside.ts',
        from: 'const until = imported === true ? point.sequence :',
        to: 'const until = imported !== undefined || last !== undefined ? point.sequence :',
      },
    ],
    spec: 'projections/decision-log/cited.spec.ts',
    test: 'leaves out what was recorded in the very instant of its basis, but after it',
  },
  {
    promise: 'a record that a decision cites and the reader may not see is in no list',
    changes: [
      {
        file: 'libs/read-models/beside.ts',
        from: 'refs: (cites ?? []).filter((_, index) => seen[index])',
        to: 'refs: (cites ?? []).filter((_, index) => seen[index] !== undefined)',
      },
    ],
    spec: 'projections/decision-log/cited.spec.ts',
    test: 'gives whoever may see half of them those, and tells of no others',
  },
  {
    promise: 'the id of the last event at the basis of a decision is shown to nobody who may not see that event',
    changes: [{ file: 'libs/read-models/links.ts', from: "  'lastEvent',\n", to: '' }],
    spec: 'projections/decision-log/cited.spec.ts',
    test: 'gives whoever may see half of them those, and tells of no others',
  },
  {
    promise: 'an authority that is a decision is one that was made',
    changes: [
      {
        file: 'libs/dispatch/decide.ts',
        from: 'const refusal = await whyNotDecided(submission, effectiveOn, around);',
        to: 'const refusal = null as Refusal | null;',
      },
    ],
    spec: 'projections/decision-log/cited.spec.ts',
    test: 'is one that was made by the day, and by a name of a register of papers whatever they print',
  },
  {
    promise: 'the closed part of a decision is marked as of a closed session',
    changes: [
      {
        file: 'libs/registers/decisions/decide.ts',
        from: "if (part === 'OPEN') return record(written);",
        to: 'return record(written);',
      },
    ],
    spec: 'libs/registers/decisions/decisions.spec.ts',
    test: 'marks the closed part as of a closed session',
  },
  {
    promise: 'nobody decides on what took effect or was recorded after the decision',
    changes: [
      {
        file: 'libs/registers/decisions/state.ts',
        from: 'return event.imported === true ? null : whyNotOnThat(facts, event.effectiveOn);',
        to: 'return null;',
      },
    ],
    spec: 'libs/registers/decisions/decisions.spec.ts',
    test: 'refuses a basis after its day, or after now',
  },
  {
    promise: 'a decision that was delegated is for the delegate to take',
    changes: [
      {
        file: 'libs/registers/decisions/makers.ts',
        from: "return state.delegated === undefined ? first : 'LEAD';",
        to: 'return first;',
      },
    ],
    spec: 'libs/registers/decisions/decisions.spec.ts',
    test: 'is the commissioner, or the office for the body, or the delegate alone',
  },
  {
    promise: 'whoever may not see everything is not told which event was the last of the ledger',
    changes: [{ file: 'libs/read-models/links.ts', from: "new Set(['lastEvent'])", to: 'new Set([])' }],
    spec: 'projections/decision-log/cited.spec.ts',
    test: 'is read back at the end of its day, as recorded by then',
  },
  {
    promise: 'a decision that is made at a meeting is made on the cut-off of that meeting',
    changes: [
      {
        file: 'libs/registers/decisions/basis.ts',
        from: 'if (meeting !== undefined && meeting.cutOff !== null && isMadeThere(decision, meeting, effectiveOn)) {',
        to: 'if (meeting !== undefined && meeting.cutOff !== null && meeting.heldOn > effectiveOn) {',
      },
    ],
    spec: 'libs/registers/decisions/decisions.spec.ts',
    test: 'holds the cut-off of that meeting as its basis, whenever it is entered',
  },
  {
    promise: 'a resolution that is used later does not take a decision back to the papers of its meeting',
    changes: [
      {
        file: 'libs/registers/decisions/basis.ts',
        from: "return (maker === 'BODY' && delegated === undefined) || heldOn === effectiveOn;",
        to: 'return maker !== undefined && delegated !== null && heldOn <= effectiveOn;',
      },
    ],
    spec: 'libs/registers/decisions/decisions.spec.ts',
    test: 'holds its own day where somebody else decides on the authority of an earlier meeting',
  },
  {
    promise: 'what was done on the authority of a decision that turned out not to have been made is in question',
    changes: [
      {
        file: 'projections/questioned/projection.ts',
        from: "if (unmade !== null) questions.push({ ...asked, why: 'AUTHORITY_NOT_MADE', ...unmade });",
        to: 'if (unmade === undefined) questions.length = 0;',
      },
    ],
    spec: 'projections/questioned/questioned.spec.ts',
    test: 'are those of one whose making was voided',
  },
  {
    promise: 'what a policy opens is written once, however often it is drawn',
    changes: [
      {
        file: 'libs/policies/runner.ts',
        from: 'commandId: commandIdOf(ledgerId, policy, cause.id, which),',
        to: 'commandId: commandIdOf(ledgerId, policy, String(performance.now()), which),',
      },
    ],
    spec: 'libs/policies/decision-opens-actions.spec.ts',
    test: 'opens each once where two draw at once, before either has read what the other wrote',
  },
  {
    promise: 'an imported fact opens nothing',
    changes: [
      {
        file: 'libs/policies/opening.ts',
        from: 'fact.imported !== true',
        to: "fact.id !== ''",
      },
    ],
    spec: 'libs/policies/decision-opens-actions.spec.ts',
    test: 'opens nothing because of an imported fact',
  },
  {
    promise: 'a policy acts on what was recorded after it was switched on',
    changes: [
      {
        file: 'libs/policies/opening.ts',
        from: 'switches.filter(({ sequence }) => sequence < fact.sequence)',
        to: 'switches.filter(({ sequence }) => sequence > 0)',
      },
    ],
    spec: 'libs/policies/decision-opens-actions.spec.ts',
    test: 'opens nothing while it is off, nor for what was recorded then when it is switched on later',
  },
  {
    promise: 'a consequence that is refused stops no other',
    changes: [
      {
        file: 'libs/policies/runner.ts',
        from: 'this.#noteRefusal(consequence.cause.id, refusalIn(outcome)!);',
        to: 'return true;',
      },
    ],
    spec: 'libs/policies/decision-opens-actions.spec.ts',
    test: 'stands beside its cause with its refusal, and stops no other',
  },
  {
    promise: 'a refusal names no post to whoever may not see that post',
    changes: [
      {
        file: 'libs/read-models/owed.ts',
        from: '(await namesUnseen(view, sentence)) ? null : sentence',
        to: '(await namesUnseen(view, sentence)) ? sentence : sentence',
      },
    ],
    spec: 'libs/policies/decision-opens-actions.spec.ts',
    test: 'is told without the post to whoever may not see that post',
  },
  {
    promise: 'a form that begins with what an entry opens is not filled by one that was a mistake',
    changes: [
      {
        file: 'libs/policies/opening.ts',
        from: 'const facts = amend(causes, origin);',
        to: 'const facts = origin as unknown as ReturnType<typeof amend<State, Event, Cmd>>;',
      },
    ],
    spec: 'apps/ledger/pages/commands/opened-by-hand.spec.ts',
    test: 'is not filled by an entry that was a mistake',
  },
  {
    promise: 'an entry that is marked by itself hides the action that it opened',
    changes: [
      {
        file: 'libs/policies/as-hidden-as-its-cause.ts',
        from: 'return cause === undefined ? now : stricter(now, markingOf(visibility, cause));',
        to: 'return now;',
      },
    ],
    spec: 'libs/policies/decision-opens-actions.spec.ts',
    test: 'hides the action when it is marked, and opens nothing again when it is opened',
  },
  {
    promise: 'a cause that was made void says so at what it opened',
    changes: [
      {
        file: 'projections/consequences/queries.ts',
        from: 'voided: voided.has(event.id) || mistakes.has(record.ref)',
        to: 'voided: mistakes.has(record.ref)',
      },
    ],
    spec: 'libs/policies/decision-opens-actions.spec.ts',
    test: 'is shown to be a mistake once it was made void, and the action stands',
  },
  {
    promise: 'whoever may not see the cause of an action is told of none',
    changes: [
      {
        file: 'libs/read-models/links.ts',
        from: "  'causedBy',\n",
        to: '',
      },
    ],
    spec: 'libs/policies/decision-opens-actions.spec.ts',
    test: 'opens what it opens as hidden as it is',
  },
  {
    promise: 'what was done by hand is owed no more',
    changes: [
      {
        file: 'libs/read-models/openings.ts',
        from: 'if (cause !== null) this.#tables.addOpened',
        to: 'if (cause !== null && record < 0) this.#tables.addOpened',
      },
    ],
    spec: 'libs/policies/decision-opens-actions.spec.ts',
    test: 'is done by hand, naming the cause, and then neither stands there nor is done again',
  },
  {
    promise: 'what was put off keeps from where: the chain of an item of a forward plan is not lost',
    changes: [
      {
        file: 'libs/registers/forward-plan/state.ts',
        from: '...present({ from: state.plannedFor, fromPhrase: state.phrase,',
        to: '...present({ from: state.firstPlannedFor, fromPhrase: state.phrase,',
      },
    ],
    spec: 'libs/registers/forward-plan/forward-plan.spec.ts',
    test: 'keeps the chain: from where to where, and where nobody named a place',
  },
  {
    promise: 'an item of a forward plan that has a place is put off for a reason, and not scheduled otherwise',
    changes: [
      {
        file: 'libs/registers/forward-plan/state.ts',
        from: "return status === 'SUGGESTED' || (status === 'DEFERRED' && plannedFor === undefined)",
        to: "return status === 'SUGGESTED' || status === 'SCHEDULED' || (status === 'DEFERRED' && plannedFor === undefined)",
      },
    ],
    spec: 'libs/registers/forward-plan/forward-plan.spec.ts',
    test: 'refuses one that has a place: it is put off instead',
  },
  {
    promise:
      'what was promised for a month in which a body meets no more has no home, by the cadence of the day that is asked about',
    changes: [
      {
        file: 'projections/forward-plan/home-queries.ts',
        from: 'cadence: inForceOn(cadences[index]?.state ?? null, view.basis.effective)?.content ?? null,',
        to: 'cadence: cadences[index]?.state.versions[0]?.content ?? null,',
      },
    ],
    spec: 'projections/forward-plan/forward-plan.spec.ts',
    test: 'tells what has no home: from the day on which a board was called off, or met less often',
  },
  {
    promise: 'a planned decision is recorded by one that is in the log, and by no other',
    changes: [
      {
        file: 'projections/forward-plan/queries.ts',
        from: '.filter((one) => !NOT_THERE.includes(one as DecisionStatus));',
        to: '.filter((one) => one !== undefined);',
      },
    ],
    spec: 'projections/forward-plan/forward-plan.spec.ts',
    test: 'tells which planned decisions were never recorded: neither by one that is only made, nor once it was dropped',
  },
  {
    promise:
      'an item of a forward plan is found by a meeting that the reader may not see no more than by one that there is not',
    changes: [
      {
        file: 'projections/forward-plan/queries.ts',
        from: 'if (!areSeen) return all.where(sql<boolean>`1 = 0`);\n  const { effective }',
        to: 'if (!areSeen && links.length > 1) return all.where(sql<boolean>`1 = 0`);\n  const { effective }',
      },
    ],
    spec: 'projections/forward-plan/forward-plan.spec.ts',
    test: 'takes a meeting that the reader may not see for none, and an item of it for one without a place',
  },
  {
    promise: 'how late a paper was is counted from the day by which it was due when it came',
    changes: [
      {
        file: 'libs/registers/forward-plan/state.ts',
        from: 'return dueOn === undefined ? null : daysBetween(dueOn, effectiveOn);',
        to: 'return dueOn === undefined ? null : daysBetween(effectiveOn, dueOn);',
      },
    ],
    spec: 'projections/forward-plan/forward-plan.spec.ts',
    test: 'tells late papers by whole days, and those that have not come',
  },
];

const COURSE = 'libs/timeline/course.ts';
const STEP_OF = 'libs/timeline/step-of.ts';
const GROWING = 'libs/timeline/growing-reading.ts';
const OF_COMPARE = 'libs/timeline/compare.spec.ts';
const OF_COMPARING = 'test/property/comparing.property.spec.ts';
const OF_GROWING = 'test/property/growing-reading.property.spec.ts';

const COMPARING: readonly Mutation[] = [
  {
    promise: 'of a comparison: restatements are read on the day of the first basis',
    changes: [
      {
        file: COURSE,
        from: 'const day = readings.bases.before.effective;',
        to: 'const day = readings.bases.after.effective;',
      },
    ],
    spec: OF_COMPARE,
    test: 'reads restatements on the day of the first basis',
  },
  {
    promise: 'of a comparison: what is known is what was recorded by the basis, and no later position counts',
    changes: [{ file: COURSE, from: 'event.sequence <= sequence && ', to: '' }],
    spec: OF_COMPARE,
    test: 'counts nothing after a position',
  },
  {
    promise: 'of a comparison: restatements go in the order of recording on the clock of the basis',
    changes: [{ file: COURSE, from: 'a.instant < b.instant ? -1 : a.instant > b.instant ? 1 : ', to: '' }],
    spec: OF_COMPARE,
    test: 'restates in the order of recording on its clock',
  },
  {
    promise: 'of a comparison: the day itself comes before the events of it',
    changes: [{ file: COURSE, from: 'day <= next.step.key[0])', to: 'day < next.step.key[0])' }],
    spec: OF_COMPARE,
    test: 'is the day first, then its events by position',
  },
  {
    promise:
      'of a comparison: an event with a before comes just before the one that it names, among those of all records',
    changes: [
      { file: COURSE, from: 'next = followerOf(root)) root = next;', to: 'next = undefined) root = facts[index]!;' },
    ],
    spec: OF_COMPARE,
    test: 'puts it there among the events of all records',
  },
  {
    promise: 'of a comparison: what turns on a day is asked again on the day after it has passed',
    changes: [{ file: COURSE, from: 'dayAfter(this.#nextToPass)', to: 'dayAfter(addDays(this.#nextToPass, 1))' }],
    spec: OF_COMPARE,
    test: 'fall due the day after: on a leap day',
  },
  {
    promise: 'of a comparison: a record comes to be told by another where that is in the walk, and not where it began',
    changes: [
      {
        file: COURSE,
        from: '!comesBefore(this.#reached, next.key); next = walked.next())',
        to: 'next.key[0] < this.#reached[0]; next = walked.next())',
      },
    ],
    spec: OF_COMPARE,
    test: 'is that record as it is there, with what happened to it earlier on the same day',
  },
  {
    promise: 'of a comparison: a day on which something lapses is noted by its register',
    changes: [{ file: 'libs/registers/risks/told.ts', from: 'at.isPast(reviewDue);', to: '' }],
    spec: OF_COMPARING,
    test: 'is told otherwise by the day alone only on days that its register names',
  },
  {
    promise: 'of a comparison: what took effect by the first day does not move',
    changes: [{ file: COURSE, from: 'const first = reading.countOn(before.effective);', to: 'const first = 0;' }],
    spec: OF_COMPARING,
    test: 'is empty from a basis to itself',
  },
  {
    promise: 'of a comparison: each step is net',
    changes: [
      {
        file: STEP_OF,
        from: '(path) => isThrough || net.has(path)',
        to: '(path) => path in net || isThrough || net.size > 0',
      },
    ],
    spec: OF_COMPARE,
    test: 'is net: what changed and changed back is no change',
  },
  {
    promise: 'of a comparison: what left a list and came back is told apart from what changed',
    changes: [{ file: STEP_OF, from: "wasOut ? 'RETURNED' : null", to: "wasOut ? 'CHANGED' : null" }],
    spec: OF_COMPARE,
    test: 'tells apart what returned and what passed through',
  },
  {
    promise: 'of a comparison: a rule that changes a band re-bands, in a line of its own',
    changes: [{ file: 'libs/timeline/changes.ts', from: "isBanded ? 'RE_BANDED'", to: "isBanded ? 'OTHER_RECORD'" }],
    spec: OF_COMPARE,
    test: 'is a rule, which re-bands',
  },
  {
    promise: 'of a comparison: all three are banded by the closing version where that is asked for',
    changes: [{ file: COURSE, from: 'if (this.#asked.closing !== true || ', to: 'if (this.#asked !== null || ' }],
    spec: OF_COMPARE,
    test: 're-bands nothing where all three are read by the closing version',
  },
  {
    promise: 'of a bridge: a record is in the line of its last change of cell',
    changes: [
      {
        file: STEP_OF,
        from: 'next.cells[table] !== here.cells[table]) last.set',
        to: 'next.cells[table] !== here.cells[table] && !last.has(table)) last.set',
      },
    ],
    spec: OF_COMPARE,
    test: 'has a record in the line of its last change of cell',
  },
  {
    promise:
      'of a bridge: its lines lead from the cell that was left to the one that was entered, so that every cell sums',
    changes: [{ file: STEP_OF, from: '{ ...by, from: left, to: entered }', to: '{ ...by, from: entered, to: left }' }],
    spec: OF_COMPARING,
    test: 'sums: A to B and B to C together are A to C in every cell',
  },
  {
    promise: 'of a bridge: closing of one to a basis is told of one from there',
    changes: [{ file: COURSE, from: 'return walk.tellAtTheEnd();', to: 'return walk.tellAtTheEnd() && null;' }],
    spec: OF_COMPARING,
    test: 'sums: A to B and B to C together are A to C in every cell',
  },
  {
    promise: 'of a comparison: a control that is not in place is overdue from the day after its target',
    changes: [{ file: 'libs/registers/risks/told.ts', from: 'at.isPast(controls.targets.from(at.day));', to: '' }],
    spec: `${OF_RISKS}/status.spec.ts`,
    test: 'says on which day next one of its controls will be overdue',
  },
  {
    promise: 'of a comparison: what one walk missed is not missing for another',
    changes: [
      {
        file: COURSE,
        from: 'return this.isLoaded(record) ? kept(of, nameOf(record), make) : make();',
        to: 'return kept(of, nameOf(record), make);',
      },
    ],
    spec: OF_COMPARE,
    test: 'is missed by a walk on which it was lacking',
  },
  {
    promise: 'of a comparison: a record that links to what is recorded by mistake is told without that link',
    changes: [
      {
        file: COURSE,
        from: '.reading.isMistake) nothing.add(named.ref);',
        to: '.reading.isMistake) nothing.delete(named.ref);',
      },
    ],
    spec: OF_COMPARE,
    test: 'links to nothing that is recorded by mistake where it is',
  },
  {
    promise: 'of a comparison: a walk stops after each place',
    changes: [{ file: STEP_OF, from: '    here = next;\n    yield;\n', to: '    here = next;\n' }],
    spec: OF_COMPARE,
    test: 'stops after each place, so that others have their turn',
  },
  {
    promise: 'who walks a long record lets others have their turn',
    changes: [{ file: 'libs/read-models/turns.ts', from: '        await nextTurn();\n', to: '' }],
    spec: 'libs/read-models/turns.spec.ts',
    test: 'lets others have their turn once it has lasted a while',
  },
  {
    promise: 'a reading that grows puts a fact where it folds',
    changes: [{ file: GROWING, from: 'while (at > 0 && isAfter(this.#amended[at - 1]!, fact)) at -= 1;', to: '' }],
    spec: OF_GROWING,
    test: 'a reading that grows is one made anew',
  },
  {
    promise: 'a reading that grows folds on from a state that it kept',
    changes: [{ file: GROWING, from: 'folded -= 1;', to: 'this.#states[folded] = this.#states[0];' }],
    spec: OF_COMPARE,
    test: 'is told alike after each of its events, in whatever order they are asked about',
  },
  {
    promise: 'a reading that grows lets go of what it folded after what is amended',
    changes: [
      {
        file: GROWING,
        from: 'this.#states.length = Math.min(this.#states.length, at + 1);\n    }',
        to: '}',
      },
    ],
    spec: OF_GROWING,
    test: 'a reading that grows is one made anew',
  },
];

const OF_MOVEMENT = `${OF_RISKS}/movement.spec.ts`;
const OF_PANELS = 'projections/panel-risks.spec.ts';

const RISKS_OF_PANELS: readonly Mutation[] = [
  {
    promise: 'what was so already when a panel was told is no movement',
    changes: [
      {
        file: `${OF_RISKS}/movement.ts`,
        from: '=> before < effectiveOn && effectiveOn <= after);',
        to: '=> before !== effectiveOn && effectiveOn <= after);',
      },
    ],
    spec: OF_MOVEMENT,
    test: 'was learned since, and moved nothing',
  },
  {
    promise: 'an entry of which nothing was learned is restated by nothing',
    changes: [
      {
        file: `${OF_RISKS}/movement.ts`,
        from: 'if (then !== undefined && now !== undefined && sameValue(then.event, now.event)) return [];',
        to: '',
      },
    ],
    spec: OF_MOVEMENT,
    test: 'nothing moved between a day and itself',
  },
  {
    promise: 'a panel is told what was recorded by its cut-off, and not what its day is known as now',
    changes: [
      {
        file: 'projections/panel-risks.ts',
        from: 'const told = await viewBeside(end, first.cutOff);',
        to: 'const told = await viewBeside(end, { effective });',
      },
    ],
    spec: OF_PANELS,
    test: 'is of the bodies that it reads, from the cut-off of one meeting to that of the next',
  },
  {
    promise: 'a panel is told of the bodies that it reads, and of no others',
    changes: [
      {
        file: 'projections/panel-risks.ts',
        from: 'viewOver(one, { bodies: reads })',
        to: 'viewOver(one, {})',
      },
    ],
    spec: OF_PANELS,
    test: 'is of the bodies that it reads, from the cut-off of one meeting to that of the next',
  },
  {
    promise: 'a risk that its scale put elsewhere in the matrix is told apart from one of which something was recorded',
    changes: [
      {
        file: 'projections/risk-register/movement-queries.ts',
        from: 'return nameOf(placeOn(there, last).place) !== nameOf(placeOn(there, effective).place);',
        to: 'return last > effective && placeOn === undefined;',
      },
    ],
    spec: OF_PANELS,
    test: 'draws the matrix at each basis with what went between its cells',
  },
  {
    promise: 'the days that a risk spends in its bands add up to all of them',
    changes: [
      {
        file: `${OF_RISKS}/stretches.ts`,
        from: 'const days = daysBetween(stretch.from, stretch.to) + 1 +',
        to: 'const days = daysBetween(stretch.from, stretch.to) +',
      },
    ],
    spec: OF_MOVEMENT,
    test: 'a risk spends as many days in each band, and misses its reviews on the days, that each day by itself tells',
  },
];

const CHANGED = 'libs/read-models/changed-records.ts';
const COMPARISONS = 'libs/read-models/comparisons.ts';
const ENDS = 'libs/read-models/compared-ends.ts';
const OF_COMPARED_ACTIONS = 'projections/action-tracker/compared.spec.ts';
const OF_COMPARED = 'test/e2e/comparing.spec.ts';
const OF_LISTS = 'test/property/compared-lists.property.spec.ts';
const CERTAIN = 'libs/read-models/certain-changes.ts';
const LAST = 'libs/read-models/last-changes.ts';
const OF_BRIDGES = 'projections/action-tracker/bridges.spec.ts';
const EACH_COUNTED = 'count those that changed as walking each does';

const COMPARED_LISTS: readonly Mutation[] = [
  {
    promise: 'of compared lists: those that are told by a record which changed are among those that may have',
    changes: [{ file: CHANGED, from: 'if (others.length === 0) return [];', to: 'if (others.length >= 0) return [];' }],
    spec: OF_COMPARED_ACTIONS,
    test: 'are those that the day alone decides',
  },
  {
    promise: 'of compared lists: those that the day alone decides otherwise are among those that may have changed',
    changes: [{ file: CHANGED, from: 'if (was.length === 0) return [];', to: 'if (was.length >= 0) return [];' }],
    spec: OF_COMPARED_ACTIONS,
    test: 'are those that the day alone decides',
  },
  {
    promise:
      'of compared lists: those are found that fall due between the days at a meeting of which nothing was recorded',
    changes: [
      {
        file: CHANGED,
        from: 'select record from namings where audiences',
        to: 'select record from namings where 0 and audiences',
      },
    ],
    spec: OF_COMPARED_ACTIONS,
    test: 'are those that the day alone decides',
  },
  {
    promise: 'of compared lists: those are found that were first due between the days, whenever they are due now',
    changes: [
      {
        file: 'projections/action-tracker/projection.ts',
        from: "days: ['due_on', 'first_on']",
        to: "days: ['due_on']",
      },
    ],
    spec: OF_COMPARED_ACTIONS,
    test: 'are those that the day alone decides',
  },
  {
    promise: 'of compared lists: a row that begins between the days and still holds on the last is found',
    changes: [{ file: CHANGED, from: 'and node in (${sql.join(nodes)})`,\n  ];', to: 'and node in (0)`,\n  ];' }],
    spec: OF_COMPARED_ACTIONS,
    test: 'are those that the day alone decides',
  },
  {
    promise:
      'of compared lists: those that link to what turned out to be a mistake are among those that may have changed',
    changes: [
      {
        file: CHANGED,
        from: "if (closing.reader.audience === 'full' && !closing.answering.tables().hasMistakes()) return [];",
        to: "if (closing.reader.audience === 'full') return [];",
      },
    ],
    spec: OF_COMPARED_ACTIONS,
    test: 'are those that link to what turned out to be a mistake',
  },
  {
    promise: 'of compared lists: a walk knows what was ever a mistake before it begins',
    changes: [{ file: COMPARISONS, from: '  await world.readMistaken();\n', to: '' }],
    spec: OF_COMPARED_ACTIONS,
    test: 'are those that link to what turned out to be a mistake',
  },
  {
    promise: 'of counts of what changed: what may have changed and not for certain is walked',
    changes: [
      {
        file: COMPARISONS,
        from: '(await walkOnce(uncertain)).map',
        to: '(await walkOnce([])).map',
      },
    ],
    spec: OF_LISTS,
    test: EACH_COUNTED,
  },
  {
    promise: 'of counts of what changed: a column of which the same may be told makes nothing certain',
    changes: [
      {
        file: CERTAIN,
        from: '${was} <> ${is} and exists (',
        to: '${was} <> ${is} or exists (',
      },
    ],
    spec: OF_LISTS,
    test: EACH_COUNTED,
  },
  {
    promise: 'of counts of what changed: nothing is certain of a record that links to one recorded by mistake',
    changes: [{ file: CERTAIN, from: " and ${namesNoMistake(view, sql.ref('record'))})`;", to: ')`;' }],
    spec: OF_COMPARED_ACTIONS,
    test: 'passes from one mistake to another',
  },
  {
    promise: 'of counts of what changed: the same row is told otherwise by another record or by the day',
    changes: [{ file: CERTAIN, from: ' and not ${isBeside} then 0 end', to: ' then 0 end' }],
    spec: OF_COMPARED_ACTIONS,
    test: 'are those that the day alone decides',
  },
  {
    promise: 'of counts of what changed: one that stands at none of the bases may have passed through',
    changes: [
      {
        file: CERTAIN,
        from: "uncertain: [...are('UNCERTAIN'), ...absent.map(",
        to: "uncertain: [...are('UNCERTAIN'), ...absent.slice(absent.length).map(",
      },
    ],
    spec: OF_COMPARED_ACTIONS,
    test: 'stand in the list at none of the bases',
  },
  {
    promise: 'of bridges: what several facts of one day did is walked',
    changes: [{ file: LAST, from: 'when count(*) = count(distinct one.effective) then', to: 'when count(*) > 0 then' }],
    spec: OF_BRIDGES,
    test: 'are told by rows of what moved',
  },
  {
    promise: 'of bridges: what was dated anew is walked',
    changes: [{ file: LAST, from: "apart.does = 'DATES'", to: "apart.does = 'DATED'" }],
    spec: OF_BRIDGES,
    test: 'are told by rows of what moved',
  },
  {
    promise: 'of bridges: a link is no fact that could have changed a cell',
    changes: [{ file: LAST, from: 'one.type not in (${sql.join(SOLE_LINK_TYPES)})', to: '1 = 1' }],
    spec: OF_BRIDGES,
    test: 'are told by rows of what moved',
  },
  {
    promise: 'of bridges: a list says every event that turns a column',
    changes: [
      {
        file: 'projections/action-tracker/compared-queries.ts',
        from: "OWNER: ['ActionRaised', 'ActionReassigned']",
        to: "OWNER: ['ActionRaised']",
      },
    ],
    spec: 'test/property/turned-by.spec.ts',
    test: 'are turned by nothing else',
  },
  {
    promise: 'of bridges: rows that are not for the reader tell nothing',
    changes: [
      {
        file: LAST,
        from: 'return maySee(view, numberLookedAt(`${table}.audiences`), sql.ref(`${table}.record`));',
        to: 'return sql<boolean>`${table !== view.reader.audience ? 1 : 0}`;',
      },
    ],
    spec: OF_BRIDGES,
    test: 'are told by the rows of what their reader may see',
  },
  {
    promise: 'of bridges: what was void in between is walked',
    changes: [{ file: LAST, from: 'not ${wasVoid} and ', to: '' }],
    spec: OF_BRIDGES,
    test: 'are told by rows of what was restated',
  },
  {
    promise: 'of bridges: what names a mistake is walked',
    changes: [
      {
        file: LAST,
        from: "is not null and not ${wasVoid} and ${namesNoMistake(closing, sql.ref('moving.record'))})",
        to: 'is not null and not ${wasVoid})',
      },
    ],
    spec: OF_BRIDGES,
    test: 'are walked where they name what was recorded by mistake',
  },
  {
    promise: 'of bridges: whether a line is walked tells nothing of a mistake that is hidden',
    changes: [
      {
        file: 'libs/read-models/mistakes.ts',
        from: "where records.ref is not null and ${maySee({ reader, answering }, numberLookedAt('why.audiences'), sql.ref('mistakes.record'))})`",
        to: "where records.ref is not null and (${maySee({ reader, answering }, numberLookedAt('why.audiences'), sql.ref('mistakes.record'))} or 1))`",
      },
    ],
    spec: OF_BRIDGES,
    test: 'are told by the rows of what their reader may see',
  },
  {
    promise: 'of bridges by colours: a cell opens to those of its colour alone',
    changes: [
      {
        file: 'projections/recommendation-tracker/table-queries.ts',
        from: ' && (fits?.colour ?? null) === colour;',
        to: ' && (fits?.colour ?? colour) !== undefined;',
      },
    ],
    spec: 'projections/recommendation-tracker/compared.spec.ts',
    test: 'stand in the cell of their colour',
  },
  {
    promise: 'of bridges by colours: a cell opens to those of its group alone',
    changes: [
      {
        file: 'projections/recommendation-tracker/table-queries.ts',
        from: '(group === undefined || keys[index] === group)',
        to: '(group === undefined || keys[index] !== undefined)',
      },
    ],
    spec: 'projections/recommendation-tracker/compared.spec.ts',
    test: 'stand in the cell of their colour',
  },
  {
    promise: 'of bridges: what names a mistake may move while its row is the same',
    changes: [{ file: LAST, from: "or not ${namesNoMistake(closing, sql.ref('standing.record'))})", to: ')' }],
    spec: OF_BRIDGES,
    test: 'are walked where they name what was recorded by mistake',
  },
  {
    promise: 'of bridges: what is imported is walked for what was restated on the clock of stated dates',
    changes: [{ file: LAST, from: ' and own.clocks <> ${CLOCK_BIT.STATED}', to: '' }],
    spec: OF_BRIDGES,
    test: 'are walked where what is imported',
  },
  {
    promise: 'of bridges: what was there before, and not in the list, is walked',
    changes: [{ file: LAST, from: ' where placed.at > ${first}`', to: '`' }],
    spec: OF_BRIDGES,
    test: 'are walked where they were there before, and not in the list',
  },
  {
    promise: 'of bridges: a list that is narrowed is walked',
    changes: [
      {
        file: COMPARISONS,
        from: 'Object.values(filter).every((wanted) => wanted === undefined)',
        to: 'filter !== null',
      },
    ],
    spec: OF_BRIDGES,
    test: 'are walked where the list is narrowed',
  },
  {
    promise: 'of bridges: from one value to another of the same cell is no change of cell',
    changes: [
      { file: COMPARISONS, from: "change !== null && keyAt('closing', change.from) !== to", to: 'change !== null' },
    ],
    spec: OF_BRIDGES,
    test: 'are walked where the rows tell a change from one value',
  },
  {
    promise: 'of compared lists: who is in the list at a basis the list itself says',
    changes: [{ file: COMPARISONS, from: '      listed,\n      passes:', to: '      passes:' }],
    spec: OF_COMPARED_ACTIONS,
    test: 'are in the list at a basis where the list itself says so',
  },
  {
    promise: 'of compared lists: a filter is asked between the bases too',
    changes: [{ file: COMPARISONS, from: 'isAnywhere && list.passes(filter, one)', to: 'isAnywhere && one !== null' }],
    spec: OF_COMPARED,
    test: 'applies the filter of the list at each of the three bases',
  },
  {
    promise: 'of two ends: a first day after the second is refused',
    changes: [{ file: ENDS, from: 'if (effective > closing.basis.effective)', to: "if (effective > '9999')" }],
    spec: OF_COMPARED,
    test: 'refuses ends with the wrong days',
  },
  {
    promise: 'of two ends: a first position after the second is refused',
    changes: [{ file: ENDS, from: 'first.point.sequence > closing.point.sequence', to: 'first.point.sequence < 0' }],
    spec: OF_COMPARED,
    test: 'refuses positions that are the wrong way round',
  },
  {
    promise: 'of two ends: those that name no instant share one now',
    changes: [
      {
        file: ENDS,
        from: 'const sharesNow = !namesInstant(before) && !namesInstant(after);',
        to: 'const sharesNow = namesInstant(before) && namesInstant(after);',
      },
    ],
    spec: OF_COMPARED,
    test: 'shares one now between two ends that name no instant',
  },
  {
    promise: 'of a comparison by the rules of closing: the lists band by them too',
    changes: [
      {
        file: 'libs/read-models/banding.ts',
        from: 'if (bandedBy === null || throughout === undefined) return here;',
        to: 'if (bandedBy !== view) return here;',
      },
    ],
    spec: 'projections/risk-register/compared.spec.ts',
    test: 'are all by the version in force at closing where that is asked for',
  },
  {
    promise: 'of a comparison by the rules of closing: what lies between the bases is banded by them too',
    changes: [
      {
        file: COMPARISONS,
        from: 'ends.byRulesOfClosing === true ? { closing: true }',
        to: 'ends.byRulesOfClosing === undefined ? { closing: true }',
      },
    ],
    spec: 'projections/risk-register/compared.spec.ts',
    test: 'are all by the version in force at closing where that is asked for',
  },
  {
    promise: 'where a RAG rule changed, every recommendation may be of another colour',
    changes: [
      {
        file: CHANGED,
        from: 'some(({ ref }) => ref === rag)) return null',
        to: 'some(({ ref }) => ref === rag && false)) return null',
      },
    ],
    spec: 'projections/recommendation-tracker/compared.spec.ts',
    test: 'came by what was learned, by what was done, by the day itself, and by the rule',
  },
  {
    promise: 'facts of many meetings are weighed for each of them',
    changes: [
      {
        file: 'apps/ledger/graphql/gate/limits.ts',
        from: 'readsForEach: ofPage * readsForEach + ',
        to: 'readsForEach: readsForEach + ',
      },
    ],
    spec: 'apps/ledger/graphql/gate/limits.spec.ts',
    test: 'of the facts of more meetings than a few',
  },
  {
    promise: 'a comparison costs at the gate what it costs',
    changes: [{ file: 'apps/ledger/graphql/gate/limits.ts', from: '? READS.compared : 0', to: '? 0 : 0' }],
    spec: 'apps/ledger/graphql/gate/limits.spec.ts',
    test: 'that compares too much at once',
  },
];

const AT_MEETING = 'libs/read-models/at-meeting.ts';
const FACTS_OF_MEETING = 'libs/read-models/facts-of-meeting.ts';
const FACTS_TAKEN = 'projections/record-history/meeting-facts.ts';
const OF_AT_MEETING = 'libs/read-models/at-meeting.spec.ts';
const OF_MEETING_FACTS = 'projections/record-history/meeting-facts.spec.ts';
const OF_TOLD = 'test/model/told-to-meetings.spec.ts';

const AT_A_MEETING: readonly Mutation[] = [
  {
    promise: 'a meeting as told counts nothing that was recorded after its cut-off',
    changes: [
      {
        file: AT_MEETING,
        from: "as === 'TOLD' ? earlier(recorded, known) : known",
        to: "as === 'TOLD' ? known : known",
      },
    ],
    spec: OF_AT_MEETING,
    test: 'is, as told, the day and the instant of its cut-off',
  },
  {
    promise: 'a meeting that was cancelled is no point in time',
    changes: [{ file: AT_MEETING, from: "if (status === 'CANCELLED') return 'CANCELLED';", to: '' }],
    spec: OF_AT_MEETING,
    test: 'is refused where it is cancelled',
  },
  {
    promise: 'a meeting is read at the position that is asked for',
    changes: [
      {
        file: 'libs/read-models/basis.ts',
        from: 'const head = pinned ?? context.checkpoint()?.position;',
        to: 'const head = context.checkpoint()?.position;',
      },
    ],
    spec: OF_AT_MEETING,
    test: 'is read as known now, at the position if one is given',
  },
  {
    promise: 'what was told stays told, whatever became of it since',
    changes: [{ file: FACTS_TAKEN, from: 'return ever.has(id) ?', to: 'return standing.has(id) ?' }],
    spec: OF_MEETING_FACTS,
    test: 'hold, as told, what was recorded by the cut-off',
  },
  {
    promise: 'what a meeting decided is in no list of what it was told or not',
    changes: [
      { file: FACTS_TAKEN, from: 'isCommonFact(event) || isOutcomeOf(meeting, event)', to: 'isCommonFact(event)' },
    ],
    spec: OF_MEETING_FACTS,
    test: 'hold, as since the papers, what is effective after that day',
  },
  {
    promise: 'what was raised at a meeting is in no list of what it was told or not',
    changes: [{ file: FACTS_OF_MEETING, from: '    sql`${record} not in (${raisedAt(meeting)})`,\n', to: '' }],
    spec: OF_MEETING_FACTS,
    test: 'hold, as since the papers, what is effective after that day',
  },
  {
    promise: 'a meeting was told nothing that whoever asks may not see',
    changes: [
      {
        file: FACTS_OF_MEETING,
        from: 'return setsSeenBy(reader).flatMap',
        to: "return setsSeenBy({ ...reader, audience: 'full' }).flatMap",
      },
      {
        file: FACTS_OF_MEETING,
        from: "\n      and ${maySee(view, sql.raw(String(set)), sql.ref('events.record'))}",
        to: '',
      },
    ],
    spec: OF_MEETING_FACTS,
    test: 'have nothing that their reader may not see',
  },
  {
    promise: 'a link to what is hidden is no fact of a list',
    changes: [
      {
        file: FACTS_OF_MEETING,
        from: "reader.audience === 'full' ? marked",
        to: 'reader.audience.length > 0 ? marked',
      },
    ],
    spec: OF_MEETING_FACTS,
    test: 'have nothing that their reader may not see',
  },
  {
    promise: 'the lists of a meeting hold nothing of illustrative bodies that it does not name',
    changes: [{ file: FACTS_OF_MEETING, from: '    ...(isLeft === null ? [] : [isLeft]),\n', to: '' }],
    spec: OF_MEETING_FACTS,
    test: 'have nothing that belongs to an illustrative body',
  },
  {
    promise: 'a person who belongs to illustrative bodies alone is in no list of a meeting that does not name them',
    changes: [
      {
        file: FACTS_OF_MEETING,
        from: 'return persons.flatMap((person) => (within.has(person) ? [] : [person.ref]));',
        to: 'return within.size < 0 ? [] : [];',
      },
    ],
    spec: OF_MEETING_FACTS,
    test: 'have nothing that belongs to an illustrative body',
  },
  {
    promise: 'what is not told took effect by the day of the cut-off, and what came since the papers after it',
    changes: [
      {
        file: FACTS_OF_MEETING,
        from: 'events.effective > ${dayNumberOf(cutOff.effective)}',
        to: 'events.effective >= ${dayNumberOf(cutOff.effective)}',
      },
    ],
    spec: OF_MEETING_FACTS,
    test: 'hold, as since the papers, what is effective after that day',
  },
  {
    promise: 'the lists of a meeting read the records of which something is taken back or said otherwise',
    changes: [{ file: FACTS_OF_MEETING, from: "${apart('VOIDS', 'DATES')} and", to: "${apart('AMENDS')} and" }],
    spec: OF_TOLD,
    test: 'share out the facts taken as the written rules do',
  },
  {
    promise: 'dates that are put in the place of those of a meeting are asked for, and not the meeting',
    changes: [
      {
        file: 'apps/ledger/pages/frame/dates.ts',
        from: 'at === undefined || at.on !== on || at.recorded !== recorded ? null : at',
        to: 'at === undefined ? null : at',
      },
    ],
    spec: 'apps/ledger/pages/frame/dates.spec.ts',
    test: 'give way to others that are put in their place',
  },
];

const ENTRY_DELAYS = 'libs/read-models/entry-delays.ts';
const ENTRIES_TAKEN = 'projections/record-history/entry-delays.ts';
const OF_ENTRY_DELAYS = 'projections/record-history/entry-delays.spec.ts';
const OF_LATE_ENTRIES = 'test/model/late-entries.spec.ts';
const AS_THE_RULES_HAVE_IT = 'as the written rules have it';

const LATE_ENTRIES: readonly Mutation[] = [
  {
    promise: 'an entry is late by the allowance in force on the day on which it was recorded',
    changes: [{ file: ENTRY_DELAYS, from: 'sql.join([...special, ...each]', to: 'sql.join([...each]' }],
    spec: OF_LATE_ENTRIES,
    test: AS_THE_RULES_HAVE_IT,
  },
  {
    promise: 'an allowance that has ended makes nothing late or in time any more',
    changes: [
      {
        file: 'libs/read-models/allowances.ts',
        from: 'until === undefined ? [from] : [from, until]',
        to: 'until === undefined ? [from] : [from]',
      },
    ],
    spec: OF_LATE_ENTRIES,
    test: AS_THE_RULES_HAVE_IT,
  },
  {
    promise: 'entries are told by the clock of the basis',
    changes: [
      {
        file: ENTRY_DELAYS,
        from: "clock === 'PROVEN' ? sql`events.recorded_on`",
        to: "clock === 'PROVEN' ? sql`events.known_on`",
      },
    ],
    spec: OF_LATE_ENTRIES,
    test: AS_THE_RULES_HAVE_IT,
  },
  {
    promise: 'records of which an entry is taken back or of another day are read, and counted once',
    changes: [{ file: ENTRY_DELAYS, from: '    sql`events.record not in (${apartFrom(of)})`,\n', to: '' }],
    spec: OF_LATE_ENTRIES,
    test: AS_THE_RULES_HAVE_IT,
  },
  {
    promise: 'an entry counts from the day that corrections say of it',
    changes: [{ file: ENTRY_DELAYS, from: "fact.does in ('VOIDS', 'DATES')", to: "fact.does in ('VOIDS')" }],
    spec: OF_LATE_ENTRIES,
    test: AS_THE_RULES_HAVE_IT,
  },
  {
    promise: 'an entry that was taken back is none',
    changes: [{ file: ENTRY_DELAYS, from: "fact.does in ('VOIDS', 'DATES')", to: "fact.does in ('DATES')" }],
    spec: OF_ENTRY_DELAYS,
    test: 'are the facts that were recorded later than is allowed',
  },
  {
    promise: 'what took effect after the day asked about is no entry yet',
    changes: [
      { file: ENTRIES_TAKEN, from: ' || stands.effectiveOn > effective', to: '' },
      {
        file: ENTRY_DELAYS,
        from: '    sql`events.effective <= ${of.point.day}`,\n',
        to: '    sql`events.effective > 0`,\n',
      },
    ],
    spec: OF_ENTRY_DELAYS,
    test: 'are told by the day asked about',
  },
  {
    promise: 'what is recorded after the basis is no entry yet',
    changes: [{ file: ENTRY_DELAYS, from: "    isEventKnownAt(of.point, 'events'),\n", to: '' }],
    spec: OF_ENTRY_DELAYS,
    test: 'are as known at the basis',
  },
  {
    promise: 'no entry is counted or listed that its reader may not see',
    changes: [
      {
        file: ENTRY_DELAYS,
        from: 'setsSeenBy(of.reader).map',
        to: "setsSeenBy({ ...of.reader, audience: 'full' }).map",
      },
      { file: ENTRY_DELAYS, from: " and ${maySee(of, sql.raw(String(set)), sql.ref('events.record'))}", to: '' },
    ],
    spec: OF_ENTRY_DELAYS,
    test: 'have nothing that their reader may not see',
  },
  {
    promise: 'a link to what is hidden is no entry',
    changes: [
      { file: ENTRY_DELAYS, from: "of.reader.audience === 'full' ? []", to: 'of.reader.audience.length > 0 ? []' },
    ],
    spec: OF_ENTRY_DELAYS,
    test: 'have nothing that their reader may not see',
  },
  {
    promise: 'entries are none of illustrative bodies that are not asked for',
    changes: [{ file: ENTRY_DELAYS, from: '    ...(within === null ? [] : [within]),\n', to: '' }],
    spec: OF_ENTRY_DELAYS,
    test: 'have nothing of illustrative bodies',
  },
  {
    promise: 'entries about persons who belong to illustrative bodies alone are none that are not asked for',
    changes: [
      {
        file: ENTRY_DELAYS,
        from: '(${within} and not ${isPerson(left)})',
        to: "(${within} and not ${isPerson([left[999] ?? ''])})",
      },
    ],
    spec: OF_ENTRY_DELAYS,
    test: 'have nothing of illustrative bodies',
  },
  {
    promise: 'nobody finds entries by a post that they may not see',
    changes: [
      { file: ENTRY_DELAYS, from: 'if (post !== undefined && !(await seesLink(view, post))) return null;', to: '' },
    ],
    spec: OF_ENTRY_DELAYS,
    test: 'tell nothing of a post that their reader may not see',
  },
  {
    promise: 'what was worked out for one reader is told to no other',
    changes: [
      {
        file: 'libs/read-models/paging.ts',
        from: 'JSON.stringify([what, point, reader, scope])',
        to: 'JSON.stringify([what, point, scope])',
      },
    ],
    spec: OF_LATE_ENTRIES,
    test: AS_THE_RULES_HAVE_IT,
  },
  {
    promise: 'nine of ten were recorded by the days that are told, and not eight',
    changes: [{ file: ENTRIES_TAKEN, from: '* 10 >= count * tenths', to: '* 10 >= count * (tenths - 1)' }],
    spec: OF_ENTRY_DELAYS,
    test: 'is told by the middle one',
  },
  {
    promise: 'what was told to a meeting a day before its cut-off or earlier was not entered near it',
    changes: [
      {
        file: FACTS_OF_MEETING,
        from: "(['dayBefore', 'cutOff'] as const)",
        to: "(['dayBefore', 'known'] as const)",
      },
    ],
    spec: OF_MEETING_FACTS,
    test: 'hold, as entered near the cut-off',
  },
  {
    promise: 'what was recorded near the cut-off of a meeting is found in records that have to be read too',
    changes: [{ file: FACTS_TAKEN, from: "list === 'TOLD' && recordedAt > dayBefore(cutOff)", to: "list === 'TOLD'" }],
    spec: OF_TOLD,
    test: 'share out the facts taken as the written rules do',
  },
];

const REPLAY = 'libs/timeline/replay.ts';
const OF_REPLAY = 'test/property/replay.property.spec.ts';

const REPLAYS: readonly Mutation[] = [
  {
    promise: 'a replay stops at another record only where something else is told',
    changes: [{ file: REPLAY, from: "if (cause.kind === 'EVENT' || changed.length > 0) yield", to: 'yield' }],
    spec: OF_REPLAY,
    test: 'replaying a action tells at every step',
  },
  {
    promise: 'a replay by recording stops at publications and markings',
    changes: [
      {
        file: 'libs/timeline/course.ts',
        from: '(everyFact || !STANDS_BESIDE.has(event.type))',
        to: '!STANDS_BESIDE.has(event.type)',
      },
    ],
    spec: OF_REPLAY,
    test: 'replaying a action tells at every step',
  },
  {
    promise: 'a replay by recording begins where nothing is known',
    changes: [
      {
        file: REPLAY,
        from: 'recorded: BEGINNING_OF_KNOWLEDGE, sequence: 0 }',
        to: 'recorded: at.recorded, sequence: 3 }',
      },
    ],
    spec: OF_REPLAY,
    test: 'replaying a action tells at every step',
  },
  {
    promise: 'a replay by effect goes by all that is known at its basis',
    changes: [
      {
        file: REPLAY,
        from: '{ ...at, effective: BEGINNING_OF_DAYS }',
        to: '{ ...at, effective: BEGINNING_OF_DAYS, sequence: 3 }',
      },
    ],
    spec: OF_REPLAY,
    test: 'replaying a action tells at every step',
  },
  {
    promise: 'nothing is replayed of what there is not for the reader',
    changes: [
      {
        file: 'projections/record-history/replay.ts',
        from: '|| (await findRecord(view, ref)) === null) return null;',
        to: ') return null;',
      },
    ],
    spec: 'test/e2e/replay.spec.ts',
    test: 'has a page, to which the timeline',
  },
  {
    promise: 'what a decision cites is compared from its basis on',
    changes: [
      {
        file: 'libs/read-models/compared-ends.ts',
        from: 'return { told, knownNow: onDay(closing, told.basis.effective), closing };',
        to: 'return { told: closing, knownNow: closing, closing };',
      },
    ],
    spec: 'test/e2e/decisions.spec.ts',
    test: 'tells what of what it cites was so already',
  },
];

export const MUTATIONS: readonly Mutation[] = [
  ...LATE_ENTRIES,
  ...COMPARING,
  ...COMPARED_LISTS,
  ...AT_A_MEETING,
  ...RECOMMENDATION_LISTS,
  ...RISKS,
  ...RISKS_OF_PANELS,
  ...BODIES,
  ...REPLAYS,
  ...SLIPPAGES,
  ...COMMAND_LINE,
  ...TOTALS,
  ...RUNNING_TOTALS,
  ...SEARCHES,
  ...STORE_AWAY,
  ...STOPPING,
  ...OPERATORS,
  ...SENTENCES,
  ...REFUSED_COMMANDS,
  ...MISTAKES,
  ...MISTAKES_SEEN,
  ...CONTRADICTIONS,
  ...QUESTIONS,
  ...AT_ONCE,
  ...PAGES,
  ...PAGES_OF_COMPARING,
  ...BESIDE,
  ...SHAPES,
  ...RULES,
  ...BREACHES,
  ...OWNED_AND_ENDED,
  ...SEVERAL_OWNERS,
  ...KEPT_PROMISES,
  ...LEFT_BY_A_SIGN_OFF,
  ...RECOMMENDATIONS,
  ...LINKS,
  ...DECISIONS,
];
