/** A process that takes the writer's lock of a folder and holds it until it is killed. Arguments: folder, what it calls itself. */
import { writeSync } from 'node:fs';
import { takeWriterLock } from '../../libs/sqlite/index.ts';

const [folder, what] = process.argv.slice(2);
const lock = takeWriterLock(folder!, what!);
writeSync(1, 'heldBy' in lock ? `refused ${JSON.stringify(lock.heldBy)}\n` : 'holding\n');
if (!('heldBy' in lock)) setInterval(() => undefined, 60_000);
