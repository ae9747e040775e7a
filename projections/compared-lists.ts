import type { RecordKind } from '../libs/declarations/index.ts';
import type { ComparedList } from '../libs/read-models/index.ts';
import { actionsCompared } from './action-tracker/compared-queries.ts';
import { decisionsCompared } from './decision-log/compared-queries.ts';
import { bodiesCompared, postsCompared } from './directory/compared-queries.ts';
import { documentsCompared } from './document-catalogue/compared-queries.ts';
import { forwardPlanItemsCompared } from './forward-plan/compared-queries.ts';
import { meetingsCompared } from './meeting-calendar/compared-queries.ts';
import { recommendationsCompared } from './recommendation-tracker/compared-queries.ts';
import { risksCompared } from './risk-register/compared-queries.ts';
import { rulesCompared } from './rule-book/compared-queries.ts';

/** A list to be compared, whatever its kind: it is asked with the filter of that kind alone, which TypeScript does not see. */
export type AnyComparedList = ComparedList;

const any = (list: unknown) => list as AnyComparedList;

/**
 * How the list of every kind of record is compared; null for people, of whom no list is narrowed or counted. One that is forgotten does not compile.
 */
export const COMPARED_LISTS: { readonly [Kind in RecordKind]: AnyComparedList | null } = {
  action: any(actionsCompared),
  recommendation: any(recommendationsCompared),
  risk: any(risksCompared),
  decision: any(decisionsCompared),
  forwardPlanItem: any(forwardPlanItemsCompared),
  meeting: any(meetingsCompared),
  document: any(documentsCompared),
  rule: any(rulesCompared),
  body: any(bodiesCompared),
  post: any(postsCompared),
  person: null,
};
