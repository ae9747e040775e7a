import {
  STEPS,
  type AtEach,
  type Bridge,
  type BridgeLine,
  type CellKey,
  type ComparedBases,
  type ComparedCells,
  type Comparing,
  type RecordComparison,
  type StepName,
  type Wanted,
  type World,
} from './comparison.ts';
import { courseOf, Readings, type Asked } from './course.ts';
import { endOf, stepOf, type End } from './step-of.ts';

/**
 * Compares two bases, record by record: told (V1, S1), known now (V1, S2) and closing (V2, S2), and what lies between them. What the words mean:
 * docs/comparing.md.
 *
 * Pure: the world holds the events that the reader may see, and no other take part in anything.
 */
export function createComparison(world: World, bases: ComparedBases): Comparing {
  const readings = new Readings(world, bases);
  return {
    record(register, ref, wanted = {}) {
      readings.readMissed();
      const compared = comparedIn(readings, { register, ref, rag: wanted.rag, closing: wanted.closing }, wanted);
      return readings.unknown.size > 0 ? { unknown: [...readings.unknown.values()] } : compared;
    },
  };
}

const EACH = ['told', 'knownNow', 'closing'] as const;

function comparedIn(readings: Readings, asked: Asked, wanted: Wanted): RecordComparison {
  const { told: tells } = readings.register(asked.register);
  const course = courseOf(readings, asked);
  const byFields = eachOf((which) => endOf(course[which], wanted));
  const ends = eachOf((which) => endAt(which, byFields[which], wanted));
  const step = (name: StepName, from: 'told' | 'knownNow', to: 'knownNow' | 'closing') =>
    stepOf(name, tells, wanted, {
      ends: [ends[from], ends[to]],
      byFields: [byFields[from], byFields[to]],
      places: name === 'RESTATED' ? course.restated : course.moved,
    });
  const restated = step('RESTATED', 'told', 'knownNow');
  const moved = step('MOVED', 'knownNow', 'closing');
  const tables = Object.keys(wanted.tables ?? {}).map((table): readonly [string, ComparedCells] => [
    table,
    {
      cells: eachOf((which) => ends[which].cells[table]),
      restated: restated.moves[table] ?? null,
      moved: moved.moves[table] ?? null,
    },
  ]);
  return {
    ...{ register: asked.register, ref: asked.ref },
    ...eachOf((which) => ends[which].told),
    listed: eachOf((which) => ends[which].listed),
    ...{ restated: restated.step, moved: moved.step },
    tables: Object.fromEntries(tables),
  };
}

/** What the list and its tables say of a basis counts there. */
function endAt(which: keyof AtEach<unknown>, end: End, { listed, cells }: Wanted): End {
  const isListed = listed?.[which] ?? end.listed;
  const known = Object.entries(end.cells).map(([table, cell]) => [
    table,
    cells?.[table] !== undefined ? cells[table][which] : isListed ? cell : undefined,
  ]);
  return { told: end.told, listed: isListed, cells: Object.fromEntries(known) as End['cells'] };
}

function eachOf<Value>(make: (which: (typeof EACH)[number]) => Value): AtEach<Value> {
  return { told: make('told'), knownNow: make('knownNow'), closing: make('closing') };
}

/**
 * The bridge of one table: in every cell and in the total, told and the lines of the first step make known now, and the lines of the second
 * make closing.
 * @param kinds the order of the kinds, as they are to be shown
 */
export function bridgeOf(
  comparisons: Iterable<Pick<RecordComparison, 'ref' | 'tables'>>,
  table: string,
  kinds: readonly string[],
): Bridge {
  const cells = new Map<CellKey, { -readonly [which in keyof AtEach<number>]: number }>();
  const total = { told: 0, knownNow: 0, closing: 0 };
  const lines = new Map<string, BridgeLine & { readonly records: string[] }>();
  for (const { ref, tables } of comparisons) {
    const compared = tables[table];
    if (compared === undefined) throw new TypeError(`the table ${table} was not asked for`);
    for (const which of EACH) {
      const key = compared.cells[which];
      if (key === undefined) continue;
      const cell = cells.get(key) ?? { told: 0, knownNow: 0, closing: 0 };
      cells.set(key, cell);
      cell[which] += 1;
      total[which] += 1;
    }
    for (const step of STEPS) {
      const move = step === 'RESTATED' ? compared.restated : compared.moved;
      if (move === null) continue;
      const { kind, from, to } = move;
      const name = JSON.stringify([step, kind, from ?? null, from === undefined, to ?? null, to === undefined]);
      const line = lines.get(name) ?? { step, kind, from, to, records: [] };
      lines.set(name, line);
      line.records.push(ref);
    }
  }
  const order = (line: BridgeLine) => [STEPS.indexOf(line.step), kinds.indexOf(line.kind)] as const;
  return {
    cells: [...cells].sort(([a], [b]) => compareKeys(a, b)).map(([key, counts]) => ({ key, ...counts })),
    lines: [...lines.values()].sort((a, b) => {
      const [one, other] = [order(a), order(b)];
      return one[0] - other[0] || one[1] - other[1] || compareKeys(a.from, b.from) || compareKeys(a.to, b.to);
    }),
    total,
  };
}

/** By key; those without a group after all groups, and no cell after them. */
function compareKeys(a: CellKey | undefined, b: CellKey | undefined): number {
  const rank = (key: CellKey | undefined) => (key === undefined ? 2 : key === null ? 1 : 0);
  return rank(a) - rank(b) || (a != null && b != null && a !== b ? (a < b ? -1 : 1) : 0);
}
