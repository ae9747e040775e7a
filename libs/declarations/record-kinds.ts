import { isCapacity } from '../access/index.ts';

/** What must be known of a kind of record by whoever names one. */
interface KindOfRecord {
  /** The register that holds such records. */
  readonly register: string;
  /** What several of them are called: in words, and, with hyphens between, in the addresses of their pages. */
  readonly many: string;
  /** How its references are written. The first group, where there is one, is the series in which they are reserved; else that is the register. */
  readonly spelling: RegExp;
  /** The same in words. */
  readonly written: string;
  readonly example: string;
  /** What is said where there is none of that reference. `{name}` stands for the kind. */
  readonly unknown: string;
  /** References that name something without any record. */
  readonly standing?: (ref: string) => boolean;
}

/**
 * Every kind of record, said once: registers never import each other, and all of them name each other's records. No two spellings
 * have a text in common.
 */
export const RECORD_KINDS = {
  /** Numbered, `CGB-2023-04-A1`, or ending in five random characters, `CGB-2023-04-Ab3k9x`. */
  action: {
    register: 'actions',
    many: 'actions',
    spelling: /^([A-Z][A-Z0-9]*-\d{4}-(?:0[1-9]|1[0-2]))-A(?:[1-9]\d*|[a-z2-9]{5})$/,
    written: 'of its body, its month and a number after A',
    example: 'CGB-2023-04-A1',
    unknown: 'There is no action {action}. Raise it first, or name another.',
  },
  /** Numbered among those that a body follows up, by the month in which they were made, `CGB-2023-04-R1`, or ending in five random characters. */
  recommendation: {
    register: 'recommendations',
    many: 'recommendations',
    spelling: /^([A-Z][A-Z0-9]{0,15}-\d{4}-(?:0[1-9]|1[0-2]))-R(?:[1-9]\d*|[a-z][a-z2-9]{4})$/,
    written: 'of the body that follows it up, its month and a number after R',
    example: 'CGB-2023-04-R1',
    unknown: 'There is no recommendation {recommendation}. Record it first, or name another.',
  },
  /** Numbered among those of its body, by the month in which they were proposed, `CGB-2023-04-K1`, or ending in five random characters. */
  risk: {
    register: 'risks',
    many: 'risks',
    spelling: /^([A-Z][A-Z0-9]{0,15}-\d{4}-(?:0[1-9]|1[0-2]))-K(?:[1-9]\d*|[a-z][a-z2-9]{4})$/,
    written: 'of its body, its month and a number after K',
    example: 'CGB-2023-04-K1',
    unknown: 'There is no risk {risk}. Propose it first, or name another.',
  },
  /** Numbered among those of its body, by the month in which they were proposed, `CGB-2023-04-D1`, or ending in five random characters. */
  decision: {
    register: 'decisions',
    many: 'decisions',
    spelling: /^([A-Z][A-Z0-9]{0,15}-\d{4}-(?:0[1-9]|1[0-2]))-D(?:[1-9]\d*|[a-z][a-z2-9]{4})$/,
    written: 'of its body, its month and a number after D',
    example: 'CGB-2023-04-D1',
    unknown: 'There is no decision {decision}. Propose it first, or name another.',
  },
  /** Numbered among those of its body, by the month in which they were suggested, `CGB-2023-04-F1`, or ending in five random characters. */
  forwardPlanItem: {
    register: 'forward-plan',
    many: 'forward plan items',
    spelling: /^([A-Z][A-Z0-9]{0,15}-\d{4}-(?:0[1-9]|1[0-2]))-F(?:[1-9]\d*|[a-z][a-z2-9]{4})$/,
    written: 'of its body, its month and a number after F',
    example: 'CGB-2023-04-F1',
    unknown: 'There is no forward plan item {forwardPlanItem}. Suggest it first, or name another.',
  },
  /** By its day, `CGB-2023-04-19`, or its month while no day is known; a second one of that day, `-2`; one that not everybody may know of, `-k3m9x`. */
  meeting: {
    register: 'meetings',
    many: 'meetings',
    spelling:
      /^([A-Z][A-Z0-9]{0,15}-\d{4}-(?:0[1-9]|1[0-2]))(?:-(?:0[1-9]|[12]\d|3[01]))?(?:-(?:[2-9]|[1-9]\d+|[a-z][a-z2-9]{4}))?$/,
    written: 'of its body and its day',
    example: 'CGB-2023-04-19',
    unknown: 'There is no meeting {meeting}. Schedule it first, or name another.',
  },
  /** Numbered among the papers of its body and month, `CGB-2023-04-E1`, or ending in five random characters, `CGB-2023-04-Eb3k9x`. */
  document: {
    register: 'documents',
    many: 'documents',
    spelling: /^([A-Z][A-Z0-9]{0,15}-\d{4}-(?:0[1-9]|1[0-2]))-E(?:[1-9]\d*|[a-z][a-z2-9]{4})$/,
    written: 'of its body, its month and a number after E',
    example: 'CGB-2023-04-E1',
    unknown: 'There is no document {document}. Record it first, or name another.',
  },
  /** Of its body and words: of a closure route `closure`, of an allowance `late` and its register. */
  rule: {
    register: 'rules',
    many: 'rules',
    spelling: /^(?=.{1,64}$)[A-Z][A-Z0-9]{0,15}-[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    written: 'of its body and words in small letters',
    example: 'JARAP-rag',
    unknown: 'There is no rule {rule}. Add it first, or name another.',
  },
  body: {
    register: 'directory',
    many: 'bodies',
    spelling: /^[A-Z][A-Z0-9]{0,15}$/,
    written: 'of at most 16 capitals and digits',
    example: 'CGB',
    unknown: 'The directory knows no body {body}. Add it first, or name another.',
  },
  /** The posts that every ledger knows from its first day need not be in the directory. */
  post: {
    register: 'directory',
    many: 'posts',
    spelling: /^(?!person-)(?=.{1,64}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    written: 'of at most 64 small letters and digits with hyphens between, not beginning with person-',
    example: 'force-lead',
    unknown: 'The directory knows no post {post}. Add it first, or name another.',
    standing: isCapacity,
  },
  /** Five random characters, because nothing personal stands in clear. */
  person: {
    register: 'directory',
    many: 'people',
    spelling: /^person-[a-z0-9]{5}$/,
    written: 'of person- and five letters and digits',
    example: 'person-ab3k9',
    unknown: 'The directory knows no person {person}. Add the person first, or name another.',
  },
} as const satisfies { readonly [kind: string]: KindOfRecord };

export type RecordKind = keyof typeof RECORD_KINDS;

/** In the order of the navigation. */
export const KINDS_OF_RECORD = Object.keys(RECORD_KINDS) as readonly RecordKind[];

/** The same, as it is asked of any kind. */
export const kindOfRecord = (kind: RecordKind): KindOfRecord => RECORD_KINDS[kind];

/** The page of the list of a kind, as an address: `/actions`, `/forward-plan-items`. The page of a record is below it. */
export function pathOfKind(kind: RecordKind): string {
  return `/${RECORD_KINDS[kind].many.replaceAll(' ', '-')}`;
}

/** Pages of a list that stand where the page of a record would, as addresses below its path: no record is called so. */
export const PAGES_OF_LISTS = { changes: 'compare', bridge: 'bridge' } as const;

/** The kind of record that a text is a reference of, by its spelling; null for what is no reference. */
export function kindSpelt(ref: string): RecordKind | null {
  return KINDS_OF_RECORD.find((kind) => RECORD_KINDS[kind].spelling.test(ref)) ?? null;
}

/** The series in which a reference of that register is reserved; null for what is no such reference. */
export function seriesIn(register: string, ref: string): string | null {
  const kind = kindSpelt(ref);
  if (kind === null || RECORD_KINDS[kind].register !== register) return null;
  return RECORD_KINDS[kind].spelling.exec(ref)?.[1] ?? register;
}
