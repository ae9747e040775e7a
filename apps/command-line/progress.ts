import type { ImportProgress } from '../../libs/import/index.ts';
import type { Terminal } from './terminal.ts';

const WORDS = { rehearsal: 'Checking', load: 'Loading' } as const;

/** Shows how far a load has come: at every hundredth of it, on one line. */
export function progressLine(terminal: Terminal): (phase: 'rehearsal' | 'load', progress: ImportProgress) => void {
  let shown = '';
  return (phase, { done, total }) => {
    const line =
      done === total ? '' : `${WORDS[phase]} ${Math.floor((done / total) * 100)} % (${done} of ${total} rows)`;
    if (line.split(' (')[0] === shown.split(' (')[0]) return;
    shown = line;
    terminal.show(line);
  };
}
