import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFolder } from '../../libs/import/index.ts';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import { measured, timed, type Measured } from './measuring.ts';

const SIZES = [1_000, 10_000, 100_000];

/**
 * Rehearsing an import row by row, at three sizes: what a row costs may not grow with how many there are. Rows are actions of twelve
 * meetings and what became of them.
 */
export async function rehearsing(): Promise<Measured[]> {
  const lines: Measured[] = [];
  let smallest = 0;
  let memory = 0;
  for (const rows of SIZES) {
    const { microseconds, megabytes } = await rehearse(rows);
    smallest ||= microseconds;
    memory ||= megabytes;
    if (rows === SIZES[0]) continue;
    lines.push(
      measured({
        row: 'import',
        what: `rehearsal, a row of ${rows}`,
        measured: microseconds,
        unit: ' µs',
        limit: smallest,
        limitIs: `a row of ${SIZES[0]}`,
        aim: { atMost: 1.2 },
      }),
    );
    if (rows === SIZES.at(-1))
      lines.push(
        measured({
          row: 'import',
          what: `rehearsal of ${rows} rows, memory`,
          measured: megabytes - memory,
          unit: ' MB',
          limit: 200,
          limitIs: 'as much more as it may take',
          aim: { atMost: 1 },
        }),
      );
  }
  return lines;
}

async function rehearse(rows: number): Promise<{ microseconds: number; megabytes: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsing-'));
  writeFileSync(join(folder, 'import.json'), JSON.stringify({ id: 'bench', files: ['bodies.csv', 'actions.csv'] }));
  writeFileSync(join(folder, 'bodies.csv'), 'key,command,as,name,effective_on\nCGB,addBody,CGB,The board,2019-01-01\n');
  writeFileSync(join(folder, 'actions.csv'), actions(rows));
  const settings = { store: 'sqlite', name: 'bench', data: join(folder, 'data') } as const;
  const ledger = await openRunningLedger(settings, 'bench');
  let most = 0;
  try {
    let outcome;
    const taken = await timed(async () => {
      outcome = await loadFolder(ledger, folder, {
        dryRun: true,
        progress: (_, { done }) => {
          if (done % 500 === 0) most = Math.max(most, process.memoryUsage.rss());
        },
        caller: { post: 'opcc-officer', person: 'p-bench', capacity: 'opcc-officer' },
      });
    });
    const { outcome: answer } = outcome as unknown as { outcome: string };
    if (answer !== 'passed') throw new Error(`the rehearsal did not pass: ${JSON.stringify(outcome).slice(0, 500)}`);
    return { microseconds: (taken * 1_000) / rows, megabytes: most / 1024 / 1024 };
  } finally {
    await ledger.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Half of the rows open an action, the others say that it was agreed. */
function actions(rows: number): string {
  const lines = ['key,command,record,body,title,owner,effective_on,by,authority,document,published_on'];
  for (let number = 0; number < rows / 2; number += 1) {
    const month = String(1 + (number % 12)).padStart(2, '0');
    const year = 2020 + (Math.floor(number / 12) % 4);
    const on = `${year}-${month}-10`;
    lines.push(
      `a${number},raiseAction,,CGB,Bring paper ${number} to the board,force-lead,${on},,,The minutes of ${on},${on}`,
    );
    lines.push(`g${number},agreeAction,a${number},,,,${on},commissioner,not stated,The minutes of ${on},${on}`);
  }
  return `${lines.join('\n')}\n`;
}
