import { present } from '../declarations/index.ts';
import { actions } from '../registers/actions/index.ts';
import { decisions, type DecisionEvent } from '../registers/decisions/index.ts';
import { opening, type Opens } from './opening.ts';

/** A decision opens the actions that it names, and one for each of its conditions that somebody sees to. */
export const decisionOpensActions = opening({
  name: 'decision-opens-actions',
  causes: decisions,
  types: ['DecisionActionNamed', 'DecisionConditionSet'],
  commands: ['MakeDecision', 'NameDecisionAction', 'SetDecisionCondition'],
  opens: actions.name,
  opensBy: 'RaiseAction',
  switchedOnBy: 'decisionsOpenActions',
  of: (fact, state) => (state.status === 'NOT_PROPOSED' ? null : opened(fact, state.ref)),
});

function opened(fact: DecisionEvent, decision: string): Opens | null {
  const authority = { decision };
  const raises = { decision, causedBy: fact.id, raisedBy: 'DECISION' };
  if (fact.type === 'DecisionActionNamed') {
    const { owner, due } = fact.facts;
    const { title, phrase } = fact.texts;
    const whenDue = phrase === undefined ? due : { ...due, phrase };
    return { authority, says: { ...raises, title, ...present({ owner, due: whenDue }) } };
  }
  if (fact.type !== 'DecisionConditionSet') return null;
  const { owner, targetOn } = fact.facts;
  if (owner === undefined) return null;
  const due = targetOn === undefined ? undefined : { on: targetOn };
  return { authority, says: { ...raises, title: fact.texts.subjectTo, owner, ...present({ due }) } };
}
