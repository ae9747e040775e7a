import type { CivilDate, Dated, Instant } from './dates.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Marking } from './marking.ts';

/** A random UUID (version 4). Names one event for ever; packs, receipts and citations hold event ids. */
export type EventId = string;

/** `<register>-<id>`: where the events of one record stand. Never personal, never content. */
export type StreamName = string;

/** The register whose record it is: its name is followed by a hyphen and what tells its records apart, in which there is none. */
export function registerOfStream(stream: StreamName): string {
  return stream.slice(0, stream.lastIndexOf('-'));
}

/** What everybody who may know of the event may see of it. Holds no free text and nothing personal. */
export interface EventHeader {
  readonly v: 1;
  readonly id: EventId;
  readonly register: string;
  /** Past tense with a subject: `ActionRaised`. */
  readonly type: string;
  /** Version of the kind's shape. Every version ever written is frozen as a golden file and upcasts. */
  readonly schema: number;
  readonly stream: StreamName;
  /** When the writer decided it. The *recorded* instant, as read, is the greatest stamp up to the event's position. */
  readonly stamped: Instant;
  /** Imported facts only: the day on which the source recorded it, else published it. */
  readonly stated?: CivilDate;
  readonly effectiveOn: CivilDate;
  /** Set when the source gives no day; `effectiveOn` is then `dated.to`. */
  readonly dated?: Dated;
  /** Among facts of the same effective day: folded just before this event. */
  readonly before?: EventId;
  readonly marking: Marking;
}

/** The parts that every kind declares, in this order, before its own texts and persons. */
export const COMMON_PARTS = ['facts', 'actor', 'source', 'ctl', 'command'] as const;
/** Free words that any event may carry: why, and from which document, paragraph and sentence. */
export const COMMON_TEXTS = ['reason', 'document', 'paragraph', 'quote'] as const;

export type TextPart = `text/${string}`;
export type PersonPart = `person/${string}`;
export type PartName = (typeof COMMON_PARTS)[number] | TextPart | PersonPart;

/** A part as it is stored. Without `key` the value is in clear; with it, `value` is base64url of nonce and plaintext, encrypted. */
export interface StoredPart {
  readonly name: PartName;
  readonly marking?: Marking;
  readonly key?: string;
  readonly value: JsonValue;
}

/**
 * An event as it is stored: one canonical JSON object. Its bytes never change, in either store.
 *
 * All hashes and nonces are base64url of 32 bytes. `commitments.parts` has one entry for each part that the kind declares,
 * in the kind's order; a part that is absent is committed to as 32 random bytes, so that the commitments do not tell.
 */
export interface StoredEvent {
  readonly header: EventHeader;
  readonly nonces: {
    readonly event: string;
    /** Of the parts in clear. The nonce of an encrypted part lies in its ciphertext, and dies with its key. */
    readonly parts: { readonly [part: string]: string };
  };
  readonly parts: readonly StoredPart[];
  readonly commitments: { readonly event: string; readonly parts: readonly string[] };
}

/** A post, and the person who held it if that is known. Both are opaque ids; names live in the directory. */
export interface Party {
  readonly post: string;
  readonly person?: string;
}

/** On whose say: exactly one of the four. Each is a reference, never free text; a document is the letter or the report of whoever said so. */
export type Authority =
  | { readonly meeting: string }
  | { readonly decision: string }
  | { readonly delegation: string }
  | { readonly document: string };

/** Who did it, who typed it, and on what authority. */
export interface Actor {
  /** Absent only where an imported paper names nobody. */
  readonly by?: Party;
  readonly enteredBy: Party;
  /** `notStated` is written by import alone, where the paper prints an outcome and no signer. */
  readonly authority?: Authority | 'notStated';
  /** Of an authority that is a meeting: the day on which it was held, as was known when this was decided. Not for imported facts. */
  readonly heldOn?: CivilDate;
  /** Who held the record's owning post that day, as the directory said when this was decided. */
  readonly ownerHeldBy?: readonly string[];
  /** Who held a post whose work the record is, or that signs, as the directory said when this was decided. See `docs/writing.md`. */
  readonly holders?: readonly Holding[];
}

/** A person held a post from one day to another, both included: as far as it mattered to the fact that says so. */
export interface Holding {
  readonly post: string;
  readonly person: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** Where the event stands in its stream and what led to it. Opened to auditors only: a gap in versions would tell of hidden events. */
export interface Control {
  /** 1 for the first event of the stream. */
  readonly version: number;
  /** Commitment of the event before it in the stream; null for the first. */
  readonly previous: string | null;
  readonly correlation: string;
  readonly causation?: EventId;
  /**
   * With the stream and the caller, the scope in which a commandId is remembered. The caller is `actor.enteredBy`, or for a
   * row of an import the import itself, whoever runs it.
   */
  readonly command: { readonly name: string; readonly id: string; readonly import?: string };
}

/** Limits of one event, one text and one append, on both stores (docs/event-format.md). */
export const MAX_EVENT_BYTES = 64 * 1024;
export const MAX_TEXT_BYTES = 32 * 1024;
export const MAX_APPEND_BYTES = 1024 * 1024;

/** Points to the words of an event without holding them. A correction re-points a field to the correction's own `text/is`. */
export interface TextRef {
  readonly event: EventId;
  readonly part: TextPart | PersonPart;
}

/**
 * An event as the domain sees it: the parts that hold no words, and references to those that do.
 *
 * `evolve` and `decide` therefore never need a key, and a state never holds a free word.
 */
export interface RecordEvent<
  Type extends string = string,
  Facts extends JsonObject = JsonObject,
  Text extends string = string,
> {
  readonly id: EventId;
  readonly register: string;
  readonly type: Type;
  readonly schema: number;
  readonly stream: StreamName;
  /** 1 for the first of its stream: the order in which the record's events were recorded. */
  readonly version: number;
  readonly stamped: Instant;
  readonly stated?: CivilDate;
  /** True for a row of an import: whoever ran it did not do what the paper prints. */
  readonly imported?: true;
  readonly effectiveOn: CivilDate;
  readonly dated?: Dated;
  readonly before?: EventId;
  readonly marking: Marking;
  readonly facts: Facts;
  /** The texts (and persons) that the event carries, by field. */
  readonly texts: { readonly [field in Text | (typeof COMMON_TEXTS)[number]]?: TextRef };
  readonly actor: Actor;
  /** When the source was published, if it says. */
  readonly publishedOn?: CivilDate;
  /** The document of the ledger that is its source, by its reference, and the version of it. */
  readonly cites?: string;
  readonly citesVersion?: string;
}

/** What stands in clear of a source. Events that cite no document lack the last two. */
export interface SourceInClear {
  readonly publishedOn?: CivilDate;
  readonly record?: string;
  readonly version?: string;
}
