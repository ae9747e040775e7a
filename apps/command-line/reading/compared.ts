import { kindOfRecord, type RecordKind } from '../../../libs/declarations/index.ts';
import { BadArguments } from '../../../libs/arguments/index.ts';
import { openEnds, type ComparedEnds } from '../../../libs/read-models/index.ts';
import { listCompared } from '../../../projections/index.ts';
import type { Reading } from './open-reading.ts';
import { basisTyped, listName, optionsOfBasis, type Typed } from './options.ts';
import { basisSaid } from './reading-command.ts';

/** The two ends of a comparison, as options. */
export const ENDS = { ...optionsOfBasis('before'), ...optionsOfBasis('after') };

/** @throws BadArguments, BadBasis */
export async function endsTyped(typed: Typed, reading: Reading): Promise<ComparedEnds> {
  return openEnds((asOf) => reading.open(asOf), basisTyped('before', typed), basisTyped('after', typed));
}

export function comparedOf(kind: RecordKind) {
  const compared = listCompared(kind);
  if (compared === null) throw new BadArguments(`Lists of ${listName(kind)} are not compared.`);
  return compared;
}

export function endsSaid({ told, closing }: ComparedEnds, kind: RecordKind): string {
  return `${kindOfRecord(kind).many} from ${basisSaid(told)} to ${basisSaid(closing)}`;
}

export function basesOf({ told, knownNow, closing }: ComparedEnds) {
  return { told: told.basis, knownNow: knownNow.basis, closing: closing.basis };
}
