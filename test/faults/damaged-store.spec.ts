import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PUBLIC, readerFor, type Reader } from '../../libs/access/index.ts';
import { refuseDamaged, startReadModels, type ReadModels } from '../../libs/read-models/index.ts';
import { canonicalBytes, commitToEvent, commitToPart, type StoredEvent } from '../../libs/ledger/index.ts';
import { openDatabase } from '../../libs/sqlite/index.ts';
import { openRunningLedger, type RunningLedger } from '../../libs/running-ledger/index.ts';
import { findAction, findBody, findMeeting, historyOf, listActions, PROJECTIONS } from '../../projections/index.ts';
import { actingAs, ledgerInAFolder, standingClock } from '../ledger-in-a-folder.ts';
import { chance, DAMAGES, OpenLog, type Damage } from './damaged-store.ts';

/** `DAMAGES=500 npm test -- test/faults/damaged-store` for the large count. */
const COUNT = Number(process.env['DAMAGES'] ?? 2 * Object.keys(DAMAGES).length);
const AT = '2023-10-09T11:00:00.000Z';
const READERS: readonly Reader[] = [
  PUBLIC,
  readerFor('jarap-member', 'jarap-member'),
  readerFor('opcc-officer', 'opcc-officer'),
];
const SECRET = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const;

let template: string;
let written: readonly Written[];
let good: ReadonlyMap<string, string>;

/** A record, with the sequences of its events and of its reservation. */
interface Written {
  readonly register: string;
  readonly ref: string;
  readonly stream: string;
  readonly rows: readonly number[];
  readonly reservedAt: number;
  readonly series: string;
}

beforeAll(async () => {
  const ledger = await ledgerInAFolder({ at: AT });
  const [officer, commissioner, monitoring] = [
    ledger.as('opcc-officer'),
    ledger.as('commissioner'),
    ledger.as('monitoring-officer'),
  ];
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
  await officer.does({ type: 'AddBody', as: 'JARAP', name: 'Joint Audit, Risk and Assurance Panel' });
  const meeting = await officer.does({
    type: 'ScheduleMeeting',
    body: 'CGB',
    on: '2023-11-25',
    title: 'The November board',
  });
  for (let number = 0; number < 6; number += 1) {
    const ref = await officer.does({
      type: 'RaiseAction',
      body: number % 2 === 0 ? 'CGB' : 'JARAP',
      title: `Paper ${number}`,
      owner: 'force-lead',
      ...(number === 3 ? { marking: SECRET } : {}),
      ...(number === 1 ? { due: { meeting } } : {}),
    });
    await commissioner.does({ type: 'AgreeAction', ref });
    await ledger
      .as('force-lead')
      .does({ type: 'GiveActionUpdate', ref, text: `Begun ${number}`, ...(number === 2 ? { marking: SECRET } : {}) });
    if (number !== 3) await monitoring.does({ type: 'Publish', ref }, 'actions');
    if (number === 4) await monitoring.does({ type: 'Mark', ref, to: SECRET, reason: 'Names a witness.' }, 'actions');
  }
  const { folder } = ledger;
  written = recordsOf(join(folder, 'events.sqlite'));
  await ledger.ledger.close();
  template = mkdtempSync(join(tmpdir(), 'undamaged-'));
  cpSync(folder, template, { recursive: true });
  const undamaged = await served(template);
  try {
    good = await answersOf(undamaged.models!);
  } finally {
    await undamaged.close();
  }
});
afterAll(() => rmSync(template, { recursive: true, force: true }));

function recordsOf(file: string): readonly Written[] {
  const database = openDatabase(file, { readonly: true });
  const rows = database
    .prepare('SELECT seq, name, bytes FROM events JOIN streams USING (stream) ORDER BY seq')
    .all() as { seq: number; name: string; bytes: Buffer }[];
  database.close();
  const reserved = new Map<string, { ref: string; seq: number; series: string }>();
  for (const { seq, name, bytes } of rows) {
    if (!name.startsWith('references-')) continue;
    const facts = JSON.parse(bytes.toString()).parts[0].value as { ref: string; for: string };
    reserved.set(facts.for, { ref: facts.ref, seq, series: name });
  }
  return [...reserved].map(([stream, { ref, seq, series }]) => ({
    register: stream.split('-')[0]!,
    ref,
    stream,
    series,
    reservedAt: seq,
    rows: rows.filter(({ name }) => name === stream).map((row) => row.seq),
  }));
}

interface Served {
  readonly refused: string | null;
  readonly ledger: RunningLedger | null;
  readonly models: ReadModels | null;
  readonly reported: readonly string[];
  close(): Promise<void>;
}

