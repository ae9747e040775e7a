import type { MadeSo } from '../../../../../libs/declarations/index.ts';
import type { RaisedAction } from '../../../../../libs/registers/actions/index.ts';
import { plainDrawing } from '../../../../../test/plain-drawing.ts';
import { KINDS } from '../../kinds.ts';
import type { AnyRecordAsOf, KindOnPages } from '../kind-on-pages.ts';
import { linesOf } from '../../../../../libs/wording/index.ts';

const DRAWING = plainDrawing({
  names: {
    'chief-constable': 'Chief Constable',
    'CGB-2023-06-21': 'June',
    'CGB-2023-09-25': 'September',
    'CGB-2023-06-A9': 'Another',
    'CGB-2023-06-D2': 'Its successor',
  },
});
const MADE: MadeSo = { type: 'ActionAgreed', effectiveOn: '2023-05-03', by: null, authority: null };
const NOT_DUE = { original: null, current: null, extensions: 0, broughtForward: 0, movedWithMeeting: false };

async function told(kind: KindOnPages, record: object, made: Partial<MadeSo>): Promise<readonly string[]> {
  const value = kind.shown.status!.why(record as AnyRecordAsOf, { ...MADE, ...made });
  return (await linesOf(value, DRAWING)).map((line) => line.map(({ text }) => text).join(''));
}

const action = (state: Partial<RaisedAction>, more: object = {}) => ({ state, due: NOT_DUE, overdue: false, ...more });

describe('why the status of a record is what it is', () => {
  it.each<[Partial<RaisedAction>, Partial<MadeSo>, string]>([
    [
      { status: 'REPORTED_COMPLETE' },
      { type: 'ActionReportedComplete', by: 'chief-constable' },
      'Reported complete on 3 May 2023 by Chief Constable. Nobody has signed it off since.',
    ],
    [
      { status: 'SIGNED_OFF' },
      { type: 'ActionSignedOff', authority: { meeting: 'CGB-2023-06-21' } },
      'Signed off on 3 May 2023, on the authority of the meeting CGB-2023-06-21.',
    ],
    [
      { status: 'CONVERTED' },
      { type: 'ActionConverted', authority: { decision: '12/2023' } },
      'Completed by other means on 3 May 2023, on the authority of the decision 12/2023.',
    ],
    [
      { status: 'DEFERRED', deferred: { meeting: 'CGB-2023-09-25' } },
      { type: 'ActionDeferred' },
      'Deferred on 3 May 2023. It is put off until the meeting CGB-2023-09-25.',
    ],
    [
      { status: 'DEFERRED', deferred: { until: '2023-09-25' } },
      { type: 'ActionDeferred' },
      'Deferred on 3 May 2023. It is put off until 25 September 2023.',
    ],
    [{ status: 'DEFERRED', deferred: {} }, { type: 'ActionDeferred' }, 'Deferred on 3 May 2023.'],
    [
      { status: 'MERGED', continuedAs: 'CGB-2023-06-A9' },
      { type: 'ActionMerged' },
      'Merged into another action on 3 May 2023. It goes on as CGB-2023-06-A9.',
    ],
    [{ status: 'PROPOSED' }, { type: 'ActionRaised' }, 'Raised on 3 May 2023. Nobody has agreed it since.'],
    [{ status: 'IN_PROGRESS' }, { type: 'ActionReopened' }, 'Reopened on 3 May 2023.'],
  ])('of an action: the fact that made it so, and what has not followed (%j)', async (state, made, sentence) => {
    expect(await told(KINDS.action, action(state), made)).toEqual([sentence]);
  });

  it('names no day that nobody stated', async () => {
    const dated = { how: 'by', to: '2023-10-09' } as const;
    const made = { type: 'ActionReportedComplete', dated, effectiveOn: '2023-10-09', by: 'chief-constable' };
    expect(await told(KINDS.action, action({ status: 'REPORTED_COMPLETE' }), made)).toEqual([
      'Reported complete by 9 October 2023, by Chief Constable. Nobody has signed it off since.',
    ]);
  });

  it('says of an overdue action why it is', async () => {
    const overdue = (due: object) =>
      told(
        KINDS.action,
        action({ status: 'IN_PROGRESS' }, { due: { ...NOT_DUE, current: '2023-06-30', ...due }, overdue: true }),
        {},
      );
    expect((await overdue({}))[1]).toBe('Overdue: it was due on 30 June 2023.');
    expect((await overdue({ extensions: 2 }))[1]).toBe(
      'Overdue: it was due on 30 June 2023, after it was extended 2 times.',
    );
    expect((await overdue({ movedWithMeeting: true, extensions: 1 }))[1]).toBe(
      'Overdue: it was due on 30 June 2023, the day to which its meeting moved, after it was extended once.',
    );
  });

  it('is told of meetings and documents too', async () => {
    expect(await told(KINDS.meeting, { state: { status: 'SCHEDULED' } }, { type: 'MeetingScheduled' })).toEqual([
      'Scheduled on 3 May 2023. Nobody has recorded since that it was held.',
    ]);
    expect(await told(KINDS.meeting, { state: { status: 'HELD' } }, { type: 'MeetingHeld' })).toEqual([
      'Held on 3 May 2023.',
    ]);
    const replaced = { state: { status: 'REPLACED', supersededBy: 'CGB-2023-06-D2' } };
    expect(await told(KINDS.document, replaced, { type: 'DocumentReplaced' })).toEqual([
      'Replaced on 3 May 2023. In its place stands CGB-2023-06-D2.',
    ]);
  });
});
