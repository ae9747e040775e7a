/** One line of the table: something measured against a limit or a peer, on this machine, in this run. */
export interface Measured {
  /** Name of the row that it belongs to: see `--rows`. */
  readonly row: string;
  readonly what: string;
  readonly measured: number;
  /** Of both figures: `/s`, `ms`, … */
  readonly unit: string;
  readonly limit: number;
  readonly limitIs: string;
  /** `measured / limit`; where both were measured round by round, the median of the ratios of the rounds. */
  readonly ratio: number;
  /** Of those ratios: between these lies the middle half. Far apart, the machine was too busy for the ratio to say much. */
  readonly quartiles?: readonly [number, number];
  /** See the README beside this. Null: no aim is set for this ratio, it is there to be watched. */
  readonly aim: Aim | null;
}

export type Aim = { readonly atLeast: number } | { readonly atMost: number };

export function measured(line: Omit<Measured, 'ratio'>): Measured {
  return { ...line, ratio: line.measured / line.limit };
}

/**
 * Two that were measured round by round, beside each other: the median of the ratios of the rounds, so that what slows the machine
 * down for a while slows both.
 */
export function sideBySide(
  measuredIn: readonly number[],
  limitIn: readonly number[],
  line: Omit<Measured, 'ratio' | 'quartiles' | 'measured' | 'limit'>,
): Measured {
  const ratios = measuredIn.map((one, round) => one / limitIn[round]!);
  return {
    ...line,
    measured: median(measuredIn),
    limit: median(limitIn),
    ratio: median(ratios),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  };
}

/** Null when there is no aim. */
export function isMet({ aim, ratio }: Measured): boolean | null {
  if (aim === null) return null;
  return 'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost;
}

/** The value below which the given share of all values lies; 0.5 for the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Milliseconds that it takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** What happened in one second, from how many there were in how many milliseconds. */
export function perSecond(count: number, milliseconds: number): number {
  return (count * 1_000) / milliseconds;
}

/**
 * Runs every contender once a round, in turn, so that whatever else the machine does hits all of them.
 * @returns the median of what each gave, in the order of the contenders
 */
export async function inTurns(rounds: number, contenders: readonly (() => Promise<number>)[]): Promise<number[]> {
  return (await roundByRound(rounds, contenders)).map(median);
}

/** The same, with what each gave in every round. */
export async function roundByRound(
  rounds: number,
  contenders: readonly (() => Promise<number>)[],
): Promise<readonly (readonly number[])[]> {
  const given: number[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, contender] of contenders.entries()) given[index]!.push(await contender());
  return given;
}

/** Works through the tasks with so many clients, each of which takes the next one when it has finished its last. */
export async function byClients<Task>(
  clients: number,
  tasks: readonly Task[],
  work: (task: Task) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < tasks.length) await work(tasks[next++]!);
  };
  await Promise.all(Array.from({ length: clients }, client));
}
