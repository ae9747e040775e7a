/** A key of 256 bits and its random name. The name says nothing of what it locks. */
export interface PartKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** The key store cannot serve this ledger: foreign, missing or damaged. Starting is refused. */
export class KeysRefused extends Error {
  override readonly name = 'KeysRefused';
}

/**
 * The port to the keys. One key for each text part and for each person; destroying a key erases the words under it,
 * while the ledger still verifies.
 *
 * Keys are made durable in batches *before* one is handed out, so that taking a key costs no sync of its own. The rest of a
 * batch is dropped at restart: a key is never handed out twice.
 */
export interface KeyStore {
  /** The random id of the ledger whose keys these are; null while new. */
  ledgerId(): string | null;
  /** Binds a new key store to a ledger, once. @throws KeysRefused if it is bound to another. */
  bind(ledgerId: string): void;
  /** A fresh key for one text part. Already durable. */
  take(): PartKey;
  /** The key of a person (directory reference), made at the first call. Durable before it is returned. */
  forPerson(person: string): PartKey;
  /** The keys of these ids, in order; null for one that was destroyed or never was here. */
  find(ids: readonly string[]): readonly (PartKey | null)[];
  /** True if this store ever gave out a key of that id, be it destroyed by now. An event that names another was changed. */
  holds(id: string): boolean;
  /** Destroys keys, for ever. Unknown ids are passed over. */
  destroy(ids: readonly string[]): void;
  /** A secret of this ledger for one named purpose (`positions`, `pseudonyms`), made at the first call. */
  secret(purpose: string): Uint8Array;
  /**
   * The latest instant (ms) up to which an answer was called settled: the writer never stamps at or before it, not even
   * after a restart with a slow clock. `raise` is durable when it returns. `lower` is for whoever has seen to it that nothing written
   * from then on can read as recorded so early.
   */
  settledFloor: { read(): number; raise(to: number): void; lower(to: number): void };
  /** True once any key was made: a ledger with these keys has written something. */
  isUsed(): boolean;
  /**
   * The furthest event that the log acknowledged: a log that does not hold it is not the right one. Not synced, so that it costs no
   * command a wait for the disk: after a power cut it may be a little behind.
   */
  acknowledged: { read(): AcknowledgedEvent | null; remember(event: AcknowledgedEvent): void };
  close(): void;
}

/** Where an acknowledged event stands in the log. */
export interface AcknowledgedEvent {
  readonly stream: string;
  readonly version: number;
  readonly event: string;
  readonly position: string;
  /** Events that an operator accepted as missing from the middle of the log. */
  readonly missing: number;
}
