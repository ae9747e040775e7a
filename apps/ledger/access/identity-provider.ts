import * as client from 'openid-client';
import type { BrowserSignIn } from '../config.ts';
import { SignInUnavailable } from './oidc-tokens.ts';

/** What must be the same when somebody comes back from the provider as when they were sent there. */
export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Whom the provider vouches for. */
export interface VouchedFor {
  readonly subject: string;
  readonly idToken: string;
}

/**
 * Why somebody was not signed in: they would not; the provider would not, or what came back is not to be believed; or nobody here waits
 * for them any more.
 */
export type WhyNot = 'cancelled' | 'refused' | 'late';

export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';
  readonly why: WhyNot;
  /** A word of the protocol for the log; never what somebody is called. */
  readonly code: string;
  /** Where they wanted to go. */
  readonly returnTo: string;
  constructor(why: WhyNot, code: string, returnTo = '/') {
    super('not signed in');
    this.why = why;
    this.code = code;
    this.returnTo = returnTo;
  }
}

/** The provider may change where it listens; its keys are asked for at every sign-in. */
const METADATA_MS = 60 * 60_000;
const TIMEOUT_S = 5;
const MOST_SUBJECT = 256;

/**
 * The identity provider of an office, by OpenID Connect: code flow with PKCE, state and nonce. It is found when somebody first signs
 * in, so that a provider that is away keeps no server from starting.
 */
export class IdentityProvider {
  readonly #settings: BrowserSignIn;
  readonly #now: () => number;
  readonly #redirectUri: string;
  #found: { readonly metadata: client.ServerMetadata; readonly at: number } | null = null;

  constructor(settings: BrowserSignIn, callback: string, now: () => number = Date.now) {
    this.#settings = settings;
    this.#now = now;
    this.#redirectUri = `${settings.publicUrl}${callback}`;
  }

  begin(): Begun {
    return {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
  }

  /** Where somebody is sent to sign in. @throws SignInUnavailable */
  async signInAddress({ state, nonce, verifier }: Begun): Promise<string> {
    const challenge = await client.calculatePKCECodeChallenge(verifier);
    return client.buildAuthorizationUrl(await this.#configuration(), {
      ...{ redirect_uri: this.#redirectUri, response_type: 'code', state, nonce },
      // Entra ID puts `oid` into ID tokens for the scope `profile` alone.
      scope: this.#settings.subjectClaim === 'sub' ? 'openid' : 'openid profile',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }).href;
  }

  /**
   * Who came back, as the provider says on a channel of its own.
   * @param query what the browser brought
   * @throws NotSignedIn, SignInUnavailable
   */
  async whoCameBack(query: string, { state, nonce, verifier }: Begun): Promise<VouchedFor> {
    const configuration = await this.#configuration();
    try {
      const tokens = await client.authorizationCodeGrant(configuration, new URL(`${this.#redirectUri}${query}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const subject = tokens.claims()?.[this.#settings.subjectClaim];
      if (typeof subject !== 'string' || subject.trim() === '' || subject.length > MOST_SUBJECT)
        throw new NotSignedIn('refused', 'NO_SUBJECT');
      return { subject, idToken: tokens.id_token ?? '' };
    } catch (cause) {
      throw meaningOf(cause);
    }
  }

  /** Where the provider signs somebody out as well and sends them back from; null when it offers none or is away. */
  async signOutAddress(idToken: string, back: string): Promise<string | null> {
    const configuration = await this.#configuration().catch(() => null);
    if (configuration?.serverMetadata().end_session_endpoint === undefined) return null;
    return client.buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${this.#settings.publicUrl}${back}`,
    }).href;
  }

  /** Made anew each time, since the library keeps signing keys with it: a key that the provider began to use is then found at once. */
  async #configuration(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const metadata = clientSecret === null ? {} : { client_secret: clientSecret };
    const isPlain = issuer.startsWith('http:');
    if (this.#found === null || this.#now() - this.#found.at >= METADATA_MS) {
      try {
        const discovered = await client.discovery(new URL(issuer), clientId, metadata, undefined, {
          timeout: TIMEOUT_S,
          execute: isPlain ? [client.allowInsecureRequests] : [],
        });
        this.#found = { metadata: discovered.serverMetadata(), at: this.#now() };
      } catch (cause) {
        throw new SignInUnavailable('The identity provider cannot be reached now.', { cause });
      }
    }
    const configuration = new client.Configuration(this.#found.metadata, clientId, metadata);
    configuration.timeout = TIMEOUT_S;
    // The signature of an ID token is checked although it comes over TLS from the provider itself.
    client.enableNonRepudiationChecks(configuration);
    if (isPlain) client.allowInsecureRequests(configuration);
    return configuration;
  }
}

function meaningOf(cause: unknown): Error {
  if (cause instanceof NotSignedIn) return cause;
  if (cause instanceof client.AuthorizationResponseError)
    return new NotSignedIn(cause.error === 'access_denied' ? 'cancelled' : 'refused', cause.error);
  if (cause instanceof client.ResponseBodyError) return new NotSignedIn('refused', cause.error);
  if (isSilence(cause)) return new SignInUnavailable('The identity provider cannot be reached now.', { cause });
  const { code, name } = cause as { code?: unknown; name?: unknown };
  return new NotSignedIn('refused', String(code ?? name));
}

/** A provider that does not answer at all says nothing of who came back. */
function isSilence(cause: unknown): boolean {
  for (let one = cause; typeof one === 'object' && one !== null; one = (one as { cause?: unknown }).cause) {
    const { code, message } = one as { code?: unknown; message?: unknown };
    if (code === 'OAUTH_TIMEOUT' || message === 'fetch failed') return true;
  }
  return false;
}
