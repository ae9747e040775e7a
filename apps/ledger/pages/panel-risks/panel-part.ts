import { recordAsOf } from '../../../../libs/read-models/index.ts';
import { meetingsHeld } from '../../../../projections/index.ts';
import type { RecordPart } from '../frame/record/record-part.ts';
import { panelRisksPath } from './path.ts';

interface OfPanel {
  readonly body?: string;
  readonly status?: string;
  readonly reads?: readonly string[];
}

/** On the page of a body that reads others, and of each meeting that it held: the way to what became of the risks that it reads. */
export const risksOfThePanel: RecordPart = {
  template: 'panel-risks/panel-part.njk',
  async show({ visit, ref, kind, record }) {
    const state = (record as { readonly state?: OfPanel } | null)?.state;
    if (state === undefined || (kind.kind !== 'body' && (kind.kind !== 'meeting' || state.status !== 'HELD')))
      return null;
    const panel = kind.kind === 'body' ? ref : state.body!;
    const reads =
      kind.kind === 'body' ? state.reads : (await recordAsOf<OfPanel>(visit.view, 'directory', panel))?.state.reads;
    if (reads === undefined || reads.length === 0) return null;
    if (kind.kind === 'body' && (await meetingsHeld(visit.view, panel)).length === 0) return null;
    const since = kind.kind === 'meeting' ? [['since', ref] as const] : [];
    return {
      href: visit.link(panelRisksPath(panel), since),
      text:
        kind.kind === 'meeting'
          ? 'What became of the risks that it was told of'
          : 'What became of the risks that it reads since its last meeting',
    };
  },
};
