import type { CivilDate, Dated, Instant } from './dates.ts';
import type { DuesKept } from './dues.ts';
import type { Authority, EventId, Party, RecordEvent } from './event.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { EventKind } from './kind.ts';
import type { Links, LinkWanted } from './links.ts';
import type { Marking } from './marking.ts';
import type { NoticeRule, TitledAt } from './notice.ts';
import type { Refusal } from './refusal.ts';
import type { Separation } from './separation.ts';

/** Where a fact comes from: a paper, the place in it, its words, and when it was published. */
export interface Source {
  readonly document?: string;
  readonly paragraph?: string;
  readonly quote?: string;
  readonly publishedOn?: CivilDate;
  /** The document of the ledger that the paper is, by its reference; and the version of it. */
  readonly record?: string;
  readonly version?: string;
}

/** What every command may carry, whatever it commands. */
export interface CommandEnvelope {
  /** A UUID. A command that was accepted under it, from the same caller on the same record, is answered so for ever; a refused one is decided afresh. */
  readonly commandId: string;
  /** The London day on which it took effect. Default: today. */
  readonly effectiveOn?: CivilDate;
  readonly dated?: Dated;
  readonly before?: EventId;
  /** The post that did it, when somebody else types it. `null`: an imported paper names nobody. */
  readonly by?: string | null;
  readonly authority?: Authority | 'notStated';
  readonly source?: Source;
  readonly reason?: string;
  readonly marking?: Marking;
  /** Import alone: the day on which the source recorded the fact, else published it. */
  readonly stated?: CivilDate;
}

/** A command to a register. `ref` names the record that it is about; a command that opens a record has none. */
export interface Command {
  readonly type: string;
  readonly ref?: string;
}

/** An event about to be written: dispatch adds who, when, why, from where, seals the words and commits to it all. */
export interface Draft {
  readonly type: string;
  readonly facts: JsonObject;
  /** Free words, by field. Each becomes an encrypted part under a key of its own. */
  readonly texts?: { readonly [field: string]: string | undefined };
  /** Names, contact details and the like, by field, encrypted under the key of `person`, else of the person that the record is. */
  readonly persons?: { readonly [field: string]: JsonValue | undefined };
  readonly person?: string;
  /** When the record's marking and the command's do not decide it. */
  readonly marking?: Marking;
}

/**
 * A reference for a new record.
 *
 * `NEXT`: stem and the next number of the open series (`CGB-2023-04-A` → `…-A1`). `RANDOM`: stem and five random characters, the first a letter.
 * `FIRST_FREE`: the stem itself, else `-2`, `-3`, … `EXACT`: the stem or nothing.
 */
export interface ReferenceWanted {
  /** The part after `references-` of the stream in which the reference is reserved, e.g. `CGB-2023-04` or `directory`. */
  readonly series: string;
  readonly stem: string;
  readonly style: 'NEXT' | 'RANDOM' | 'FIRST_FREE' | 'EXACT';
}

/**
 * Either the domain says no, or the events to write and, for a new record, the reference that it is to have. `first`: commands to the same
 * register, each of which opens another record, that are recorded before: what they say would be lost if these events were written alone.
 */
export type Decision =
  | { readonly refusal: Refusal }
  | { readonly events: readonly Draft[]; readonly reference?: ReferenceWanted; readonly first?: readonly Command[] };

/** A filter by which a list may be counted: by members of a few, by a record of a kind, or by what is or is not so. */
export type CountedFilter =
  | { readonly kind: 'oneOf'; readonly members: readonly string[] }
  | { readonly kind: 'link'; readonly record: string }
  | { readonly kind: 'flag' };

/** Lists, by the kind of record that they hold, with the filters by which each may be counted. */
export interface CountedLists {
  readonly [kind: string]: { readonly [filter: string]: CountedFilter };
}

/** Up to when what a meeting had before it was drawn: the London day, and the instant by which it had been recorded. */
export interface CutOff {
  readonly effective: CivilDate;
  readonly recorded: Instant;
}

/** A meeting that was held and is named as an authority, by all that is known now. */
export interface MeetingMet {
  readonly heldOn: CivilDate;
  readonly cutOff: CutOff | null;
}

