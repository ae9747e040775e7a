import { Buffer } from 'node:buffer';
import { inTurns, measured, roundByRound, sideBySide, type Measured } from './measuring.ts';
import { startServer, type Server } from './server.ts';

const IN_A_BLOCK = 8;
const BLOCKS = 5;

/** A record with few entries and one with many, and what a line calls them. */
export interface ShortAndLong {
  readonly short: string;
  readonly long: string;
  readonly row: string;
  /** What the long one is: a risk of 500 scores. */
  readonly what: string;
  readonly limitIs: string;
  readonly atMost: number;
}

/** The page and the answer of a long record beside those of a short one, over HTTP: the processor's time and the bytes. */
export async function askedOfBoth(
  folder: string,
  post: string,
  { row, what, limitIs, atMost, ...refs }: ShortAndLong,
  asks: { readonly [asked: string]: (server: Server, token: string, ref: string) => Promise<string> },
): Promise<Measured[]> {
  const server = await startServer(folder);
  try {
    const token = await server.tokenOf(post);
    const lines: Measured[] = [];
    for (const [asked, ask] of Object.entries(asks)) {
      const bytes = { short: 0, long: 0 };
      // What is left to do after an answer is done while the next one is asked for, so each is asked for several times on end.
      const block = (kind: 'short' | 'long') => async () => {
        const before = server.processorSeconds();
        for (let one = 0; one < IN_A_BLOCK; one += 1)
          bytes[kind] = Buffer.byteLength(await ask(server, token, refs[kind]));
        return ((server.processorSeconds() - before) * 1_000) / IN_A_BLOCK;
      };
      await inTurns(1, [block('short'), block('long')]);
      const [short = [], long = []] = await roundByRound(BLOCKS, [block('short'), block('long')]);
      lines.push(
        sideBySide(long, short, {
          ...{ row, limitIs, unit: ' ms', aim: { atMost } },
          what: `${asked} of ${what}, processor time`,
        }),
        measured({
          ...{ row, limitIs, unit: ' KB', aim: { atMost: 1.1 } },
          ...{ what: `${asked} of it, in bytes`, measured: bytes.long / 1024, limit: bytes.short / 1024 },
        }),
      );
    }
    return lines;
  } finally {
    await server.stop();
  }
}
