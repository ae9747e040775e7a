import { userInfo } from 'node:os';
import { BadArguments, parseArguments } from '../../libs/arguments/index.ts';
import { whyNotWords, wordsAsWritten } from '../../libs/ledger/index.ts';

/** The words of an option as the ledger writes them; empty where it is not given. A reason may have several lines. @throws BadArguments for words that it does not take */
export function wordsOf(option: string, typed = ''): string {
  const words = wordsAsWritten(typed, option === 'reason');
  const whyNot = whyNotWords(words);
  if (whyNot !== null) throw new BadArguments(`--${option}: ${whyNot}`);
  return words;
}

/**
 * What an operator says of a thing that they accept: why, and who they are; what is wrong with what was typed; or that help is asked for.
 * @param missing what they are told who say no reason
 */
export function readAcceptance(
  args: readonly string[],
  missing: string,
): { readonly reason: string; readonly operator: string } | { readonly wrong: string } | 'help' {
  try {
    const { values } = parseArguments({
      args: [...args],
      options: { reason: { type: 'string' }, operator: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) return 'help';
    const reason = wordsOf('reason', values.reason);
    if (reason === '') return { wrong: missing };
    return { reason, operator: wordsOf('operator', values.operator) || userInfo().username };
  } catch (cause) {
    return { wrong: (cause as Error).message };
  }
}
