import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { NewEvent } from '../event-store/index.ts';
import { sealPart, type KeyStore, type PartKey } from '../keys/index.ts';
import {
  canonicalBytes,
  commitToEvent,
  commitToPart,
  NONCE_BYTES,
  type Actor,
  type CivilDate,
  type Control,
  type Dated,
  type EventHeader,
  type EventKind,
  type Ids,
  type Instant,
  type JsonValue,
  type Marking,
  type PartName,
  type SourceInClear,
  type StoredEvent,
  type StoredPart,
  type StreamName,
} from '../ledger/index.ts';

/** All that becomes one stored event. Values that are `undefined` are absent. */
export interface EventToWrite {
  readonly kind: EventKind;
  readonly stream: StreamName;
  readonly stamped: Instant;
  readonly stated?: CivilDate | undefined;
  readonly effectiveOn: CivilDate;
  readonly dated?: Dated | undefined;
  readonly before?: string | undefined;
  readonly marking: Marking;
  readonly facts: JsonValue;
  readonly actor: Actor;
  readonly source?: SourceInClear | undefined;
  readonly ctl: Control;
  /** The body of the command, to be remembered as a salted digest. */
  readonly commandBody?: object | undefined;
  readonly texts: { readonly [field: string]: string | undefined };
  readonly persons: { readonly [field: string]: JsonValue | undefined };
  /** Under whose key the persons part stands. */
  readonly person?: string | undefined;
}

export interface WrittenEvent extends NewEvent {
  readonly stored: StoredEvent;
  /** base64url; the next event of the stream names it as `previous`. */
  readonly commitment: string;
}

/**
 * Turns a decided event into its final bytes: seals every free word under a key of its own, commits to every part that the
 * kind declares, and writes it canonically. After this an attempt never changes.
 */
export function writeEvent(event: EventToWrite, { keys, ids }: { keys: KeyStore; ids: Ids }): WrittenEvent {
  const id = ids.uuid();
  const header: EventHeader = {
    v: 1,
    id,
    register: event.kind.register,
    type: event.kind.type,
    schema: event.kind.schema,
    stream: event.stream,
    stamped: event.stamped,
    ...(event.stated === undefined ? {} : { stated: event.stated }),
    effectiveOn: event.effectiveOn,
    ...(event.dated === undefined ? {} : { dated: event.dated }),
    ...(event.before === undefined ? {} : { before: event.before }),
    marking: event.marking,
  };
  const values = valuesOf(event, ids);
  mustBeDeclared(event.kind, values);

  const parts: StoredPart[] = [];
  const nonces: Record<string, string> = {};
  const commitments: Buffer[] = [];
  for (const name of event.kind.parts) {
    const value = values.get(name);
    if (value === undefined) {
      commitments.push(Buffer.from(ids.bytes(NONCE_BYTES)));
      continue;
    }
    const nonce = ids.bytes(NONCE_BYTES);
    const plaintext = canonicalBytes(value);
    commitments.push(commitToPart(nonce, name, plaintext));
    const key = keyFor(name, event.person, keys);
    if (key === null) {
      nonces[name] = base64url(nonce);
      parts.push({ name, value });
    } else {
      parts.push({
        name,
        key: key.id,
        value: sealPart(key, { event: id, part: name }, nonce, plaintext, ids.bytes(12)),
      });
    }
  }

  const eventNonce = ids.bytes(NONCE_BYTES);
  const commitment = base64url(commitToEvent(eventNonce, canonicalBytes(header), commitments));
  const stored: StoredEvent = {
    header,
    nonces: { event: base64url(eventNonce), parts: nonces },
    parts,
    commitments: { event: commitment, parts: commitments.map(base64url) },
  };
  return { id, type: header.type, bytes: canonicalBytes(stored), stored, commitment };
}

/** SHA-256 of a command's body under a random salt: tells the same body again, and nothing else. */
export function digestOf(salt: Uint8Array, body: object): string {
  return createHash('sha256').update(salt).update(canonicalBytes(body)).digest('base64url');
}

function valuesOf(event: EventToWrite, ids: Ids): Map<PartName, JsonValue> {
  const values = new Map<PartName, JsonValue>();
  values.set('facts', event.facts);
  values.set('actor', event.actor as unknown as JsonValue);
  if (event.source !== undefined) values.set('source', { ...event.source });
  values.set('ctl', event.ctl as unknown as JsonValue);
  if (event.commandBody !== undefined) {
    const salt = ids.bytes(NONCE_BYTES);
    values.set('command', { salt: base64url(salt), digest: digestOf(salt, event.commandBody) });
  }
  for (const [field, text] of Object.entries(event.texts)) if (text !== undefined) values.set(`text/${field}`, text);
  for (const [field, value] of Object.entries(event.persons))
    if (value !== undefined) values.set(`person/${field}`, value);
  return values;
}

/** Words, names and the command's digest are always encrypted; structured parts hold nothing personal and stay in clear. */
function keyFor(name: PartName, person: string | undefined, keys: KeyStore): PartKey | null {
  if (name.startsWith('text/') || name === 'command') return keys.take();
  if (!name.startsWith('person/')) return null;
  if (person === undefined) throw new Error(`${name} needs the person whose key it stands under`);
  return keys.forPerson(person);
}

function mustBeDeclared(kind: EventKind, values: ReadonlyMap<PartName, JsonValue>): void {
  for (const name of values.keys()) {
    if (!kind.parts.includes(name))
      throw new Error(`${kind.register}/${kind.type} v${kind.schema} declares no part ${name}`);
  }
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
