import { isCivilDate, type CivilDate, type CommandEnvelope } from '../ledger/index.ts';
import type { Outcome, Submission } from './submission.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** An authority stands in clear in the event, so it is a reference and never a sentence. */
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9/-]{0,63}$/;

/**
 * The same submission with every id in it as the ledger writes ids: in small letters. A UUID in capitals is the same UUID, and would
 * otherwise be another command or no event of the record.
 */
export function withIdsAsWritten(submission: Submission): Submission {
  const { command, envelope } = submission;
  const { commandId, before } = envelope;
  const { event } = command as { readonly event?: unknown };
  return {
    ...submission,
    command: typeof event === 'string' ? { ...command, ...{ event: event.toLowerCase() } } : command,
    envelope: {
      ...envelope,
      commandId: commandId.toLowerCase(),
      ...(before === undefined ? {} : { before: before.toLowerCase() }),
    },
  };
}

/** The London day on which a command says that it takes effect; undefined when it says nothing: today. */
export function effectiveDayOf(envelope: CommandEnvelope): CivilDate | undefined {
  return envelope.dated?.to ?? envelope.effectiveOn;
}

/**
 * What any edge must have got right before the domain is asked: shapes, real dates. Checked here once more, so that no
 * edge (API, import, page) can forget it.
 */
export function checkEnvelope({ envelope, importId }: Submission): Outcome | null {
  if (!UUID.test(envelope.commandId)) return invalid('commandId', 'A commandId is a UUID.');
  const { dated, effectiveOn, authority, source, stated } = envelope;
  if (effectiveOn !== undefined && !isCivilDate(effectiveOn)) return notADate('effectiveOn');
  if (dated !== undefined) {
    if (!isCivilDate(dated.to)) return notADate('dated.to');
    if (dated.from !== undefined && !isCivilDate(dated.from)) return notADate('dated.from');
    if (dated.from !== undefined && dated.from > dated.to)
      return invalid('dated.from', 'A span begins on or before its last day.');
    if (dated.how === 'between' && dated.from === undefined) return invalid('dated.from', 'Between needs both days.');
    if (effectiveOn !== undefined && effectiveOn !== dated.to)
      return invalid(
        'effectiveOn',
        'A fact without a known day takes effect on the last day of its span: leave effectiveOn out.',
      );
  }
  if (source?.publishedOn !== undefined && !isCivilDate(source.publishedOn)) return notADate('source.publishedOn');
  if (authority === 'notStated' || envelope.by === null || stated !== undefined) {
    if (importId === undefined)
      return invalid('authority', 'Only an import may leave unsaid who did it and on what authority.');
    if (stated !== undefined && !isCivilDate(stated)) return notADate('recorded_on');
  }
  if (authority !== undefined && authority !== 'notStated') {
    const named = Object.entries(authority as Record<string, unknown>).filter(([, value]) => value !== undefined);
    const [kind, reference] = named[0] ?? [];
    if (named.length !== 1) return invalid('authority', 'Name exactly one: a meeting, a decision or a delegation.');
    if (typeof reference !== 'string' || !REFERENCE.test(reference))
      return invalid(`authority.${kind}`, 'An authority is a reference: letters, digits, "-" and "/", at most 64.');
  }
  return null;
}

function notADate(field: string): Outcome {
  return invalid(field, 'A date is a real day, written yyyy-mm-dd.');
}

function invalid(field: string, sentence: string): Outcome {
  return { outcome: 'invalid', field, sentence };
}
