import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { isCapacity } from '../../../libs/access/index.ts';
import { demoTokens } from './demo-tokens.ts';
import { BadToken, Identities, NO_SIGN_IN, THE_PUBLIC } from './identity.ts';
import { oidcTokens, SignInUnavailable } from './oidc-tokens.ts';

const ledger = {
  capacityOf: (post: string) =>
    Promise.resolve(isCapacity(post) ? post : post === 'chief-of-staff' ? ('opcc-officer' as const) : null),
  pseudonymOf: (person: string) => `p-${person.length}`,
};
const settings = { issuer: 'https://login.example', audience: 'ledger', jwksUrl: 'https://login.example/keys' };

describe('who a request comes from', () => {
  it('is the public when no token is sent', async () => {
    expect(await new Identities(NO_SIGN_IN, ledger).fromHeader(undefined)).toBe(THE_PUBLIC);
  });

  it.each(['', 'Bearer', 'Basic abc', 'Bearer a b', 'token'])('is nobody when the header is "%s"', async (header) => {
    await expect(new Identities(await demoTokens(), ledger).fromHeader(header)).rejects.toThrow(BadToken);
  });

  it('is nobody when no sign-in is configured and a token is sent', async () => {
    await expect(new Identities(NO_SIGN_IN, ledger).fromHeader('Bearer abc')).rejects.toThrow(BadToken);
  });

  it('is the post that the token names, under an opaque person', async () => {
    const tokens = await demoTokens();
    const identity = await new Identities(tokens, ledger).fromToken(await tokens.issue('force-lead', 'Jo Bloggs'));
    expect(identity).toEqual({
      reader: { audience: 'official', ownsAs: 'force-lead' },
      caller: { post: 'force-lead', person: 'p-9', capacity: 'force-lead' },
    });
  });

  it('takes a post of the directory in its capacity, and no other', async () => {
    const tokens = await demoTokens();
    const identities = new Identities(tokens, ledger);
    expect((await identities.fromToken(await tokens.issue('chief-of-staff'))).caller?.capacity).toBe('opcc-officer');
    await expect(identities.fromToken(await tokens.issue('tea-lady'))).rejects.toThrow(BadToken);
  });
});

describe('a token that was checked', () => {
  it('is checked again after a minute, and as soon as it has expired', async () => {
    let now = 1_000_000;
    let checks = 0;
    const expires = 1_090;
    const check = () => {
      checks += 1;
      if (now >= expires * 1_000) return Promise.reject(new BadToken('It has expired.'));
      return Promise.resolve({ post: 'commissioner', person: 'p', expires });
    };
    const identities = new Identities({ check }, ledger, () => now);
    for (const [at, checked] of [
      [0, 1],
      [59_999, 1],
      [60_000, 2],
      [89_999, 2],
    ] as const) {
      now = 1_000_000 + at;
      await identities.fromToken('t');
      expect(checks).toBe(checked);
    }
    now = 1_090_000;
    await expect(identities.fromToken('t')).rejects.toThrow(BadToken);
  });
});

describe('a demo token', () => {
  it('gives each post a person of its own by default', async () => {
    const tokens = await demoTokens();
    expect(await tokens.check(await tokens.issue('commissioner'))).toMatchObject({
      post: 'commissioner',
      person: 'demo-commissioner',
    });
  });

  it('is worth nothing to another run of the server', async () => {
    const yesterday = await demoTokens();
    await expect((await demoTokens()).check(await yesterday.issue('commissioner'))).rejects.toThrow(BadToken);
  });
});

describe('a token of the identity provider', () => {
  async function provider() {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwks = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
    const sign = (claims: JWTPayload, header = { alg: 'ES256', kid: 'k' }) =>
      new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
    return { sign, tokens: oidcTokens(settings, jwks) };
  }
  const now = Math.floor(Date.now() / 1000);
  const good = { iss: settings.issuer, aud: settings.audience, exp: now + 60, post: 'opcc-officer', sub: 'someone' };

  it('is taken when issuer, audience, time and signature are right', async () => {
    const { sign, tokens } = await provider();
    expect(await tokens.check(await sign(good))).toMatchObject({ post: 'opcc-officer', person: 'someone' });
  });

  it('names its person in "person" before "sub"', async () => {
    const { sign, tokens } = await provider();
    expect(await tokens.check(await sign({ ...good, person: 'P1' }))).toMatchObject({
      post: 'opcc-officer',
      person: 'P1',
    });
  });

  it.each([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'payroll' }],
    ['a time that has passed', { exp: now - 60 }],
    ['no expiry', { exp: undefined }],
    ['a time that has not come', { nbf: now + 600 }],
    ['no post', { post: undefined }],
    ['a post that is no word', { post: 'Opcc Officer' }],
    ['nobody', { sub: undefined }],
  ])('is refused with %s', async (_, change) => {
    const { sign, tokens } = await provider();
    await expect(tokens.check(await sign({ ...good, ...change } as JWTPayload))).rejects.toThrow(BadToken);
  });

  it('is refused unsigned, signed by another key, or signed with a secret that anybody could know', async () => {
    const { tokens } = await provider();
    const other = await provider();
    const hs256 = await new SignJWT(good).setProtectedHeader({ alg: 'HS256', kid: 'k' }).sign(new Uint8Array(32));
    for (const token of [new UnsecuredJWT(good).encode(), await other.sign(good), hs256, 'a.b.c'])
      await expect(tokens.check(token)).rejects.toThrow(BadToken);
  });

  it('is neither good nor bad while the keys of the provider cannot be read', async () => {
    const { sign } = await provider();
    const away = oidcTokens({ ...settings, jwksUrl: 'http://127.0.0.1:1/keys' });
    await expect(away.check(await sign(good))).rejects.toThrow(SignInUnavailable);
  });
});
