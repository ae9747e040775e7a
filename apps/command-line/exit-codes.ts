import { BadArguments } from '../../libs/arguments/index.ts';
import { NotYet, ReadModelsNotKept, RecordDamaged } from '../../libs/read-models/index.ts';
import { sentenceFor } from '../../libs/running-ledger/index.ts';
import type { Terminal } from './terminal.ts';

/** How a command of the command line ends. Documented in `README.md` of this folder. */
export const EXIT = {
  DONE: 0,
  /** The input has problems, listed with file and line. Nothing was written. */
  PROBLEMS: 1,
  /** It could not be finished: the store is away, or it was cut off. Run the same command again. */
  UNFINISHED: 2,
  /** Another process writes to this ledger; it is named. */
  LEDGER_IN_USE: 3,
  /** There are no read models that this program can read: the sentence says what to do. */
  NO_READ_MODELS: 4,
  /** The command line or the settings cannot be used: the same command ends so however often it is run. */
  USAGE: 64,
  /** A fault of the program. */
  FAULT: 70,
} as const;

/** Faults of what was asked, or of what the settings name: keys that are not those of the log lie in the wrong folder, or beside it. */
const OF_THE_SETTINGS = [
  'BadArguments',
  'BadSettings',
  'DataFolderRefused',
  'KeysRefused',
  'SqliteRefused',
  'StoreAddressRefused',
];

/** What keeps a question from being answered, in a sentence. */
const SAY_SO_THEMSELVES = [ReadModelsNotKept, RecordDamaged, NotYet] as const;

/** How a command ends that came to nothing because of this. */
export function statusFor(cause: unknown): number {
  if (cause instanceof Error && OF_THE_SETTINGS.includes(cause.name)) return EXIT.USAGE;
  if (cause instanceof Error && cause.name === 'LedgerInUse') return EXIT.LEDGER_IN_USE;
  if (cause instanceof ReadModelsNotKept) return EXIT.NO_READ_MODELS;
  if (cause instanceof RecordDamaged) return EXIT.PROBLEMS;
  if (cause instanceof NotYet) return EXIT.UNFINISHED;
  return sentenceFor(cause) === null ? EXIT.FAULT : EXIT.UNFINISHED;
}

/** Runs a command, and says what it came to nothing for: in a sentence where an operator can mend it. */
export async function endingPlainly(run: () => Promise<number>, terminal: Pick<Terminal, 'complain'>): Promise<number> {
  try {
    return await run();
  } catch (cause) {
    const sentence =
      cause instanceof BadArguments
        ? `${cause.message} --help says more.`
        : SAY_SO_THEMSELVES.some((kind) => cause instanceof kind)
          ? (cause as Error).message
          : sentenceFor(cause);
    const words = sentence ?? (cause as Error).stack ?? String(cause);
    return terminal.complain(`${words}\n`, statusFor(cause));
  }
}
