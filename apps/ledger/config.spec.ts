import { type BadConfig, CONFIG_KEYS, readConfig } from './config.ts';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as BadConfig).problems;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing: SQLite under ./data on loopback, and everybody is the public', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      settings: { store: 'sqlite', name: 'ledger', data: './data' },
      signIn: { kind: 'none' },
      logLevel: 'info',
      publicPerMinute: 600,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', LEDGER_STORE: '' }).port).toBe(3000);
  });

  it('reports everything that is missing or invalid at once', () => {
    const problems = problemsOf({
      PORT: '70000',
      LEDGER_NAME: 'my-ledger',
      LEDGER_STORE: 'esdb',
      LEDGER_JWT_ISSUER: 'https://login.example',
      LEDGER_JWKS_URL: 'http://login.example/keys',
      LOG_LEVEL: 'loud',
    });
    const named = ['EVENTSTOREDB_URL', 'LEDGER_NAME', 'PORT', 'LOG_LEVEL', 'LEDGER_JWT_AUDIENCE', 'LEDGER_JWKS_URL'];
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(named);
  });

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('lets the demo sign-in listen on %s', (host) => {
    expect(readConfig({ LEDGER_SIGN_IN: 'demo', LEDGER_HOST: host }).signIn).toEqual({ kind: 'demo' });
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', '127.0.0.1.example', 'localhost.example'])(
    'refuses the demo sign-in on %s',
    (host) => {
      expect(problemsOf({ LEDGER_SIGN_IN: 'demo', LEDGER_HOST: host })).toHaveLength(1);
    },
  );

  it('takes tokens of an identity provider as soon as one is named', () => {
    const environment = {
      LEDGER_JWT_ISSUER: 'https://login.example',
      LEDGER_JWT_AUDIENCE: 'ledger',
      LEDGER_JWKS_URL: 'https://login.example/keys',
    };
    expect(readConfig(environment).signIn).toMatchObject({
      kind: 'oidc',
      tokens: { audience: 'ledger' },
      browser: null,
    });
  });

  describe('of the sign-in from a browser', () => {
    const OFFICE = {
      LEDGER_OIDC_ISSUER: 'https://login.example/office/v2.0',
      LEDGER_OIDC_CLIENT_ID: 'ledger',
      LEDGER_PUBLIC_URL: 'https://ledger.example/',
    };

    it('needs an issuer, a client and an address, and takes no tokens of programs by itself', () => {
      expect(readConfig(OFFICE).signIn).toEqual({
        kind: 'oidc',
        tokens: null,
        browser: {
          issuer: 'https://login.example/office/v2.0',
          clientId: 'ledger',
          clientSecret: null,
          subjectClaim: 'sub',
          publicUrl: 'https://ledger.example',
          idleMinutes: 60,
          hours: 12,
        },
      });
    });

    it.each([
      ['LEDGER_OIDC_ISSUER', ''],
      ['LEDGER_OIDC_ISSUER', 'http://login.example'],
      ['LEDGER_OIDC_CLIENT_ID', ''],
      ['LEDGER_PUBLIC_URL', ''],
      ['LEDGER_PUBLIC_URL', 'http://ledger.example'],
      ['LEDGER_PUBLIC_URL', 'https://ledger.example/ledger'],
      ['LEDGER_SESSION_IDLE_MINUTES', '0'],
      ['LEDGER_SESSION_HOURS', '25'],
    ])('is refused, by its name, when %s is "%s"', (name, value) => {
      expect(problemsOf({ ...OFFICE, LEDGER_OIDC_CLIENT_SECRET: 'wh1sper', [name]: value })).toEqual([
        expect.stringMatching(new RegExp(`^${name} is `)),
      ]);
    });

    it('says so when neither people nor programs could sign in', () => {
      expect(problemsOf({ LEDGER_SIGN_IN: 'oidc' })).toEqual([expect.stringContaining('LEDGER_OIDC_ISSUER')]);
    });
  });

  it('never repeats a connection string, which may hold a password', () => {
    const problems = problemsOf({ LEDGER_STORE: 'esdb', EVENTSTOREDB_URL: 'http://admin:changeit@db' });
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain('changeit');
  });

  it('explains every key in a sentence', () => {
    for (const { name, meaning } of CONFIG_KEYS) expect(`${name}: ${meaning}`).toMatch(/^[A-Z_]+: [A-Z`].*\.$/);
  });
});
