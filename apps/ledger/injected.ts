/** Names under which Nest hands out what the composition root made. */
export const CONFIG = Symbol('config');
export const LEDGER = Symbol('ledger');
export const IDENTITIES = Symbol('identities');
export const POSTS_AND_PEOPLE = Symbol('posts and people');
export const DOOR = Symbol('door');
export const OFFICE_SIGN_IN = Symbol('office sign-in');
export const NOTE_SIGN_IN = Symbol('note sign-in');
/** Which sign-in the pages offer. */
export const SIGN_IN = Symbol('sign in');
/** Where browsers reach this server, when that is configured. */
export const PUBLIC_URL = Symbol('public url');
export const DEMO_TOKENS = Symbol('demo tokens');
