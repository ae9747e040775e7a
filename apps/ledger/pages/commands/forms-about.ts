import { isCommonFact } from '../../../../libs/ledger/index.ts';
import type { OfferedMutation } from '../../ledger.ts';
import type { WaysFrom } from '../frame/record/present-history.ts';
import { formAt } from './addresses.ts';

/** The forms that are about one event of a record, as far as they are offered: to put it right, to take it back, to let it count again. */
export function formsAbout(ref: string, offers: readonly OfferedMutation[]): WaysFrom {
  const offered = (type: string) =>
    offers.find(({ command, whyNot }) => command.type === type && whyNot === null)?.mutation;
  const [correct, takeBack, restore] = ['Correct', 'Void', 'Restore'].map(offered);
  return ({ id, type, voided }) => {
    const isAmendment = type === 'Voided' || type === 'Restored';
    return [
      correct !== undefined && !isCommonFact({ type }) ? { mutation: correct, text: 'Correct' } : null,
      takeBack !== undefined && !voided && !isAmendment ? { mutation: takeBack, text: 'Take back' } : null,
      restore !== undefined && voided ? { mutation: restore, text: 'Let it count again' } : null,
    ].flatMap((way) => (way === null ? [] : [{ text: way.text, href: `${formAt(way.mutation, ref)}?event=${id}` }]));
  };
}
