import type { ImportProgress, LoadPhase } from '../../libs/import/index.ts';
import type { Terminal } from './terminal.ts';

const WORDS = { reading: 'Reading', rehearsal: 'Checking', load: 'Loading' } as const;

/** Shows how far a load has come: at every hundredth of it, on one line. */
export function progressLine(terminal: Terminal): (phase: LoadPhase, progress: ImportProgress) => void {
  let shown = '';
  return (phase, { done, total }) => {
    const share = `${WORDS[phase]} ${Math.floor((done / total) * 100)} %`;
    const begins = done === total ? '' : share;
    if (begins === shown) return;
    shown = begins;
    terminal.show(phase === 'reading' || begins === '' ? begins : `${share} (${done} of ${total} rows)`);
  };
}
