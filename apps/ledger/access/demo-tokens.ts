import { generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { BadToken, claimsOf, type Claims, type TokenCheck } from './identity.ts';

const ISSUER = 'ledger-demo';
const ALGORITHM = 'EdDSA';

/** Tokens for whoever asks. Offered on loopback alone. */
export interface DemoTokens extends TokenCheck {
  /** A token for a post, good for twelve hours and until the server stops. By default each post has a person of its own. */
  issue(post: string, person?: string): Promise<string>;
}

/** The subject under which the demonstration knows whoever acts in a post and names nobody. */
export function demoSubject(post: string): string {
  return `demo-${post}`;
}

/** The key is made at start and kept in memory, so a token of yesterday's demo is worth nothing today. */
export async function demoTokens(): Promise<DemoTokens> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  return {
    issue: (post, person = demoSubject(post)) =>
      new SignJWT({ post, person })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setAudience(ISSUER)
        .setIssuedAt()
        .setExpirationTime('12h')
        .sign(privateKey),
    async check(token: string): Promise<Claims> {
      const verified = await jwtVerify(token, publicKey, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: ISSUER,
        requiredClaims: ['exp'],
      }).catch(() => null);
      if (verified === null)
        throw new BadToken('This demo token is not from this run of the server, or has expired. Ask for a new one.');
      return claimsOf(verified.payload);
    },
  };
}
