/**
 * The number of an agenda or minute item, as papers print it: `7(c)`, `14/2018/P`, `AC 23-07`, `Appendix B`. It stands in clear in the
 * event, so it is never words: what holds a space holds a digit too, or ends in a single letter or a Roman numeral.
 */
const ITEM_NUMBER =
  /^(?=.{1,32}$)(?:[A-Za-z0-9/.()-]+|(?=.*(?:\d|[ (](?:[A-Za-z]|[ivxl]+|[IVXL]+)\)?$))[A-Za-z0-9/.()-]+(?: [A-Za-z0-9/.()-]+)+)$/;

export const ITEM_NUMBER_SENTENCE =
  'It is the number of an item: at most 32 letters, digits, spaces, "/", "-", "." and brackets, such as 7(c), 14/2018/P or AC 23-07. Words belong in the title.';

export function isItemNumber(text: string): boolean {
  return ITEM_NUMBER.test(text);
}
