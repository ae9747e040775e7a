import type { LogPosition } from '../event-store/index.ts';
import {
  markingOwed,
  type Consequence,
  type MarkingPolicy,
  type OwedMark,
  type PlacedEvent,
  type Register,
} from '../ledger/index.ts';
import type { LoadedRecord, RecordLoader } from './records.ts';
import type { references } from './references.ts';

/**
 * What policies have still to mark, worked out from the log: whoever decides may not wait for the read models, and a rehearsal has none.
 * Nearly every record arises from one that hides nothing, and nothing more is read then.
 */
export function arising(context: {
  readonly policies: readonly MarkingPolicy[];
  readonly registers: ReadonlyMap<string, Register>;
  readonly loader: Pick<RecordLoader, 'load'>;
  readonly reserved: Pick<ReturnType<typeof references>, 'streamOf' | 'streamsOf'>;
  readonly isBefore: (a: LogPosition, b: LogPosition) => boolean;
}) {
  const { policies, registers, loader, reserved, isBefore } = context;

  /** Is a record still to be marked? Until it is, it is hidden from whoever may not see everything. */
  async function isWithheld(register: Register, record: LoadedRecord): Promise<boolean> {
    for (const policy of policies.filter(({ marks }) => marks === register.name)) {
      const [opening] = record.events;
      const origin = opening === undefined ? null : await recordOf(policy, policy.originOf(opening));
      if (origin !== null && owed(policy, origin, record).length > 0) return true;
    }
    return false;
  }

  /** What is to be done still because of that record, cause by cause as the policies say. */
  async function consequencesOf(register: string, ref: string): Promise<readonly Consequence[]> {
    const consequences: Consequence[] = [];
    for (const policy of policies.filter(({ causes }) => causes.register === register)) {
      const origin = await recordOf(policy, ref);
      if (origin === null || !origin.events.some((event) => policy.hides(event))) continue;
      for (const record of await arisenFrom(policy, ref, origin))
        for (const { cause: id, to } of owed(policy, origin, record)) {
          const cause = [...origin.events, ...record.events].find((event) => event.id === id)!;
          consequences.push(markingOwed(policy, record.events[0]!.facts['ref'] as string, to, cause));
        }
    }
    return consequences;
  }

  async function arisenFrom(
    policy: MarkingPolicy,
    ref: string,
    origin: LoadedRecord,
  ): Promise<readonly LoadedRecord[]> {
    const found: LoadedRecord[] = [];
    for (const series of policy.seriesFrom(origin.events))
      for (const stream of await reserved.streamsOf(series)) {
        if (!stream.startsWith(`${policy.marks}-`)) continue;
        const record = await loader.load(stream);
        const [opening] = record.events;
        if (opening !== undefined && policy.originOf(opening) === ref) found.push(record);
      }
    return found;
  }

  /** The record from which others arise, or null. */
  async function recordOf({ causes }: MarkingPolicy, ref: string | null): Promise<LoadedRecord | null> {
    const series = ref === null ? null : (registers.get(causes.register)?.seriesOf(ref) ?? null);
    const stream = series === null || ref === null ? null : await reserved.streamOf(series, ref);
    return stream?.startsWith(`${causes.register}-`) ? loader.load(stream) : null;
  }

  function owed(policy: MarkingPolicy, origin: LoadedRecord, record: LoadedRecord): readonly OwedMark[] {
    if (!origin.events.some((event) => policy.hides(event))) return [];
    const [causes, marked] = inTheLog(origin, record, isBefore);
    return policy.owed(causes, marked);
  }

  return { isWithheld, consequencesOf };
}

export type Arising = ReturnType<typeof arising>;

/** The events of two records, numbered in their common order in the log. What was appended at once is of one of them. */
function inTheLog(
  one: LoadedRecord,
  other: LoadedRecord,
  isBefore: (a: LogPosition, b: LogPosition) => boolean,
): readonly [readonly PlacedEvent[], readonly PlacedEvent[]] {
  const placed: readonly [PlacedEvent[], PlacedEvent[]] = [[], []];
  let [first, second] = [0, 0];
  for (let sequence = 1; first < one.events.length || second < other.events.length; sequence += 1) {
    const isOfFirst =
      second >= other.events.length ||
      (first < one.events.length && isBefore(one.positions[first]!, other.positions[second]!));
    if (isOfFirst) placed[0].push({ ...one.events[first++]!, sequence });
    else placed[1].push({ ...other.events[second++]!, sequence });
  }
  return placed;
}