/** All that a decision may know beyond the record itself. There is no clock here: `today` was read before. */
export interface DecisionContext {
  readonly today: CivilDate;
  /** The day on which the command takes effect: `dated.to`, else `effectiveOn`, else today. */
  readonly effectiveOn: CivilDate;
  readonly envelope: CommandEnvelope;
  /** The instant at which it is decided: what is recorded of it is stamped with that. */
  readonly now: Instant;
  /** The last event of the ledger as it was recorded by the instant for which {@link Register.citesAt} asks; null where there was none. */
  readonly lastEvent?: EventId | null;
  /** The meeting that is the authority. Absent where none is, and of an imported fact. */
  readonly meeting?: MeetingMet;
  /** Who did it. Absent only for an imported fact whose paper names nobody. */
  readonly by?: Party;
  readonly enteredBy: Party;
  /** A fact as the event that it would be, with the actor and the holders that would be written in it: what `mayFollow` is asked of. */
  wouldBe<Event extends RecordEvent>(type: Event['type'], facts?: Event['facts']): Event;
  /** True while a load of papers runs: allows `authority: 'notStated'` and nobody in `by`. */
  readonly imported: boolean;
  readonly links: Links;
  /** Every list of the ledger: for a fact that tells how many there are. */
  readonly lists: CountedLists;
  /** Of a command that names a subject of the identity provider: the person who has it, and whether it is the caller's own. */
  readonly subject?: { readonly heldBy: string | null; readonly isCallers: boolean };
  /** Of an operator's command: who holds a post of the monitoring officer today and is known to the identity provider. */
  readonly monitoringOfficers?: readonly { readonly post: string; readonly person: string }[];
}

/**
 * Who may issue a command: capacities, any post that owns the record, the one of them that leads, any post that may write at all, or
 * whoever may end a thing as done (`SIGNER`: see `mayIssue` in `libs/access`).
 */
export type MayIssue =
  | readonly string[]
  | 'OWNER'
  | 'LEAD'
  | 'ANY_WRITER'
  | 'SIGNER'
  /** These capacities, and nobody types it for them. */
  | { readonly alone: readonly string[] }
  /** Nobody who signs in: an operator, by the command line. */
  | 'OPERATOR';

/** What of a command's declaration (`libs/declarations`) whoever decides and dispatches it must know. */
export interface DeclaredCommand {
  /** The type of the one event that it leads to. */
  readonly leadsTo: string;
  /** What the input alone can tell to be wrong. */
  readonly whyNotInput: (command: Command) => Refusal | null;
  /** What it requires of the envelope and is not there. */
  readonly whyNotEnvelope: (context: DecisionContext) => Refusal | null;
  /** Its fields whose words may have several lines. */
  readonly linesIn: (command: Command, register: Pick<Register, 'linesAt'>) => readonly string[];
  /** The other records that it names. */
  readonly namedIn: (command: Command) => readonly LinkWanted[];
}

/** A value of an event that may be corrected or disputed: facts by `path`, texts by field name. */
export interface Correctable {
  readonly path: string;
  /** `text`: the new value is free words. Otherwise a check of the new value: a sentence if it will not do. */
  readonly is: 'text' | 'date' | 'dated' | ((value: JsonValue) => string | null);
  /** Why such a value does not go with the rest of the event as it stands, in a sentence; null when it does. */
  readonly fits?: (value: JsonValue, event: Pick<RecordEvent, 'facts' | 'texts'>) => string | null;
  /** The other records that such a value names. They must be there, as they must for the command. */
  readonly names?: (value: JsonValue) => readonly Pick<LinkWanted, 'register' | 'ref'>[];
}

/**
 * What a register means: plain data and pure functions. See `docs/adding-a-register.md`.
 *
 * All registers have this shape, and the folders of all registers the same file names.
 */
