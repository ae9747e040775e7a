import {
  refusing,
  type EventId,
  type MovementKind,
  type RecordEvent,
  type Refusal,
  type Register,
  type TextRef,
} from '../ledger/index.ts';
import { event, type EventOf } from './event.ts';
import { kindSpelt } from './record-kinds.ts';
import { anyRecord, eventOfRecord, fixed, labelled, line, oneOf, type MemberOf } from './shapes.ts';

/*
 * What every record may be, whatever its register: linked to other records, and known under names. Unlike corrections and markings these
 * are facts of the record itself: they take effect on a day, fold into its state, and are corrected, voided and hidden like any other.
 */

/** Characters of a name: what papers print in the margin or in a column (`14/2018/P`), never a title. */
export const MOST_OF_NAME = 64;

/** What a record is to the one that it links to. */
export const linkedAs = labelled(
  'What it is to it',
  oneOf('LinkedAs', 'What a record is to another that it links to.', {
    FOLLOWS_FROM: 'It came of the other, and goes on from it.',
    RE_RAISES: { says: 'The same matter raised again, after the other was closed.', label: 'Raises again' },
    REPLACES: 'It stands in the place of the other.',
    IS_ABOUT: 'The other is what it is about.',
    IS_EVIDENCE_OF: { says: 'It shows that the other was done, or is so.', label: 'Is evidence of' },
    DEPENDS_ON: 'It cannot be done before the other is.',
  }),
);
export type LinkedAs = MemberOf<typeof linkedAs>;

/** The same, as it is said of the record at the other end. */
export const LINKED_FROM: { readonly [as in LinkedAs]: string } = {
  FOLLOWS_FROM: 'Led to',
  RE_RAISES: 'Raised again by',
  REPLACES: 'Replaced by',
  IS_ABOUT: 'Subject of',
  IS_EVIDENCE_OF: 'Shown by',
  DEPENDS_ON: 'Needed by',
};

export const linkedTo = labelled('Linked to', anyRecord('Reference of the other record, of any register.'));
export const recordName = line('The name as papers print it, such as 14/2018/P or CGB 23/07.', { most: MOST_OF_NAME });

/** Said once, in the record about which it is said. It is seen from both. */
export const Linked = event('Linked', { facts: { to: linkedTo, as: linkedAs } });
export type Linked = EventOf<typeof Linked>;

/** From that day on it is no longer so. A link that never should have been is voided. */
export const Unlinked = event('Unlinked', { facts: { to: linkedTo, as: linkedAs } });
export type Unlinked = EventOf<typeof Unlinked>;

/** Papers know it under that name. */
export const Named = event('Named', { texts: { name: recordName }, leads: 'name' });
export type Named = EventOf<typeof Named>;

/** From that day on it is known under that name no longer. */
export const NameWithdrawn = event('NameWithdrawn', {
  facts: { target: fixed(eventOfRecord('The entry that gave the name.')) },
});
export type NameWithdrawn = EventOf<typeof NameWithdrawn>;

/** The events that every register has of its own records, beside those that it declares. */
export const OF_EVERY_RECORD = [Linked, Unlinked, Named, NameWithdrawn] as const;
type OfEveryRecord = EventOf<(typeof OF_EVERY_RECORD)[number]>;

/** What each of them is as a movement. */
export const MOVEMENTS_OF_EVERY_RECORD: { readonly [type in OfEveryRecord['type']]: MovementKind } = {
  Linked: 'LINKED',
  Unlinked: 'LINKED',
  Named: 'NAMED',
  NameWithdrawn: 'NAMED',
};

const TYPES: ReadonlySet<string> = new Set(OF_EVERY_RECORD.map(({ type }) => type));

/** Is it one of the facts that every register has of its own records? They are no amendments: they fold. */
export function isOfEveryRecord(one: { readonly type: string }): boolean {
  return TYPES.has(one.type);
}

/** A link that a record has, and the event that made it. */
export interface LinkHeld {
  readonly event: EventId;
  readonly to: string;
  readonly as: LinkedAs;
}

/** A name that a record has, and the event that gave it; the words are a correction's once it was corrected. */
export interface NameHeld {
  readonly event: EventId;
  readonly name: TextRef;
}

/** What the state of a record of any register may carry beside what its register says. A member that would be empty is absent. */
export interface LinkedAndNamed {
  /** In the order in which they took effect. */
  readonly linked?: readonly LinkHeld[];
  readonly names?: readonly NameHeld[];
}

export const REFUSALS_OF_EVERY_RECORD = {
  NO_SUCH_RECORD: 'On that day there was no such record yet. Give a later day.',
  LINKED_TO_ITSELF: '{ref} would be linked to itself. Name another record.',
  LINKED_ALREADY: '{ref} is linked to {to} like that already.',
  NOT_LINKED: '{ref} has no such link on that day, so there is none to end.',
  PERSONS_HAVE_NO_OTHER_NAME:
    'The name of a person lies under a key of their own and is erased with it, so their record takes no other name.',
  NOT_NAMED: 'That entry gives no name that {ref} has on that day.',
} as const;

