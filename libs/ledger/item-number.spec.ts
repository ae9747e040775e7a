import { isItemNumber } from './index.ts';

describe('the number of an item', () => {
  it.each([
    ...[
      '7',
      '7(c)',
      '5(iii)',
      '8.2',
      '14/2018/P',
      'AC 23-07',
      'Item 12',
      'Appendix B',
      'Part IV',
      '9 (d)',
      'Annex (ii)',
    ],
    ...['AOB', '2023/24-117', 'x'.repeat(32)],
  ])('is what papers print: %s', (text) => expect(isItemNumber(text)).toBe(true));

  it.each([
    ...['', ' ', ' 7', '7 ', '7  (c)', 'see Mr Smith', 'J Smith', 'the seventh item of the agenda', 'Matters arising'],
    ...['7;', '7\n', '7\t(c)', 'é7', '№ 7', '7_c', 'x'.repeat(33), `${'7 '.repeat(16)}7`],
  ])('is no words, and nothing else: %j', (text) => expect(isItemNumber(text)).toBe(false));
});
