import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { actingAs, ledgerInAFolder, type LedgerInAFolder, type Said } from '../../test/ledger-in-a-folder.ts';
import { parseStored } from '../event-store/index.ts';
import type { EventId, StreamName } from '../ledger/index.ts';
import { postsOfTheDirectory } from '../policies/index.ts';
import { REGISTERS } from '../registers/index.ts';
import { createDispatch, type Outcome } from './index.ts';
import { sealedWords } from './sealed-words.ts';
import { withWordsAsWritten } from './words.ts';

let house: LedgerInAFolder;

beforeEach(async () => {
  house = await ledgerInAFolder();
  await house.as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
});
afterEach(() => house.remove());

/** The ledger as it was before it wrote words in its own way. */
const once = () => createDispatch({ ...house.ledger, posts: postsOfTheDirectory, defencesOff: ['words'] });
const asOfficer = (dispatch = house.ledger.dispatch) => actingAs(() => dispatch, 'opcc-officer');

const raising = (more: object = {}): Said => ({ type: 'RaiseAction', body: 'CGB', title: 'Bring it back', ...more });

async function accepted(outcome: Outcome | Promise<Outcome>) {
  const answered = await outcome;
  if (answered.outcome !== 'accepted') throw new Error(JSON.stringify(answered));
  return answered;
}

async function wordsOf(stream: StreamName, event: EventId): Promise<Record<string, string | null>> {
  const words = sealedWords(house.ledger.store, house.ledger.keys);
  const { events } = await house.ledger.store.readStream(stream, 0, 50);
  const { parts } = parseStored(events.find(({ id }) => id === event)!);
  const texts = parts.filter(({ name }) => name.startsWith('text/'));
  return Object.fromEntries(
    await Promise.all(
      texts.map(async ({ name }) => [name.slice(5), await words(stream, { event, part: name as `text/${string}` })]),
    ),
  );
}

