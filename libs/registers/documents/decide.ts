import {
  conditionsAlike,
  conditionsHeld,
  draft,
  ifItMay,
  kindOfList,
  kindOfRecord,
  kindSpelt,
  type ConditionFault,
  inCapitals,
} from '../../declarations/index.ts';
import {
  numberedIn,
  OFFICIAL_OPEN,
  type Decision,
  type DecisionContext,
  type LinkWanted,
  type Refusal,
} from '../../ledger/index.ts';
import type { DocumentCommand, RecordDocument, ReplaceDocument, ReportTotal } from './commands.ts';
import * as Event from './events.ts';
import { refuse } from './refusals.ts';
import { mayFollow, type DocumentState } from './state.ts';

/** What documents alone know: `decideCommand` (`libs/declarations`) has asked all that the declarations say. */
export function decide(state: DocumentState, command: DocumentCommand, context: DecisionContext): Decision {
  switch (command.type) {
    case 'RecordDocument':
      return recordDocument(command, context);
    case 'AddDocumentVersion': {
      const { version, date, changed, publishedAt, sha256 } = command;
      const texts = { changed, publishedAt, sha256: sha256?.toLowerCase() };
      return ifItMay(mayFollow, state, draft(Event.DocumentVersionAdded, { facts: { version, date }, texts }), context);
    }
    case 'RedactDocument': {
      const { version, withholds, exemption, publishedAt, sha256 } = command;
      const texts = { withholds, exemption, publishedAt, sha256: sha256?.toLowerCase() };
      return ifItMay(mayFollow, state, draft(Event.DocumentRedacted, { facts: { version }, texts }), context);
    }
    case 'WithdrawDocument':
      return { events: [draft(Event.DocumentWithdrawn)] };
    case 'ReplaceDocument':
      return replaceDocument(state, command, context);
    case 'RetainDocument': {
      const { until, rule } = command;
      if (state.status !== 'NOT_RECORDED' && state.retained?.until === until)
        return { refusal: refuse('NOTHING_CHANGES', { field: 'until' }) };
      return ifItMay(mayFollow, state, draft(Event.DocumentRetained, { facts: { until }, texts: { rule } }), context);
    }
    case 'ReportTotal':
      return reportTotal(state, command, context);
  }
}

function recordDocument(command: RecordDocument, { envelope, effectiveOn }: DecisionContext): Decision {
  const { body, kind, date, publishingBody, version = '1', title, publisher, publishedAt, sha256 } = command;
  const recorded = draft(Event.DocumentRecorded, {
    facts: { body, kind, date, publishingBody, version },
    texts: { title, publisher, publishedAt, sha256: sha256?.toLowerCase() },
  });
  const month = (date ?? effectiveOn).slice(0, 7);
  return { events: [recorded], reference: numberedIn(`${body}-${month}`, 'E', envelope.marking ?? OFFICIAL_OPEN) };
}

function replaceDocument(state: DocumentState, { supersededBy }: ReplaceDocument, context: DecisionContext): Decision {
  const replaced = draft(Event.DocumentReplaced, { facts: { supersededBy } });
  const decision = ifItMay(mayFollow, state, replaced, context);
  const other = context.links.find('documents', supersededBy) as DocumentState;
  if ('refusal' in decision || other.status === 'CURRENT') return decision;
  return {
    refusal: refuse('OTHER_DOCUMENT_GONE', { field: 'supersededBy', values: { document: supersededBy } }),
  };
}

function reportTotal(state: DocumentState, command: ReportTotal, context: DecisionContext): Decision {
  const { list, filter: given = [], asAt, number, of, version, counts } = command;
  const held = conditionsHeld(context.lists, list, given);
  if ('fault' in held) return { refusal: whyNotCounted(command, held) };
  for (const [at, { ofRecord }] of held.entries()) {
    const unknown = ofRecord === undefined ? null : whyNotThere(ofRecord, `filter.${at}`, context);
    if (unknown !== null) return { refusal: unknown };
  }
  const filter = held.length === 0 ? undefined : held;
  const facts = { list, filter, asAt, number, of, version };
  const decision = ifItMay(mayFollow, state, draft(Event.TotalReported, { facts, texts: { counts } }), context);
  if ('refusal' in decision || state.status === 'NOT_RECORDED') return decision;
  const isThere = state.totals.some(
    (one) =>
      one.list === list &&
      one.asAt === asAt &&
      one.number === number &&
      one.version === version &&
      conditionsAlike(one.filter, held),
  );
  return isThere ? { refusal: refuse('SAME_TOTAL', { field: 'number' }) } : decision;
}

/** The records that its conditions name, as far as they are spelt like any: which are choices, its list says. */
export function recordsCounted(command: DocumentCommand): readonly LinkWanted[] {
  if (command.type !== 'ReportTotal') return [];
  return (command.filter ?? []).flatMap(({ is = [] }, at) =>
    is.flatMap((ref) => {
      const kind = kindSpelt(ref);
      return kind === null ? [] : [{ register: kindOfRecord(kind).register, ref, field: `filter.${at}` }];
    }),
  );
}

/** As of every record that a command names: one that is not there and one that is hidden are refused alike. */
function whyNotThere(ref: string, field: string, { links }: DecisionContext): Refusal | null {
  const kind = kindSpelt(ref);
  if (kind === null) return null;
  const { register, standing, unknown } = kindOfRecord(kind);
  if (standing?.(ref) === true || links.find(register, ref) !== null) return null;
  return { code: `UNKNOWN_${inCapitals(kind)}`, sentence: unknown.replace(`{${kind}}`, ref), field };
}

function whyNotCounted({ list, filter = [] }: ReportTotal, fault: ConditionFault): Refusal {
  const { many } = kindOfRecord(kindOfList(list));
  const field = `filter.${fault.at}`;
  const named = filter[fault.at]?.filter ?? '';
  switch (fault.fault) {
    case 'UNKNOWN_FILTER': {
      const filters = fault.filters.join(', ') || 'nothing';
      return refuse('UNKNOWN_FILTER', { field, values: { many, filter: named, filters } });
    }
    case 'UNKNOWN_CHOICE':
      return refuse('UNKNOWN_CHOICE', { field, values: { filter: named, members: fault.members.join(', ') } });
    case 'NOT_ONE_RECORD': {
      const { example } = kindOfRecord(fault.record);
      return refuse('NOT_ONE_RECORD', { field, values: { filter: named, record: fault.record, example } });
    }
    case 'NEEDS_NO_CHOICE':
      return refuse('NEEDS_NO_CHOICE', { field, values: { filter: named } });
  }
}
