import {
  earlier,
  lastInstantOf,
  type CivilDate,
  type EventId,
  type Instant,
  type RecordEvent,
} from '../ledger/index.ts';
import { lastRecordedBy, lastVisible } from './basis.ts';
import { dayNumberOf } from './interval-tree.ts';
import type { RecordingClock } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { seesLink } from './links.ts';
import { onceFor, opened, OpenView } from './view.ts';

/** Another basis, beside the one at hand. */
export interface Beside {
  /** The London day on which facts must have taken effect. */
  readonly effective: CivilDate;
  /** Facts count that were known by the end of this London day. Default: all that are known at the basis at hand. Never more than those. */
  readonly knownBy?: CivilDate;
  /** The same up to this instant, such as the cut-off of a meeting. */
  readonly recorded?: Instant;
}

/**
 * The same ledger for the same reader at another basis, within one answer: on the same clock, and of the same events, so that what is
 * written meanwhile is in neither. However often one is asked for, it is opened once, and answers nothing twice.
 */
export function viewBeside(view: LedgerView, { effective, knownBy, recorded }: Beside): Promise<LedgerView> {
  const views = onceFor(view, viewBeside, () => new Map<string, Promise<LedgerView>>());
  const upTo = earlier(
    recorded ?? view.basis.recorded,
    knownBy === undefined ? view.basis.recorded : lastInstantOf(knownBy),
  );
  const name = `${effective} ${upTo}`;
  const there = views.get(name) ?? openBeside(opened(view), effective, earlier(upTo, view.basis.recorded));
  views.set(name, there);
  return there;
}

async function openBeside(view: OpenView, effective: CivilDate, asked: Instant): Promise<LedgerView> {
  const { basis, reader, point, answering } = view;
  const recorded = earlier(asked, point.recorded);
  const recordedSequence =
    recorded === point.recorded
      ? point.recordedSequence
      : Math.min(point.recordedSequence, await lastRecordedBy(answering, recorded));
  return new OpenView(
    // What is settled up to one instant is so up to any before it; and a position pins both alike.
    { ...basis, effective, recorded: asked },
    reader,
    { ...point, effective, day: dayNumberOf(effective), recorded, recordedSequence },
    answering,
  );
}

/** A basis that a fact holds, but for the last event then, which is the ledger's to know: a reader may not see it. */
export interface BasisHeld {
  readonly on: CivilDate;
  readonly recorded: Instant;
  readonly clock: RecordingClock;
}

/** What a fact cites, read back at the basis that the fact holds. */
export interface CitedAtBasis {
  /** The ledger as it stood there, for the reader of the view. */
  readonly view: LedgerView;
  /** The records that the fact names, in its order: those that this reader may see, and nothing of the others. */
  readonly refs: readonly string[];
}

/**
 * What a fact cites, as it stood at the basis that the fact holds, for the reader of the view and by the rights of today. Nothing that was
 * recorded later changes it: neither a late entry nor a correction, nor that a record turns out to have been recorded by mistake.
 *
 * @param event a fact that the reader may see, as a state tells of it
 */
export function citedBy(view: LedgerView, event: EventId, basis: BasisHeld): Promise<CitedAtBasis> {
  const known = onceFor(view, citedBy, () => new Map<EventId, Promise<CitedAtBasis>>());
  const there = known.get(event) ?? readBack(opened(view), event, basis);
  known.set(event, there);
  return there;
}

async function readBack(view: OpenView, event: EventId, { on, recorded, clock }: BasisHeld): Promise<CitedAtBasis> {
  const { reader, point, answering } = view;
  const { query } = answering.tables();
  const said = await query
    .selectFrom('log_events')
    .select(['sequence', 'body'])
    .where('event', '=', event)
    .executeTakeFirstOrThrow();
  const { facts, imported } = JSON.parse(said.body ?? '{}') as Pick<RecordEvent, 'facts' | 'imported'>;
  const { cites, lastEvent } = facts as { readonly cites?: readonly string[]; readonly lastEvent?: EventId };
  const last =
    lastEvent === undefined
      ? undefined
      : await query.selectFrom('log_events').select('sequence').where('event', '=', lastEvent).executeTakeFirst();
  // Of papers the ledger saw nothing: what was known then their sources say, however late they were imported.
  const until = imported === true ? point.sequence : (last?.sequence ?? said.sequence - 1);
  const sequence = Math.min(point.sequence, until);
  const known = earlier(recorded, point.recorded);
  const at = {
    effective: earlier(on, point.effective),
    recorded: known,
    clock,
    sequence,
    recordedSequence: Math.min(sequence, await lastRecordedBy(answering, known)),
  };
  const then = { ...at, day: dayNumberOf(at.effective) };
  const position = await lastVisible(answering, then, point.recorded, reader);
  const told = {
    effective: at.effective,
    recorded: known,
    clock,
    position: position === null ? null : answering.tokens.encode(reader.audience, position),
  };
  const back = new OpenView({ ...view.basis, ...told }, reader, then, answering);
  const seen = await Promise.all((cites ?? []).map((ref) => seesLink(back, ref)));
  return { view: back, refs: (cites ?? []).filter((_, index) => seen[index]) };
}
