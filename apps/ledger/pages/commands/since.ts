import type { AnswerError } from '../../graphql/errors.ts';
import { dayInWords, instantInWords, eventInWords } from '../../../../libs/wording/index.ts';
import { drawingFor } from '../frame/drawing.ts';
import type { Visit } from '../frame/visits.ts';

/** What others have recorded of a record since a form was opened, in sentences; none where the error is about something else. */
export async function recordedSince({ extensions }: AnswerError, visit: Visit): Promise<readonly string[]> {
  const { facts = [] } = extensions as unknown as { readonly facts?: readonly Fact[] };
  const drawing = drawingFor(visit, null);
  return Promise.all(
    facts.map(async ({ type, effectiveOn, recordedAt, by }) => {
      const who = by === null ? '' : ` by ${(await drawing.named(by)).text}`;
      return `${eventInWords(type)}${who}, ${dayInWords(effectiveOn)}: recorded ${instantInWords(recordedAt)}.`;
    }),
  );
}

interface Fact {
  readonly type: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly by: string | null;
}
