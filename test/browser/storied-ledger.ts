import type { Client, Json } from '../e2e/client.ts';
import { serveLedger, type ServedLedger } from '../e2e/served-ledger.ts';
import { standingClock } from '../ledger-in-a-folder.ts';

/** Meant to do harm where it is not escaped. */
export const HOSTILE = '<script>document.title="taken"</script>"><img src=x onerror="document.title=1"> {{ 7*7 }}';
/** A word that no window is wide enough for. */
const LONG_WORD = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(4);

/** The papers of Leicestershire, and what was recorded after them so that every state of a page can be seen. */
export interface StoriedLedger {
  readonly served: ServedLedger;
  readonly officer: Client;
  /** References of actions. */
  readonly hostile: string;
  readonly sensitive: string;
  readonly storied: string;
  readonly questioned: string;
  readonly mistaken: string;
  readonly raise: (input: Readonly<Record<string, unknown>>) => Promise<string>;
}

export async function openStoriedLedger(): Promise<StoriedLedger> {
  const clock = standingClock('2023-11-20T12:00:00.000Z');
  const served = await serveLedger({ store: 'sqlite', holding: 'example', clock });
  const [officer, commissioner, lead, monitoring] = await Promise.all([
    served.as('opcc-officer'),
    served.as('commissioner'),
    served.as('force-lead'),
    served.as('monitoring-officer'),
  ]);
  const late = { effectiveOn: '2023-11-01', reason: 'Typed from the minutes.' };

  async function raise(input: Readonly<Record<string, unknown>>): Promise<string> {
    return (await officer.does('raiseAction', { body: 'CGB', ...input })).action.ref;
  }

  async function eventsOf(ref: string): Promise<readonly Json[]> {
    await served.ready();
    const { ledger } = await officer.asks('AnyRecord', { ref });
    return ledger.record.history.edges.map(({ node }: Json) => node);
  }

  /** An action to which everything happened that a timeline can show, published at the end. */
  async function tellAStory(): Promise<string> {
    const ref = await raise({
      title: 'Report on vetting backlogs',
      owner: 'force-lead',
      organisation: 'FORCE',
      priority: 'HIGH',
      due: { on: '2023-12-01', phrase: 'by the start of December' },
    });
    await commissioner.does('agreeAction', { ref, authority: { decision: 'PCC-2023-14' } });
    await lead.does('giveActionUpdate', { ref, text: `Begun.\nTwo of five backlogs are cleared.\n${LONG_WORD}` });
    await lead.does('giveActionUpdate', { ref, text: 'This belongs to another action.' });
    await lead.does('addActionEvidence', { ref, title: 'Backlog figures', fileName: 'backlogs.xlsx' });
    await officer.does('extendActionDueDate', { ref, due: { on: '2023-12-20' }, reason: 'The figures come late.' });
    const events = await eventsOf(ref);
    await officer.does('correctAction', {
      ref,
      event: events[0].id,
      path: 'due.on',
      is: '2023-12-02',
      reason: 'Misread.',
    });
    await monitoring.does('voidActionEvent', { ref, event: events[3].id, reason: 'Given to the wrong action.' });
    await officer.does('recordOtherwiseStated', {
      record: ref,
      path: 'owner',
      says: 'chief-constable',
      source: { document: 'Letter of 3 November', paragraph: '2' },
    });
    await lead.does('reportActionComplete', { ref, text: 'All five are cleared.' });
    await commissioner.does('returnAction', { ref, reason: 'One is not.' });
    await monitoring.does('publishAction', { ref });
    return ref;
  }

  /** An action that was agreed at a meeting which turned out not to have been held. */
  async function agreedAtNoMeeting(): Promise<string> {
    const meeting = (await officer.does('scheduleMeeting', { body: 'CGB', on: '2023-11-20' })).meeting.ref;
    await officer.does('holdMeeting', { ref: meeting });
    const ref = await raise({ title: 'Report on detention times', owner: 'force-lead' });
    await commissioner.does('agreeAction', { ref, authority: { meeting } });
    const held = (await eventsOf(meeting)).find(({ type }) => type === 'MeetingHeld').id;
    await monitoring.does('voidMeetingEvent', { ref: meeting, event: held, reason: 'Nobody came.' });
    return ref;
  }

  /** An action that was recorded by mistake. */
  async function raisedByMistake(): Promise<string> {
    const ref = await raise({ title: 'Raised twice', owner: 'force-lead' });
    const [opened] = await eventsOf(ref);
    await monitoring.does('voidActionEvent', { ref, event: opened.id, reason: 'Raised twice.' });
    return ref;
  }

  const hostile = await raise({ title: HOSTILE, owner: 'force-lead', due: { on: '2023-11-10' }, ...late });
  await commissioner.does('agreeAction', { ref: hostile, ...late });
  const sensitive = await raise({ title: 'Nobody outside may read this', marking: 'OFFICIAL_SENSITIVE' });
  const storied = await tellAStory();
  const questioned = await agreedAtNoMeeting();
  const mistaken = await raisedByMistake();
  await raise({ title: LONG_WORD, owner: 'force-lead', due: { phrase: LONG_WORD } });
  await served.ready();
  return { served, officer, hostile, sensitive, storied, questioned, mistaken, raise };
}