/** What a server would make of a folder. */
async function served(folder: string): Promise<Served> {
  const reported: string[] = [];
  let ledger: RunningLedger | null = null;
  let models: ReadModels | null = null;
  let refused: string | null = null;
  const log = (about: object) => void reported.push(...('event' in about ? [String(about.event)] : []));
  try {
    ledger = await openRunningLedger({ store: 'sqlite', name: 'spec', data: folder }, 'spec', {
      clock: standingClock(AT),
      onFatal: () => undefined,
      logger: { info: () => undefined, warn: log, error: log },
    });
    const { store, keys, clock, registers, dispatch } = ledger;
    models = await startReadModels({
      store,
      keys,
      clock,
      registers,
      projections: PROJECTIONS,
      file: join(folder, 'read-models.sqlite'),
      writer: dispatch,
      logger: { info: () => undefined, warn: log },
    });
  } catch (cause) {
    const { name, message } = cause as Error;
    // Anything but a plain word about the log is a crash.
    if (!['StoreDamaged', 'EventDamaged', 'LogRefused'].includes(name)) throw cause;
    refused = message;
  }
  return {
    refused,
    ledger,
    models,
    reported,
    async close() {
      await models?.close();
      await ledger?.close();
    },
  };
}

/** Everything that readers are told of every record: an answer, `damaged`, or nothing. */
async function answersOf(models: ReadModels): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (const reader of READERS) {
    const view = await models.openView({}, reader);
    for (const { register, ref } of written) {
      const found =
        register === 'actions'
          ? await findAction(view, ref)
          : register === 'meetings'
            ? await findMeeting(view, ref)
            : await findBody(view, ref);
      let answer =
        found === null ? 'nothing' : JSON.stringify([found, await wordsOf(view, found), await historyIn(view, ref)]);
      if (found === null)
        await refuseDamaged(view, register, ref).catch(
          (cause: Error) => (answer = cause.name === 'RecordDamaged' ? 'damaged' : String(cause)),
        );
      answers.set(`${reader.audience} ${ref}`, answer);
    }
    const { edges } = await listActions(view, {}, {});
    for (const { node } of edges) answers.set(`${reader.audience} list ${node.ref}`, JSON.stringify(node.state));
  }
  return answers;
}

async function wordsOf(view: Awaited<ReturnType<ReadModels['openView']>>, found: { state: object }): Promise<unknown> {
  const refs = Object.values(found.state).filter(
    (value) => typeof value === 'object' && value !== null && 'part' in value,
  );
  return Promise.all(refs.map((ref) => view.text(ref as never)));
}

async function historyIn(view: Awaited<ReturnType<ReadModels['openView']>>, ref: string): Promise<unknown> {
  const { edges } = await historyOf(view, ref, {});
  return edges.map(({ node }) => node);
}

/** What a reader is told that is neither what was written nor that something is damaged. `touched`: records that are. */
function falseAnswers(answers: ReadonlyMap<string, string>, touched: readonly Written[] = []): readonly string[] {
  const gone = new Set(touched.map(({ ref }) => ref));
  const isMeeting = touched.some(({ register }) => register === 'meetings');
  return [...answers].flatMap(([asked, answer]) => {
    const right = good.get(asked);
    if (answer === right || answer === 'damaged') return [];
    // A link to what is damaged reads as a link to nothing, and an action that is due there is due on no known day.
    if (right !== undefined && withoutLinks(answer, gone) === withoutLinks(right, gone)) return [];
    if (isMeeting && right?.includes('"meeting":') === true) return [];
    return [`${asked}: ${answer.slice(0, 300)} instead of ${right?.slice(0, 300)}`];
  });
}

