import type { DeclaredRegister } from '../declarations/index.ts';
import { actions } from './actions/index.ts';
import { decisions } from './decisions/index.ts';
import { directory } from './directory/index.ts';
import { documents } from './documents/index.ts';
import { forwardPlan } from './forward-plan/index.ts';
import { meetings } from './meetings/index.ts';
import { recommendations } from './recommendations/index.ts';
import { risks } from './risks/index.ts';
import { rules } from './rules/index.ts';

/** Every register of the ledger. Adding one here gives it both clocks, history, contradictions, the import and the mutations of the API. */
export const REGISTERS = [
  directory,
  meetings,
  actions,
  documents,
  rules,
  recommendations,
  risks,
  decisions,
  forwardPlan,
] as unknown as readonly DeclaredRegister[];
