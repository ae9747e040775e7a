import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** How many read much at once, and how many wait for it. */
export interface TurnLimits {
  readonly atOnce: number;
  /** Of one who asks. */
  readonly waitingOfOne: number;
  readonly waitingOfAll: number;
  /** Milliseconds after which a turn is over whatever became of it. */
  readonly longest: number;
}

/**
 * Who reads much takes turns, and after each turn everybody else has this thread for as long as the turn kept it busy: so whoever writes or
 * asks for health waits for one of them at most, and not at every step, however many ask. With more waiting than this the last would be hung up on before they are answered.
 */
export const TURNS: TurnLimits = { atOnce: 1, waitingOfOne: 32, waitingOfAll: 64, longest: 30_000 };

/** Seconds after which whoever is turned away may try again. */
export const TRY_AGAIN_IN = 5;

/** Nobody waits longer than this for nothing. */
const LONGEST_REST_MS = 1_000;

/** Too many wait already, or too many of this one. */
export class TooManyWait extends Error {
  override readonly name = 'TooManyWait';
  constructor() {
    super(`Too many questions that read much wait to be answered. Try again in ${TRY_AGAIN_IN} seconds.`);
  }
}

export type Release = () => void;

interface Waiting {
  readonly resolve: (release: Release) => void;
}

/** Gives turns to those who ask, one after another, so that nobody waits longer because another asks much. */
export class Turns {
  readonly #limits: TurnLimits;
  /** In the order in which they are next. */
  readonly #waiting = new Map<string, Waiting[]>();
  #count = 0;
  #running = 0;
  readonly #busy: () => number;

  /** @param busy for how many milliseconds this thread has been busy so far */
  constructor(limits: TurnLimits = TURNS, busy = () => performance.eventLoopUtilization().active) {
    this.#limits = limits;
    this.#busy = busy;
  }

  /**
   * Resolves when it is their turn, with what ends it.
   * @param left fires when whoever asked is gone: then they wait no longer, and are given a turn that takes nobody's place
   * @throws TooManyWait
   */
  async take(asker: string, left?: AbortSignal): Promise<Release> {
    const { atOnce, waitingOfOne, waitingOfAll } = this.#limits;
    if (this.#running < atOnce) return this.#begin();
    const queue = this.#waiting.get(asker) ?? [];
    if (this.#count >= waitingOfAll || queue.length >= waitingOfOne) throw new TooManyWait();
    this.#waiting.set(asker, queue);
    this.#count += 1;
    return new Promise((resolve) => {
      const waiting: Waiting = { resolve };
      queue.push(waiting);
      left?.addEventListener('abort', () => this.#leave(asker, waiting), { once: true });
    });
  }

  #begin(): Release {
    this.#running += 1;
    const before = this.#busy();
    let isOver = false;
    const release = (): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(late);
      setTimeout(
        () => {
          this.#running -= 1;
          this.#next();
        },
        Math.min(this.#busy() - before, LONGEST_REST_MS),
      ).unref();
    };
    const late = setTimeout(release, this.#limits.longest).unref();
    return release;
  }

  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    const [asker, queue] = first;
    const waiting = queue.shift();
    this.#count -= 1;
    // Whoever has had a turn is behind all others.
    this.#waiting.delete(asker);
    if (queue.length > 0) this.#waiting.set(asker, queue);
    waiting?.resolve(this.#begin());
  }

  #leave(asker: string, waiting: Waiting): void {
    const queue = this.#waiting.get(asker) ?? [];
    const place = queue.indexOf(waiting);
    if (place === -1) return;
    queue.splice(place, 1);
    this.#count -= 1;
    if (queue.length === 0) this.#waiting.delete(asker);
    waiting.resolve(() => undefined);
  }
}

const HELD = Symbol('the turn of a request');
type WithTurn = FastifyRequest & { [HELD]?: Release };

/**
 * Waits until it is the turn of a request. It is over when the answer is made, also when nobody is there any more to take it: what is
 * being worked out then still takes its time. Of a request whose sender has gone away meanwhile nothing more is done.
 * @returns the reply where nothing more is to be done
 * @throws TooManyWait
 */
export async function takeTurn(
  turns: Turns,
  request: FastifyRequest,
  reply: FastifyReply,
  asker: string,
): Promise<FastifyReply | undefined> {
  const { socket } = request.raw;
  const left = new AbortController();
  const leave = (): void => left.abort();
  socket.once('close', leave);
  try {
    (request as WithTurn)[HELD] = await turns.take(asker, left.signal);
    return left.signal.aborted ? reply.hijack() : undefined;
  } finally {
    socket.off('close', leave);
  }
}

/** Whether a request waited for its turn: then it reads in another thread. */
export function hadToTakeTurn(request: FastifyRequest): boolean {
  return (request as WithTurn)[HELD] !== undefined;
}

export function endTurnsWithAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request) => (request as WithTurn)[HELD]?.());
}

/** Tells whoever is turned away when to try again. */
export function tellWhen(reply: FastifyReply): FastifyReply {
  return reply.code(429).header('retry-after', String(TRY_AGAIN_IN));
}
