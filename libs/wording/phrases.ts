/** `one, another and a third` */
export const IN_A_ROW = new Intl.ListFormat('en-GB');

/** What a record is called that belongs to an illustrative body, wherever it is named. */
export function illustrativeInWords(name: string): string {
  return `${name} (illustrative)`;
}

/** `in progress` → `In progress`. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 action`, `0 actions`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? singular : plural}`;
}

/** What a list says where some of its records could not be read in full; null where all could. */
export function incompleteInWords(incomplete: number): string | null {
  if (incomplete === 0) return null;
  return `This list may be incomplete: ${counted(incomplete, 'record')} could not be read in full.`;
}

/** The first characters of a text, up to the end of a word. Lists show no more: the record shows it all. */
export function opening(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const space = cut.lastIndexOf(' ');
  return `${(space > most / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** `a current score`, `an inherent score` */
export function withArticle(words: string): string {
  return `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`;
}
