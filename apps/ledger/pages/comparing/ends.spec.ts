import { atFault, endParameters, endsAnswered, endsAskedFor, readEnds } from './ends.ts';

const read = (query: string) => readEnds(new URLSearchParams(query));

describe('the two dates that a page compares', () => {
  it('reads each as a page reads its own, and writes them so again', () => {
    const query = 'before=2023-06-30&before-recorded=2023-07-01T14:30&after=2023-10-09';
    const { ends, problems } = read(query);
    expect(problems).toEqual([]);
    expect(ends).toEqual({
      before: { dates: { on: '2023-06-30', recorded: '2023-07-01T14:30' } },
      after: { dates: { on: '2023-10-09' } },
    });
    expect(new URLSearchParams(endsAskedFor(ends!).map(([...one]) => one)).toString().replaceAll('%3A', ':')).toBe(
      query,
    );
  });

  it('takes today, as known now, for a later one that nobody names', () => {
    expect(read('before=2023-06-30').ends).toEqual({ before: { dates: { on: '2023-06-30' } }, after: { dates: {} } });
  });

  it('has both on the one clock that the page is on', () => {
    expect(read('before=2023-06-30&clock=proven').ends).toEqual({
      before: { dates: { on: '2023-06-30', proven: true } },
      after: { dates: { proven: true } },
    });
    expect(endsAskedFor(read('before=2023-06-30&clock=proven').ends!)).toEqual([['before', '2023-06-30']]);
  });

  it('reads the boxes of its form, which are to be written anew', () => {
    const boxes =
      'before-on-day=30&before-on-month=June&before-on-year=2023&after-on-day=9&after-on-month=10&after-on-year=2023';
    expect(read(boxes)).toMatchObject({
      fromBoxes: true,
      ends: { before: { dates: { on: '2023-06-30' } }, after: { dates: { on: '2023-10-09' } } },
    });
  });

  it('compares with nothing until an earlier one is named, and asks for it where a form was sent without', () => {
    expect(read('')).toMatchObject({ isNamed: false, problems: [] });
    expect(read('before-meeting-view=told&after-meeting-view=told')).toMatchObject({
      isNamed: false,
      problems: [],
      fromBoxes: true,
    });
    expect(read('before-meeting-view=told&after-at-meeting=CGB-2023-06-21').problems).toHaveLength(1);
    expect(read('after=2023-10-09')).toMatchObject({ isNamed: false, problems: [] });
    expect(read('after-on-day=9&after-on-month=10&after-on-year=2023').problems).toMatchObject([
      { id: 'before-on-day', sentence: 'Enter the earlier date' },
    ]);
  });

  it('names the box of each that will not do, and says of which end it is', () => {
    expect(
      read('before-on-day=31&before-on-month=6&before-on-year=2023&after-recorded-time=25:00').problems,
    ).toMatchObject([
      { id: 'before-on-day', sentence: 'Earlier date: the date must be a real date, like 30 6 2023' },
      { id: 'after-recorded-time', sentence: 'Later date: the time must be a real time, like 2:30pm or 14:30' },
    ]);
    expect(read('before=2023-06-31').problems).toMatchObject([{ id: 'before-on-day' }]);
  });

  it('takes a meeting for an end, as told or as known now, and what it stands for from the ledger', () => {
    const query =
      'before-at-meeting=CGB-2023-06-21&before-meeting-view=told&after-at-meeting=CGB-2023-10-09&after-meeting-view=now';
    const { ends, fromBoxes } = read(query);
    expect(ends).toEqual({
      before: { dates: {}, meeting: { meeting: 'CGB-2023-06-21', view: 'TOLD' } },
      after: { dates: {}, meeting: { meeting: 'CGB-2023-10-09', view: 'KNOWN_NOW' } },
    });
    expect(fromBoxes).toBe(false);
    expect(new URLSearchParams(endsAskedFor(ends!).map(([...one]) => one)).toString()).toBe(query);
    const basis = { clock: 'STATED', position: null, settled: true, timeZone: 'Europe/London' } as const;
    const answered = endsAnswered(ends!, {
      told: { ...basis, effective: '2023-06-20', recorded: '2023-06-20T22:59:59.999Z' },
      closing: { ...basis, effective: '2023-10-08', recorded: '2023-11-20T12:00:00.000Z' },
    });
    expect(answered).toMatchObject({
      before: { on: '2023-06-20', recorded: '2023-06-20' },
      after: { on: '2023-10-08' },
    });
    expect(endParameters(answered)).toEqual(endsAskedFor(ends!));
  });

  it('writes an address anew in which the form says how to see no meeting', () => {
    expect(read('before=2023-06-30&after-meeting-view=told').fromBoxes).toBe(true);
  });

  it('says of two ends the wrong way round which to turn, and of one that lies ahead that it does, at its box', () => {
    const now = { effective: '2023-11-20', recorded: '2023-11-20T12:00:00.000Z' };
    const fault = (query: string, field: string) => {
      const { id, sentence } = atFault(field, 'As the ledger says.', read(query).ends!, now)!;
      return [id, sentence];
    };
    expect(fault('before=2023-10-09&after=2023-06-30', 'before.effective')).toEqual([
      'before-on-day',
      'Earlier date: the date lies after the later one: turn the two dates round',
    ]);
    expect(fault('before=2023-06-30&before-recorded=2023-11-01&after-recorded=2023-10-01', 'before.recorded')).toEqual([
      'before-recorded-day',
      'Earlier date: the date recorded by lies after that of the later one: turn the two dates recorded by round',
    ]);
    expect(fault('before=2023-06-30&after=2023-11-21', 'after.effective')).toEqual([
      'after-on-day',
      'Later date: the date must be today or in the past',
    ]);
    expect(fault('before=2023-06-30&after-recorded=2023-11-21', 'after.recorded')).toEqual([
      'after-recorded-day',
      'Later date: the date recorded by must be now or in the past',
    ]);
    expect(fault('before-at-meeting=CGB-2023-06-21', 'before.meeting')).toEqual([
      'before-at-meeting',
      'Earlier date: as the ledger says',
    ]);
    expect(atFault('asOf.position', '', read('before=2023-06-30').ends!, now)).toBeNull();
  });
});
