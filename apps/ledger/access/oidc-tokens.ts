import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { BadToken, claimsOf, type Claims, type TokenCheck } from './identity.ts';

/** Signatures that are taken: public-key ones only, so that nobody who can check a token could have made it. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];

/** The issuer's keys could not be fetched: nobody can be told from anybody now. */
export class SignInUnavailable extends Error {
  override readonly name = 'SignInUnavailable';
}

/** Tokens of an identity provider, checked against the keys that it publishes. Keys are fetched when first needed, then cached. */
export function oidcTokens(
  settings: { issuer: string; audience: string; jwksUrl: string },
  keys?: JWTVerifyGetKey,
): TokenCheck {
  const jwks =
    keys ?? createRemoteJWKSet(new URL(settings.jwksUrl), { timeoutDuration: 5_000, cooldownDuration: 30_000 });
  return {
    async check(token: string): Promise<Claims> {
      try {
        const { payload } = await jwtVerify(token, jwks, {
          algorithms: ALGORITHMS,
          issuer: settings.issuer,
          audience: settings.audience,
          requiredClaims: ['exp'],
          clockTolerance: 5,
        });
        return claimsOf(payload);
      } catch (cause) {
        throw meaningOf(cause);
      }
    },
  };
}

function meaningOf(cause: unknown): Error {
  if (cause instanceof BadToken) return cause;
  if (cause instanceof errors.JWTExpired) return new BadToken('This token has expired. Sign in again.');
  if (cause instanceof errors.JWTClaimValidationFailed)
    return new BadToken(`The claim "${cause.claim}" of this token will not do.`);
  if (cause instanceof errors.JWKSTimeout || !(cause instanceof errors.JOSEError))
    return new SignInUnavailable('The keys of the identity provider cannot be read now.', { cause });
  return new BadToken('This token was not issued for this ledger.');
}
