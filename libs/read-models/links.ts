import DataLoader from 'dataloader';
import { sql } from 'kysely';
import { isCapacity } from '../access/index.ts';
import { kindSpelt, type LinkedAndNamed } from '../declarations/index.ts';
import { isUuid, type JsonObject, type JsonValue, type TextRef } from '../ledger/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { holdsWords } from '../records/index.ts';
import type { Naming } from '../timeline/index.ts';
import { askedAgain } from './asked-again.ts';
import { mistakesAt, type Mistakes } from './mistakes.ts';
import { maySee, numberLookedAt, opened, registerOf } from './view.ts';

/**
 * The one table of links: members, of facts, actors and states of any register, that hold the reference of another record, or the id of
 * one of its events. A member by another name is no link and is shown as it is; `links.spec.ts` looks for some in all frozen events.
 */
const LINKS: ReadonlySet<string> = new Set([
  'agendaItem',
  'agreedAt',
  'agreedBy',
  'author',
  'body',
  'by',
  'byPerson',
  'causedBy',
  'chair',
  'cites',
  'confirmedAt',
  'continuedAs',
  'condition',
  'continues',
  'control',
  'convertedFrom',
  'delegate',
  'document',
  'dueSetBy',
  'enteredBy',
  'enteredByPerson',
  'fromMeeting',
  'into',
  'keepsPromise',
  'lastEvent',
  'meeting',
  'notice',
  'minute',
  'originator',
  'otherBody',
  'ofRecord',
  'owner',
  'owners',
  'ownerHeldBy',
  'paper',
  'partOf',
  'person',
  'post',
  'publication',
  'publishingBody',
  'putOffTo',
  'question',
  'reads',
  'rule',
  'signedBy',
  'sponsor',
  'supersededBy',
  'supersededIn',
]);
/**
 * Those among them that name whatever the ledger recorded last: shown to whoever may see everything and to nobody else, for to anybody else that it is
 * not shown would tell that there is something which they may not see.
 */
const OF_THE_WHOLE_LEDGER: ReadonlySet<string> = new Set(['lastEvent']);
/** Members by a name that has other meanings too: they hold a reference where what stands there is spelt as one is. */
const LINKS_WHERE_SPELT: ReadonlySet<string> = new Set(['to', 'linkedTo', 'decision']);
/** Members whose own members are named by references: the posts that ever had an action. */
const KEYED_BY_LINKS: ReadonlySet<string> = new Set(['given']);
/** What a correction or another source says of the field under its `path`. */
const OF_THE_PATH: readonly string[] = ['is', 'says', 'was'];

/**
 * Does a link to that reference lead anywhere: does the reader see a record under it, by the rights of today and whatever the basis, that was
 * not recorded by mistake, by what is known at the basis? True also of the posts that every ledger knows, which need no record, and of
 * what is no reference at all. All that are asked for at once are one question, and one for all mistakes.
 */
export async function seesLink(view: LedgerView, ref: string): Promise<boolean> {
  return !(await mistakesAt(view)).has(ref) && (await mayFollowLink(view, ref));
}

/** The same by rights alone: what was recorded names what it named, though that was a mistake. */
async function mayFollowLink(view: LedgerView, ref: string): Promise<boolean> {
  if (opened(view).reader.audience === 'full') return true;
  return (await linksSeen(view, [ref]))[0]!;
}

/**
 * Which of these lead anywhere. All that are looked up at once are one question, and they are one also where nothing is looked up, or what
 * is was looked up before: how often the tables are asked would tell of links that nothing else tells of.
 */
async function linksSeen(view: LedgerView, refs: readonly string[]): Promise<readonly boolean[]> {
  const make = () =>
    new DataLoader<readonly string[], readonly boolean[]>(
      async (together) => {
        const shown = await seen(view, [...new Set(together.flat())]);
        return together.map((some) => some.map((ref) => shown.get(ref) === true));
      },
      { cache: false },
    );
  return opened(view).loader(linksSeen, make).load(refs);
}

