import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Clock, Ids } from '../ledger/index.ts';

/** The machine's own clock and randomness: the only place that reads them for the ledger. */
export const machineClock: Clock = { now: () => Date.now(), steady: uptime };

/** Linux counts the time since it started, with the time that it slept. What other systems offer stands still in sleep, or is set with the clock. */
function uptime(): number | null {
  try {
    const seconds = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
    return Number.isFinite(seconds) ? seconds * 1000 : null;
  } catch {
    return null;
  }
}

const POOL_BYTES = 8192;
let pool = randomBytes(POOL_BYTES);
let used = 0;

export const machineIds: Ids = {
  uuid: () => randomUUID(),
  // An event needs a dozen nonces; drawing each from the system by itself costs more than hashing the event.
  bytes(length) {
    if (length > POOL_BYTES) return randomBytes(length);
    if (used + length > POOL_BYTES) {
      pool = randomBytes(POOL_BYTES);
      used = 0;
    }
    used += length;
    return pool.subarray(used - length, used);
  },
};
