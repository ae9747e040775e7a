import { declareAsOperator, type ClockTrouble } from '../dispatch/index.ts';
import { instantOf } from '../ledger/index.ts';
import { jumpsIn } from './clock-in-doubt.ts';
import type { RunningLedger } from './open.ts';

/**
 * Takes an operator's word that the clock is right as it is, records it, and lets writing go on by that clock. For a process that
 * holds the writer's lock.
 *
 * What was recorded before keeps its stamps: an event's recorded instant is the greatest stamp up to it, so what is written from here on
 * reads as recorded no earlier than that.
 *
 * @returns what was accepted; null when nothing was the matter
 * @throws StoreUnavailable
 */
export async function acceptClock(
  ledger: RunningLedger,
  { reason, operator }: { readonly reason: string; readonly operator: string },
): Promise<ClockTrouble | null> {
  const { keys, clock, settings } = ledger;
  const trouble = await ledger.dispatch.checkClock();
  if (trouble === null) return null;
  const details = {
    trouble: trouble.is,
    seconds: Math.round(trouble.by / 1000),
    clock: instantOf(clock.now()),
  };
  const declare = () => declareAsOperator({ matter: 'CLOCK_ACCEPTED', details, reason, operator }, ledger);
  if (keys.settledFloor.read() >= clock.now()) {
    // Stamped after what was called settled, so that everything from here on reads as recorded later than that.
    await declare();
    keys.settledFloor.lower(clock.now() - 1);
  }
  // Stamped by the clock: the log's last stamp is no longer ahead of it.
  await declare();
  jumpsIn(settings.data).forget();
  return trouble;
}
