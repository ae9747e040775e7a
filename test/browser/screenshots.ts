import { join } from 'node:path';
import { projectRoot } from '../../apps/ledger/graphql/schema-files.ts';
import { serveLedger } from '../e2e/served-ledger.ts';
import { standingClock } from '../ledger-in-a-folder.ts';
import { inContext, launchChromium } from './chromium.ts';

/*
 * `npm run screenshots`: makes the pictures of README and docs anew, from the example papers. Run it when pages look otherwise.
 */

const FOLDER = join(projectRoot(), 'docs', 'screenshots');
const WINDOW = { width: 1100, height: 1420 };

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly as?: string;
}

const SHOTS: readonly Shot[] = [
  { name: 'actions', path: '/actions?on=2023-10-09' },
  { name: 'action', path: '/actions/CGB-2023-06-A4' },
  { name: 'form', path: '/commands/report-action-complete/CGB-2023-06-A2', as: 'opcc-officer' },
];

const served = await serveLedger({
  store: 'sqlite',
  holding: 'example',
  clock: standingClock('2023-11-20T12:00:00.000Z'),
});
const browser = await launchChromium();
try {
  for (const { name, path, as } of SHOTS)
    await inContext(browser, served.url, { as, viewport: WINDOW }, async (page) => {
      const answer = await page.goto(`${served.url}${path}`);
      if (answer?.status() !== 200) throw new Error(`${path} answered ${answer?.status()}`);
      await page.screenshot({ path: join(FOLDER, `${name}.png`) });
      process.stdout.write(`${name}.png: ${path}\n`);
    });
} finally {
  await browser.close();
  await served.remove();
}
