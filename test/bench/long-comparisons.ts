import { setImmediate as nextTurn } from 'node:timers/promises';
import { readerFor } from '../../libs/access/index.ts';
import type { Caller } from '../../libs/dispatch/index.ts';
import { addDays, londonDayOf, instantOf, type Register } from '../../libs/ledger/index.ts';
import { compareRecord, cursorOf, eventsAsOf, openEnds, type ReadModels } from '../../libs/read-models/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { meetings } from '../../libs/registers/meetings/index.ts';
import { recommendations } from '../../libs/registers/recommendations/index.ts';
import { risks } from '../../libs/registers/risks/index.ts';
import { amend, fold } from '../../libs/timeline/index.ts';
import { replayOfRecord } from '../../projections/index.ts';
import { growingRecords } from './growing-records.ts';
import type { Ledgers, Say } from './ledgers.ts';
import { measured, median, roundByRound, sideBySide, timed, type Measured } from './measuring.ts';

const EVENTS = Number(process.env['LONG_EVENTS'] ?? 3_000);
const ROUNDS = 5;
const LONGEST_MS = 300;
/** Steps of a page. */
const STEPS = 20;
const PAGE_MS = 250;
/** So long others may be kept waiting by a comparison. */
const LONGEST_STRETCH_MS = 50;
const OFFICER = 'opcc-officer';
const READER = readerFor(OFFICER, OFFICER);

type Write = (
  register: string,
  post: Caller['post'],
  command: object,
) => Promise<{ readonly events: readonly string[] }>;

/** What there is of each register in thousands, of a record that lives long. */
const KINDS: readonly {
  readonly register: Register<never, never>;
  readonly what: string;
  /** @returns its reference, and what writes the next events of it */
  begin(write: Write): Promise<{ readonly ref: string; next(n: number): Promise<unknown> }>;
}[] = [
  {
    register: actions as never,
    what: 'an action of updates',
    async begin(write) {
      const ref = await begun(write, 'actions', {
        type: 'RaiseAction',
        title: 'Review of demand',
        owner: 'force-lead',
      });
      await write('actions', 'commissioner', { type: 'AgreeAction', ref });
      return {
        ref,
        next: () => write('actions', 'force-lead', { type: 'GiveActionUpdate', ref, text: 'It goes on.' }),
      };
    },
  },
  {
    register: meetings as never,
    what: 'a meeting of agenda items',
    async begin(write) {
      const ref = await begun(write, 'meetings', { type: 'ScheduleMeeting', on: today() });
      await write('meetings', OFFICER, { type: 'HoldMeeting', ref });
      let agendaItem: string | undefined;
      const next = async (n: number) => {
        const about = { ref, agendaItem };
        if (n % 3 === 0) {
          const listed = { type: 'ListAgendaItem', ref, title: 'Neighbourhood Active', author: OFFICER };
          [agendaItem] = (await write('meetings', OFFICER, listed)).events;
        } else if (n % 3 === 1) await write('meetings', OFFICER, { type: 'PresentAgendaItem', ...about });
        else await write('meetings', OFFICER, { type: 'ReportAgendaItem', ...about, overview: 'What it says.' });
      };
      return { ref, next };
    },
  },
  {
    register: risks as never,
    what: 'a risk of controls',
    async begin(write) {
      const proposed = { type: 'ProposeRisk', register: 'OPCC', kind: 'THREAT', title: 'Demand', owner: OFFICER };
      const ref = await begun(write, 'risks', proposed);
      await write('risks', OFFICER, { type: 'RegisterRisk', ref });
      const control = { type: 'AddRiskControl', ref, measure: 'A control.', kind: 'ADDITIONAL' };
      return { ref, next: (n) => write('risks', OFFICER, { ...control, targetOn: addDays(today(), n % 300) }) };
    },
  },
  {
    register: recommendations as never,
    what: 'a recommendation of words',
    async begin(write) {
      const made = { type: 'MakeRecommendation', originator: 'HMI', kind: 'RECOMMENDATION', title: 'Review demand' };
      const ref = await begun(write, 'recommendations', { ...made, owner: 'force-lead' });
      const said = { ref, reason: 'As it was said.' };
      const next = (n: number) =>
        n % 2 === 0
          ? write('recommendations', 'force-lead', { type: 'SayOwnerWord', ...said, word: 'DONE' })
          : write('recommendations', 'commissioner', { type: 'SayOfficeWord', ...said, word: 'NOT_DONE' });
      return { ref, next };
    },
  },
];

