import type { EventStore } from '../../libs/event-store/index.ts';
import { addDays, type Command } from '../../libs/ledger/index.ts';
import type { EntriesWanted, EntryGrouping, LedgerView } from '../../libs/read-models/index.ts';
import { entryDelays, listLateEntries, type Delays } from '../../projections/index.ts';
import { READERS } from './compared.ts';
import { chanceOf, emptyStore, ledgerInMemory, randomHistory, type LedgerInMemory } from './random-history.ts';
import { basisFor } from './told-to-meetings.ts';
import { entriesOf, type ModelBasis, type ModelEntry } from './written-rules.ts';

const PAGE = 6;
const DAY = 86_400_000;

/** Entries as they are told: which are late, the last first, and how long all of them took, together and in groups. */
interface Told {
  readonly late: readonly string[];
  readonly all: Delays;
  readonly groups: Readonly<Record<EntryGrouping, readonly (readonly [key: string | null, delays: Delays])[]>>;
}

/** As the ledger answers. */
async function toldBy(view: LedgerView, wanted: EntriesWanted): Promise<Told> {
  const late: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await listLateEntries(view, wanted, { first: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { node } of page.edges) late.push(node.event.id);
    if (page.edges.some(({ node }) => !node.event.late))
      throw new Error('an entry is listed as late that says it is not');
    if (!page.hasNextPage) {
      if (page.totalCount !== late.length) throw new Error(`${page.totalCount} counted, ${late.length} listed`);
      break;
    }
    after = page.endCursor!;
  }
  const by = async (grouping: EntryGrouping) => {
    const { groups, ...all } = await entryDelays(view, wanted, grouping);
    return { all, groups: inOrder(groups.map(({ key, label: _, ...delays }) => [key, delays] as const)) };
  };
  const [post, register, month] = [await by('POST'), await by('REGISTER'), await by('MONTH')];
  const { groups: _, ...all } = await entryDelays(view, wanted);
  if (JSON.stringify([all, all, all]) !== JSON.stringify([post.all, register.all, month.all]))
    throw new Error('groups do not share out what there is');
  return { late, all, groups: { POST: post.groups, REGISTER: register.groups, MONTH: month.groups } };
}

/** As the written rules have it. */
function toldByRules(
  entries: readonly ModelEntry[],
  { register, post, recordedFrom, recordedTo }: EntriesWanted,
): Told {
  const wanted = entries.filter(
    (one) =>
      (register === undefined || one.register === register) &&
      (post === undefined || one.post === post) &&
      (recordedFrom === undefined || one.recordedOn >= recordedFrom) &&
      (recordedTo === undefined || one.recordedOn <= recordedTo),
  );
  const by = (keyOf: (entry: ModelEntry) => string | null) => {
    const keys = [...new Set(wanted.map(keyOf))];
    return inOrder(keys.map((key) => [key, shareOf(wanted.filter((one) => keyOf(one) === key))] as const));
  };
  return {
    late: wanted.filter(({ late }) => late).map(({ id }) => id),
    all: shareOf(wanted),
    groups: {
      POST: by(({ post: key }) => key),
      REGISTER: by(({ register: key }) => key),
      MONTH: by(({ recordedOn }) => recordedOn.slice(0, 7)),
    },
  };
}

/** One by one: the one in the middle, the one at nine tenths, the last. */
function shareOf(entries: readonly ModelEntry[]): Delays {
  const days = entries.map(({ delay }) => delay).sort((a, b) => a - b);
  const at = (tenths: number) => days[Math.ceil((days.length * tenths) / 10) - 1] ?? null;
  const among = (from: number, to: number) => days.filter((one) => from <= one && one <= to).length;
  return {
    count: entries.length,
    late: entries.filter(({ late }) => late).length,
    ...{ medianDays: at(5), ninetiethDays: at(9), longestDays: at(10) },
    bands: [
      { fromDays: null, toDays: -1, count: among(-Infinity, -1) },
      { fromDays: 0, toDays: 0, count: among(0, 0) },
      { fromDays: 1, toDays: 7, count: among(1, 7) },
      { fromDays: 8, toDays: 30, count: among(8, 30) },
      { fromDays: 31, toDays: 90, count: among(31, 90) },
      { fromDays: 91, toDays: null, count: among(91, Infinity) },
    ],
  };
}

