import { ENVELOPE_FIELDS, labelOf, type Shape } from '../../../../libs/declarations/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import { inputFieldsOf } from '../../graphql/commands/inputs.ts';
import type { Labels } from './words-of-fields.ts';

/** A field of a form. Its name is the path that the API has for it in an input, and the name of its box. */
export interface FormField {
  readonly name: string;
  readonly shape: Shape;
  readonly label: string;
}

/** Fields that are folded away under a line until somebody wants them. */
export interface FormSection {
  readonly summary: string;
  readonly fields: readonly FormField[];
}

export interface FormFields {
  readonly main: readonly FormField[];
  readonly sections: readonly FormSection[];
}

/** What whoever fills a form in may do, as far as it changes what is asked. */
export interface Asker {
  /** They may give the command themself. */
  readonly forThemself: boolean;
  /** They may type it for another post. */
  readonly forAnother: boolean;
}

const OF_THE_ENVELOPE: { readonly [path: string]: Shape } = ENVELOPE_FIELDS;

const AUTHORITY = Object.keys(ENVELOPE_FIELDS).filter((path) => path.startsWith('authority.'));
const SOURCE = Object.keys(ENVELOPE_FIELDS).filter((path) => path.startsWith('source.'));

/** The fields of the form of a command: those that it declares, and those of the envelope. */
export function fieldsOf(mutation: DeclaredMutation, asker: Asker): FormFields {
  const { command, amends } = mutation;
  const own = ownFields(mutation);
  const isNamed = (name: string) => own.some((field) => field.name === name);
  const marks = Object.values(command.fields).some(({ kind }) => kind === 'marking');
  const needsSource = command.requires.source !== undefined;
  const needed = (name: string): boolean =>
    (name === 'reason' && command.requires.reason !== undefined) ||
    (name === 'source.document' && needsSource) ||
    (name === 'by' && !asker.forThemself);
  const envelope = (names: readonly string[]): readonly FormField[] =>
    names
      .filter((name) => !isNamed(name))
      .map((name) => {
        const { optional, ...shape } = OF_THE_ENVELOPE[name] as Shape;
        return {
          name,
          shape: { ...shape, ...(optional && !needed(name) ? { optional } : {}) },
          label: labelOf(name, shape),
        };
      });
  const isSigned = mutation.mayIssue === 'SIGNER';
  const mustTypeFor = !asker.forThemself && asker.forAnother;
  const onWhoseSay: readonly string[] = asker.forAnother ? ['by', ...AUTHORITY] : AUTHORITY;
  const isAskedFirst = isSigned || mustTypeFor;
  const sections: readonly (FormSection | null)[] = [
    isAskedFirst
      ? null
      : {
          summary: asker.forAnother ? 'Typed for somebody else, and on whose say' : 'On whose say',
          fields: envelope(onWhoseSay),
        },
    needsSource ? null : { summary: 'The paper that says so', fields: envelope(SOURCE) },
    amends ? null : { summary: 'No day is known', fields: envelope(['dated']) },
    amends || command.opens !== undefined
      ? null
      : { summary: 'Place among what happened on the same day', fields: envelope(['before']) },
    marks ? null : { summary: 'Marking', fields: envelope(['marking', 'session']) },
  ];
  return {
    main: [
      ...own,
      ...(marks ? envelope(['session']) : []),
      ...(needsSource ? envelope(SOURCE) : []),
      ...(amends ? [] : envelope(['effectiveOn'])),
      ...envelope(['reason']),
      ...(isAskedFirst ? envelope(onWhoseSay) : []),
    ],
    sections: sections.filter((section) => section !== null && section.fields.length > 0) as readonly FormSection[],
  };
}

/** All fields of a form. */
export function allOf({ main, sections }: FormFields): readonly FormField[] {
  return [...main, ...sections.flatMap(({ fields }) => fields)];
}

function ownFields(mutation: DeclaredMutation): readonly FormField[] {
  const { fields } = mutation.command;
  const named = new Map(inputFieldsOf(mutation).map(({ field, name }) => [field, name]));
  return Object.entries(fields).map(([field, shape]) => {
    const name = named.get(field) ?? field;
    return { name, shape, label: labelOf(name, shape) };
  });
}

/** What the fields of a form are called, by the names that programs have for them. */
export function labelsOf(mutation: DeclaredMutation): Labels {
  const ofEnvelope = Object.entries(OF_THE_ENVELOPE).map(([name, shape]) => [name, labelOf(name, shape)] as const);
  const own = ownFields(mutation).map(({ name, label }) => [name, label] as const);
  return new Map([...ofEnvelope, ...own]);
}
