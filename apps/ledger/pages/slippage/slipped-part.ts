import type { RecordPart } from '../frame/record/record-part.ts';
import { parametersOf, type SlippageAsked } from './asked.ts';
import { SLIPPAGE_PATH } from './present-slippage.ts';

/** Kinds of papers that recommend something. */
const RECOMMENDING: readonly unknown[] = [
  ...['INSPECTION_REPORT', 'INTERNAL_AUDIT_REPORT', 'EXTERNAL_AUDIT_REPORT', 'REVIEW'],
  ...['SUPER_COMPLAINT', 'CORONERS_REPORT'],
];

/** On the page of a body, of a post, and of an audit or inspection: the way to what slipped of it. */
export const slipped: RecordPart = {
  template: 'slippage/slipped-part.njk',
  show({ visit, ref, kind: { kind }, record }) {
    const state = (record as { readonly state?: { readonly kind?: unknown } } | null)?.state;
    if (state === undefined) return Promise.resolve(null);
    const to = (asked: SlippageAsked, text: string) =>
      Promise.resolve({ href: visit.link(SLIPPAGE_PATH, parametersOf(asked)), text });
    if (kind === 'body') return to({ body: ref }, 'See which due dates of its records were moved');
    if (kind === 'post') return to({ owner: ref }, 'See which due dates of what it leads were moved');
    if (kind === 'document' && RECOMMENDING.includes(state.kind))
      return to({ publication: ref }, 'See which due dates of its recommendations were moved');
    return Promise.resolve(null);
  },
};
