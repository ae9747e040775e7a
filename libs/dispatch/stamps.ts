import { instantOf, type Clock, type Instant } from '../ledger/index.ts';
import type { KeyStore } from '../keys/index.ts';

/**
 * Stamps of the writing process. Never earlier than its last one, and always after whatever was called settled: a clock that
 * was set back cannot slip a fact into an answer that somebody was told would not change.
 */
export function stamper(clock: Clock, settledFloor: KeyStore['settledFloor']): () => Instant {
  let last = 0;
  return () => {
    last = Math.max(clock.now(), last, settledFloor.read() + 1);
    return instantOf(last);
  };
}
