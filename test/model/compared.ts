import { PUBLIC, readerFor, type Reader } from '../../libs/access/index.ts';
import type { EventStore } from '../../libs/event-store/index.ts';
import { addDays, firstInstantOf, instantOf, millisecondsOf } from '../../libs/ledger/index.ts';
import type { AsOf, LedgerView } from '../../libs/read-models/index.ts';
import {
  countActions,
  findRecord,
  historyOf,
  listActions,
  listBodies,
  listContradictions,
  listMeetings,
  listPosts,
} from '../../projections/index.ts';
import {
  chanceOf,
  emptyStore,
  ledgerInMemory,
  randomHistory,
  type LedgerInMemory,
  type Sent,
} from './random-history.ts';
import { answerOf, FAULTS, type Fault, type ModelAnswer, type ModelBasis, type ModelReader } from './written-rules.ts';

/** The readers of both sides. */
export const READERS: readonly (readonly [Reader, ModelReader])[] = [
  [PUBLIC, { clearance: 'public' }],
  [readerFor('jarap-member', 'jarap-member'), { clearance: 'official' }],
  [readerFor('opcc-officer', 'opcc-officer'), { clearance: 'full' }],
  [readerFor('force-lead', 'force-lead'), { clearance: 'official', owns: 'force-lead' }],
  [readerFor('chief-constable', 'force-lead'), { clearance: 'official', owns: 'chief-constable' }],
];

export { FAULTS };

const ALL = { first: 500 };
/** Questions by which a fault may be noticed: of the rules alone, which is cheap. */
const QUESTIONS_OF_FAULTS = 60;

