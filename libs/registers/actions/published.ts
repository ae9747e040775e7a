import type { ActionState } from './state.ts';

export const PUBLISHED_STATUSES = ['NO_STATUS', 'IN_PROGRESS', 'AWAITING_SIGN_OFF', 'COMPLETE'] as const;
export type PublishedStatus = (typeof PUBLISHED_STATUSES)[number];

/**
 * What a public paper would print as the status of an action, or null where it would not list it. The
 * words are those of the papers to the Police and Crime Panel (9 October 2023).
 */
export function publishedStatusOf(status: ActionState['status']): PublishedStatus | null {
  switch (status) {
    case 'AGREED':
      return 'NO_STATUS';
    case 'IN_PROGRESS':
    case 'DEFERRED':
      return 'IN_PROGRESS';
    case 'REPORTED_COMPLETE':
      return 'AWAITING_SIGN_OFF';
    case 'SIGNED_OFF':
    case 'CONVERTED':
      return 'COMPLETE';
    case 'NOT_RAISED':
    case 'PROPOSED':
    case 'MERGED':
    case 'SUPERSEDED':
    case 'WITHDRAWN':
      return null;
  }
}
