import type { NoticeRule } from '../../ledger/index.ts';
import { beforeItExisted, sameTitle } from '../../records/index.ts';
import type { DocumentEvent } from './events.ts';
import type { DocumentState } from './state.ts';

type Rule = NoticeRule<DocumentState, DocumentEvent>;

const titledAlike = sameTitle(
  (namesake) =>
    `${namesake} is among the papers of the same body, of the same date and title. Is it the same document?`,
);

/** What may be a slip, though nothing forbids it. A paper may be far older than whatever tells of it. */
export const notices: readonly Rule[] = [
  titledAlike,
  beforeItExisted('directory', ({ type, facts, actor }) =>
    type === 'DocumentRecorded' ? [facts.body, facts.publishingBody, actor.by?.post] : [actor.by?.post],
  ),
];
