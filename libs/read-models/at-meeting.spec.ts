import { PUBLIC } from '../access/index.ts';
import { OFFICIAL_OPEN } from '../ledger/index.ts';
import { listActions } from '../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import type { AsOf } from './index.ts';

const REF = 'CGB-2023-06-21';

/** One action told, one that was entered late between the papers of 14 June and the meeting of 21 June 2023, and one of afterwards. */
describe('a meeting as a point in time', () => {
  let ledger: LedgerBeingRead;
  const officer = () => ledger.as('opcc-officer');
  const at = (instant: string) => ledger.clock.set(instant);
  const basisAt = async (asOf: AsOf, reader = FULL) => (await ledger.view(asOf, reader)).basis;
  const raised = async (asOf: AsOf, reader = FULL) =>
    (await listActions(await ledger.view(asOf, reader), {}, {})).edges.map(({ node }) => node.ref);
  let beforeItMoved: string;
  let hidden: string;

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-01T12:00:00.000Z' });
    await officer().does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const raise = (more: object = {}) =>
      officer().does({ type: 'RaiseAction', body: 'CGB', title: 'A title', ...more });
    await officer().does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-21' });
    await officer().does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-22' });
    await officer().does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-23' });
    await officer().does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-09-25' });
    const sensitive = { ...OFFICIAL_OPEN, sensitive: true };
    hidden = await officer().does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-19', marking: sensitive });
    await officer().does({ type: 'CancelMeeting', ref: 'CGB-2023-06-22', reason: 'Not needed.' });
    await officer().does({ type: 'PostponeMeeting', ref: 'CGB-2023-06-23' });
    await raise();
    at('2023-06-14T17:00:00.000Z');
    await officer().does({ type: 'IssuePapers', ref: REF, at: '16:30' });
    at('2023-06-16T12:00:00.000Z');
    await raise({ effectiveOn: '2023-06-12' });
    at('2023-06-25T12:00:00.000Z');
    await raise();
    beforeItMoved = (await basisAt({})).position!;
    at('2023-06-26T12:00:00.000Z');
    await officer().does({ type: 'IssuePapers', ref: REF, effectiveOn: '2023-06-20', asAt: '2023-06-19' });
  });
  afterAll(() => ledger.remove());

  it('is, as told, the day and the instant of its cut-off', async () => {
    expect(await basisAt({ meeting: REF, view: 'TOLD' })).toMatchObject({
      effective: '2023-06-19',
      recorded: '2023-06-19T22:59:59.999Z',
      clock: 'STATED',
    });
    expect(await raised({ meeting: REF, view: 'TOLD' })).toEqual(['CGB-2023-06-A1', 'CGB-2023-06-A2']);
  });

  it('is read as known now, at the position if one is given', async () => {
    const asOf = { meeting: REF, view: 'TOLD', position: beforeItMoved } as const;
    expect(await basisAt(asOf)).toMatchObject({ effective: '2023-06-14', recorded: '2023-06-14T15:30:00.000Z' });
    expect(await raised(asOf)).toEqual(['CGB-2023-06-A1']);
  });

  it('is, as known now, that day by all that is known', async () => {
    const asOf = { meeting: REF, view: 'KNOWN_NOW' } as const;
    expect(await basisAt(asOf)).toMatchObject({ effective: '2023-06-19', recorded: '2023-06-26T12:00:00.000Z' });
    expect(await raised({ ...asOf, position: beforeItMoved })).toEqual(['CGB-2023-06-A1', 'CGB-2023-06-A2']);
    expect(await basisAt({ ...asOf, clock: 'PROVEN' })).toMatchObject({ clock: 'PROVEN', effective: '2023-06-19' });
  });

  it('is pinned by the position of its own basis', async () => {
    const asOf = { meeting: REF, view: 'KNOWN_NOW' } as const;
    const { position } = await basisAt(asOf);
    expect(await basisAt({ ...asOf, position: position! })).toMatchObject({ position });
  });

  it.each<readonly [string, AsOf, string, string]>([
    ['unknown', { meeting: 'CGB-2020-01-01', view: 'TOLD' }, 'asOf.meeting', 'There is no meeting'],
    ['no meeting at all', { meeting: 'CGB-2023-06-A1', view: 'TOLD' }, 'asOf.meeting', 'There is no meeting'],
    ['cancelled', { meeting: 'CGB-2023-06-22', view: 'KNOWN_NOW' }, 'asOf.meeting', 'This meeting was cancelled'],
    ['without a day', { meeting: 'CGB-2023-06-23', view: 'TOLD' }, 'asOf.meeting', 'No day is known'],
    ['ahead', { meeting: 'CGB-2023-09-25', view: 'TOLD' }, 'asOf.meeting', 'This meeting lies ahead'],
    [
      'given with a day',
      { meeting: REF, view: 'TOLD', effective: '2023-06-01' },
      'asOf.effective',
      'A meeting is its own',
    ],
    [
      'given with an instant',
      { meeting: REF, view: 'TOLD', recorded: '2023-06-01T00:00:00Z' },
      'asOf.recorded',
      'A meeting is its own',
    ],
    ['seen in no way', { meeting: REF }, 'asOf.view', 'Say whether'],
    ['not named', { view: 'TOLD' }, 'asOf.meeting', 'Name the meeting'],
  ])('is refused where it is %s', async (_, asOf, field, sentence) => {
    await expect(ledger.view(asOf)).rejects.toMatchObject({
      name: 'BadBasis',
      field,
      message: expect.stringMatching(new RegExp(`^${sentence}.*\\.$`)) as string,
    });
  });

  it('that is hidden is refused in the words of one that there is not', async () => {
    const messageTo = (meeting: string, reader = OFFICIAL) =>
      ledger.view({ meeting, view: 'TOLD' }, reader).then(
        () => 'answered',
        (cause: unknown) => (cause as Error).message,
      );
    expect(await messageTo(hidden, FULL)).toBe('answered');
    expect(await messageTo(hidden)).toBe(await messageTo('CGB-2020-01-01'));
    expect(await messageTo(REF, PUBLIC)).toBe(await messageTo('CGB-2020-01-01', PUBLIC));
  });
});
