import { setTimeout as waitFor } from 'node:timers/promises';
import { parseStored, StoreDamaged, type EventStore } from '../event-store/index.ts';
import { instantOf, millisecondsOf, type Clock, type Instant } from '../ledger/index.ts';
import type { KeyStore } from '../keys/index.ts';

/** A clock that is behind by no more is waited for; past this the writer stops. */
const LONGEST_WAIT_MS = 5_000;
/** A jump ahead by more than this, while the process runs, needs an operator's word. */
export const LONGEST_JUMP_MS = 24 * 60 * 60 * 1000;
/** Between two looks at the clock that are no further apart there was no such jump. */
const LOOK_AGAIN_MS = 60 * 60 * 1000;

/**
 * Why nothing may be stamped by this clock now.
 *
 * `BEHIND`: it is earlier than the log's last stamp, or than what an answer was called settled to. `JUMPED`: it went ahead by
 * more than a day of what passed while the process ran, the time that the machine slept included.
 */
export interface ClockTrouble {
  readonly is: 'BEHIND' | 'JUMPED';
  /** By how much, in milliseconds. */
  readonly by: number;
}

/** A jump ahead that nobody has yet spoken for. It outlives a restart, which would otherwise look like time that passed. */
export interface ClockJump {
  /** The instant to which it jumped, in milliseconds: a clock that reads earlier was set back, and the jump is gone. */
  readonly to: number;
  readonly by: number;
}

/** Where a jump is kept. */
export interface ClockJumps {
  read(): ClockJump | null;
  note(jump: ClockJump): void;
  forget(): void;
}

export interface Stamps {
  /** The instant of now, for what is about to be written. Never earlier than the last, and after whatever was called settled. */
  readonly stamp: () => Instant;
  /** Learns the log's last stamp. @throws StoreUnavailable */
  readonly know: () => Promise<void>;
  /** Waits for a clock that is a little behind. What it answers, if anything, keeps the writer from writing. @throws StoreUnavailable */
  readonly ready: () => Promise<ClockTrouble | null>;
  /** What is known of the clock without asking the store. */
  readonly trouble: () => ClockTrouble | null;
}

/**
 * Stamps of the writing process. A clock that was set back cannot slip a fact into an answer that somebody was told would not change,
 * nor write what a reader's *now* would not yet include.
 *
 * @param context `store` is asked once for its last event, before the first write. `pause`: waits for so many milliseconds.
 */
export function stamps(context: {
  readonly clock: Clock;
  readonly settledFloor: KeyStore['settledFloor'];
  readonly store: Pick<EventStore, 'last'>;
  readonly jumps: ClockJumps;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}): Stamps {
  const { clock, settledFloor, jumps, pause = waitFor } = context;
  let last = 0;
  let isKnown = false;
  let jump = jumps.read();
  const began = { at: clock.now(), steady: clock.steady?.() ?? null };
  let looked = began.at;

  async function know(): Promise<void> {
    if (isKnown) return;
    const stamped = await lastStampIn(context.store);
    if (stamped !== null) last = Math.max(last, millisecondsOf(stamped));
    isKnown = true;
  }

  function trouble(): ClockTrouble | null {
    const now = clock.now();
    const jumped = jumpAt(now);
    if (jumped !== null) return { is: 'JUMPED', by: jumped.by };
    const by = Math.max(last, settledFloor.read()) - now;
    return by > 0 ? { is: 'BEHIND', by } : null;
  }

  function jumpAt(now: number): ClockJump | null {
    if (jump !== null && now < jump.to) {
      jump = null;
      jumps.forget();
    }
    if (jump !== null || now - looked < LOOK_AGAIN_MS) return jump;
    looked = now;
    const steady = clock.steady?.() ?? null;
    if (steady === null || began.steady === null) return null;
    const by = now - began.at - (steady - began.steady);
    if (by <= LONGEST_JUMP_MS) return null;
    jump = { to: now, by };
    jumps.note(jump);
    return jump;
  }

  return {
    know,
    trouble,
    stamp() {
      last = Math.max(clock.now(), last, settledFloor.read() + 1);
      return instantOf(last);
    },
    async ready() {
      await know();
      for (let waited = 0; ;) {
        const found = trouble();
        if (found === null || found.is === 'JUMPED' || found.by > LONGEST_WAIT_MS - waited) return found;
        await pause(found.by);
        waited += found.by;
      }
    },
  };
}

/** The stamp of the last event in the log; null where there is none, or none that can be read. */
async function lastStampIn(store: Pick<EventStore, 'last'>): Promise<Instant | null> {
  const last = await store.last();
  if (last === null) return null;
  try {
    return parseStored(last).header.stamped;
  } catch (cause) {
    if (cause instanceof StoreDamaged) return null;
    throw cause;
  }
}

/** Keeps a jump for as long as the process runs. */
export function jumpsInMemory(): ClockJumps {
  let jump: ClockJump | null = null;
  return {
    read: () => jump,
    note: (noted) => void (jump = noted),
    forget: () => void (jump = null),
  };
}
