import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeEvent } from '../../libs/dispatch/write-event.ts';
import { openPart, type KeyStore } from '../../libs/keys/index.ts';
import {
  canonicalBytes,
  commitToEvent,
  commitToPart,
  LEDGER_OPENED,
  OFFICIAL_OPEN,
  OPERATOR_DECLARED,
  parseCanonical,
  recordEventOf,
  REFERENCE_RESERVED,
  type EventKind,
  type StoredEvent,
} from '../../libs/ledger/index.ts';
import { REGISTERS } from '../../libs/running-ledger/index.ts';
import { repeatableIds, repeatableKeys, SAMPLE_ACTOR, SAMPLES } from './samples.ts';

const folder = import.meta.dirname;
const kinds: EventKind[] = [LEDGER_OPENED, OPERATOR_DECLARED, REFERENCE_RESERVED, ...REGISTERS.flatMap((register) => register.kinds)];
const nameOf = (kind: { register: string; type: string; schema: number }) => `${kind.register}/${kind.type}.v${kind.schema}`;
const fileOf = (kind: EventKind) => join(folder, `${nameOf(kind)}.json`);

function frozen(kind: EventKind): { bytes: Buffer; stored: StoredEvent } {
  const bytes = readFileSync(fileOf(kind));
  return { bytes, stored: parseCanonical(bytes) as unknown as StoredEvent };
}

function writtenToday(kind: EventKind): Buffer {
  const sample = (SAMPLES[nameOf(kind)] ?? SAMPLES[`${kind.register}/${kind.type}`])!;
  const seed = nameOf(kind);
  const written = writeEvent(
    {
      kind,
      stream: `${kind.register}-00112233445566778899aabbccddeeff`,
      stamped: '2023-10-09T12:00:00.000Z',
      stated: '2023-10-09',
      effectiveOn: '2023-10-09',
      dated: { how: 'by', to: '2023-10-09' },
      before: undefined,
      marking: OFFICIAL_OPEN,
      facts: sample.facts,
      actor: SAMPLE_ACTOR,
      source: { publishedOn: '2023-10-09' },
      ctl: {
        version: 2,
        previous: Buffer.alloc(32, 5).toString('base64url'),
        correlation: '5a0c1b1e-6f0e-4b43-9d53-1c1f7a5a0d11',
        command: { name: 'Sample', id: 'b6a1f3f0-59d5-4c3a-8b9e-2f3e4d5c6b7a' },
      },
      commandBody: { command: { type: 'Sample' } },
      texts: { document: 'Report to the Police and Crime Panel', paragraph: 'paragraph 8(g)', ...sample.texts },
      persons: sample.persons ?? {},
      person: 'person-k7m2p',
    },
    { ids: repeatableIds(seed), keys: repeatableKeys(seed) as KeyStore },
  );
  return Buffer.from(written.bytes);
}

/** Opens every part and commits to it all again, as an auditor's verifier will. */
function commitmentOf(stored: StoredEvent, kind: EventKind): Buffer {
  const keys = repeatableKeys(nameOf(kind));
  const parts = kind.parts.map((name, index) => {
    const committed = Buffer.from(stored.commitments.parts[index]!, 'base64url');
    const part = stored.parts.find((one) => one.name === name);
    if (part === undefined) return committed;
    const opened =
      part.key === undefined
        ? { nonce: Buffer.from(stored.nonces.parts[name]!, 'base64url'), plaintext: canonicalBytes(part.value) }
        : openPart(keys.find([part.key])[0]!, { event: stored.header.id, part: name }, part.value as string);
    expect(commitToPart(opened.nonce, name, opened.plaintext)).toEqual(committed);
    return committed;
  });
  return commitToEvent(Buffer.from(stored.nonces.event, 'base64url'), canonicalBytes(stored.header), parts);
}

describe('events as they were written', () => {
  it('has a sample of every kind, and no sample of no kind', () => {
    const sampled = Object.keys(SAMPLES).map((name) => name.replace(/\.v\d+$/, ''));
    expect([...new Set(sampled)].sort()).toEqual([...new Set(kinds.map((kind) => `${kind.register}/${kind.type}`))].sort());
  });

  it.each(kinds.map((kind) => [nameOf(kind), kind] as const))('writes %s in the frozen bytes', (_, kind) => {
    if (!existsSync(fileOf(kind)) && process.env['FREEZE_NEW_KINDS'] === '1') {
      mkdirSync(dirname(fileOf(kind)), { recursive: true });
      writeFileSync(fileOf(kind), writtenToday(kind));
    }
    expect(frozen(kind).bytes.toString()).toBe(writtenToday(kind).toString());
  });

  it.each(kinds.map((kind) => [nameOf(kind), kind] as const))('proves every part of %s against its commitments', (_, kind) => {
    const { stored } = frozen(kind);
    expect(commitmentOf(stored, kind).toString('base64url')).toBe(stored.commitments.event);
  });

  it('sees a changed word, header or order of parts in the commitment', () => {
    const kind = kinds.find(({ type }) => type === 'ActionRaised')!;
    const { stored } = frozen(kind);
    const otherHeader = { ...stored, header: { ...stored.header, effectiveOn: '2023-10-08' } };
    expect(commitmentOf(otherHeader, kind).toString('base64url')).not.toBe(stored.commitments.event);
    const otherFacts = { ...stored, parts: stored.parts.map((part) => (part.name === 'facts' ? { ...part, value: { ref: 'x' } } : part)) };
    expect(() => commitmentOf(otherFacts, kind)).toThrow();
  });

  it('upcasts every frozen event of a register to the current schema', () => {
    for (const register of REGISTERS) {
      for (const file of readdirSync(join(folder, register.name))) {
        const stored = parseCanonical(readFileSync(join(folder, register.name, file))) as unknown as StoredEvent;
        const event = register.upcast(recordEventOf(stored));
        const current = Math.max(...register.kinds.filter(({ type }) => type === event.type).map(({ schema }) => schema));
        expect(event.schema).toBe(current);
      }
    }
  });

  it('holds no frozen event of a kind that nobody declares any more', () => {
    const present = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
    expect(present.map((file) => file.replace(/\.json$/, '')).sort()).toEqual(kinds.map(nameOf).sort());
  });
});
