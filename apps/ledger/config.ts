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
      'Who says who somebody is: `oidc` (tokens of your identity provider, see LEDGER_JWT_*), `demo` (pick a post; loopback only) or `none` (everybody is the public). Default: `oidc` when any LEDGER_JWT_* is set, else `none`.',
  },
  { name: 'LEDGER_JWT_ISSUER', meaning: 'The `iss` that tokens must have. Needed for `oidc`.' },
  { name: 'LEDGER_JWT_AUDIENCE', meaning: 'The `aud` that tokens must have. Needed for `oidc`.' },
  {
    name: 'LEDGER_JWKS_URL',
    meaning: 'Where the issuer publishes its signing keys (JWKS): https, or http on loopback. Needed for `oidc`.',
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

export type SignIn =
  | { readonly kind: 'demo' }
  | { readonly kind: 'none' }
  | { readonly kind: 'oidc'; readonly issuer: string; readonly audience: string; readonly jwksUrl: string };

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

  const anyJwt = [get('LEDGER_JWT_ISSUER'), get('LEDGER_JWT_AUDIENCE'), get('LEDGER_JWKS_URL')].some(
    (value) => value !== undefined,
  );
  const signInKind = get('LEDGER_SIGN_IN') ?? (anyJwt ? 'oidc' : 'none');
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
    signIn = {
      kind: 'oidc',
      issuer: needed('LEDGER_JWT_ISSUER', why),
      audience: needed('LEDGER_JWT_AUDIENCE', why),
      jwksUrl: jwksUrl(needed('LEDGER_JWKS_URL', why), problems),
    };
  }

  if (problems.length > 0) throw new BadConfig(problems);
  return { port, host, settings, signIn, logLevel, publicPerMinute };
}

function jwksUrl(url: string, problems: string[]): string {
  if (url === '') return url;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const safe = parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && isLoopback(parsed.hostname));
  if (!safe) problems.push(`LEDGER_JWKS_URL is "${url}"; it must be an https address (http is allowed on loopback).`);
  return url;
}
