import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { submissionOf } from '../../apps/ledger/graphql/commands/submission.ts';
import type { Outcome, Submission } from '../../libs/dispatch/index.ts';
import type { Command } from '../../libs/ledger/index.ts';
import { RECORD_COMMAND_TYPES } from '../../libs/records/index.ts';
import { MUTATIONS } from '../../libs/registers/index.ts';
import { openRunningLedger, REGISTERS, type RunningLedger } from '../../libs/running-ledger/index.ts';
import { standingClock } from '../ledger-in-a-folder.ts';
import { SENT, withReferences, type Sent } from './sent.ts';

type Accepted = Extract<Outcome, { outcome: 'accepted' }>;

const FROZEN = join(import.meta.dirname, 'ledger');
const ANSWERS = join(FROZEN, 'answers.json');
const FILES = ['events.sqlite', 'keys.sqlite'];
let folder: string;
let ledger: RunningLedger;

async function open(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'frozen-'));
  if (existsSync(ANSWERS)) for (const file of FILES) cpSync(join(FROZEN, file), join(folder, file));
  const clock = standingClock('2023-10-09T11:00:00.000Z');
  ledger = await openRunningLedger({ store: 'sqlite', name: 'frozen', data: folder }, 'spec', { clock });
}

/** The command as the API makes it of what it was given. */
function submissionFor(sent: Sent, index: number, before: readonly Accepted[]): Submission {
  const input = withReferences(sent.input, before);
  const commandId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  if (sent.operator === true) {
    const { reason, ...fields } = input as { reason: string };
    const command = { type: sent.name, ...fields } as Command;
    return { register: sent.register, command, envelope: { commandId, reason }, caller: sent.by, operator: true };
  }
  const mutation = MUTATIONS[sent.name];
  if (mutation === undefined) throw new Error(`there is no mutation ${sent.name}`);
  return submissionOf(sent.register, mutation, { ...input, commandId }, sent.by);
}

const answered = () => (existsSync(ANSWERS) ? (JSON.parse(readFileSync(ANSWERS, 'utf8')) as Accepted[]) : []);

/** Freezes what was added to `SENT` behind what is frozen, for ever: `FREEZE_COMMANDS=1`. */
async function freeze(): Promise<void> {
  const answers = answered();
  for (const [index, sent] of SENT.entries()) {
    if (index < answers.length) continue;
    const outcome = await ledger.dispatch.submit(submissionFor(sent, index, answers));
    if (outcome.outcome !== 'accepted') throw new Error(`${index} ${sent.name}: ${JSON.stringify(outcome)}`);
    answers.push(outcome);
  }
  await ledger.close();
  mkdirSync(FROZEN, { recursive: true });
  for (const file of FILES) cpSync(join(folder, file), join(FROZEN, file));
  writeFileSync(ANSWERS, `${JSON.stringify(answers, null, 2)}\n`);
}

describe('a ledger that was written before', () => {
  let answers: readonly Accepted[];

  beforeAll(async () => {
    await open();
    if (answered().length < SENT.length && process.env['FREEZE_COMMANDS'] === '1') {
      await freeze();
      rmSync(folder, { recursive: true });
      await open();
    }
    answers = answered();
  });
  afterAll(async () => {
    await ledger.close();
    rmSync(folder, { recursive: true });
  });

  it.each(SENT.map((sent, index) => [index, sent.name, sent] as const))(
    'answers command %i, %s, sent again under its id, as it did then',
    async (index, _, sent) => {
      expect(await ledger.dispatch.submit(submissionFor(sent, index, answers))).toEqual({
        ...answers[index],
        repeated: true,
      });
    },
  );

  it.each(SENT.map((sent, index) => [index, sent.name, sent] as const))(
    'tells command %i, %s, from one that says something else under its id',
    async (index, _, sent) => {
      const { envelope, ...submission } = submissionFor(sent, index, answers);
      const other = { ...submission, envelope: { ...envelope, reason: 'Another reason.' } };
      expect(await ledger.dispatch.submit(other)).toMatchObject({ refusal: { code: 'COMMAND_ID_REUSED' } });
    },
  );

  it('holds a command of every type', () => {
    const types = SENT.map((sent, index) => submissionFor(sent, index, answers).command.type);
    const every = [...REGISTERS.flatMap(({ mayIssue }) => Object.keys(mayIssue)), ...RECORD_COMMAND_TYPES];
    expect([...new Set(types)].sort()).toEqual(every.sort());
  });
});
