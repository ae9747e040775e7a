import { readFileSync } from 'node:fs';
import { openDatabase } from '../sqlite/index.ts';
import { listActions } from '../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { LINES_AT_ONCE, lineOf, trigramsOf } from './words-index.ts';

describe('what lines are asked for', () => {
  it.each([
    ['Bur', '"bur"'],
    ['burgle', '"bur" "urg" "rgl" "gle"'],
    ['“a”-’', '"""a""" "a""-" """-\'"'],
    ['aaaaa', '"aaa"'],
    ['ÉTÉ', '"ÉtÉ"'],
    ['😀ab', '"😀ab"'],
  ])('by %s is all of its trigrams: %s', (words, trigrams) => {
    expect(trigramsOf(words)).toBe(trigrams);
  });

  it.each(['', 'ab', '😀a', 'abc\0def'])('is nothing by %j: all words are looked through', (words) => {
    expect(trigramsOf(words)).toBeNull();
  });
});

describe('a line', () => {
  it('is of one part of one event', () => {
    expect([lineOf(1, 0), lineOf(1, 63), lineOf(2, 0)]).toEqual([64, 127, 128]);
    expect(() => lineOf(1, 64)).toThrow(RangeError);
  });
});

describe('the index of words', () => {
  let ledger: LedgerBeingRead;
  const RARE = 'qzjxkvwy';

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    const why = { reason: 'As the minutes say.' };
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board', ...why });
    await officer.does({ type: 'RaiseAction', body: 'CGB', title: `About ${RARE}`, owner: 'force-lead', ...why });
    await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'About another', owner: 'force-lead', ...why });
    await officer.does({
      type: 'RaiseAction',
      body: 'CGB',
      title: 'Officers’ “hours” – 2023',
      owner: 'force-lead',
      ...why,
    });
    const secret = { marking: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const };
    await officer.does({
      type: 'RaiseAction',
      body: 'CGB',
      title: 'Of a witness',
      owner: 'force-lead',
      ...why,
      ...secret,
    });
    const told = await officer.does({
      type: 'RaiseAction',
      body: 'CGB',
      title: 'Told twice',
      owner: 'force-lead',
      ...why,
    });
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref: told, ...why });
    for (const text of ['It was begun.', 'It was ended.'])
      await ledger.as('force-lead').does({ type: 'GiveActionUpdate', ref: told, text, ...why });
  });
  afterAll(() => ledger.remove());

  const found = async (text: string, reader = FULL) =>
    (await listActions(await ledger.view({}, reader), { text }, {})).totalCount;
  const titles = async (text: string, reader = FULL) => {
    const view = await ledger.view({}, reader);
    const { edges } = await listActions(view, { text }, {});
    return Promise.all(edges.map(({ node }) => view.text(node.state.title)));
  };
  const trigrams = () => {
    const database = openDatabase(ledger.file, { durable: false });
    try {
      database.exec("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'words_index', 'row')");
      return database.prepare<[], string>('SELECT term FROM terms').pluck().all();
    } finally {
      database.close();
    }
  };

  it('takes in many lines at once, and until then the latest are read as they are', async () => {
    expect(await found(RARE)).toBe(1);
    expect(trigrams()).toEqual([]);
    const officer = ledger.as('opcc-officer');
    for (let n = 0; n < LINES_AT_ONCE; n += 1)
      await officer.does({
        type: 'RaiseAction',
        body: 'CGB',
        title: `Filler ${n}`,
        owner: 'force-lead',
        reason: 'So.',
      });
    await ledger.caughtUp();
    expect(trigrams()).toContain('qzj');
    expect(await found(RARE)).toBe(1);
    expect(await found('about')).toBe(2);
  });

  it('is made whole by a rebuild', async () => {
    await ledger.models.rebuild();
    expect(trigrams()).toContain('qzj');
    expect(await found(RARE)).toBe(1);
    expect(await ledger.models.compare()).toMatchObject({ equal: true });
  });

  it('knows quotes, dashes and capitals by what they mean', async () => {
    await ledger.models.rebuild();
    for (const text of ['officers\' "HOURS"', '“hours” - 2023', 'hours" — 2'])
      expect([text, await found(text)]).toEqual([text, 1]);
  });

  it('finds nothing that the reader may not read, nor what the record no longer says', async () => {
    await ledger.models.rebuild();
    expect([await found('witness'), await found('witness', OFFICIAL)]).toEqual([1, 0]);
    expect([await found('ended'), await found('ended', OFFICIAL)]).toEqual([1, 1]);
    expect(await found('begun')).toBe(0);
  });

  it('finds nothing that the reader may not read within an event that they see', async () => {
    const database = openDatabase(ledger.file, { durable: false });
    database.exec("UPDATE texts SET restricted = 1 WHERE content = 'About another'");
    database.close();
    // Words of two characters are looked for in all rows.
    for (const words of ['another', 'ut another', 'ot']) {
      expect([words, await titles(words)]).toEqual([words, ['About another']]);
      expect([words, await titles(words, OFFICIAL)]).toEqual([words, []]);
    }
  });

  it('loses what is erased, out of the file too', async () => {
    await ledger.models.rebuild();
    expect(trigrams()).toContain('qzj');
    const [edge] = (await listActions(await ledger.view(), { text: RARE }, {})).edges;
    ledger.models.eraseTexts([edge!.node.state.title!]);
    expect(await found(RARE)).toBe(0);
    expect(await found('another')).toBe(1);
    expect(trigrams()).not.toContain('qzj');
    expect(trigrams()).toContain('abo');
    await ledger.restart();
    const database = openDatabase(ledger.file, { durable: false });
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    for (const trigram of ['qzj', 'zjx', 'jxk', 'xkv', 'kvw', 'vwy'])
      expect([trigram, readFileSync(ledger.file).includes(trigram)]).toEqual([trigram, false]);
  });
});
