import { addDays, type CommonFact, type Tells } from '../../ledger/index.ts';
import type { DirectoryEvent } from './events.ts';
import { holdersOn, type DirectoryState } from './state.ts';

/** What of a body, a post or a person is told at a basis, and what each of their events is as a movement. See docs/comparing.md. */
export const told: Tells<DirectoryState, Exclude<DirectoryEvent['type'], CommonFact['type']>> = {
  fields(state, at) {
    if (state.record !== 'POST') return { ...state };
    at.turnsOn(...state.holders.flatMap(({ until }) => (until === undefined ? [] : [addDays(until, 1)])));
    return { ...state, heldBy: holdersOn(state, at.day) };
  },
  movements: {
    BodyAdded: 'RAISED',
    ReadingBegun: 'LINKED',
    ReadingEnded: 'LINKED',
    PostAdded: 'RAISED',
    PersonAdded: 'RAISED',
    HolderAppointed: 'APPOINTED',
    SubjectSet: 'RE_WORDED',
    MonitoringOfficerAppointed: 'APPOINTED',
  },
};
