import { kindSpelt, type RecordKind } from '../../../libs/declarations/index.ts';
import { isIllustrative, type LedgerView } from '../../../libs/read-models/index.ts';
import { illustrativeInWords, postInWords, wordsOf, type Drawing, type Piece } from '../../../libs/wording/index.ts';
import { LISTS } from '../../../projections/index.ts';

/** Words and names as far as the reader of a view may read them. There are no pages to lead to, and nobody gives a command here. */
export function plainDrawing(view: LedgerView, kind: RecordKind): Drawing {
  const names = new Map<string, Promise<Piece>>();
  const drawing: Drawing = {
    isIllustrative: (ref) => isIllustrative(view, ref),
    text: (ref) => view.text(ref),
    form: () => Promise.resolve(null),
    holders: () => Promise.resolve([]),
    status: (status) => LISTS[kind].shown.status?.are[status]?.words ?? status,
    named(ref) {
      const asked = names.get(ref) ?? nameOf(ref);
      names.set(ref, asked);
      return asked;
    },
  };

  async function nameOf(ref: string): Promise<Piece> {
    const spelt = kindSpelt(ref);
    if (spelt === null) return { text: ref };
    const { shown } = LISTS[spelt];
    const [found, isMadeUp] = await Promise.all([LISTS[spelt].find(view, ref), isIllustrative(view, ref)]);
    const name = found === null ? null : await wordsOf(shown.named(found), drawing);
    const plain = spelt === 'post' ? postInWords(ref, name) : (name ?? ref);
    return { text: isMadeUp ? illustrativeInWords(plain) : plain };
  }
  return drawing;
}
