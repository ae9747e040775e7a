import { decideCommand } from '../declarations/index.ts';
import {
  OFFICIAL_OPEN,
  type Actor,
  type Command,
  type CommandEnvelope,
  type Decision,
  type DecisionContext,
  type Draft,
  type Holding,
  type JsonObject,
  type Marking,
  type Party,
  type RecordEvent,
  type Refusal,
  type Register,
  type TextRef,
} from '../ledger/index.ts';

/** A past event of a spec: its type and whatever matters; the rest is filled in. */
export type Past<Event extends RecordEvent> = {
  [Type in Event['type']]: { type: Type } & Partial<Omit<Extract<Event, { type: Type }>, 'type' | 'texts'>> & {
      /** Fields that carry words. */
      texts?: readonly string[];
      by?: string;
      person?: string;
      authority?: Actor['authority'];
    };
}[Event['type']];

/** The same without its register: what {@link pastEvent} fills in. */
export type AnyPast = Partial<Omit<RecordEvent, 'type' | 'texts'>> & {
  type: string;
  texts?: readonly string[];
  by?: string;
  person?: string;
  authority?: Actor['authority'];
};

export interface Circumstances {
  today?: string;
  /** Default: noon UTC of that day. */
  now?: string;
  /** The last event of the ledger at the instant that a command cites. */
  lastEvent?: string;
  effectiveOn?: string;
  by?: Party | null;
  enteredBy?: Party;
  /** When the meeting was held that is the authority. */
  heldOn?: string;
  /** That meeting, as the decision is told of it. */
  meeting?: DecisionContext['meeting'];
  /** Who is written to have held which post. */
  holders?: readonly Holding[];
  imported?: boolean;
  envelope?: Partial<CommandEnvelope>;
  subject?: NonNullable<DecisionContext['subject']>;
  monitoringOfficers?: NonNullable<DecisionContext['monitoringOfficers']>;
  /** Records of other registers, as `register/ref` → state. */
  links?: { readonly [registerAndRef: string]: unknown };
  /** How other records are marked today. Default: OFFICIAL, open. */
  markings?: { readonly [registerAndRef: string]: Marking };
  /** Versions of them that may be cited. Default: none. */
  versions?: { readonly [registerAndRef: string]: readonly string[] };
  /** Lists that may be counted. Default: none. */
  lists?: DecisionContext['lists'];
}

export const TODAY = '2023-10-09';

/**
 * Given events, when a command, then events or a refusal.
 *
 * @example given(actions, [{ type: 'ActionRaised', facts: {…} }]).when({ type: 'AgreeAction', ref }).thenEvents(['ActionAgreed'])
 */
export function given<State, Event extends RecordEvent, Cmd extends Command>(
  register: Register<State, Event, Cmd>,
  past: readonly Past<Event>[],
) {
  const events = (past as unknown as readonly AnyPast[]).map(
    (event, index) => pastEvent(register.name, event, index + 1) as Event,
  );
  const state = events.reduce((before, event) => register.evolve(before, event), register.initial);
  return {
    state,
    when(command: Cmd, circumstances: Circumstances = {}) {
      const decision = decideCommand(register, state, command, contextOf(circumstances));
      return {
        decision,
        thenEvents(expected: readonly (string | Partial<Draft>)[]): readonly Draft[] {
          const drafts = mustAccept(decision);
          expect(drafts.map(({ type }) => type)).toEqual(
            expected.map((one) => (typeof one === 'string' ? one : one.type)),
          );
          expected.forEach((one, index) => {
            if (typeof one !== 'string') expect(drafts[index]).toMatchObject(one);
          });
          return drafts;
        },
        thenRefused(code: string, field?: string): Refusal {
          if (!('refusal' in decision))
            throw new Error(`expected ${code}, but it was accepted: ${JSON.stringify(decision)}`);
          expect(decision.refusal.code).toBe(code);
          if (field !== undefined) expect(decision.refusal.field).toBe(field);
          expect(decision.refusal.sentence).toMatch(/^[A-Z].*\.$/s);
          expect(decision.refusal.sentence).not.toMatch(/\{\w+\}/);
          return decision.refusal;
        },
      };
    },
  };
}

