import { BadArguments } from '../../libs/arguments/index.ts';
import { whyNotWords, wordsAsWritten } from '../../libs/ledger/index.ts';

/** The words of an option as the ledger writes them; empty where it is not given. @throws BadArguments for words that it does not take */
export function wordsOf(option: string, typed = ''): string {
  const words = wordsAsWritten(option, typed);
  const whyNot = whyNotWords(words);
  if (whyNot !== null) throw new BadArguments(`--${option}: ${whyNot}`);
  return words;
}