/** The same answer from the read models: what every list, count and single record says. */
async function answerRead(view: LedgerView, refs: readonly string[]): Promise<ModelAnswer> {
  const historyIds = async (ref: string) => (await historyOf(view, ref, ALL)).edges.map(({ node }) => node.id);
  const actions = (await listActions(view, {}, ALL)).edges.map(({ node }) => node);
  const meetings = (await listMeetings(view, {}, ALL)).edges.map(({ node }) => node);
  const overdue = await listActions(view, { overdue: true }, ALL);
  const counts = await countActions(view, 'STATUS', {});
  const standing = await Promise.all(
    refs.map(async (ref) => {
      const found = await findRecord(view, ref);
      return [ref, found === null ? null : found.mistake === null ? 'STANDS' : 'RECORDED_BY_MISTAKE'] as const;
    }),
  );
  return {
    actions: sorted(
      await Promise.all(
        actions.map(async ({ ref, state, due, overdue: isOverdue, mayAlreadyHold, disputed }) => ({
          ref,
          status: state.status,
          owner: state.owner ?? null,
          original: due.original,
          current: due.current,
          extensions: due.extensions,
          moved: due.movedWithMeeting,
          overdue: isOverdue,
          mayAlreadyHold: mayAlreadyHold.map(({ type, from, to }) => `${type} ${from ?? ''} ${to}`),
          disputed: disputed.map(({ path }) => path),
          history: await historyIds(ref),
        })),
      ),
    ),
    byStatus: Object.fromEntries(counts.map(({ key, count }) => [key ?? '', count])),
    overdue: overdue.edges.map(({ node }) => node.ref).sort(),
    meetings: sorted(
      await Promise.all(
        meetings.map(async ({ ref, state }) => ({
          ref,
          status: state.status,
          day: state.date ?? null,
          last: state.dated?.to ?? null,
          postponements: state.postponements,
          items: state.items.length,
          history: await historyIds(ref),
        })),
      ),
    ),
    bodies: (await listBodies(view)).map(({ ref }) => ref).sort(),
    posts: (await listPosts(view))
      .map(({ ref, holders }) => [ref, holders] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    contradictions: (await listContradictions(view, ALL)).totalCount,
    standing: Object.fromEntries(standing),
  };
}

/** One difference between the rules and the answers, told so that it can be looked into. */
export interface Difference {
  readonly seed: number;
  readonly reader: ModelReader;
  readonly at: ModelBasis;
  readonly rules: unknown;
  readonly answer: unknown;
}

export interface Compared {
  readonly accepted: number;
  readonly sent: readonly Sent[];
  readonly questions: number;
  /** Records, facts, and whatever else there was in the answers: a comparison of nothing shows nothing. */
  readonly answered: { readonly [what: string]: number };
  readonly difference: Difference | null;
  /** Amendments that were refused, each with the fact that it was said to contradict, and the one that it would have changed. */
  readonly contradicting: readonly { readonly named: string | undefined; readonly changed: string }[];
  /** Tables whose rows are not those of a rebuild. */
  readonly differing: readonly string[];
  /** Faults of the rules that at least one of the questions notices. */
  readonly noticed: ReadonlySet<Fault>;
}

/** Writes one random history and asks random questions of it, of the rules and of the read models. Stops at the first difference. */
export async function compareHistory(
  seed: number,
  empty: EventStore,
  options: {
    readonly commands: number;
    readonly questions: number;
    readonly faults?: readonly Fault[];
    readonly rebuild?: boolean;
    /** A control: what is asked of the read models instead, or as whom. */
    readonly instead?: (asOf: AsOf, reader: Reader) => readonly [AsOf, Reader];
  },
): Promise<Compared> {
  const { instead = (asOf: AsOf, reader: Reader) => [asOf, reader] as const } = options;
  const ledger = await ledgerInMemory(seed, empty);
  try {
    const sent = await randomHistory(ledger, seed, options.commands);
    await ledger.caughtUp();
    const chance = chanceOf(seed + 2_000_000);
    const refs = ledger.log
      .filter(
        ({ event: { version, register } }) => version === 1 && ['actions', 'meetings', 'directory'].includes(register),
      )
      .map(({ event }) => event.facts['ref'] as string);
    const answered: Record<string, number> = {};
    const noticed = new Set<Fault>();
    const accepted = sent.filter(({ outcome }) => outcome.outcome === 'accepted').length;
    let difference: Difference | null = null;
    let questions = 0;
    for (; questions < options.questions && difference === null; questions += 1) {
      const [reader, asked] = chance.of(READERS);
      const { asOf, at } = basisFor(chance, ledger, reader);
      const rules = answerOf(ledger.log, asked, at);
      const answer = await answerRead(await ledger.models.openView(...instead(asOf, reader)), refs);
      count(answered, rules);
      if (canonical(rules) !== canonical(answer))
        difference = { seed, reader: asked, at, ...firstDifference(rules, answer) };
    }
    for (let more = 0; more < QUESTIONS_OF_FAULTS; more += 1) {
      const faults = (options.faults ?? []).filter((fault) => !noticed.has(fault));
      if (faults.length === 0) break;
      const [reader, asked] = chance.of(READERS);
      const { at } = basisFor(chance, ledger, reader);
      const rules = canonical(answerOf(ledger.log, asked, at));
      for (const fault of faults) if (canonical(answerOf(ledger.log, asked, at, fault)) !== rules) noticed.add(fault);
    }
    const contradicting = sent.flatMap(({ command, outcome }) => {
      if (outcome.outcome !== 'refused' || !['Correct', 'Void', 'Restore'].includes(command.type)) return [];
      if (outcome.refusal.code !== 'WOULD_CONTRADICT') return [];
      const target = ledger.log.find(({ event }) => event.id === command['event'])?.event;
      const changed = String(target?.type === 'Corrected' ? target.facts['target'] : command['event']);
      return [{ named: /\(event ([^)]*)\)/.exec(outcome.refusal.sentence)?.[1], changed }];
    });
    const { differing } = options.rebuild === true ? await ledger.models.compare() : { differing: [] };
    return { accepted, sent, questions, answered, difference, contradicting, differing, noticed };
  } finally {
    await ledger.close();
  }
}

