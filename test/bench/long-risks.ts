import type { Caller } from '../../libs/dispatch/index.ts';
import { growingRecords } from './growing-records.ts';
import type { Ledgers, Say } from './ledgers.ts';
import { measured, median, type Measured } from './measuring.ts';
import { askedOfBoth } from './short-and-long.ts';

const SHORT = { scores: 50, controls: 20 };
const LONG = { scores: 500, controls: 200 };
/** Commands to each kind of risk, in turn. They go to a few short ones, which so stay short. */
const TURNS = 40;
const SHORTS = 4;
const AIM = 1.5;
const POST = 'opcc-officer';
const ANSWER = `query ($ref: ID!) { ledger { risk(ref: $ref) {
  status current { score now { band } }
  scores(first: 50) { totalCount edges { node { of score reason by { ref } now { band } then { band } } } }
  controls(first: 20) { totalCount edges { node { measure standing targetOn } } }
} } }`;

/**
 * A risk with 500 scores and 200 controls against one with 50 and 20, in turn: one score more, decided and on the disk, and also brought into the read
 * models; then its page and its answer over HTTP, which show as many scores and controls of both.
 */
export async function longRisks(ledgers: Ledgers, say: Say): Promise<Measured[]> {
  const folder = ledgers.emptyFolder();
  const { lines, ...refs } = await writing(folder, say);
  const both = {
    ...refs,
    ...{ row: 'long-risks', limitIs: `of one of ${SHORT.scores} and ${SHORT.controls}`, atMost: AIM },
    what: `a risk of ${LONG.scores} scores and ${LONG.controls} controls`,
  };
  const asked = await askedOfBoth(folder, POST, both, {
    page: (server, token, ref) => server.page(token, `/risks/${ref}`),
    answer: async (server, token, ref) => JSON.stringify(await server.graphql(token, ANSWER, { ref })),
  });
  return [...lines, ...asked];
}

/** Writes one long risk and short ones, and measures a score more of each. */
async function writing(folder: string, say: Say) {
  const growing = await growingRecords(folder);
  const send = (register: string, post: Caller['post'], command: object) =>
    growing.send(register, post, command, { reason: 'As the board said.' });
  const score = (ref: string, n: number) =>
    send('risks', POST, {
      ...{ type: 'ScoreRisk', ref, of: 'CURRENT', rule: 'CGB-scores' },
      ...{ likelihood: 1 + (n % 4), impact: 1 + ((n >> 2) % 4) },
    });
  const risk = async ({ scores, controls }: typeof SHORT): Promise<string> => {
    const proposed = { body: 'CGB', register: 'OPCC', kind: 'THREAT', title: 'Review of demand' };
    const { ref } = await send('risks', POST, { type: 'ProposeRisk', ...proposed, owner: POST });
    await send('risks', POST, { type: 'RegisterRisk', ref });
    const control = { type: 'AddRiskControl', ref, measure: 'A control.', kind: 'EXISTING' };
    for (let n = 0; n < controls; n += 1) await send('risks', POST, control);
    for (let n = 0; n < scores; n += 1) await score(ref, n);
    return ref;
  };
  try {
    await send('directory', POST, { type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
    const rule = { type: 'AddRule', kind: 'SCORE_SCALE', body: 'CGB', title: 'Scores', as: 'scores' };
    const { ref: scale } = await send('rules', 'monitoring-officer', rule);
    const steps = [1, 2, 3, 4].map((one) => ({ score: one }));
    const bands = [{ band: 'High', least: 9, most: 16, reviewMonths: 1 }];
    const version = { type: 'SetScoreScale', ref: scale, likelihoods: steps, impacts: steps, bands };
    await send('rules', 'monitoring-officer', version);
    say(`writing a risk of ${LONG.scores} scores`);
    const long = await risk(LONG);
    const shorts: string[] = [];
    for (let one = 0; one < SHORTS; one += 1) shorts.push(await risk(SHORT));
    await growing.caughtUp();
    const inTurn = Array.from({ length: TURNS }, (_, turn) => shorts[turn % SHORTS]!);
    const { written, seen } = await growing.oneMoreOfEach(inTurn, long, score);
    const line = { row: 'long-risks', unit: ' ms', limitIs: `on one of ${SHORT.scores} and ${SHORT.controls}` };
    const what = `one score more of a risk of ${LONG.scores} scores and ${LONG.controls} controls, decided and durable`;
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
