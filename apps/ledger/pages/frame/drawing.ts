import { kindSpelt } from '../../../../libs/declarations/index.ts';
import { isIllustrative } from '../../../../libs/read-models/index.ts';
import {
  illustrativeInWords,
  linesOf,
  wordsOf,
  type Drawing,
  type Piece,
  postInWords,
} from '../../../../libs/wording/index.ts';
import { formOffered } from '../commands/offers.ts';
import { KINDS } from '../kinds.ts';
import { recordPath, type KindOnPages } from './kind-on-pages.ts';
import type { Visit } from './visits.ts';

/**
 * Draws for whoever visits: words and names as far as they may read them, and links that carry the dates on. What is named twice is asked
 * once, and without the offers of a visit there is no way to any form. `kind`: of the record at hand, whose states are its own.
 */
export function drawingFor(
  { view, link, offers = () => Promise.resolve([]) }: Pick<Visit, 'view' | 'link'> & Partial<Pick<Visit, 'offers'>>,
  kind: KindOnPages | null,
): Drawing {
  const names = new Map<string, Promise<Piece>>();
  const drawing: Drawing = {
    isIllustrative: (ref) => isIllustrative(view, ref),
    text: (ref) => view.text(ref),
    form: (command, boxes) => formOffered({ visit: { offers }, ref: null }, command, boxes),
    named(ref) {
      const asked = names.get(ref) ?? nameOf(ref);
      names.set(ref, asked);
      return asked;
    },
    async holders(ref) {
      const spelt = kindSpelt(ref);
      if (spelt === null) return [];
      const { shown, reads } = KINDS[spelt];
      const { heldBy } = shown;
      if (heldBy === undefined) return [];
      const found = await reads.find(view, ref);
      return found === null ? [] : linesOf(heldBy(found), drawing);
    },
    status: (status) => kind?.shown.status?.are[status]?.words ?? status,
  };

  /** A record that there is not at this basis has no page; a post that every ledger knows is called by its name all the same. */
  async function nameOf(ref: string): Promise<Piece> {
    const spelt = kindSpelt(ref);
    if (spelt === null) return { text: ref };
    const { shown, reads } = KINDS[spelt];
    const [found, isMadeUp] = await Promise.all([reads.find(view, ref), isIllustrative(view, ref)]);
    const name = found === null ? null : await wordsOf(shown.named(found), drawing);
    const plain = spelt === 'post' ? postInWords(ref, name) : (name ?? ref);
    const named = isMadeUp ? { text: illustrativeInWords(plain), illustrative: true as const } : { text: plain };
    return found === null ? named : { ...named, href: link(recordPath(KINDS[spelt], ref)), written: true };
  }
  return drawing;
}
