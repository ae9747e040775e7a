import { viewOver } from '../../../../libs/read-models/index.ts';
import { countPromises } from '../../../../projections/index.ts';
import { counted } from '../../../../libs/wording/index.ts';
import type { RecordPart } from '../frame/record/record-part.ts';
import { promisesAt } from './present-promises.ts';

/** On the page of a meeting: how much of what its minutes promise no action keeps, and the way to those promises. */
export const promised: RecordPart = {
  template: 'promises/promised.njk',
  async show({ visit, ref, kind }) {
    if (kind.kind !== 'meeting') return null;
    const { kept, others } = await countPromises(await viewOver(visit.view, {}, [ref]), { meeting: ref });
    const total = kept + others;
    return total === 0 ? null : { says: promisedInWords(total, others), href: promisesAt({ meeting: ref }, visit) };
  },
};

/** `4 promises stand in its minutes. No action keeps 2 of them.` Pure. */
export function promisedInWords(total: number, without: number): string {
  const any = total === 1 ? 'it' : without === total ? 'any of them' : `${without.toLocaleString('en-GB')} of them`;
  const kept = total === 1 ? 'An action keeps it.' : 'Actions keep all of them.';
  return `${counted(total, 'promise stands', 'promises stand')} in its minutes. ${without === 0 ? kept : `No action keeps ${any}.`}`;
}
