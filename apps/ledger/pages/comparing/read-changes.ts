import { kindSpelt } from '../../../../libs/declarations/index.ts';
import { eventAtClosing, type ComparedEnds } from '../../../../libs/read-models/index.ts';
import type {
  AtEach,
  Cause,
  ComparedStep,
  KnownEvent,
  RecordComparison,
  StepName,
} from '../../../../libs/timeline/index.ts';
import {
  datedInWords,
  dayInWords,
  instantInWords,
  fieldInWords,
  opening,
  wordsOf,
  type Drawing,
  type Line,
  type Piece,
  eventInWords,
  linesOfTold,
} from '../../../../libs/wording/index.ts';
import type { AnyRecordAsOf, KindOnPages } from '../frame/kind-on-pages.ts';

/** A record at the three bases as its list shows it, and what lies between them. */
export interface ComparedRecord {
  readonly comparison: RecordComparison;
  readonly records: AtEach<AnyRecordAsOf | null>;
}

/** A field with its three values, drawn, and what changed it in each step. */
export interface FieldCompared extends AtEach<readonly Line[]> {
  readonly label: string;
  readonly causes: { readonly [step in StepName]: readonly Piece[] };
}

/** An entry of a comparison, drawn. */
export interface EntryRead {
  readonly comparison: RecordComparison;
  readonly heading: string | null;
  readonly illustrative: boolean;
  readonly fields: readonly FieldCompared[];
  /** How many changed beside these. */
  readonly more: number;
}

/** Where an event stands on the page of its record. */
export type WayToEvent = (ref: string, event: string) => string;

/** Draws what changed of records, each field with its three values in words. What the reader may not see is not in it. */
export async function readEntry(
  { comparison, records }: ComparedRecord,
  at: {
    readonly kind: KindOnPages;
    readonly ends: ComparedEnds;
    readonly drawing: Drawing;
    readonly way: WayToEvent;
    /** So many fields at most, and of words so many characters. Default: all. */
    readonly most?: { readonly fields: number; readonly characters: number };
  },
): Promise<EntryRead> {
  const { kind, drawing } = at;
  // What it is called now leads: the last of the three at which it stands.
  const stands = records.closing ?? records.knownNow ?? records.told;
  const names = fieldNames(comparison);
  const [heading, illustrative, fields] = await Promise.all([
    stands === null ? null : wordsOf(kind.shown.heading(stands), drawing),
    drawing.isIllustrative(comparison.ref),
    Promise.all(names.slice(0, at.most?.fields).map((name) => readField(name, comparison, at))),
  ]);
  return { comparison, heading, illustrative, fields, more: names.length - fields.length };
}

/**
 * The fields that changed in either step, each once. Where a record is not there at one end of a step, all of its fields are other ones: so those lead that
 * changed while it was there.
 */
function fieldNames({ restated, moved, told, knownNow, closing }: RecordComparison): readonly string[] {
  const steps = [
    { of: restated, isThere: told !== null && knownNow !== null },
    { of: moved, isThere: knownNow !== null && closing !== null },
  ].toSorted((a, b) => Number(b.isThere) - Number(a.isThere));
  const names = new Set(steps.flatMap(({ of }) => of?.fields.map(({ name }) => name) ?? []));
  // It heads the entry.
  names.delete('ref');
  return [...names];
}

async function readField(
  name: string,
  comparison: RecordComparison,
  { kind, ends, drawing, way, most }: Parameters<typeof readEntry>[1],
): Promise<FieldCompared> {
  const place = { register: kind.register, path: name };
  const valueOf = async (basis: keyof AtEach<unknown>) => {
    const lines = await linesOfTold(place, comparison[basis]?.told[name], ends.closing, drawing);
    if (most === undefined) return lines;
    return lines.map((line) => line.map((piece) => ({ ...piece, text: opening(piece.text, most.characters) })));
  };
  const causesIn = (step: StepName, of: ComparedStep | null) =>
    (of?.fields.find((field) => field.name === name)?.causes ?? []).map((cause) =>
      causeInWords(step, cause, { ref: comparison.ref, ends, way }),
    );
  const [told, knownNow, closing] = await Promise.all([valueOf('told'), valueOf('knownNow'), valueOf('closing')]);
  return {
    ...{ label: fieldInWords(place), told, knownNow, closing },
    causes: { RESTATED: causesIn('RESTATED', comparison.restated), MOVED: causesIn('MOVED', comparison.moved) },
  };
}

/** What changed a field, with the way to where it stands on the page of its record. Of what was restated it is told when that became known. */
export function causeInWords(
  step: StepName,
  cause: Cause,
  { ref, ends, way }: { readonly ref: string; readonly ends: ComparedEnds; readonly way: WayToEvent },
): Piece {
  if (cause.kind === 'DAY') return { text: `The day itself, ${dayInWords(cause.day)}` };
  const { record } = cause;
  const event = eventAtClosing(ends, record, cause.event);
  const when = event.dated === undefined ? dayInWords(event.effectiveOn) : datedInWords(event.dated);
  const what = `${eventInWords(event.type)}, ${when}${step === 'RESTATED' ? `; ${recordedOf(cause.event, ends)}` : ''}`;
  const text = record.ref === ref ? what : `${record.ref}: ${what}`;
  return kindSpelt(record.ref) === null ? { text } : { text, href: way(record.ref, event.id) };
}

/** When it became known, on the clock of the comparison. */
function recordedOf({ stated, recordedAt }: KnownEvent, { closing: { basis } }: ComparedEnds): string {
  return stated === undefined || basis.clock === 'PROVEN'
    ? `recorded ${instantInWords(recordedAt)}`
    : `recorded by its source on ${dayInWords(stated)}`;
}
