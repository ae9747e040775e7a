import { kindOfRecord, kindSpelt, type LinkedAndNamed } from '../declarations/index.ts';
import {
  nameCompared,
  type CivilDate,
  type Notice,
  type Noticed,
  type RecordEvent,
  type Register,
  type StreamName,
  type TextRef,
  registerOfStream,
} from '../ledger/index.ts';
import { inForce, stateNow } from './folds.ts';
import type { LoadedRecord, ReadBefore, RecordLoader } from './records.ts';
import type { references } from './references.ts';
import type { SealedWords } from './sealed-words.ts';
import type { Recorded } from './submission.ts';
import type { Surroundings } from './surroundings.ts';

/** Records of one series that titles are compared with: the latest. No meeting has raised as many actions. */
const MOST_COMPARED = 500;

/** Records of one name that are told of, of which more are no names. */
const MOST_OF_ONE_NAME = 20;

/** The words of a name that an event gave its record, or gave anew by correcting it; undefined for any other event. */
function nameGivenBy({ id, type, facts }: RecordEvent, after: unknown): TextRef | undefined {
  const { names = [] } = after as LinkedAndNamed;
  const of = type === 'Named' ? id : type === 'Corrected' && facts['path'] === 'name' ? facts['target'] : undefined;
  return names.find(({ event }) => event === of)?.name;
}

interface Linked {
  readonly state: unknown;
  readonly since: CivilDate | null;
}

const NOT_THERE: Linked = { state: null, since: null };

/**
 * What may be a slip in what a command recorded, by the rules of its register and as far as its caller may see. Asked after it was
 * accepted, so it stops nothing and costs nothing where nobody asks.
 *
 * One of these is for one caller. Titles that it has read it keeps: for a run of commands, and thrown away with it.
 */
