import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Capacity } from '../../libs/access/index.ts';
import { createDispatch, openLedger, type Outcome } from '../../libs/dispatch/index.ts';
import { parseStored, type EventStore } from '../../libs/event-store/index.ts';
import { openSqliteEventStore, rehearse } from '../../libs/event-store-sqlite/index.ts';
import { memoryKeyStore } from '../../libs/keys/index.ts';
import {
  addDays,
  instantOf,
  londonDayOf,
  recordEventOf,
  type Command,
  type CommandEnvelope,
  type Ids,
  type RecordEvent,
} from '../../libs/ledger/index.ts';
import { POLICIES, PolicyRunner, postsOfTheDirectory } from '../../libs/policies/index.ts';
import { startReadModels } from '../../libs/read-models/index.ts';
import { REGISTERS } from '../../libs/running-ledger/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';
import { answerOf, type ModelAction, type ModelBasis, type ModelMeeting, type Placed } from './written-rules.ts';

/** Numbers that look random and come again with the same seed. */
export type Chance = ReturnType<typeof chanceOf>;

export function chanceOf(seed: number) {
  let state = (seed * 2654435761) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** From 0 to just below `below`. */
    number: (below: number) => Math.floor(next() * below),
    once: (times: number) => next() < 1 / times,
    of: <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T,
    byte: () => Math.floor(next() * 256),
  };
}

