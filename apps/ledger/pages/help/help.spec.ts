import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveLedger, type ServedLedger } from '../../../../test/e2e/served-ledger.ts';
import { standingClock } from '../../../../test/ledger-in-a-folder.ts';
import { projectRoot } from '../../graphql/schema-files.ts';
import { memberInWords } from '../../../../libs/wording/index.ts';
import { asOfDates } from '../frame/dates.ts';
import { actionStatus } from '../../../../libs/registers/actions/index.ts';
import { TOPICS, WORKED_EXAMPLE } from './present-help.ts';
import { glossaryIn, readGlossary } from './read-glossary.ts';

describe('the glossary of the pages', () => {
  it('is that of the docs, word for word', () => {
    const { terms, acronyms } = readGlossary(projectRoot());
    const written = readFileSync(join(projectRoot(), 'docs/glossary.md'), 'utf8');
    expect(terms.length + acronyms.size).toBe(written.match(/^\| \*\*/gm)!.length);
    expect(acronyms.get('OPCC')).toBe('Office of the Police and Crime Commissioner');
    for (const { term, means } of terms)
      expect(written).toContain(
        `| **${term}** | ${means.map(({ text, code }) => (code ? `\`${text}\`` : text)).join('')} |`,
      );
  });

  it('marks what programs write', () => {
    const { terms } = glossaryIn('| **event** | a fact: `ActionRaised` |\n## Acronyms\n| **A** | b |\n');
    expect(terms).toEqual([
      {
        term: 'event',
        means: [
          { text: 'a fact: ', code: false },
          { text: 'ActionRaised', code: true },
        ],
      },
    ]);
  });

  it('is missed when it is not there', () => {
    expect(() => glossaryIn('# Glossary\n')).toThrow('holds no words');
    expect(() => glossaryIn('| **event** | a fact |\n')).toThrow('holds no words');
  });
});

describe('the help pages', () => {
  let served: ServedLedger;
  beforeAll(async () => {
    const clock = standingClock('2023-11-20T12:00:00.000Z');
    served = await serveLedger({ store: 'sqlite', holding: 'example', clock });
  });
  afterAll(() => served.remove());

  const page = async (path: string) => {
    const answer = await fetch(`${served.url}${path}`);
    return { status: answer.status, html: await answer.text() };
  };

  it('lead to every topic, keep the dates that one looks at, and are led to by the foot of every page', async () => {
    const { html } = await page('/help?on=2023-06-30');
    for (const { path, text } of TOPICS) {
      expect(html).toContain(`href="/help/${path}?on=2023-06-30">${text}</a>`);
      const topic = await page(`/help/${path}?on=2023-06-30`);
      expect([path, topic.status]).toEqual([path, 200]);
      expect(topic.html).toContain('You are looking at 30 June 2023');
    }
    for (const path of ['/', '/actions', '/nowhere', '/sign-in', '/actions?on=nonsense'])
      expect([path, (await page(path)).html.includes('href="/help')]).toEqual([path, true]);
    expect((await page('/help/nonsense')).status).toBe(404);
  });

  it('say of the worked example what the ledger answers', async () => {
    for (const { dates, answer } of WORKED_EXAMPLE.asked) {
      const { ledger } = await served.public.runs(
        'query ($asOf: AsOf, $ref: ID!) { ledger(asOf: $asOf) { action(ref: $ref) { status } } }',
        { asOf: asOfDates(dates), ref: WORKED_EXAMPLE.ref },
      );
      const answered = ledger.action === null ? 'Not there' : memberInWords(actionStatus, ledger.action.status);
      expect([dates, answered]).toEqual([dates, answer]);
    }
    const { html } = await page('/help/dates');
    expect(html).toContain(`href="/actions/${WORKED_EXAMPLE.ref}?on=2023-06-30"`);
  });

  it('link to no record where there is none', async () => {
    const empty = await serveLedger({ store: 'sqlite' });
    try {
      const html = await (await fetch(`${empty.url}/help/dates`)).text();
      expect(html).toContain(WORKED_EXAMPLE.ref);
      expect(html).not.toContain(`href="/actions/${WORKED_EXAMPLE.ref}`);
    } finally {
      await empty.remove();
    }
  });
});