/** Any day, any instant beside one at which something became known, either clock, and now and then an earlier position. */
function basisFor(
  chance: ReturnType<typeof chanceOf>,
  ledger: LedgerInMemory,
  reader: Reader,
): { asOf: AsOf; at: ModelBasis } {
  const { event } = chance.of(ledger.log);
  const beside = [
    instantOf(millisecondsOf(event.stamped) + chance.number(3) - 1),
    ...(event.stated === undefined
      ? []
      : [firstInstantOf(event.stated), instantOf(millisecondsOf(firstInstantOf(event.stated)) - 1)]),
  ];
  const now = ledger.now();
  const recorded = chance.once(2) ? now : chance.of(beside);
  const day = chance.once(3) ? ledger.today() : addDays(event.effectiveOn, chance.number(4) - 1);
  const clock = chance.of(['STATED', 'PROVEN'] as const);
  const effective = day > ledger.today() ? ledger.today() : day;
  const pinned = chance.once(4) ? chance.of(ledger.log).position : undefined;
  const known = recorded > now ? now : recorded;
  return {
    asOf: {
      effective,
      recorded: known,
      clock,
      ...(pinned === undefined ? {} : { position: ledger.models.encodePosition(reader, pinned) }),
    },
    at: { effective, recorded: known, clock, ...(pinned === undefined ? {} : { position: pinned }) },
  };
}

function count(
  answered: Record<string, number>,
  { actions, meetings, overdue, standing, contradictions }: ModelAnswer,
): void {
  const add = (what: string, many: number) => (answered[what] = (answered[what] ?? 0) + many);
  add('actions', actions.length);
  add('meetings', meetings.length);
  add('overdue', overdue.length);
  add('contradictions', contradictions);
  add('mistakes', Object.values(standing).filter((one) => one === 'RECORDED_BY_MISTAKE').length);
  add(
    'facts',
    [...actions, ...meetings].reduce((sum, { history }) => sum + history.length, 0),
  );
  add(
    'may already hold',
    actions.reduce((sum, { mayAlreadyHold }) => sum + mayAlreadyHold.length, 0),
  );
  add('moved with their meeting', actions.filter(({ moved }) => moved).length);
  add(
    'extensions',
    actions.reduce((sum, { extensions }) => sum + extensions, 0),
  );
}

/** The first member in which two answers differ, down to where they do. */
function firstDifference(rules: unknown, answer: unknown, at = ''): { rules: unknown; answer: unknown } {
  if (typeof rules !== 'object' || typeof answer !== 'object' || rules === null || answer === null)
    return { rules: { at, is: rules }, answer };
  for (const key of new Set([...Object.keys(rules), ...Object.keys(answer)])) {
    const [a, b] = [(rules as Record<string, unknown>)[key], (answer as Record<string, unknown>)[key]];
    if (canonical(a) !== canonical(b)) {
      const label = (a as { ref?: string } | undefined)?.ref ?? key;
      return firstDifference(a, b, `${at}/${label}`);
    }
  }
  return { rules: { at, is: rules }, answer };
}

/** Equal values as equal text, whatever the order of their members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

function sorted<T extends { readonly ref: string }>(all: readonly T[]): readonly T[] {
  return [...all].sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

/** Many histories, one after another, and what they came to together. */
export async function compareHistories(
  seeds: { readonly first: number; readonly count: number },
  options: Parameters<typeof compareHistory>[2] & { readonly rebuildEvery?: number },
) {
  const { rebuildEvery = 0, ...of } = options;
  const differences: Difference[] = [];
  const differing: string[] = [];
  const answered: Record<string, number> = {};
  const noticed = new Set<Fault>();
  const contradicting: Compared['contradicting'][number][] = [];
  const acceptedOf: Record<string, number> = {};
  let fewest = Infinity;
  const empty = emptyStore();
  try {
    for (let seed = seeds.first; seed < seeds.first + seeds.count; seed += 1) {
      const faults = FAULTS.filter((fault) => of.faults?.includes(fault) === true && !noticed.has(fault));
      const rebuild = rebuildEvery > 0 && seed % rebuildEvery === 0;
      const compared = await compareHistory(seed, empty.store, { ...of, faults, rebuild });
      if (compared.difference !== null) differences.push(compared.difference);
      differing.push(...compared.differing);
      contradicting.push(...compared.contradicting);
      for (const fault of compared.noticed) noticed.add(fault);
      for (const [what, many] of Object.entries(compared.answered)) answered[what] = (answered[what] ?? 0) + many;
      for (const { command, outcome } of compared.sent)
        if (outcome.outcome === 'accepted') acceptedOf[command.type] = (acceptedOf[command.type] ?? 0) + 1;
      fewest = Math.min(fewest, compared.accepted);
    }
  } finally {
    await empty.close();
  }
  return { differences, differing, answered, noticed, contradicting, acceptedOf, fewest };
}
