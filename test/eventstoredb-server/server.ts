import { setImmediate, setTimeout } from 'node:timers/promises';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type handleServerStreamingCall,
  type sendUnaryData,
  type ServerReadableStream,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import { KeptLog, MAX_APPEND_SIZE, type KeptEvent } from './log.ts';
import {
  appendAnswer,
  appendAsked,
  caughtUpAnswer,
  checkpointAnswer,
  confirmationAnswer,
  eventAnswer,
  readAsked,
  streamNotFoundAnswer,
  supportedMethods,
  type ReadAsked,
} from './messages.ts';

/** Live events that may wait for a subscriber before it is dropped, as on a real server. */
const LIVE_BUFFER = 32;

type Call = ServerWritableStream<ReadReq, Answer>;
/** An answer, or the bytes of one that was sent before. */
type Answer = ReadResp | Buffer;

/** What becomes of the next append that is asked for. */
export type AppendFault =
  /** Stored, and never answered. */
  | 'store-and-keep-silent'
  /** Stored, and answered with this gRPC code. */
  | { readonly storeAndFail: number }
  /** Not stored, and never answered. */
  | 'drop'
  /** Not stored, and answered with this gRPC code. */
  | { readonly fail: number };

/**
 * A test double of one EventStoreDB node: it speaks the real protocol to the real client, and behaves as a real server was seen to. It keeps
 * its data over stop and start. It is not a database: no ACLs, TLS, scavenging, persistent subscriptions or batch appends.
 */
export class ProtocolServer {
  readonly log: KeptLog;
  /** Calls so far, by name. */
  readonly calls = { append: 0, batchAppend: 0, read: 0, subscribe: 0, features: 0 };
  /** Added to the clock that stamps `created`, in milliseconds. */
  clockOffset = 0;
  /** Added before every append is stored, in milliseconds. */
  appendDelay = 0;
  /** Answered to every call while the server starts. */
  notReady: 'unavailable' | 'unknown' | null = null;
  /** Events that are still to be acknowledged without showing among all events. */
  hideFromAll = 0;
  readonly #appendFaults: AppendFault[] = [];
  readonly #subscriptions = new Set<Subscriber>();
  readonly #encoded = new WeakMap<KeptEvent, Buffer>();
  #server: Server | null = null;
  #port = 0;
  #thawed: Promise<void> | null = null;
  #thaw: () => void = () => undefined;

  constructor(options: { readonly file?: string } = {}) {
    this.log = new KeptLog(options.file ?? null);
  }

