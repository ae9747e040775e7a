import { ACTION_FIELDS } from './actions/action.fields.ts';
import { registerDoor, type RegisterDoor } from './commands/register-door.ts';
import { DECISION_FIELDS } from './decisions/decision.fields.ts';
import { DIRECTORY_FIELDS } from './directory/directory.fields.ts';
import { DOCUMENT_FIELDS } from './documents/document.fields.ts';
import { FORWARD_PLAN_FIELDS } from './forward-plan/forward-plan-item.fields.ts';
import type { Fields } from './ledger/value.ts';
import { MEETING_FIELDS } from './meetings/meeting.fields.ts';
import { RECOMMENDATION_FIELDS } from './recommendations/recommendation.fields.ts';
import { RISK_FIELDS } from './risks/risk.fields.ts';
import { RULE_FIELDS } from './rules/rule.fields.ts';

/** What the API has of one register. */
export interface RegisterApi extends RegisterDoor {
  /** Fields of its types that must ask something. */
  readonly fields: { readonly [type: string]: Fields<never> };
}

/** The registers of the API, by name. A new register is added here, and nowhere else in the set-up of the server. */
export const REGISTER_APIS: Readonly<Record<string, RegisterApi>> = {
  actions: { fields: ACTION_FIELDS, ...registerDoor('actions') },
  meetings: { fields: MEETING_FIELDS, ...registerDoor('meetings') },
  directory: { fields: DIRECTORY_FIELDS, ...registerDoor('directory') },
  recommendations: { fields: RECOMMENDATION_FIELDS, ...registerDoor('recommendations') },
  decisions: { fields: DECISION_FIELDS, ...registerDoor('decisions') },
  documents: { fields: DOCUMENT_FIELDS, ...registerDoor('documents') },
  'forward-plan': { fields: FORWARD_PLAN_FIELDS, ...registerDoor('forward-plan') },
  risks: { fields: RISK_FIELDS, ...registerDoor('risks') },
  rules: { fields: RULE_FIELDS, ...registerDoor('rules') },
};
