/** What one command holds until it lets go of all of it. */
export interface Held {
  /**
   * Shares one more name, if that takes no waiting. False when somebody else holds it alone or waits to: whoever holds something
   * never waits for more, or two could wait for each other.
   */
  share(name: string): boolean;
  /** Holds one more name alone, if that takes no waiting. */
  take(name: string): boolean;
  release(): void;
}

/** Names to be held: each alone, or shared with others who share it. A name that is in both is held alone. */
export interface Wanted {
  readonly alone: Iterable<string>;
  readonly shared: Iterable<string>;
}

interface Ticket {
  readonly alone: Set<string>;
  readonly shared: Set<string>;
  /** Called once it holds all that it wants; null from then on. */
  grant: (() => void) | null;
}

/**
 * Names that many want to hold, some alone and some together.
 *
 * Whoever asks queues for all that they want in one step, so that two who meet in several queues stand in the same order in each;
 * they are given everything at once; and nobody waits who holds something. So nobody waits for somebody who waits for them.
 */
export function holdings() {
  const queues = new Map<string, Ticket[]>();

  function hold(wanted: Wanted): Promise<Held> {
    const alone = new Set(wanted.alone);
    const shared = new Set([...wanted.shared].filter((name) => !alone.has(name)));
    const ticket: Ticket = { alone, shared, grant: null };
    for (const name of [...alone, ...shared]) enqueue(name, ticket);
    const held: Held = {
      share(name) {
        if (alone.has(name) || shared.has(name)) return true;
        if (queues.get(name)?.some((other) => other.alone.has(name))) return false;
        shared.add(name);
        enqueue(name, ticket);
        return true;
      },
      take(name) {
        if (alone.has(name)) return true;
        if (queues.get(name)?.some((other) => other !== ticket)) return false;
        if (!shared.delete(name)) enqueue(name, ticket);
        alone.add(name);
        return true;
      },
      release: () => letGo(ticket),
    };
    if (isFree(ticket)) return Promise.resolve(held);
    return new Promise((resolve) => {
      ticket.grant = () => resolve(held);
    });
  }

  function enqueue(name: string, ticket: Ticket): void {
    const queue = queues.get(name);
    if (queue === undefined) queues.set(name, [ticket]);
    else queue.push(ticket);
  }

  /** True if nobody before it, in any of its queues, keeps it from what it wants. */
  function isFree(ticket: Ticket): boolean {
    for (const name of ticket.alone) if (queues.get(name)?.[0] !== ticket) return false;
    for (const name of ticket.shared) {
      for (const other of queues.get(name) ?? []) {
        if (other === ticket) break;
        if (other.alone.has(name)) return false;
      }
    }
    return true;
  }

  function letGo(ticket: Ticket): void {
    for (const name of [...ticket.alone, ...ticket.shared]) {
      const left = (queues.get(name) ?? []).filter((other) => other !== ticket);
      if (left.length === 0) queues.delete(name);
      else queues.set(name, left);
    }
    for (const name of [...ticket.alone, ...ticket.shared])
      for (const other of queues.get(name) ?? []) {
        if (other.grant !== null && isFree(other)) {
          const { grant } = other;
          other.grant = null;
          grant();
        }
        // Nobody passes one who wants it alone.
        if (other.alone.has(name)) break;
      }
    ticket.alone.clear();
    ticket.shared.clear();
  }

  return { hold };
}
