import { LEDGER_SETTINGS, readLedgerSettings, type LedgerSettings } from '../../libs/running-ledger/index.ts';

/** One key of the configuration: all are environment variables. The README's table is tested against this list. */
export interface ConfigKey {
  readonly name: string;
  /** What it means, for the person who sets it. */
  readonly meaning: string;
  /** Used when it is not set. Absent: it has no default. */
  readonly default?: string;
}

/** Keys of the server alone. Where the ledger is kept is read as the command line reads it. */
const SERVER_KEYS = [
  {
    name: 'PORT',
    meaning: 'TCP port on which the server listens, 0 to 65535; 0 takes any free port.',
    default: '3000',
  },
  {
    name: 'LEDGER_HOST',
    meaning: 'Address on which the server listens. With the demo sign-in it must be a loopback address.',
    default: '127.0.0.1',
  },
  {
    name: 'LEDGER_SIGN_IN',
    meaning:
      'Who says who somebody is: `oidc` (your identity provider: people in a browser by LEDGER_OIDC_*, programs by tokens and LEDGER_JWT_*), `demo` (pick a post; loopback only) or `none` (everybody is the public). Default: `oidc` when any LEDGER_OIDC_* or LEDGER_JWT_* is set, else `none`.',
  },
  {
    name: 'LEDGER_OIDC_ISSUER',
    meaning:
      'The identity provider that people sign in with from a browser: the `issuer` of its OpenID Connect metadata, https, or http on loopback.',
  },
  { name: 'LEDGER_OIDC_CLIENT_ID', meaning: 'How the provider knows this ledger. Needed with LEDGER_OIDC_ISSUER.' },
  {
    name: 'LEDGER_OIDC_CLIENT_SECRET',
    meaning: 'The secret that the provider gave out for it. Not set: a client without a secret, by PKCE alone.',
  },
  {
    name: 'LEDGER_OIDC_SUBJECT_CLAIM',
    meaning:
      'The claim of ID tokens that names a person for good, as the directory records it: `oid` with Microsoft Entra ID.',
    default: 'sub',
  },
  {
    name: 'LEDGER_PUBLIC_URL',
    meaning:
      'The address at which browsers reach this ledger, a proxy included: https, or http on loopback, without a path. Needed with LEDGER_OIDC_ISSUER.',
  },
  {
    name: 'LEDGER_SESSION_IDLE_MINUTES',
    meaning: 'Minutes without a request after which somebody is signed out, 1 to 1440.',
    default: '60',
  },
  {
    name: 'LEDGER_SESSION_HOURS',
    meaning: 'Hours after which everybody signs in again, whatever they do, 1 to 24.',
    default: '12',
  },
  {
    name: 'LEDGER_JWT_ISSUER',
    meaning: 'The `iss` that bearer tokens must have. With the next two, it lets programs use the API.',
  },
  { name: 'LEDGER_JWT_AUDIENCE', meaning: 'The `aud` that bearer tokens must have.' },
  {
    name: 'LEDGER_JWKS_URL',
    meaning: 'Where the issuer of bearer tokens publishes its signing keys (JWKS): https, or http on loopback.',
  },
  {
    name: 'LEDGER_PUBLIC_PER_MINUTE',
    meaning:
      'Requests a minute that one address may send without a token; beyond that the answer is 429 and says when to try again. 0: no limit. Behind a proxy all come from its address: limit them there.',
    default: '600',
  },
  {
    name: 'LOG_LEVEL',
    meaning: 'Least serious messages that are logged: `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`.',
    default: 'info',
  },
] as const satisfies readonly ConfigKey[];

type KeyName = (typeof SERVER_KEYS)[number]['name'];

export const CONFIG_KEYS: readonly ConfigKey[] = [
  ...SERVER_KEYS,
  ...LEDGER_SETTINGS.map(({ key, meaning, fallback }) => ({
    name: key,
    meaning,
    ...(fallback === null ? {} : { default: fallback }),
  })),
];

/** How bearer tokens are checked. */
export interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
}

/** How people sign in from a browser. */
export interface BrowserSignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly subjectClaim: string;
  /** Where browsers reach this server: `https://ledger.example`. */
  readonly publicUrl: string;
  readonly idleMinutes: number;
  readonly hours: number;
}

export type SignIn =
  | { readonly kind: 'demo' }
  | { readonly kind: 'none' }
  /** At least one of the two. */
  | { readonly kind: 'oidc'; readonly tokens: TokenSettings | null; readonly browser: BrowserSignIn | null };

export interface LedgerConfig {
  readonly port: number;
  readonly host: string;
  /** Where the ledger is kept. */
  readonly settings: LedgerSettings;
  readonly signIn: SignIn;
  readonly logLevel: string;
  /** Requests a minute of one address without a token; 0: no limit. */
  readonly publicPerMinute?: number;
}

