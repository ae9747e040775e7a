import { join } from 'node:path';
import type { GraphQLObjectType } from 'graphql';
import { projectRoot, schemaOfFiles } from '../../apps/ledger/graphql/schema-files.ts';
import { parseStored, type LogPosition } from '../../libs/event-store/index.ts';
import { loadFolder } from '../../libs/import/index.ts';
import { pseudonymOf } from '../../libs/keys/index.ts';
import type { Control } from '../../libs/ledger/index.ts';
import { openRunningLedger, type RunningLedger } from '../../libs/running-ledger/index.ts';
import { standingClock } from '../ledger-in-a-folder.ts';
import { isWhole, ofShare } from '../share-of-commit.ts';
import { isOfThePanel, QUESTIONS } from './asked-questions.ts';
import { answersOf } from './beside-the-example.ts';
import type { Client } from './client.ts';
import { AFTERWARDS, loadRows, PANEL, READY_WITHIN_MS, stories } from './illustrative-panel.ts';
import { becomesReady, EXAMPLE, loadExample, newPlace, serveLedger, type ServedLedger } from './served-ledger.ts';

const READERS = ofShare([null, 'opcc-officer', 'jarap-member', 'force-lead'] as const, 2);
/** Records of the papers, by which lists are narrowed, and names under which nothing of the panel is known. */
const REAL = ['CGB', 'chief-constable', 'CGB-2023-06-21', 'CGB-2023-06-A4', 'JARAP'];
const KNOWN = {
  ref: REAL,
  body: ['CGB'],
  policy: ['CGB-dates'],
  rag: ['JARAP-rag'],
  scale: ['JARAP-scores'],
  name: ['15/2018/P'],
  panel: ['CGB'],
  'Ledger.riskMovement.since': ['CGB-2023-04-19'],
  'Ledger.riskMovement.until': ['CGB-2023-06-21'],
};
const schema = schemaOfFiles();
const clock = standingClock(AFTERWARDS);

const CALLER = (ledger: RunningLedger) =>
  ({ post: 'opcc-officer', person: pseudonymOf(ledger.keys, 'operator'), capacity: 'opcc-officer' }) as const;

