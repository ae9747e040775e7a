import {
  kindOfRecord,
  MOST_LINKS,
  readPieces,
  readReferences,
  type RecordKind,
  type Shape,
} from '../../../../libs/declarations/index.ts';
import type { LedgerView } from '../../../../libs/read-models/index.ts';
import { recordsCalled, recordsToChoose } from './choices.ts';
import type { Choice, RecordsToChoose } from './controls.ts';
import type { FormField } from './fields.ts';
import { referenceIn, tickedIn } from './read-typed.ts';
import type { Typed } from './typed.ts';

/** A box in which records are named, by its name: the kind of record, and whether it takes several. */
export type LinkBox = readonly [name: string, kind: RecordKind, several?: true];

/** The boxes of these fields in which records are named. `valueShape`: of the value that a correction is about. */
export function linksIn(fields: readonly FormField[], valueShape: Shape | null = null): readonly LinkBox[] {
  return fields.flatMap(({ name, shape: declared }): readonly LinkBox[] => {
    const shape = declared.kind === 'anyValue' && valueShape !== null ? valueShape : declared;
    if (shape.kind === 'link') return [[name, shape.record]];
    if (shape.kind === 'links') return [[name, shape.record, true]];
    return shape.kind === 'due' ? [[`${name}.meeting`, 'meeting']] : [];
  });
}

/** What may be chosen in each of these boxes: what was looked up by the words typed there, or else by none. */
export async function recordsFor(
  view: LedgerView,
  links: readonly LinkBox[],
  typed: Typed,
  lookUp: string | undefined,
): Promise<ReadonlyMap<string, RecordsToChoose>> {
  const unsought = new Map<RecordKind, Promise<RecordsToChoose>>();
  const choose = ([name, kind, several]: LinkBox): Promise<RecordsToChoose> => {
    const box = (typed.get(name) ?? '').trim();
    const words = several ? wordsAmong(box, kind, lookUp === name) : box;
    if (lookUp === name || isWords(words, kind)) return recordsToChoose(view, kind, words);
    // The same for every box that looks for nothing.
    const all = unsought.get(kind) ?? recordsToChoose(view, kind, '');
    unsought.set(kind, all);
    return all;
  };
  return new Map(
    await Promise.all(
      links.map(async (link) => [link[0], withNamed(await choose(link), await chosenIn(view, link, typed))] as const),
    ),
  );
}

function withNamed(records: RecordsToChoose, named: readonly Choice[]): RecordsToChoose {
  return records.all || named.length === 0 ? records : { ...records, named };
}

/** What the records are called that are ticked in a box of several. */
async function chosenIn(view: LedgerView, [name, kind, several]: LinkBox, typed: Typed): Promise<readonly Choice[]> {
  if (several !== true) return [];
  const { spelling } = kindOfRecord(kind);
  const refs = tickedIn(typed, name).filter((ref) => spelling.test(ref));
  return recordsCalled(
    view,
    refs.slice(0, MOST_LINKS).map((ref) => ({ kind, ref })),
  );
}

/** Words to look a record up by: neither nothing nor references. */
function isWords(words: string, kind: RecordKind): boolean {
  return words !== '' && !kindOfRecord(kind).spelling.test(referenceIn(words, kind));
}

/** What among several that are typed is no reference: of some the last. Whoever looks something up means the last piece, whatever it is. */
function wordsAmong(box: string, kind: RecordKind, looksUp: boolean): string {
  const { spelling } = kindOfRecord(kind);
  const pieces = readPieces(box);
  const words = pieces.filter((piece) => readReferences(piece).some((word) => !spelling.test(word)));
  return words.at(-1) ?? (looksUp ? (pieces.at(-1) ?? '') : '');
}
