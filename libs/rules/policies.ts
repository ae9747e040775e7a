import { BEGINNING_OF_DAYS, daysBetween, type CivilDate } from '../ledger/index.ts';
import { inForceOn, type RuleLink } from './versions.ts';

/** The content of a body's due-date policy. What it does not ask is left out. */
export interface DueDatePolicy {
  /** Everything that the body follows up has a date. */
  readonly dateNeeded?: boolean;
  /** The first date lies at most so many days after the day on which it was made or raised. */
  readonly mostDays?: number;
  /** A date is put off at most so often: once only, as some audit committees have it. */
  readonly mostExtensions?: number;
  /** A date is not put off once it has passed. */
  readonly beforeItPasses?: boolean;
  /** Putting it off needs a reason. */
  readonly reasonNeeded?: boolean;
  /** From that extension on, putting it off needs a named authority: 2 where the second does. */
  readonly authorityFrom?: number;
}

/** What is known of the dates of something at a basis. */
export interface DatesKept {
  /** The day on which it was made or raised. */
  readonly madeOn: CivilDate;
  /** The first due date; null where it has none, or none that is a day. */
  readonly original: CivilDate | null;
  /** How often the date was put off. Moves to an earlier day are none. */
  readonly extensions: number;
  /** Of these: how often once it had passed, as far as its own day tells, and how often without a reason. */
  readonly extendedLate: number;
  readonly extendedWithoutReason: number;
  /** Whether the last of the extensions named no authority. Absent: that is not asked, as slippage alone tells it. */
  readonly lastWithoutAuthority?: boolean;
}

export type PolicyBreach =
  'NO_DATE' | 'TOO_FAR_OFF' | 'EXTENDED_TOO_OFTEN' | 'EXTENDED_TOO_LATE' | 'NO_REASON' | 'NO_AUTHORITY';

/** One extension, as the policy in force on its day asks after it. */
export interface ExtensionMade {
  /** Which of the extensions of its date it is, from 1. */
  readonly nth: number;
  /** It took effect after the old date had passed, as far as that is known. */
  readonly afterItPassed: boolean;
  readonly hasReason: boolean;
  readonly hasAuthority: boolean;
}

/** What of the policy one extension did not keep. */
export function extensionBreaches(
  policy: DueDatePolicy,
  { nth, afterItPassed, hasReason, hasAuthority }: ExtensionMade,
) {
  const { mostExtensions, beforeItPasses, reasonNeeded, authorityFrom } = policy;
  return policyBreaches(
    {
      ...(mostExtensions === undefined ? {} : { mostExtensions }),
      ...(beforeItPasses === undefined ? {} : { beforeItPasses }),
      ...(reasonNeeded === undefined ? {} : { reasonNeeded }),
      ...(authorityFrom === undefined ? {} : { authorityFrom }),
    },
    {
      ...{ madeOn: BEGINNING_OF_DAYS, original: null, extensions: nth },
      ...{ extendedLate: afterItPassed ? 1 : 0, extendedWithoutReason: hasReason ? 0 : 1 },
      lastWithoutAuthority: !hasAuthority,
    },
  );
}

/** A move of a due date, as far as policies ask after it: `libs/timeline` tells them. */
export interface MoveAsked {
  readonly kind: string;
  /** Granted by whoever may. */
  readonly isGranted: boolean;
  readonly from: CivilDate | null;
  readonly event: {
    readonly effectiveOn: CivilDate;
    readonly texts: { readonly [field: string]: unknown };
    readonly actor: { readonly authority?: object | 'notStated' | undefined };
  };
}

/** A due-date policy, and what of it was not kept. */
export interface BreachOf {
  readonly policy: string;
  readonly breach: PolicyBreach;
}

/**
 * What each move of one date did not keep of each of these policies, by the version that was in force on its day: of extensions that somebody
 * granted. Every other move is asked about nothing, and counts as no extension.
 */
export function breachesOfMoves(
  policies: readonly RuleLink[],
  moves: readonly MoveAsked[],
): readonly (readonly BreachOf[])[] {
  let nth = 0;
  return moves.map(({ kind, isGranted, from, event: { effectiveOn, texts, actor } }) => {
    if (kind !== 'EXTENDED' || !isGranted) return [];
    nth += 1;
    const made = {
      nth,
      afterItPassed: from !== null && from < effectiveOn,
      hasReason: texts['reason'] !== undefined,
      hasAuthority: namesSomething(actor.authority),
    };
    return policies.flatMap((policy) => {
      const version = inForceOn(policy, effectiveOn);
      const breaches = version === null ? [] : extensionBreaches(version.content as DueDatePolicy, made);
      return breaches.map((breach) => ({ policy: policy.ref, breach }));
    });
  });
}

function namesSomething(authority: object | 'notStated' | undefined): boolean {
  return typeof authority === 'object' && Object.keys(authority).length > 0;
}

/** What of the policy was not kept: none where it was. In the order of {@link PolicyBreach}. */
export function policyBreaches(policy: DueDatePolicy, dates: DatesKept): readonly PolicyBreach[] {
  const { madeOn, original, extensions, extendedLate, extendedWithoutReason, lastWithoutAuthority } = dates;
  const { dateNeeded, mostDays, mostExtensions, beforeItPasses, reasonNeeded, authorityFrom } = policy;
  const breaches: { readonly [breach in PolicyBreach]: boolean } = {
    NO_DATE: dateNeeded === true && original === null,
    TOO_FAR_OFF: mostDays !== undefined && original !== null && daysBetween(madeOn, original) > mostDays,
    EXTENDED_TOO_OFTEN: mostExtensions !== undefined && extensions > mostExtensions,
    EXTENDED_TOO_LATE: beforeItPasses === true && extendedLate > 0,
    NO_REASON: reasonNeeded === true && extendedWithoutReason > 0,
    NO_AUTHORITY: authorityFrom !== undefined && lastWithoutAuthority === true && extensions >= authorityFrom,
  };
  return (Object.keys(breaches) as PolicyBreach[]).filter((breach) => breaches[breach]);
}
