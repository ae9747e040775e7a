import { randomUUID } from 'node:crypto';
import { checkInput } from '../../apps/ledger/graphql/commands/check-input.ts';
import { inputFieldsOf } from '../../apps/ledger/graphql/commands/inputs.ts';
import { mustBeAccepted } from '../../apps/ledger/graphql/commands/register-command.ts';
import { submissionOf } from '../../apps/ledger/graphql/commands/submission.ts';
import type { AnswerError } from '../../apps/ledger/graphql/errors.ts';
import {
  byKind,
  RECORD_KINDS,
  type RecordKind,
  type Shape,
  type ShapeKind,
  type ShapeOf,
} from '../../libs/declarations/index.ts';
import type { Accepted, Submission } from '../../libs/dispatch/index.ts';
import { columnOfField, ROW_COMMANDS } from '../../libs/import/columns.ts';
import type { Command } from '../../libs/ledger/index.ts';
import { MUTATIONS } from '../../libs/registers/index.ts';
import { ledgerInAFolder, type LedgerInAFolder } from '../ledger-in-a-folder.ts';
import { SENT, withReferences } from './sent.ts';

/** One way in which a value is wrong: how, the value, the code, and where in the value. */
type Wrong = readonly [how: string, value: unknown, code: string, at?: string];

const LONG = 'x'.repeat(32 * 1024 + 1);
/** Well written, and of no record. */
const OF_NOTHING: { readonly [kind in RecordKind]: string } = {
  action: 'CGB-2001-01-A1',
  meeting: 'CGB-2001-01-01',
  body: 'NONE',
  post: 'nobody',
  person: 'person-zzzzz',
  document: 'CGB-2001-01-E1',
};

const textsThatAreWrong = (shape: Shape): readonly Wrong[] => [
  ['no text', 5, 'MALFORMED'],
  ['half of a character', 'a\ud800b', 'MALFORMED'],
  ['too long', LONG, 'TOO_LONG'],
  ...(shape.kind === 'line' && shape.most !== undefined
    ? [['longer than it may be', 'x'.repeat(shape.most + 1), 'TOO_LONG'] as const]
    : []),
  ...(shape.optional === true && !('neverBlank' in shape) ? [] : [['blank', ' \n', 'BLANK'] as const]),
];

/** What is wrong for each shape. A new shape does not compile until it stands here. */
const WRONG: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>) => readonly Wrong[] } = {
  line: textsThatAreWrong,
  words: textsThatAreWrong,
  digest: () => [['malformed', 'abc', 'MALFORMED']],
  itemNumber: () => [['words', 'see Mr Smith', 'MALFORMED']],
  day: () => [['of no calendar', '2023-02-30', 'MALFORMED']],
  span: () => [['without its first day', { how: 'between', to: '2023-10-09' }, 'MALFORMED', 'from']],
  yesNo: () => [['neither', 'perhaps', 'MALFORMED']],
  oneOf: () => [['none of them', 'constructor', 'MALFORMED']],
  link: ({ record }) => [
    ['words', 'the first', 'MALFORMED'],
    ['of a record of another kind', RECORD_KINDS[record === 'body' ? 'post' : 'body'].example, 'MALFORMED'],
    ['unknown', OF_NOTHING[record], `UNKNOWN_${record.toUpperCase()}`],
  ],
  newReference: () => [['words', 'the first', 'MALFORMED']],
  due: () => [
    ['of no calendar', { on: '2023-02-30' }, 'MALFORMED', 'on'],
    ['twice', { on: '2030-10-09', meeting: OF_NOTHING.meeting }, 'AMBIGUOUS'],
    ['in words that are too long', { on: '2030-10-09', phrase: LONG }, 'TOO_LONG', 'phrase'],
    ['at an unknown meeting', { meeting: OF_NOTHING.meeting }, 'UNKNOWN_MEETING', 'meeting'],
  ],
  commandId: () => [['words', 'one', 'MALFORMED']],
  reference: () => [['words', 'Mr Smith said so', 'MALFORMED']],
  eventOfRecord: () => [
    ['words', 'the last', 'MALFORMED'],
    ['unknown', randomUUID(), 'UNKNOWN_EVENT'],
  ],
  path: () => [['words', 'due on', 'MALFORMED']],
  anyValue: () => [['too long', { on: [LONG] }, 'TOO_LONG', 'on.0']],
  // A marking is read by `readMarking` before there is a command.
  marking: () => [],
};

let house: LedgerInAFolder;
const done: Accepted[] = [];
beforeAll(async () => {
  house = await ledgerInAFolder();
});
afterAll(() => house.remove());

const headOf = async () => house.ledger.store.head();

/** What the API answers to an input. */
async function overTheApi(name: string, input: Readonly<Record<string, unknown>>, submission: Submission) {
  const mutation = MUTATIONS[name]!;
  try {
    const asked = { ...input, commandId: randomUUID() };
    checkInput(asked);
    mustBeAccepted(
      await house.ledger.dispatch.submit(submissionOf(submission.register, mutation, asked, submission.caller)),
      mutation,
    );
  } catch (error) {
    return (error as AnswerError).extensions;
  }
  throw new Error(`${name} was accepted`);
}