/** A store that stays empty, on which any number of histories stand in memory. */
export function emptyStore(): { readonly store: EventStore; close(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'model-log-'));
  const store = openSqliteEventStore({ file: join(folder, 'log.sqlite'), ledger: 'model' });
  return {
    store,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A ledger in memory, as far as it need not be read by SQL, written to through the real dispatch and read through the real read models.
 * @param empty see {@link emptyStore}
 */
export async function ledgerInMemory(seed: number, empty: EventStore) {
  const chance = chanceOf(seed + 1_000_000);
  let now = Date.UTC(2023, 2, 20, 9);
  let made = 0;
  const clock = { now: () => now };
  const ids: Ids = {
    uuid: () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
    bytes: (length) => Uint8Array.from({ length }, () => chance.byte()),
  };
  const folder = mkdtempSync(join(tmpdir(), 'model-'));
  const store = rehearse(empty);
  const keys = memoryKeyStore();
  const ledgerId = await openLedger({ store, keys, clock, ids });
  const context = { store, keys, clock, ids, registers: REGISTERS };
  const dispatch = createDispatch({ ...context, ledgerId, posts: postsOfTheDirectory });
  const models = await startReadModels({
    ...context,
    projections: PROJECTIONS,
    policies: POLICIES,
    file: join(folder, 'rows.sqlite'),
  });
  const troubles: string[] = [];
  const policies = new PolicyRunner({
    ledgerId,
    outstanding: () => models.outstanding(),
    submit: (submission) => dispatch.submit(submission),
    waitFor: (position) => models.waitFor(position),
    onTrouble: ({ policy, outcome }) => troubles.push(`${policy}: ${outcome}`),
  });
  const log: Placed[] = [];
  let readTo: string | undefined;
  async function readLog(): Promise<void> {
    for (;;) {
      const page = await store.readAll(readTo, 500);
      for (const one of page.events) log.push({ event: recordEventOf(parseStored(one)), position: one.position });
      readTo = page.events.at(-1)?.position ?? readTo;
      if (page.atEnd) return;
    }
  }

  return {
    models,
    log: log as readonly Placed[],
    now: () => instantOf(now),
    today: () => londonDayOf(instantOf(now)),
    forward: (milliseconds: number) => (now += milliseconds),
    uuid: () => ids.uuid(),
    async submit(
      post: string,
      capacity: Capacity,
      register: string,
      command: Command,
      envelope: CommandEnvelope,
      importId?: string,
    ): Promise<Outcome> {
      const outcome = await dispatch.submit({
        register,
        command,
        envelope,
        caller: { post, person: `p-${post}`, capacity },
        ...(importId === undefined ? {} : { importId }),
      });
      await readLog();
      return outcome;
    },
    /** Reading includes all that was written, and what follows from it by policies was done too. */
    async caughtUp(): Promise<void> {
      if (readTo !== undefined && !(await models.waitFor(readTo))) throw new Error('reading did not catch up');
      await policies.run();
      if (troubles.length > 0) throw new Error(troubles.join());
      await readLog();
      if (readTo !== undefined && !(await models.waitFor(readTo))) throw new Error('reading did not catch up');
    },
    async close(): Promise<void> {
      policies.close();
      dispatch.close();
      await models.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type LedgerInMemory = Awaited<ReturnType<typeof ledgerInMemory>>;

const CAPACITY_OF: { readonly [post: string]: Capacity } = {
  'opcc-officer': 'opcc-officer',
  commissioner: 'commissioner',
  'monitoring-officer': 'monitoring-officer',
  'force-lead': 'force-lead',
  'chief-constable': 'force-lead',
};
/** Posts that own actions. The second is one of the directory. */
export const OWNERS = ['force-lead', 'chief-constable'] as const;
const DAY = 86_400_000;

/** What was sent and what became of it. */
export interface Sent {
  readonly post: string;
  readonly command: Command & { readonly [field: string]: unknown };
  readonly outcome: Outcome;
}

/**
 * Sends commands until so many were accepted, over all registers: late facts and facts without a day, `before` another, imports with stated
 * days, corrections of facts and of days, voids and restorations, of openings too, second versions, markings and publications.
 */
export async function randomHistory(ledger: LedgerInMemory, seed: number, accepted: number): Promise<readonly Sent[]> {
  const chance = chanceOf(seed);
  const sent: Sent[] = [];
  const send = async (
    post: string,
    register: string,
    command: Sent['command'],
    more: Partial<CommandEnvelope> = {},
    importId?: string,
  ) => {
    const envelope = { commandId: ledger.uuid(), reason: 'As the minutes say.', ...more };
    const outcome = await ledger.submit(post, CAPACITY_OF[post] ?? 'force-lead', register, command, envelope, importId);
    sent.push({ post, command, outcome });
    return outcome;
  };
  await send('opcc-officer', 'directory', { type: 'AddBody', as: 'CGB', name: 'Board' }, { effectiveOn: '2023-03-01' });
  await send(
    'opcc-officer',
    'directory',
    { type: 'AddPost', as: 'chief-constable', name: 'Chief', capacity: 'force-lead' },
    { effectiveOn: '2023-03-01' },
  );
  await send('opcc-officer', 'meetings', { type: 'ScheduleMeeting', body: 'CGB', on: '2023-04-19' });
  for (
    let tries = 0;
    sent.filter(({ outcome }) => outcome.outcome === 'accepted').length < accepted && tries < accepted * 8;
    tries += 1
  ) {
    ledger.forward(chance.of([1, 60_000, 3_600_000, DAY, 2 * DAY, DAY / 3]));
    const { post, register, command, marking } = commandFor(chance, ledger);
    const isImport = chance.once(5);
    const day = chance.once(3) ? addDays(ledger.today(), -chance.number(25)) : ledger.today();
    const earlier = ledger.log.filter(({ event }) => event.register === register && event.effectiveOn === day);
    await send(
      post,
      register,
      command,
      {
        ...(chance.once(4)
          ? {
              dated: chance.once(2)
                ? { how: 'by' as const, to: day }
                : { how: 'between' as const, from: addDays(day, -chance.number(12)), to: day },
            }
          : chance.once(3) && day === ledger.today()
            ? {}
            : { effectiveOn: day }),
        ...(chance.once(6) && earlier.length > 0 ? { before: chance.of(earlier).event.id } : {}),
        ...(NEEDS_AUTHORITY.includes(command.type)
          ? { authority: isImport ? ('notStated' as const) : { decision: 'D-1' } }
          : {}),
        ...(command.type === 'RecordOtherwiseStated' ? { source: { document: 'Another paper' } } : {}),
        ...(marking ? { marking: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const } : {}),
        ...(isImport && !chance.once(3) ? { stated: addDays(day, chance.number(24) - 14) } : {}),
      },
      isImport ? 'papers' : undefined,
    );
  }
  return sent;
}

const NEEDS_AUTHORITY = ['SignOffAction', 'ConvertAction'];

interface Wanted {
  readonly post: string;
  readonly register: string;
  readonly command: Sent['command'];
  readonly marking?: boolean;
}

function commandFor(chance: Chance, ledger: LedgerInMemory): Wanted {
  const openings = ledger.log
    .map(({ event }) => event)
    .filter(
      (event) => 'ref' in event.facts && event.version === 1 && REGISTERS.some(({ name }) => name === event.register),
    );
  const refsOf = (register: string) =>
    openings.filter((event) => event.register === register).map(({ facts }) => facts['ref'] as string);
  const { actions, meetings: calendar } = answerOf(ledger.log, { clearance: 'full' }, at(ledger));
  const meetings = calendar.map(({ ref }) => ref);
  const kind = chance.number(100);
  const marking = chance.once(6);
  const office = { post: 'opcc-officer', marking };
  // Where none is to be had, its body may be void: what is done of every record can restore it.
  if (kind < 8 || (actions.length === 0 && kind < 66))
    return { ...office, register: 'actions', command: raising(chance, ledger, meetings) };
  if (kind < 12)
    return {
      ...office,
      register: 'meetings',
      command: { type: 'ScheduleMeeting', body: 'CGB', ...when(chance, ledger) },
    };
  if (kind < 24 && meetings.length > 0)
    return { ...office, register: 'meetings', command: aboutMeeting(chance, ledger, chance.of(calendar)) };
  if (kind < 28) return ofTheDirectory(chance, ledger, openings);
  if (kind < 66)
    return {
      register: 'actions',
      ...aboutAction(chance, ledger, chance.of(actions), refsOf('actions'), meetings),
      marking,
    };
  const busy = openings.filter(({ register }) => register !== 'directory' || chance.once(8));
  return ofEveryRecord(chance, ledger, chance.of(busy.length === 0 ? openings : busy));
}

/** As things stand now. */
function at(ledger: LedgerInMemory): ModelBasis {
  return { effective: ledger.today(), recorded: ledger.now(), clock: 'STATED' };
}

function raising(chance: Chance, ledger: LedgerInMemory, meetings: readonly string[]): Sent['command'] {
  return {
    type: 'RaiseAction',
    ...(chance.once(2) && meetings.length > 0 ? { meeting: chance.of(meetings) } : { body: 'CGB' }),
    title: 'A title',
    ...(chance.once(6) ? {} : { owner: chance.of(OWNERS) }),
    ...(chance.once(5) ? {} : { due: due(chance, ledger, meetings) }),
  };
}

function due(chance: Chance, ledger: LedgerInMemory, meetings: readonly string[], ahead = 0) {
  if (chance.once(2) && meetings.length > 0) return { meeting: chance.of(meetings) };
  const day = addDays(ledger.today(), ahead + chance.number(20));
  return chance.once(4) ? { dated: { how: 'by', to: day } } : chance.once(6) ? { phrase: 'soon' } : { on: day };
}

/** Of a meeting: a day, or a span while no day is known. */
function when(chance: Chance, ledger: LedgerInMemory) {
  const day = addDays(ledger.today(), chance.number(30) - 3);
  return chance.once(4) ? { dated: { how: 'between', from: day, to: addDays(day, 10) } } : { on: day };
}

function aboutMeeting(chance: Chance, ledger: LedgerInMemory, { ref, status }: ModelMeeting): Sent['command'] {
  const { on, dated } = when(chance, ledger) as { on?: string; dated?: object };
  const moved = chance.once(5) ? {} : on === undefined ? { dated } : { to: on };
  const session = chance.once(3) ? { session: 'CLOSED' } : {};
  const minute = { type: 'MinuteItem', ref, text: 'Minuted', promise: chance.once(2), ...session };
  if (status === 'HELD' && !chance.once(8)) return minute;
  return chance.of<Sent['command']>([
    { type: 'HoldMeeting', ref, on: addDays(ledger.today(), -chance.number(5)) },
    { type: 'PostponeMeeting', ref, ...moved },
    { type: 'PostponeMeeting', ref, ...moved },
    { type: 'CancelMeeting', ref },
    minute,
  ]);
}

/** Mostly what may follow in the state in which the action is; now and then anything. */
function aboutAction(
  chance: Chance,
  ledger: LedgerInMemory,
  { ref, status, owner }: ModelAction,
  actions: readonly string[],
  meetings: readonly string[],
): Omit<Wanted, 'register'> {
  const by = owner ?? 'force-lead';
  const commands: { readonly [type: string]: Omit<Wanted, 'register'> } = {
    agree: { post: 'commissioner', command: { type: 'AgreeAction', ref } },
    update: { post: by, command: { type: 'GiveActionUpdate', ref, text: 'An update' } },
    evidence: { post: by, command: { type: 'AddActionEvidence', ref, title: 'A paper' } },
    report: { post: by, command: { type: 'ReportActionComplete', ref } },
    return: { post: 'commissioner', command: { type: 'ReturnAction', ref } },
    signOff: { post: 'commissioner', command: { type: 'SignOffAction', ref } },
    reassign: { post: 'opcc-officer', command: { type: 'ReassignAction', ref, owner: chance.of(OWNERS) } },
    extend: {
      post: 'opcc-officer',
      command: { type: 'ExtendActionDueDate', ref, due: due(chance, ledger, meetings, 20) },
    },
    defer: {
      post: 'opcc-officer',
      command: { type: 'DeferAction', ref, until: addDays(ledger.today(), chance.number(30)) },
    },
    convert: { post: 'commissioner', command: { type: 'ConvertAction', ref, into: 'FORWARD_PLAN_ITEM' } },
    merge: { post: 'opcc-officer', command: { type: 'MergeAction', ref, into: chance.of(actions) } },
    supersede: { post: 'opcc-officer', command: { type: 'SupersedeAction', ref, supersededBy: chance.of(actions) } },
    withdraw: { post: 'commissioner', command: { type: 'WithdrawAction', ref } },
    reopen: { post: 'commissioner', command: { type: 'ReopenAction', ref } },
  };
  const likely = LIKELY[status] ?? ['reopen'];
  return commands[chance.once(6) ? chance.of(Object.keys(commands)) : chance.of(likely)] as Omit<Wanted, 'register'>;
}

const AT_WORK = [
  'update',
  'report',
  'report',
  'extend',
  'extend',
  'extend',
  'reassign',
  'defer',
  'evidence',
  'convert',
  'merge',
];
const LIKELY: { readonly [status: string]: readonly string[] | undefined } = {
  PROPOSED: ['agree', 'agree', 'agree', 'agree', 'evidence', 'reassign', 'withdraw'],
  AGREED: AT_WORK,
  IN_PROGRESS: AT_WORK,
  DEFERRED: AT_WORK,
  REPORTED_COMPLETE: ['return', 'signOff', 'signOff', 'update', 'evidence', 'supersede'],
};

function ofTheDirectory(chance: Chance, ledger: LedgerInMemory, openings: readonly RecordEvent[]): Wanted {
  const of = (type: string) =>
    openings.filter((event) => event.type === type).map(({ facts }) => facts['ref'] as string);
  const persons = of('PersonAdded');
  const register = 'directory';
  const post = 'opcc-officer';
  if (persons.length === 0 || chance.once(4)) return { post, register, command: { type: 'AddPerson', name: 'A name' } };
  if (chance.once(4))
    return { post, register, command: { type: 'AddBody', as: `B${openings.length}`, name: 'A body' } };
  const until = chance.once(3) ? { until: addDays(ledger.today(), 20) } : {};
  return {
    post,
    register,
    command: {
      type: 'AppointHolder',
      ref: 'chief-constable',
      person: chance.of(persons),
      shared: chance.once(2),
      ...until,
    },
  };
}

/** What can be said of every record, aimed at one of its events. */
function ofEveryRecord(
  chance: Chance,
  ledger: LedgerInMemory,
  { register, stream, facts, id: opening }: RecordEvent,
): Wanted {
  const ref = facts['ref'] as string;
  const events = ledger.log.map(({ event }) => event).filter((event) => event.stream === stream);
  const corrected = events.findLast(({ type }) => type === 'Corrected');
  const again = corrected === undefined || chance.once(2) ? undefined : corrected;
  const target =
    events.find(({ id }) => id === again?.facts['target']) ??
    chance.of(chance.once(4) ? events : events.slice(Math.min(1, events.length - 1)));
  const voided = events.filter(({ type }) => type === 'Voided');
  const to = {
    classification: 'OFFICIAL',
    sensitive: chance.once(2),
    ...(chance.once(6) ? { session: 'CLOSED' } : {}),
  };
  const monitoring = { post: 'monitoring-officer', register };
  const officer = { post: 'opcc-officer', register };
  const restoring = voided.length === 0 ? opening : (chance.of(voided).facts['target'] as string);
  const restore = { ...monitoring, command: { type: 'Restore', ref, event: restoring } };
  // What is void is often restored: most of what there is to be compared is in records that stand.
  if (voided.length > 0 && chance.once(3)) return restore;
  const kind = chance.number(20);
  if (kind < 6) {
    const day = addDays(ledger.today(), -chance.number(30));
    const is = CORRECTIONS[target.type];
    // One path is corrected again and again: the last correction known wins.
    const [path, value] =
      again?.facts['path'] === 'effectiveOn'
        ? (['effectiveOn', day] as const)
        : is === undefined || chance.once(2)
          ? chance.of<readonly [string, unknown]>([
              ['effectiveOn', day],
              ['effectiveOn', day],
              ['dated', { how: 'by', to: day }],
            ])
          : chance.of(is(chance, ledger));
    return {
      ...officer,
      command: { type: 'Correct', ref, event: target.id, path, is: value },
      marking: chance.once(9),
    };
  }
  if (kind < 9) return { ...monitoring, command: { type: 'Void', ref, event: target.id } };
  if (kind < 10 && chance.once(2)) return { ...monitoring, command: { type: 'Void', ref, event: opening } };
  if (kind < 11) return restore;
  if (kind < 15)
    return {
      ...officer,
      command: {
        type: 'RecordOtherwiseStated',
        ref,
        path: register === 'actions' ? 'status' : register === 'meetings' ? 'date' : 'capacity',
        says: 'something else',
        ...(chance.once(2) ? { event: target.id } : {}),
      },
    };
  if (kind < 16) return { ...monitoring, command: { type: 'Publish', ref } };
  return { ...monitoring, command: { type: 'Mark', ref, to, ...(chance.once(2) ? { event: target.id } : {}) } };
}

type Corrections = (chance: Chance, ledger: LedgerInMemory) => readonly (readonly [path: string, is: unknown])[];
const CORRECTIONS: { readonly [type: string]: Corrections | undefined } = {
  ActionRaised: (chance, ledger) => [
    ['owner', chance.of(OWNERS)],
    ['due', { on: addDays(ledger.today(), chance.number(30)) }],
    ['due', { meeting: meetingOf(chance, ledger) }],
    ['due.on', addDays(ledger.today(), chance.number(30))],
    ['title', 'Another title'],
    ['priority', 'HIGH'],
  ],
  ActionReassigned: (chance) => [['owner', chance.of(OWNERS)]],
  DueDateExtended: (chance, ledger) => [
    ['due', { on: addDays(ledger.today(), chance.number(30)) }],
    ['due', { meeting: meetingOf(chance, ledger) }],
  ],
  MeetingScheduled: (chance, ledger) => [
    ['on', addDays(ledger.today(), chance.number(30))],
    ['title', 'Another title'],
  ],
  MeetingHeld: (chance, ledger) => [['on', addDays(ledger.today(), -chance.number(9))]],
  MeetingPostponed: (chance, ledger) => [['to', chance.once(4) ? null : addDays(ledger.today(), chance.number(30))]],
  HolderAppointed: (_, ledger) => [
    ['shared', true],
    ['until', addDays(ledger.today(), 15)],
  ],
};

function meetingOf(chance: Chance, ledger: LedgerInMemory): string {
  const refs = ledger.log
    .filter(({ event: { type } }) => type === 'MeetingScheduled')
    .map(({ event }) => event.facts['ref'] as string);
  return refs.length === 0 ? 'CGB-2023-04-19' : chance.of(refs);
}
