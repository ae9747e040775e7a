import { opening } from './phrases.ts';

describe('phrases', () => {
  it('cut a long text between words', () => {
    expect(opening('The annual homicide review to be brought back', 20)).toBe('The annual homicide…');
    expect(opening('short', 20)).toBe('short');
    expect(opening('x'.repeat(30), 20)).toBe(`${'x'.repeat(20)}…`);
  });
});
