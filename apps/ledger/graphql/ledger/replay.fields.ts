import { kindSpelt } from '../../../../libs/declarations/index.ts';
import type { JsonValue } from '../../../../libs/ledger/index.ts';
import { isTextRef, type LedgerView } from '../../../../libs/read-models/index.ts';
import type { ReplayOrder } from '../../../../libs/timeline/index.ts';
import { fieldInWords, valueAtInWords, type Place, openedTold, type Opening } from '../../../../libs/wording/index.ts';
import { replayOfRecord, type ReplayStep } from '../../../../projections/index.ts';
import { namesIn, postOrBody } from '../directory/directory.values.ts';
import { eventValue } from './record.fields.ts';
import { pageWanted, type Fields, type ListArguments, type Seen } from './value.ts';

interface ReplayArguments extends ListArguments {
  readonly order?: ReplayOrder | null;
  readonly before?: string | null;
}

/** How a record came about, as the API answers it. */
export const REPLAY_FIELDS: { readonly [type: string]: Fields<never> } = {
  Record: {
    async replay(
      { view, ref, register }: Seen<{ readonly ref: string; readonly register: string }>,
      { order, before, ...page }: ReplayArguments,
    ) {
      const wanted = { ...pageWanted(page), order: order ?? 'RECORDED', ...(before == null ? {} : { before }) };
      const found = await replayOfRecord(view, ref, wanted);
      const { edges = [], hasPreviousPage = false, hasNextPage = false } = found ?? {};
      return {
        edges: edges.map(({ cursor, node }) => ({ cursor, node: stepValue(view, register, node) })),
        pageInfo: {
          ...{ hasPreviousPage, hasNextPage },
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
      };
    },
  },
  ReplayStep: {
    changed: ({ view, register, step }) => fieldsOf(view, register, step, step.changed),
    state: ({ view, register, step }) => fieldsOf(view, register, step, Object.keys(step.after?.told ?? {})),
  } satisfies Fields<ReturnType<typeof stepValue>>,
};

function stepValue(view: LedgerView, register: string, step: ReplayStep) {
  const { number, kind, day, record, event, known, after } = step;
  return {
    ...{ view, register, step, number, kind, day, record, known },
    event: event === null ? null : eventValue(view, event),
    stands: after !== null,
  };
}

async function fieldsOf(view: LedgerView, register: string, { before, after }: ReplayStep, paths: readonly string[]) {
  const fields = await Promise.all(
    paths.map(async (path) => {
      const place = { register, path };
      const [was, is] = await Promise.all([before, after].map((one) => inWords(view, place, one?.told[path])));
      return { name: path, label: fieldInWords(place), before: was ?? null, after: is ?? null };
    }),
  );
  return fields.filter((field) => field.before !== null || field.after !== null);
}

async function inWords(view: LedgerView, place: Place, value: unknown): Promise<string | null> {
  if (value === undefined || value === null) return null;
  if (isTextRef(value)) return view.text(value);
  const opened = await openedTold(place, value as JsonValue, { view, named: (ref) => named(view, ref) });
  if (opened === null || opened === '') return null;
  const words = valueAtInWords(place, opened, await namesIn(view, place, opened));
  return words === '' || words === 'nothing' ? null : words;
}

/** What the directory calls a post or a body, as far as the reader may see it; of any other record its reference. */
async function named(view: LedgerView, ref: string): ReturnType<Opening['named']> {
  const found = await postOrBody(view, kindSpelt(ref), ref);
  return found === null ? { text: ref } : { text: (await view.text(found.state.name)) ?? ref, href: ref };
}
