import { randomUUID } from 'node:crypto';
import { parseStored, type EventStore } from '../../libs/event-store/index.ts';
import type { Control } from '../../libs/ledger/index.ts';
import type { Client, Variables } from './client.ts';

/** One command as a client remembers it: what it sent, and what it was told, if it was told. */
export interface Entry {
  readonly commandId: string;
  readonly query: string;
  readonly input: Variables;
  /** The whole answer, once the command was acknowledged. */
  answer: string | null;
}

const RAISE = `mutation ($input: RaiseActionInput!) { raiseAction(input: $input) { action { ref status title } position } }`;
const AGREE = `mutation ($input: AgreeActionInput!) { agreeAction(input: $input) { position } }`;
/** A policy opens an action because of it. */
const NAME = `mutation ($input: NameDecisionActionInput!) { nameDecisionAction(input: $input) { position } }`;
// Asks for the position alone: to show the action, the server would have to wait until it had read it back.
const UPDATE = `mutation ($input: GiveActionUpdateInput!) { giveActionUpdate(input: $input) { position } }`;

/** Clients that write without a pause and note what was acknowledged to them, so that it can be asked for after a kill. */
export class Journal {
  readonly entries: Entry[] = [];
  /** A decision that was made, whose actions a policy opens. */
  decision: string | null = null;
  /** Actions that were acknowledged, for further commands. */
  readonly #actions: string[] = [];

  get acknowledged(): readonly Entry[] {
    return this.entries.filter(({ answer }) => answer !== null);
  }

  /**
   * Writes until the server goes away. All clients fight over the first action; each raises some of its own besides, unless
   * `raises` says no: then there must be some already.
   */
  async writeUntilGone(officer: Client, clients: number, { raises = true } = {}): Promise<void> {
    const one = async (client: number): Promise<void> => {
      for (let round = 0; ; round += 1) if (!(await this.#step(officer, client, round, raises))) return;
    };
    await Promise.all(Array.from({ length: clients }, (_, client) => one(client)));
  }

  async #step(officer: Client, client: number, round: number, mayRaise: boolean): Promise<boolean> {
    const [contested] = this.#actions;
    if (this.decision !== null && mayRaise && (client + round) % 5 === 4)
      return this.#send(officer, NAME, {
        ref: this.decision,
        title: `Of client ${client}, round ${round}`,
        owner: 'force-lead',
        by: 'commissioner',
        authority: { delegation: 'SoD-4' },
      });
    if (contested !== undefined && !(mayRaise && (client + round) % 6 === 0)) {
      const ref = round % 2 === 0 ? contested : this.#actions[(client * 31 + round) % this.#actions.length]!;
      return this.#send(officer, UPDATE, {
        ref,
        text: `Of client ${client}, round ${round}`,
        by: 'force-lead',
        authority: { delegation: 'SoD-4' },
      });
    }
    const entry = this.#note(RAISE, { body: 'CGB', title: `Of client ${client}, round ${round}`, owner: 'force-lead' });
    if (!(await this.#deliver(officer, entry))) return false;
    const ref = JSON.parse(entry.answer!).data.raiseAction.action.ref as string;
    const agreed = await this.#send(officer, AGREE, { ref, by: 'commissioner', authority: { delegation: 'SoD-4' } });
    if (agreed) this.#actions.push(ref);
    return agreed;
  }

  async #send(officer: Client, query: string, input: Variables): Promise<boolean> {
    return this.#deliver(officer, this.#note(query, input));
  }

  #note(query: string, input: Variables): Entry {
    const commandId = randomUUID();
    const entry: Entry = { commandId, query, input: { commandId, ...input }, answer: null };
    this.entries.push(entry);
    return entry;
  }

  /** True when it was acknowledged, false when the server is gone or cannot tell. @throws when it is refused: these never are */
  async #deliver(officer: Client, entry: Entry): Promise<boolean> {
    const sent = await officer.post(entry.query, { input: entry.input }).catch(() => null);
    if (sent === null) return false;
    const { errors } = JSON.parse(sent.text);
    if (errors?.length > 0) {
      if (['UNAVAILABLE', 'NOT_YET'].includes(errors[0].extensions.code)) return false;
      throw new Error(`${JSON.stringify(entry.input)}: ${sent.text}`);
    }
    entry.answer = sent.text;
    return true;
  }

  /**
   * Sends every command again. What was acknowledged must be answered with the same bytes; what was in doubt is written now, if
   * it was not. Answers what was not as it should be.
   */
  async repeat(officer: Client, entries: readonly Entry[] = this.entries): Promise<readonly string[]> {
    const wrong: string[] = [];
    const queue = [...entries];
    const one = async (): Promise<void> => {
      for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
        const { text } = await officer.post(entry.query, { input: entry.input });
        const { errors } = JSON.parse(text);
        if (entry.answer !== null && text !== entry.answer) wrong.push(`${entry.answer} became ${text}`);
        else if (errors?.length > 0) wrong.push(text);
        else entry.answer = text;
      }
    };
    await Promise.all(Array.from({ length: 8 }, one));
    return wrong;
  }
}

/**
 * Everything that is wrong with a log, seen from those who wrote to it: acknowledged commands without an event, commands with
 * two, events that nobody asked for, ids twice, versions with gaps; and facts because of which a policy opened nothing, or more than once.
 */
export async function faultsOf(
  store: EventStore,
  journal: Journal,
  others: ReadonlySet<string> = new Set(),
): Promise<readonly string[]> {
  const faults: string[] = [];
  const ids = new Set<string>();
  const versions = new Map<string, number>();
  const times = new Map<string, number>();
  const causes = new Map<string, number>();
  for (let after: string | undefined; ;) {
    const page = await store.readAll(after, 500);
    for (const event of page.events) {
      if (ids.has(event.id)) faults.push(`event ${event.id} stands twice`);
      ids.add(event.id);
      if (event.version !== (versions.get(event.stream) ?? 0) + 1)
        faults.push(`${event.stream} has a gap before ${event.version}`);
      versions.set(event.stream, event.version);
      const { header, parts } = parseStored(event);
      if (header.id !== event.id || header.stream !== event.stream)
        faults.push(`${event.id} holds the bytes of ${header.id}`);
      const ctl = parts.find(({ name }) => name === 'ctl')?.value as unknown as Control;
      if (header.type === 'DecisionActionNamed') causes.set(header.id, causes.get(header.id) ?? 0);
      if (ctl?.causation !== undefined) causes.set(ctl.causation, (causes.get(ctl.causation) ?? 0) + 1);
      else if (header.register === 'actions' || header.type === 'DecisionActionNamed')
        times.set(ctl.command.id, (times.get(ctl.command.id) ?? 0) + 1);
    }
    if (page.atEnd) break;
    after = page.events.at(-1)?.position ?? after;
  }
  for (const [cause, opened] of causes) if (opened !== 1) faults.push(`event ${cause} opened ${opened} records`);
  const sent = new Set(journal.entries.map(({ commandId }) => commandId));
  for (const { commandId } of journal.acknowledged)
    if (!times.has(commandId)) faults.push(`command ${commandId} was acknowledged and is lost`);
  for (const [commandId, count] of times) {
    if (count > 1) faults.push(`command ${commandId} was written ${count} times`);
    if (!sent.has(commandId) && !others.has(commandId)) faults.push(`nobody sent command ${commandId}`);
  }
  return faults;
}
