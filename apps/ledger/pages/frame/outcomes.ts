import type { DateProblem, TypedDates } from './dates.ts';

/*
 * What a page may answer instead of what was asked for. They are thrown, for they may happen at any depth; `PageAnswers` turns
 * each into a page of the same layout.
 */

/** Go there instead. */
export class SeeOther extends Error {
  override readonly name = 'SeeOther';
  /** Path and query on this server. */
  readonly location: string;
  /** Set-Cookie headers. */
  readonly cookies: readonly string[];
  constructor(location: string, cookies: readonly string[] = []) {
    super('see other');
    this.location = location;
    this.cookies = cookies;
  }
}

/** A box of a form that will not do. */
export interface FieldProblem {
  /** Id of the box, for the link of the error summary. */
  readonly id: string;
  readonly sentence: string;
}

/** The dates of the address or of the date bar will not do. Nothing is shown until they are put right. */
export class BadDates extends Error {
  override readonly name = 'BadDates';
  readonly problems: readonly DateProblem[];
  readonly typed: TypedDates;
  constructor(problems: readonly DateProblem[], typed: TypedDates) {
    super('dates will not do');
    this.problems = problems;
    this.typed = typed;
  }
}

/** A form was not taken, and what was typed into it is kept, sealed, by the page that says so. */
export class FormKept extends Error {
  override readonly name = 'FormKept';
  readonly sealed: string;
  constructor(sealed: string) {
    super('form kept');
    this.sealed = sealed;
  }
}

/** An answer in words. */
export class PageProblem extends Error {
  override readonly name = 'PageProblem';
  readonly status: number;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  constructor(status: number, heading: string, ...paragraphs: readonly string[]) {
    super(heading);
    this.status = status;
    this.heading = heading;
    this.paragraphs = paragraphs;
  }
}

/** There is nothing under that address, or not for this reader: the two look the same. */
export function noSuchPage(): PageProblem {
  return new PageProblem(
    404,
    'Page not found',
    'If you typed the address, check that it is right.',
    'A record may be missing because it did not exist on the day that you ask about, or because it is not for you to see. The ledger does not tell which.',
  );
}

export function badAddress(...paragraphs: readonly string[]): PageProblem {
  return new PageProblem(
    400,
    'This address cannot be read',
    ...paragraphs,
    'Go back to the list and try again from there.',
  );
}
