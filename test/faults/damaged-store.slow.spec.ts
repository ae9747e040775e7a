import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PUBLIC, readerFor, type Reader } from '../../libs/access/index.ts';
import { parseStored } from '../../libs/event-store/index.ts';
import { refuseDamaged, startReadModels, type ReadModels } from '../../libs/read-models/index.ts';
import {
  canonicalBytes,
  commitToEvent,
  commitToPart,
  isProven,
  type StoredEvent,
  registerOfStream,
} from '../../libs/ledger/index.ts';
import { openPart, openSqliteKeyStore, pseudonymOf } from '../../libs/keys/index.ts';
import { openDatabase } from '../../libs/sqlite/index.ts';
import { machineIds, openRunningLedger, type RunningLedger } from '../../libs/running-ledger/index.ts';
import {
  findAction,
  findBody,
  findMeeting,
  findRecord,
  historyOf,
  listActions,
  PROJECTIONS,
} from '../../projections/index.ts';
import { actingAs, ledgerInAFolder, standingClock } from '../ledger-in-a-folder.ts';
import { chance, DAMAGES, OpenLog, type Damage } from './damaged-store.ts';

/** `DAMAGES=500 npm run test:slow -- test/faults/damaged-store` for the large count. */
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
    register: registerOfStream(stream),
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
      // As the server does.
      readBefore: {
        eventsOf: (stream) => models?.eventsOf(stream) ?? 0,
        bearerOf: (register, ref) => models?.bearerOf(register, ref) ?? null,
        lastRecordedBy: (instant) => models?.lastRecordedBy(instant) ?? null,
        streamsCalled: (name) => models?.streamsCalled(name) ?? [],
      },
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
          if (isTouched && !kind.startsWith('a ciphertext') && !isInWords(damage, kind))
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

  it('is found whichever bit of an event was flipped, also one that means nothing', () => {
    const database = openDatabase(join(template, 'events.sqlite'), { readonly: true });
    const rows = database.prepare('SELECT id, name AS stream, version, bytes FROM events JOIN streams USING (stream)');
    const row = (rows.all() as { id: string; stream: string; version: number; bytes: Buffer }[]).find(({ bytes }) =>
      bytes.includes('"type":"ActionRaised"'),
    )!;
    database.close();
    const keys = openSqliteKeyStore({ file: join(template, 'keys.sqlite'), ids: machineIds });
    const isFound = (bytes: Buffer): boolean => {
      let stored: StoredEvent;
      try {
        stored = parseStored({ ...row, bytes });
      } catch {
        return true;
      }
      return stored.parts.some(({ name, key, value }) => {
        if (key === undefined) return false;
        const [found] = keys.find([key]);
        if (found === undefined || found === null) return !keys.holds(key);
        try {
          const { nonce, plaintext } = openPart(found, { event: row.id, part: name }, value as string);
          return !isProven(stored, name, nonce, plaintext);
        } catch {
          return true;
        }
      });
    };
    expect(isFound(row.bytes)).toBe(false);
    const missed: string[] = [];
    for (let at = 0; at < row.bytes.length; at += 1)
      for (let bit = 0; bit < 8; bit += 1) {
        const bytes = Buffer.from(row.bytes);
        bytes[at] = bytes[at]! ^ (1 << bit);
        if (!isFound(bytes)) missed.push(`bit ${bit} of ${row.bytes.toString('latin1', at - 60, at + 1)}`);
      }
    keys.close();
    expect(missed).toEqual([]);
  });

  it('is reported, too, where it is the digest of a command, which is read only when that is sent again', async () => {
    const { folder } = await copyOf((log) => {
      const row = log.rows.find(({ bytes }) => bytes.includes('"type":"ActionAgreed"'))!;
      const stored = JSON.parse(row.bytes.toString()) as StoredEvent;
      const parts = stored.parts.map((one) => (one.name === 'command' ? { ...one, value: otherwise(one.value) } : one));
      log.write(row, canonicalBytes({ ...stored, parts }));
    });
    const now = await served(folder);
    expect([(await now.models!.status()).damaged.length, now.reported.length]).toEqual([1, 1]);
    await now.close();
    rmSync(folder, { recursive: true, force: true });
  });

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

  it('is nothing of which it is said that it is not there, where its opening and its reservation are both damaged', async () => {
    const lost = written.find(({ ref }) => ref === 'JARAP')!;
    const { folder } = await copyOf((log) => {
      for (const row of [lost.rows[0]!, lost.reservedAt]) log.set(row, 'bytes', Buffer.from('{}'));
    });
    const now = await served(folder);
    try {
      const answers = await answersOf(now.models!);
      expect(falseAnswers(answers, [lost])).toEqual([]);
      for (const reader of READERS) {
        expect(answers.get(`${reader.audience} JARAP`)).toBe('damaged');
        const view = await now.models!.openView({}, reader);
        // It could be any reference that is not found: a reader is told the same of all of these, and of no other register.
        for (const ref of ['JARAP', 'NOBODY'])
          for (const asked of [refuseDamaged(view, 'directory', ref), findRecord(view, ref)])
            await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('cannot tell whether') });
        expect(await findRecord(view, 'NOBODY-2023-10-A1')).toBeNull();
      }
      expect((await now.models!.status()).damaged).toHaveLength(2);
    } finally {
      await now.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is missed by a decision, too, when it was the last event of its stream: by what was read before, or of another stream', async () => {
    const action = written.find(({ register }) => register === 'actions')!;
    const other = written.find(({ register, ref }) => register === 'actions' && ref.startsWith('JARAP'))!;
    const series = written.filter((one) => one.series === action.series);
    const toTheEndOf = (log: OpenLog, seq: number, where: number) => {
      const { stream } = log.rows.find((row) => row.seq === where)!;
      log.set(seq, 'stream', stream, log.lastVersion(stream) + 1);
    };
    const withDamage = async (seq: number, where: number, isReadBefore: boolean, check: () => Promise<void>) => {
      const { folder } = await copyOf((log) => toTheEndOf(log, seq, where));
      if (isReadBefore) cpSync(join(template, 'read-models.sqlite'), join(folder, 'read-models.sqlite'));
      const now = await served(folder);
      officer = actingAs(() => now.ledger!.dispatch, 'opcc-officer');
      try {
        await check();
      } finally {
        await now.close();
        rmSync(folder, { recursive: true, force: true });
      }
    };
    let officer: ReturnType<typeof actingAs>;
    const extend = { type: 'ExtendActionDueDate', ref: action.ref, due: { on: '2024-01-31' }, reason: 'Leave.' };
    const raise = { type: 'RaiseAction', body: 'CGB', title: 'Another', owner: 'force-lead' };
    for (const isReadBefore of [true, false]) {
      await withDamage(action.rows.at(-1)!, other.rows[0]!, isReadBefore, async () =>
        expect((await officer.submit(extend)).outcome).toBe('unavailable'),
      );
      // The number of a reservation that is gone would be given out a second time.
      await withDamage(series.at(-1)!.reservedAt, other.reservedAt, isReadBefore, async () =>
        expect((await officer.submit(raise)).outcome).toBe('unavailable'),
      );
    }
  });

  it('is not taken for an older copy, where an event of the last record stands behind the one that was acknowledged last', async () => {
    const last = written.find(({ rows }) => rows.at(-1) === Math.max(...written.flatMap((one) => one.rows)))!;
    const { folder } = await copyOf((log) => log.set(last.rows[0]!, 'version', last.rows.length + 5));
    const now = await served(folder);
    expect([now.refused, (await now.models?.status())?.damaged.length]).toEqual([null, expect.any(Number)]);
    const answers = await answersOf(now.models!);
    expect([answers.get(`full ${last.ref}`), falseAnswers(answers, [last])]).toEqual(['damaged', []]);
    await now.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lacks events, which an operator accepts: what lacks one of its middle is damaged, and all else goes on', async () => {
    const published = written.filter(({ register, ref }) => register === 'actions' && ref.startsWith('CGB'));
    const [torn, shortened] = [published[0]!, published[1]!];
    const { folder } = await copyOf((log) => {
      log.remove(torn.rows[1]!);
      log.remove(shortened.rows.at(-1)!);
    });
    const settings = { store: 'sqlite', name: 'spec', data: folder } as const;
    const accept = { reason: 'No other copy is left.', operator: 'A. N. Operator' };
    expect((await served(folder)).refused).toMatch(/^Events are missing from the middle of the log/);
    await (await openRunningLedger(settings, 'spec', { clock: standingClock(AT), accept })).close();
    const now = await served(folder);
    const officer = actingAs(() => now.ledger!.dispatch, 'opcc-officer');
    const extend = { type: 'ExtendActionDueDate', due: { on: '2024-01-31' }, reason: 'Leave.' };
    try {
      const answers = await answersOf(now.models!);
      for (const { audience } of READERS) expect(answers.get(`${audience} ${torn.ref}`)).toBe('damaged');
      const others = [...answers].filter(([asked]) => !asked.includes(shortened.ref));
      expect(falseAnswers(new Map(others), [torn])).toEqual([]);
      expect(await officer.submit({ ...extend, ref: torn.ref })).toMatchObject({ outcome: 'unavailable' });
      // Nothing tells that a record once had a later event.
      expect(answers.get(`official ${shortened.ref}`)).toMatch(/^\[/);
      for (const ref of [shortened.ref, published[2]!.ref]) await officer.does({ ...extend, ref });
    } finally {
      await now.close();
    }
    const database = openDatabase(join(folder, 'events.sqlite'));
    new OpenLog(database).remove(published[2]!.rows[0]!);
    database.close();
    expect((await served(folder)).refused).toMatch(/^Events are missing from the middle of the log/);
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

/** A ciphertext that begins otherwise. */
const otherwise = (sealed: unknown) => String(sealed).replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));

describe('words that are damaged', () => {
  const raise = { type: 'RaiseAction', body: 'CGB', title: 'Review', owner: 'force-lead', commandId: randomUUID() };

  /** A ledger in which one sealed part of one event is damaged, as far as commands go. */
  async function withDamaged(part: string, type: string) {
    const ledger = await ledgerInAFolder({ at: AT });
    const officer = ledger.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const person = await officer.does({ type: 'AddPerson', name: 'A. Chair' });
    await ledger.granting().does({ type: 'SetPersonSubject', ref: person, subject: 'chair@opcc' });
    const action = await officer.does(raise);
    await ledger.ledger.close();
    const database = openDatabase(join(ledger.folder, 'events.sqlite'), { durable: false });
    const log = new OpenLog(database);
    const row = log.rows.find(({ bytes }) => bytes.includes(`"type":"${type}"`))!;
    const stored = JSON.parse(row.bytes.toString()) as StoredEvent;
    const parts = stored.parts.map((one) => (one.name === part ? { ...one, value: otherwise(one.value) } : one));
    expect(log.write(row, canonicalBytes({ ...stored, parts }))).not.toBeNull();
    database.close();
    const { dispatch, keys } = await ledger.reopen();
    return { ledger, officer, action, person, known: await dispatch.personOf(pseudonymOf(keys, 'chair@opcc')) };
  }

  it('stop no command: no decision reads them', async () => {
    const { ledger, officer, action, person, known } = await withDamaged('text/title', 'ActionRaised');
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref: action });
    await officer.does({ type: 'ExtendActionDueDate', ref: action, due: { on: '2024-01-31' }, reason: 'Leave.' });
    expect([await officer.does(raise), known]).toEqual([action, person]);
    await ledger.remove();
  });

  it('repeat no command, where they are what its body is compared by', async () => {
    const { ledger, officer, action } = await withDamaged('command', 'ActionRaised');
    expect(await officer.submit(raise)).toMatchObject({ outcome: 'unavailable' });
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref: action });
    await ledger.remove();
  });

  it('make nobody known, where they are a subject', async () => {
    const { ledger, officer, known } = await withDamaged('person/subject', 'SubjectSet');
    expect(known).toBeNull();
    await officer.does({ type: 'AddPerson', name: 'Another' });
    await ledger.remove();
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
