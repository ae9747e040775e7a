import {
  count,
  itemNumber,
  labelled,
  line,
  oneOf,
  optional,
  rows,
  saying,
  yesNo,
  type MemberOf,
} from '../../declarations/index.ts';
import { cadenceUnit, colour, standing } from '../../rules/index.ts';

/* What more than one declaration of this register says. */

export const title = line('What it is called.');
export const version = itemNumber('The version, as it is numbered: 1, 2.1. What is given by it names it so.');

/** The registers whose records are of a body: the allowance of that body is for them. */
export const lateRegister = oneOf('LateRegister', 'Whose entries an allowance is for.', {
  ACTIONS: 'Actions.',
  DECISIONS: 'Decisions.',
  DOCUMENTS: 'Documents.',
  FORWARD_PLAN: { says: 'Forward plans.', label: 'Forward plan' },
  MEETINGS: 'Meetings.',
  RECOMMENDATIONS: 'Recommendations.',
  RISKS: 'Risks.',
  RULES: 'Rules.',
});
export type LateRegister = MemberOf<typeof lateRegister>;

/** Of a closure route: whose word it asks for. */
export const says = {
  ownerSays: labelled('The owner', yesNo('Whether whoever owns it must have said that it is done.')),
  officeSays: labelled('The office', yesNo('Whether the office of the commissioner must have said that it is done.')),
  auditorSays: labelled('The auditor', yesNo('Whether an auditor must have said that it is done.')),
  originatorSays: labelled(
    'The originator',
    yesNo('Whether whoever made the recommendation must have said that it is done.'),
  ),
};

/** Of a due-date policy: what it does not ask is left out. */
export const asks = {
  dateNeeded: labelled(
    'A date is needed',
    optional(yesNo('Whether everything that the body follows up has a due date.')),
  ),
  mostDays: labelled(
    'Most days to the first date',
    optional(
      count('At most so many days lie between the making or raising of it and its first due date.', { most: 3660 }),
    ),
  ),
  mostExtensions: labelled(
    'Most extensions',
    optional(count('A due date is put off at most so often: 1 where it is put off once only.', { most: 100 })),
  ),
  beforeItPasses: labelled(
    'Only before it passes',
    optional(yesNo('Whether a due date is put off only while it has not passed.')),
  ),
  reasonNeeded: labelled('A reason is needed', optional(yesNo('Whether putting a due date off needs a reason.'))),
  authorityFrom: labelled(
    'Named authority from extension',
    optional(
      count('From which extension on one needs a named authority: 2 where the second does.', { least: 1, most: 100 }),
    ),
  ),
};

export const days = labelled(
  'Days',
  count('A fact may be recorded so many days after it took effect without a reason.', { most: 3660 }),
);

/** Of a cadence: every so many weeks or months. */
export const months = rows(
  'CadenceMonth',
  'Months that are for something of their own, such as a December for finance alone.',
  {
    month: count('The month of the year, 1 to 12.', { least: 1, most: 12 }),
    purpose: labelled('What for', optional(line('What the meeting of that month is for.'))),
  },
  12,
);
export const cadence = {
  every: labelled('Every', count('The body meets every so many weeks or months.', { least: 1, most: 60 })),
  unit: labelled('Weeks or months', cadenceUnit),
  months: optional(months),
};

/** Of an opening policy: what opens what by itself. What it does not open is left out. */
export const openings = {
  decisionsOpenActions: labelled(
    'Decisions open their actions',
    optional(
      yesNo('Whether a decision of the body opens the actions that it names, and those that follow its conditions.'),
    ),
  ),
  conversionsOpenItems: labelled(
    'Conversions open their items',
    optional(yesNo('Whether converting an action of the body opens an item of its forward plan, to be scheduled.')),
  ),
};

const meaning = optional(line('What it means.'));

/** Of a scale of priorities or grades. What is given by it names the level, so it is one word in clear. */
export const levels = rows(
  'RuleLevel',
  'The levels, in the order in which the body has them: the most serious priority, or the best grade, first.',
  { level: itemNumber('What it is called, in one word, such as High or 1.'), meaning },
);

const steps = rows('ScoreStep', 'The steps, from the least.', {
  score: count('Its number. A score is a likelihood times an impact.', { least: 1, most: 100 }),
  meaning,
});

/** Of a score scale. */
export const scores = {
  likelihoods: saying('How likely something may be, from the least.', steps),
  impacts: saying('How much it may matter, from the least.', steps),
  bands: rows('ScoreBand', 'The bands of scores. Each score is in one band at most.', {
    band: itemNumber('What it is called, in one word, such as High.'),
    least: count('The least score in it.', { least: 1, most: 10_000 }),
    most: count('The greatest score in it.', { least: 1, most: 10_000 }),
    reviewMonths: labelled(
      'Months to the next review',
      optional(count('A risk in it is reviewed after so many months.', { least: 1, most: 120 })),
    ),
    colour: optional(saying('Its colour.', colour)),
  }),
};

/** Of a RAG rule. */
export const cases = rows(
  'RagCase',
  'The cases, in the order in which they are tried: the first that fits counts. What a case does not ask is left out; what no case fits has no colour.',
  {
    label: line('What it is called, such as Outstanding past its target.'),
    colour: saying('Its colour.', colour),
    standing: optional(saying('It fits what stands so.', standing)),
    pastCurrent: labelled(
      'Past the current date',
      optional(yesNo('It fits what is past its current due date, or what is not.')),
    ),
    pastOriginal: labelled(
      'Past the first date',
      optional(yesNo('It fits what is past its first due date, or what is not.')),
    ),
    shareBelow: labelled(
      'Share complete below',
      optional(
        count('It fits what is claimed to be complete to less than so many per cent; 101: whatever share is claimed.', {
          least: 1,
          most: 101,
        }),
      ),
    ),
  },
);
