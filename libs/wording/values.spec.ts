import { postInWords } from './values.ts';

describe('a value in words', () => {
  it('call a post by its name, and in words when the reader may not know it', () => {
    expect(postInWords('chief-constable', 'Chief Constable of Leicestershire')).toBe(
      'Chief Constable of Leicestershire',
    );
    expect(postInWords('commissioner', null)).toBe('Police and Crime Commissioner');
    expect(postInWords('chief-finance-officer', null)).toBe('Chief finance officer');
  });
});
