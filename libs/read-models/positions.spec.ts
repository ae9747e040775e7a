import { AUDIENCES } from '../access/index.ts';
import { positionTokens } from './positions.ts';

const tokensOf = (ledger: number) => positionTokens({ secret: (purpose) => Buffer.alloc(32, `${purpose}${ledger}`) });
const tokens = tokensOf(1);

describe('position tokens', () => {
  it.each(AUDIENCES)('give %s the position back', (audience) => {
    expect(tokens.decode(tokens.encode(audience, '12345/12345'))).toBe('12345/12345');
    expect(tokens.decode(tokens.encode(audience, 'ü'.repeat(40)))).toBe('ü'.repeat(40));
  });

  it('are the same for the same position and audience, and different otherwise', () => {
    expect(tokens.encode('full', '7')).toBe(tokens.encode('full', '7'));
    expect(
      new Set([...AUDIENCES.map((audience) => tokens.encode(audience, '7')), tokens.encode('full', '8')]).size,
    ).toBe(4);
  });

  it('do not tell by their length how long the log is', () => {
    expect(tokens.encode('public', '1')).toHaveLength(tokens.encode('public', '999999999999').length);
  });

  it('are not accepted when they were made up, changed, spelt otherwise or made for another ledger', () => {
    const token = tokens.encode('public', '42');
    const changed = Buffer.from(token, 'base64url');
    changed[20]! ^= 1;
    for (const bad of ['', 'x', '42', `${token}=`, changed.toString('base64url'), tokensOf(2).encode('public', '42')])
      expect(tokens.decode(bad)).toBeNull();
  });
});
