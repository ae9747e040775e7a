import { dayInWords, instantInWords, incompleteInWords } from '../../../../libs/wording/index.ts';
import { recordPath } from '../frame/kind-on-pages.ts';
import { paginationOf } from '../frame/pagination.ts';
import { eventPath } from '../frame/record/entry-in-a-list.ts';
import type { Visit } from '../frame/visits.ts';
import { ORDERS, parametersOf } from './asked.ts';
import { replayPath } from './path.ts';
import type { ReplayRead, StepRead } from './read-replay.ts';

/** What the page says. Pure. */
export function presentReplay(read: ReplayRead, visit: Pick<Visit, 'link' | 'view'>) {
  const { kind, ref, order, steps, page, cited, incomplete, trail } = read;
  const path = replayPath(kind, ref);
  return {
    title: `How it came about, ${order.tab.toLowerCase()}, ${ref}`,
    record: { ref, href: visit.link(recordPath(kind, ref)) },
    cited,
    says: order.says,
    tabs: ORDERS.map((one) => ({
      text: one.tab,
      href: visit.link(path, parametersOf(one)),
      active: one === order,
    })),
    steps: steps.map((step) => stepOf(step, visit.link)),
    empty: steps.length === 0 ? 'Nothing that you may see had happened to it by this date.' : null,
    pagination: paginationOf({ path, parameters: parametersOf(order), page, trail }, visit),
    incomplete: incompleteInWords(incomplete),
  };
}

function stepOf({ step, item, fields }: StepRead, link: Visit['link']) {
  const { number, kind, day, record, event, known, before, after } = step;
  const isOther = kind === 'OTHER_RECORD';
  const label = item?.label ?? 'The day itself';
  const when = event === null ? day : event.effectiveOn;
  return {
    number,
    heading: `${isOther ? `${record}: ` : ''}${label}${when === null ? '' : `, ${item?.how == null ? '' : `${item.how} `}${dayInWords(when)}`}`,
    href: event === null || record === null ? null : eventPath(record, event.id, link),
    by: item?.by ?? null,
    words: item?.words ?? null,
    facts: [...(item?.facts ?? []), ...(item?.folded ?? [])],
    recorded: recordedOf(item?.recorded ?? null, known, event?.recordedAt ?? null),
    late: item?.late ?? false,
    voided: item?.voided ?? false,
    says: saysOf({ before, after, fields }),
    opens: before === null && after !== null,
    fields: before === null && after === null ? [] : fields,
  };
}

/** Known by its source on another clock than that of the ledger: then both are said. */
function recordedOf(recorded: string | null, known: string | null, recordedAt: string | null): string | null {
  if (recorded === null || known === null || known === recordedAt) return recorded;
  return `${recorded}. Counted as known from ${instantInWords(known)}`;
}

function saysOf({ before, after, fields }: Pick<StepRead['step'], 'before' | 'after'> & Pick<StepRead, 'fields'>) {
  if (before === null && after === null) return 'Nothing of the record held before it, nor after it.';
  if (before === null) return 'From here on the record stands.';
  if (after === null) return 'From here on nothing of the record holds.';
  return fields.length === 0 ? 'It changed nothing that is told of the record.' : null;
}
