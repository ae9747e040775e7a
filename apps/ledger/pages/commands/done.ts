import { eventInWords } from '../../../../libs/wording/index.ts';
import { historyOf } from '../../../../projections/index.ts';
import type { RecordPart } from '../frame/record/record-part.ts';

/** Says that something was recorded just now, and what may be a slip in it: whoever sent a form is led here with its event in the address. */
export const done: RecordPart = {
  template: 'commands/done.njk',
  async show({ visit, ref, drawing }) {
    const { query, view } = visit;
    const id = query.get('done');
    if (id === null) return null;
    const { edges } = await historyOf(view, ref, { first: 500 });
    const event = edges.find(({ node }) => node.id === id)?.node;
    if (event === undefined) return null;
    const notices = await Promise.all(
      (await visit.notices(ref, event.id)).map(async ({ sentence, record }) => ({
        sentence,
        record: record === ref ? null : await drawing.named(record),
      })),
    );
    return { id, what: eventInWords(event.type), notices };
  },
};
