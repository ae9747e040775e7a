import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';

/** An identity provider that says whatever a test tells it to: for what a real one never says. */
export interface LyingProvider {
  readonly issuer: string;
  /** What its metadata say otherwise. */
  metadata: Record<string, unknown>;
  /** The claims of the next ID token, made of those that a good one has. */
  claims: (good: JWTPayload) => JWTPayload;
  /** How the next ID token is signed: by a key that it publishes, one that it does not, or not at all. */
  signed: 'well' | 'by another' | 'not';
  /** An error that the token endpoint answers with. */
  error: string | null;
  /** The nonce that the next good ID token names. */
  nonce: string;
  /** What the token endpoint was last sent. */
  readonly sent: URLSearchParams;
  rotateKey(): Promise<void>;
  close(): Promise<void>;
}

const ALGORITHM = 'ES256';

export async function startLyingProvider(clientId: string): Promise<LyingProvider> {
  let [kid, keys, other] = [0, await generateKeyPair(ALGORITHM), await generateKeyPair(ALGORITHM)];
  let sent = new URLSearchParams();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: LyingProvider = {
    issuer,
    metadata: {},
    claims: (good) => good,
    signed: 'well',
    error: null,
    nonce: '',
    get sent() {
      return sent;
    },
    async rotateKey() {
      [kid, keys, other] = [kid + 1, await generateKeyPair(ALGORITHM), keys];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function idToken(): Promise<string | undefined> {
    const now = Math.floor(Date.now() / 1_000);
    const good = { iss: issuer, aud: clientId, sub: 'olive', nonce: provider.nonce, iat: now, exp: now + 300 };
    const claims = provider.claims(good);
    if (provider.signed === 'not') return new UnsecuredJWT(claims).encode();
    const key = provider.signed === 'well' ? keys.privateKey : other.privateKey;
    return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid: String(kid) }).sign(key);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration')
      return void json(200, {
        ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
        ...{ jwks_uri: `${issuer}/keys`, id_token_signing_alg_values_supported: [ALGORITHM] },
        ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
        ...provider.metadata,
      });
    if (request.url === '/keys')
      return void json(200, { keys: [{ ...(await exportJWK(keys.publicKey)), kid: String(kid), alg: ALGORITHM }] });
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    sent = new URLSearchParams(Buffer.concat(pieces).toString());
    if (provider.error !== null) return void json(400, { error: provider.error });
    return void json(200, { access_token: 'a', token_type: 'bearer', id_token: await idToken() });
  }

  return provider;
}
