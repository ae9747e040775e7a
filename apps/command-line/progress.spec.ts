import { progressLine } from './progress.ts';

describe('the progress of an import', () => {
  const shown = (run: (show: ReturnType<typeof progressLine>) => void): readonly string[] => {
    const lines: string[] = [];
    run(progressLine({ say: () => 0, complain: () => 0, show: (line) => void lines.push(line) }));
    return lines;
  };

  it('is shown at every hundredth of reading, of checking and of loading, and cleared at the end of each', () => {
    const lines = shown((show) => {
      for (let done = 0; done <= 1_000; done += 1) show('reading', { done, total: 1_000 });
      for (let done = 1; done <= 1_000; done += 1) show('rehearsal', { done, total: 1_000 });
      show('load', { done: 1, total: 3 });
    });
    expect(lines).toHaveLength(100 + 1 + 100 + 1 + 1);
    expect(lines.slice(40, 42)).toEqual(['Reading 40 %', 'Reading 41 %']);
    expect(lines[100]).toBe('');
    expect(lines.slice(141, 143)).toEqual(['Checking 40 % (400 of 1000 rows)', 'Checking 41 % (410 of 1000 rows)']);
    expect(lines.at(-1)).toBe('Loading 33 % (1 of 3 rows)');
  });
});
