import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dayNumberOf, dayOfNumber, OPEN_SEQUENCE } from '../../libs/read-models/interval-tree.ts';
import { AUDIENCE_BIT, CLOCK_BIT, tableOf } from '../../libs/read-models/projection.ts';
import { END_OF_DAYS } from '../../libs/ledger/index.ts';
import { openDatabase, type SqliteDatabase } from '../../libs/sqlite/index.ts';
import { actionTracker } from '../../projections/action-tracker/projection.ts';
import { serveLedger, type ServedLedger } from './served-ledger.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/walkthrough.md'), 'utf8');
const picture = readFileSync(join(root, 'docs/pictures/rectangles.svg'), 'utf8');
const REF = 'CGB-2023-06-A4';

/** What the page says: one line for each rectangle. An empty cell is an end that is open. */
function rectanglesPrinted(): readonly string[] {
  const [, table = ''] = /\| Says \|[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)+)/.exec(page) ?? [];
  return table
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('*', '')),
    )
    .map((cells) => cells.join(' | '));
}

interface Bounds {
  readonly effective_from: number;
  readonly effective_to: number;
  readonly sequence_from: number;
  readonly sequence_to: number;
}

function printed(says: string, { effective_from, effective_to, sequence_from, sequence_to }: Bounds): string {
  const end = effective_to === dayNumberOf(END_OF_DAYS) ? '' : dayOfNumber(effective_to);
  return [says, dayOfNumber(effective_from), end, sequence_from, sequence_to === OPEN_SEQUENCE ? '' : sequence_to].join(
    ' | ',
  );
}

describe('the page that walks a command and a question through the files', () => {
  let served: ServedLedger;
  let tables: SqliteDatabase;
  beforeAll(async () => {
    served = await serveLedger({ holding: 'example' });
    tables = openDatabase(join(served.place.settings.data, 'read-models.sqlite'), { readonly: true, durable: false });
  }, 240_000);
  afterAll(async () => {
    tables?.close();
    await served?.remove();
  });

  const proven = `clocks & ${CLOCK_BIT.PROVEN} and audiences & ${AUDIENCE_BIT.public}`;

  it('prints the rectangles that the tables hold, and the caveat beside them', () => {
    const rows = tables
      .prepare<[string], Bounds & { status: string; record: number }>(
        `select * from ${tableOf(actionTracker)} where ref = ? and ${proven} order by sequence_from, effective_from`,
      )
      .all(REF);
    const caveats = tables
      .prepare<[number], Bounds & { json: string; kind: string }>(
        `select * from caveats where record = ? and ${proven}`,
      )
      .all(rows[0]!.record);
    expect(caveats.map(({ kind }) => kind)).toEqual(['MAY_ALREADY_HOLD']);
    expect(rectanglesPrinted()).toEqual([
      ...rows.map((row) => printed(row.status, row)),
      ...caveats.map((row) => printed('may already hold: ActionReportedComplete', row)),
    ]);
    expect(caveats[0]!.json).toContain('ActionReportedComplete');
  });

  it('names the numbers of its events', () => {
    const numbers = tables
      .prepare<[string], { sequence: number }>(
        `select sequence from record_events where record = (select record from ${tableOf(actionTracker)} where ref = ?) order by sequence`,
      )
      .all(REF)
      .map(({ sequence }) => sequence);
    const [raised, agreed, reported, published] = numbers;
    expect(page.replaceAll('\n', ' ')).toContain(
      `${raised} raised it, ${agreed} agreed it, ${reported} reported it complete, ${published} published it.`,
    );
    expect(numbers).toHaveLength(4);
  });

  it('draws what it prints', () => {
    for (const line of rectanglesPrinted())
      for (const words of line
        .split(' | ')
        .flatMap((cell) => cell.split(': '))
        .filter((cell) => cell !== ''))
        expect([words, picture.includes(words === 'ActionReportedComplete' ? 'reported complete' : words)]).toEqual([
          words,
          true,
        ]);
  });

  it('answers the question as it says', async () => {
    const [, question = ''] = /^`(\{ ledger\(asOf[^`]*)`$/m.exec(page) ?? [];
    const { ledger } = await served.public.runs(question);
    expect(ledger.action).toMatchObject({
      status: 'AGREED',
      title: 'Carry forward requests to be reviewed by CFO',
      mayAlreadyHold: [{ type: 'ActionReportedComplete', to: '2023-10-09' }],
    });
    const then = await served.public.runs(question.replace('2023-06-30', '2023-10-09'));
    expect(then.ledger.action).toMatchObject({ status: 'REPORTED_COMPLETE', mayAlreadyHold: [] });
  });
});
