/** Names under which Nest hands out what the composition root made. */
export const CONFIG = Symbol('config');
export const LEDGER = Symbol('ledger');
export const IDENTITIES = Symbol('identities');
export const POSTS_AND_PEOPLE = Symbol('posts and people');
export const DEMO_TOKENS = Symbol('demo tokens');
