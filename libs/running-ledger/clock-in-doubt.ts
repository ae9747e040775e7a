import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClockJump, ClockJumps, ClockTrouble } from '../dispatch/index.ts';

const FILE = 'clock-jumped.json';

/** Keeps a jump of the clock in the data folder until it is taken back or an operator accepts it. */
export function jumpsIn(data: string): ClockJumps {
  const file = join(data, FILE);
  return {
    read() {
      try {
        return JSON.parse(readFileSync(file, 'utf8')) as ClockJump;
      } catch {
        return null;
      }
    },
    note: (jump) => writeFileSync(file, `${JSON.stringify(jump)}\n`, { mode: 0o600 }),
    forget: () => rmSync(file, { force: true }),
  };
}

/** A trouble with the clock in the words of whoever runs the machine. */
export function clockTroubleInWords({ is, by }: ClockTrouble): string {
  const much = inWords(by);
  return is === 'BEHIND'
    ? `The clock of this machine is ${much} behind the ledger's last entry, or behind what an answer was called settled to.`
    : `The clock of this machine went ahead by ${much} more than what passed while the ledger ran.`;
}

function inWords(milliseconds: number): string {
  for (const [unit, length] of [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const) {
    const count = Math.round(milliseconds / length);
    if (count >= 2 || (count === 1 && milliseconds >= length)) return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
  }
  return 'less than a second';
}
