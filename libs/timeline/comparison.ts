import type { CivilDate, Instant, MovementKind, RecordEvent, Register, Tells, ToldFields } from '../ledger/index.ts';
import type { Foldable } from './amend.ts';
import type { KnownEvent, RecordingClock } from './types.ts';

/** A register as comparing needs it: its fold, and what it tells. */
export type Telling<State = unknown, Event extends RecordEvent = RecordEvent> = Foldable<State, Event> &
  Pick<Register<State, Event>, 'name'> & { readonly told: Tells<State> };

/** A basis, as far as comparing asks. `sequence`: nothing after that number in the ledger counts. */
export interface ComparedBasis {
  readonly effective: CivilDate;
  readonly recorded: Instant;
  readonly sequence: number;
}

/** The two ends of a comparison, on one clock. The one between them is the day of the first as known at the second. */
export interface ComparedBases {
  readonly clock: RecordingClock;
  readonly before: ComparedBasis;
  readonly after: ComparedBasis;
}

/** A record by its register and reference. */
export interface NamedRecord {
  readonly register: string;
  readonly ref: string;
}

/** All records of a register that belong to a body. */
export interface RecordsOfBody {
  readonly register: string;
  readonly body: string;
}

/**
 * The records of which a comparison is told, as its reader may see them by the rights of today: events in the order of the log, without links to
 * what is not for them. What it has not (undefined) is asked for: see {@link isUnknown}. What is not for the reader has no events.
 */
export interface World {
  readonly registers: readonly Telling[];
  eventsOf(register: string, ref: string): readonly KnownEvent[] | undefined;
  /** References of the records of a register that ever belonged to a body. */
  refsOfBody(register: string, body: string): readonly string[] | undefined;
  /** Records of which the opening was ever void: what links to them leads nowhere while it is. */
  readonly mistaken: readonly NamedRecord[];
  /** A state without its links to what is nothing. */
  withoutLinksTo<State>(state: State, isNothing: (ref: string) => boolean): State;
}

/** The records that a comparison needs and the world has not been given. */
export interface Unknown {
  readonly unknown: readonly (NamedRecord | RecordsOfBody)[];
}

export function isUnknown(answer: object): answer is Unknown {
  return 'unknown' in answer;
}

/** A record where it is told: at one basis, or at one place of a walk. */
export interface ToldRecord<State = unknown> {
  readonly ref: string;
  readonly day: CivilDate;
  /** Without links to what was recorded by mistake. */
  readonly state: State;
  /** By the path of each field. A RAG colour that was asked for stands under `rag`. */
  readonly told: ToldFields;
}

/** The three bases, in their order. */
export const BASES = ['told', 'knownNow', 'closing'] as const satisfies readonly (keyof AtEach<unknown>)[];

/** Something at each of the three bases. */
export interface AtEach<Value> {
  readonly told: Value;
  readonly knownNow: Value;
  readonly closing: Value;
}

/**
 * The cell of a table in which a record stands: a key; null for those without a group. Undefined: it stands in none.
 */
export type CellKey = string | null;

export interface Wanted {
  /** Is a record that is told so in the list? Default: it is, as long as it stands. */
  readonly passes?: (one: ToldRecord) => boolean;
  /** The same at the three bases where the list says so itself: it counts there, whatever `passes` says. */
  readonly listed?: AtEach<boolean>;
  /** By the name of each table: the cell of a record that is in the list. */
  readonly tables?: { readonly [table: string]: (one: ToldRecord) => CellKey };
  /** The cells at the three bases where the tables say so themselves; undefined: in none. They count there. */
  readonly cells?: { readonly [table: string]: AtEach<CellKey | undefined> };
  /** A RAG rule by which colours are told. */
  readonly rag?: string;
  /** All three by the versions of score scales and RAG rules that are in force at closing. */
  readonly closing?: boolean;
}

export const STEPS = ['RESTATED', 'MOVED'] as const;
/** Told to known now, and known now to closing. */
export type StepName = (typeof STEPS)[number];

export const LIST_CHANGES = ['ENTERED', 'LEFT', 'CHANGED', 'RETURNED', 'PASSED_THROUGH'] as const;
/** What became of a record in a list. RETURNED: left and came back, unchanged. PASSED_THROUGH: came and left. */
export type ListChange = (typeof LIST_CHANGES)[number];

export const RESTATEMENT_KINDS = ['LEARNED', 'CORRECTED', 'VOIDED', 'RESTORED'] as const;
export type RestatementKind = (typeof RESTATEMENT_KINDS)[number];
/** What may change a record beside events of its own: the day, another record, and a rule that bands it otherwise. */
export const OTHER_KINDS = ['DAY', 'OTHER_RECORD', 'RE_BANDED'] as const;
export type OtherKind = (typeof OTHER_KINDS)[number];
export type ChangeKind = RestatementKind | MovementKind | OtherKind;

/** What changed a field. */
export type Cause =
  | { readonly kind: 'EVENT'; readonly event: KnownEvent; readonly record: NamedRecord }
  | { readonly kind: 'OTHER_RECORD'; readonly event: KnownEvent; readonly record: NamedRecord }
  | { readonly kind: 'DAY'; readonly day: CivilDate; readonly event: null; readonly record: null };

export interface ChangedField {
  readonly name: string;
  /** In the order of the walk: everything after which it changed. */
  readonly causes: readonly Cause[];
}

/** A line of a bridge: from the cell that a record left to the one that it entered, by its last change of cell. Undefined: none. */
export interface CellMove {
  readonly kind: ChangeKind;
  /** Null where only the list itself says that the record is elsewhere. */
  readonly cause: Cause | null;
  readonly from: CellKey | undefined;
  readonly to: CellKey | undefined;
}

/** What became of a record in one step. */
export interface ComparedStep {
  readonly change: ListChange;
  /** Every kind by which a field of it changed, in the order of the walk, each once. */
  readonly kinds: readonly ChangeKind[];
  readonly fields: readonly ChangedField[];
}

/** One record at the three bases, and what lies between them. */
export interface RecordComparison extends NamedRecord, AtEach<ToldRecord | null> {
  readonly listed: AtEach<boolean>;
  /** Null: nothing of it changed in this step, as far as the list goes. */
  readonly restated: ComparedStep | null;
  readonly moved: ComparedStep | null;
  readonly tables: { readonly [table: string]: ComparedCells };
}

/** Where a record stands in one table at the three bases, and the line of each step in which it is. */
export interface ComparedCells {
  readonly cells: AtEach<CellKey | undefined>;
  readonly restated: CellMove | null;
  readonly moved: CellMove | null;
}

/** A line of a bridge, with the records in it. */
export interface BridgeLine<One = string> {
  readonly step: StepName;
  readonly kind: ChangeKind;
  readonly from: CellKey | undefined;
  readonly to: CellKey | undefined;
  readonly records: readonly One[];
}

export interface Comparing {
  record(register: string, ref: string, wanted?: Wanted): RecordComparison | Unknown;
  /** The same, place by place: a long record is much work, and whoever asks may let others go first. Several may be walked at a time. */
  walk(register: string, ref: string, wanted?: Wanted): Generator<void, RecordComparison | Unknown>;
}
