/**
 * A server with a mistake of its own in what it answers when a page fails: the answer throws again, where nobody waits for it. With
 * `UNCAUGHT=kept` it has the last net of the real one. The watch over arbitrary requests must catch both.
 */
import { readConfig } from '../../apps/ledger/config.ts';
import { noteUncaught, openLog } from '../../apps/ledger/log.ts';
import { PageAnswers } from '../../apps/ledger/pages/frame/page-answers.ts';
import { startLedger } from '../../apps/ledger/start-ledger.ts';

PageAnswers.prototype.catch = (_, host) => {
  const { url } = host.switchToHttp().getRequest<{ url: string }>();
  return Promise.resolve().then(() => void new URL(url, 'http://ledger.invalid'));
};

const config = readConfig(process.env);
const server = await startLedger(config);
if (process.env['UNCAUGHT'] === 'kept') noteUncaught(openLog(config.logLevel));
process.stdout.write(`The ledger is at ${server.url}\n`);
