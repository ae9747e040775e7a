import type { MeetingList } from '../../../../projections/index.ts';

/** A list of a meeting on its page: what its address, its tab and its table are called, and what is in it. */
export interface ListOnPage {
  readonly list: MeetingList;
  /** In the address; the first has none. */
  readonly parameter: string;
  readonly tab: string;
  readonly heading: string;
  readonly says: string;
  readonly empty: string;
}

/** What its address has beside its path. */
export function parametersOf({ parameter }: ListOnPage): readonly (readonly [name: string, value: string])[] {
  return parameter === '' ? [] : [['list', parameter]];
}

export const LISTS: readonly ListOnPage[] = [
  {
    list: 'TOLD',
    parameter: '',
    tab: 'Told',
    heading: 'What it was told',
    says: 'Facts that were recorded by then, and had taken effect by the day of the meeting as far as was known at any time. What was corrected or taken back since stays here.',
    empty: 'Nothing that you may see had been recorded by then.',
  },
  {
    list: 'NOT_TOLD',
    parameter: 'not-told',
    tab: 'Not told',
    heading: 'What it was not told',
    says: 'Facts that had taken effect by the day as at which it was told, and were recorded only after it.',
    empty: 'Nothing that you may see was recorded too late for it.',
  },
  {
    list: 'SINCE_THE_PAPERS',
    parameter: 'since-the-papers',
    tab: 'Since the papers',
    heading: 'What came between the papers and the meeting',
    says: 'Facts that took effect after the day as at which it was told, up to the day of the meeting. What the meeting itself decided is not here.',
    empty: 'Nothing that you may see took effect between the papers and the meeting.',
  },
  {
    list: 'RESTATED_SINCE',
    parameter: 'restated',
    tab: 'Told and restated since',
    heading: 'What it was told, and was restated since',
    says: 'Facts that it was told, and that were corrected, taken back or given back after that.',
    empty: 'Nothing that it was told and that you may see was restated since.',
  },
  {
    list: 'WITHIN_A_DAY_BEFORE',
    parameter: 'within-a-day',
    tab: 'Entered within a day',
    heading: 'What was entered within a day before it was told',
    says: 'Facts that it was told, and that were recorded less than 24 hours before that.',
    empty: 'Nothing that you may see was recorded so shortly before.',
  },
  {
    list: 'AFTER_THE_CUT_OFF',
    parameter: 'after',
    tab: 'Entered after',
    heading: 'What was entered after it was told',
    says: 'Facts that were recorded after that and had taken effect by the day of the meeting: what it was not told, and what came since the papers.',
    empty: 'Nothing that you may see was recorded after that.',
  },
];
