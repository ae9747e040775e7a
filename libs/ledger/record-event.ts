import type { Actor, Control, RecordEvent, SourceInClear, StoredEvent, TextRef } from './event.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** A stored object that is no event of a record: a clear part is missing, sealed or of another shape. Never retried. */
export class NoRecordEvent extends Error {
  override readonly name = 'NoRecordEvent';
}

/**
 * The event behind a stored object, as the domain sees it: what stands in clear, and references to the words.
 *
 * Pure, and needs no key: `facts`, `actor`, `source` and `ctl` are never encrypted. Schemas are those of the day on which
 * it was written; the register's `upcast` brings it forward.
 * @throws NoRecordEvent
 */
export function recordEventOf(stored: StoredEvent): RecordEvent {
  const { header } = stored;
  const clear: { [part: string]: JsonValue } = {};
  const texts: { [field: string]: TextRef } = {};
  for (const { name, key, value } of stored.parts) {
    const slash = name.indexOf('/');
    if (slash !== -1) texts[name.slice(slash + 1)] = { event: header.id, part: name as TextRef['part'] };
    else if (key === undefined) clear[name] = value;
  }
  const actor = clearPart(clear, 'actor') as unknown as Actor;
  const { version, command } = clearPart(clear, 'ctl') as unknown as Control;
  if (!Number.isSafeInteger(version) || version < 1) throw new NoRecordEvent('its version is no number from 1');
  const { publishedOn, record: cites, version: citesVersion } = (clear['source'] ?? {}) as SourceInClear;
  return {
    id: header.id,
    register: header.register,
    type: header.type,
    schema: header.schema,
    stream: header.stream,
    version,
    stamped: header.stamped,
    ...(header.stated === undefined ? {} : { stated: header.stated }),
    ...(command?.import === undefined ? {} : { imported: true }),
    effectiveOn: header.effectiveOn,
    ...(header.dated === undefined ? {} : { dated: header.dated }),
    ...(header.before === undefined ? {} : { before: header.before }),
    marking: header.marking,
    facts: clearPart(clear, 'facts'),
    texts,
    actor,
    ...(publishedOn === undefined ? {} : { publishedOn }),
    ...(cites === undefined ? {} : { cites }),
    ...(citesVersion === undefined ? {} : { citesVersion }),
  };
}

function clearPart(clear: { [part: string]: JsonValue }, name: string): JsonObject {
  const value = clear[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new NoRecordEvent(`its part "${name}" is missing or sealed`);
  }
  return value as JsonObject;
}
