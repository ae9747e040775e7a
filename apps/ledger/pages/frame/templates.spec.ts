import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import nunjucks from 'nunjucks';
import { openTemplates } from './templates.ts';

describe('templates', () => {
  const roots: string[] = [];
  afterAll(() => {
    for (const root of roots) rmSync(root, { recursive: true });
  });

  function drawn(templates: Readonly<Record<string, string>>, ...pages: readonly object[]): readonly string[] {
    // Templates are read once from each folder.
    const root = mkdtempSync(join(tmpdir(), 'ledger-templates-'));
    roots.push(root);
    mkdirSync(join(root, 'apps', 'ledger', 'pages'), { recursive: true });
    for (const [name, words] of Object.entries(templates))
      writeFileSync(join(root, 'apps', 'ledger', 'pages', name), words);
    const render = openTemplates(new Map(), root);
    return pages.map((shown) => render('page.njk', shown));
  }

  const MACRO = '{% set made = { times: "once" } %}{% macro says(what) %}{{ what }}, {{ name }}{% endmacro %}';

  it('draws each page with what it gives a macro, and nothing of the page before', () => {
    const page = '{% from "./macro.njk" import says %}{{ says(words) }}';
    const pages = [{ words: 'One', name: 'Ann' }, { words: 'Two' }, { words: '<b>' }];
    expect(drawn({ 'macro.njk': MACRO, 'page.njk': page }, ...pages)).toEqual(['One, ', 'Two, ', '&lt;b&gt;, ']);
  });

  it('shows a macro that is imported with the context each page’s own', () => {
    const page = '{% from "./context.njk" import says with context %}{{ says(words) }}';
    const pages = [
      { words: 'One', name: 'Ann' },
      { words: 'Two', name: 'Bob' },
    ];
    expect(drawn({ 'context.njk': MACRO, 'page.njk': page }, ...pages)).toEqual(['One, Ann', 'Two, Bob']);
  });

  it('runs a template that gives macros once for all pages that import them', () => {
    const runs = vi.spyOn(nunjucks.Template.prototype as unknown as { getExported(): void }, 'getExported');
    const page = '{% from "./macro.njk" import says %}{{ says(words) }}';
    drawn({ 'macro.njk': MACRO, 'page.njk': page }, { words: 'One' }, { words: 'Two' });
    expect(runs).toHaveBeenCalledTimes(1);
    runs.mockRestore();
  });
});