async function seen(view: LedgerView, refs: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
  const wanted = refs.flatMap((ref) => {
    const register = registerOf(view, ref);
    return register === null || isCapacity(ref) ? [] : [{ register: register.name, ref }];
  });
  const events = refs.filter(isUuid);
  const asked = new Set([...wanted.map(({ ref }) => ref), ...events]);
  const names = wanted.flatMap(({ register, ref }) => [register, ref]);
  const shown = new Set<string>();
  // At most so many values to a question. The first is asked in any case.
  for (let at = 0; at === 0 || at < Math.max(wanted.length, events.length); at += MOST_AT_ONCE) {
    const records = names.slice(2 * at, 2 * (at + MOST_AT_ONCE));
    const ids = events.slice(at, at + MOST_AT_ONCE);
    const values = [...(records.length === 0 ? NO_RECORD : records), ...(ids.length === 0 ? NO_EVENT : ids)];
    const half = values.length - Math.max(ids.length, 1);
    const found = await askedAgain<{ readonly ref: string }>(view, `links to ${half / 2} records`, values, (of, each) =>
      openingsSeen(of, each.slice(0, half)).unionAll(eventsSeen(of, each.slice(half))),
    );
    for (const { ref } of found) shown.add(ref);
  }
  return new Map(refs.map((ref) => [ref, !asked.has(ref) || shown.has(ref)]));
}

const MOST_AT_ONCE = 5_000;
/** What stands in a question for records, and for events, where there are none to ask about. */
const NO_RECORD = ['', ''];
const NO_EVENT = [''];

/** Which of these records the reader may see the opening of. `names`: the register of each, and its reference. */
function openingsSeen(view: LedgerView, names: readonly string[]) {
  const wanted = names.flatMap((register, index) => (index % 2 === 0 ? [sql`(${register}, ${names[index + 1]})`] : []));
  return recordsSeen(view)
    .select('records.ref as ref')
    .where(sql<boolean>`(records.register, records.ref) in (values ${sql.join(wanted)})`);
}

/** The records of which the reader may see the opening. They are found by what narrows them, so it must name records. */
export function recordsSeen(view: LedgerView) {
  return opened(view)
    .answering.tables()
    .query.selectFrom('records')
    .innerJoin('record_events', (join) =>
      join
        .onRef('record_events.record', '=', 'records.record')
        // A record bears the number of the event that opened it.
        .onRef('record_events.sequence', '=', 'records.record'),
    )
    .where(maySee(opened(view), numberLookedAt('record_events.audiences'), sql.ref('records.record')));
}

/** Which of these events the reader may see, by their ids. */
function eventsSeen(view: LedgerView, ids: readonly string[]) {
  const { answering } = opened(view);
  return answering
    .tables()
    .query.selectFrom('log_events')
    .innerJoin('record_events', 'record_events.sequence', 'log_events.sequence')
    .select('log_events.event as ref')
    .where('log_events.event', 'in', ids)
    .where(maySee(opened(view), sql.ref('record_events.audiences'), sql.ref('record_events.record')));
}

/**
 * The same values without their links to records that the reader may not see, as though they linked to nothing: the member is not
 * there. One question for all links of all values. For events, which name what they named: see {@link withLinksThatHold} for states.
 */
export function withSeenLinks<Value>(view: LedgerView, values: readonly Value[]): Promise<readonly Value[]> {
  return opened(view).reader.audience === 'full' ? Promise.resolve(values) : withLinksThat(view, values, new Map());
}

/** As {@link withSeenLinks}, without those to records that were recorded by mistake either. */
export async function withLinksThatHold<Value>(view: LedgerView, values: readonly Value[]): Promise<readonly Value[]> {
  const mistakes = await mistakesAt(view);
  return mistakes.size === 0 ? withSeenLinks(view, values) : withLinksThat(view, values, mistakes);
}