export interface Register<State = unknown, Event extends RecordEvent = RecordEvent, Cmd extends Command = Command> {
  /** Plural, as in the streams: `actions`. */
  readonly name: string;
  /** Singular, as a person says it: `action`. */
  readonly singular: string;
  readonly kinds: readonly EventKind[];
  /** The type that opens a record. */
  readonly opening: readonly Event['type'][];
  /** State before any event. */
  readonly initial: State;
  /** Total over any subset of events in any order: an unknown or misplaced event leaves the state as it is. */
  readonly evolve: (state: State, event: Event) => State;
  /**
   * Is this event legal in that state? Used by `decide` and by the re-fold after any late entry, correction, void or import. The
   * whole event: who did it and the holders written in it (all that this record's events say of holders) are part of what it means.
   */
  readonly mayFollow: (state: State, event: Event) => Refusal | null;
  /**
   * What the register alone knows of a command whose input is sound, whose event may follow and whose records are there. Never called
   * bare: `decideCommand` in `libs/declarations` asks all that first.
   */
  readonly decide: (state: State, command: Cmd, context: DecisionContext) => Decision;
  /**
   * Why a command may not be given as other records are now, whatever else it will say. Asked once the records that it names are found to be
   * there; and before anybody has filled it in, of what may be offered. Not part of legality: another record's later state unmakes nothing.
   */
  readonly whyNotNow?: (state: State, command: Pick<Cmd, 'type'>, context: DecisionContext) => Refusal | null;
  /** Its commands, as they are declared. */
  readonly declared: { readonly [type: string]: DeclaredCommand };
  /** Who may issue each command. Unlisted commands are refused. */
  readonly mayIssue: { readonly [type in Cmd['type']]: MayIssue };
  /** Who else than usual may issue a command that every record takes, on a record of this register. */
  readonly mayIssueForRecord?: { readonly [command: string]: MayIssue };
  /** The day on which it was held, for what may be named as an authority; null while it was not. */
  readonly heldOn?: (state: State) => CivilDate | null;
  /** Up to when what it had before it was drawn, of a meeting; null while its day is not known. */
  readonly cutOffOf?: (state: State) => CutOff | null;
  /** The day on which it was made, for a decision that may be named as an authority; null while it was not, and once it holds no longer. */
  readonly madeOn?: (state: State) => CivilDate | null;
  /** The instant by which what a fact cites had been recorded, of a command that cites the ledger as it stood; null for any other. */
  readonly citesAt?: (command: Cmd, state: State, context: DecisionContext) => Instant | null;
  /** The versions of a record that facts may cite as their source, by their numbers. Absent: nothing of this register is cited. */
  readonly versionsOf?: (state: State) => readonly string[];
  /** What ends a record of this register as done. Absent: nothing does. */
  readonly separation?: Separation<State, Event>;
  /**
   * Who may issue this very command on this record, where that depends on more than its name: the register's own commands and those
   * that every record takes. Undefined: as the command's name says.
   */
  readonly mayIssueThis?: (command: Command, state: State, events: readonly RecordEvent[]) => MayIssue | undefined;
  /** What nobody may do in their own cause, whatever their capacity. Not asked of imports and operators. */
  readonly inOwnCause?: (
    command: Command,
    state: State,
    events: readonly RecordEvent[],
    context: DecisionContext,
  ) => Refusal | null;
  /** Commands that open a record. */
  readonly opens: readonly Cmd['type'][];
  /** The lists of its records, with the filters by which each may be counted. */
  readonly lists: CountedLists;
  /**
   * What the record takes no more by all that is known of it, whatever the day on which it is to have taken effect and whoever says so: asked of
   * every command that was decided, those that every record takes and imported ones among them. `leadsTo`: the type of what it would record.
   */
  readonly whyNotAnyMore?: (
    command: Command,
    leadsTo: string | undefined,
    state: State,
    events: readonly RecordEvent[],
    context: DecisionContext,
  ) => Refusal | null;
  /** Other records that the command names, or that the record itself names and the decision must know. `state`: before the command. */
  readonly links: (command: Cmd, state?: State) => readonly LinkWanted[];
  /** Brings an event of any schema ever written to the current one, or only as far as schema `to`: there a correction is laid on. */
  readonly upcast: (event: RecordEvent, to?: number) => Event;
  /** What a correction may change, by event type; `effectiveOn` and `dated` may always be corrected. */
  readonly correctable: { readonly [type in Event['type']]?: readonly Correctable[] };
  /** May what stands under that path of an event have several lines? */
  readonly linesAt: (path: string) => boolean;
  /** Paths of the record's state that `recordOtherwiseStated` may dispute without naming an event. */
  readonly disputable: readonly string[];
  /** Days from effective to recorded beyond which an entry is late, where no allowance of the record's body is in force. */
  readonly lateAfterDays: number;
  /** The body whose record it is: its allowance for late entries holds. Absent: none has one. Null while there is no record. */
  readonly bodyOf?: (state: State) => string | null;
  /** The body to which the record belongs, where that is another question than whose allowance holds. Default: {@link Register.bodyOf}. */
  readonly belongsTo?: (state: State) => string | null;
  /** The posts that own the record in that state, if any does: the one that leads first. */
  readonly ownersOf: (state: State) => readonly string[];
  /** The record's reference in that state; null while it does not exist. */
  readonly refOf: (state: State) => string | null;
  /** The series of a reference of this register, or null if the text is no such reference. */
  readonly seriesOf: (ref: string) => string | null;
  readonly refusals: { readonly [code: string]: string };
  /** What may be a slip in a fact of this register, though nothing forbids it. */
  readonly notices?: readonly NoticeRule<State, Event>[];
  /** The due dates that its records have, and what its events say of them. Absent: they have none, and nothing is due at them. */
  readonly dues?: DuesKept<Event>;
  /** Where a record belongs and what it is called there: two alike may be one that was recorded twice. Absent: never. */
  readonly titledAt?: (state: State) => TitledAt | null;
}

/** Reads the time. The only clock is the one that an application hands in. */
export interface Clock {
  /** Milliseconds after 1 January 1970 UTC. */
  now(): number;
  /** Milliseconds of a clock that nobody sets and that goes on while the machine sleeps; null where there is none. */
  steady?(): number | null;
}

/** Everything random, so that tests can be repeated. */
export interface Ids {
  /** A random UUID, version 4. */
  uuid(): string;
  bytes(length: number): Uint8Array;
}
