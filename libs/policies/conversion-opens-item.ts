import { present } from '../declarations/index.ts';
import { actions } from '../registers/actions/index.ts';
import { forwardPlan } from '../registers/forward-plan/index.ts';
import { opening } from './opening.ts';

/**
 * Converting an action opens an item of the forward plan of its body, to be scheduled. It is called what the action became, where that was said, and
 * else what the action is called; whoever led the action brings it.
 */
export const conversionOpensItem = opening({
  name: 'conversion-opens-item',
  causes: actions,
  types: ['ActionConverted'],
  commands: ['ConvertAction'],
  opens: forwardPlan.name,
  opensBy: 'SuggestForwardPlanItem',
  switchedOnBy: 'conversionsOpenItems',
  of(fact, state) {
    if (fact.type !== 'ActionConverted' || state.status === 'NOT_RAISED') return null;
    const { ref, body, title, owner } = state;
    const item = {
      body,
      title: fact.texts.item ?? title,
      comesFrom: ref,
      causedBy: fact.id,
    };
    return { says: { ...item, ...present({ sponsor: owner }) } };
  },
});
