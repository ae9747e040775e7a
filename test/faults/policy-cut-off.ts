import { createDispatch } from '../../libs/dispatch/index.ts';
import { parseStored, type EventStore } from '../../libs/event-store/index.ts';
import type { Control, EventId, JsonObject } from '../../libs/ledger/index.ts';
import { MARKING_POLICIES, PolicyRunner, postsOfTheDirectory } from '../../libs/policies/index.ts';
import type { LedgerBeingRead } from '../ledger-being-read.ts';

/** A call of the store at which a process is gone: before the store has done it, or after, so that nobody learns what came of it. */
export interface Cut {
  readonly at: number;
  readonly isDone: boolean;
}

function dying(store: EventStore, { at, isDone }: Cut) {
  let calls = 0;
  let die: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (die = resolve));
  const dead = new Promise<never>(() => undefined);
  const until =
    (method: (...given: unknown[]) => unknown) =>
    async (...given: unknown[]): Promise<unknown> => {
      calls += 1;
      if (calls < at) return method.apply(store, given);
      if (calls === at && isDone) await method.apply(store, given);
      die();
      return dead;
    };
  const wrapped = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const method = value as (...given: unknown[]) => unknown;
      return name === 'isBefore' ? method.bind(target) : until(method);
    },
  });
  return { store: wrapped, gone, calls: () => calls };
}

/** Draws what policies owe as a process of its own would that is gone at a call of the store: how many calls it made. */
export async function drawUntilCutOff(ledger: LedgerBeingRead, cut: Cut): Promise<number> {
  await ledger.caughtUp();
  const { ledgerId, keys, clock, registers } = ledger.ledger;
  const { store, gone, calls } = dying(ledger.ledger.store, cut);
  const dispatch = createDispatch({
    ...{ store, keys, clock, ledgerId, registers, posts: postsOfTheDirectory, policies: MARKING_POLICIES },
    ids: {
      uuid: () => crypto.randomUUID(),
      bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    },
  });
  const runner = new PolicyRunner({
    ledgerId,
    outstanding: () => ledger.models.outstanding(),
    submit: (submission) => dispatch.submit(submission),
    waitFor: (position) => ledger.models.waitFor(position),
    onTrouble: () => undefined,
  });
  await Promise.race([runner.run(), gone]);
  runner.close();
  dispatch.close();
  return calls();
}

/** The facts of a ledger that open something, and the causes that what was opened names: in the event itself and beside it. */
export async function causesAndWhatTheyOpened(ledger: LedgerBeingRead, opens: string) {
  const causes: EventId[] = [];
  const opened: { readonly causation: EventId | undefined; readonly causedBy: unknown }[] = [];
  for (let after: string | undefined, atEnd = false; !atEnd;) {
    const page = await ledger.ledger.store.readAll(after, 500);
    for (const { header, parts } of page.events.map((event) => parseStored(event))) {
      const part = (name: string) => parts.find((one) => one.name === name)?.value as unknown as JsonObject;
      if (header.type === opens)
        opened.push({
          causation: (part('ctl') as unknown as Control).causation,
          causedBy: part('facts')['causedBy'],
        });
      const isCause =
        header.type === 'DecisionActionNamed' ||
        header.type === 'ActionConverted' ||
        (header.type === 'DecisionConditionSet' && part('facts')['owner'] !== undefined);
      if (isCause) causes.push(header.id);
    }
    after = page.events.at(-1)?.position ?? after;
    atEnd = page.atEnd;
  }
  return { causes: causes.sort(), opened: opened.sort((a, b) => (a.causation! < b.causation! ? -1 : 1)) };
}

/** A decision of a body whose policy is on, made; and what gives it two more causes, so that one may be cut off between two of them. */
export async function decisionThatOpens(ledger: LedgerBeingRead) {
  const [officer, commissioner, monitoring] = ['opcc-officer', 'commissioner', 'monitoring-officer'].map((post) =>
    ledger.as(post),
  );
  await officer!.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  await monitoring!.does({ type: 'AddRule', kind: 'OPENING_POLICY', body: 'CGB', title: 'What opens what' });
  await monitoring!.does({ type: 'SetOpeningPolicy', ref: 'CGB-opening', decisionsOpenActions: true });
  const ref = await officer!.does({ type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER', title: 'A shelter' });
  await officer!.does({ type: 'DraftDecision', ref, recommendation: 'Build.' });
  await officer!.does({ type: 'AdviseOnDecision', ref, adviceOn: 'FINANCE', applies: false });
  await commissioner!.does({ type: 'MakeDecision', ref, decided: 'Build.' });
  return async (number: number): Promise<void> => {
    await commissioner!.does({ type: 'NameDecisionAction', ref, title: `Action ${number}` });
    const subjectTo = `Condition ${number}`;
    await commissioner!.does({ type: 'SetDecisionCondition', ref, subjectTo, owner: 'force-lead' });
  };
}
