import { randomUUID } from 'node:crypto';
import { kindSpelt } from '../../libs/declarations/index.ts';
import type { Outcome } from '../../libs/dispatch/index.ts';
import { MUTATIONS } from '../../libs/registers/index.ts';
import { submissionOf } from '../../apps/ledger/graphql/commands/submission.ts';
import { SENT, withReferences, type Sent } from '../frozen-commands/sent.ts';
import type { ServedLedger } from './served-ledger.ts';

/** What the samples of commands call, by what it is called here. */
export const BODY = 'DEMOBOARD';
const POST = 'demo-estates-lead';
/** Under which papers know one of its records. */
export const NAME = '15/2018/P';
const CALLED: readonly (readonly [RegExp, string])[] = [
  [/\bCGB\b/g, BODY],
  [/^estates-lead$/, POST],
  [/^inspectorate$/, 'demo-inspectorate'],
  [/^monitor$/, 'demo-monitor'],
];

/**
 * Not recorded of an illustrative body: what takes a record away from it, and what hides it from some readers, to whom its records read as those
 * of no body then (`docs/access.md`); and what is done by an operator where nobody else could.
 */
const NOT_SENT: readonly string[] = ['correctPost', 'markBody', 'AppointMonitoringOfficer'];

type Accepted = Extract<Outcome, { outcome: 'accepted' }>;
type Values = Readonly<Record<string, unknown>>;

/**
 * Records illustrative bodies and, of them, whatever the samples of commands record: a record of every kind, in every state that a command leads to. A
 * register that is added brings samples, and is here from its first day. Answers the references, in the order of the commands.
 */
export async function recordIllustrative({ ledger }: Pick<ServedLedger, 'ledger'>): Promise<readonly string[]> {
  const done: Accepted[] = [];
  for (const sent of SENT) {
    if (NOT_SENT.includes(sent.name)) {
      done.push(done[0]!);
      continue;
    }
    const accepted = await does(sent.register, sent.name, inputOf(sent, done), sent.by);
    done.push(accepted);
    // Published, so that it is known to whoever may see something of it.
    if (sent.name === 'addBody') await does('directory', 'publishBody', { ref: accepted.ref }, MONITORING);
    // A person is of the bodies of their posts.
    if (sent.name === 'addPerson')
      await does('directory', 'appointHolder', { post: POST, person: accepted.ref, shared: true }, SENT[0]!.by);
  }
  const refs = [...new Set(done.map(({ ref }) => ref))];
  await does(
    'actions',
    'nameRecord',
    { record: refs.find((ref) => kindSpelt(ref) === 'action'), name: NAME },
    SENT[0]!.by,
  );
  return refs;

  async function does(register: string, name: string, input: Values, by: Sent['by']): Promise<Accepted> {
    const submission = submissionOf(register, MUTATIONS[name]!, { ...input, commandId: randomUUID() }, by);
    const outcome = await ledger.submit(submission);
    if (outcome.outcome !== 'accepted') throw new Error(`${name} ${JSON.stringify(input)}: ${JSON.stringify(outcome)}`);
    return outcome;
  }
}

const MONITORING: Sent['by'] = SENT.find(({ by }) => by.post === 'monitoring-officer')!.by;

function inputOf({ name, input }: Sent, done: readonly Accepted[]): Values {
  const named = renamed(withReferences(input, done)) as Values;
  if (name === 'addBody') return { ...named, illustrative: true };
  return name === 'addPost' ? { body: BODY, ...named } : named;
}

function renamed(value: unknown): unknown {
  if (typeof value === 'string') return CALLED.reduce((text, [name, by]) => text.replace(name, by), value);
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, renamed(member)]));
}