function withoutLinks(answer: string, gone: ReadonlySet<string>): string {
  if (!/^[[{]/.test(answer)) return answer;
  const keep = (_: string, value: unknown) => (typeof value === 'string' && gone.has(value) ? undefined : value);
  return JSON.stringify(JSON.parse(answer, keep));
}

async function damagedCopy(seed: number): Promise<{ folder: string; damage: Damage; kind: string } | null> {
  const kinds = Object.keys(DAMAGES);
  const kind = kinds[seed % kinds.length]!;
  const { folder, made: damage } = await copyOf((log) => DAMAGES[kind]!(log, chance(seed)));
  if (damage !== null) return { folder, damage, kind };
  rmSync(folder, { recursive: true });
  return null;
}

async function copyOf<Made>(change: (log: OpenLog) => Made): Promise<{ folder: string; made: Made }> {
  const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
  cpSync(template, folder, { recursive: true });
  rmSync(join(folder, 'read-models.sqlite'), { force: true });
  const database = openDatabase(join(folder, 'events.sqlite'), { durable: false });
  database.pragma('foreign_keys = OFF');
  const made = change(new OpenLog(database));
  database.close();
  return { folder, made };
}

function isInWords(damage: Damage, kind: string): boolean {
  return kind.startsWith('a key') || damage.inWords === true;
}

describe('a log in which something was changed', () => {
  it(`is never served as fact, ends nothing and is always reported: ${COUNT} seeds of every kind of damage`, async () => {
    expect([...good.values()].filter((answer) => answer.startsWith('['))).not.toHaveLength(0);
    const met = new Map<string, number>();
    for (let seed = 1; seed <= COUNT; seed += 1) {
      const copy = await damagedCopy(seed);
      if (copy === null) continue;
      const { folder, damage, kind } = copy;
      const about = `seed ${seed}: ${kind}, row ${damage.rows.join(' and ')}`;
      const now = await served(folder);
      try {
        if (now.refused !== null) {
          // The last event of all is what was acknowledged: without it the log as a whole is refused.
          const last = Math.max(...written.flatMap(({ rows }) => rows));
          expect([about, damage.isGap === true || damage.rows.includes(last)]).toEqual([about, true]);
          continue;
        }
        const status = await now.models!.status();
        const answers = await answersOf(now.models!);
        const touched = written.filter(({ rows }) => rows.some((row) => damage.rows.includes(row)));
        expect([about, falseAnswers(answers, touched)]).toEqual([about, []]);
        expect([about, status.damaged.length > 0, status.behind, now.reported.length > 0]).toEqual([
          about,
          true,
          false,
          true,
        ]);
        const officer = actingAs(() => now.ledger!.dispatch, 'opcc-officer');
        for (const { register, ref, rows } of written) {
          const isTouched = touched.some((one) => one.ref === ref);
          const seen = answers.get(`full ${ref}`);
          const mayBe = rows.some((row) => damage.copied?.includes(row) === true);
          if (!mayBe) expect([about, ref, seen === 'damaged']).toEqual([about, ref, isTouched]);
          if (register !== 'actions') continue;
          const outcome = await officer.submit(
            { type: 'ExtendActionDueDate', ref, due: { on: '2024-01-31' }, reason: 'Leave.' },
            'actions',
          );
          // No decision reads words: those are proved when they are opened, to be shown.
          // Nor can it be seen there that the last event of a stream has gone to another one, where it is met.
          const isLeft = kind === 'an event moved to another stream' && rows.includes(damage.rows[0]!);
          if (isTouched && !isLeft && !kind.startsWith('a ciphertext') && !isInWords(damage, kind))
            expect([about, ref, outcome.outcome]).toEqual([about, ref, 'unavailable']);
        }
        met.set(kind, (met.get(kind) ?? 0) + 1);
      } finally {
        await now.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }
    if (COUNT >= 2 * Object.keys(DAMAGES).length)
      expect([...met.keys()].sort()).toEqual(
        Object.keys(DAMAGES)
          .filter((kind) => kind !== 'a row missing')
          .sort(),
      );
  }, 600_000);

  it('would be served, if somebody could commit anew to what they changed (control: nothing else finds it)', async () => {
    const { folder } = await copyOf((log) => {
      const row = log.rows.find(({ bytes }) => bytes.includes('"type":"ActionRaised"'))!;
      log.set(row.seq, 'bytes', forged(row.bytes));
    });
    const now = await served(folder);
    expect(falseAnswers(await answersOf(now.models!))).not.toEqual([]);
    await now.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('stops only what needs a series of references, and names the series, when a reservation is damaged', async () => {
    const { reservedAt } = written.find(({ ref }) => ref.startsWith('CGB-2023-10-A'))!;
    const { folder } = await copyOf((log) => log.set(reservedAt, 'bytes', Buffer.from('{}')));
    const now = await served(folder);
    try {
      expect(falseAnswers(await answersOf(now.models!))).toEqual([]);
      expect((await now.models!.status()).damaged).toHaveLength(1);
      const officer = actingAs(() => now.ledger!.dispatch, 'opcc-officer');
      const raising = { type: 'RaiseAction', title: 'Another', owner: 'force-lead' };
      expect(await officer.submit({ ...raising, body: 'CGB' })).toMatchObject({
        outcome: 'unavailable',
        sentence: expect.stringContaining('references of the series CGB-2023-10 is damaged'),
      });
      expect(await officer.submit({ ...raising, body: 'JARAP' })).toMatchObject({ outcome: 'accepted' });
      const extend = { type: 'ExtendActionDueDate', due: { on: '2024-01-31' }, reason: 'Leave.' };
      for (const { ref } of written.filter(({ register }) => register === 'actions'))
        expect([ref, (await officer.submit({ ...extend, ref })).outcome === 'unavailable']).toEqual([
          ref,
          ref.startsWith('CGB'),
        ]);
      expect(now.reported.length).toBeGreaterThan(1);
    } finally {
      await now.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** The title’s owner changed, and everything committed to again: what only somebody can do who knows the nonces, which stand in clear. */
function forged(bytes: Buffer): Buffer {
  const stored = JSON.parse(bytes.toString()) as StoredEvent;
  const parts = stored.parts.map((part) =>
    part.name === 'facts' ? { ...part, value: { ...(part.value as object), owner: 'chief-constable' } } : part,
  );
  const nonce = (text: string) => Buffer.from(text, 'base64url');
  const commitments = [...stored.commitments.parts];
  const facts = commitToPart(nonce(stored.nonces.parts['facts']!), 'facts', canonicalBytes(parts[0]!.value));
  commitments[0] = facts.toString('base64url');
  const event = commitToEvent(nonce(stored.nonces.event), canonicalBytes(stored.header), commitments.map(nonce));
  return canonicalBytes({ ...stored, parts, commitments: { event: event.toString('base64url'), parts: commitments } });
}
