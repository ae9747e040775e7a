import { OFFICIAL_OPEN } from '../ledger/index.ts';
import { ledgerInAFolder, type LedgerInAFolder } from '../../test/ledger-in-a-folder.ts';

const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };

/** The meeting is marked and, since nothing here draws the consequences, what arose from it is still to be. */
describe('an action that is still to be marked because of its meeting', () => {
  let house: LedgerInAFolder;
  let meeting: string;
  let own: string;
  let others: string;
  const mark = () =>
    house.as('monitoring-officer').does({ type: 'Mark', ref: meeting, to: SENSITIVE, reason: 'Covert.' }, 'meetings');
  const asLead = async (ref: string) =>
    JSON.stringify(await house.as('force-lead').submit({ type: 'GiveActionUpdate', ref, text: 'It goes on.' }))
      .replaceAll(ref, 'REF')
      .replace(/"(stream|events|position)":("[^"]*"|\[[^\]]*\]),/g, '');

  beforeEach(async () => {
    house = await ledgerInAFolder({ at: '2023-10-09T11:00:00.000Z' });
    const officer = house.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-20' });
    [own = '', others = ''] = await Promise.all(
      ['force-lead', 'commissioner'].map((owner) =>
        officer.does({ type: 'RaiseAction', meeting, title: `Of ${owner}`, owner }),
      ),
    );
    for (const ref of [own, others]) await house.as('commissioner').does({ type: 'AgreeAction', ref });
  });
  afterEach(() => house.remove());

  it('is refused to whoever may not see the meeting as one that there is not', async () => {
    const absent = await asLead('CGB-2023-10-A99');
    expect(await asLead(others)).not.toBe(absent);
    await mark();
    expect(await asLead(others)).toBe(absent);
    expect(absent).toContain('not-found');
  });

  it('takes the commands of its own owner, and of whoever may see everything', async () => {
    await mark();
    expect(await asLead(own)).toContain('accepted');
    expect(await house.as('opcc-officer').fails({ type: 'ReassignAction', ref: others, owner: 'force-lead' })).toBe(
      'accepted',
    );
  });

  it('is named to its writers, each with the event because of which', async () => {
    const { dispatch } = house.ledger;
    expect(await dispatch.consequencesOf('meetings', meeting)).toEqual([]);
    await mark();
    expect(await dispatch.consequencesOf('meetings', meeting)).toMatchObject(
      [own, others].map((ref) => ({ which: ref, marking: SENSITIVE, cause: { type: 'Marked' } })),
    );
    expect(await dispatch.consequencesOf('actions', own)).toEqual([]);
  });

  it('is found where the meeting was of another body when it was raised', async () => {
    const officer = house.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'SPB', name: 'Other board' });
    const scheduled = (await house.ledger.store.readAll(undefined, 500)).events.find(({ stream }) =>
      stream.startsWith('meetings-'),
    )!;
    await officer.does(
      { type: 'Correct', ref: meeting, event: scheduled.id, path: 'body', is: 'SPB', reason: 'Typo.' },
      'meetings',
    );
    const later = await officer.does({ type: 'RaiseAction', meeting, title: 'Later' });
    expect(later).toMatch(/^SPB-2023-10-A/);
    await mark();
    const found = await house.ledger.dispatch.consequencesOf('meetings', meeting);
    expect('outcome' in found ? found : found.map(({ which }) => which)).toEqual([own, others, later]);
  });
});
