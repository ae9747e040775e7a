import { CHANGE_KINDS } from '../../../../libs/read-models/index.ts';
import { LIST_CHANGES, STEPS, type CellKey } from '../../../../libs/timeline/index.ts';
import { badAddress } from '../frame/outcomes.ts';
import { slugOf } from '../frame/list/read-filter.ts';
import { cellRead } from './cells.ts';
import type { LineAsked } from './present-bridge.ts';
import type { ChangeAsked } from './present-changes.ts';

/*
 * What an address asks of the pages about two dates, beside its dates and the filters of the list.
 */

/** `change=moved`, `change=moved.closed`. @throws PageProblem for what no link of these pages asks */
export function changeAsked(query: URLSearchParams): ChangeAsked | null {
  const written = query.get('change');
  return written === null ? null : stepAndKind(written, 'change');
}

function stepAndKind(written: string, name: string): ChangeAsked {
  const [stepWritten = '', kindWritten] = written.split('.');
  const step = STEPS.find((one) => slugOf(one) === stepWritten);
  if (step === undefined) throw noSuch(name);
  if (kindWritten === undefined) return { step };
  const kind = CHANGE_KINDS.find((one) => slugOf(one) === kindWritten);
  if (kind !== undefined) return { step, kind };
  const change = LIST_CHANGES.find((one) => slugOf(one) === kindWritten);
  if (change === undefined) throw noSuch(name);
  return { step, change };
}

/** By which grouping, of which cell alone, and the records of which line. @throws PageProblem for what no link of these pages asks */
export function bridgeAsked(
  query: URLSearchParams,
  groupings: readonly string[],
): { readonly by: string; readonly cell: CellKey | undefined; readonly line: LineAsked | null } {
  const written = query.get('by');
  const by = written === null ? groupings[0] : groupings.find((one) => slugOf(one) === written);
  if (by === undefined) throw noSuch('by');
  const line = query.get('line');
  if (line === null) return { by, cell: cellRead(query.get('cell')), line: null };
  const { step, kind } = stepAndKind(line, 'line');
  if (kind === undefined) throw noSuch('line');
  const [from, to] = [cellRead(query.get('left')), cellRead(query.get('entered'))];
  return { by, cell: cellRead(query.get('cell')), line: { step, kind, from, to } };
}

function noSuch(name: string) {
  return badAddress(`It asks for a choice of “${name}” that there is not.`);
}
