import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';

import { parseArguments } from '../../libs/arguments/index.ts';
import type { Caller, Outcome, RunningDispatch } from '../../libs/dispatch/index.ts';
import { pseudonymOf } from '../../libs/keys/index.ts';
import { OPERATOR, type Command } from '../../libs/ledger/index.ts';
import { BadSettings, openRunningLedger, readLedgerSettings } from '../../libs/running-ledger/index.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export const APPOINT_HELP = `Usage: ledger appoint-monitoring-officer --name "NAME" --subject SUBJECT --reason "WHY" [--post POST] [--operator "NAME"]
       ledger appoint-monitoring-officer --person person-… --reason "WHY" [--subject SUBJECT] [--post POST] [--operator "NAME"]

Appoints the first monitoring officer of a ledger, or a successor where nobody else could appoint one. Whatever grants authority is the
monitoring officer's, and nobody appoints themself: so the first one is appointed by whoever runs the ledger. It is refused while
somebody else holds a post of the monitoring officer and could do it. What it does is recorded, with your name and reason, where an
auditor finds it.

  --name       Name of the person. They are added to the directory.
  --person     Reference of a person whom the directory holds already, instead of --name.
  --subject    How the identity provider calls them in its tokens (claim "person", else "sub"). Needed unless it is recorded already.
  --post       The post. Default: monitoring-officer. It is added when the directory does not hold it.
  --reason     Why an operator appoints. Needed.
  --operator   Your name. Default: that of the account on this machine.
  --help       Show this.

Exit status: 0 appointed and recorded, 1 refused, for the reason that is said, 2 unfinished: run it again, 3 the ledger is in use: stop
the server first, 64 the command line or the settings cannot be used, 70 a fault of this program.
`;

interface Asked {
  readonly post: string;
  readonly person?: string;
  readonly name?: string;
  readonly subject?: string;
  readonly reason: string;
  readonly operator: string;
}

/** `ledger appoint-monitoring-officer --name "…" --subject … --reason "…"` */
export async function appointCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<number> {
  const asked = readArguments(args);
  if (asked === 'help') return terminal.say(APPOINT_HELP, EXIT.DONE);
  if (typeof asked === 'string') return terminal.complain(`${asked}\n\n${APPOINT_HELP}`, EXIT.USAGE);
  const { settings, problems } = readLedgerSettings(env);
  if (problems.length > 0) return terminal.complain(`${new BadSettings(problems).message}\n`, EXIT.USAGE);
  const ledger = await openRunningLedger(settings, 'appoint-monitoring-officer');
  try {
    const caller: Caller = {
      post: OPERATOR,
      person: pseudonymOf(ledger.keys, `operator:${asked.operator}`),
      capacity: 'monitoring-officer',
    };
    // Tried first, so that a refusal leaves nothing half done.
    const rehearsal = ledger.rehearsal();
    const tried = await appoint(rehearsal, asked, caller);
    await rehearsal.idle();
    rehearsal.close();
    const done = typeof tried === 'string' ? await appoint(ledger.dispatch, asked, caller) : tried;
    if (typeof done === 'string')
      return terminal.say(`${done} holds ${asked.post} from today on. That is recorded in the ledger.\n`, EXIT.DONE);
    const unfinished = done.outcome === 'unavailable' || done.outcome === 'conflict';
    return terminal.complain(`${sentenceOf(done)}\n`, unfinished ? EXIT.UNFINISHED : EXIT.PROBLEMS);
  } finally {
    await ledger.close();
  }
}

type NotDone = Exclude<Outcome, { outcome: 'accepted' }>;

/** The reference of the person who was appointed, or what kept it from being done. */
async function appoint(dispatch: RunningDispatch, asked: Asked, caller: Caller): Promise<string | NotDone> {
  const { post, name, subject, reason, operator } = asked;
  const send = (command: object) =>
    dispatch.submit({
      register: 'directory',
      command: command as Command,
      envelope: { commandId: randomUUID(), reason },
      caller,
      operator: true,
    });
  const added = await send({
    type: 'AddPost',
    as: post,
    name: post === 'monitoring-officer' ? 'Monitoring Officer' : post,
    capacity: 'monitoring-officer',
  });
  if (added.outcome !== 'accepted' && !isRefused(added, 'REFERENCE_TAKEN')) return added;
  let person = asked.person ?? '';
  if (name !== undefined) {
    const known = await send({ type: 'AddPerson', name });
    if (known.outcome !== 'accepted') return known;
    person = known.ref;
  }
  if (subject !== undefined) {
    const set = await send({ type: 'SetPersonSubject', ref: person, subject });
    if (set.outcome !== 'accepted' && !isRefused(set, 'NOTHING_CHANGES')) return set;
  }
  const appointed = await send({ type: 'AppointMonitoringOfficer', ref: post, person, operator });
  return appointed.outcome === 'accepted' ? person : appointed;
}

function isRefused(outcome: Outcome, code: string): boolean {
  return outcome.outcome === 'refused' && outcome.refusal.code === code;
}

function sentenceOf(outcome: NotDone): string {
  if (outcome.outcome === 'refused') return outcome.refusal.sentence;
  return outcome.outcome === 'not-found' ? 'The directory holds no such person or post.' : outcome.sentence;
}

function readArguments(args: readonly string[]): Asked | 'help' | (string & {}) {
  try {
    const text = { type: 'string' } as const;
    const options = {
      ...{ name: text, person: text, subject: text, post: text, reason: text, operator: text },
      help: { type: 'boolean', short: 'h' },
    } as const;
    const { values } = parseArguments({ args: [...args], options });
    if (values.help === true) return 'help';
    const { name, person, subject, post = 'monitoring-officer', reason = '', operator = '' } = values;
    if (reason.trim() === '') return 'Say why with --reason: it is recorded in the ledger.';
    if ((name === undefined) === (person === undefined)) return 'Say who with --name or with --person.';
    if (name !== undefined && subject === undefined)
      return 'Say with --subject how the identity provider calls them: without it nobody could tell who they are.';
    return {
      ...{ post, reason, operator: operator.trim() || userInfo().username },
      ...(name === undefined ? {} : { name }),
      ...(person === undefined ? {} : { person }),
      ...(subject === undefined ? {} : { subject }),
    };
  } catch (cause) {
    return (cause as Error).message;
  }
}
