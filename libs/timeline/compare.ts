import {
  STEPS,
  type AtEach,
  type BridgeLine,
  type ChangeKind,
  type ComparedBases,
  type ComparedCells,
  type Comparing,
  type RecordComparison,
  type ToldRecord,
  type Unknown,
  type Wanted,
  type World,
} from './comparison.ts';
import { courseOf, Readings, type Asked } from './course.ts';
import { endOf, stepOf, type End, type Standing } from './step-of.ts';

/**
 * Compares two bases, record by record: told (V1, S1), known now (V1, S2) and closing (V2, S2), and what lies between them. What the words mean:
 * docs/comparing.md.
 *
 * Pure: the world holds the events that the reader may see, and no other take part in anything.
 */
export function createComparison(world: World, bases: ComparedBases): Comparing {
  const readings = new Readings(world, bases);
  const walk = (register: string, ref: string, wanted: Wanted) =>
    comparedIn(readings, { register, ref, rag: wanted.rag, closing: wanted.closing }, wanted);
  return {
    walk: (register, ref, wanted = {}) => walk(register, ref, wanted),
    record(register, ref, wanted = {}) {
      const walking = walk(register, ref, wanted);
      let walked = walking.next();
      while (walked.done !== true) walked = walking.next();
      return walked.value;
    },
  };
}

function* comparedIn(readings: Readings, asked: Asked, wanted: Wanted): Generator<void, RecordComparison | Unknown> {
  const { told: tells } = readings.register(asked.register);
  const course = courseOf(readings, asked);
  const standing = (which: keyof AtEach<unknown>, one: ToldRecord | null): Standing => {
    const byFields = endOf(one, wanted);
    return { end: endAt(which, byFields, wanted), byFields };
  };
  const told = standing('told', course.told);
  const restated = yield* stepOf('RESTATED', tells, wanted, {
    from: told,
    way: course.restated,
    to: (one) => standing('knownNow', one),
  });
  const moved = yield* stepOf('MOVED', tells, wanted, {
    from: restated.at,
    way: course.moved,
    to: (one) => standing('closing', one),
  });
  if (course.missed.size > 0) return { unknown: [...course.missed.values()] };
  const ends: AtEach<End> = { told: told.end, knownNow: restated.at.end, closing: moved.at.end };
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
