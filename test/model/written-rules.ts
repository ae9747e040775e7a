import {
  addDays,
  firstInstantOf,
  instantAt,
  lastInstantOf,
  londonDayOf,
  type CivilDate,
  type Instant,
  type JsonObject,
  type RecordEvent,
} from '../../libs/ledger/index.ts';

/*
 * A second opinion: what the ledger must answer by the rules as they are written (docs/time.md, docs/access.md, the READMEs of the
 * registers), worked out anew for each question from the log alone, in the plainest way. It shares no code with libs/timeline,
 * libs/access, libs/read-models, the registers or the projections, so a mistake in one of them is not made here too.
 */

/** An event of the log, and its place. */
export interface Placed {
  readonly event: RecordEvent;
  readonly position: string;
}

/** Who asks. */
export interface ModelReader {
  readonly clearance: 'public' | 'official' | 'full';
  /** A post that sees everything of what it owns today. */
  readonly owns?: string;
}

export interface ModelBasis {
  readonly effective: CivilDate;
  readonly recorded: Instant;
  readonly clock: 'PROVEN' | 'STATED';
  /** Nothing after this place counts. Absent: all does. */
  readonly position?: string;
}

/** One rule left out or taken wrongly: each is seen to be noticed. */
export const FAULTS = [
  'counts what is known later',
  'orders by recording alone',
  'takes the stated day at its word',
  'leaves a voided opening standing',
  'does not restore',
  'lays the first correction on last',
  'filters corrections by their own day',
  'begins a span with the known day before',
  'lets the marking of a record open its events',
  'publishes later events too',
  'hides the void of a record from the public',
  'takes the day of a meeting as it is now for the first due date',
  'lets a disputed fact be disputed before its day',
  'forgets what the owner may see',
  'calls overdue what is due that day',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface ModelAction {
  readonly ref: string;
  readonly status: string;
  readonly owner: string | null;
  readonly original: CivilDate | null;
  readonly current: CivilDate | null;
  readonly extensions: number;
  readonly moved: boolean;
  readonly overdue: boolean;
  readonly mayAlreadyHold: readonly string[];
  readonly disputed: readonly string[];
  readonly history: readonly string[];
}
export interface ModelMeeting {
  readonly ref: string;
  readonly status: string;
  readonly day: CivilDate | null;
  readonly last: CivilDate | null;
  readonly postponements: number;
  readonly items: number;
  readonly history: readonly string[];
}
export interface ModelAnswer {
  readonly actions: readonly ModelAction[];
  readonly byStatus: { readonly [status: string]: number };
  readonly overdue: readonly string[];
  readonly meetings: readonly ModelMeeting[];
  readonly bodies: readonly string[];
  readonly posts: readonly (readonly [ref: string, holders: readonly string[]])[];
  readonly contradictions: number;
  /** Every reference that was ever given out. */
  readonly standing: { readonly [ref: string]: 'STANDS' | 'RECORDED_BY_MISTAKE' | null };
}

interface Known extends RecordEvent {
  readonly sequence: number;
  readonly recordedAt: Instant;
  readonly position: string;
}
interface Fact {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly day: CivilDate;
  readonly span: { readonly from?: CivilDate; readonly to: CivilDate } | null;
  readonly before: string | null;
  readonly facts: JsonObject;
}
/** One record as far as somebody knows it. */
interface Told {
  readonly events: readonly Known[];
  readonly opening: Known;
  readonly isMistake: boolean;
  /** In force, corrected, in the order in which they are read. Of a mistake: as they stood. */
  readonly facts: readonly Fact[];
}
interface Due {
  readonly on?: CivilDate;
  readonly dated?: { readonly to: CivilDate };
  readonly meeting?: string;
}

/** What the whole ledger must answer at a basis. */
export function answerOf(log: readonly Placed[], reader: ModelReader, at: ModelBasis, fault?: Fault): ModelAnswer {
  return new Model(log, reader, at, fault).answer();
}

/** The lists of a meeting: of facts by their ids, in the order of the ledger. */
export interface ModelLists {
  readonly told: readonly string[];
  readonly notTold: readonly string[];
  readonly sinceThePapers: readonly string[];
  readonly withinADay: readonly string[];
  readonly after: readonly string[];
  /** Each with what amended it. */
  readonly restatedSince: readonly (readonly string[])[];
}

/** What a meeting was told, and was not; null while it is no point in time at the basis. */
export function listsOf(
  log: readonly Placed[],
  reader: ModelReader,
  at: ModelBasis,
  meeting: string,
): ModelLists | null {
  return new Model(log, reader, at, undefined).lists(meeting);
}

/** The events of each record that a reader may see by the rights of today, in the order of the ledger. */
export function seenBy(log: readonly Placed[], reader: ModelReader) {
  const at = { effective: '9999-12-31', recorded: '~', clock: 'PROVEN' } as const;
  return new Model(log, reader, at, undefined).seen();
}

/** A fact that was entered, of any register: how late, by whom and when. */
export interface ModelEntry {
  readonly id: string;
  readonly register: string;
  /** Null for a post that leads this reader nowhere. */
  readonly post: string | null;
  readonly recordedOn: CivilDate;
  readonly delay: number;
  readonly late: boolean;
}

/** The entries that stand at a basis, the last in the log first: see docs/time.md. */
export function entriesOf(log: readonly Placed[], reader: ModelReader, at: ModelBasis): readonly ModelEntry[] {
  return new Model(log, reader, at, undefined, OWN_DAYS).entries();
}

/** After how many days an entry into a register is late, where no allowance of the body of its record says otherwise. */
const OWN_DAYS: Readonly<Record<string, number>> = { actions: 7, meetings: 28, directory: 28, rules: 28 };

class Model {
  readonly #reader: ModelReader;
  readonly #at: ModelBasis;
  readonly #fault: Fault | undefined;
  readonly #records: readonly (readonly Known[])[];
  readonly #limit: number;
  /** References that lead this reader nowhere: of what they may not see, and of what was recorded by mistake. */
  readonly #nowhere = new Set<string>();

  constructor(
    log: readonly Placed[],
    reader: ModelReader,
    at: ModelBasis,
    fault: Fault | undefined,
    registers: object = { actions: 0, meetings: 0, directory: 0 },
  ) {
    this.#reader = reader;
    this.#at = at;
    this.#fault = fault;
    let recordedAt = '';
    const known = log.map(({ event, position }, index): Known => {
      // The order of the log is time: what was stamped by a slow clock counts as recorded with what stands before it.
      if (event.stamped > recordedAt) recordedAt = event.stamped;
      return { ...event, position, sequence: index + 1, recordedAt };
    });
    const streams = new Map<string, Known[]>();
    for (const event of known)
      if (event.register in registers) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
    this.#records = [...streams.values()];
    this.#limit =
      at.position === undefined
        ? known.length
        : Math.max(...known.filter((one) => one.position === at.position).map((one) => one.sequence));
  }

  answer(): ModelAnswer {
    const told = this.#records.map((events) => this.#told(events));
    const standing: Record<string, 'STANDS' | 'RECORDED_BY_MISTAKE' | null> = {};
    const standingRecords: { readonly record: Told; readonly ref: string; readonly inEffect: readonly Fact[] }[] = [];
    this.#records.forEach((events, index) => {
      const ref = events[0]?.facts['ref'] as string;
      const record = told[index] ?? null;
      const inEffect = record === null ? [] : record.facts.filter(({ day }) => day <= this.#at.effective);
      const isThere = record !== null && inEffect.some(({ id }) => id === record.opening.id);
      standing[ref] = !isThere ? null : record.isMistake ? 'RECORDED_BY_MISTAKE' : 'STANDS';
      if (isThere && !record.isMistake) standingRecords.push({ record, ref, inEffect });
    });
    this.#records.forEach((events, index) => {
      if (told[index]?.isMistake === true || this.#visible(events).length === 0)
        this.#nowhere.add(events[0]?.facts['ref'] as string);
    });
    const of = (register: string) => standingRecords.filter(({ record }) => record.opening.register === register);
    const meetings = new Map(of('meetings').map(({ ref, record }) => [ref, record]));
    const actions = of('actions').map(({ record, ref, inEffect }) => this.#action(record, ref, inEffect, meetings));
    const byStatus: Record<string, number> = {};
    for (const { status } of actions) byStatus[status] = (byStatus[status] ?? 0) + 1;
    const ofType = (type: string) => of('directory').filter(({ record }) => record.opening.type === type);
    return {
      actions: sorted(actions),
      byStatus,
      overdue: sorted(actions.filter(({ overdue }) => overdue)).map(({ ref }) => ref),
      meetings: sorted(of('meetings').map(({ record, ref, inEffect }) => this.#meeting(record, ref, inEffect))),
      bodies: ofType('BodyAdded')
        .map(({ ref }) => ref)
        .sort(),
      posts: ofType('PostAdded')
        .map(({ record, ref, inEffect }) => [ref, this.#holders(sinceOpened(record, inEffect))] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
      contradictions: standingRecords.reduce(
        (sum, { record, inEffect }) => sum + this.#disputed(record, inEffect).length,
        0,
      ),
      standing,
    };
  }

  seen(): readonly (readonly (RecordEvent & { readonly sequence: number; readonly recordedAt: Instant })[])[] {
    return this.#records.map((events) => this.#visible(events)).filter((events) => events.length > 0);
  }

  // ---- what a meeting was told: docs/time.md

  lists(ref: string): ModelLists | null {
    const { effective } = this.#at;
    const isOf = (opening: Known) => opening.register === 'meetings' && opening.facts['ref'] === ref;
    const told = this.#records.map((events) => this.#told(events)).filter((record) => record !== null);
    const meeting = told.find(({ opening }) => isOf(opening));
    if (meeting === undefined || meeting.isMistake) return null;
    const { status, date: day } = meetingOn(meeting, effective);
    if (status === 'CANCELLED' || day === null || day > effective) return null;
    const [cutOffDay, cutOff] = cutOffOf(meeting, effective, day);
    const lists: Record<'told' | 'notTold' | 'sinceThePapers', Known[]> = { told: [], notTold: [], sinceThePapers: [] };
    const near: Record<'withinADay' | 'after', Known[]> = { withinADay: [], after: [] };
    const restated: (readonly [Known, readonly string[]])[] = [];
    for (const { events, opening } of told) {
      if (opening === meeting.opening || opening.facts['meeting'] === ref) continue;
      const at = (event: Known) => this.#knownAt(event, events);
      const inOrder = [...events].sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : a.sequence - b.sequence));
      const held = (upTo: number): ReadonlyMap<string, CivilDate> => heldAmong(inOrder.slice(0, upTo));
      const now = held(inOrder.length);
      const states = inOrder.map((_, index) => held(index + 1));
      for (const event of events) {
        if (OF_EVERY_RECORD.includes(event.type)) continue;
        const { authority } = event.actor;
        if ((authority as { meeting?: string } | undefined)?.meeting === ref) continue;
        const stands = now.get(event.id);
        if (at(event) <= cutOff) {
          if (!states.some((days) => (days.get(event.id) ?? '9999') <= day)) continue;
          lists.told.push(event);
          if (Date.parse(cutOff) - Date.parse(at(event)) < 24 * 3_600_000) near.withinADay.push(event);
          const since = inOrder.filter((one) => at(one) > cutOff && amends(one, event.id, events)).map(({ id }) => id);
          if (since.length > 0) restated.push([event, since]);
        } else if (stands !== undefined && stands <= day) {
          (stands <= cutOffDay ? lists.notTold : lists.sinceThePapers).push(event);
          near.after.push(event);
        }
      }
    }
    const ids = (some: readonly Known[]) => [...some].sort((a, b) => a.sequence - b.sequence).map(({ id }) => id);
    return {
      told: ids(lists.told),
      notTold: ids(lists.notTold),
      sinceThePapers: ids(lists.sinceThePapers),
      withinADay: ids(near.withinADay),
      after: ids(near.after),
      restatedSince: restated.sort(([a], [b]) => a.sequence - b.sequence).map(([{ id }, since]) => [id, ...since]),
    };
  }

  // ---- what was entered late: docs/time.md

  entries(): readonly ModelEntry[] {
    const told = this.#records.map((events) => this.#told(events)).filter((record) => record !== null);
    const nowhere = new Set<unknown>();
    const unseen = new Set<unknown>();
    for (const events of this.#records) {
      const ref = events[0]?.facts['ref'];
      const isSeen = this.#visible(events).length > 0;
      if (!isSeen) unseen.add(ref);
      if (!isSeen || told.some(({ opening, isMistake }) => isMistake && opening.facts['ref'] === ref)) nowhere.add(ref);
    }
    const entries = told.flatMap(({ events, opening, isMistake }) => {
      if (isMistake) return [];
      const standing = correctedFacts(events, undefined).filter(({ id }) => !voidAmong(events, undefined).has(id));
      const body = standing.find(({ id }) => id === opening.id)?.facts['body'];
      return standing.flatMap(({ id, day }) => {
        if (day > this.#at.effective) return [];
        const event = events.find((one) => one.id === id)!;
        const recordedOn = londonDayOf(this.#knownAt(event, events));
        const delay = Math.round((Date.parse(recordedOn) - Date.parse(day)) / 86_400_000);
        const { post } = event.actor.enteredBy;
        const allowed = unseen.has(body)
          ? null
          : allowedOn(told, `${body as string}-late-${event.register}`, recordedOn);
        return [
          {
            ...{ id, register: event.register, recordedOn, delay, sequence: event.sequence },
            post: nowhere.has(post) ? null : post,
            late: delay > (allowed ?? OWN_DAYS[event.register]!),
          },
        ];
      });
    });
    return entries.sort((a, b) => b.sequence - a.sequence).map(({ sequence: _, ...entry }) => entry);
  }

  // ---- who may see what: by the rights of today, whatever the basis

  #visible(events: readonly Known[]): readonly Known[] {
    const { owns, clearance } = this.#reader;
    const owner =
      owns === undefined || this.#fault === 'forgets what the owner may see' ? null : this.#ownerToday(events);
    const audience = owner !== null && owner === owns ? 'full' : clearance;
    if (audience === 'full') return events;
    const [opening] = events;
    if (opening === undefined) return [];
    const isVoid = new Set<string>();
    for (const { type, facts } of events) {
      if (type === 'Voided') isVoid.add(facts['target'] as string);
      if (type === 'Restored') isVoid.delete(facts['target'] as string);
    }
    const isHiding = (marking: unknown): boolean => {
      const { sensitive, session } = marking as { sensitive: boolean; session: string };
      return sensitive || session === 'CLOSED';
    };
    let record: unknown = opening.marking;
    let publishedUpTo = 0;
    const byName = new Map<string, unknown>();
    for (const { id, type, facts, version } of events) {
      if (isVoid.has(id)) continue;
      if (type === 'Published') publishedUpTo = version;
      if (type === 'Marked' && facts['target'] === undefined) record = facts['to'];
      if (
        type === 'Marked' &&
        facts['target'] === undefined &&
        this.#fault === 'lets the marking of a record open its events'
      )
        for (const one of events) if (one.version < version) byName.set(one.id, facts['to']);
      if (type === 'Marked' && facts['target'] !== undefined) byName.set(facts['target'] as string, facts['to']);
    }
    if (this.#fault === 'publishes later events too' && publishedUpTo > 0) publishedUpTo = Infinity;
    const seen = new Set<string>();
    return events.filter((event) => {
      // Whoever may see the record sees that it was recorded by mistake.
      const ofTheRecord =
        isVoidOrEnd(event) &&
        event.facts['target'] === opening.id &&
        this.#fault !== 'hides the void of a record from the public';
      const asked = ofTheRecord ? opening : event;
      const own = byName.get(asked.id) ?? (asked === opening ? null : asked.marking);
      const target = event.facts['target'];
      if (isHiding(record) || (own !== null && isHiding(own))) return false;
      if (audience === 'public' && asked.version > publishedUpTo) return false;
      if (!seen.has(opening.id) && event !== opening) return false;
      if (target !== undefined && !seen.has(target as string)) return false;
      seen.add(event.id);
      return true;
    });
  }

  #ownerToday(events: readonly Known[]): string | null {
    let owner: string | null = null;
    for (const fact of readFacts(events, undefined)) {
      if (fact.type === 'ActionRaised' || fact.type === 'ActionReassigned')
        owner = (fact.facts['owner'] as string | undefined) ?? null;
    }
    return owner;
  }

  // ---- what was known

  #told(events: readonly Known[]): Told | null {
    const visible = this.#visible(events);
    const known = visible.filter(
      (event) => event.sequence <= this.#limit && this.#knownAt(event, visible) <= this.#at.recorded,
    );
    const opening = known.find(({ version }) => version === 1);
    if (opening === undefined) return null;
    const voids = known.filter((event) => isVoidOrEnd(event) && event.facts['target'] === opening.id);
    const isMistake = voids.at(-1)?.type === 'Voided' && this.#fault !== 'leaves a voided opening standing';
    return { events: known, opening, isMistake, facts: readFacts(known, this.#fault, this.#at.effective) };
  }

  /** On the clock of stated dates an import counts from the day that its source states, yet never before what it is about. */
  #knownAt(event: Known, all: readonly Known[]): Instant {
    if (this.#at.clock === 'PROVEN' || event.stated === undefined)
      return this.#fault === 'counts what is known later' ? '' : event.recordedAt;
    const own = firstInstantOf(event.stated);
    if (this.#fault === 'takes the stated day at its word') return own;
    const about = all.filter(
      ({ id, version }) => version < event.version && (version === 1 || id === event.facts['target']),
    );
    return [own, ...about.map((one) => this.#knownAt(one, all))].sort().at(-1) as Instant;
  }

  // ---- what it was

  #action(record: Told, ref: string, inEffect: readonly Fact[], meetings: ReadonlyMap<string, Told>): ModelAction {
    const { effective } = this.#at;
    let status = '';
    let owner: string | null = null;
    let extensions = 0;
    let first: (Due & { readonly setOn: CivilDate }) | null = null;
    let now: (Due & { readonly setOn: CivilDate }) | null = null;
    for (const { type, facts, day } of inEffect) {
      if (type === 'ActionRaised' && status === '') {
        status = 'PROPOSED';
        owner = (facts['owner'] as string | undefined) ?? null;
        first = now = namesADay(facts['due']) ? { ...(facts['due'] as Due), setOn: day } : null;
      }
      if (status === '') continue;
      const to: string | undefined = STATUS_AFTER[type]?.(status);
      if (to !== undefined) status = to;
      if (type === 'ActionReassigned') owner = facts['owner'] as string;
      if (type === 'DueDateExtended' && namesADay(facts['due'])) {
        const next = { ...(facts['due'] as Due), setOn: day };
        if (now === null) first = next;
        else {
          const [was, is] = [ownDay(now), ownDay(next)];
          // A move to an earlier day is brought forward, and one to the same day is none; an extension is anything else.
          if (was === null || is === null || is > was) extensions += 1;
        }
        now = next;
      }
    }
    const current = this.#dueNow(now, meetings);
    const whenSet = this.#dueWhenSet(now, meetings);
    const isLate =
      current !== null &&
      (this.#fault === 'calls overdue what is due that day' ? current <= effective : current < effective);
    return {
      ref,
      status,
      owner: owner !== null && this.#nowhere.has(owner) ? null : owner,
      original:
        this.#fault === 'takes the day of a meeting as it is now for the first due date'
          ? this.#dueNow(first, meetings)
          : this.#dueWhenSet(first, meetings),
      current,
      extensions,
      moved: current !== null && whenSet !== null && current !== whenSet,
      overdue: isLate && ['AGREED', 'IN_PROGRESS', 'DEFERRED'].includes(status),
      mayAlreadyHold: this.#mayAlreadyHold(record),
      disputed: this.#disputed(record, inEffect),
      history: this.#history(record),
    };
  }

  #dueNow(due: Due | null, meetings: ReadonlyMap<string, Told>): CivilDate | null {
    if (due === null) return null;
    if (due.meeting === undefined) return ownDay(due);
    const meeting = meetings.get(due.meeting);
    if (meeting === undefined) return null;
    const { status, day } = meetingOn(meeting, this.#at.effective);
    return status === 'CANCELLED' ? null : day;
  }

  /** The day that the meeting had when that was said, else the first that it got, as far as the day asked about. */
  #dueWhenSet(
    due: (Due & { readonly setOn: CivilDate }) | null,
    meetings: ReadonlyMap<string, Told>,
  ): CivilDate | null {
    if (due === null) return null;
    if (due.meeting === undefined) return ownDay(due);
    const meeting = meetings.get(due.meeting);
    if (meeting === undefined) return null;
    const days = [
      due.setOn,
      ...meeting.facts
        .map(({ day }) => day)
        .filter((day) => day > due.setOn)
        .sort(),
    ];
    for (const day of days) {
      if (day > this.#at.effective) break;
      const had = meetingOn(meeting, day).day;
      if (had !== null) return had;
    }
    return null;
  }

  #meeting(record: Told, ref: string, inEffect: readonly Fact[]): ModelMeeting {
    const { status, date, last } = meetingOn(record, this.#at.effective);
    const since = sinceOpened(record, inEffect);
    return {
      ref,
      status,
      day: date,
      last,
      postponements: since.filter(({ type }) => type === 'MeetingPostponed').length,
      items: since.filter(({ type }) => type === 'ItemMinuted').length,
      history: this.#history(record),
    };
  }

  /** A later tenure ends those before it unless it is shared; a tenure that ends leaves the post to nobody else. */
  #holders(inEffect: readonly Fact[]): readonly string[] {
    let holding: Fact[] = [];
    for (const fact of inEffect) {
      if (fact.type !== 'HolderAppointed') continue;
      holding = fact.facts['shared'] === true ? [...holding, fact] : [fact];
    }
    return holding
      .filter(({ facts }) => facts['until'] === undefined || (facts['until'] as string) >= this.#at.effective)
      .map(({ facts }) => facts['person'] as string)
      .filter((person) => !this.#nowhere.has(person));
  }

  /** Between `from`, or else the day of the last fact before it that has one, and its last day a fact may already hold. */
  #mayAlreadyHold({ facts }: Told): readonly string[] {
    const { effective } = this.#at;
    return facts.flatMap(({ type, span, day }, index) => {
      if (span === null) return [];
      const before = facts.slice(0, index).filter((one) => one.span === null);
      const earlier =
        this.#fault === 'begins a span with the known day before' ? before.filter((one) => one.day < day) : before;
      const from = span.from ?? earlier.at(-1)?.day ?? null;
      return (from === null || from <= effective) && effective < day ? [`${type} ${from ?? ''} ${day}`] : [];
    });
  }

  /** What is said otherwise of one fact holds from the day of that fact; of the record, as long as there is one. */
  #disputed({ events }: Told, inEffect: readonly Fact[]): readonly string[] {
    const isVoid = voidAmong(events, this.#fault);
    return events
      .filter(({ id, type }) => type === 'OtherwiseStated' && !isVoid.has(id))
      .filter(
        ({ facts }) =>
          facts['target'] === undefined ||
          this.#fault === 'lets a disputed fact be disputed before its day' ||
          inEffect.some(({ id }) => id === facts['target']),
      )
      .map(({ facts }) => facts['path'] as string);
  }

  /** In the order of recording on that clock: facts that took effect by that day, and all that was said of them. */
  #history({ events }: Told): readonly string[] {
    const days = new Map(correctedFacts(events, this.#fault).map(({ id, day }) => [id, day]));
    return events
      .filter((event) => OF_EVERY_RECORD.includes(event.type) || (days.get(event.id) as string) <= this.#at.effective)
      .map((event) => ({ event, at: this.#knownAt(event, events) }))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.event.sequence - b.event.sequence))
      .map(({ event }) => event.id);
  }
}

/** By the version of a rule that is in force on the day of recording, though that lies after the day asked about; null where none is. */
function allowedOn(told: readonly Told[], rule: string, recordedOn: CivilDate): number | null {
  const record = told.find(({ opening, isMistake }) => opening.facts['ref'] === rule && !isMistake);
  if (record === undefined) return null;
  let days: number | null = null;
  for (const { type, facts, day } of sinceOpened(record, record.facts)) {
    if (day > recordedOn) break;
    if (type === 'LateAllowanceSet') days = facts['days'] as number;
    if (type === 'RuleEnded') days = null;
  }
  return days;
}

const OF_EVERY_RECORD = ['Corrected', 'Voided', 'Restored', 'OtherwiseStated', 'Published', 'Marked'];

/** Where a fact leads. Somebody may be kept from the one before it, so each says what it says from wherever it is met. */
const STATUS_AFTER: { readonly [type: string]: ((status: string) => string) | undefined } = {
  ActionAgreed: (status) => (status === 'PROPOSED' ? 'AGREED' : status),
  UpdateGiven: (status) => (['PROPOSED', 'AGREED', 'DEFERRED'].includes(status) ? 'IN_PROGRESS' : status),
  ActionReportedComplete: () => 'REPORTED_COMPLETE',
  ActionReturned: () => 'IN_PROGRESS',
  ActionSignedOff: () => 'SIGNED_OFF',
  ActionDeferred: () => 'DEFERRED',
  ActionConverted: () => 'CONVERTED',
  ActionMerged: () => 'MERGED',
  ActionSuperseded: () => 'SUPERSEDED',
  ActionWithdrawn: () => 'WITHDRAWN',
  ActionReopened: () => 'IN_PROGRESS',
};

function meetingOn(record: Told, day: CivilDate) {
  let status = '';
  let date: CivilDate | null = null;
  let last: CivilDate | null = null;
  for (const fact of sinceOpened(record, record.facts)) {
    if (fact.day > day) break;
    const { on, to, dated } = fact.facts as { on?: CivilDate; to?: CivilDate; dated?: { to: CivilDate } };
    if (fact.type === 'MeetingScheduled' || fact.type === 'MeetingHeld' || fact.type === 'MeetingPostponed') {
      date = on ?? to ?? null;
      last = date === null ? (dated?.to ?? null) : null;
    }
    if (fact.type === 'MeetingScheduled') status = 'SCHEDULED';
    if (fact.type === 'MeetingHeld') status = 'HELD';
    if (fact.type === 'MeetingPostponed') status = 'POSTPONED';
    if (fact.type === 'MeetingCancelled') status = 'CANCELLED';
  }
  return { status, date, last, day: date ?? last };
}

/** The day and the instant as at which papers gave the position: the end of the day before the meeting where none did. */
function cutOffOf(meeting: Told, effective: CivilDate, day: CivilDate): readonly [CivilDate, Instant] {
  const issues: { readonly issued: Instant; readonly asAt: Instant | null; readonly on: CivilDate }[] = [];
  for (const { id, type, day: on, span, facts } of sinceOpened(meeting, meeting.facts)) {
    if (type !== 'PapersIssued' || on > effective) continue;
    const { stamped, imported } = meeting.events.find((event) => event.id === id)!;
    const { at, asAt } = facts as { at?: string; asAt?: CivilDate };
    const isEnteredThen = imported !== true && span === null && londonDayOf(stamped) === on;
    const issued = at !== undefined ? instantAt(on, at) : isEnteredThen ? stamped : lastInstantOf(on);
    const endOfDay = asAt === undefined ? null : lastInstantOf(asAt);
    const drawn = endOfDay === null ? (issues.length === 0 ? issued : null) : endOfDay < issued ? endOfDay : issued;
    issues.push({ issued, asAt: drawn, on });
  }
  const giving = issues.filter(({ asAt, on }) => asAt !== null && on <= day);
  const last = giving.reduce<(typeof giving)[number] | null>(
    (a, b) => (a === null || b.issued >= a.issued ? b : a),
    null,
  );
  if (last !== null) return [londonDayOf(last.asAt!), last.asAt!];
  const before = addDays(day, -1);
  return [before, lastInstantOf(before)];
}

/** The facts that hold by what is known, each with its day; none of a record that is void. */
function heldAmong(known: readonly Known[]): ReadonlyMap<string, CivilDate> {
  const events = [...known].sort((a, b) => a.sequence - b.sequence);
  const isVoid = voidAmong(events, undefined);
  const opening = events.find(({ version }) => version === 1);
  if (opening !== undefined && isVoid.has(opening.id)) return new Map();
  const facts = correctedFacts(events, undefined).filter(({ id }) => !isVoid.has(id));
  return new Map(facts.map(({ id, day }) => [id, day]));
}

/** Does it correct that fact, take it back or give it back, or do so to a correction of it? */
function amends({ type, facts }: Known, fact: string, events: readonly Known[]): boolean {
  if (!['Corrected', 'Voided', 'Restored'].includes(type)) return false;
  const target = facts['target'] as string;
  const about = events.find(({ id }) => id === target);
  return target === fact || (about?.type === 'Corrected' && about.facts['target'] === fact);
}

/** What is read before the fact that opened the record says nothing of it: there is none yet. */
function sinceOpened({ opening }: Told, facts: readonly Fact[]): readonly Fact[] {
  const at = facts.findIndex(({ id }) => id === opening.id);
  return at === -1 ? [] : facts.slice(at);
}

function namesADay(due: unknown): boolean {
  const { on, dated, meeting } = (due ?? {}) as Due;
  return on !== undefined || dated !== undefined || meeting !== undefined;
}

function ownDay({ on, dated, meeting }: Due): CivilDate | null {
  return meeting === undefined ? (on ?? dated?.to ?? null) : null;
}

function isVoidOrEnd({ type }: RecordEvent): boolean {
  return type === 'Voided' || type === 'Restored';
}

function voidAmong(events: readonly Known[], fault: Fault | undefined): ReadonlySet<string> {
  const isVoid = new Set<string>();
  for (const { type, facts } of events) {
    if (type === 'Voided') isVoid.add(facts['target'] as string);
    if (type === 'Restored' && fault !== 'does not restore') isVoid.delete(facts['target'] as string);
  }
  return isVoid;
}

/** Every own fact of a record with its corrections, void or not. */
function correctedFacts(events: readonly Known[], fault: Fault | undefined, effective = '9999-12-31'): readonly Fact[] {
  const isVoid = voidAmong(events, fault);
  const corrections = events.filter(
    ({ id, type, effectiveOn }) =>
      type === 'Corrected' &&
      !isVoid.has(id) &&
      (fault !== 'filters corrections by their own day' || effectiveOn <= effective),
  );
  if (fault === 'lays the first correction on last') corrections.reverse();
  return events
    .filter(({ type }) => !OF_EVERY_RECORD.includes(type))
    .map((event) => {
      let day = event.effectiveOn;
      let span: Fact['span'] = event.dated ?? null;
      const facts = structuredClone(event.facts) as Record<string, unknown>;
      for (const { facts: correction } of corrections) {
        if (correction['target'] !== event.id) continue;
        const { path, is } = correction as { path: string; is?: unknown };
        // Words are no matter of this model.
        if (is === undefined) continue;
        if (path === 'effectiveOn') [day, span] = [is as string, null];
        else if (path === 'dated') {
          span = is as Fact['span'];
          if (span !== null) day = span.to;
        } else put(facts, path.split('.'), is);
      }
      return {
        id: event.id,
        type: event.type,
        version: event.version,
        day,
        span,
        before: event.before ?? null,
        facts: facts as JsonObject,
      };
    });
}

function put(object: Record<string, unknown>, [key = '', ...rest]: readonly string[], is: unknown): void {
  if (rest.length > 0) {
    object[key] ??= {};
    put(object[key] as Record<string, unknown>, rest, is);
  } else if (is === null) delete object[key];
  else object[key] = is;
}

/**
 * The facts in force in the order in which they are read: by day, on one day by recording, and one that is said to be before another of
 * its day just before that. While the event that opened the record is void nothing is in force; what is given here is what stood.
 */
function readFacts(events: readonly Known[], fault: Fault | undefined, effective?: CivilDate): readonly Fact[] {
  const isVoid = new Set(voidAmong(events, fault));
  const opening = events.find(({ version }) => version === 1);
  if (opening !== undefined) isVoid.delete(opening.id);
  const facts = correctedFacts(events, fault, effective).filter(({ id }) => !isVoid.has(id));
  if (fault === 'orders by recording alone') return facts;
  const order: Fact[] = [];
  const days = [...new Set(facts.map(({ day }) => day))].sort();
  for (const day of days) {
    const ofTheDay = facts.filter((fact) => fact.day === day);
    const place = (fact: Fact, above: readonly Fact[]): void => {
      if (order.includes(fact) || above.includes(fact)) return;
      // What is to stand just before it, in the order of recording, and before each of those likewise.
      for (const one of ofTheDay) if (one.before === fact.id) place(one, [...above, fact]);
      order.push(fact);
    };
    for (const fact of ofTheDay) {
      const waits = fact.before !== null && ofTheDay.some(({ id }) => id === fact.before);
      if (!waits) place(fact, []);
    }
    // Facts that are each before another in a circle keep the order of recording; commands cannot make one.
    for (const fact of ofTheDay) place(fact, []);
  }
  return order;
}

function sorted<T extends { readonly ref: string }>(all: readonly T[]): readonly T[] {
  return [...all].sort((a, b) => (a.ref < b.ref ? -1 : 1));
}
