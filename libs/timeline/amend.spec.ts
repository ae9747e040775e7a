import type { RecordEvent } from '../ledger/index.ts';
import { pastEvent, type Past } from '../spec-kit/index.ts';
import { pledges, type PledgeEvent } from '../../test/property/histories.ts';
import { amend, asItStood, fold, mistakeIn, snapshotAt } from './index.ts';

function record(...past: Past<PledgeEvent>[]): readonly RecordEvent[] {
  return past.map((event, index) => pastEvent('pledges', event, index + 1));
}
const made: Past<PledgeEvent> = {
  type: 'PledgeMade',
  facts: { ref: 'P1', due: { on: '2023-06-30' } },
  texts: ['title', 'document'],
  effectiveOn: '2023-06-01',
};
const moved = (level: number, effectiveOn: string, rest: Partial<Past<PledgeEvent>> = {}): Past<PledgeEvent> =>
  ({ type: 'PledgeMoved', schema: 2, facts: { level }, effectiveOn, ...rest }) as Past<PledgeEvent>;
const corrected = (target: string, path: string, is?: unknown): Past<PledgeEvent> =>
  ({
    type: 'Corrected',
    effectiveOn: '2023-09-01',
    facts: { target, schema: 2, path, ...(is === undefined ? {} : { is }) },
    texts: is === undefined ? ['is'] : [],
  }) as Past<PledgeEvent>;
const voided = (target: string): Past<PledgeEvent> => ({ type: 'Voided', facts: { target } });
const restored = (target: string): Past<PledgeEvent> => ({ type: 'Restored', facts: { target } });

const amended = (...past: Past<PledgeEvent>[]) => amend(pledges, record(...past));
const first = (...past: Past<PledgeEvent>[]) => amended(...past)[0] as PledgeEvent;
const order = (...past: Past<PledgeEvent>[]) => amended(...past).map(({ id }) => id);

