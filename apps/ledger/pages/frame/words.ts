import { memberInWords } from '../../words/values.ts';
import {
  ACTION_STATUSES,
  actionStatus,
  publishedStatusOf,
  type ActionStatus,
  type PublishedStatus,
} from '../../../../libs/registers/actions/index.ts';

/* How pages say where an action stands. */

/** `Signed off`. */
export function statusInWords(status: ActionStatus): string {
  return memberInWords(actionStatus, status);
}

/** What a public paper would print; `Not in a public list` where it would print nothing. */
export function publishedInWords(published: PublishedStatus | null): string {
  if (published === null) return 'Not in a public list';
  return {
    NO_STATUS: 'No status',
    IN_PROGRESS: 'In progress',
    AWAITING_SIGN_OFF: 'Awaiting sign-off',
    COMPLETE: 'Complete',
  }[published];
}

/** What a public paper means by that, in the words of the ledger: `signed off, complete by other means`. */
export function publishedMeaning(published: PublishedStatus | null): string {
  return ACTION_STATUSES.filter((status) => publishedStatusOf(status) === published)
    .map((status) => statusInWords(status).toLowerCase())
    .join(', ');
}

/** Colour of a status tag. Never the only signal: the tag says the status in words. */
export function statusColour(status: ActionStatus): string {
  switch (status) {
    case 'PROPOSED':
      return 'govuk-tag--purple';
    case 'AGREED':
    case 'IN_PROGRESS':
      return 'govuk-tag--blue';
    case 'REPORTED_COMPLETE':
      return 'govuk-tag--yellow';
    case 'SIGNED_OFF':
    case 'CONVERTED':
      return 'govuk-tag--green';
    case 'DEFERRED':
      return 'govuk-tag--orange';
    case 'MERGED':
    case 'SUPERSEDED':
    case 'WITHDRAWN':
      return 'govuk-tag--grey';
  }
}
