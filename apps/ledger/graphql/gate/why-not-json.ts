/** What may stand at a place of JSON. */
type Wanted = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | 'next' | 'end';

const WANTED_IN_WORDS: { readonly [wanted in Wanted]: string } = {
  value: 'a value',
  'value or ]': 'a value or the closing bracket',
  name: 'the name of a member in double quotes',
  'name or }': 'the name of a member in double quotes',
  ':': 'a colon',
  next: 'a comma or the closing bracket',
  end: 'nothing more',
};

const BLANK = /[ \t\n\r]*/y;
const LITERAL = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * What keeps a text from being JSON, with its place: the end of a sentence. Null where it is JSON.
 *
 * The engines' own messages differ from version to version, often name no place, and repeat what was sent.
 */
export function whyNotJson(text: string): string | null {
  const open: ('}' | ']')[] = [];
  let wanted: Wanted = 'value';
  let at = endOf(BLANK, text, 0);
  if (at === text.length) return 'it is empty';
  for (; ; at = endOf(BLANK, text, at)) {
    const character = text[at];
    if (character === undefined)
      return wanted === 'end' ? null : `at ${placeOf(text, at)}, it ends where ${WANTED_IN_WORDS[wanted]} was expected`;
    if (wanted === 'end') return `at ${placeOf(text, at)}, it should have ended before`;
    const after: Wanted = open.length === 0 ? 'end' : 'next';
    const isValue: boolean = wanted === 'value' || wanted === 'value or ]';
    const isName: boolean = wanted === 'name' || wanted === 'name or }';
    if (character === '"' && (isValue || isName)) {
      const end = endOfString(text, at);
      if (typeof end !== 'number') return `at ${placeOf(text, end.at)}, ${end.why}`;
      at = end;
      wanted = isName ? ':' : after;
    } else if (isValue && (character === '{' || character === '[')) {
      open.push(character === '{' ? '}' : ']');
      wanted = character === '{' ? 'name or }' : 'value or ]';
      at += 1;
    } else if (mayClose(wanted) && character === open.at(-1)) {
      open.pop();
      wanted = open.length === 0 ? 'end' : 'next';
      at += 1;
    } else if (wanted === 'next' && character === ',') {
      wanted = open.at(-1) === '}' ? 'name' : 'value';
      at += 1;
    } else if (wanted === ':' && character === ':') {
      wanted = 'value';
      at += 1;
    } else {
      const end = isValue ? endOf(LITERAL, text, at) : at;
      if (end === at) return `at ${placeOf(text, at)}, ${WANTED_IN_WORDS[wanted]} was expected`;
      at = end;
      wanted = after;
    }
  }
}

function mayClose(wanted: Wanted): boolean {
  return wanted === 'next' || wanted === 'name or }' || wanted === 'value or ]';
}

function endOfString(text: string, start: number): number | { readonly at: number; readonly why: string } {
  for (let at = start + 1; at < text.length;) {
    const character = text[at]!;
    if (character === '"') return at + 1;
    if (character === '\\') {
      const end = endOf(ESCAPE, text, at);
      if (end === at) return { at, why: 'a backslash stands before what it cannot escape' };
      at = end;
    } else if (character < ' ')
      return { at, why: `${CONTROLS[character] ?? 'a control character stands within a string'}` };
    else at += 1;
  }
  return { at: start, why: 'the string that begins there does not end' };
}

const CONTROLS: { readonly [character: string]: string } = {
  '\n': 'a line break stands within a string; write it as \\n',
  '\r': 'a line break stands within a string; write it as \\r',
  '\t': 'a tab stands within a string; write it as \\t',
};

/** Where a sticky pattern ends that begins here; here itself, where it does not match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}
