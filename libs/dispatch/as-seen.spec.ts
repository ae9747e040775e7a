import { randomUUID } from 'node:crypto';
import { OFFICIAL_OPEN } from '../ledger/index.ts';
import { ledgerInAFolder, type LedgerInAFolder, type Said } from '../../test/ledger-in-a-folder.ts';

const HIDDEN = { marking: { ...OFFICIAL_OPEN, sensitive: true } };
const WHY = { reason: 'Typed from the minutes.' };

let house: LedgerInAFolder;
let ref: string;

/** An action that the force lead owned from the first to the sixth of October 2023. */
beforeEach(async () => {
  house = await ledgerInAFolder({ at: '2023-10-09T11:00:00.000Z' });
  const officer = house.as('opcc-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  await officer.does({ type: 'AddPost', as: 'hidden-post', name: 'Hidden', capacity: 'force-lead', ...HIDDEN });
  ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'T', owner: 'force-lead', ...on(1) });
  await house.as('commissioner').does({ type: 'AgreeAction', ref, ...on(1) });
});
afterEach(() => house.remove());

function on(day: number) {
  return { effectiveOn: `2023-10-0${day}`, ...WHY };
}
const lead = (said: Said) => house.as('force-lead').submit(said);
const reassigned = () =>
  house.as('opcc-officer').does({ type: 'ReassignAction', ref, owner: 'commissioner', ...on(6) });
const lastEvent = async () =>
  (await house.ledger.store.readAll(undefined, 500)).events
    .filter(({ stream }) => stream.startsWith('actions-'))
    .at(-1)!.id;

describe('what a caller is refused', () => {
  it('is the same for a hidden post in `by` as for one that there is not', async () => {
    const by = async (post: string) =>
      JSON.stringify(await lead({ type: 'GiveActionUpdate', ref, text: 't', by: post })).replaceAll(post, 'POST');
    expect(await by('hidden-post')).toBe(await by('absent-post'));
    expect(await by('hidden-post')).toContain('UNKNOWN_POST');
    // Whoever may see it is told that it is not theirs to type for.
    const seen = await house
      .as('monitoring-officer')
      .submit({ type: 'GiveActionUpdate', ref, text: 't', by: 'hidden-post' });
    expect(seen.outcome).toBe('forbidden');
  });

  it('names no hidden fact in whose state it cannot stand', async () => {
    const commissioner = house.as('commissioner');
    await commissioner.does({ type: 'WithdrawAction', ref, ...on(3), ...HIDDEN });
    await commissioner.does({ type: 'ReopenAction', ref, ...on(5), ...HIDDEN });
    await reassigned();
    const late: Said = { type: 'GiveActionUpdate', ref, text: 't', ...on(4) };
    expect(await lead(late)).toEqual({
      outcome: 'refused',
      refusal: { code: 'UNSEEN', sentence: expect.stringMatching(/^A fact that you may not see/) as string },
    });
    const officer = await house
      .as('opcc-officer')
      .submit({ ...late, by: 'force-lead', authority: { delegation: 'SoD-4' } });
    expect(officer).toMatchObject({ refusal: { code: 'ACTION_CLOSED' } });
  });

  it('names no hidden fact that would become impossible', async () => {
    await house.as('force-lead').does({ type: 'ReportActionComplete', ref, text: 'Done.', ...on(4), ...HIDDEN });
    const hidden = await lastEvent();
    await house.as('commissioner').does({ type: 'ReturnAction', ref, ...on(5), ...HIDDEN });
    await reassigned();
    const seen = await lastEvent();
    const late: Said = { type: 'ReportActionComplete', ref, text: 'Done.', ...on(3) };
    // A fact that may be seen stands in the way too: it alone is named.
    const told = JSON.stringify(await lead(late));
    expect(told).toContain('WOULD_CONTRADICT');
    expect(told).toContain(seen);
    expect(told).not.toContain(hidden);
    const officer = await house
      .as('opcc-officer')
      .submit({ ...late, by: 'force-lead', authority: { delegation: 'SoD-4' } });
    expect(JSON.stringify(officer)).toContain('WOULD_CONTRADICT');
    expect(JSON.stringify(officer)).toContain(hidden);
  });

  it('is the same for `before` a hidden event as before one that there is not', async () => {
    await house.as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'Hidden', ...on(4), ...HIDDEN });
    const hidden = await lastEvent();
    await reassigned();
    const before = (id: string) => lead({ type: 'GiveActionUpdate', ref, text: 't', ...on(4), before: id });
    expect(await before(hidden)).toEqual(await before(randomUUID()));
    expect(await before(hidden)).toMatchObject({ refusal: { code: 'UNKNOWN_BEFORE' } });
    expect(
      await house.as('opcc-officer').fails({
        type: 'GiveActionUpdate',
        ref,
        text: 't',
        ...on(4),
        before: hidden,
        by: 'force-lead',
        authority: { delegation: 'SoD-4' },
      }),
    ).toBe('accepted');
  });

  it('names no hidden record that is named by what it names', async () => {
    const officer = house.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'HIDBODY', name: 'Hidden' });
    const meeting = await officer.does({ type: 'ScheduleMeeting', body: 'HIDBODY', on: '2023-10-20' });
    const raise: Said = { type: 'RaiseAction', meeting, body: 'CGB', title: 't' };
    expect(await lead(raise)).toMatchObject({ refusal: { code: 'OTHER_BODY' } });
    await house.as('monitoring-officer').does({ type: 'Mark', ref: 'HIDBODY', to: HIDDEN.marking }, 'directory');
    expect(await lead(raise)).toMatchObject({ refusal: { code: 'UNSEEN' } });
    expect(JSON.stringify(await officer.submit(raise))).toContain('OTHER_BODY');
  });

  it('is what it always was where nothing hidden matters', async () => {
    expect(await lead({ type: 'ReturnAction', ref })).toMatchObject({ outcome: 'forbidden' });
    expect(await lead({ type: 'GiveActionUpdate', ref, text: ' ' })).toMatchObject({
      outcome: 'invalid',
      refusal: 'BLANK',
    });
    await house.as('force-lead').does({ type: 'ReportActionComplete', ref, text: 'Done.', ...HIDDEN });
    // The owner sees everything of the action, and is told why.
    expect(await lead({ type: 'ReportActionComplete', ref, text: 'Done.' })).toMatchObject({
      refusal: { code: 'ALREADY_REPORTED_COMPLETE' },
    });
  });
});
