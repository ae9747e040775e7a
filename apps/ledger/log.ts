import { randomUUID } from 'node:crypto';
import { isNativeError } from 'node:util/types';
import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { NotSignedIn } from './access/identity-provider.ts';
import type { SignInUnavailable } from './access/oidc-tokens.ts';
import type { NoteFault } from './graphql/errors.ts';

/** The server's log: JSON lines on standard output. Nothing that somebody typed goes into it. */
export function openLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** What may be said of a fault in the log: its kind and where it happened. Messages can hold what somebody typed. */
export function describeFault(fault: unknown): { kind: string; code?: string; at: readonly string[] } {
  if (!(fault instanceof Error)) return { kind: typeof fault, at: [] };
  const { code } = fault as { code?: unknown };
  const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    kind: fault.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}

/** Whoever sent a request closed the connection before it was whole. Other connections that are reset, to a store, say so otherwise. */
function isHungUp(fault: unknown): boolean {
  return isNativeError(fault) && fault.message === 'aborted' && (fault as { code?: unknown }).code === 'ECONNRESET';
}

/** Logs faults under an id that the answer repeats. */
export function faultNoter(log: Logger): NoteFault {
  return (fault) => {
    const id = randomUUID();
    if (isHungUp(fault)) log.debug({ id }, 'whoever asked hung up');
    else log.error({ id, fault: describeFault(fault) }, 'a request failed');
    return id;
  };
}

/** Notes why somebody was not signed in. */
export type NoteSignIn = (why: NotSignedIn | SignInUnavailable) => void;

/** Says in the words of the protocol why nobody was signed in: an operator must see that a client secret has expired. */
export function signInNoter(log: Pick<Logger, 'warn'>): NoteSignIn {
  return (why) => {
    const fault = 'code' in why ? { why: why.why, code: why.code } : describeFault(why.cause);
    log.warn(fault, 'somebody could not be signed in');
  };
}

/** Lets Nest write to the same log. Its tales of every route that it maps are for debugging. */
export function nestLog(log: Logger): LoggerService {
  const say =
    (level: 'debug' | 'warn' | 'error') =>
    (message: unknown, ...about: unknown[]) => {
      const context = about.filter((one) => typeof one === 'string').at(-1);
      if (isHungUp(message)) log.debug({ context }, 'whoever asked hung up');
      else if (message instanceof Error) log[level]({ context, fault: describeFault(message) }, 'a request failed');
      else log[level]({ context }, String(message));
    };
  return {
    log: say('debug'),
    debug: say('debug'),
    verbose: say('debug'),
    warn: say('warn'),
    error: say('error'),
    fatal: say('error'),
  };
}

/**
 * Keeps the process when something was thrown that nobody caught: one request may have been left without an answer, and is hung up
 * on when its time is over; nobody else's is. What is decided stands in the log alone, so nothing half done can be taken for done.
 * It is a last net, and each thing that falls into it is a fault to be mended where it was thrown.
 */
export function noteUncaught(log: Pick<Logger, 'error'>): void {
  const note = (fault: unknown): void => log.error({ fault: describeFault(fault) }, 'a fault was caught by nobody');
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
}
