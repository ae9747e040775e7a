import { toldTo } from './at-meeting/told-to.ts';
import { done } from './commands/done.ts';
import { offered } from './commands/offers.ts';
import { citing } from './frame/record/citing.ts';
import { inQuestion } from './frame/record/in-question.ts';
import { illustrative } from './frame/record/illustrative.ts';
import { knownAs } from './frame/record/known-as.ts';
import { links } from './frame/record/links.ts';
import { mayAlreadyHold } from './frame/record/may-already-hold.ts';
import { naming } from './frame/record/naming.ts';
import { otherwiseStated } from './frame/record/otherwise-stated.ts';
import type { RecordPart } from './frame/record/record-part.ts';
import { steps } from './frame/record/steps.ts';
import { why } from './frame/record/why.ts';
import { timeline } from './frame/record/timeline.ts';
import { totals } from './frame/record/totals.ts';
import { risksOfThePanel } from './panel-risks/panel-part.ts';
import { promised } from './promises/promised.ts';
import { slipped } from './slippage/slipped-part.ts';

/**
 * What stands on the page of every record beside what its register shows, in order: `above` how it stands, `beside` it (what may be done
 * now), and `below` it. A new part is added here.
 */
export const RECORD_PARTS: {
  readonly above: readonly RecordPart[];
  readonly beside: readonly RecordPart[];
  readonly below: readonly RecordPart[];
} = {
  above: [illustrative, knownAs, done, why, steps, mayAlreadyHold, inQuestion],
  beside: [offered],
  below: [toldTo, risksOfThePanel, slipped, promised, totals, otherwiseStated, links, naming, citing, timeline],
};
