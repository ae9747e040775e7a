import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { projectRoot } from '../../graphql/schema-files.ts';
import { withAcronymsExpanded } from './acronyms.ts';
import { datedInWords, dayInWords } from '../../words/days.ts';

/** Turns a template and what it shows into a page. */
export type Render = (template: string, shown: object) => string;

/**
 * The templates: those beside the pages, and the macros of GOV.UK Frontend and MOJ Frontend. They are read from the source
 * tree, where they stand beside their page, and compiled once. Acronyms are expanded where a page first uses them.
 *
 * Everything is escaped unless a template says otherwise, and none says so of anything that somebody typed.
 */
export function openTemplates(acronyms: ReadonlyMap<string, string>, root: string = projectRoot()): Render {
  const folders = [
    join(root, 'apps', 'ledger', 'pages'),
    join(root, 'node_modules', 'govuk-frontend', 'dist'),
    join(root, 'node_modules', '@ministryofjustice', 'frontend'),
  ];
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders, { noCache: false }), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  // The timeline macro writes its dates with these two names; ours say “by 9 October 2023” where no day is known.
  environment.addFilter('date', (day: string, how?: 'by' | 'about') =>
    how === undefined ? dayInWords(day) : datedInWords({ to: day, how }),
  );
  environment.addFilter('mojDate', (day: string) => dayInWords(day));
  return (template, shown) => withAcronymsExpanded(environment.render(template, shown), acronyms);
}
