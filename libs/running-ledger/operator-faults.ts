import { sqliteFailure } from '../sqlite/index.ts';

/** Faults whose message is a sentence for whoever runs the program. */
const SAID_PLAINLY = [
  'BadConfig',
  'BadSettings',
  'DataFolderRefused',
  'LedgerInUse',
  'KeysRefused',
  'LogRefused',
  'NothingToAccept',
  'SqliteRefused',
  'StoreAddressRefused',
  'NoDemo',
];

const OF_THE_DISK = {
  'disk-full': 'The disk is full: make room, then start again.',
  'read-only': 'The files of the ledger can only be read by whoever runs this: give them to them, then start again.',
  damaged: 'A file in the data folder is damaged, or is none of this ledger: restore it from its backup.',
  busy: 'Another program holds a file of the data folder open: end it, then start again.',
  io: 'The disk failed, or a file of the data folder cannot be opened. Look at the disk before you start again.',
} as const;

/**
 * What an operator is told of a fault that they can mend, in one sentence or two and without a stack; null for a fault of the program.
 * @param at where a server was to listen, if it was.
 */
export function sentenceFor(cause: unknown, at?: { readonly host: string; readonly port: number }): string | null {
  if (!(cause instanceof Error)) return null;
  if (SAID_PLAINLY.includes(cause.name)) return cause.message;
  if (cause.name === 'StoreUnavailable')
    return `The store does not answer${whyIn(cause.message)}. Start it, or put EVENTSTOREDB_URL right, then start again.`;
  if (cause.name === 'StoreDamaged' || cause.name === 'EventDamaged')
    return `The store is damaged, or is not this ledger's: ${cause.message.replace(/\.$/, '')}. Nothing was written. Look at it, or restore it, before you start again.`;
  const failure = sqliteFailure(cause);
  if (failure !== null && failure !== 'other') return OF_THE_DISK[failure];
  return at === undefined ? null : sentenceOfListening(cause, at);
}

/** What the client says of a server that it cannot reach tells an operator nothing more. */
function whyIn(message: string): string {
  return /unavailable|deadline/i.test(message) ? '' : ` (${message.split('\n')[0]!.replace(/\.$/, '')})`;
}

function sentenceOfListening(
  { code, syscall }: NodeJS.ErrnoException,
  at: { host: string; port: number },
): string | null {
  if (code === 'EADDRINUSE')
    return `Port ${at.port} of ${at.host} is in use by another program: end it, or choose another PORT.`;
  if (code === 'EACCES' && syscall === 'listen')
    return `Whoever runs this may not listen on port ${at.port}: choose a PORT of 1024 or more.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${at.host} is no address of this machine: put LEDGER_HOST right.`;
  return null;
}
