import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { daysBetween } from '../ledger/index.ts';
import { readImport, type PlannedRow } from './index.ts';

const FOLDER = join(process.cwd(), 'examples', 'jarap-illustrative');
const README = readFileSync(join(FOLDER, 'README.md'), 'utf8');
/** The days on which the papers of a panel were issued. */
const ISSUED = ['2024-01-15', '2024-03-11', '2024-07-08', '2024-09-16', '2024-11-18', '2025-01-20', '2025-03-24'];
/** Real places, forces and firms, and bodies of the other examples: none of them is in an example that is made up. */
const REAL =
  /leicester|rutland|cambridge|lincoln|norfolk|northampton|derby|mazars|baker tilly|deloitte|kpmg|hmicfrs|\bCGB\b/i;

let rows: readonly PlannedRow[];
beforeAll(async () => {
  const read = await readImport(FOLDER);
  if (!('plan' in read)) throw new Error(JSON.stringify(read.problems, null, 2));
  rows = [...read.plan.rows];
});

type Cells = Readonly<Record<string, string>>;
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.csv'));
const cells: readonly { readonly file: string; readonly row: Cells }[] = files.flatMap((file) =>
  parse<Cells>(readFileSync(join(FOLDER, file)), { columns: true }).map((row) => ({ file, row })),
);

function countOf(name: string): number {
  return rows.filter((row) => row.name === name).length;
}

/** The day on which a row says that it was recorded, as read. */
function statedOf({ envelope }: PlannedRow): string {
  return envelope.stated ?? '';
}

describe('the illustrative panel', () => {
  it('holds sixty risks, ten panels, eight of them held, 25 decisions and 120 recommendations of ten audits by two firms', () => {
    expect(
      [
        ...['proposeRisk', 'scheduleMeeting', 'holdMeeting', 'cancelMeeting', 'postponeMeeting'],
        ...['proposeDecision', 'makeRecommendation', 'recordDecisionConsultation', 'signDecision'],
      ].map(countOf),
    ).toEqual([60, 10, 8, 1, 1, 25, 120, 6, 3]);
    const made = rows.flatMap(({ name, command }) =>
      name === 'makeRecommendation'
        ? [command as unknown as { publication: string; originator: string; priorityRule: string }]
        : [],
    );
    expect(new Set(made.map(({ publication }) => publication)).size).toBe(10);
    expect(new Set(made.map(({ originator, priorityRule }) => `${originator} ${priorityRule}`)).size).toBe(2);
  });

  it('adds illustrative bodies alone, and no person', () => {
    const bodies = rows.filter(({ name }) => name === 'addBody');
    expect(bodies.map(({ command }) => (command as unknown as { illustrative?: boolean }).illustrative)).toEqual(
      Array(6).fill(true),
    );
    expect(countOf('addPerson') + countOf('appointHolder')).toBe(0);
    const posts = rows.filter(({ name }) => name === 'addPost').map(({ command }) => command as unknown as Cells);
    expect(posts.filter(({ as = '', body = '' }) => !as.startsWith('fen-') || !body.startsWith('FEN'))).toEqual([]);
  });

  it('names nothing real, and no record of another example', () => {
    expect(cells.filter(({ row }) => REAL.test(Object.values(row).join(' '))).map(({ row }) => row['key'])).toEqual([]);
    const outside = rows.flatMap(({ key, links }) =>
      links.filter((link) => link.key === undefined).map(({ cell }) => `${key} ${cell}`),
    );
    expect(outside).toEqual([]);
  });

  it('says of every row when it was recorded, and files those of a register in that order', () => {
    for (const file of files) {
      const stated = rows.filter((row) => row.file === file).map(statedOf);
      expect([file, stated.filter((day) => day < '2023-12-01' || day > '2025-06-30')]).toEqual([file, []]);
      if (!file.endsWith('-facts.csv')) continue;
      expect([file, stated]).toEqual([file, stated.toSorted()]);
    }
  });

  it('records nothing before its day but rules and what is planned', () => {
    const ahead = rows.filter((row) => (row.envelope.effectiveOn ?? '') > statedOf(row));
    expect(ahead.map(({ file }) => file).filter((file) => file !== 'rules.csv')).toEqual([]);
  });

  it('records most within three days, some weeks late, and some on the day on which papers were issued', () => {
    const facts = rows.filter(({ file }) => file.endsWith('-facts.csv'));
    const delays = facts.flatMap((row) =>
      row.envelope.effectiveOn === undefined ? [] : [daysBetween(row.envelope.effectiveOn, statedOf(row))],
    );
    expect(delays.filter((days) => days <= 3).length / delays.length).toBeGreaterThan(0.97);
    expect(delays.filter((days) => days >= 18).length).toBeGreaterThan(10);
    for (const day of ISSUED) expect([day, facts.some((row) => statedOf(row) === day)]).toEqual([day, true]);
  });

  it('gives a reason for every correction, void and restoration, and for every entry that is weeks late', () => {
    const amending = rows.filter(({ name }) => /^(correct|void|restore)/.test(name));
    expect(amending.map(({ name }) => name).sort()).toEqual([
      'correctMinutes',
      ...['correctRecommendation', 'correctRecommendation', 'correctRisk', 'correctRisk'],
      ...['restoreRecommendationEvent', 'restoreRiskEvent'],
      ...['voidActionEvent', 'voidRecommendationEvent', 'voidRecommendationEvent', 'voidRiskEvent'],
    ]);
    expect(amending.filter(({ envelope }) => envelope.reason === undefined)).toEqual([]);
    const late = rows.filter(
      (row) => row.opens && daysBetween(row.envelope.effectiveOn ?? statedOf(row), statedOf(row)) > 28,
    );
    expect(late.length).toBe(13);
    expect(late.filter(({ envelope }) => envelope.reason === undefined)).toEqual([]);
  });

  it('changes the bands of its scale once and its axes once', () => {
    const versions = rows
      .filter(({ name }) => name === 'setScoreScale')
      .map(({ command }) => command as unknown as { likelihoods: readonly unknown[]; bands: readonly unknown[] });
    expect(versions.map(({ likelihoods }) => likelihoods.length)).toEqual([4, 4, 5]);
    expect(new Set(versions.map(({ bands }) => JSON.stringify(bands))).size).toBe(3);
  });

  it('has as many rows in each file as its README says, and links to no risk that is not there', () => {
    const said = [...README.matchAll(/^\| `([a-z-]+\.csv)` \| ([\d,]+) \|/gm)].map(([, file, count]) => [
      file,
      Number(count!.replace(',', '')),
    ]);
    expect(said).toEqual(said.map(([file]) => [file, rows.filter((row) => row.file === file).length]));
    expect(said.map(([file]) => file).sort()).toEqual(files.toSorted());
  });

  it('says no reason twice for two scores', () => {
    const reasons = rows.filter(({ name }) => name === 'scoreRisk').map(({ envelope }) => envelope.reason);
    expect(reasons.length).toBeGreaterThan(200);
    expect(reasons.filter((reason, index) => reasons.indexOf(reason) !== index)).toEqual([]);
  });
});
