/** A server that makes a mistake on purpose: it answers before its store has committed. The kill tests must catch it. */
import { readConfig } from '../../apps/ledger/config.ts';
import { openLog } from '../../apps/ledger/log.ts';
import { openLedger } from '../../apps/ledger/open-ledger.ts';
import { startLedger } from '../../apps/ledger/start-ledger.ts';

const config = readConfig(process.env);
const ledger = await openLedger(config, openLog(config.logLevel), { faults: { acknowledgeEarly: true } });
const server = await startLedger(config, ledger);
process.stdout.write(`The ledger is at ${server.url}\n`);
