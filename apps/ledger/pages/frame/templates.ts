import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { projectRoot } from '../../graphql/schema-files.ts';
import { withAcronymsExpanded } from './acronyms.ts';
import { datedInWords, dayInWords, beginningOf } from '../../../../libs/wording/index.ts';

/** Turns a template and what it shows into a page. */
export type Render = (template: string, shown: object) => string;

/**
 * The templates: those beside the pages, and the macros of GOV.UK Frontend and MOJ Frontend. They are read from the source
 * tree, where they stand beside their page, and compiled once; macros are made once. Acronyms are expanded where a page first uses them.
 *
 * Everything is escaped unless a template says otherwise, and none says so of anything that somebody typed.
 */
export function openTemplates(acronyms: ReadonlyMap<string, string>, root: string = projectRoot()): Render {
  const environment = environments.get(root) ?? environmentIn(root);
  environments.set(root, environment);
  return (template, shown) => withAcronymsExpanded(environment.render(template, shown), acronyms);
}

/** By the folder of the project. Compiling them takes a second, and no template of a program that runs is another one later. */
const environments = new Map<string, nunjucks.Environment>();

function environmentIn(root: string): nunjucks.Environment {
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
  keepMacros(environment);
  // The timeline macro writes its dates with these two names; ours say “by 9 October 2023” where no day is known.
  environment.addFilter('date', (day: string, how?: 'by' | 'about') =>
    how === undefined ? dayInWords(day) : datedInWords({ to: day, how }),
  );
  environment.addFilter('mojDate', (day: string) => dayInWords(day));
  environment.addFilter('beginning', beginningOf);
  return environment;
}

/** What Nunjucks has and its types leave out. A template that imports another asks for it, and then for what it exports. */
interface Environment {
  getTemplate(...asked: readonly unknown[]): unknown;
}
interface Template {
  getExported(...asked: readonly unknown[]): void;
}
type Then<Found> = (failed: Error | null, found?: Found) => void;

/**
 * Nunjucks runs a whole template each time that another imports a macro from it, and every macro imports others: hundreds of times for
 * one form. What is imported without context is the same each time.
 */
function keepMacros(environment: Environment): void {
  const getTemplate = environment.getTemplate.bind(environment);
  environment.getTemplate = (...asked) => {
    const then = asked.at(-1);
    if (typeof then !== 'function') return getTemplate(...asked);
    return getTemplate(...asked.slice(0, -1), (failed: Error | null, template?: Template) => {
      if (template !== undefined && !Object.hasOwn(template, 'getExported')) keepExported(template);
      (then as Then<Template>)(failed, template);
    });
  };
}

function keepExported(template: Template): void {
  const getExported = template.getExported.bind(template);
  let kept: object | undefined;
  template.getExported = (...asked) => {
    const [then] = asked as readonly [Then<object>];
    // With a context it has more to be asked with.
    if (typeof then !== 'function') return getExported(...asked);
    if (kept !== undefined) return then(null, kept);
    getExported((failed: Error | null, exported?: object) => {
      if (failed === null) kept = exported;
      then(failed, exported);
    });
  };
}
