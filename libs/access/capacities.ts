/**
 * Posts hold authority, people do not. Each post acts in one of these capacities; each is also a post that every
 * ledger knows from its first day, so that an empty ledger can be written to. See docs/access.md.
 */
export const CAPACITIES = [
  'commissioner',
  'opcc-officer',
  'monitoring-officer',
  'force-lead',
  'internal-auditor',
  'jarap-member',
  'panel-member',
] as const;
export type Capacity = (typeof CAPACITIES)[number];

/**
 * What a post may act as that the directory holds: one of those, or `external`, for posts of bodies outside, such as an auditors' firm or an
 * inspectorate. Such a post signs in nowhere, so it reads and writes nothing itself; an officer types what it said.
 */
export const POST_CAPACITIES = [...CAPACITIES, 'external'] as const;
export type PostCapacity = (typeof POST_CAPACITIES)[number];

/** Who may see: everyone (published only), those cleared for OFFICIAL in open session, those cleared for all that is held. */
export const AUDIENCES = ['public', 'official', 'full'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Capacities that may write at all; the others read only. */
export const WRITING_CAPACITIES: readonly Capacity[] = [
  'commissioner',
  'opcc-officer',
  'monitoring-officer',
  'force-lead',
];

const AUDIENCE_OF: { readonly [capacity in Capacity]: Audience } = {
  commissioner: 'full',
  'opcc-officer': 'full',
  'monitoring-officer': 'full',
  'force-lead': 'official',
  'internal-auditor': 'full',
  'jarap-member': 'official',
  'panel-member': 'official',
};

export function isCapacity(text: string): text is Capacity {
  return (CAPACITIES as readonly string[]).includes(text);
}

export function isPostCapacity(text: string): text is PostCapacity {
  return (POST_CAPACITIES as readonly string[]).includes(text);
}

/** Who asks. No token at all is {@link PUBLIC}. */
export interface Reader {
  readonly audience: Audience;
  /** Set for posts that see everything of the records that they own today. */
  readonly ownsAs?: string;
}

export const PUBLIC: Reader = { audience: 'public' };

/** What a post in that capacity may see. A force lead sees official matters, and all of what the post owns. */
export function readerFor(post: string, capacity: Capacity): Reader {
  const audience = AUDIENCE_OF[capacity];
  return capacity === 'force-lead' ? { audience, ownsAs: post } : { audience };
}
