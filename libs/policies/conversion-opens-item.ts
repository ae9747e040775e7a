import { present } from '../declarations/index.ts';
import { actions, type ActionState } from '../registers/actions/index.ts';
import { forwardPlan } from '../registers/forward-plan/index.ts';
import { opening } from './opening.ts';

/**
 * Converting an action opens an item of the forward plan of its body, to be scheduled. It is called what the action became, where that was said, and
 * else what the action is called; whoever led the action brings it.
 */
export const conversionOpensItem = opening<ActionState>({
  name: 'conversion-opens-item',
  causes: actions as never,
  types: ['ActionConverted'],
  commands: ['ConvertAction'],
  opens: forwardPlan.name,
  switchedOnBy: 'conversionsOpenItems',
  of({ id, texts }, state) {
    if (state.status === 'NOT_RAISED') return null;
    const { ref, body, title, owner } = state;
    const command = {
      type: 'SuggestForwardPlanItem',
      body,
      title: texts['item'] ?? title,
      comesFrom: ref,
      causedBy: id,
    };
    return { command: { ...command, ...present({ sponsor: owner }) } };
  },
});
