import { isBlank } from '../../declarations/index.ts';
import type { Command, DecisionContext, EventId, RecordEvent, Refusal } from '../../ledger/index.ts';
import { refuse } from './refusals.ts';
import { SAYS_MINUTES, type MeetingState } from './state.ts';

/**
 * What confirmed minutes refuse, whatever the day on which it is to have taken effect: what they say changes by a correcting minute alone, which names the
 * meeting that agreed it (`CorrectMinutes`). Taken are markings, publishing, statements of other sources, links and names, papers that were issued, and a
 * void of the whole record. A slip in typing is corrected with the confirmed document and its paragraph as the source, and stays visible as the
 * ledger’s own slip; so is a correcting minute that no meeting agreed taken back, which lets the minutes stand as they were confirmed. That the minutes
 * were never confirmed is said by voiding that entry, which is for the monitoring officer: each correcting minute, and the publishing, is taken back first.
 */
export function whyNotAnyMore(
  command: Command,
  leadsTo: string | undefined,
  state: MeetingState,
  events: readonly RecordEvent[],
  { envelope }: Pick<DecisionContext, 'envelope'>,
): Refusal | null {
  if (state.status === 'NOT_SCHEDULED' || state.minutes?.confirmed === undefined) return null;
  const { ref, minutes } = state;
  const values = { ref };
  switch (command.type) {
    case 'Correct':
      return saysMinutes(events, (command as Amending).event) ? whyNotSlip() : null;
    case 'Void':
    case 'Restore': {
      const { event } = command as Amending;
      const isOfTheRecord = events[0]?.id === event;
      if (isOfTheRecord || !saysMinutes(events, event)) return null;
      return events.some(({ id, type }) => id === event && type === 'MinutesCorrected')
        ? whyNotSlip()
        : refuse('MINUTES_CONFIRMED', { values });
    }
    default:
      return leadsTo !== undefined && (SAYS_MINUTES as readonly string[]).includes(leadsTo)
        ? refuse('MINUTES_CONFIRMED', { values })
        : null;
  }

  /** Of the ledger’s own slip: the confirmed document and its paragraph say what the minutes say. */
  function whyNotSlip(): Refusal | null {
    const { record, paragraph } = envelope.source ?? {};
    const isCited = minutes.paper !== undefined && record === minutes.paper && !isBlank(paragraph);
    return isCited ? null : refuse('SLIP_NEEDS_CONFIRMED_MINUTES', { field: 'source.record', values });
  }
}

interface Amending extends Command {
  readonly event?: EventId;
}

/** Does that entry hold what the minutes say, or a correcting minute, or does it correct one that does? */
function saysMinutes(events: readonly RecordEvent[], id: EventId | undefined): boolean {
  const event = events.find((one) => one.id === id);
  if (event === undefined) return false;
  if (event.type === 'Corrected') return saysMinutes(events, event.facts['target'] as EventId);
  return event.type === 'MinutesCorrected' || (SAYS_MINUTES as readonly string[]).includes(event.type);
}
