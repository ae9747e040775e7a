import type { CivilDate } from '../ledger/index.ts';
import { bandOf, type Band, type Score, type ScoreScale, type ScoreStep } from './scales.ts';
import { inForceOn, versionNumbered, type RuleLink, type RuleVersion } from './versions.ts';

/** A score as it was given: on a version of a scale. It keeps that version. */
export interface ScoreGiven extends Score {
  /** The scale. Absent where it is not for the reader: then nothing is known of its bands and axes. */
  readonly rule?: string;
  readonly version: string;
}

/** A score scale as a reader finds it; null where there is none for them. */
export type ScoreScaleLink = RuleLink<ScoreScale> | null;

/** How a score reads on a day. */
export interface Banded {
  /** The version of the scale that bands it; null where none does: the scale is not for the reader, or has no such version. */
  readonly version: string | null;
  /** Null where that version has no band for it. */
  readonly band: Band | null;
  /** In the band of the greatest scores. */
  readonly isHighest: boolean;
  /** The version in force has other axes, so it bands the score no more: it is to be scored anew. */
  readonly isToBeScoredAnew: boolean;
}

const UNBANDED: Banded = { version: null, band: null, isHighest: false, isToBeScoredAnew: false };

/**
 * How a score reads on a day: by the version in force then where that has the axes on which the score was given, else by its own version. Of a scale
 * that is in force no longer, by its own.
 */
export function bandedOn(scale: ScoreScaleLink, score: ScoreGiven, day: CivilDate): Banded {
  const own = versionNumbered(scale, score.version);
  const now = inForceOn(scale, day);
  if (own === null) return UNBANDED;
  if (now === null) return bandedBy(own, score, false);
  return haveSameAxes(own.content, now.content) ? bandedBy(now, score, false) : bandedBy(own, score, true);
}

/** How it read when it was given: by its own version. */
export function bandedThen(scale: ScoreScaleLink, score: ScoreGiven): Banded {
  const own = versionNumbered(scale, score.version);
  return own === null ? UNBANDED : bandedBy(own, score, false);
}

function bandedBy({ version, content }: RuleVersion<ScoreScale>, score: Score, isToBeScoredAnew: boolean): Banded {
  const band = bandOf(content, score);
  return { version, band, isHighest: band !== null && band.band === highestBandOf(content)?.band, isToBeScoredAnew };
}

/** The band of the greatest scores; null where the scale has none. */
export function highestBandOf({ bands }: ScoreScale): Band | null {
  return bands.reduce<Band | null>(
    (highest, one) => (highest === null || one.most > highest.most ? one : highest),
    null,
  );
}

/** Whether both have the same likelihoods and the same impacts. What the steps and bands mean may differ. */
export function haveSameAxes(one: Pick<ScoreScale, 'likelihoods' | 'impacts'>, other: typeof one): boolean {
  return isSame(one.likelihoods, other.likelihoods) && isSame(one.impacts, other.impacts);
}

function isSame(one: readonly ScoreStep[], other: readonly ScoreStep[]): boolean {
  return numbersOf(one) === numbersOf(other);
}

function numbersOf(steps: readonly ScoreStep[]): string {
  return steps
    .map(({ score }) => score)
    .sort((a, b) => a - b)
    .join(' ');
}

/**
 * Whether two scores may be set against each other: both are on one scale, and its versions on which they were given have the same axes. Another
 * scale means something else by its steps, though it may have as many.
 */
export function areComparable(scale: ScoreScaleLink, one: OnVersion, other: OnVersion): boolean {
  if (scale === null || one.rule === undefined || one.rule !== other.rule) return false;
  if (one.version === other.version) return versionNumbered(scale, one.version) !== null;
  const [first, second] = [one, other].map(({ version }) => versionNumbered(scale, version));
  return first != null && second != null && haveSameAxes(first.content, second.content);
}
type OnVersion = Pick<ScoreGiven, 'rule' | 'version'>;

/** A score as one number. */
export function productOf({ likelihood, impact }: Score): number {
  return likelihood * impact;
}
