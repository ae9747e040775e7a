import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { addDays } from '../../libs/ledger/index.ts';
import {
  amend,
  createComparison,
  fold,
  isUnknown,
  type CellKey,
  type CellMove,
  type ComparedBases,
  type ComparedStep,
  type RecordComparison,
  type RecordingClock,
  type ToldRecord,
  type Wanted,
} from '../../libs/timeline/index.ts';
import { naiveComparison, type NaiveAnswer, type NaiveFault, type RawRecord } from '../model/naive-comparison.ts';
import { basesOf, chosenBases, withoutLinksTo, worldOf, worlds, type WorldRecord } from './worlds.ts';

/* What must hold of every comparison, over random worlds. */

const CLOCKS: readonly RecordingClock[] = ['PROVEN', 'STATED'];
/** What lists are narrowed by: all; by what the day decides; by the state; by who owns it. */
const PASSES: readonly ((told: ToldRecord['told']) => boolean)[] = [
  () => true,
  (told) => told['overdue'] === true || told['missed'] === true || told['conditions.awaitingReview'] === true,
  (told) =>
    ['PROPOSED', 'AGREED', 'IN_PROGRESS', 'MANAGED', 'AWAITING_REVIEW', 'SCHEDULED'].includes(told['status'] as string),
  (told) => told['owner'] === 'force-lead',
];
const CELLS: readonly ((told: ToldRecord['told']) => CellKey)[] = [
  (told) => (told['status'] as string | undefined) ?? null,
  (told) => (told['owner'] as string | undefined) ?? null,
  (told) => (told['band.current'] as string | undefined) ?? (told['rag'] as string | undefined) ?? null,
  (told) => (told['due.current'] as string | undefined) ?? null,
];

const questionArbitrary = fc.record({
  clock: fc.constantFrom(...CLOCKS),
  passes: fc.constantFrom(...PASSES),
  cells: fc.constantFrom(...CELLS),
  closing: fc.boolean(),
});
type Question = typeof questionArbitrary extends fc.Arbitrary<infer T> ? T : never;

function wantedBy({ passes, cells, closing }: Question): Wanted {
  return {
    passes: ({ told }) => passes(told),
    tables: { cell: ({ told }) => cells(told) },
    rag: 'CGB-rag',
    closing,
  };
}

/** How a comparison is made. A control makes it otherwise. */
export type Compare = (
  records: readonly WorldRecord[],
  bases: ComparedBases,
  record: WorldRecord,
  wanted: Wanted,
) => RecordComparison;

export const compared: Compare = (records, bases, { register, ref }, wanted) => {
  const found = createComparison(worldOf(records), bases).record(register.name, ref, wanted);
  if (isUnknown(found)) throw new Error(`nobody knows ${JSON.stringify(found.unknown)}`);
  return found;
};

interface Asked {
  readonly records: readonly WorldRecord[];
  readonly bases: readonly ComparedBases['before'][];
  readonly question: Question;
}

function asked(subject: string, many: number): fc.Arbitrary<Asked> {
  return fc
    .tuple(worlds(subject), chosenBases(many), questionArbitrary)
    .map(([records, chosen, question]) => ({ records, bases: basesOf(records, chosen), question }));
}

/** Every comparison is that of a walk that folds the raw events one more at a time. */
export function isTheNaiveWalk(subject: string, runs: number, how = compared, fault?: NaiveFault): void {
  fc.assert(
    fc.property(asked(subject, 2), ({ records, bases: [before, after], question }) => {
      const record = records[0]!;
      const bases = { clock: question.clock, before: before!, after: after! };
      const wanted = wantedBy(question);
      const naive = naiveComparison(
        records as unknown as readonly RawRecord[],
        record as unknown as RawRecord,
        {
          ...bases,
          passes: ({ told }) => question.passes(told),
          cellOf: ({ told }) => question.cells(told),
          ...{ rag: 'CGB-rag', closing: question.closing, withoutLinksTo },
        },
        fault,
      );
      const found = summaryOf(how(records, bases, record, wanted));
      const wantedOf = JSON.parse(JSON.stringify(naive)) as unknown;
      if (!isDeepStrictEqual(JSON.parse(JSON.stringify(found)), wantedOf))
        throw new Error(`${differenceOf(found, naive)}\n${JSON.stringify(bases)}`);
    }),
    { numRuns: runs, seed: 16 },
  );
}

