import { connect } from 'node:net';
import { randomNumbers } from './random-numbers.ts';

/** A request as it goes over the wire. */
export interface RawRequest {
  readonly bytes: Buffer;
  /** HTTP says that it must be answered: it is whole, and nothing is wrong with its form. Others may be hung up on. */
  readonly isWhole: boolean;
}

/** What came of one: a status, or nothing but the end of the connection. */
export type Answer = { readonly status: number } | 'closed' | 'silent';

const PATIENCE_MS = 15_000;
const NAMED_TARGETS = [
  '//',
  '///',
  '/\\',
  '//[',
  '//%00',
  '//[::1',
  '/\\\\[',
  '/..//[',
  '//a:b',
  '/%',
  '/%ff',
  '/?',
  '/#',
  '*',
  '/./',
  '//../',
];

/** Targets that were seen to end the process, by GET and by HEAD, and their like. */
export function namedRequests(): readonly RawRequest[] {
  return ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'].flatMap((method) =>
    [...NAMED_TARGETS, 'http://[', 'http://a:b/', 'http://ledger.invalid//['].map((target) => ({
      bytes: Buffer.from(`${method} ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`, 'latin1'),
      isWhole: true,
    })),
  );
}

/** Requests that a seed repeats: targets, headers and bodies made of what is usual and of what is not. */
export function* randomRequests(seed: number, count: number): Generator<RawRequest> {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const often = (chance: number): boolean => random() < chance;
  const some = (most: number, make: () => string): string => Array.from({ length: below(most + 1) }, make).join('');

  const PIECES = [
    ...[
      '/',
      '//',
      '\\',
      '..',
      '.',
      '%',
      '%00',
      '%2f',
      '%5c',
      '%ff',
      '%c3%28',
      '[',
      ']',
      '[::1]',
      '@',
      ':',
      ';',
      '#',
      '?',
      '&',
      '=',
      '+',
    ],
    ...[
      'actions',
      'sign-in',
      'sign-out',
      'health',
      'ready',
      'live',
      'graphql',
      'demo',
      'token',
      'assets',
      'CGB-2023-06-A4',
      '__proto__',
      'constructor',
    ],
    ...[
      'on',
      'recorded',
      'after',
      'at',
      'clock=proven',
      'on-day=31',
      'recorded-time=25:99',
      'return=//a',
      'text=__type',
      'status=',
      'x'.repeat(300),
    ],
    ...[
      '2023-06-30',
      '9999-99-99',
      '-1',
      '1e9',
      'null',
      '~',
      '"',
      "'",
      '<',
      '>',
      '{',
      '}',
      '|',
      '^',
      '`',
      'é',
      '\u00ff',
    ],
  ];
  const ROUTES = [
    '/',
    '/actions',
    '/actions/CGB-2023-06-A4',
    '/sign-in',
    '/sign-out',
    '/graphql',
    '/demo/token',
    '/health/ready',
    '/health/live',
    '/assets/x',
    '',
  ];
  const target = (): string => {
    const path = one(ROUTES) + (often(0.7) ? some(4, () => one(PIECES)) : '');
    const query = often(0.5) ? `?${some(6, () => one(PIECES))}` : '';
    return one(['', '', '', '', '/', '//', 'http://127.0.0.1', 'http://['] as const) + path + query || '/';
  };
  const junk = (most: number): string =>
    some(most, () => (often(0.5) ? one(PIECES) : String.fromCharCode(33 + below(94)))).replace(/[\r\n]/g, '');
  const json = (depth: number): string => {
    if (depth === 0 || often(0.3))
      return one([
        'null',
        'true',
        '0',
        '-0',
        '1e400',
        '""',
        '"\\u0000"',
        '"\\ud800"',
        '"__proto__"',
        '12345678901234567890',
        '[]',
        '{}',
      ]);
    if (often(0.2)) return '['.repeat(1 + below(3000));
    const members = Array.from({ length: below(4) }, () => json(depth - 1));
    if (often(0.4)) return `[${members.join(',')}]`;
    const NAMES = [
      'query',
      'variables',
      'operationName',
      'extensions',
      '__proto__',
      'constructor',
      'prototype',
      'input',
      'is',
      'post',
      'toString',
      '',
    ];
    return `{${members.map((member) => `${JSON.stringify(one(NAMES))}:${member}`).join(',')}}`;
  };
  const DOCUMENTS = [
    '{ ledger { basis { settled } } }',
    '{ __typename }',
    'query ($a: AsOf) { ledger(asOf: $a) { actions { totalCount } } }',
    '{',
    'mutation { x }',
    '',
  ];
  const graphql = (): string => {
    const document = often(0.5) ? one(DOCUMENTS) : `{ ledger { ${junk(5)} } }`;
    return `{"query":${JSON.stringify(document)},"variables":${json(3)}${often(0.2) ? ',"operationName":1' : ''}}`;
  };
  const body = (): string =>
    one([() => '', graphql, graphql, () => json(4), () => junk(40), () => `post=${junk(3)}&return=${junk(6)}`])();
  const TYPES = [
    'application/json',
    'application/json; charset=utf-8',
    'application/x-www-form-urlencoded',
    'application/graphql',
    'text/plain',
    'multipart/form-data; boundary=x',
    'a/b; c="',
    '',
    ';',
    'application/json;;;',
  ];
  const HEADERS: readonly (() => string)[] = [
    () => `authorization: ${one(['Bearer ', 'bearer a.b.c', 'Basic eA==', 'Bearer  ', ''])}${junk(4)}`,
    () => `cookie: ${one(['ledger-demo=', 'ledger-demo=%E0%A4%A', 'ledger-demo="', '=;=;', '__proto__=1;'])}${junk(4)}`,
    () => `host: ${one(['', '[', '[::1]', 'localhost:99999', '127.0.0.1', ':', 'a b', '%00'])}`,
    () => `origin: ${one(['null', 'http://[', 'http://127.0.0.1', junk(3)])}`,
    () => `accept: ${junk(5)}`,
    () => `accept-encoding: ${junk(2)}`,
    () => `if-none-match: ${junk(3)}`,
    () => `range: bytes=${junk(2)}`,
    () => `x-forwarded-for: ${junk(3)}`,
    () => `upgrade: ${one(['websocket', 'h2c'])}\r\nconnection: upgrade`,
    () => `expect: ${one(['100-continue', 'nothing'])}`,
    () => `content-encoding: ${one(['gzip', 'br', 'x'])}`,
    () => `x-long: ${'y'.repeat(one([10, 5_000, 20_000]))}`,
  ];
  const SPOILT: readonly ((request: string) => string)[] = [
    (request) => request.slice(0, below(request.length)),
    (request) => request.replace('HTTP/1.1', one(['HTTP/0.9', 'HTTP/3', 'http/1.1', '', 'HTTP/1.1 x'])),
    (request) => request.replace('\r\n', one(['\n', '\r', '\r\n \r\n', '\r\n: x\r\n', '\r\nx\r\n'])),
    (request) => request.replace('\r\n\r\n', '\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
    (request) => request.replace(' ', one(['  ', '\t', '\0', ''])),
    (request) => `${junk(30)}${request}`,
    (request) => request.replace('\r\n\r\n', '\r\ncontent-length: -1\r\n\r\n'),
  ];

  for (let made = 0; made < count; made += 1) {
    const method = one([
      'GET',
      'GET',
      'GET',
      'HEAD',
      'POST',
      'POST',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'TRACE',
      'PROPFIND',
      'CONNECT',
      'QUERY',
      'NONE',
    ]);
    const sent = ['GET', 'HEAD', 'OPTIONS'].includes(method) ? '' : body();
    const headers = Array.from({ length: below(4) }, () => one(HEADERS)());
    const isChunked = sent !== '' && often(0.2);
    const line = `${method} ${target().replace(/[ \r\n]/g, '')} HTTP/1.1`;
    const length = Buffer.byteLength(sent, 'latin1');
    const head = [
      line,
      ...(headers.some((header) => header.startsWith('host:')) ? [] : ['host: 127.0.0.1']),
      ...headers,
      ...(headers.some((header) => header.includes('connection:')) ? [] : ['connection: close']),
      ...(sent === ''
        ? []
        : [`content-type: ${one(TYPES)}`, isChunked ? 'transfer-encoding: chunked' : `content-length: ${length}`]),
    ].join('\r\n');
    const whole = `${head}\r\n\r\n${isChunked ? `${length.toString(16)}\r\n${sent}\r\n0\r\n\r\n` : sent}`;
    const isSpoilt = often(0.1);
    // CONNECT asks for a tunnel, and may be hung up on by whoever gives none.
    yield {
      bytes: Buffer.from(isSpoilt ? one(SPOILT)(whole) : whole, 'latin1'),
      isWhole: !isSpoilt && !['CONNECT', 'NONE'].includes(method),
    };
  }
}

/** Sends a request over a connection of its own, and says that nothing more will come. */
function send(url: URL, { bytes, isWhole }: RawRequest, patienceMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(url.port), url.hostname);
    const over = (answer: Answer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => over('silent'), patienceMs);
    const look = (): Answer => {
      const status = /^HTTP\/1\.1 (?!100)(\d{3}) |\r\n\r\nHTTP\/1\.1 (\d{3}) /.exec(received);
      return status === null ? 'closed' : { status: Number(status[1] ?? status[2]) };
    };
    socket.setEncoding('latin1').on('data', (text: string) => {
      received += text;
      const answer = look();
      if (answer !== 'closed') over(answer);
    });
    socket.on('error', () => over(look()));
    socket.on('close', () => over(look()));
    if (isWhole) socket.write(bytes);
    else socket.end(bytes);
  });
}

export interface Attack {
  readonly answered: number;
  readonly closed: number;
  /** How often each status came. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Requests that were not treated as HTTP says, each with what came of it. Empty is right. */
  readonly faults: readonly string[];
}

/** Sends all of them, several at a time, until there are no more or twenty went wrong. */
export async function attack(
  address: string,
  requests: Iterable<RawRequest>,
  { atOnce = 16, patienceMs = PATIENCE_MS } = {},
): Promise<Attack> {
  const url = new URL(address);
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  let [answered, closed] = [0, 0];
  const queue = requests[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true && faults.length < 20; next = queue.next()) {
      const answer = await send(url, next.value, patienceMs);
      const shown = JSON.stringify(next.value.bytes.toString('latin1').slice(0, 400));
      if (answer === 'silent' || (answer === 'closed' && next.value.isWhole)) faults.push(`${answer}: ${shown}`);
      else if (answer === 'closed') closed += 1;
      else {
        answered += 1;
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status >= 500) faults.push(`${answer.status}: ${shown}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { answered, closed, statuses, faults };
}
