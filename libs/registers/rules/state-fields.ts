import type { StateFields } from '../../declarations/index.ts';
import { title } from './fields.ts';
import { ruleStatus } from './state.ts';

/** What another source may say otherwise of the rule itself, without naming one of its events: what a version says is said of that. */
export const stateFields: StateFields = { title, status: ruleStatus };