const refuse = refusing(REFUSALS_OF_EVERY_RECORD);

/**
 * May that fact of every record follow in that state? Null if it may.
 * @param ref reference of the record in that state; null while there is none
 */
export function mayFollowOfEveryRecord(state: unknown, ref: string | null, event: RecordEvent): Refusal | null {
  if (ref === null) return refuse('NO_SUCH_RECORD', { field: 'effectiveOn' });
  const one = event as OfEveryRecord;
  const { linked = [], names = [] } = state as LinkedAndNamed;
  switch (one.type) {
    case 'Linked': {
      const { to } = one.facts;
      if (to === ref) return refuse('LINKED_TO_ITSELF', { field: 'to', values: { ref } });
      return linked.some((held) => isSame(held, one.facts))
        ? refuse('LINKED_ALREADY', { field: 'to', values: { ref, to } })
        : null;
    }
    case 'Unlinked': {
      // Asked of a link that is still to be named, it is whether there is any.
      const { to } = one.facts as Partial<Unlinked['facts']>;
      const ends = to === undefined ? linked.length > 0 : linked.some((held) => isSame(held, one.facts));
      return ends ? null : refuse('NOT_LINKED', { field: 'to', values: { ref } });
    }
    case 'Named':
      return kindSpelt(ref) === 'person' ? refuse('PERSONS_HAVE_NO_OTHER_NAME', { field: 'ref' }) : null;
    case 'NameWithdrawn':
      return names.some((held) => held.event === one.facts.target)
        ? null
        : refuse('NOT_NAMED', { field: 'event', values: { ref } });
  }
}

/** The state after one fact of every record. Total: what is there already, or is not there, changes nothing. */
function evolved<State>(state: State, event: RecordEvent): State {
  const one = event as OfEveryRecord;
  const { linked = [], names = [] } = state as LinkedAndNamed;
  switch (one.type) {
    case 'Linked': {
      const { to, as } = one.facts;
      if (linked.some((held) => isSame(held, one.facts))) return state;
      return withMember(state, 'linked', [...linked, { event: one.id, to, as }]);
    }
    case 'Unlinked':
      return withMember(
        state,
        'linked',
        linked.filter((held) => !isSame(held, one.facts)),
      );
    case 'Named': {
      const { name } = one.texts;
      return name === undefined ? state : withMember(state, 'names', [...names, { event: one.id, name }]);
    }
    case 'NameWithdrawn':
      return withMember(
        state,
        'names',
        names.filter((held) => held.event !== one.facts.target),
      );
  }
}

function isSame(held: Pick<LinkHeld, 'to' | 'as'>, facts: Pick<LinkHeld, 'to' | 'as'>): boolean {
  return held.to === facts.to && held.as === facts.as;
}

/** The state with that member, which is absent where it would be empty; the same state where nothing changes. */
function withMember<State, Name extends keyof LinkedAndNamed>(
  state: State,
  name: Name,
  held: NonNullable<LinkedAndNamed[Name]>,
): State {
  const before = (state as LinkedAndNamed)[name];
  if (held.length === (before?.length ?? 0)) return state;
  const { [name]: _, ...rest } = state as LinkedAndNamed;
  return (held.length === 0 ? rest : { ...rest, [name]: held }) as State;
}

type Folding<State, Event extends RecordEvent> = Pick<Register<State, Event>, 'evolve' | 'mayFollow' | 'refOf'>;

/**
 * The meaning of a register with the facts of every record: they fold into any state that is a record's, and whatever a register makes of a
 * state afterwards, it keeps them. No register writes anything for it.
 */
export function withFactsOfEveryRecord<State, Event extends RecordEvent>({
  evolve,
  mayFollow,
  refOf,
}: Folding<State, Event>): Pick<Folding<State, Event>, 'evolve' | 'mayFollow'> {
  return {
    evolve(state, one) {
      if (TYPES.has(one.type)) return refOf(state) === null ? state : evolved(state, one);
      const after = evolve(state, one);
      return after === state || refOf(after) === null ? after : carried(state, after);
    },
    mayFollow: (state, one) =>
      TYPES.has(one.type) ? mayFollowOfEveryRecord(state, refOf(state), one) : mayFollow(state, one),
  };
}

function carried<State>(before: State, after: State): State {
  const { linked, names } = before as LinkedAndNamed;
  const kept = after as LinkedAndNamed;
  if (kept.linked === linked && kept.names === names) return after;
  return {
    ...after,
    ...(linked === undefined ? {} : { linked }),
    ...(names === undefined ? {} : { names }),
  };
}
