import { kindSpelt, show } from '../../../../../libs/declarations/index.ts';
import type { HistoryEvent } from '../../../../../projections/index.ts';
import {
  dayInWords,
  instantInWords,
  counted,
  linesOf,
  type Drawing,
  type Line,
} from '../../../../../libs/wording/index.ts';
import { recordPath } from '../kind-on-pages.ts';
import { KINDS } from '../../kinds.ts';
import type { Visit } from '../visits.ts';

/* An entry of any record in a list of entries of many: the record, the way to the entry on its page, and when it was recorded. */

/** The record: its reference, and what it is called. */
export async function recordInLines(ref: string, drawing: Drawing): Promise<readonly Line[]> {
  const [reference, name] = await Promise.all([linesOf(show.referred(ref), drawing), drawing.named(ref)]);
  const isNamedSo = name.text.includes(ref) || reference.flat().some(({ text }) => text === name.text);
  return isNamedSo ? [[name]] : [...reference, [{ text: name.text, written: true as const }]];
}

/** The entry on the page of its record. */
export function eventPath(ref: string, event: string, link: Visit['link']): string {
  const kind = kindSpelt(ref);
  return kind === null ? '#' : `${link(recordPath(KINDS[kind], ref))}#event-${event}`;
}

/** When it was recorded, and how long after it took effect. */
export function recordedInLines({
  stated,
  recordedAt,
  delayDays,
}: Pick<HistoryEvent, 'stated' | 'recordedAt' | 'delayDays'>): readonly Line[] {
  const when = stated === null ? instantInWords(recordedAt) : `By its source on ${dayInWords(stated)}`;
  return [[{ text: when }], ...(delayDays > 0 ? [[{ text: `${counted(delayDays, 'day')} later` }]] : [])];
}
