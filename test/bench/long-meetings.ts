import type { Caller } from '../../libs/dispatch/index.ts';
import { growingRecords } from './growing-records.ts';
import type { Ledgers, Say } from './ledgers.ts';
import { measured, median, type Measured } from './measuring.ts';
import { askedOfBoth } from './short-and-long.ts';

const SHORT = 50;
const LONG = 500;
/** Commands to each kind of meeting, in turn. They go to a few short ones, which so stay short. */
const TURNS = 40;
const SHORTS = 4;
const AIM = 1.5;
const POST = 'opcc-officer';
const ANSWER = `query ($ref: ID!) { ledger {
  meeting(ref: $ref) { state place minutes { state } cutOff { recorded } }
  agendaItems(filter: { meeting: $ref }, first: 50) { totalCount edges { node { item title state deferrals { to } } } }
} }`;

/**
 * A meeting with 500 items on its agenda against one with 50, each presented and minuted: one item more, decided and on the disk, and also brought into the
 * read models; then its page and its answer over HTTP, which show as many items of both.
 */
export async function longMeetings(ledgers: Ledgers, say: Say): Promise<Measured[]> {
  const folder = ledgers.emptyFolder();
  const { lines, ...refs } = await writing(folder, say);
  const both = {
    ...refs,
    ...{ row: 'long-meetings', limitIs: `of one of ${SHORT}`, atMost: AIM },
    what: `a meeting of ${LONG} items`,
  };
  const asked = await askedOfBoth(folder, POST, both, {
    page: (server, token, ref) => server.page(token, `/meetings/${ref}`),
    answer: async (server, token, ref) => JSON.stringify(await server.graphql(token, ANSWER, { ref })),
  });
  return [...lines, ...asked];
}

/** Writes one long meeting and short ones, and measures an item more of each. */
async function writing(folder: string, say: Say) {
  const growing = await growingRecords(folder);
  const send = (command: object, register = 'meetings', post: Caller['post'] = POST) =>
    growing.send(register, post, command, { reason: 'As the board said.' });
  const listed = (ref: string) => send({ type: 'ListAgendaItem', ref, title: 'Neighbourhood Active', author: POST });
  const meeting = async (items: number): Promise<string> => {
    const on = new Date().toISOString().slice(0, 10);
    const { ref } = await send({ type: 'ScheduleMeeting', body: 'CGB', on });
    await send({ type: 'HoldMeeting', ref });
    for (let n = 0; n < items; n += 1) {
      const { events } = await listed(ref);
      await send({ type: 'PresentAgendaItem', ref, agendaItem: events[0] });
      await send({ type: 'ReportAgendaItem', ref, agendaItem: events[0], overview: 'What the paper says.' });
    }
    return ref;
  };
  try {
    await send({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' }, 'directory');
    say(`writing a meeting of ${LONG} items`);
    const long = await meeting(LONG);
    const shorts: string[] = [];
    for (let one = 0; one < SHORTS; one += 1) shorts.push(await meeting(SHORT));
    await growing.caughtUp();
    const inTurn = Array.from({ length: TURNS }, (_, turn) => shorts[turn % SHORTS]!);
    const { written, seen } = await growing.oneMoreOfEach(inTurn, long, listed);
    const line = { row: 'long-meetings', unit: ' ms', limitIs: `on one of ${SHORT}` };
    const what = `one item more of a meeting of ${LONG} items, decided and durable`;
    const lines = [
      measured({ ...line, what, measured: median(written.long), limit: median(written.short), aim: { atMost: AIM } }),
      measured({
        ...{ ...line, what: `${what} and visible` },
        ...{ measured: median(seen.long), limit: median(seen.short), aim: { atMost: AIM } },
      }),
    ];
    return { lines, long, short: shorts[0]! };
  } finally {
    await growing.close();
  }
}