/** The configuration will not do. The message lists everything that is wrong with it. */
export class BadConfig extends Error {
  override readonly name = 'BadConfig';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The configuration will not do:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

/** True for an address that nobody outside this machine can reach. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * Reads the configuration from environment variables. An empty variable counts as not set.
 * @throws BadConfig with every missing and every invalid key at once.
 */
export function readConfig(environment: { readonly [name: string]: string | undefined }): LedgerConfig {
  const { settings, problems: storeProblems } = readLedgerSettings(environment);
  const problems = [...storeProblems];
  const defaults = new Map<string, string>(
    SERVER_KEYS.flatMap((key) => ('default' in key ? [[key.name, key.default]] : [])),
  );
  const get = (name: KeyName): string | undefined => environment[name]?.trim() || defaults.get(name);
  const needed = (name: KeyName, why: string): string => {
    const value = get(name);
    if (value === undefined) problems.push(`${name} is not set; ${why}.`);
    return value ?? '';
  };
  const oneOf = (name: KeyName, value: string, allowed: readonly string[]): void => {
    if (!allowed.includes(value)) problems.push(`${name} is "${value}"; it must be one of ${allowed.join(', ')}.`);
  };

  const port = Number(get('PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    problems.push(`PORT is "${get('PORT')}"; it must be 0 to 65535.`);
  const host = get('LEDGER_HOST') ?? '';
  const publicPerMinute = Number(get('LEDGER_PUBLIC_PER_MINUTE'));
  if (!Number.isSafeInteger(publicPerMinute) || publicPerMinute < 0)
    problems.push(
      `LEDGER_PUBLIC_PER_MINUTE is "${get('LEDGER_PUBLIC_PER_MINUTE')}"; it must be a whole number, 0 for no limit.`,
    );
  const logLevel = get('LOG_LEVEL') ?? '';
  oneOf('LOG_LEVEL', logLevel, LOG_LEVELS);

  const isAny = (...names: readonly KeyName[]) => names.some((name) => get(name) !== undefined);
  const anyJwt = isAny('LEDGER_JWT_ISSUER', 'LEDGER_JWT_AUDIENCE', 'LEDGER_JWKS_URL');
  const anyOidc = isAny('LEDGER_OIDC_ISSUER', 'LEDGER_OIDC_CLIENT_ID', 'LEDGER_OIDC_CLIENT_SECRET');
  const signInKind = get('LEDGER_SIGN_IN') ?? (anyJwt || anyOidc ? 'oidc' : 'none');
  oneOf('LEDGER_SIGN_IN', signInKind, ['oidc', 'demo', 'none']);
  let signIn: SignIn = { kind: 'none' };
  if (signInKind === 'demo') {
    signIn = { kind: 'demo' };
    if (!isLoopback(host))
      problems.push(
        `LEDGER_HOST is "${host}"; the demo sign-in lets anybody be anyone, so it listens on loopback only (127.0.0.1).`,
      );
  }
  if (signInKind === 'oidc') {
    const why = 'the sign-in is oidc';
    if (!anyJwt && !anyOidc) problems.push(`LEDGER_OIDC_ISSUER is not set, nor is any LEDGER_JWT_*; ${why}.`);
    const url = (name: KeyName) => safeUrl(name, needed(name, why), problems);
    const number = (name: KeyName, most: number): number => {
      const value = Number(get(name));
      if (!Number.isInteger(value) || value < 1 || value > most)
        problems.push(`${name} is "${get(name)}"; it must be a whole number from 1 to ${most}.`);
      return value;
    };
    signIn = {
      kind: 'oidc',
      browser: anyOidc
        ? {
            issuer: url('LEDGER_OIDC_ISSUER'),
            clientId: needed('LEDGER_OIDC_CLIENT_ID', why),
            clientSecret: get('LEDGER_OIDC_CLIENT_SECRET') ?? null,
            subjectClaim: get('LEDGER_OIDC_SUBJECT_CLAIM') ?? '',
            publicUrl: originOf('LEDGER_PUBLIC_URL', url('LEDGER_PUBLIC_URL'), problems),
            idleMinutes: number('LEDGER_SESSION_IDLE_MINUTES', 1_440),
            hours: number('LEDGER_SESSION_HOURS', 24),
          }
        : null,
      tokens: anyJwt
        ? {
            issuer: needed('LEDGER_JWT_ISSUER', why),
            audience: needed('LEDGER_JWT_AUDIENCE', why),
            jwksUrl: url('LEDGER_JWKS_URL'),
          }
        : null,
    };
  }

  if (problems.length > 0) throw new BadConfig(problems);
  return { port, host, settings, signIn, logLevel, publicPerMinute };
}

/** An address that nobody on the way can change. */
function safeUrl(name: KeyName, url: string, problems: string[]): string {
  if (url === '') return url;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const safe = parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && isLoopback(parsed.hostname));
  if (!safe) problems.push(`${name} is "${url}"; it must be an https address (http is allowed on loopback).`);
  return url;
}

function originOf(name: KeyName, url: string, problems: string[]): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname, search } = new URL(url);
  if (pathname !== '/' || search !== '') problems.push(`${name} is "${url}"; it must have no path: "${origin}".`);
  return origin;
}