async function withLinksThat<Value>(
  view: LedgerView,
  values: readonly Value[],
  mistakes: Mistakes,
): Promise<readonly Value[]> {
  const seesAll = opened(view).reader.audience === 'full';
  const isFor = (name: string) => seesAll || !OF_THE_WHOLE_LEDGER.has(name);
  const found = new Set<string>();
  let isWhole = true;
  const find = (ref: string, name: string) => (isFor(name) ? found.add(ref) !== undefined : (isWhole = false));
  for (const value of values) withLinks(value as JsonValue, null, find);
  const refs = [...found];
  const areSeen = seesAll ? refs.map(() => true) : await linksSeen(view, refs);
  const shown = new Set(refs.filter((ref, index) => areSeen[index]! && !mistakes.has(ref)));
  if (isWhole && shown.size === refs.length) return values;
  const keeps = (ref: string, name: string) => isFor(name) && shown.has(ref);
  return values.map((value) => withLinks(value as JsonValue, null, keeps) as Value);
}

/**
 * A value, or the words that it points to, as the field under that path; null where it names a record that the reader may not see, or
 * that there is not. What another source says of a field that holds no free words may be words about a link: each reference
 * among them counts. Free words are as hidden as the event that says them, whatever they name.
 */
export async function openedAt(view: LedgerView, path: string, value: JsonValue | TextRef): Promise<JsonValue> {
  const is = isTextRef(value) ? await view.text(value) : value;
  if (typeof is !== 'string') return is;
  const named = isLink(lastOf(path)) ? [is] : [];
  if (isTextRef(value) && value.part === 'text/says' && !isOfWords(view, path))
    named.push(...(is.match(REFERENCE) ?? []));
  const seen = await Promise.all(named.map((ref) => seesLink(view, ref)));
  return seen.every((one) => one) ? is : null;
}

/** What among words is taken for a reference: it has a number or a day in it, or is a person's. What looks like plain words is that. */
const REFERENCE = /\bperson-[a-z0-9]+|\b[A-Za-z](?=[A-Za-z0-9-]*\d)[A-Za-z0-9]*(?:-[A-Za-z0-9]+)+/g;

/** Does that field hold free words, in any register? */
function isOfWords(view: LedgerView, path: string): boolean {
  return opened(view).answering.registers.some((register) => holdsWords(register, path));
}

/** True for a reference to words: `view.text` gives them. */
export function isTextRef(value: unknown): value is TextRef {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { event, part, ...rest } = value as Partial<TextRef>;
  return (
    typeof event === 'string' &&
    typeof part === 'string' &&
    /^(text|person)\//.test(part) &&
    Object.keys(rest).length === 0
  );
}

/** True if a member of that name holds the reference of another record. */
export function isLink(name: string): boolean {
  return LINKS.has(name) || LINKS_WHERE_SPELT.has(name);
}

/** Is what stands under that name the reference of another record? */
function isLinkTo(name: string, value: string): boolean {
  return LINKS.has(name) || (LINKS_WHERE_SPELT.has(name) && kindSpelt(value) !== null);
}

type Tell = (ref: string, path: string) => void;
type InList = (one: JsonValue, tell: Tell, name: string | null, path: string) => void;

/**
 * Tells of each reference that a value links to, and of the members that lead to it.
 * @param inList what tells of those of one of a list. Default: this.
 */
export function eachLink(
  value: JsonValue,
  tell: Tell,
  name: string | null = null,
  path = '',
  inList: InList = eachLink,
): void {
  if (typeof value === 'string') {
    if (name !== null && isLinkTo(name, value)) tell(value, path);
  } else if (Array.isArray(value)) for (const one of value as readonly JsonValue[]) inList(one, tell, name, path);
  else if (typeof value === 'object' && value !== null) {
    const { path: about } = value as JsonObject;
    for (const [key, member] of Object.entries(value as JsonObject)) {
      if (member === undefined) continue;
      const named = typeof about === 'string' && OF_THE_PATH.includes(key) ? lastOf(about) : key;
      eachLink(member, tell, named, path === '' ? key : `${path}.${key}`, inList);
    }
  }
}

/** What was found in what a list holds, under the path where it was. */
const FOUND = new WeakMap<object, { readonly path: string; readonly links: readonly (readonly [string, string])[] }>();

/**
 * The same of one of a list, which the state after the next event nearly always holds too, as the same value: so what a record holds many of is not
 * gone through whole for every event.
 */
