import type { AddressInfo } from 'node:net';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController, type FastifyRequest } from 'fastify';
import { demoSignIn } from './access/demo-cookie.ts';
import { demoPeople } from './access/demo-people.ts';
import { demoTokens } from './access/demo-tokens.ts';
import { Door } from './access/door.ts';
import { Identities, NO_SIGN_IN, THE_PUBLIC, type Identity, type TokenCheck } from './access/identity.ts';
import { IdentityProvider } from './access/identity-provider.ts';
import { OfficeSignIn } from './access/office-sign-in.ts';
import { Sessions } from './access/sessions.ts';
import { oidcTokens } from './access/oidc-tokens.ts';
import { isLoopback, type BrowserSignIn, type LedgerConfig } from './config.ts';
import { DEADLINES, deadlineOptions, type Deadlines } from './deadlines.ts';
import { AnswerError, errorBody } from './graphql/errors.ts';
import { askerOf, Gate } from './graphql/gate/gate.ts';
import { LedgerModule } from './ledger.module.ts';
import type { Ledger } from './ledger.ts';
import { faultNoter, nestLog, openLog, signInNoter } from './log.ts';
import { readBody } from './graphql/read-body.ts';
import { openLedger } from './open-ledger.ts';
import { openFormTokens } from './pages/frame/form-tokens.ts';
import { CALLBACK } from './pages/sign-in/office-sign-in.controller.ts';
import { limitThePublic, pageOfTooMuch } from './public-budget.ts';
import { endTurnsWithAnswers, takeTurn, tellWhen, TooManyWait, Turns } from './turns.ts';

/** Bytes of a request body. */
export const BODY_LIMIT = 1024 * 1024;

/** How long the parts of the server may take to start. */
const STARTED_WITHIN_MS = 120_000;

/** How long those who were asking as the server was told to stop are waited for. */
const ANSWERED_WITHIN_MS = 2_000;

/** A server that answers. */
export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  readonly ledger: Ledger;
  readonly app: NestFastifyApplication;
  /** Takes no new requests, finishes those under way for two seconds, then closes the ledger: within eight in all. */
  close(): Promise<void>;
}

/**
 * Opens the ledger as configured and serves it.
 *
 * @param given a ledger that is open already; it is closed with the server.
 * @param options `deadlines` of connections: the server's own unless a test brings shorter ones; `now`: by what clock sessions end.
 * @throws whatever keeps the ledger from opening or the port from listening; nothing is left open then.
 */
export async function startLedger(
  config: LedgerConfig,
  given?: Ledger,
  options: { readonly deadlines?: Deadlines; readonly now?: () => number } = {},
): Promise<RunningServer> {
  const log = openLog(config.logLevel);
  const ledger = given ?? (await openLedger(config, log));
  try {
    const demo = config.signIn.kind === 'demo' ? await demoTokens() : null;
    const oidc = config.signIn.kind === 'oidc' ? config.signIn : null;
    const people = demo === null ? null : { demo, ...demoPeople(ledger) };
    const tokens: TokenCheck = people?.noting(people.demo) ?? (oidc?.tokens ? oidcTokens(oidc.tokens) : NO_SIGN_IN);
    const identities = new Identities(tokens, ledger);
    const browser = oidc?.browser ?? null;
    const officeSignIn = browser === null ? null : signInBy(browser, ledger, options.now ?? Date.now);
    const door = new Door(identities, demo === null ? officeSignIn : demoSignIn(identities));
    const publicUrl = browser?.publicUrl ?? null;
    // The directory is gone through now, so that whoever signs in later is known while the store is away.
    if (officeSignIn !== null) ledger.personOf('').catch(() => undefined);
    const turns = new Turns();
    const gate = new Gate(() => app.get(GraphQLSchemaHost).schema, identities, {
      introspection: demo !== null,
      turns,
    });

    let isStopping = false;
    const adapter = new FastifyAdapter({
      // Said by a hook of ours, in the form that whoever asks can read.
      return503OnClosing: false,
      ...deadlineOptions(options.deadlines ?? DEADLINES),
      bodyLimit: BODY_LIMIT,
      // What the read models are behind they take in meanwhile, which on a busy machine keeps the start waiting beyond the usual ten seconds.
      pluginTimeout: STARTED_WITHIN_MS,
      loggerInstance: log,
      logController: new LogController({ disableRequestLogging: true }),
    });
    const known: Ledger =
      people === null
        ? ledger
        : (Object.create(ledger, { submit: { value: people.submit }, offers: { value: people.offers } }) as Ledger);
    const parts = {
      ...{ ledger: known, identities, demoTokens: demo, officeSignIn, door, publicUrl, gate },
      ...{ noteFault: faultNoter(log), noteSignIn: signInNoter(log) },
    };
    const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(
      LedgerModule.of(parts),
      adapter,
      {
        logger: nestLog(log),
        abortOnError: false,
      },
    );
    app.useBodyParser('application/json', { bodyLimit: BODY_LIMIT }, readBody(adapter.getInstance()));
    if (demo !== null) refuseForeignHosts(adapter);
    refuseWhile(() => isStopping, adapter);
    keepOutOfCaches(adapter);
    await limitThePublic(
      adapter,
      config.publicPerMinute ?? 0,
      async (request) => (await whoAsks(door, request)).caller !== null,
    );
    giveTurns(adapter, turns, door);
    await openFormTokens(adapter, {
      hmacKey: ledger.secret('forms'),
      isSecure: publicUrl?.startsWith('https:') === true,
    });
    await app.register(helmet, { contentSecurityPolicy: { directives: CONTENT_SECURITY } });
    await app.listen(config.port, config.host);

    const { port } = app.getHttpServer().address() as AddressInfo;
    const host = config.host.includes(':') ? `[${config.host.replace(/[[\]]/g, '')}]` : config.host;
    const url = `http://${host}:${port}`;
    log.info({ url, signIn: config.signIn.kind, store: config.settings.store }, 'the ledger is served');
    return {
      url,
      ledger,
      app,
      async close() {
        isStopping = true;
        const answered = app.close();
        // Whoever is slow, or asks what only a store that is away could tell, is not waited for: whoever runs us kills after ten seconds.
        const late = setTimeout(() => app.getHttpServer().closeAllConnections(), ANSWERED_WITHIN_MS);
        await answered.finally(() => clearTimeout(late));
        await ledger.close();
      },
    };
  } catch (cause) {
    await ledger.close();
    throw cause;
  }
}

