import type { Shape } from '../../../../libs/declarations/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import { valueInWords, type Names } from '../../../../libs/wording/index.ts';
import { commandInWords } from './addresses.ts';
import { idOf } from './controls.ts';
import { labelsOf } from './fields.ts';
import { aroundForm, type Hidden } from './present-form.ts';
import type { Said } from './read-form.ts';
import type { RecordAbout } from './read-record.ts';
import type { Typed } from './typed.ts';
import { inWords } from './words-of-fields.ts';

/** What was typed, in words, before it is sent: of what closes, shows, hides or takes something back. */
export interface CheckPage {
  readonly title: string;
  readonly caption: string | null;
  readonly heading: string;
  readonly says: string;
  readonly back: { readonly text: string; readonly href: string };
  readonly action: string;
  readonly hidden: readonly Hidden[];
  readonly rows: readonly {
    readonly key: string;
    readonly text: string;
    /** Where in the form it is typed. */
    readonly at: string;
    readonly name: string;
  }[];
  readonly button: string;
}

/** What of what was typed only leads from page to page. */
const LEADS: readonly string[] = ['confirmed', 'change', 'look-up'];

export function presentCheck(
  mutation: DeclaredMutation,
  record: RecordAbout | null,
  said: readonly Said[],
  { typed, names, value }: { readonly typed: Typed; readonly names: Names; readonly value: Shape | null },
): CheckPage {
  const around = aroundForm(mutation, record);
  return {
    ...around,
    title: `Check your answers: ${around.title}`,
    says: inWords(mutation.command.says, labelsOf(mutation)),
    hidden: [...typed].filter(([name]) => !LEADS.includes(name)).map(([name, of]) => ({ name, value: of })),
    rows: said.map(({ field: { name, label, shape }, value: of }) => ({
      key: label,
      text: wordsOf(shape.kind === 'anyValue' && value !== null ? value : shape, of, names),
      at: `${around.action}#${idOf(name)}`,
      name,
    })),
    button: `Confirm: ${commandInWords(mutation).toLowerCase()}`,
  };
}

function wordsOf(shape: Shape, of: Said['value'], names: Names): string {
  if (typeof of === 'string' && names.has(of)) return names.get(of) ?? of;
  if (shape.kind === 'marking') return of === 'OFFICIAL' ? 'Official' : 'Official – sensitive';
  return valueInWords(shape, of, names);
}