function inOrder<Value>(groups: readonly (readonly [string | null, Value])[]) {
  return [...groups].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

/** A random history in which the allowances of the board are set, changed, ended and hidden between what is entered, and a post is hidden and shown. */
async function historyOfEntries(ledger: LedgerInMemory, seed: number, accepted: number): Promise<void> {
  const chance = chanceOf(seed + 5_000_000);
  for (let part = 0; part < 4; part += 1) {
    await randomHistory(ledger, seed * 10 + part, Math.ceil(accepted / 4));
    for (const register of ['ACTIONS', 'MEETINGS']) {
      const ref = `CGB-late-${register.toLowerCase()}`;
      const rule = async (command: { readonly type: string } & Readonly<Record<string, unknown>>) => {
        const marking = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const;
        await ledger.submit('monitoring-officer', 'monitoring-officer', 'rules', command, {
          ...{ commandId: ledger.uuid(), reason: 'As the board wishes.' },
          effectiveOn: addDays(ledger.today(), chance.number(20) - (command.type === 'SetLateAllowance' ? 12 : 18)),
          ...(chance.once(6) ? { marking } : {}),
        });
      };
      await rule({ type: 'AddRule', kind: 'LATE_ALLOWANCE', body: 'CGB', title: 'Late', register });
      await rule({ type: 'SetLateAllowance', ref, days: chance.number(15) });
      if (chance.once(3)) await rule({ type: 'EndRule', ref });
    }
    const to = { classification: 'OFFICIAL', sensitive: chance.once(2), session: 'OPEN' };
    await ledger.submit(
      ...(['monitoring-officer', 'monitoring-officer', 'directory'] as const),
      { type: 'Mark', ref: 'chief-constable', to } as Command,
      { commandId: ledger.uuid(), reason: 'As the board wishes.' },
    );
    ledger.forward(chance.number(40) * DAY);
    await ledger.caughtUp();
  }
}

export interface EntriesCompared {
  readonly seed: number;
  readonly at: ModelBasis;
  readonly reader: object;
  readonly wanted: EntriesWanted;
  readonly rules: Told;
  readonly answer: Told;
}

/** Random questions about what was entered in random histories, of the rules and of the ledger. Stops at the first difference of each history. */
export async function compareEntries(
  seeds: { readonly first: number; readonly count: number },
  { commands, questions }: { readonly commands: number; readonly questions: number },
) {
  const differences: EntriesCompared[] = [];
  const told = { entries: 0, late: 0, byAllowance: 0, ahead: 0, byNobody: 0 };
  const empty = emptyStore();
  try {
    for (let seed = seeds.first; seed < seeds.first + seeds.count; seed += 1) {
      const difference = await compareOne(seed, empty.store, commands, questions, told);
      if (difference !== null) differences.push(difference);
    }
  } finally {
    await empty.close();
  }
  return { differences, told };
}

async function compareOne(
  seed: number,
  empty: EventStore,
  commands: number,
  questions: number,
  told: Record<string, number>,
): Promise<EntriesCompared | null> {
  const ledger = await ledgerInMemory(seed, empty);
  try {
    await historyOfEntries(ledger, seed, commands);
    const chance = chanceOf(seed + 6_000_000);
    for (let asked = 0; asked < questions; asked += 1) {
      const [reader, model] = chance.of(READERS);
      const { asOf, at: basis } = basisFor(chance, ledger);
      const position = chance.once(4) ? chance.of(ledger.log).position : undefined;
      const at = { ...basis, ...(position === undefined ? {} : { position }) };
      const pinned = position === undefined ? {} : { position: ledger.models.encodePosition(reader, position) };
      const view = await ledger.models.openView({ ...asOf, ...pinned }, reader);
      const wanted: EntriesWanted = {
        ...(chance.once(4) ? { register: chance.of(['actions', 'meetings', 'directory', 'rules']) } : {}),
        ...(chance.once(4) ? { post: chance.of(['opcc-officer', 'chief-constable', 'commissioner']) } : {}),
        ...(chance.once(4) ? { recordedFrom: addDays(ledger.today(), -chance.number(90)) } : {}),
        ...(chance.once(4) ? { recordedTo: addDays(ledger.today(), -chance.number(60)) } : {}),
      };
      const entries = entriesOf(ledger.log, model, at);
      const [rules, answer] = [toldByRules(entries, wanted), await toldBy(view, wanted)];
      if (JSON.stringify(rules) !== JSON.stringify(answer)) return { seed, at, reader: model, wanted, rules, answer };
      told['entries']! += rules.all.count;
      told['late']! += rules.late.length;
      told['byAllowance']! += entries.filter(
        ({ register, delay, late }) => late !== delay > ({ actions: 7 }[register] ?? 28),
      ).length;
      told['ahead']! += rules.all.bands[0]!.count;
      told['byNobody']! += rules.groups.POST.filter(([key]) => key === null).length;
    }
    return null;
  } finally {
    await ledger.close();
  }
}