/** What one reader may see, a token among it, must not be kept for another. What is everybody's says so itself. */
function keepOutOfCaches(adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onSend', async (_, reply) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    if (reply.getHeader('cache-control') === 'no-store') void reply.header('vary', 'authorization, cookie');
  });
}

function signInBy(settings: BrowserSignIn, ledger: Ledger, now: () => number): OfficeSignIn {
  const limits = { idleMs: settings.idleMinutes * 60_000, wholeMs: settings.hours * 60 * 60_000 };
  const provider = new IdentityProvider(settings, CALLBACK);
  return new OfficeSignIn({
    ledger,
    provider,
    sessions: new Sessions(limits, now),
    publicUrl: settings.publicUrl,
    now,
  });
}

/** Who sends a request, as its token or cookie says if it is good. */
function whoAsks(door: Door, { headers }: FastifyRequest): Promise<Identity> {
  return door.whoSends(headers).catch(() => THE_PUBLIC);
}

/** Pages of the ledger; of the API only documents that read much, see the gate. */
const PAGE = /^\/+(?!(?:graphql|health|assets|demo)\b)/;

/** Whoever looks at a page takes turns with whoever else reads much. */
function giveTurns(adapter: FastifyAdapter, turns: Turns, door: Door): void {
  const server = adapter.getInstance();
  endTurnsWithAnswers(server);
  server.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'GET' || !PAGE.test(request.url)) return undefined;
    try {
      return await takeTurn(turns, request, reply, askerOf(request, await whoAsks(door, request)));
    } catch (cause) {
      if (!(cause instanceof TooManyWait)) throw cause;
      return tellWhen(reply).type('text/html; charset=utf-8').send(pageOfTooMuch(cause.message));
    }
  });
}

/** Requests that come on connections that are open already while the server stops. */
function refuseWhile(isStopping: () => boolean, adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onRequest', async (request, reply) => {
    if (!isStopping()) return;
    void reply.code(503).header('connection', 'close').header('retry-after', '5').header('cache-control', 'no-store');
    if (/^\/graphql\b/.test(request.url)) await reply.send(errorBody(new AnswerError('UNAVAILABLE', STOPPING)));
    else await reply.type('text/plain; charset=utf-8').send(STOPPING);
  });
}

const STOPPING = 'The server is stopping. Ask again in a moment.';

/**
 * The demo sign-in lets anybody be anyone, so only this machine may use it: not a page elsewhere whose name was made to point here
 * (DNS rebinding). Such a request names its own host.
 */
function refuseForeignHosts(adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onRequest', async (request, reply) => {
    if (!isLoopback(request.hostname))
      await reply.code(403).send({ message: 'The demonstration answers on this machine only.' });
  });
}

/** Pages are of this server alone: no script, style, form or frame from anywhere else. */
const CONTENT_SECURITY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
};