export function noticing(context: {
  readonly registers: ReadonlyMap<string, Register>;
  readonly loader: Pick<RecordLoader, 'load'>;
  readonly reserved: Pick<ReturnType<typeof references>, 'streamsOf'>;
  readonly words: SealedWords;
  /** All as the caller may see it. */
  readonly around: Surroundings;
  /** Where records of a name are looked for; without it only among those that were asked about before. */
  readonly readBefore: Pick<ReadBefore, 'streamsCalled'> | undefined;
}) {
  const { registers, loader, reserved, words, around, readBefore } = context;
  /** By the name, as names are compared. */
  const named = new Map<string, Set<StreamName>>();
  const titles = new Map<StreamName, { readonly ref: string; readonly called: string } | null>();

  async function noticesOf({ ref, events: ids }: Recorded): Promise<readonly Notice[]> {
    const kind = kindSpelt(ref);
    const register = kind === null ? undefined : registers.get(kindOfRecord(kind).register);
    if (register === undefined) return [];
    const { notices: rules = [] } = register;
    const stream = await around.streamOf(register, ref);
    if (stream === null) return [];
    const events = await around.eventsOf(register, await loader.load(stream));
    const found: Notice[] = [];
    for (const id of ids) {
      const index = events.findIndex((event) => event.id === id);
      if (index === -1) continue;
      const event = register.upcast(events[index]!);
      const upTo = index === events.length - 1 ? events : events.slice(0, index + 1);
      const after = stateNow(register, upTo);
      const before = () => stateNow(register, events.slice(0, index));
      const wanted = rules.flatMap(({ wants }) => wants?.(event, after) ?? []);
      const noticed: Noticed = {
        ...{ ref, event, after, before },
        links: await linksTo(wanted),
        namesakes: await namesakes(register, stream, ref, event, after),
      };
      for (const { says } of rules) {
        const notice = says(noticed);
        if (notice !== null) found.push(notice);
      }
      found.push(...(await ofAnother(stream, nameGivenBy(event, after))));
    }
    return found;
  }

  /** Other records that have the name which an event gave, as far as the caller may see them. */
  async function ofAnother(stream: StreamName, given: TextRef | undefined): Promise<readonly Notice[]> {
    const name = given === undefined ? null : await comparedName(stream, given);
    if (name === null) return [];
    const alike = named.get(name) ?? new Set();
    named.set(name, alike.add(stream));
    const streams = new Set([...alike, ...(readBefore?.streamsCalled(name) ?? [])]);
    const found: Notice[] = [];
    for (const other of [...streams].filter((one) => one !== stream).slice(0, MOST_OF_ONE_NAME)) {
      const of = registers.get(registerOfStream(other));
      if (of === undefined) continue;
      const state = stateNow(of, await around.eventsOf(of, await loader.load(other)));
      const record = of.refOf(state);
      if (record === null) continue;
      const names = await Promise.all(
        ((state as LinkedAndNamed).names ?? []).map(async (held) => comparedName(other, held.name)),
      );
      if (names.includes(name))
        found.push({ code: 'NAME_OF_ANOTHER', sentence: `${record} has this name too. Is it that one?`, record });
    }
    return found;
  }

  async function comparedName(stream: StreamName, at: TextRef): Promise<string | null> {
    const said = await words(stream, at);
    return said === null ? null : nameCompared(said);
  }

  async function linksTo(wanted: readonly { readonly register: string; readonly ref: string }[]) {
    const found = new Map<string, Linked>();
    for (const { register, ref } of wanted) {
      const name = `${register}/${ref}`;
      if (!found.has(name)) found.set(name, await linked(register, ref));
    }
    return {
      find: (register: string, ref: string) => found.get(`${register}/${ref}`)?.state ?? null,
      since: (register: string, ref: string) => found.get(`${register}/${ref}`)?.since ?? null,
    };
  }

  /** The state of another record by all that is known, and the day on which it was opened: of a span the first, if the source gives it. */
  async function linked(name: string, ref: string): Promise<Linked> {
    const register = registers.get(name);
    const stream = register === undefined ? null : await around.streamOf(register, ref);
    if (register === undefined || stream === null) return NOT_THERE;
    const events = await around.eventsOf(register, await loader.load(stream));
    const opening = inForce(register, events).find(({ type }) => register.opening.includes(type));
    if (opening === undefined) return NOT_THERE;
    const since = opening.dated === undefined ? opening.effectiveOn : (opening.dated.from ?? null);
    return { state: stateNow(register, events), since };
  }

  async function namesakes(
    register: Register,
    stream: StreamName,
    ref: string,
    event: RecordEvent,
    after: unknown,
  ): Promise<readonly string[]> {
    const series = register.seriesOf(ref);
    const titled = register.titledAt?.(after) ?? null;
    if (series === null || titled?.title.event !== event.id) return [];
    titles.delete(stream);
    const called = (await titleOf(register, stream))?.called;
    if (called === undefined) return [];
    const found: string[] = [];
    for (const other of (await reserved.streamsOf(series)).slice(-MOST_COMPARED)) {
      if (other === stream || !other.startsWith(`${register.name}-`)) continue;
      const title = await titleOf(register, other);
      if (title?.called === called) found.push(title.ref);
    }
    return found.sort();
  }

  /** What the record is called, and where, as far as the caller may see it. */
  async function titleOf(register: Register, stream: StreamName) {
    const known = titles.get(stream);
    if (known !== undefined) return known;
    const title = await readTitle(register, await loader.load(stream));
    titles.set(stream, title);
    return title;
  }

  async function readTitle(register: Register, record: LoadedRecord) {
    const state = stateNow(register, await around.eventsOf(register, record));
    const titled = register.titledAt?.(state) ?? null;
    const ref = register.refOf(state);
    const title = titled === null ? null : await words(record.stream, titled.title);
    if (titled === null || ref === null || title === null) return null;
    return {
      ref,
      called: `${titled.place} ${title
        .normalize('NFKC')
        .toLowerCase()
        .replace(/\s+/g, ' ')
        .replace(/[. ]+$/, '')}`,
    };
  }

  return noticesOf;
}
