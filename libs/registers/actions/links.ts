import { isCapacity } from '../../access/index.ts';
import type { CivilDate, Dated, Links, LinkWanted } from '../../ledger/index.ts';
import type { ActionCommand } from './commands.ts';
import type { ActionState, RaisedAction } from './state.ts';

/*
 * Registers never import each other: these are the shapes that actions rely on in the states of other registers.
 * `test/architecture` and the end-to-end tests hold both sides together.
 */

/** What actions read of a meeting. */
export interface MeetingLink {
  readonly ref: string;
  readonly body: string;
  readonly status: string;
  /** Absent while no day is known. */
  readonly date?: CivilDate;
  readonly dated?: Dated;
  readonly session: 'OPEN' | 'CLOSED';
}
/** What actions read of a post in the directory. */
export interface PostLink {
  readonly record: 'POST';
  readonly ref: string;
  readonly capacity?: string;
  readonly holders: readonly unknown[];
}
/** What actions read of a body in the directory. */
export interface BodyLink {
  readonly record: 'BODY';
  readonly ref: string;
}

/**
 * The records that a command names, by input field.
 *
 * `state` adds the meeting at which the action is due now, so that an extension can be told from a shortening.
 */
export function linksOf(command: ActionCommand, state?: ActionState): readonly LinkWanted[] {
  switch (command.type) {
    case 'RaiseAction':
      return [
        ...wanted('meetings', command.meeting, 'meeting'),
        ...wanted('meetings', command.due?.meeting, 'due.meeting'),
        ...wanted('directory', command.body, 'body'),
        ...wantedPost(command.owner),
      ];
    case 'ReassignAction':
      return wantedPost(command.owner);
    case 'ExtendActionDueDate':
      return [
        ...wanted('meetings', command.due.meeting, 'due.meeting'),
        ...(state === undefined || state.status === 'NOT_RAISED'
          ? []
          : wanted('meetings', state.due.current?.meeting, 'ref')),
      ];
    case 'DeferAction':
      return wanted('meetings', command.meeting, 'meeting');
    case 'MergeAction':
      return wanted('actions', command.into, 'into');
    case 'SupersedeAction':
      return wanted('actions', command.supersededBy, 'supersededBy');
    case 'AgreeAction':
    case 'GiveActionUpdate':
    case 'AddActionEvidence':
    case 'ReportActionComplete':
    case 'ReturnAction':
    case 'SignOffAction':
    case 'ConvertAction':
    case 'WithdrawAction':
    case 'ReopenAction':
      return [];
  }
}

export function meetingIn(links: Links, ref: string): MeetingLink | null {
  return links.find('meetings', ref) as MeetingLink | null;
}

export function actionIn(links: Links, ref: string): RaisedAction | null {
  return links.find('actions', ref) as RaisedAction | null;
}

export function isKnownBody(links: Links, ref: string): boolean {
  return (links.find('directory', ref) as BodyLink | PostLink | null)?.record === 'BODY';
}

/** A post of the directory, or one of the standard posts that every ledger knows from its first day. */
export function isKnownPost(links: Links, ref: string): boolean {
  return isCapacity(ref) || (links.find('directory', ref) as BodyLink | PostLink | null)?.record === 'POST';
}

function wanted(register: string, ref: string | undefined, field: string): readonly LinkWanted[] {
  return ref === undefined ? [] : [{ register, ref, field }];
}

function wantedPost(owner: string | undefined): readonly LinkWanted[] {
  return owner === undefined || isCapacity(owner) ? [] : wanted('directory', owner, 'owner');
}