  /** Address for the client. */
  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Listens on loopback; the second time on the port of the first. */
  async start(port = this.#port): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': 32 * 1024 * 1024 });
    server.addService(featuresGrpc.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: sendUnaryData<unknown>) => {
        this.calls.features += 1;
        void this.#whenThawed(() => answer(null, supportedMethods()));
      },
    });
    const { read, append, batchAppend } = streamsGrpc.StreamsService;
    const encoded = (response: Answer): Buffer =>
      Buffer.isBuffer(response) ? response : read.responseSerialize(response);
    server.addService(
      { read: { ...read, responseSerialize: encoded }, append, batchAppend },
      {
        read: ((call: Call) => void this.#whenThawed(() => this.#read(call))) as handleServerStreamingCall<
          ReadReq,
          Answer
        >,
        append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) =>
          this.#append(call, answer),
        batchAppend: (call: { emit(name: 'error', error: object): void }) => {
          this.calls.batchAppend += 1;
          call.emit('error', { code: status.UNIMPLEMENTED, details: 'this double has no batch appends' });
        },
      },
    );
    this.#port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      ),
    );
    this.#server = server;
  }

  /** Away at once, as a killed server: every connection breaks. What was stored stays. */
  stop(): void {
    this.thaw();
    for (const subscription of this.#subscriptions) subscription.leave();
    this.#server?.forceShutdown();
    this.#server = null;
  }

  /** Answers nothing until thawed. */
  freeze(): void {
    this.#thawed ??= new Promise((resolve) => (this.#thaw = resolve));
  }

  thaw(): void {
    this.#thaw();
    this.#thawed = null;
  }

  /** Faults for the next appends, in order. */
  failAppends(...faults: readonly AppendFault[]): void {
    this.#appendFaults.push(...faults);
  }

  /** Drops every subscription with a gRPC code. */
  dropSubscriptions(code: number): void {
    for (const subscription of this.#subscriptions) subscription.drop(code);
  }

  get subscriptions(): number {
    return this.#subscriptions.size;
  }

  async #whenThawed(answer: () => void): Promise<void> {
    while (this.#thawed !== null) await this.#thawed;
    answer();
  }

  #append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void {
    const requests: AppendReq[] = [];
    call.on('data', (request: AppendReq) => requests.push(request));
    call.on('error', () => undefined);
    call.on('end', () => void this.#received(call, requests, answer));
  }

  async #received(
    call: ServerReadableStream<AppendReq, AppendResp>,
    requests: readonly AppendReq[],
    answer: sendUnaryData<AppendResp>,
  ): Promise<void> {
    const server = this.#server;
    // A call that is cut off ends too, a moment before it says so. What has come of it may be its beginning only.
    await setImmediate();
    await setImmediate();
    if (call.cancelled || requests.length === 0 || server !== this.#server) return;
    this.calls.append += 1;
    await this.#whenThawed(() => void this.#appendAsked(requests, answer));
  }

  async #appendAsked(requests: readonly AppendReq[], answer: sendUnaryData<AppendResp>): Promise<void> {
    if (this.notReady !== null) return answer(this.#notReadyError());
    if (this.appendDelay > 0) await setTimeout(this.appendDelay);
    const fault = this.#appendFaults.shift();
    if (fault === 'drop') return;
    if (typeof fault === 'object' && 'fail' in fault) return answer(errorOf(fault.fail, 'an injected fault'));
    const { stream, expected, proposed } = appendAsked(requests);
    const hidden = this.hideFromAll > 0;
    if (hidden) this.hideFromAll -= 1;
    const written = this.log.append(stream, expected, proposed, Date.now() + this.clockOffset, hidden);
    if (written.outcome === 'success' && written.fresh.length > 0)
      for (const subscription of this.#subscriptions) subscription.grown();
    if (fault === 'store-and-keep-silent') return;
    if (fault !== undefined) return answer(errorOf(fault.storeAndFail, 'an injected fault'));
    if (written.outcome === 'too-large') {
      const details = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(MAX_APPEND_SIZE) };
      return answer(errorOf(status.INVALID_ARGUMENT, `Maximum Append Size of ${MAX_APPEND_SIZE} Exceeded.`, details));
    }
    answer(null, appendAnswer(written, expected));
  }

  #read(call: Call): void {
    call.on('error', () => undefined);
    if (this.notReady !== null) return fail(call, this.#notReadyError());
    const asked = readAsked(call.request);
    if (asked.count === null) {
      this.calls.subscribe += 1;
      const subscription = new Subscriber(call, asked, this.log, {
        encode: (event) => this.#encode(event),
        frozen: () => this.#thawed,
        left: () => this.#subscriptions.delete(subscription),
      });
      this.#subscriptions.add(subscription);
      return;
    }
    this.calls.read += 1;
    // Seen on a real server: neither is an empty answer.
    if (asked.count === 0) return fail(call, errorOf(status.UNKNOWN, 'Unexpected ReadStreamResult: Error'));
    if (asked.stream !== null) return this.#readStream(call, asked, asked.stream, asked.count);
    this.#readAll(call, asked, asked.count);
  }

  #readStream(call: Call, { from, backwards }: ReadAsked, name: string, count: number): void {
    if (from === 'end' && !backwards) return fail(call, errorOf(status.UNKNOWN, 'Unexpected ReadStreamResult: Error'));
    const events = this.log.stream(name);
    if (events === null) {
      call.write(streamNotFoundAnswer(name));
      call.end();
      return;
    }
    const revision =
      typeof from === 'object' && 'revision' in from ? from.revision : from === 'end' ? Number.MAX_SAFE_INTEGER : 0;
    const range = backwards
      ? events.filter((event) => event.revision <= revision).toReversed()
      : events.filter((event) => event.revision >= revision);
    for (const event of range.slice(0, count)) call.write(this.#encode(event));
    call.end();
  }

  #readAll(call: Call, { from, backwards }: ReadAsked, count: number): void {
    const { all } = this.log;
    let start = backwards ? all.length : 0;
    if (typeof from === 'object' && 'commit' in from) {
      const index = this.log.indexAt(from.commit);
      const isEventStart = index !== null && from.prepare === from.commit;
      if (!isEventStart && from.commit < this.log.next)
        return fail(call, errorOf(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition'));
      start = isEventStart ? index : all.length;
    } else if (from === 'end') start = all.length;
    else if (from === 'start') start = 0;
    // Inclusive forwards, exclusive backwards.
    const range = backwards ? all.slice(0, start).toReversed() : all.slice(start);
    for (const event of range.filter(({ hiddenFromAll }) => !hiddenFromAll).slice(0, count))
      call.write(this.#encode(event));
    call.end();
  }

  #encode(event: KeptEvent): Buffer {
    let bytes = this.#encoded.get(event);
    if (bytes === undefined) {
      bytes = Buffer.from(eventAnswer(event).serializeBinary());
      this.#encoded.set(event, bytes);
    }
    return bytes;
  }

  #notReadyError() {
    return this.notReady === 'unavailable'
      ? errorOf(status.UNAVAILABLE, 'Server Is Not Ready')
      : errorOf(status.UNKNOWN, 'Could not recognize Server Is Not Ready');
  }
}

/** One subscription to all events: catches up, then passes on what is appended. */
class Subscriber {
  readonly #call: Call;
  readonly #asked: ReadAsked;
  readonly #log: KeptLog;
  readonly #hooks: { encode(event: KeptEvent): Buffer; frozen(): Promise<void> | null; left(): void };
  /** Index among all events of the next one to consider. */
  #next: number;
  #considered = 0;
  #isLive = false;
  #isRunning = false;
  #hasLeft = false;
  #drained: (() => void) | null = null;

  constructor(
    call: Call,
    asked: ReadAsked,
    log: KeptLog,
    hooks: { encode(event: KeptEvent): Buffer; frozen(): Promise<void> | null; left(): void },
  ) {
    this.#call = call;
    this.#asked = asked;
    this.#log = log;
    this.#hooks = hooks;
    const { from } = asked;
    // Exclusive. A position far beyond the end is taken as it comes: whatever is appended next is delivered.
    this.#next =
      from === 'start'
        ? 0
        : from === 'end' || !('commit' in from)
          ? log.all.length
          : log.indexAfter(from.commit, from.prepare);
    call.on('cancelled', () => this.leave());
    call.on('close', () => this.leave());
    call.on('drain', () => this.#drained?.());
    call.write(confirmationAnswer());
    void this.#run();
  }

  grown(): void {
    // Live events wait for the subscriber in a short buffer; it does not get them from the log again.
    if (this.#isLive && this.#isRunning && this.#log.all.length - this.#next > LIVE_BUFFER) this.drop(status.ABORTED);
    else void this.#run();
  }

  drop(code: number): void {
    if (this.#hasLeft) return;
    this.leave();
    fail(this.#call, errorOf(code, 'the subscription was dropped'));
  }

  leave(): void {
    this.#hasLeft = true;
    this.#drained?.();
    this.#hooks.left();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (!this.#hasLeft) {
      for (let frozen = this.#hooks.frozen(); frozen !== null; frozen = this.#hooks.frozen()) await frozen;
      const event = this.#log.all[this.#next];
      if (event === undefined) break;
      this.#next += 1;
      if (this.#passes(event)) await this.#send(this.#hooks.encode(event));
      this.#considered += 1;
      if (this.#considered % this.#asked.checkpointEvery === 0) {
        // Past this event, before the next: with prepare 0 while catching up.
        await this.#send(
          this.#isLive ? checkpointAnswer(event.position, event.position) : checkpointAnswer(event.position + 1n, 0n),
        );
      }
    }
    this.#isRunning = false;
    if (this.#hasLeft || this.#isLive) return;
    this.#isLive = true;
    const last = this.#log.all.at(-1);
    if (last !== undefined && this.#asked.prefixes !== null) await this.#send(checkpointAnswer(last.position + 1n, 0n));
    await this.#send(caughtUpAnswer());
  }

  #passes({ stream, hiddenFromAll }: KeptEvent): boolean {
    const { prefixes } = this.#asked;
    return !hiddenFromAll && (prefixes === null || prefixes.some((prefix) => stream.startsWith(prefix)));
  }

  async #send(answer: Answer): Promise<void> {
    if (this.#hasLeft || this.#call.write(answer)) return;
    await new Promise<void>((resolve) => (this.#drained = resolve));
    this.#drained = null;
  }
}

function errorOf(code: number, details: string, entries: { readonly [key: string]: string } = {}) {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(entries)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

function fail(call: Call, error: ReturnType<typeof errorOf>): void {
  call.emit('error', error);
}
