/** How a command of the command line ends. Documented in `README.md` of this folder. */
export const EXIT = {
  DONE: 0,
  /** The input has problems, listed with file and line. Nothing was written. */
  PROBLEMS: 1,
  /** It could not be finished: the store is away, or it was cut off. Run the same command again. */
  UNFINISHED: 2,
  /** Another process writes to this ledger; it is named. */
  LEDGER_IN_USE: 3,
  /** The command line or the settings cannot be used. */
  USAGE: 64,
  /** A fault of the program. */
  FAULT: 70,
} as const;
