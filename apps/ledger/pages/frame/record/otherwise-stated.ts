import { openedAt } from '../../../../../libs/read-models/index.ts';
import { sourceOfEvent } from '../../../../../projections/index.ts';
import { fieldInWords, recordsAt, valueAtInWords } from '../../../../../libs/wording/index.ts';
import { sourceInWords } from './present-history.ts';
import { readSource } from './read-history.ts';
import type { RecordPart } from './record-part.ts';

/** What other sources say otherwise of the record, as far as the reader may read it. */
export const otherwiseStated: RecordPart = {
  template: 'frame/record/otherwise-stated.njk',
  async show({ visit: { view }, kind: { register }, record, drawing }) {
    if (record === null || record.disputed.length === 0) return null;
    const versions = record.disputed.map(async ({ path, says, event }) => {
      const [said, source] = await Promise.all([
        openedAt(view, path, says),
        sourceOfEvent(view, event).then((refs) => readSource(view, refs)),
      ]);
      const named = recordsAt({ register, path }, said).map(
        async ({ ref }) => [ref, (await drawing.named(ref)).text] as const,
      );
      const names = new Map(await Promise.all(named));
      return {
        sentence: `${fieldInWords({ register, path })}: ${said === null ? 'not shown' : `“${valueAtInWords({ register, path }, said, names)}”`}`,
        source: sourceInWords(source),
        quote: source?.quote ?? null,
      };
    });
    return { versions: await Promise.all(versions) };
  },
};