describe('a correction', () => {
  it('changes one value within the facts and leaves the others', () => {
    expect(first(made, corrected('event-1', 'due.on', '2023-07-31')).facts).toEqual({
      ref: 'P1',
      due: { on: '2023-07-31' },
    });
  });

  it('makes the objects on the way to its value', () => {
    const bare = { ...made, facts: { ref: 'P1' } } as Past<PledgeEvent>;
    expect(first(bare, corrected('event-1', 'due.on', '2023-07-31')).facts).toEqual({
      ref: 'P1',
      due: { on: '2023-07-31' },
    });
  });

  it('changes a value as a whole', () => {
    const whole = first(made, corrected('event-1', 'due', { meeting: 'CGB-2023-09-25' }));
    expect(whole.facts).toEqual({ ref: 'P1', due: { meeting: 'CGB-2023-09-25' } });
  });

  it('takes a value away with null', () => {
    expect(first(made, corrected('event-1', 'due', null)).facts).toEqual({ ref: 'P1' });
    expect(first(made, corrected('event-1', 'due.on', null)).facts).toEqual({ ref: 'P1', due: {} });
    expect(first(made, corrected('event-1', 'owner.name', null)).facts).toEqual(made.facts);
    expect(first(made, corrected('event-1', 'title', null)).texts).not.toHaveProperty('title');
  });

  it('points a text to its own words, and a text of the source likewise', () => {
    const words = { event: 'event-2', part: 'text/is' };
    expect(first(made, corrected('event-1', 'title')).texts).toMatchObject({
      title: words,
      document: { event: 'event-1' },
    });
    expect(first(made, corrected('event-1', 'source.document')).texts).toMatchObject({
      title: { event: 'event-1' },
      document: words,
    });
    expect(first(made, corrected('event-1', 'source.paragraph')).texts).toMatchObject({ paragraph: words });
    expect(first(made, corrected('event-1', 'source.quote')).texts).toMatchObject({ quote: words });
  });

  it('changes when the source was published', () => {
    expect(first(made, corrected('event-1', 'source.publishedOn', '2023-10-02')).publishedOn).toBe('2023-10-02');
    const published = { ...made, publishedOn: '2023-10-01' };
    expect(first(published, corrected('event-1', 'source.publishedOn', null))).not.toHaveProperty('publishedOn');
  });

  it('moves the effective day, and with it the place in the fold', () => {
    expect(
      order(made, moved(1, '2023-06-05'), moved(2, '2023-06-06'), corrected('event-2', 'effectiveOn', '2023-06-07')),
    ).toEqual(['event-1', 'event-3', 'event-2']);
  });

  it('of `dated` sets the effective day to its end, and null leaves that day as the day itself', () => {
    const span = { from: '2023-06-02', to: '2023-06-20', how: 'between' };
    const spanned = first(made, corrected('event-1', 'dated', span));
    expect(spanned).toMatchObject({ dated: span, effectiveOn: '2023-06-20' });
    const lifted = first(made, corrected('event-1', 'dated', span), corrected('event-1', 'dated', null));
    expect(lifted.effectiveOn).toBe('2023-06-20');
    expect(lifted).not.toHaveProperty('dated');
  });

  it('that gives the effective day ends the span within which it may have been', () => {
    const spanned = { ...made, dated: { to: '2023-06-01', how: 'by' as const } };
    expect(first(spanned, corrected('event-1', 'effectiveOn', '2023-05-20'))).not.toHaveProperty('dated');
  });

  it('gives way to the last one known for its path', () => {
    const later = first(
      made,
      corrected('event-1', 'due.on', '2023-07-31'),
      corrected('event-1', 'due.on', '2023-08-31'),
    );
    expect(later.facts).toMatchObject({ due: { on: '2023-08-31' } });
  });

  it('does not count once it is voided, and counts again when that is lifted', () => {
    const mistaken = [made, corrected('event-1', 'due.on', '2023-07-31'), voided('event-2')] as const;
    expect(first(...mistaken).facts).toEqual(made.facts);
    expect(first(...mistaken, restored('event-2')).facts).toMatchObject({ due: { on: '2023-07-31' } });
  });

  it('is laid on its target in the schema in which it was written', () => {
    const old = { ...moved(0, '2023-06-05'), schema: 1, facts: { to: 3 } } as unknown as Past<PledgeEvent>;
    const inOldWords = {
      ...corrected('event-2', 'to', 4),
      facts: { target: 'event-2', schema: 1, path: 'to', is: 4 },
    } as Past<PledgeEvent>;
    expect(amended(made, old)[1]?.facts).toEqual({ level: 3 });
    expect(amended(made, old, inOldWords)[1]?.facts).toEqual({ level: 4 });
    expect(amended(made, old, corrected('event-2', 'level', 5))[1]?.facts).toEqual({ level: 5 });
    expect(amended(made, old, inOldWords, corrected('event-2', 'level', 5))[1]).toMatchObject({
      schema: 2,
      facts: { level: 5 },
    });
  });

  it('of an event that is not known amends nothing', () => {
    expect(
      amend(
        pledges,
        record(made, moved(1, '2023-06-05'), corrected('event-2', 'level', 9)).filter(({ version }) => version !== 2),
      ),
    ).toHaveLength(1);
  });

  it('leaves the event that was recorded as it was', () => {
    const events = record(made, corrected('event-1', 'due.on', '2023-07-31'));
    const before = structuredClone(events);
    amend(pledges, events);
    expect(events).toEqual(before);
  });
});

describe('a void', () => {
  it('takes a fact out of the fold until it is lifted', () => {
    expect(order(made, moved(1, '2023-06-05'), voided('event-2'))).toEqual(['event-1']);
    expect(order(made, moved(1, '2023-06-05'), voided('event-2'), restored('event-2'))).toEqual(['event-1', 'event-2']);
    expect(order(made, moved(1, '2023-06-05'), voided('event-2'), restored('event-2'), voided('event-2'))).toEqual([
      'event-1',
    ]);
  });

  it('is not itself voided', () => {
    expect(order(made, moved(1, '2023-06-05'), voided('event-2'), voided('event-3'))).toEqual(['event-1']);
  });
});

