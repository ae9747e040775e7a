import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importCommand } from '../../apps/command-line/import-command.ts';
import { parseStored, readLogged } from '../../libs/event-store/index.ts';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';

const TRACKERS: { readonly [folder: string]: { readonly rows: number; readonly notices: readonly string[] } } = {
  'audit-committee': {
    rows: 14,
    notices: [
      'tracker.csv, line 7: notice: It is due on 2022-06-20, before it was raised on 2023-03-14.',
      'tracker.csv, line 10: notice: AUD-2023-06-A1 was raised at the same meeting under the same title. Is it the same action?',
    ],
  },
  'scrutiny-panel': {
    rows: 11,
    notices: [
      'panel.csv, line 8: notice: It took effect on 2018-05-16, but data-lead is there only from 2018-09-01 on.',
      'panel.csv, line 12: notice: It took effect on 2015-05-16, years before its source of 2018-09-19. Is the year right?',
    ],
  },
  'estates-board': {
    rows: 9,
    notices: [
      'estates.csv, line 8: notice: It was deferred on 2022-03-31 until 2021-09-30, which had passed.',
      'estates.csv, line 9: notice: The keys "E1" and "e1" differ by case alone.',
    ],
  },
};
const folderOf = (tracker: string) => join(import.meta.dirname, tracker);

describe.each(Object.entries(TRACKERS))('the tracker %s, as a spreadsheet saved it,', (tracker, { rows, notices }) => {
  const data = mkdtempSync(join(tmpdir(), 'ledger-tracker-'));
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  async function imported(...options: string[]): Promise<{ status: number; lines: readonly string[] }> {
    const said: string[] = [];
    const speak = (text: string, status: number) => (said.push(text), status);
    const env = { LEDGER_DATA: data };
    const terminal = { say: speak, complain: speak, show: () => undefined };
    const status = await importCommand([folderOf(tracker), ...options], env, terminal);
    return { status, lines: said.join('').trimEnd().split('\n') };
  }

  it('is saved as spreadsheets save', () => {
    const files = readdirSync(folderOf(tracker)).filter((file) => file.endsWith('.csv'));
    const texts = files.map((file) => readFileSync(join(folderOf(tracker), file), 'utf8'));
    for (const text of texts) {
      expect(text.startsWith('\uFEFF')).toBe(true);
      expect(
        text
          .replace(/"[^"]*"/g, '')
          .split('\n')
          .slice(0, -1)
          .every((line) => line.endsWith('\r')),
      ).toBe(true);
    }
    const [header, ...lines] = texts.at(-1)!.split('\r\n');
    const cells = header!.split(',').length;
    expect(header).toMatch(/Owner Post/i);
    expect(lines.filter((line) => line !== '' && line.split(',').length < cells).length).toBeGreaterThan(4);
  });

  it('is rehearsed with the notices that it deserves, and no others', async () => {
    const { status, lines } = await imported('--dry-run');
    expect([status, ...lines]).toEqual([
      0,
      ...notices,
      expect.stringMatching(
        new RegExp(`: ${rows} rows passed; would write ${rows} commands; 0 had been loaded before`),
      ),
    ]);
  });

  it('is loaded without an edit, and once', async () => {
    expect((await imported()).lines.at(-1)).toMatch(new RegExp(`: ${rows} rows passed; wrote ${rows} commands`));
    const again = await imported();
    expect(again.lines).toEqual([expect.stringMatching(`wrote 0 commands; ${rows} had been loaded before`)]);
  });

  it('is held with its days and numbers as they were printed', async () => {
    const ledger = await openRunningLedger({ store: 'sqlite', name: 'ledger', data }, 'spec');
    try {
      const { events } = await ledger.store.readAll(undefined, 500);
      const raised = events
        .map((event) => ({ header: parseStored(event).header, facts: readLogged(event).event.facts }))
        .filter(({ header }) => header.type === 'ActionRaised')
        .map(({ header, facts }) => [facts['item'], header.effectiveOn, facts['owner'], facts['due'] ?? null]);
      expect(raised).toEqual(RAISED[tracker]);
    } finally {
      await ledger.close();
    }
  });
});

const RAISED: { readonly [folder: string]: unknown } = {
  'audit-committee': [
    ['AC 23-07', '2023-03-14', 'finance-director', { on: '2023-06-30' }],
    ['AC 23-08', '2023-03-14', 'head-of-fleet', { on: '2022-06-20' }],
    ['AC 23-09', '2023-06-20', 'finance-director', null],
    ['AC 23-10', '2023-06-20', 'finance-director', null],
  ],
  'scrutiny-panel': [
    ['14/2018/P', '2018-05-16', 'panel-clerk', null],
    ['15/2018/P', '2018-05-16', 'data-lead', null],
    ['16/2018/P', '2015-05-16', 'panel-clerk', null],
  ],
  'estates-board': [
    ['4 (a)', '2022-01-18', 'head-of-estates', { on: '2022-03-31' }],
    ['4 (b)', '2022-01-18', 'head-of-estates', null],
    ['Appendix B', '2022-01-18', 'head-of-estates', { on: '2022-06-30' }],
  ],
};
