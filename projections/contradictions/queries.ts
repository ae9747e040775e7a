import {
  disputedRecords,
  eventsAsOf,
  pageOfAll,
  registerNamed,
  sourceOf,
  withinBodies,
  type LedgerView,
  type Page,
  type PageWanted,
} from '../../libs/read-models/index.ts';
import { heldValue, shownAs, type StatedValue } from './projection.ts';

/** One field of which two sources say different things. Both are kept. */
export interface Contradiction {
  readonly record: string;
  readonly register: string;
  readonly path: string;
  readonly holds: StatedValue;
  readonly says: StatedValue;
}

/** Every disputed field at the basis that the reader may see, by record, in the order in which they were recorded. */
export async function listContradictions(view: LedgerView, wanted: PageWanted): Promise<Page<Contradiction>> {
  const records = await withinBodies(view, await disputedRecords(view), ({ record }) => record);
  const disputes = records.flatMap(({ register, record: { ref, state, disputed } }) =>
    disputed.map((dispute) => ({ ref, register, state, dispute })),
  );
  const page = pageOfAll(disputes, wanted, ({ dispute }) => [dispute.event]);
  const edges = await Promise.all(
    page.edges.map(async ({ cursor, node: { ref, register, state, dispute } }) => {
      const known = await eventsAsOf(view, { register, ref });
      const events = known.map(({ event }) => event);
      const saying = events.find(({ id }) => id === dispute.event);
      const of = registerNamed(view, register);
      const node: Contradiction = {
        record: ref,
        register,
        path: dispute.path,
        holds:
          of === null
            ? { value: null, source: null }
            : shownAs(heldValue(of, state, events, view.basis.effective, dispute)),
        says: { value: dispute.says, source: saying === undefined ? null : sourceOf(saying) },
      };
      return { cursor, node };
    }),
  );
  return { ...page, edges };
}