function eachLinkAgain(one: JsonValue, tell: Tell, name: string | null, path: string): void {
  if (typeof one !== 'object' || one === null) return eachLink(one, tell, name, path);
  let found = FOUND.get(one);
  if (found?.path !== path) {
    const links: (readonly [string, string])[] = [];
    eachLink(one, (ref, at) => links.push([ref, at]), name, path);
    FOUND.set(one, (found = { path, links }));
  }
  for (const [ref, at] of found.links) tell(ref, at);
}

/** Who did a step and who typed it is no link that a record has to another. */
const WHO = /(^|\.)(by|byPerson|enteredBy|enteredByPerson|ownerHeldBy|given)(\.|$)/;

/** The field under which a record names another that it links to as that. */
export function fieldOfLink(as: string): string {
  return `${LINKED}.${as}`;
}
const LINKED = 'linked';
/** Lists of links that a state does not have where they would be empty. */
const NEVER_EMPTY: ReadonlySet<string> = new Set([LINKED, 'reads']);

/**
 * The other records that a state names, each with the fields that do; those that it links to once for each thing that it is to them, and apart
 * from what else it names them as, so that links are found by what they are. And the words that it is itself known by, by their place: so a
 * record is found by its names at any basis. Pure.
 */
export function namesIn(state: unknown): ReadonlyMap<string, Naming> {
  const names = new Map<string, { readonly ref: string; readonly fields: string[] }>();
  const { [LINKED]: linked = [], names: called = [], ...own } = state as LinkedAndNamed;
  const tell: Tell = (ref, field) => {
    if (WHO.test(field)) return;
    const naming = names.get(ref);
    if (naming === undefined) names.set(ref, { ref, fields: [field] });
    else if (!naming.fields.includes(field)) naming.fields.push(field);
  };
  eachLink(own, tell, null, '', eachLinkAgain);
  for (const { to, as } of linked) names.set(`${to} ${as}`, { ref: to, fields: [fieldOfLink(as)] });
  for (const { name } of called) {
    const ref = placeOfWords(name);
    names.set(ref, { ref, fields: ['names'] });
  }
  return names;
}

/** Where words stand, as text. No reference of a record reads so. */
function placeOfWords({ event, part }: TextRef): string {
  return `${event}/${part}`;
}

type Keeps = (ref: string, name: string) => boolean;

/** A value without those of its links that lead to nothing. Pure. */
export function withoutLinksTo<Value>(value: Value, isNothing: (ref: string) => boolean): Value {
  return withLinks(value as JsonValue, null, (ref) => !isNothing(ref)) as Value;
}

/** A value with those of its links that are kept. */
function withLinks(value: JsonValue, name: string | null, keeps: Keeps): JsonValue | undefined {
  if (typeof value === 'string')
    return name === null || !isLinkTo(name, value) || keeps(value, name) ? value : undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((one) =>
      isNothingWithout(one, keeps) ? [] : (withLinks(one, name, keeps) ?? []),
    );
  const { path } = value as JsonObject;
  const members = Object.entries(value as JsonObject).flatMap(([key, member]) => {
    if (member === undefined || (name !== null && KEYED_BY_LINKS.has(name) && !keeps(key, name))) return [];
    const named = typeof path === 'string' && OF_THE_PATH.includes(key) ? lastOf(path) : key;
    const kept = withLinks(member, named, keeps);
    // A state without links has no list of them.
    const isNone = kept === undefined || (NEVER_EMPTY.has(key) && Array.isArray(kept) && kept.length === 0);
    return isNone ? [] : [[key, kept] as const];
  });
  return Object.fromEntries(members);
}

/** Of a list: is it about a link alone, and that is not kept? Nothing is left of it then, not even that there was one. */
function isNothingWithout(one: JsonValue, keeps: Keeps): boolean {
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return false;
  const { to, linkedTo } = one as JsonObject;
  return Object.entries({ to, linkedTo }).some(
    ([name, ref]) => typeof ref === 'string' && kindSpelt(ref) !== null && !keeps(ref, name),
  );
}

/** The member that a path leads to: what a source is, the event has under a name of its own. */
function lastOf(path: string): string {
  if (path === 'source.record') return 'cites';
  return path.slice(path.lastIndexOf('.') + 1);
}