describe('the words of a command', () => {
  it('are written on one line, or on several where the field has several, without marks and space around them', async () => {
    const { stream, events } = await accepted(
      asOfficer().submit(
        raising({
          title: '\uFEFFBring the review\r\nback\tin May ',
          due: { phrase: 'by\nMay' },
          reason: ' Asked for.\r\n\r\nTwice. ',
          source: { document: 'Minutes\n', paragraph: ' ', quote: 'as\r\nprinted' },
        }),
      ),
    );
    expect(await wordsOf(stream, events[0]!)).toEqual({
      title: 'Bring the review back in May',
      phrase: 'by May',
      reason: 'Asked for.\n\nTwice.',
      document: 'Minutes',
      quote: 'as\nprinted',
    });
  });

  it('are written in a correction as the field that it corrects is', async () => {
    const { ref, events } = await accepted(asOfficer().submit(raising()));
    const { ref: meeting } = await accepted(
      asOfficer().submit({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-02', effectiveOn: '2023-10-09' }),
    );
    await accepted(
      asOfficer().submit({ type: 'HoldMeeting', ref: meeting, effectiveOn: '2023-10-09', on: '2023-10-02' }),
    );
    const minuted = await accepted(asOfficer().submit({ type: 'MinuteItem', ref: meeting, text: 'a' }, 'meetings'));
    const correct = (of: string, event: string, path: string) =>
      asOfficer().submit(
        { type: 'Correct', ref: of, event, path, is: 'one\r\ntwo', reason: 'Misread.' },
        of === ref ? 'actions' : 'meetings',
      );
    const title = await accepted(correct(ref, events[0]!, 'title'));
    const text = await accepted(correct(meeting, minuted.events[0]!, 'text'));
    const said = [title, text].map(({ stream, events: [event] }) => wordsOf(stream, event!));
    expect((await Promise.all(said)).map((words) => words['is'])).toEqual(['one two', 'one\ntwo']);
  });

  it.each([
    ['title', { title: 'Bring \u202eit back' }],
    ['title', { title: '\u200b\u200d' }],
    ['due.phrase', { due: { phrase: 'by\u0007May' } }],
    ['reason', { reason: '\u2066because\u2069' }],
    ['source.quote', { source: { quote: '\u3164' } }],
    ['source.document', { source: { document: 'a\u001bb' } }],
  ])('are INVALID, by the name of the field, where they hold what may not stand there: %s', async (field, said) => {
    expect(await asOfficer().submit(raising(said))).toMatchObject({ outcome: 'invalid', field });
  });

  it('that are blank are as good as none', async () => {
    expect(await asOfficer().fails(raising({ title: '\uFEFF \u00a0' }))).toBe('invalid');
    expect(await asOfficer().fails(raising({ effectiveOn: '2023-01-09', reason: '\uFEFF\n' }))).toBe(
      'LATE_NEEDS_REASON',
    );
  });
});

/** Ways in which the same line may be sent. */
const SENT = ['{}', '\uFEFF{}', ' {} ', '{}\r\n', '\t{}'];
const line = fc
  .array(fc.constantFrom('Bring', 'it', 'back', '👨‍👩‍👧', 'می‌خواهم', '"8(d)"'), { minLength: 1, maxLength: 5 })
  .chain((words) =>
    fc
      .array(fc.constantFrom(' ', '\n', '\r\n', '\t', '\uFEFF '), { minLength: words.length, maxLength: words.length })
      .map((breaks) => words.map((word, index) => `${index === 0 ? '' : breaks[index]}${word}`).join('')),
  );

describe('a field', () => {
  it('has several lines where its declaration says words, and one where it says a line', async () => {
    const [text, title] = ['a\nb', 'a\nb'];
    const written = (register: string, command: object) =>
      withWordsAsWritten(
        REGISTERS.find(({ name }) => name === register)!,
        {
          ...{ register, command: command as never, envelope: { commandId: randomUUID() } },
          caller: { post: 'opcc-officer', person: 'p-1', capacity: 'opcc-officer' },
        },
      ).command;
    const shapes = REGISTERS.flatMap(({ name, commands }) =>
      commands.flatMap(({ type, fields }) =>
        Object.entries(fields).map(([field, { kind }]) => ({ name, type, field, kind })),
      ),
    );
    for (const { name, type, field, kind } of shapes.filter(({ kind }) => kind === 'words' || kind === 'line'))
      expect([type, field, written(name, { type, [field]: text })]).toEqual([
        ...[type, field],
        { type, [field]: kind === 'words' ? text : 'a b' },
      ]);
    expect(shapes.filter(({ kind }) => kind === 'words').length).toBeGreaterThan(3);
    const corrected = (path: string) => written('actions', { type: 'Correct', path, is: title });
    for (const path of ['update', 'report', 'evidence', 'reason', 'source.quote'])
      expect([path, corrected(path)]).toMatchObject([path, { is: 'a\nb' }]);
    for (const path of ['title', 'phrase', 'fileName', 'source.document', 'due.on', 'no.such'])
      expect([path, corrected(path)]).toMatchObject([path, { is: 'a b' }]);
  });
});

describe('a command that was accepted', () => {
  it('is answered as it was however its words are laid out, and other words are refused under its id', async () => {
    const officer = asOfficer();
    await fc.assert(
      fc.asyncProperty(line, fc.constantFrom(...SENT), fc.constantFrom(...SENT), async (title, first, again) => {
        const said = { commandId: randomUUID(), reason: 'one\r\ntwo' };
        const before = await accepted(officer.submit(raising({ ...said, title: first.replace('{}', title) })));
        const after = await officer.submit(raising({ ...said, title: again.replace('{}', title) }));
        expect(after).toEqual({ ...before, repeated: true });
        expect(await officer.fails(raising({ ...said, title: `${title}!` }))).toBe('COMMAND_ID_REUSED');
      }),
      { seed: 20231009, numRuns: 40 },
    );
  });

  it('when words were remembered as they were sent, is answered as it was when the same are sent again', async () => {
    const [before, now] = [asOfficer(once()), asOfficer()];
    await fc.assert(
      fc.asyncProperty(line, fc.constantFrom(...SENT), async (title, first) => {
        const said = raising({
          commandId: randomUUID(),
          title: first.replace('{}', title),
          reason: ' one\r\ntwo',
          source: { quote: ' ', document: 'a\u202eb' },
        });
        const accepting = await accepted(before.submit(said));
        expect(await now.submit(said)).toEqual({ ...accepting, repeated: true });
        expect(await now.fails({ ...said, title: `${title}!` })).toBe('COMMAND_ID_REUSED');
      }),
      { seed: 20231009, numRuns: 40 },
    );
  });

  it('with words that are INVALID now is answered as it was too', async () => {
    const said = raising({ commandId: randomUUID(), title: 'Bring \u202eit\u202c back' });
    const before = await accepted(asOfficer(once()).submit(said));
    expect(await asOfficer().submit(said)).toEqual({ ...before, repeated: true });
    expect(await asOfficer().submit({ ...said, commandId: randomUUID() })).toMatchObject({ outcome: 'invalid' });
  });

  it('would not be, did the ledger know it by its words as it writes them alone (control)', async () => {
    const said = raising({ commandId: randomUUID(), title: 'Bring\nit back' });
    await accepted(asOfficer(once()).submit(said));
    expect(await asOfficer().fails({ ...said, title: 'Bring it back' })).toBe('COMMAND_ID_REUSED');
  });
});
