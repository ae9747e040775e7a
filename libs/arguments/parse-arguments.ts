import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The arguments of a command will not do. The message is one sentence for whoever typed them. */
export class BadArguments extends Error {
  override readonly name = 'BadArguments';
}

/** Names are taken for one another up to this many letters that differ. */
const MOST_LETTERS = 3;

/**
 * `parseArgs` of Node, which takes an option that there is not for a mistake and here says for which one: `--dryrun`, `--demoo`.
 * @throws BadArguments
 */
export function parseArguments<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const { args = [], options = {} } = config;
  const known = Object.keys(options);
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional' && config.allowPositionals !== true)
      throw new BadArguments(`Nothing is known to do with "${token.value}".`);
    if (token.kind !== 'option' || known.includes(token.name)) continue;
    throw new BadArguments(`There is no option ${token.rawName}.${didYouMean(token.name, known, '--')}`);
  }
  try {
    return parseArgs(config);
  } catch (cause) {
    // The first sentence says what is wrong with which option; those after it are about positional arguments.
    throw new BadArguments(`${(cause as Error).message.split('. ')[0]!.replace(/\.$/, '')}.`, { cause });
  }
}

/** ` Did you mean --demo?`, or nothing when no name is near. */
export function didYouMean(typed: string, known: readonly string[], prefix = ''): string {
  const [nearest] = known
    .map((name) => ({ name, far: lettersBetween(typed, name) }))
    .filter(({ name, far }) => far <= Math.min(MOST_LETTERS, Math.ceil(name.length / 2)))
    .sort((a, b) => a.far - b.far);
  return nearest === undefined ? '' : ` Did you mean ${prefix}${nearest.name}?`;
}

/** Letters to put in, take out or change (Levenshtein). Ten lines, where a library would bring a dependency for a courtesy. */
function lettersBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, length) => length);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= b.length; at += 1)
      next.push(Math.min(row[at]! + 1, next[at - 1]! + 1, row[at - 1]! + (letter === b[at - 1] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}
