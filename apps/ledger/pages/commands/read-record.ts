import { kindSpelt, type RecordKind } from '../../../../libs/declarations/index.ts';
import { isCommonFact } from '../../../../libs/ledger/index.ts';
import { recordAsOf, registerOf, type LedgerView } from '../../../../libs/read-models/index.ts';
import { causeOf, findRecord, historyOf, listPromises, type HistoryEvent } from '../../../../projections/index.ts';
import { drawingFor } from '../frame/drawing.ts';
import type { Visit } from '../frame/visits.ts';
import { datedInWords, dayInWords, opening, eventInWords } from '../../../../libs/wording/index.ts';
import { isOfAnother, type Choice } from './controls.ts';
import type { FormField } from './fields.ts';
import type { Typed } from './typed.ts';

/** What a form must know of the record that its command is about. */
export interface RecordAbout {
  readonly ref: string;
  readonly kind: RecordKind;
  readonly register: string;
  /** What it is called; null where that is its reference, or nothing that the reader may read. */
  readonly name: string | null;
  /** The post that owns it. */
  readonly owners: readonly string[];
}

/** The record of that reference, as far as the reader may see it; null for one that is absent or hidden. */
export async function readRecord(visit: Pick<Visit, 'view' | 'link'>, ref: string): Promise<RecordAbout | null> {
  const { view } = visit;
  const kind = kindSpelt(ref);
  const register = registerOf(view, ref);
  if (kind === null || register === null || (await findRecord(view, ref)) === null) return null;
  const [record, { text }] = await Promise.all([
    recordAsOf(view, register.name, ref),
    drawingFor(visit, null).named(ref),
  ]);
  return {
    ref,
    kind,
    register: register.name,
    name: text === ref ? null : opening(text, NAME_SHOWN),
    owners: record === null ? [] : register.ownersOf(record.state),
  };
}

/** Events of a record that are offered at once, the latest of them. */
const MOST_EVENTS = 500;
const WORDS_SHOWN = 60;
const NAME_SHOWN = 120;

/** An event that may be chosen, and of which type it is. */
export interface EventToChoose extends Choice {
  readonly type: string;
}

/** The events of a record that a command may name: the latest first. */
export async function eventsToChoose(
  view: LedgerView,
  ref: string,
  command: string,
): Promise<readonly EventToChoose[]> {
  const { edges } = await historyOf(view, ref, { first: MOST_EVENTS });
  const events = edges.map(({ node }) => node).filter(MAY_BE_NAMED[command] ?? ((event) => !isCommonFact(event)));
  const choices = await Promise.all(
    events.map(async ({ id, type, effectiveOn, dated, text, voided }) => {
      const words = await view.text(text);
      const said = words === null ? '' : `: “${opening(words, WORDS_SHOWN)}”`;
      const day = dated === null ? dayInWords(effectiveOn) : datedInWords(dated);
      return { value: id, type, text: `${eventInWords(type)}, ${day}${said}${voided ? ' (taken back)' : ''}` };
    }),
  );
  return choices.toReversed();
}

/**
 * What an action may be raised to keep: the promises in the minutes that no action keeps, as far as the reader may see both, the latest meeting
 * first.
 * @param meeting of its minutes alone
 */
export async function promisesToChoose(view: LedgerView, meeting?: string): Promise<readonly EventToChoose[]> {
  const { edges } = await listPromises(
    view,
    { kept: false, ...(meeting === undefined ? {} : { meeting }) },
    { first: MOST_EVENTS },
  );
  const choices = await Promise.all(
    edges.map(async ({ node: { meeting, minute } }) => {
      const words = (await view.text(minute.title)) ?? (await view.text(minute.text));
      const item = minute.item === undefined ? '' : `, item ${minute.item}`;
      const said = words === null ? '' : `: “${opening(words, WORDS_SHOWN)}”`;
      return { value: minute.event, type: 'ItemMinuted', text: `${meeting}${item}${said}` };
    }),
  );
  return choices.toReversed();
}

/** The entries of other records that boxes of a form name, as far as the reader may see them: what each is, of when, and of which record. */
export async function entriesNamed(
  view: LedgerView,
  fields: readonly FormField[],
  typed: Typed,
): Promise<readonly Choice[]> {
  const entries = fields.flatMap(({ name, shape }) =>
    shape.kind === 'eventOfRecord' && isOfAnother(shape) ? (typed.get(name) ?? []) : [],
  );
  const found = await Promise.all(entries.map((causedBy) => causeOf(view, { causedBy })));
  return found.flatMap((one) =>
    one === null
      ? []
      : [{ value: one.entry, text: `${one.record}: ${eventInWords(one.type)}, ${dayInWords(one.effectiveOn)}` }],
  );
}

/** Which events a command that every record takes may name, where that is not any fact of its register. */
const MAY_BE_NAMED: { readonly [command: string]: (event: HistoryEvent) => boolean } = {
  Void: ({ type, voided }) => type !== 'Voided' && type !== 'Restored' && !voided,
  Restore: ({ voided }) => voided,
  WithdrawName: ({ type, voided }) => type === 'Named' && !voided,
};
