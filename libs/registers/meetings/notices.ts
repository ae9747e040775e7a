import type { NoticeRule } from '../../ledger/index.ts';
import { beforeItExisted, longBeforeItsSource } from '../../records/index.ts';
import type { MeetingEvent } from './events.ts';
import type { MeetingState } from './state.ts';

/** What may be a slip, though nothing forbids it. */
export const notices: readonly NoticeRule<MeetingState, MeetingEvent>[] = [
  beforeItExisted('directory', ({ type, facts, actor }) => [
    type === 'MeetingScheduled' ? facts.body : type === 'ItemMinuted' ? facts.owner : undefined,
    actor.by?.post,
  ]),
  longBeforeItsSource,
];
