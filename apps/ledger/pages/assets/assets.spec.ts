import { openAssets, withoutLicensedFont } from './assets.ts';

describe('the files of the pages', () => {
  const { stylesheet, icon, picker } = openAssets();

  it('hold no typeface that is licensed for gov.uk alone, and fetch nothing', () => {
    expect(stylesheet.content).not.toMatch(/GDS Transport/);
    expect(stylesheet.content).not.toMatch(/@font-face/);
    const fetched = [...stylesheet.content.matchAll(/url\(([^)]*)\)/g)]
      .map(([, url]) => url ?? '')
      .filter((url) => !url.startsWith('data:'));
    // The crest of gov.uk's own footer, which no page here has.
    expect(new Set(fetched)).toEqual(new Set(['/assets/images/govuk-crest.svg']));
  });

  it('name no map of their source, which is not served', () => {
    for (const { content } of [stylesheet, picker]) expect(content).not.toContain('sourceMappingURL');
  });

  it('would be seen to hold it if it were left in', () => {
    const css =
      '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}.a{font-family:GDS Transport,arial,sans-serif}';
    expect(withoutLicensedFont(css)).toBe('.a{font-family:arial,sans-serif}');
  });

  it('have names that change with their content, for browsers keep them for ever', () => {
    expect(stylesheet.path).toMatch(/^\/assets\/ledger-[0-9a-f]{16}\.css$/);
    expect(picker.path).toMatch(/^\/assets\/picker-[0-9a-f]{16}\.js$/);
    expect(icon.path).toMatch(/^\/assets\/icon-[0-9a-f]{16}\.svg$/);
  });
});
