import { draft } from '../../declarations/index.ts';
import { isRestricted, type Decision, type DecisionContext, type Draft } from '../../ledger/index.ts';
import type { DocumentCommand, RecordDocument, ReplaceDocument } from './commands.ts';
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
      return ifItMay(state, draft(Event.DocumentVersionAdded, { facts: { version, date }, texts }), context);
    }
    case 'RedactDocument': {
      const { version, withholds, exemption, publishedAt, sha256 } = command;
      const texts = { withholds, exemption, publishedAt, sha256: sha256?.toLowerCase() };
      return ifItMay(state, draft(Event.DocumentRedacted, { facts: { version }, texts }), context);
    }
    case 'WithdrawDocument':
      return { events: [draft(Event.DocumentWithdrawn)] };
    case 'ReplaceDocument':
      return replaceDocument(state, command, context);
    case 'RetainDocument': {
      const { until, rule } = command;
      if (state.status !== 'NOT_RECORDED' && state.retained?.until === until)
        return { refusal: refuse('NOTHING_CHANGES', { field: 'until' }) };
      return ifItMay(state, draft(Event.DocumentRetained, { facts: { until }, texts: { rule } }), context);
    }
  }
}

/** Numbers would tell how many hidden papers there are, so those end in random characters. */
function recordDocument(command: RecordDocument, { envelope, effectiveOn }: DecisionContext): Decision {
  const { body, kind, date, publishingBody, version = '1', title, publisher, publishedAt, sha256 } = command;
  const series = `${body}-${(date ?? effectiveOn).slice(0, 7)}`;
  const isHidden = envelope.marking !== undefined && isRestricted(envelope.marking);
  const recorded = draft(Event.DocumentRecorded, {
    facts: { body, kind, date, publishingBody, version },
    texts: { title, publisher, publishedAt, sha256: sha256?.toLowerCase() },
  });
  return { events: [recorded], reference: { series, stem: `${series}-E`, style: isHidden ? 'RANDOM' : 'NEXT' } };
}

function replaceDocument(state: DocumentState, { supersededBy }: ReplaceDocument, context: DecisionContext): Decision {
  const replaced = draft(Event.DocumentReplaced, { facts: { supersededBy } });
  const decision = ifItMay(state, replaced, context);
  const other = context.links.find('documents', supersededBy) as DocumentState;
  if ('refusal' in decision || other.status === 'CURRENT') return decision;
  return {
    refusal: refuse('OTHER_DOCUMENT_GONE', { field: 'supersededBy', values: { document: supersededBy } }),
  };
}

/** `mayFollow` was asked before the facts were known: it is asked again with them. */
function ifItMay(state: DocumentState, event: Draft, context: DecisionContext): Decision {
  const refusal = mayFollow(state, context.wouldBe(event.type as never, event.facts as never));
  return refusal === null ? { events: [event] } : { refusal };
}
