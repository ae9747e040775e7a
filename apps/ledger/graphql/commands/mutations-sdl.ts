import {
  DUE_MEMBERS,
  ENVELOPE,
  SESSION,
  SHARE_MEMBERS,
  type OneOf,
  type Part,
  type Rows,
  type Shape,
} from '../../../../libs/declarations/index.ts';
import type { MayIssue } from '../../../../libs/ledger/index.ts';
import { capital, type DeclaredMutation } from '../../../../libs/registers/index.ts';
import { inputFieldsOf, rowInputOf, sayingOf, typeOf } from './inputs.ts';

/**
 * The mutations of the API with their inputs, and all enums that commands or records have, as SDL, from what the registers declare. It is
 * printed into the checked-in schema, where it is found and reviewed. Types of answers are written by hand beside their resolvers.
 */
export function mutationsSdl(mutations: readonly DeclaredMutation[], ofRecords: readonly Shape[]): string {
  const fields = [...mutations.flatMap(({ command }) => Object.values(command.fields)), ...ofRecords];
  const ofRows = fields.filter((shape): shape is Rows => shape.kind === 'rows');
  const shapes: readonly Shape[] = [...fields, ...ofRows.flatMap(({ columns }) => Object.values(columns))];
  return [
    described('All writing: one mutation for each command, one input, one payload.'),
    `type Mutation {\n${mutations.map(mutationSdl).join('\n')}\n}`,
    ...mutations.map(inputSdl),
    ...envelopeSdl(),
    described('When something is due: the words, and at most one of day, span and meeting.'),
    `input DueInput {\n${Object.entries(DUE_MEMBERS).map(memberSdl).join('\n')}\n}`,
    ...(shapes.some(({ kind }) => kind === 'share')
      ? [
          described('A part of a whole, such as 9 of 20; a percentage is of 100.'),
          `input ShareInput {\n${Object.entries(SHARE_MEMBERS).map(memberSdl).join('\n')}\n}`,
        ]
      : []),
    ...firstOfName(ofRows).map(
      ({ name, says, columns }) =>
        `${described(`One row. ${says}`)}\ninput ${rowInputOf(name)} {\n${Object.entries(columns).map(memberSdl).join('\n')}\n}`,
    ),
    ...(shapes.some(({ kind }) => kind === 'conditions')
      ? [
          described('By what a list is narrowed. Conditions all apply together.'),
          `input ConditionInput {\n${described('The filter, as the list declares it, such as status.')}\nfilter: String!\n${described('Its choices, which are alternatives, such as SIGNED_OFF; or the reference of the record that it is narrowed by. Nothing for one that is or is not, such as overdue.')}\nis: [String!]\n}`,
        ]
      : []),
    ...enumsIn([SESSION, ...shapes]).map(enumSdl),
  ].join('\n');
}

/** No part of the command: it is the same whatever its sender had seen. */
const SEEN =
  'Up to where you have seen the record: `basis.position`, or the `position` of a payload. A fact of it that somebody else has recorded since, as far as you may see, is answered with CONFLICT and those facts (`extensions.facts`), and nothing is written. Default: not asked. Nothing is asked of a command that opens a record.';

/** `RaiseActionInput` for `raiseAction`. */
export function inputNameOf({ name }: Pick<DeclaredMutation, 'name'>): string {
  return `${capital(name)}Input`;
}

function mutationSdl(mutation: DeclaredMutation): string {
  const { name, command, kind, mayIssue } = mutation;
  const needs = command.requires.reason === undefined ? [] : ['Needs a reason.'];
  const says = [command.says, whoMay(mayIssue), ...needs].join(' ');
  const payload = kind === null ? 'RecordPayload' : `${capital(kind)}Payload`;
  return `${described(says)}\n${name}(${described('What it says.')} input: ${inputNameOf(mutation)}!): ${payload}`;
}

/** Whose a command is, in a sentence. */
export function whoMay(rule: MayIssue): string {
  if (rule === 'OWNER') return 'By an owner.';
  if (rule === 'LEAD') return 'By the owner that leads.';
  if (rule === 'ANY_WRITER') return 'By any post that writes.';
  if (rule === 'SIGNER')
    return 'By the commissioner; what a commissioner’s post owns, also by the monitoring officer on the authority of a meeting.';
  if (rule === 'OPERATOR') return 'By an operator.';
  const posts = 'alone' in rule ? rule.alone : rule;
  const named = posts.map((post) => (post === 'opcc-officer' ? 'an OPCC officer' : `the ${post.replaceAll('-', ' ')}`));
  return `By ${named.join(' or ')}${'alone' in rule ? ' alone' : ''}.`;
}

function inputSdl(mutation: DeclaredMutation): string {
  const fields = inputFieldsOf(mutation).map(({ name, type, says }) => `${described(says)}\n${name}: ${type}`);
  // Without a session the one that holds stays: not the default of a new record.
  const session = Object.values(mutation.command.fields).some(({ kind }) => kind === 'marking')
    ? [`${described('Default: as it is now.')}\nsession: Session`]
    : [];
  return `${described(`What \`${mutation.name}\` takes.`)}\ninput ${inputNameOf(mutation)} @command {\n${[...fields, ...session].join('\n')}\n}`;
}

/** What every command takes, written into each of their inputs, and the types of what has members. */
function envelopeSdl(): readonly string[] {
  const all = Object.entries<Shape | Part>(ENVELOPE);
  const fields = all.map(([name, one]) =>
    one.kind === 'part' ? `${described(one.says)}\n${name}: ${one.name}` : memberSdl([name, one]),
  );
  const parts = all.flatMap(([, one]) => (one.kind === 'part' ? [one] : []));
  return [
    `input Command {\n${[...fields, `${described(SEEN)}\nseen: Position`].join('\n')}\n}`,
    ...parts.map(
      ({ name, typeSays, members }) =>
        `${described(typeSays)}\ninput ${name} {\n${Object.entries(members).map(memberSdl).join('\n')}\n}`,
    ),
  ];
}

function memberSdl([name, shape]: readonly [string, Shape]): string {
  return `${described(sayingOf(shape))}\n${name}: ${typeOf(shape)}`;
}

function enumsIn(shapes: readonly Shape[]): readonly OneOf[] {
  const enums = shapes.filter((shape): shape is OneOf => shape.kind === 'oneOf' && shape.scalar !== true);
  return firstOfName(enums);
}

function firstOfName<One extends { readonly name: string }>(all: readonly One[]): readonly One[] {
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

function enumSdl({ name, says, members }: OneOf): string {
  const meanings = Object.entries(members).map(([member, meaning]) => `${described(meaning.says)}\n${member}`);
  return `${described(says)}\nenum ${name} {\n${meanings.join('\n')}\n}`;
}

function described(says: string): string {
  return JSON.stringify(says);
}
