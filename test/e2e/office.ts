import { setTimeout as pause } from 'node:timers/promises';
import { addDays, instantOf, londonDayOf } from '../../libs/ledger/index.ts';
import type { Client, Json, Variables } from './client.ts';
import { serveLedger, type ServedLedger, type ServeOptions } from './served-ledger.ts';

/** The London day that lies so many days from today. */
export function dayFromToday(days: number): string {
  return addDays(londonDayOf(instantOf(Date.now())), days);
}

/** What is typed late needs a reason. */
export const TYPED_LATE = { reason: 'Typed from the minutes.' };
export const DELEGATED = { authority: { delegation: 'SoD-4' } };

/** A board that met thirty days ago, and those who work with its actions. Made over the API alone. */
export interface Office {
  readonly served: ServedLedger;
  readonly officer: Client;
  readonly commissioner: Client;
  readonly lead: Client;
  readonly monitoring: Client;
  /** Reference of the meeting that was held thirty days ago. */
  readonly board: string;
  /** Reference of a meeting that is set for thirty days ahead. */
  readonly next: string;
  /** Raises an action of the force lead at the board. */
  raise(more?: Variables): Promise<string>;
  /** Raises and agrees an action of the force lead at the board. */
  agreed(more?: Variables): Promise<string>;
  /** The history of an action as the office sees it. */
  history(ref: string, asOf?: Variables): Promise<readonly Json[]>;
}

export const HELD_ON = dayFromToday(-30);
export const NEXT_ON = dayFromToday(30);

export async function openOffice(options: ServeOptions = {}): Promise<Office> {
  const served = await serveLedger(options);
  const [officer, commissioner, lead, monitoring] = await Promise.all([
    served.as('opcc-officer'),
    served.as('commissioner'),
    served.as('force-lead'),
    served.as('monitoring-officer'),
  ]);
  // The demonstration records whoever sends a command: here, before anything is counted.
  for (const client of [commissioner, lead, monitoring])
    await client.fails('agreeAction', { ref: 'NOBODY-2000-01-A1' });
  await officer.does('addBody', {
    ref: 'CGB',
    name: 'Corporate Governance Board',
    effectiveOn: HELD_ON,
    ...TYPED_LATE,
  });
  const held = await officer.does('scheduleMeeting', { body: 'CGB', on: HELD_ON, effectiveOn: HELD_ON, ...TYPED_LATE });
  const board: string = held.meeting.ref;
  await officer.does('holdMeeting', { ref: board, effectiveOn: HELD_ON, ...TYPED_LATE });
  const next: string = (await officer.does('scheduleMeeting', { body: 'CGB', on: NEXT_ON })).meeting.ref;

  async function raise(more: Variables = {}): Promise<string> {
    const raised = {
      meeting: board,
      title: 'Report on vetting',
      owner: 'force-lead',
      effectiveOn: HELD_ON,
      ...TYPED_LATE,
    };
    return (await officer.does('raiseAction', { ...raised, ...more })).action.ref;
  }
  return {
    served,
    officer,
    commissioner,
    lead,
    monitoring,
    board,
    next,
    raise,
    async agreed(more) {
      const ref = await raise(more);
      await commissioner.does('agreeAction', { ref, effectiveOn: HELD_ON, ...TYPED_LATE });
      return ref;
    },
    async history(ref, asOf) {
      await served.ready();
      const { ledger } = await officer.asks('History', { ref, asOf, first: 500 });
      return ledger.action.history.edges.map(({ node }: Json) => node);
    },
  };
}

/** Lets the clock move on, so that what follows is recorded later. */
export async function aMoment(): Promise<void> {
  await pause(5);
}
