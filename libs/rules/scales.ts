import type { Colour } from './kinds.ts';

/** One level of a scale, by its short name. What it means stands in a text of the event. */
export interface Level {
  readonly level: string;
}

/** The content of a scale of priorities or grades: its levels, the most serious or the best first, as the body has them. */
export interface LevelScale<One extends Level = Level> {
  readonly levels: readonly One[];
}

/** The level of that name; null where the scale has none such. */
export function levelOf<One extends Level>({ levels }: LevelScale<One>, level: string): One | null {
  return levels.find((one) => one.level === level) ?? null;
}

/** One step of likelihood or of impact. */
export interface ScoreStep {
  readonly score: number;
}

/** Scores from `least` to `most` (both included), and how often a risk in that band is reviewed. */
export interface Band {
  readonly band: string;
  readonly least: number;
  readonly most: number;
  /** In months. Absent: the scale does not say. */
  readonly reviewMonths?: number;
  readonly colour?: Colour;
}

/** The content of a score scale. A score is the product of a likelihood and an impact. */
export interface ScoreScale<One extends Band = Band> {
  readonly likelihoods: readonly ScoreStep[];
  readonly impacts: readonly ScoreStep[];
  readonly bands: readonly One[];
}

/** What a risk was scored. */
export interface Score {
  readonly likelihood: number;
  readonly impact: number;
}

/** The band of a score; null where the scale has no such likelihood or impact, or no band for their product. */
export function bandOf<One extends Band>(scale: ScoreScale<One>, { likelihood, impact }: Score): One | null {
  const { likelihoods, impacts, bands } = scale;
  const hasStep = (steps: readonly ScoreStep[], value: number) => steps.some(({ score }) => score === value);
  if (!hasStep(likelihoods, likelihood) || !hasStep(impacts, impact)) return null;
  const product = likelihood * impact;
  return bands.find(({ least, most }) => least <= product && product <= most) ?? null;
}

/** After how many months a risk of that score is reviewed again; null where the scale does not say. */
export function reviewIntervalOf(scale: ScoreScale, score: Score): number | null {
  return bandOf(scale, score)?.reviewMonths ?? null;
}

/** Products of the scale that no band holds, in order: a risk that is scored so would have none. */
export function scoresWithoutBand(scale: ScoreScale): readonly number[] {
  const products = scale.likelihoods.flatMap((likelihood) =>
    scale.impacts.map((impact) => ({ likelihood: likelihood.score, impact: impact.score })),
  );
  const lacking = products.filter((score) => bandOf(scale, score) === null);
  return [...new Set(lacking.map(({ likelihood, impact }) => likelihood * impact))].sort((a, b) => a - b);
}