/** Told of A to B and of B to C, and of A to C: the two steps together sum in every cell, and each bridge opens where the one before closed. */
export function sumsOverThree(subject: string, runs: number, how = compared): void {
  fc.assert(
    fc.property(asked(subject, 3), ({ records, bases: [a, b, c], question }) => {
      const record = records[0]!;
      const wanted = { ...wantedBy(question), closing: false };
      const between = (before: ComparedBases['before'], after: ComparedBases['before']) =>
        how(records, { clock: question.clock, before, after }, record, wanted);
      const [first, second, whole] = [between(a!, b!), between(b!, c!), between(a!, c!)];
      // Told of a bridge from B is closing of a bridge to B.
      if (!isDeepStrictEqual(first.closing?.told, second.told?.told))
        throw new Error('B is told otherwise from B than to B');
      const sum = (...some: readonly RecordComparison[]) => {
        const cells = new Map<string, number>();
        const add = (key: CellKey | undefined, by: number) =>
          key === undefined ? undefined : cells.set(JSON.stringify(key), (cells.get(JSON.stringify(key)) ?? 0) + by);
        for (const { tables } of some)
          for (const move of [tables['cell']!.restated, tables['cell']!.moved]) {
            if (move === null) continue;
            add(move.from, -1);
            add(move.to, 1);
          }
        return [...cells].filter(([, many]) => many !== 0).sort();
      };
      if (!isDeepStrictEqual(sum(first, second), sum(whole))) throw new Error('the steps do not sum');
      for (const one of [first, second, whole]) {
        const { cells, restated, moved } = one.tables['cell']!;
        for (const [move, from, to] of [
          [restated, cells.told, cells.knownNow],
          [moved, cells.knownNow, cells.closing],
        ] as const)
          if (move === null ? from !== to : move.from !== from || move.to !== to || from === to)
            throw new Error('a line does not lead from the cell of its opening to that of its closing');
      }
    }),
    { numRuns: runs, seed: 16 },
  );
}

/** A basis compared with itself is empty. */
export function isEmptyWithItself(subject: string, runs: number, how = compared): void {
  fc.assert(
    fc.property(asked(subject, 1), ({ records, bases: [a], question }) => {
      const { restated, moved, tables } = how(
        records,
        { clock: question.clock, before: a!, after: a! },
        records[0]!,
        wantedBy(question),
      );
      if (restated !== null || moved !== null || tables['cell']!.restated !== null || tables['cell']!.moved !== null)
        throw new Error('something changed from a basis to itself');
    }),
    { numRuns: runs, seed: 16 },
  );
}

/**
 * Whatever of a record is told otherwise on another day, its register said beforehand that it might: by the day alone, nothing else having happened.
 */
export function namesItsDays(subject: string, runs: number): void {
  fc.assert(
    fc.property(worlds(subject), (records) => {
      const { register, events } = records[0]!;
      const stateOf = (one: WorldRecord) => {
        const state = fold(one.register, amend(one.register, one.events));
        return one.register.refOf(state) === null ? null : state;
      };
      const state = fold(register, amend(register, events));
      if (register.refOf(state) === null) return;
      const named = new Set<string>();
      const toldOn = (day: string) =>
        register.told.fields(state, {
          day,
          isPast(one) {
            if (one != null) named.add(addDays(one, 1));
            return one != null && one < day;
          },
          turnsOn: (...days) => days.forEach((one) => named.add(one)),
          record: <State>(of: string, ref: string | undefined) => {
            const other = records.find((one) => one.register.name === of && one.ref === ref);
            return other === undefined ? null : (stateOf(other) as State | null);
          },
          statesOf: () => [],
          ofBody: () => [],
        });
      // From the last of all facts on; for over a year, after which assurance of a third line counts no more.
      const facts = records.flatMap((one) => amend(one.register, one.events));
      const last = facts
        .map(({ effectiveOn }) => effectiveOn)
        .sort()
        .at(-1)!;
      let before = toldOn(last);
      for (let day = addDays(last, 1); day < '2024-08-01'; day = addDays(day, 1)) {
        const isNamed = named.has(day);
        const told = toldOn(day);
        if (!isNamed && !isDeepStrictEqual(told, before))
          throw new Error(`told otherwise on ${day}, of which nothing was said`);
        before = told;
      }
    }),
    { numRuns: runs, seed: 16 },
  );
}

function summaryOf({ told, knownNow, closing, restated, moved, tables }: RecordComparison) {
  const { cells, restated: one, moved: other } = tables['cell']!;
  return {
    ...{ told: plain(told), knownNow: plain(knownNow), closing: plain(closing) },
    ...{ restated: stepOf(restated), moved: stepOf(moved), lines: [lineOf(one), lineOf(other)] },
    cells: [cells.told, cells.knownNow, cells.closing].map(cellOf),
  };
}

function plain(one: ToldRecord | null): unknown {
  return one === null ? null : { state: one.state, told: one.told };
}

function stepOf(step: ComparedStep | null): unknown {
  if (step === null) return null;
  const fields = step.fields
    .map(({ name, causes }) => ({
      name,
      causes: causes.map((cause) => `${cause.kind} ${cause.kind === 'DAY' ? cause.day : cause.event.id}`),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { change: step.change, kinds: step.kinds, fields };
}

function lineOf(move: CellMove | null): string | null {
  if (move === null) return null;
  const { cause } = move;
  const by = cause === null ? '' : `${cause.kind} ${cause.kind === 'DAY' ? cause.day : cause.event.id}`;
  return `${move.kind} ${by}: ${cellOf(move.from)} > ${cellOf(move.to)}`;
}

function cellOf(cell: CellKey | undefined): string {
  return cell === undefined ? 'nowhere' : JSON.stringify(cell);
}

function differenceOf(found: object, naive: NaiveAnswer): string {
  for (const [member, is] of Object.entries(found)) {
    const wanted = (naive as unknown as Record<string, unknown>)[member];
    if (JSON.stringify(is) !== JSON.stringify(wanted))
      return `${member}: found ${JSON.stringify(is)} and wanted ${JSON.stringify(wanted)}`;
  }
  return 'the same as text';
}