/** What becomes of the same as a row of papers: the code, and the column that is named. */
async function fromPapers(name: string, submission: Submission) {
  const outcome = await house.ledger.dispatch.submit({ ...submission, importId: 'papers', grants: true });
  if (outcome.outcome !== 'invalid' && outcome.outcome !== 'refused')
    throw new Error(`${name}: ${JSON.stringify(outcome)}`);
  const { code, field } =
    outcome.outcome === 'refused' ? outcome.refusal : { code: outcome.refusal, field: outcome.field };
  return { code, column: columnOfField(ROW_COMMANDS[name], field ?? '') };
}

const examples = SENT.map((sent, index) => ({ sent, index }));
const isFirst = ({ sent, index }: (typeof examples)[number]) =>
  sent.operator !== true && SENT.findIndex(({ name }) => name === sent.name) === index;

describe('each field of each command', () => {
  it.each(examples.map((example) => [example.index, example.sent.name, example] as const))(
    'of example %i, %s, is refused by its code and its name while it is wrong, and nothing is written',
    async (_, name, example) => {
      const { sent } = example;
      const input = withReferences(sent.input, done);
      const command = MUTATIONS[name]?.command;
      const good = goodSubmission(sent, input);
      if (isFirst(example) && command !== undefined) {
        const before = await headOf();
        for (const [field, shape] of Object.entries(command.fields)) {
          const apiName = inputFieldsOf(MUTATIONS[name]!).find((one) => one.field === field)?.name ?? field;
          for (const [how, value, code, at] of byKind<readonly Wrong[], []>(WRONG, shape)) {
            const path = (first: string) => (at === undefined ? first : `${first}.${at}`);
            const asked = await overTheApi(name, { ...input, [apiName]: value }, good);
            expect([name, field, how, asked]).toEqual([
              ...[name, field, how],
              { code: code.startsWith('UNKNOWN') ? 'REFUSED' : 'INVALID', refusal: code, field: path(apiName) },
            ]);
            const spoilt = { ...good.command, [field]: value };
            const envelope = { ...good.envelope, commandId: randomUUID() };
            const column = columnOfField(ROW_COMMANDS[name], path(field));
            expect([name, field, how, await fromPapers(name, { ...good, command: spoilt, envelope })]).toEqual([
              ...[name, field, how],
              { code, column },
            ]);
            expect(column).toBeDefined();
          }
          if (shape.optional === true || shape.otherwise !== undefined || shape.kind === 'marking') continue;
          const { [apiName]: _without, ...lacking } = input;
          expect([field, await overTheApi(name, lacking, good)]).toEqual([
            field,
            { code: 'INVALID', refusal: 'NEEDED', field: apiName },
          ]);
        }
        expect(await headOf()).toEqual(before);
      }
      const outcome = await house.ledger.dispatch.submit(good);
      if (outcome.outcome !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
      done.push(outcome);
    },
  );

  function goodSubmission(sent: (typeof SENT)[number], input: Record<string, unknown>): Submission {
    const mutation = MUTATIONS[sent.name];
    if (mutation !== undefined)
      return submissionOf(sent.register, mutation, { ...input, commandId: randomUUID() }, sent.by);
    const { reason, ...fields } = input as { reason: string };
    const command = { type: sent.name, ...fields } as Command;
    return {
      register: sent.register,
      command,
      envelope: { commandId: randomUUID(), reason },
      caller: sent.by,
      operator: true,
    };
  }
});

describe('a record that is hidden from the caller', () => {
  it('is refused as one that is not there, by the same code, name and sentence', async () => {
    const officer = house.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'ABC', name: 'A board', effectiveOn: '2023-10-09' });
    const hidden = await officer.does({
      type: 'ScheduleMeeting',
      body: 'ABC',
      on: '2023-12-20',
      session: 'CLOSED',
      effectiveOn: '2023-10-09',
    });
    for (const input of [{ meeting: hidden }, { body: 'ABC', due: { meeting: hidden } }]) {
      const raise = (of: object) => house.as('force-lead').submit({ type: 'RaiseAction', title: 'A title', ...of });
      const unknown = JSON.parse(JSON.stringify(input).replace(hidden, OF_NOTHING.meeting)) as object;
      const [ofHidden, ofNothing] = [await raise(input), await raise(unknown)];
      const told = JSON.parse(JSON.stringify(ofHidden).replaceAll(hidden, OF_NOTHING.meeting)) as unknown;
      expect(ofNothing).toMatchObject({ outcome: 'refused', refusal: { code: 'UNKNOWN_MEETING' } });
      expect(told).toEqual(ofNothing);
      expect((await officer.submit({ type: 'RaiseAction', title: 'A title', ...input })).outcome).toBe('accepted');
    }
  });
});