describe('the illustrative panel beside the real example and the rules', () => {
  let before: readonly (readonly [name: string, answer: string])[];
  let refs: readonly string[];
  let ended: Promise<ServedLedger> | null = null;

  /** Lists are narrowed by those who are told least and most. */
  async function everyAnswer(served: ServedLedger) {
    const clients = new Map<string | null, Client>();
    for (const reader of READERS) clients.set(reader, reader === null ? served.public : await served.as(reader));
    return answersOf(clients, KNOWN, (reader) => reader === null || reader === 'opcc-officer');
  }

  /** Loads it as the command line does: rehearsed, and then written. Once more it writes nothing. */
  async function loadBeside({ place }: ServedLedger): Promise<readonly string[]> {
    const ledger = await openRunningLedger(place.settings, 'import', { clock });
    try {
      const options = { caller: CALLER(ledger), grants: true } as const;
      const loaded = await loadFolder(ledger, PANEL, { ...options, dryRun: false });
      expect(loaded).toMatchObject({ outcome: 'passed', repeated: 0, noticed: { found: 1 } });
      const again = await loadFolder(ledger, PANEL, { ...options, dryRun: true });
      expect(again).toMatchObject({ outcome: 'passed', written: 0 });
      return await openedBy(ledger, 'jarap-illustrative');
    } finally {
      await ledger.close();
    }
  }

  async function serve(): Promise<ServedLedger> {
    const place = await newPlace('sqlite');
    await loadExample(place, { clock }, [EXAMPLE, join(projectRoot(), 'examples/rules')]);
    const served = await serveLedger({ store: 'sqlite', place, clock });
    // Who acts by a demo token is recorded: before, so that it is no difference.
    before = await everyAnswer(served);
    await served.restart(async () => {
      refs = await loadBeside(served);
    });
    await becomesReady(served.url, READY_WITHIN_MS);
    return served;
  }
  const served = () => (ended ??= serve());

  it('is loaded whole, and leaves every list and count of theirs as it was, for every reader', async () => {
    const after = await everyAnswer(await served());
    expect(before.length).toBeGreaterThan(isWhole ? 1000 : 300);
    expect(after.filter(([, answer], index) => answer !== before[index]![1]).map(([name]) => name)).toEqual([]);
  }, 600_000);

  it('says of each of its records that it is illustrative', async () => {
    const client = await (await served()).as('opcc-officer');
    expect(refs.length).toBeGreaterThan(300);
    for (let from = 0; from < refs.length; from += 20) {
      const some = refs.slice(from, from + 20);
      const asked = some.map((ref, index) => `r${index}: record(ref: "${ref}") { illustrative }`).join(' ');
      const { ledger } = await client.runs(`{ ledger { ${asked} } }`);
      expect(some.filter((_, index) => ledger[`r${index}`]?.illustrative !== true)).toEqual([]);
    }
  }, 120_000);

  it('has what its README counts', async () => {
    const client = await (await served()).as('opcc-officer');
    const count = async (list: string, filter: string) =>
      (await client.runs(`{ ledger { ${list}(filter: { ${filter} }) { totalCount } } }`)).ledger[list].totalCount;
    const of = 'illustrative: true';
    expect(await count('risks', of)).toBe(60);
    expect(await count('recommendations', of)).toBe(120);
    expect(await count('actions', of)).toBe(27);
    expect(await count('meetings', of)).toBe(10);
    expect(await count('decisions', of)).toBe(25);
    expect(await count('documents', `${of}, kind: [INTERNAL_AUDIT_REPORT]`)).toBe(10);
  });

  it('has every condition of a risk on some day', async () => {
    const client = await (await served()).as('opcc-officer');
    const conditions = Object.keys((schema.getType('RiskConditions') as GraphQLObjectType).getFields());
    const found = new Set<string>();
    for (const effective of ['2024-02-10', '2024-05-01', '2024-07-01', '2024-12-05', '2025-01-05', '2025-05-01'])
      for (const condition of conditions) {
        const { ledger } = await client.runs(
          `query ($asOf: AsOf) { ledger(asOf: $asOf) { risks(filter: { illustrative: true, ${condition}: true }) { totalCount } } }`,
          { asOf: { effective } },
        );
        if (ledger.risks.totalCount > 0) found.add(condition);
      }
    expect([...found].sort()).toEqual([...conditions].sort());
  }, 120_000);

  it('bands what is to be scored anew by its own version, so that fewer read as high on the day of the new axes', async () => {
    const client = await (await served()).as('opcc-officer');
    const counts = async (effective: string, ...filters: readonly string[]) => {
      const parts = filters.map(
        (filter, index) => `f${index}: risks(filter: { illustrative: true, ${filter}: true }) { totalCount }`,
      );
      const { ledger } = await client.runs(`query ($asOf: AsOf) { ledger(asOf: $asOf) { ${parts.join(' ')} } }`, {
        asOf: { effective },
      });
      return filters.map((_, index) => ledger[`f${index}`].totalCount);
    };
    expect(await counts('2024-09-30', 'high', 'toBeScoredAnew')).toEqual([20, 0]);
    expect(await counts('2024-10-01', 'high', 'toBeScoredAnew')).toEqual([28, 0]);
    expect(await counts('2025-03-31', 'high', 'toBeScoredAnew')).toEqual([21, 0]);
    expect(await counts('2025-04-01', 'high', 'toBeScoredAnew')).toEqual([16, 52]);
    expect(await counts('2025-06-30', 'high', 'toBeScoredAnew')).toEqual([12, 32]);
  });

  stories(served);

  it.each(QUESTIONS.filter(isOfThePanel))(
    'is answered as the page of questions says: $words',
    async ({ reader, operation, answer }) => {
      const one = await served();
      const client = reader === null ? one.public : await one.as(reader);
      expect({ data: await client.runs(operation) }).toEqual(answer);
    },
  );
});

describe('the illustrative panel alone', () => {
  it('is loaded into an empty ledger without a refusal', async () => {
    const place = await newPlace('sqlite');
    try {
      expect(await loadRows(place)).toMatchObject({ outcome: 'passed', repeated: 0 });
    } finally {
      place.remove();
    }
  }, 300_000);
});

/** The references of the records that an import opened. */
async function openedBy({ store }: RunningLedger, importId: string): Promise<readonly string[]> {
  const refs: string[] = [];
  for (let after: LogPosition | undefined; ;) {
    const page = await store.readAll(after, 500);
    for (const event of page.events) {
      const { parts } = parseStored(event);
      const part = (called: string): unknown => parts.find(({ name }) => name === called)?.value;
      const { ref } = (part('facts') ?? {}) as { ref?: string };
      const ctl = part('ctl') as Control | undefined;
      if (ctl?.version === 1 && ctl.command.import === importId && ref !== undefined) refs.push(ref);
    }
    if (page.atEnd) return refs;
    after = page.events.at(-1)?.position;
  }
}