/**
 * What changed of a record of 3,000 events, all of them since yesterday, against the fold of the same record from its events: and for how long on end it
 * keeps others waiting.
 */
export async function longComparisons(ledgers: Ledgers, say: Say): Promise<Measured[]> {
  const growing = await growingRecords(ledgers.emptyFolder());
  const write: Write = (register, post, { reason = 'As the board said.', ...command }: { reason?: string }) =>
    growing.send(register, post, command, { reason });
  try {
    for (const as of ['CGB', 'HMI']) await write('directory', OFFICER, { type: 'AddBody', as, name: `Body ${as}` });
    const lines: Measured[] = [];
    for (const { register, what, begin } of KINDS) {
      say(`writing ${what}`);
      const { ref, next } = await begin(write);
      for (let n = 0; n < EVENTS - 2; n += 1) await next(n);
      await growing.caughtUp();
      const stretches: number[] = [];
      const [compared, folded, first, last] = await roundByRound(ROUNDS, [
        async () => {
          let compared = 0;
          stretches.push(
            await longestWait(async () => (compared = await timed(() => compare(growing.models, register.name, ref)))),
          );
          return compared;
        },
        () => timed(() => foldOnce(growing.models, register, ref)),
        () => timed(() => stepsOf(growing.models, ref, {})),
        () => timed(() => stepsOf(growing.models, ref, { before: cursorOf(String(EVENTS)) })),
      ]);
      const line = { row: 'long-comparisons', unit: ' ms' };
      const of = `${what}, ${EVENTS} events`;
      lines.push(
        measured({
          ...{ ...line, what: `what changed of ${of}`, measured: median(compared!) },
          ...{ limit: LONGEST_MS, limitIs: 'the longest that it may take', aim: { atMost: 1 } },
        }),
        sideBySide(compared!, folded!, {
          ...{ ...line, what: `what changed of ${of}` },
          ...{ limitIs: 'reading its events and folding them once', aim: null },
        }),
        measured({
          ...{ ...line, what: `the longest that others wait for ${of}`, measured: median(stretches) },
          ...{ limit: LONGEST_STRETCH_MS, limitIs: 'the longest that they are to', aim: { atMost: 1 } },
        }),
        measured({
          ...{ ...line, what: `the first ${STEPS} steps by which ${of} came about`, measured: median(first!) },
          ...{ limit: PAGE_MS, limitIs: 'the longest that a page may take', aim: { atMost: 1 } },
        }),
        measured({
          ...{ ...line, what: `the last ${STEPS} steps by which ${of} came about`, measured: median(last!) },
          ...{ limit: LONGEST_MS, limitIs: 'the longest that a comparison of it may take', aim: { atMost: 1 } },
        }),
      );
    }
    return lines;
  } finally {
    await growing.close();
  }
}

async function begun(write: Write, register: string, command: object): Promise<string> {
  const { ref } = (await write(register, OFFICER, { body: 'CGB', ...command })) as unknown as { readonly ref: string };
  return ref;
}

function today() {
  return londonDayOf(instantOf(Date.now()));
}

/** All of it was written today, and moved since yesterday. */
async function compare(models: ReadModels, register: string, ref: string): Promise<void> {
  const open = (asOf: Parameters<typeof models.openView>[0]) => models.openView(asOf, READER, { apart: true });
  const ends = await openEnds(open, { effective: addDays(today(), -1) }, { effective: today() });
  const compared = await compareRecord(ends, register, ref);
  if (compared?.moved?.change !== 'ENTERED') throw new Error(`${ref} did not change`);
}

/** A page of the steps by which it came about. */
async function stepsOf(models: ReadModels, ref: string, from: { readonly before?: string }): Promise<void> {
  const view = await models.openView({}, READER, { apart: true });
  const found = await replayOfRecord(view, ref, { order: 'RECORDED', first: STEPS, ...from });
  if (found?.edges.length !== STEPS) throw new Error(`${ref} did not come about in so many steps`);
}

async function foldOnce(models: ReadModels, register: Register<never, never>, ref: string): Promise<void> {
  const view = await models.openView({}, READER, { apart: true });
  const events = (await eventsAsOf(view, { register: register.name, ref })).map(({ event }) => event);
  if (register.refOf(fold(register, amend(register, events))) === null) throw new Error(`${ref} was not folded`);
}

/** The longest on end that the work kept everybody else from their turn. */
async function longestWait(work: () => Promise<unknown>): Promise<number> {
  let [isDone, longest] = [false, 0];
  const working = work().finally(() => (isDone = true));
  for (let last = performance.now(); !isDone;) {
    await nextTurn();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  await working;
  return longest;
}
