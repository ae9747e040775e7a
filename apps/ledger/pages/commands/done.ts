import { historyOf } from '../../../../projections/index.ts';
import { eventInWords } from '../kinds.ts';
import type { RecordPart } from '../frame/record/record-part.ts';

/** Says that something was recorded just now: whoever sent a form is led here with its event in the address. */
export const done: RecordPart = {
  template: 'commands/done.njk',
  async show({ visit: { query, view }, ref }) {
    const id = query.get('done');
    if (id === null) return null;
    const { edges } = await historyOf(view, ref, { first: 500 });
    const event = edges.find(({ node }) => node.id === id)?.node;
    return event === undefined ? null : { id, what: eventInWords(event.type) };
  },
};
