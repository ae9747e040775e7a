import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { History } from './history.ts';
import type { Ledgers } from './ledgers.ts';
import { inTurns, measured, timed, type Measured } from './measuring.ts';
import { startServer } from './server.ts';

const LONGEST_START_MS = 1_000;
const ROUNDS = 5;

/** From starting the process to its first answer about an action. */
export async function starting(ledgers: Ledgers, events: number): Promise<Measured[]> {
  const full = await ledgers.withHistory(events);
  const { refs } = JSON.parse(readFileSync(join(full, 'history.json'), 'utf8')) as History;
  const empty = ledgers.emptyFolder();
  const startIn = (folder: string) => () => startToAnswer(folder, refs[0]!);
  await startToAnswer(empty, refs[0]!);
  const [long, none] = await inTurns(ROUNDS, [startIn(full), startIn(empty)]);
  const line = { row: 'start', what: `start to first answer, ${events} events`, measured: long!, unit: ' ms' };
  return [
    measured({ ...line, limit: LONGEST_START_MS, limitIs: 'the longest that a start may take', aim: { atMost: 1 } }),
    measured({ ...line, limit: none!, limitIs: 'the same with an empty ledger', aim: null }),
  ];
}

async function startToAnswer(folder: string, ref: string): Promise<number> {
  let stop: (() => Promise<void>) | undefined;
  try {
    return await timed(async () => {
      const server = await startServer(folder);
      stop = () => server.stop();
      await server.graphql(null, 'query($ref: ID!) { ledger { action(ref: $ref) { ref status } } }', { ref });
    });
  } finally {
    await stop?.();
  }
}
