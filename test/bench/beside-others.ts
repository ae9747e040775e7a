import type { LedgerView } from '../../libs/read-models/index.ts';
import {
  ACTION_GROUPINGS,
  countActions,
  listActions,
  listBodies,
  listContradictions,
  listMeetings,
  listPosts,
} from '../../projections/index.ts';
import { ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../ledger-being-read.ts';
import { inTurns, measured, timed, type Measured } from './measuring.ts';

const SEEN = Number(process.env['SEEN'] ?? 300);
const HIDDEN = Number(process.env['HIDDEN'] ?? 3_000);
const ROUNDS = 40;
const ILLUSTRATIVE = 'DEMO';
const SECRET = { marking: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } } as const;

/** Every list, count and search, as it is asked by somebody who sees none of what is hidden. Each says how much it found. */
const QUESTIONS: { readonly [what: string]: (view: LedgerView) => Promise<number> } = {
  'first page of actions': async (view) => (await listActions(view, {}, { first: 50 })).totalCount,
  'actions of a body': async (view) => (await listActions(view, { body: 'CGB' }, { first: 50 })).totalCount,
  'actions of an owner': async (view) => (await listActions(view, { owner: 'force-lead' }, { first: 50 })).totalCount,
  'actions in a state': async (view) => (await listActions(view, { status: ['PROPOSED'] }, { first: 50 })).totalCount,
  'overdue actions': async (view) => (await listActions(view, { overdue: false }, { first: 50 })).totalCount,
  search: async (view) => (await listActions(view, { text: 'seen 7' }, { first: 50 })).totalCount,
  ...Object.fromEntries(
    ACTION_GROUPINGS.map((by) => [
      `actions by ${by.toLowerCase()}`,
      async (view: LedgerView) => (await countActions(view, by, {})).reduce((sum, { count }) => sum + count, 0),
    ]),
  ),
  meetings: async (view) => (await listMeetings(view, {}, { first: 50 })).totalCount,
  posts: async (view) => (await listPosts(view)).length,
  bodies: async (view) => (await listBodies(view)).length,
  contradictions: async (view) => (await listContradictions(view, { first: 50 })).totalCount,
};

/** What is between the records that are found. */
interface Between {
  readonly row: string;
  readonly many: number;
  readonly what: string;
  /** Said of each when it is raised. */
  readonly raised: object;
  readonly atMost: number;
}

/** What hidden records cost those who see none of them: twin ledgers with and without 3,000, in turns. */
export function hiddenRecords(): Promise<Measured[]> {
  return withAndWithout({
    row: 'hidden',
    many: HIDDEN,
    what: 'records that the reader may not see',
    raised: SECRET,
    atMost: 1.1,
  });
}

/** What the records of an illustrative body cost those who ask for real ones: as many of either, which are passed over. */
export function illustrativeRecords(): Promise<Measured[]> {
  return withAndWithout({
    row: 'illustrative',
    many: SEEN,
    what: 'records of an illustrative body',
    raised: { meeting: undefined, body: ILLUSTRATIVE },
    atMost: 2.5,
  });
}

async function withAndWithout({ row, many: between, what: told, raised, atMost }: Between): Promise<Measured[]> {
  const twins = [await twin(0, raised), await twin(between, raised)] as const;
  try {
    const lines: Measured[] = [];
    for (const [what, ask] of Object.entries(QUESTIONS)) {
      const found = new Set<number>();
      const asking = (ledger: LedgerBeingRead) => async () => {
        // As after a write: what was counted before counts no longer.
        ledger.models.eraseTexts([]);
        const view = await ledger.models.openView({}, OFFICIAL);
        return timed(async () => found.add(await ask(view)));
      };
      await inTurns(5, twins.map(asking));
      const [none = NaN, many = NaN] = await inTurns(ROUNDS, twins.map(asking));
      if (found.size !== 1 || found.has(0)) throw new Error(`${what}: the twins answer ${[...found].join(' and ')}`);
      lines.push(
        measured({
          row,
          what: `${what}, with ${between} ${told}, median`,
          measured: many,
          unit: ' ms',
          limit: none,
          limitIs: 'the same with none',
          aim: { atMost },
        }),
      );
    }
    return lines;
  } finally {
    for (const ledger of twins) await ledger.remove();
  }
}

/** The same seen records in each, so many others between them. */
async function twin(between: number, raised: object): Promise<LedgerBeingRead> {
  const ledger = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
  const officer = ledger.as('opcc-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  await officer.does({ type: 'AddPost', as: 'estates-lead', name: 'Estates lead' });
  await officer.does({ type: 'AddBody', as: ILLUSTRATIVE, name: 'Made up', illustrative: true });
  const meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-09' });
  await officer.does(
    { type: 'RecordOtherwiseStated', ref: meeting, path: 'date', says: '2023-10-08', source: { document: 'D' } },
    'meetings',
  );
  const raise = (title: string, more: object = {}) =>
    officer.does({ type: 'RaiseAction', meeting, title, owner: 'force-lead', due: { on: '2023-10-20' }, ...more });
  for (let seen = 0; seen < SEEN; seen += 1) {
    const here = Math.floor((between * (seen + 1)) / SEEN) - Math.floor((between * seen) / SEEN);
    await Promise.all(Array.from({ length: here }, (_, n) => raise(`other ${seen} ${n}`, raised)));
    await raise(`seen ${seen}`);
  }
  await ledger.caughtUp();
  return ledger;
}
