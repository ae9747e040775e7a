import type { TextRef } from '../libs/ledger/index.ts';
import { kindSpelt, pathOfKind } from '../libs/declarations/index.ts';
import type { Drawing } from '../libs/wording/index.ts';

/** A reference to words, as a state holds them. */
export const textOf = (event: string): TextRef => ({ event, part: 'text/title' });

/** Draws for a reader who may read these words, by their event, and knows these records by name; every other is as good as none. */
export function plainDrawing({
  texts = {},
  names = {},
  statuses = {},
  holders = {},
}: {
  readonly texts?: { readonly [event: string]: string };
  readonly names?: { readonly [ref: string]: string };
  readonly statuses?: { readonly [status: string]: { readonly words: string } };
  readonly holders?: { readonly [post: string]: readonly string[] };
} = {}): Drawing {
  const pageOf = (ref: string) => {
    const kind = kindSpelt(ref);
    return kind === null ? null : `${pathOfKind(kind)}/${ref}`;
  };
  return {
    text: ({ event }) => Promise.resolve(texts[event] ?? null),
    named: (ref) => {
      const [text, href] = [names[ref], pageOf(ref)];
      return Promise.resolve(text === undefined || href === null ? { text: ref } : { text, href, written: true });
    },
    holders: (ref) => Promise.resolve((holders[ref] ?? []).map((text) => [{ text }])),
    form: (command, boxes) => Promise.resolve(`/commands/${command}?${new URLSearchParams(boxes).toString()}`),
    isIllustrative: () => Promise.resolve(false),
    status: (status) => statuses[status]?.words ?? status,
  };
}
