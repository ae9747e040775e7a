import { kindSpelt } from '../../../../libs/declarations/index.ts';
import type { RecordAsOf } from '../../../../libs/read-models/index.ts';
import { conditionStanding, openingsIn, type ProposedDecision } from '../../../../libs/registers/decisions/index.ts';
import { BASES } from '../../../../libs/timeline/index.ts';
import { dayInWords, capitalised, memberInWords, type Line } from '../../../../libs/wording/index.ts';
import { citedAsItStood, citedAtBasis, citedSince, findDecision, openedBy } from '../../../../projections/index.ts';
import { entryShown } from '../comparing/present-changes.ts';
import { readEntry } from '../comparing/read-changes.ts';
import { recordedInWords, recordedUntil } from '../frame/dates.ts';
import { drawingFor } from '../frame/drawing.ts';
import { recordPath, type KindOnPages } from '../frame/kind-on-pages.ts';
import { eventPath } from '../frame/record/entry-in-a-list.ts';
import type { Visit } from '../frame/visits.ts';
import { KINDS } from '../kinds.ts';
import { replayPath } from './path.ts';

/** Of a record that is cited: the rest is told by its own steps. */
const SHOWN = { fields: 8, characters: 200 } as const;

/** What was before whoever decided, and what came of the decision. */
export interface CitedRead {
  /** The basis of the decision, in words; null of one that was not made. */
  readonly basis: string | null;
  /** What it cites, of which something is otherwise now, as `entries.njk` draws it. */
  readonly entries: readonly ReturnType<typeof entryShown>[];
  /** What it cites and of which nothing is otherwise. */
  readonly same: readonly Line[];
  /** Its conditions and the records that its entries opened, each with where it stands now. */
  readonly came: readonly { readonly what: Line; readonly stands: string }[];
}

/** The part of the page of a decision beside its steps; null for a record of any other kind. */
export async function readCited(visit: Visit, kind: KindOnPages, ref: string): Promise<CitedRead | null> {
  if (kind.kind !== 'decision') return null;
  const { view } = visit;
  const link: Visit['link'] = (path, parameters) => visit.link(path, parameters);
  const decision: RecordAsOf<ProposedDecision> | null = await findDecision(view, ref);
  if (decision === null) return null;
  const drawing = drawingFor(visit, kind);
  const { state } = decision;
  const basis = state.outcome?.basis;
  const cited = await citedAtBasis(view, state);
  const shown = await Promise.all(
    (cited?.refs ?? []).map(async (one) => {
      const { ends, comparison } = await citedSince(cited!.view, view, one);
      const of = KINDS[kindSpelt(one)!];
      if (comparison === null || (comparison.restated === null && comparison.moved === null))
        return { same: await drawing.named(one) };
      const [told = null, knownNow = null, closing = null] = await Promise.all(
        BASES.map((at) => of.reads.find(ends[at], one)),
      );
      const records = { told, knownNow, closing };
      const way = (record: string, event: string) => eventPath(record, event, link);
      const at = { kind: of, ends, drawing: drawingFor(visit, of), way, most: SHOWN };
      const entry = await readEntry({ comparison, records }, at);
      return {
        entry: entryShown(entry, of, {
          href: link(recordPath(of, one)),
          all: () => link(replayPath(of, one)),
        }),
      };
    }),
  );
  const conditions = await Promise.all(
    state.conditions.map(async (one) => ({
      what: [
        {
          text: (await view.text(one.subjectTo)) ?? 'A condition',
          written: true as const,
          href: eventPath(ref, one.event, link),
        },
      ],
      stands: capitalised(memberInWords(conditionStanding, one.standing)),
    })),
  );
  const opened = await Promise.all(openingsIn(state).map((entry) => openedBy(view, entry)));
  const actions = await Promise.all(
    opened
      .flatMap(({ records }) => records)
      .map(async (one) => ({
        what: [await drawing.named(one)],
        stands: (await citedAsItStood(view, one)).status ?? '',
      })),
  );
  return {
    basis:
      basis === undefined
        ? null
        : `It was made on what had taken effect by ${dayInWords(basis.on)} and had been recorded by ${recordedInWords(recordedUntil(basis.recorded))}.`,
    entries: shown.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
    same: shown.flatMap(({ same }) => (same === undefined ? [] : [[same]])),
    came: [...conditions, ...actions],
  };
}
