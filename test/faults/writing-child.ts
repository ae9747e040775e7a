/**
 * A process that appends under load until it is killed, and says on stdout what was acknowledged:
 * `stored <stream> <version> <position> <id>,<id>…`. Arguments: file, and any of `acknowledge-early`, `carry-on`.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openSqliteEventStore } from '../../libs/event-store-sqlite/index.ts';
import type { EventStore } from '../../libs/event-store/index.ts';
import { newEvents } from '../contract/stored-events.ts';

const WRITERS = 8;
/** All writers fight over this one; each has one of its own besides. */
const CONTESTED = 'actions-contested';

const [file, ...wishes] = process.argv.slice(2);
const store = openSqliteEventStore({
  file: file!,
  ledger: 'faults',
  ...(wishes.includes('acknowledge-early') ? { faults: { acknowledgeEarly: true } } : {}),
  // The mistake of going on after the disk failed.
  ...(wishes.includes('carry-on') ? { onFatal: (error) => say(`failed ${String(error)}`) } : {}),
});
say('ready');
await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(store, writer)));
await store.close();
say('finished');

async function write(to: EventStore, writer: number): Promise<void> {
  const own = `actions-${randomUUID()}`;
  const versions = new Map<string, number>();
  for (let round = 0; ; round += 1) {
    const stream = round % 4 === writer % 4 ? CONTESTED : own;
    const events = newEvents(stream, 1 + (round % 3));
    let version = versions.get(stream) ?? 0;
    for (;;) {
      const result = await to.append(stream, version, events);
      if (result.outcome === 'unknown' || result.outcome === 'refused') return;
      if (result.outcome === 'conflict') {
        version = result.actualVersion;
        continue;
      }
      say(`stored ${stream} ${result.version} ${result.position} ${events.map(({ id }) => id).join(',')}`);
      versions.set(stream, result.version);
      break;
    }
  }
}

/** Straight into the pipe: nothing that was said waits in a buffer of a process that is about to die. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
