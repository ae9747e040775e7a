import type { IdentityProvider } from './identity-provider.ts';
import { NotSignedIn } from './identity-provider.ts';
import { OfficeSignIn } from './office-sign-in.ts';
import { Sessions } from './sessions.ts';
import { signInNoter } from '../log.ts';
import { SignInUnavailable } from './oidc-tokens.ts';

const SUBJECT = 'jo.bloggs@office.example';

describe('the cookies of a sign-in from a browser', () => {
  const provider = {
    begin: () => ({ state: 'state', nonce: 'nonce', verifier: 'verifier' }),
    signInAddress: () => Promise.resolve('https://login.example/authorize'),
    whoCameBack: () => Promise.resolve({ subject: SUBJECT, idToken: 'e30.e30.' }),
    signOutAddress: () => Promise.resolve(null),
  } as unknown as IdentityProvider;
  const ledger = {
    pseudonymOf: () => 'p-1',
    personOf: () => Promise.resolve('person-1'),
    postsHeldBy: () => Promise.resolve([{ ref: 'opcc-officer', capacity: 'opcc-officer' as const }]),
  };

  it('are for this host alone over TLS, are gone with the browser, and say nothing of anybody', async () => {
    const sessions = new Sessions({ idleMs: 1e6, wholeMs: 1e6 });
    const parts = { ledger, provider, sessions, publicUrl: 'https://ledger.example', now: Date.now };
    const signIn = new OfficeSignIn(parts);
    const { cookies: begun } = await signIn.begin(undefined, '/');
    const { cookies: kept } = await signIn.complete(begun[0]?.split(';')[0], '?state=state&code=c');
    const sent = kept[0]?.split(';')[0];
    const { cookies: gone } = await signIn.end(sent, '/signed-out');
    for (const cookie of [...begun, ...kept, ...gone]) {
      expect(cookie).toMatch(/^__Host-ledger-[a-z-]+=[\w-]*; (Max-Age=0; )?Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      // Longer than what random letters may happen to spell.
      expect(cookie).not.toMatch(/bloggs|officer|person-1/i);
    }
    expect(kept.join()).not.toContain('Max-Age');
  });
});

describe('the log of sign-ins', () => {
  it('says in the words of the protocol why somebody was not signed in, and not who', () => {
    const lines: string[] = [];
    const note = signInNoter({ warn: (...words: unknown[]) => void lines.push(JSON.stringify(words)) } as never);
    note(new NotSignedIn('refused', 'invalid_client', `/actions?text=${SUBJECT}`));
    note(new SignInUnavailable('away', { cause: new Error(`no answer for ${SUBJECT}`) }));
    expect(lines[0]).toContain('invalid_client');
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain(SUBJECT);
  });
});
