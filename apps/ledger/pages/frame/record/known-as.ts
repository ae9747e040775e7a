import { namesGiven } from '../../../../../projections/index.ts';
import { formOffered } from '../../commands/offers.ts';
import type { RecordPart } from './record-part.ts';

/** The names under which papers know the record, beside its title; and for whom may withdraw one, the way to do so. */
export const knownAs: RecordPart = {
  template: 'frame/record/known-as.njk',
  async show(at) {
    const given = await namesGiven(at.visit.view, at.ref);
    if (given.length === 0) return null;
    const withdrawn = ({ event }: (typeof given)[number]) => formOffered(at, 'WithdrawName', { event });
    return { names: await Promise.all(given.map(async (one) => ({ name: one.name, end: await withdrawn(one) }))) };
  },
};
