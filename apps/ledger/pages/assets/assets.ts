import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../graphql/schema-files.ts';

/** A file that pages refer to. */
export interface Asset {
  /** Holds a digest of the content, so that a browser may keep it for ever. */
  readonly path: string;
  readonly type: string;
  readonly content: string;
}

/** The files of all pages: one stylesheet, one icon, and one script for those who have scripts. There is no font. */
export interface Assets {
  readonly stylesheet: Asset;
  readonly icon: Asset;
  /** Looks records up while somebody types. No page needs it. */
  readonly picker: Asset;
}

export function openAssets(root: string = projectRoot()): Assets {
  const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
  const autocomplete = ['node_modules', 'accessible-autocomplete', 'dist'];
  const moj = ['node_modules', '@ministryofjustice', 'frontend', 'moj'];
  const styles = [
    read('node_modules', 'govuk-frontend', 'dist', 'govuk', 'govuk-frontend.min.css'),
    withImagesInside(read(...moj, 'moj-frontend.min.css'), (image) => read(...moj, 'assets', 'images', image)),
    read(...autocomplete, 'accessible-autocomplete.min.css'),
    read('apps', 'ledger', 'pages', 'assets', 'ledger.css'),
  ];
  const scripts = [
    read(...autocomplete, 'accessible-autocomplete.min.js'),
    read('apps', 'ledger', 'pages', 'assets', 'picker.js'),
  ];
  return {
    stylesheet: asset(
      'ledger',
      'css',
      'text/css; charset=utf-8',
      styles.map(withoutLicensedFont).map(withoutSourceMap).join('\n'),
    ),
    picker: asset('picker', 'js', 'text/javascript; charset=utf-8', scripts.map(withoutSourceMap).join('\n')),
    icon: asset('icon', 'svg', 'image/svg+xml', read('apps', 'ledger', 'pages', 'assets', 'icon.svg')),
  };
}

/** GDS Transport may be used on gov.uk alone. Elsewhere GOV.UK Frontend is to be shown in another typeface. */
export function withoutLicensedFont(css: string): string {
  return css.replace(/@font-face\s*\{[^}]*\}/g, '').replace(/(["']?)GDS Transport\1\s*,\s*/g, '');
}

/** What only those who build a library need, and is not served. */
function withoutSourceMap(content: string): string {
  return content.replace(/\/[/*]# sourceMappingURL=.*/g, '');
}

/** The small icons of MOJ Frontend stand in the stylesheet itself: nothing else is to be fetched for a page. */
function withImagesInside(css: string, read: (image: string) => string): string {
  return css.replace(
    /url\(\/assets\/images\/([a-z-]+\.svg)\)/g,
    (_, image: string) => `url(data:image/svg+xml;base64,${Buffer.from(read(image)).toString('base64')})`,
  );
}

function asset(name: string, extension: string, type: string, content: string): Asset {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { path: `/assets/${name}-${digest}.${extension}`, type, content };
}
