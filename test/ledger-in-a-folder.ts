import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCapacity, type Capacity } from '../libs/access/index.ts';
import type { Outcome, RunningDispatch } from '../libs/dispatch/index.ts';
import type { CommandEnvelope, Command } from '../libs/ledger/index.ts';
import { openRunningLedger, REGISTERS, type RunningLedger } from '../libs/running-ledger/index.ts';

/** A clock that stands still until it is moved. */
export function standingClock(at: string) {
  let now = Date.parse(at);
  return {
    now: () => now,
    set: (instant: string) => (now = Date.parse(instant)),
    forward: (milliseconds: number) => (now += milliseconds),
  };
}

export type StandingClock = ReturnType<typeof standingClock>;

/** What a spec says of a command: its own fields, and whatever of the envelope matters. */
export type Said = { type: string } & Record<string, unknown> & Partial<CommandEnvelope>;

const ENVELOPE_FIELDS = [
  'commandId',
  'effectiveOn',
  'dated',
  'before',
  'by',
  'authority',
  'source',
  'reason',
  'marking',
  'stated',
];

/**
 * A real ledger on the embedded store in a folder of its own, with a clock that stands still, for specs of everything that
 * commands go through. `reopen` starts a new process's view of the same folder.
 */
export async function ledgerInAFolder(options: { at?: string } = {}) {
  const clock = standingClock(options.at ?? '2023-10-09T11:00:00.000Z');
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  const settings = { store: 'sqlite', name: 'spec', data: folder } as const;
  let ledger: RunningLedger = await openRunningLedger(settings, 'spec', { clock });
  return {
    clock,
    folder,
    get ledger() {
      return ledger;
    },
    /** Acts in a post; the person defaults to one of the post's own. */
    as: (post: string, person?: string, capacity?: Capacity) => actingAs(() => ledger.dispatch, post, person, capacity),
    /** A monitoring officer whom the directory knows: who adds posts of authority and fills them. */
    granting: () => actingAs(() => ledger.dispatch, 'monitoring-officer', 'person-mmmmm'),
    async reopen() {
      await ledger.close();
      ledger = await openRunningLedger(settings, 'spec', { clock });
      return ledger;
    },
    async remove() {
      await ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type LedgerInAFolder = Awaited<ReturnType<typeof ledgerInAFolder>>;

/** Submits commands as the holder of a post. The register is the one that has the command, unless `register` says; what all registers have is said of actions. */
export function actingAs(dispatch: () => RunningDispatch, post: string, person = `p-${post}`, capacity?: Capacity) {
  const acting = capacity ?? (isCapacity(post) ? post : 'opcc-officer');
  const submit = (said: Said, register = registerOf(said.type)): Promise<Outcome> => {
    const envelope = Object.fromEntries(Object.entries(said).filter(([field]) => ENVELOPE_FIELDS.includes(field)));
    const command = Object.fromEntries(Object.entries(said).filter(([field]) => !ENVELOPE_FIELDS.includes(field)));
    return dispatch().submit({
      register,
      command: command as unknown as Command,
      envelope: { commandId: randomUUID(), ...envelope },
      caller: { post, person, capacity: acting },
    });
  };
  return {
    submit,
    /** Submits, and must be accepted: the reference of the record. */
    async does(said: Said, register?: string): Promise<string> {
      const outcome = await submit(said, register);
      if (outcome.outcome !== 'accepted') throw new Error(`${said.type} as ${post}: ${JSON.stringify(outcome)}`);
      return outcome.ref;
    },
    /** Submits, and must be refused: the refusal's code, or what else was answered. */
    async fails(said: Said, register?: string): Promise<string> {
      const outcome = await submit(said, register);
      return outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome;
    },
  };
}

function registerOf(type: string): string {
  return REGISTERS.find(({ mayIssue }) => Object.hasOwn(mayIssue, type))?.name ?? 'actions';
}
