import {
  STEPS,
  type AtEach,
  type BridgeLine,
  type ChangeKind,
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

function eachOf<Value>(make: (which: keyof AtEach<unknown>) => Value): AtEach<Value> {
  return { told: make('told'), knownNow: make('knownNow'), closing: make('closing') };
}

/**
 * The lines of a bridge: those in which these records are, in the order of the steps and kinds, and else in that in which they come.
 * @param cellsOf where one stands in the table; undefined where that was not asked for
 * @param kinds the order of the kinds, as they are to be shown
 */
export function linesOf<One>(
  records: Iterable<One>,
  cellsOf: (one: One) => ComparedCells | undefined,
  kinds: readonly ChangeKind[],
): readonly BridgeLine<One>[] {
  const lines = new Map<string, BridgeLine<One> & { readonly records: One[] }>();
  for (const one of records) {
    const compared = cellsOf(one);
    for (const step of STEPS) {
      const move = step === 'RESTATED' ? compared?.restated : compared?.moved;
      if (move == null) continue;
      const { kind, from, to } = move;
      const name = JSON.stringify([step, kind, from === undefined, from ?? null, to === undefined, to ?? null]);
      const line = lines.get(name) ?? { step, kind, from, to, records: [] };
      lines.set(name, line);
      line.records.push(one);
    }
  }
  const place = ({ step, kind }: BridgeLine<One>) => STEPS.indexOf(step) * kinds.length + kinds.indexOf(kind);
  return [...lines.values()].sort((a, b) => place(a) - place(b));
}
