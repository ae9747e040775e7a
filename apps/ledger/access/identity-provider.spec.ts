import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { startLyingProvider, type LyingProvider } from '../../../test/e2e/lying-provider.ts';
import type { BrowserSignIn } from '../config.ts';
import { IdentityProvider, NotSignedIn } from './identity-provider.ts';
import { SignInUnavailable } from './oidc-tokens.ts';

const NOW = Math.floor(Date.now() / 1_000);

describe('what comes back from the identity provider', () => {
  let lying: LyingProvider;
  beforeEach(async () => {
    lying = await startLyingProvider('ledger');
  });
  afterEach(() => lying.close());

  const provider = (more: Partial<BrowserSignIn> = {}) =>
    new IdentityProvider(
      {
        ...{ issuer: lying.issuer, clientId: 'ledger', clientSecret: 'wh1sper', subjectClaim: 'sub' },
        ...{ publicUrl: 'https://ledger.example', idleMinutes: 60, hours: 12, ...more },
      },
      '/sign-in/callback',
    );
  /** Somebody went there and comes back. */
  async function comesBack(one = provider(), query: (state: string) => string = (state) => `?code=c&state=${state}`) {
    const begun = one.begin();
    lying.nonce = begun.nonce;
    return one.whoCameBack(query(begun.state), begun);
  }
  const whyNot = async (cause: Promise<unknown>) => {
    const thrown: unknown = await cause.then(
      () => 'signed in',
      (one: unknown) => one,
    );
    return thrown instanceof NotSignedIn ? [thrown.why, thrown.code] : thrown;
  };

  it('is believed when all is as it should be', async () => {
    expect(await comesBack()).toEqual({ subject: 'olive', idToken: expect.stringMatching(/^ey/) });
  });

  it('names the person in the claim that is configured, for which the profile is asked', async () => {
    lying.claims = (good) => ({ ...good, oid: 'b0f5' });
    const one = provider({ subjectClaim: 'oid' });
    expect(await comesBack(one)).toMatchObject({ subject: 'b0f5' });
    expect(new URL(await one.signInAddress(one.begin())).searchParams.get('scope')).toBe('openid profile');
    const other = provider();
    expect(new URL(await other.signInAddress(other.begin())).searchParams.get('scope')).toBe('openid');
  });

  it('was asked for by code, with PKCE, state and nonce, for this address alone', async () => {
    const one = provider();
    const begun = one.begin();
    const asked = new URL(await one.signInAddress(begun)).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      redirect_uri: 'https://ledger.example/sign-in/callback',
      state: begun.state,
      nonce: begun.nonce,
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(begun.verifier).digest('base64url'),
    });
    lying.nonce = begun.nonce;
    await one.whoCameBack(`?code=c&state=${begun.state}`, begun);
    expect(lying.sent.get('code_verifier')).toBe(begun.verifier);
    expect(lying.sent.get('client_secret')).toBe('wh1sper');
  });

  it.each([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another client', { aud: 'payroll' }],
    ['another nonce', { nonce: 'of-another-sign-in' }],
    ['no nonce', { nonce: undefined }],
    ['a time that has passed', { exp: NOW - 120 }],
    ['a time that has not come', { nbf: NOW + 600 }],
    ['nobody', { sub: undefined }],
    ['somebody with an endless name', { sub: 'x'.repeat(257) }],
    ['somebody without a name', { sub: ' ' }],
  ] as [string, JWTPayload][])('is not believed when its ID token is for %s', async (_, change) => {
    lying.claims = (good) => ({ ...good, ...change });
    expect(await whyNot(comesBack())).toEqual(['refused', expect.any(String)]);
  });

  it.each(['by another', 'not'] as const)('is not believed when its ID token is signed %s', async (signed) => {
    lying.signed = signed;
    expect(await whyNot(comesBack())).toEqual(['refused', expect.any(String)]);
  });

  it('is believed when the clock of the provider is some seconds off', async () => {
    for (const off of [-20, 20]) {
      lying.claims = (good) => {
        const at = (good.iat ?? 0) + off;
        return { ...good, iat: at, nbf: at, exp: off < 0 ? at : at + 300 };
      };
      expect(await comesBack()).toMatchObject({ subject: 'olive' });
    }
  });

  it('is not believed with the state of another sign-in', async () => {
    expect(await whyNot(comesBack(provider(), () => '?code=c&state=another'))).toEqual(['refused', expect.any(String)]);
  });

  it('says that somebody would not, that the provider would not, or that its code was used or is too old', async () => {
    const refusal = (error: string) => whyNot(comesBack(provider(), (state) => `?error=${error}&state=${state}`));
    expect(await refusal('access_denied')).toEqual(['cancelled', 'access_denied']);
    expect(await refusal('server_error')).toEqual(['refused', 'server_error']);
    lying.error = 'invalid_grant';
    expect(await whyNot(comesBack())).toEqual(['refused', 'invalid_grant']);
  });

  it('is believed when the provider signs by a key that it did not have a moment ago', async () => {
    const one = provider();
    await comesBack(one);
    await lying.rotateKey();
    expect(await comesBack(one)).toMatchObject({ subject: 'olive' });
  });

  it('is neither believed nor not while the provider is away, or calls itself something else', async () => {
    const one = provider();
    await comesBack(one);
    await lying.close();
    expect(await whyNot(comesBack(one))).toBeInstanceOf(SignInUnavailable);
    expect(await whyNot(provider().signInAddress(provider().begin()))).toBeInstanceOf(SignInUnavailable);
    lying = await startLyingProvider('ledger');
    lying.metadata = { issuer: 'https://evil.example' };
    expect(await whyNot(provider().signInAddress(provider().begin()))).toBeInstanceOf(SignInUnavailable);
  });

  it('is forgotten there as well, where the provider offers it', async () => {
    expect(await provider().signOutAddress('t', '/signed-out')).toBeNull();
    lying.metadata = { end_session_endpoint: `${lying.issuer}/end` };
    expect(await provider().signOutAddress('t', '/signed-out')).toBe(
      `${lying.issuer}/end?id_token_hint=t&post_logout_redirect_uri=https%3A%2F%2Fledger.example%2Fsigned-out&client_id=ledger`,
    );
  });
});
