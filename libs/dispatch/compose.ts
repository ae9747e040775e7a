import { present } from '../declarations/index.ts';
import type { KeyStore } from '../keys/index.ts';
import { OFFICIAL_OPEN, type Ids, type JsonValue, type Source, type SourceInClear } from '../ledger/index.ts';
import { actorOf, type Decided } from './decided.ts';
import type { LoadedRecord } from './records.ts';
import type { Submission } from './submission.ts';
import { writeEvent, type WrittenEvent } from './write-event.ts';

/** The events of a decided command in their final bytes: who, when, why and from where are added to what the register decided. */
export function compose(
  record: LoadedRecord,
  decided: Decided,
  submission: Submission,
  context: { readonly keys: KeyStore; readonly ids: Ids },
): WrittenEvent[] {
  const { envelope, importId } = submission;
  const { reason, source } = envelope;
  const correlation = context.ids.uuid();
  const command = {
    name: submission.command.type,
    id: envelope.commandId,
    ...(importId === undefined ? {} : { import: importId }),
  };
  const events: WrittenEvent[] = [];
  for (const { draft, kind } of decided.drafts) {
    const isFirst = events.length === 0;
    const person = draft.person ?? draft.facts['ref'] ?? refIn(record);
    const event = writeEvent(
      {
        kind,
        stream: record.stream,
        stamped: decided.stamped,
        stated: envelope.stated,
        effectiveOn: decided.effectiveOn,
        dated: envelope.dated,
        before: isFirst ? envelope.before : undefined,
        // Its own marking: the record's counts for it anyhow, and must not stay behind when the record is opened.
        marking: draft.marking ?? envelope.marking ?? OFFICIAL_OPEN,
        facts: draft.facts,
        actor: actorOf(decided, submission),
        source: sourceInClear(source),
        ctl: {
          version: record.version + events.length + 1,
          previous: events.at(-1)?.commitment ?? record.previous,
          correlation,
          ...(submission.consequence === undefined ? {} : { causation: submission.consequence.cause }),
          command,
        },
        commandBody: isFirst ? bodyOf(submission) : undefined,
        texts: {
          reason,
          document: source?.document,
          paragraph: source?.paragraph,
          quote: source?.quote,
          ...draft.texts,
        },
        persons: draft.persons ?? {},
        person: typeof person === 'string' ? person : undefined,
      },
      context,
    );
    events.push(event);
  }
  return events;
}

/** What of a source is no words; undefined when it says nothing but words. */
function sourceInClear({ publishedOn, record, version }: Source = {}): SourceInClear | undefined {
  const clear = present({ publishedOn, record, version });
  return Object.keys(clear).length === 0 ? undefined : clear;
}

/** The reference with which the record was opened. */
function refIn({ events: [opening] }: LoadedRecord): JsonValue | undefined {
  return opening?.facts['ref'];
}

/** The command and its envelope as one value, without the id that it is remembered under. Members may be `undefined`. */
export function bodyOf({ command, envelope }: Submission): object {
  return { command, envelope: { ...envelope, commandId: undefined } };
}
