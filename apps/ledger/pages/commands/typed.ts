import { isCivilDate } from '../../../../libs/ledger/index.ts';
import type { TypedDay } from '../frame/dates.ts';

/** What was typed into a form, or what an address fills it with: by the names of its boxes. */
export type Typed = ReadonlyMap<string, string>;

/** A box that will not do, by the path of its field (`due.on`). */
export interface Problem {
  readonly path: string;
  readonly sentence: string;
  /** Of a day: the boxes at fault. */
  readonly parts?: readonly (keyof TypedDay)[];
}

/** The fields of a body that a form sent. Of several of one name the last counts, as with the box that a browser sends after a hidden one. */
export function typedIn(body: unknown): Typed {
  if (typeof body !== 'object' || body === null) return new Map();
  return new Map(
    Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
      const last: unknown = Array.isArray(value) ? value.at(-1) : value;
      return typeof last === 'string' ? [[name, last] as const] : [];
    }),
  );
}

/** Words as they are kept: browsers end a line with two characters, and space around words says nothing. */
export function wordsTyped(typed: Typed, name: string): string {
  return (typed.get(name) ?? '').replace(/\r\n?/g, '\n').trim();
}

/** The three boxes of a day. An address names it whole. */
export function dayTyped(typed: Typed, name: string): TypedDay {
  const whole = typed.get(name) ?? '';
  if (isCivilDate(whole)) {
    const [year = '', month = '', day = ''] = whole.split('-');
    return { day: String(Number(day)), month: String(Number(month)), year };
  }
  const box = (part: string) => (typed.get(`${name}-${part}`) ?? '').trim();
  return { day: box('day'), month: box('month'), year: box('year') };
}

/** True if nothing was typed into any box of the field of that name, or of one within it. */
export function isUntouched(typed: Typed, name: string): boolean {
  return [...typed].every(
    ([box, value]) =>
      value.trim() === '' || (box !== name && !box.startsWith(`${name}.`) && !box.startsWith(`${name}-`)),
  );
}
