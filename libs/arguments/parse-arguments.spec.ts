import { BadArguments, didYouMean, parseArguments } from './index.ts';

const OPTIONS = {
  'dry-run': { type: 'boolean' },
  reason: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
const read = (...args: string[]) => parseArguments({ args, options: OPTIONS, allowPositionals: true });

describe('the arguments of a command', () => {
  it('are read as they are declared', () => {
    const { values, positionals } = read('--dry-run', 'folder', '--reason', 'why', '-h');
    expect({ ...values }).toEqual({ 'dry-run': true, reason: 'why', help: true });
    expect(positionals).toEqual(['folder']);
  });

  it.each([
    ['--dryrun', 'There is no option --dryrun. Did you mean --dry-run?'],
    ['--dry_run', 'There is no option --dry_run. Did you mean --dry-run?'],
    ['--hepl', 'There is no option --hepl. Did you mean --help?'],
    ['--reasons=x', 'There is no option --reasons. Did you mean --reason?'],
    ['--something-else', 'There is no option --something-else.'],
    ['-x', 'There is no option -x.'],
    ['--dry-run=yes', /^Option '--dry-run' does not take an argument\.$/],
    ['--reason', /^Option '--reason <value>' argument missing\.$/],
    ['--__proto__', 'There is no option --__proto__.'],
  ])('are refused with %s, and told of the nearest that there is', (wrong, sentence) => {
    expect(() => read(wrong)).toThrow(BadArguments);
    expect(() => read(wrong)).toThrow(sentence);
  });

  it('are no more than the command takes', () => {
    expect(() => parseArguments({ args: ['demo'], options: OPTIONS })).toThrow('Nothing is known to do with "demo".');
  });
});

it('does not take one name for quite another', () => {
  expect(didYouMean('imp', ['import', 'verify'])).toBe(' Did you mean import?');
  expect(didYouMean('x', ['import', 'demo'])).toBe('');
});
