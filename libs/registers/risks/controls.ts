import type { CivilDate } from '../../ledger/index.ts';
import type { RiskControl } from './state.ts';

/*
 * What is to be known of all controls of a risk. There may be thousands, and they are asked about again and again as one of them changes: so what was
 * read of the others is kept.
 */

/** Those that were not given up. */
export function controlsIn(controls: readonly RiskControl[]): readonly RiskControl[] {
  return controls.filter(isControl);
}

function isControl({ standing }: RiskControl): boolean {
  return standing !== 'GIVEN_UP';
}

/** Additional controls that are not in place. */
export function taskedIn(controls: readonly RiskControl[]): readonly RiskControl[] {
  return controls.filter(isTasked);
}

function isTasked({ kind, standing }: RiskControl): boolean {
  return kind === 'ADDITIONAL' && standing === 'NOT_IN_PLACE';
}

/** The last day on which assurance of the third line was had of a control that was not given up. */
export function thirdLineOn(controls: readonly RiskControl[]): CivilDate | null {
  return new ControlsRead().of(controls).assured.last;
}

/** Days in their order, each as often as it was put there. */
class Days {
  readonly #days: CivilDate[] = [];

  get first(): CivilDate | null {
    return this.#days[0] ?? null;
  }

  get last(): CivilDate | null {
    return this.#days.at(-1) ?? null;
  }

  /** The first that does not lie before that day. */
  from(day: CivilDate): CivilDate | null {
    return this.#days[this.#placeOf(day)] ?? null;
  }

  put(day: CivilDate, isThere: boolean): void {
    this.#days.splice(this.#placeOf(day), isThere ? 0 : 1, ...(isThere ? [day] : []));
  }

  #placeOf(day: CivilDate): number {
    let [from, to] = [0, this.#days.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#days[middle]! < day) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** The controls that were read last. Of the next ones, only those are read that are not the same. */
export class ControlsRead {
  /** How many were not given up, and how many additional ones are not in place. */
  standing = 0;
  tasked = 0;
  /** The days by which additional ones that are not in place are to be. */
  readonly targets = new Days();
  /** Those of assurance of the third line, of controls that were not given up. */
  readonly assured = new Days();
  /** Those on which one was put in place. */
  readonly inPlace = new Days();
  #controls: readonly RiskControl[] = [];

  of(controls: readonly RiskControl[]): this {
    const before = this.#controls;
    for (let index = 0; index < before.length || index < controls.length; index += 1) {
      const was = before[index];
      const is = controls[index];
      if (was === is) continue;
      if (was !== undefined) this.#put(was, false);
      if (is !== undefined) this.#put(is, true);
    }
    this.#controls = controls;
    return this;
  }

  #put(control: RiskControl, isThere: boolean): void {
    const one = isThere ? 1 : -1;
    if (isTasked(control)) {
      this.tasked += one;
      if (control.targetOn !== undefined) this.targets.put(control.targetOn, isThere);
    }
    if (control.inPlaceOn !== undefined) this.inPlace.put(control.inPlaceOn, isThere);
    if (!isControl(control)) return;
    this.standing += one;
    for (const { line, effectiveOn } of control.assurance) if (line === 'THIRD') this.assured.put(effectiveOn, isThere);
  }
}
