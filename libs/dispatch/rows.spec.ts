import { randomUUID } from 'node:crypto';
import { findRule, historyOf } from '../../projections/index.ts';
import { ledgerBeingRead, type LedgerBeingRead } from '../../test/ledger-being-read.ts';

/* Rows with words, from a command to what is read of them, corrected and by whatever words: see docs/adding-a-register.md. */

const HOSTILE = '<script>alert(1)</script> | "quoted", \\ and {{ 7*7 }}';

let house: LedgerBeingRead;
let rule: string;
let event: string;

beforeAll(async () => {
  house = await ledgerBeingRead();
  await house.as('opcc-officer').does({ type: 'AddBody', as: 'JARAP', name: 'Audit panel' });
  const monitoring = house.as('monitoring-officer');
  rule = await monitoring.does({
    type: 'AddRule',
    kind: 'PRIORITY_SCALE',
    body: 'JARAP',
    title: 'Priorities',
    as: 'priorities',
  });
  const levels = [{ level: 'High', meaning: HOSTILE }, { level: 'Medium' }, { level: 'Low', meaning: 'One day' }];
  const set = await monitoring.submit({ type: 'SetPriorityScale', ref: rule, levels });
  if (set.outcome !== 'accepted') throw new Error(JSON.stringify(set));
  event = set.events[0]!;
}, 60_000);
afterAll(() => house?.remove());

const corrected = (path: string, is: unknown) =>
  house.as('monitoring-officer').submit({ type: 'Correct', ref: rule, event, path, is, reason: 'A slip' }, 'rules');
const whyNot = async (path: string, is: unknown) => {
  const outcome = await corrected(path, is);
  return outcome.outcome === 'refused'
    ? outcome.refusal.sentence
    : outcome.outcome === 'invalid'
      ? outcome.sentence
      : outcome.outcome;
};
async function wordsNow(): Promise<string | null> {
  const view = await house.view();
  const { edges } = await historyOf(view, rule, { first: 10 });
  const texts = edges.find(({ node }) => node.id === event)!.node.texts as { readonly [field: string]: never };
  return view.text(texts['levelsMeaning']);
}
async function levelsNow(): Promise<readonly string[]> {
  const found = await findRule(await house.view(), rule);
  return (JSON.stringify(found).match(/"level":"[^"]*"/g) ?? []).map((one) => one.slice(9, -1));
}

it('keeps the words of rows out of the log in clear, and reads them as they were given', async () => {
  expect(await wordsNow()).toBe(`${HOSTILE}\n–\nOne day`);
  expect(await levelsNow()).toEqual(['High', 'Medium', 'Low']);
  const { events } = await house.ledger.store.readAll(undefined, 500);
  const log = events.map(({ bytes }) => Buffer.from(bytes).toString('utf8')).join('\n');
  expect(log).toContain('Medium');
  expect(log).not.toMatch(/alert\(1\)|One day/);
});

it('corrects the words of rows as a whole, and keeps a line for each', async () => {
  expect(await whyNot('levelsMeaning', 'One day')).toMatch(/There are 3 rows, and this has 1 lines/);
  expect(await corrected('levelsMeaning', `At once\n-\n${HOSTILE}`)).toMatchObject({ outcome: 'accepted' });
  expect(await levelsNow()).toEqual(['High', 'Medium', 'Low']);
  expect(await wordsNow()).toBe(`At once\n-\n${HOSTILE}`);
});

it('answers the same command the same for ever, whatever is left out or null in its rows', async () => {
  const commandId = randomUUID();
  const sent = { type: 'SetPriorityScale', ref: rule, commandId, levels: [{ level: 'Only', meaning: ' x ' }] };
  const monitoring = house.as('monitoring-officer');
  const first = await monitoring.submit(sent);
  expect(first.outcome).toBe('accepted');
  expect(await monitoring.submit({ ...sent, levels: [{ level: 'Only', meaning: 'x' }] })).toEqual({
    ...first,
    repeated: true,
  });
  expect((await monitoring.submit({ ...sent, levels: [{ level: 'Only' }] })).outcome).not.toBe('accepted');
});
