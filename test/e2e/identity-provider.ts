import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An identity provider as an office has one, made for a test: it signs whatever it is asked to and publishes its key. */
export interface IdentityProvider {
  readonly settings: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string };
  /** A token for somebody whom the provider knows under that subject. */
  token(post: string, subject: string): Promise<string>;
  close(): void;
}

const ISSUER = 'https://login.example';
const AUDIENCE = 'ledger';
const ALGORITHM = 'ES256';

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: ALGORITHM }] });
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(keys);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    settings: { issuer: ISSUER, audience: AUDIENCE, jwksUrl: `http://127.0.0.1:${port}/keys` },
    token: (post, subject) =>
      new SignJWT({ post })
        .setProtectedHeader({ alg: ALGORITHM, kid: 'k' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(subject)
        .setExpirationTime('1h')
        .sign(privateKey),
    close: () => server.close(),
  };
}
