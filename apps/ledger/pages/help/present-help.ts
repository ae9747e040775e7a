import { addressOf, type Dates } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import type { Glossary } from './read-glossary.ts';

/** What there is help with. */
export const TOPICS = [
  {
    path: 'dates',
    text: 'Dates: effective and recorded',
    says: 'What it means to ask about a date, and to ask what was known by then, with one example worked through.',
    template: 'help/dates.njk',
  },
  {
    path: 'glossary',
    text: 'Glossary',
    says: 'What the words of this ledger mean, and what its acronyms stand for.',
    template: 'help/glossary.njk',
  },
  {
    path: 'keyboard',
    text: 'Using the keyboard',
    says: 'Everything can be done without a mouse.',
    template: 'help/keyboard.njk',
  },
  {
    path: 'accessibility',
    text: 'Accessibility statement',
    says: 'What was tested, how, and what was not.',
    template: 'help/accessibility.njk',
  },
] as const;

export function presentTopics({ link }: Pick<Visit, 'link'>) {
  return {
    title: 'Help',
    topics: TOPICS.map(({ path, text, says }) => ({ text, says, href: link(`/help/${path}`) })),
  };
}

export function presentGlossary({ terms, acronyms }: Glossary) {
  return {
    terms: [...terms].sort((one, other) => one.term.localeCompare(other.term, 'en-GB')),
    acronyms: [...acronyms]
      .map(([acronym, means]) => ({ acronym, means }))
      .sort((one, other) => one.acronym.localeCompare(other.acronym, 'en-GB')),
  };
}

interface AskedOfExample {
  readonly dates: Dates;
  readonly question: string;
  readonly answer: string;
  readonly why: string;
}

/** An action of the example papers, asked about four times. `help.spec.ts` asks a ledger that holds them whether this is so. */
export const WORKED_EXAMPLE: { readonly ref: string; readonly asked: readonly AskedOfExample[] } = {
  ref: 'CGB-2023-06-A4',
  asked: [
    {
      dates: { on: '2023-10-09' },
      question: '9 October 2023, from all that is known today',
      answer: 'Reported complete',
      why: 'The paper says that it had been reviewed.',
    },
    {
      dates: { on: '2023-06-30' },
      question: '30 June 2023, from all that is known today',
      answer: 'Agreed',
      why: 'The board had agreed it. Since the paper gives no day, it may already have been reported complete: the page says that too.',
    },
    {
      dates: { on: '2023-06-30', recorded: '2023-07-01' },
      question: '30 June 2023, as it was recorded by 1 July 2023',
      answer: 'Not there',
      why: 'Nothing of it had been recorded: the paper was published in October.',
    },
    {
      dates: { on: '2023-10-09', recorded: '2023-10-31', proven: true },
      question: '9 October 2023, as this ledger itself had recorded it by 31 October 2023',
      answer: 'Not there',
      why: 'The paper was loaded into this ledger later than that.',
    },
  ],
};

/** @param here whether this ledger holds the example, and this reader may see it */
export function presentExample(here: boolean) {
  const { ref, asked } = WORKED_EXAMPLE;
  const address = (dates: Dates) => addressOf(`/actions/${ref}`, dates);
  return {
    example: {
      ...{ ref, here, today: address({}) },
      asked: asked.map(({ dates, ...one }) => ({ ...one, href: address(dates) })),
    },
  };
}
