import { CHANGE_KINDS } from '../../../../libs/read-models/index.ts';
import { BASES, LIST_CHANGES, STEPS, type CellKey } from '../../../../libs/timeline/index.ts';
import { badAddress } from '../frame/outcomes.ts';
import { slugOf } from '../frame/list/read-filter.ts';
import { cellRead, groupingSlug, slugOfBasis, type BasisName } from './cells.ts';
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

/** What is asked of a bridge. */
export interface BridgeAsked {
  readonly by: string;
  readonly cell: CellKey | undefined;
  readonly line: LineAsked | null;
  /** The basis at which the records of the cell are asked for. */
  readonly basis: BasisName | null;
}

/** By which grouping, of which cell alone, and the records of which line, or of the cell at a basis. @throws PageProblem for what no link of these pages asks */
export function bridgeAsked(query: URLSearchParams, groupings: readonly string[]): BridgeAsked {
  const written = query.get('by');
  const by = written === null ? groupings[0] : groupings.find((one) => groupingSlug(one) === written);
  if (by === undefined) throw noSuch('by');
  const cell = cellRead(query.get('cell'));
  const [line, basis] = [query.get('line'), query.get('basis')];
  if (basis !== null) {
    const found = BASES.find((one) => slugOfBasis(one) === basis);
    if (found === undefined || cell === undefined) throw noSuch('basis');
    return { by, cell, line: null, basis: found };
  }
  if (line === null) return { by, cell, line: null, basis: null };
  const { step, kind } = stepAndKind(line, 'line');
  if (kind === undefined) throw noSuch('line');
  const [from, to] = [cellRead(query.get('left')), cellRead(query.get('entered'))];
  return { by, cell, line: { step, kind, from, to }, basis: null };
}

function noSuch(name: string) {
  return badAddress(`It asks for a choice of “${name}” that there is not.`);
}
