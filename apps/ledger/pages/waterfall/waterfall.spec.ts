import fc from 'fast-check';
import { openTemplates } from '../frame/templates.ts';
import { signed, waterfallOf, type Bar } from './waterfall.ts';

const level = (label: string, count: number): Bar => ({ kind: 'level', label, count });
const change = (label: string, by: number, outlined = false): Bar => ({ kind: 'change', label, by, outlined });

describe('a chart of how one number became another', () => {
  it('draws a level from zero, and a change from where the bars before it came to', () => {
    const { bars, width } = waterfallOf([
      level('told', 4),
      change('learned', 6, true),
      level('known now', 10),
      change('closed', -5),
    ]);
    expect(width).toBe(290);
    expect(bars.map(({ x, width: of }) => [x, of])).toEqual([
      [0, 116],
      [116, 174],
      [0, 290],
      [145, 145],
    ]);
  });

  it('says each number with its sign beside its words, so that no colour is needed', () => {
    const { bars } = waterfallOf([
      level('told', 1200),
      change('learned', 3),
      change('closed', -2),
      change('voided', 0),
    ]);
    expect(bars.map(({ words }) => words)).toEqual(['Told: 1,200', 'Learned: +3', 'Closed: −2', 'Voided: 0']);
    expect(signed(-1200)).toBe('−1,200');
  });

  it('points to where a change leads, and nowhere where it leads to nothing else', () => {
    const { bars } = waterfallOf([level('told', 10), change('learned', 10), change('closed', -10), change('none', 0)]);
    const tip = (index: number) => Number(bars[index]!.head!.split(' ')[1]!.split(',')[0]);
    expect([bars[0]!.head, bars[3]!.head]).toEqual([null, null]);
    expect([tip(1), tip(2)]).toEqual([290, 145]);
  });

  it('tells what became known from what happened by an outline, and a gain from a loss by another look than colour', () => {
    const { bars } = waterfallOf([
      level('told', 1),
      change('learned', 1, true),
      change('raised', 1),
      change('closed', -1),
    ]);
    expect(bars.map(({ classes }) => classes)).toEqual([
      'ledger-bar ledger-bar--level',
      'ledger-bar ledger-bar--added ledger-bar--outlined',
      'ledger-bar ledger-bar--added',
      'ledger-bar ledger-bar--taken',
    ]);
  });

  it('draws nothing at all as lines at zero', () => {
    const { bars } = waterfallOf([level('told', 0), level('closing', 0)]);
    expect(bars.map(({ x, width }) => [x, width])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('stays within the picture, whatever the numbers, also where they are less than none on the way', () => {
    const some = fc.integer({ min: -1e6, max: 1e6 }).map((by) => change('x', by));
    fc.assert(
      fc.property(fc.nat(1e6), fc.array(some, { maxLength: 12 }), (opening, changes) => {
        const closing = changes.reduce((sum, bar) => sum + (bar.kind === 'change' ? bar.by : 0), opening);
        const { bars, width, height, zeroAt } = waterfallOf([level('a', opening), ...changes, level('b', closing)]);
        expect(zeroAt).toBeGreaterThanOrEqual(0);
        for (const bar of bars) {
          expect(bar.x).toBeGreaterThanOrEqual(0);
          expect(bar.x + bar.width).toBeLessThanOrEqual(width + 1);
          expect(bar.barAt).toBeLessThan(height);
        }
      }),
      { seed: 16, numRuns: 200 },
    );
  });

  it('escapes what a register calls its kinds, and is one picture with a name', () => {
    const html = openTemplates(new Map())('waterfall/waterfall.njk', {
      chart: { ...waterfallOf([level('<b>told</b>', 1)]), title: 'How "many"' },
    });
    expect(html).toContain('aria-label="How &quot;many&quot;"');
    expect(html).toContain('&lt;b&gt;told&lt;/b&gt;: 1');
    expect(html).toContain('role="img"');
  });
});