describe('the order of the fold', () => {
  it('is that of effective days, and on one day that of recording', () => {
    expect(order(made, moved(1, '2023-06-05'), moved(2, '2023-06-03'), moved(3, '2023-06-05'))).toEqual([
      'event-1',
      'event-3',
      'event-2',
      'event-4',
    ]);
  });

  it('puts a fact just before the one of the same day that it names, and several in their order', () => {
    const day = '2023-06-05';
    expect(
      order(
        made,
        moved(1, day),
        moved(2, day),
        moved(3, day, { before: 'event-3' }),
        moved(4, day, { before: 'event-3' }),
      ),
    ).toEqual(['event-1', 'event-2', 'event-4', 'event-5', 'event-3']);
    expect(
      order(made, moved(1, day), moved(2, day, { before: 'event-2' }), moved(3, day, { before: 'event-3' })),
    ).toEqual(['event-1', 'event-4', 'event-3', 'event-2']);
  });

  it('does not heed `before` a fact of another day, one that is voided or one that is not known', () => {
    const [a, b] = [moved(1, '2023-06-05'), moved(2, '2023-06-05', { before: 'event-2' })];
    expect(order(made, a, b)).toEqual(['event-1', 'event-3', 'event-2']);
    expect(order(made, a, moved(2, '2023-06-06', { before: 'event-2' }))).toEqual(['event-1', 'event-2', 'event-3']);
    expect(order(made, a, b, voided('event-2'))).toEqual(['event-1', 'event-3']);
    expect(order(made, a, moved(2, '2023-06-05', { before: 'nobody-knows' }))).toEqual([
      'event-1',
      'event-2',
      'event-3',
    ]);
  });

  it('falls back on the order of recording where facts are before each other in a circle', () => {
    const day = '2023-06-05';
    const circle = [moved(1, day, { before: 'event-3' }), moved(2, day, { before: 'event-2' })] as const;
    expect(order(made, ...circle)).toEqual(['event-1', 'event-2', 'event-3']);
    expect(order(made, ...circle, moved(3, day, { before: 'event-2' }))).toEqual([
      'event-1',
      'event-4',
      'event-2',
      'event-3',
    ]);
    expect(order(made, moved(1, day, { before: 'event-2' }))).toEqual(['event-1', 'event-2']);
  });
});

describe('fold', () => {
  it('gives the state before any event for no events at all', () => {
    expect(fold(pledges, amend(pledges, []))).toBe(pledges.initial);
  });
});

describe('a void of the fact that opened the record', () => {
  const told = [made, moved(3, '2023-06-10'), corrected('event-2', 'level', 4), voided('event-1')];
  const disputed: Past<PledgeEvent> = { type: 'OtherwiseStated', facts: { path: 'due', says: '2023-08-01' } };

  it('is a void of the record: nothing of it holds while it stands', () => {
    expect(order(...told)).toEqual([]);
    expect(order(...told, { ...made, facts: { ref: 'P1' } }, moved(5, '2023-06-12'))).toEqual([]);
    expect(snapshotAt(pledges, record(made, disputed, voided('event-1')), '2023-12-31')).toEqual({
      state: pledges.initial,
      mayAlreadyHold: [],
      disputed: [],
    });
  });

  it('says which event it is, until that is restored', () => {
    expect(mistakeIn(record(...told))).toMatchObject({ id: 'event-4', facts: { target: 'event-1' } });
    expect(mistakeIn(record(...told, restored('event-1')))).toBeNull();
    expect(mistakeIn(record(...told, restored('event-1'), voided('event-1')))).toMatchObject({ id: 'event-6' });
    expect(mistakeIn(record(made, moved(3, '2023-06-10'), voided('event-2')))).toBeNull();
  });

  it('leaves to be known what stood, and a restoration brings back exactly that', () => {
    const stood = amended(...told.slice(0, 3));
    expect(amended(...told, restored('event-1'))).toEqual(stood);
    expect(amend(pledges, asItStood(record(...told)))).toEqual(stood);
    expect(amend(pledges, asItStood(record(...told, restored('event-1'), voided('event-1'))))).toEqual(stood);
    const untouched = record(...told.slice(0, 3));
    expect(asItStood(untouched)).toBe(untouched);
  });
});