/** An event as the domain sees it, with everything that the spec does not care about filled in. */
export function pastEvent(register: string, past: AnyPast, version: number): RecordEvent {
  const { texts, by, person, authority, ...rest } = past;
  const id = past.id ?? `event-${version}`;
  const actor: Actor = {
    by: { post: by ?? 'opcc-officer', ...(person === undefined ? {} : { person }) },
    enteredBy: { post: by ?? 'opcc-officer', person: person ?? 'person-typing' },
    ...(authority === undefined ? {} : { authority }),
  };
  return {
    id,
    register,
    schema: 1,
    stream: `${register}-1`,
    version,
    stamped: '2023-06-21T12:00:00.000Z',
    effectiveOn: '2023-06-21',
    marking: { classification: 'OFFICIAL', sensitive: false, session: 'OPEN' },
    facts: {},
    texts: Object.fromEntries(
      (texts ?? []).map((field): [string, TextRef] => [field, { event: id, part: `text/${field}` }]),
    ),
    actor,
    ...rest,
  };
}

/** A decision's surroundings: an OPCC officer at work on {@link TODAY}, unless said otherwise. */
export function contextOf(circumstances: Circumstances = {}): DecisionContext {
  const today = circumstances.today ?? TODAY;
  const enteredBy = circumstances.enteredBy ?? { post: 'opcc-officer', person: 'person-typing' };
  const by = circumstances.by === null ? undefined : (circumstances.by ?? enteredBy);
  return {
    today,
    now: circumstances.now ?? `${today}T12:00:00.000Z`,
    ...(circumstances.lastEvent === undefined ? {} : { lastEvent: circumstances.lastEvent }),
    effectiveOn: circumstances.effectiveOn ?? circumstances.envelope?.effectiveOn ?? today,
    envelope: { commandId: '00000000-0000-4000-8000-000000000000', ...circumstances.envelope },
    ...(circumstances.meeting === undefined ? {} : { meeting: circumstances.meeting }),
    ...(by === undefined ? {} : { by }),
    enteredBy,
    wouldBe: (type, facts = {}) => eventIn(circumstances, type, facts) as never,
    imported: circumstances.imported ?? false,
    links: {
      find: (register, ref) => circumstances.links?.[`${register}/${ref}`] ?? null,
      markingOf: (register, ref, event) =>
        circumstances.markings?.[event === undefined ? `${register}/${ref}` : `${register}/${ref}/${event}`] ??
        OFFICIAL_OPEN,
      versionsOf: (register, ref) => circumstances.versions?.[`${register}/${ref}`] ?? [],
    },
    lists: circumstances.lists ?? {},
    ...(circumstances.subject === undefined ? {} : { subject: circumstances.subject }),
    ...(circumstances.monitoringOfficers === undefined ? {} : { monitoringOfficers: circumstances.monitoringOfficers }),
  };
}

/** A fact as it would be recorded in those circumstances. */
export function eventIn(circumstances: Circumstances, type: string, facts: JsonObject = {}): RecordEvent {
  const { today, effectiveOn, by, enteredBy, envelope, imported } = contextOf(circumstances);
  const { authority, dated } = envelope;
  const { heldOn, holders } = circumstances;
  return {
    ...pastEvent('any', { id: 'would-be', type, facts, effectiveOn }, 1_000),
    stamped: `${today}T12:00:00.000Z`,
    ...(dated === undefined ? {} : { dated }),
    ...(imported ? { imported } : {}),
    actor: {
      ...(by === undefined ? {} : { by }),
      enteredBy,
      ...(authority === undefined ? {} : { authority }),
      ...(heldOn === undefined ? {} : { heldOn }),
      ...(holders === undefined ? {} : { holders }),
    },
  };
}

function mustAccept(decision: Decision): readonly Draft[] {
  if ('refusal' in decision) throw new Error(`refused with ${decision.refusal.code}: ${decision.refusal.sentence}`);
  return decision.events;
}
