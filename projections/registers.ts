import type { Register } from '../libs/ledger/index.ts';
import { actions } from '../libs/registers/actions/index.ts';
import { directory } from '../libs/registers/directory/index.ts';
import { meetings } from '../libs/registers/meetings/index.ts';

const REGISTERS: readonly Register[] = [actions, meetings, directory] as unknown as readonly Register[];

/** The register whose records bear references of that shape, or null. */
export function registerOf(ref: string): Register | null {
  return REGISTERS.find((register) => register.seriesOf(ref) !== null) ?? null;
}

/** A register by its name, or null. */
export function registerNamed(name: string): Register | null {
  return REGISTERS.find((register) => register.name === name) ?? null;
}
