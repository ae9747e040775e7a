import { parseArgs } from 'node:util';
import { ProtocolServer } from './server.ts';

/**
 * Serves the test double from a process of its own until SIGTERM:
 * `node dist/test/eventstoredb-server/main.js --port 2113 [--file events.ndjson]`. Prints its address once it listens.
 */
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, file: { type: 'string' } } });
const server = new ProtocolServer(values.file === undefined ? {} : { file: values.file });
await server.start(Number(values.port));
// Before the address is said: whoever reads it may stop the server at once.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.stop();
    process.exit(0);
  });
}
process.stdout.write(`${server.url}\n`);
