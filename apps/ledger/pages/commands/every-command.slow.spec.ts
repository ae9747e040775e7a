import { byKind, type Shape, type ShapeKind, type ShapeOf } from '../../../../libs/declarations/index.ts';
import type { JsonValue } from '../../../../libs/ledger/index.ts';
import { eventAsOf } from '../../../../libs/read-models/index.ts';
import type { Command } from '../../../../libs/ledger/index.ts';
import { MUTATIONS, type DeclaredMutation } from '../../../../libs/registers/index.ts';

import { Browser, type Page } from '../../../../test/e2e/browser.ts';
import { headersOf, serveLedger, type ServedLedger } from '../../../../test/e2e/served-ledger.ts';
import { SENT, withReferences, type Sent } from '../../../../test/frozen-commands/sent.ts';
import { standingClock } from '../../../../test/ledger-in-a-folder.ts';
import { readerFor } from '../../../../libs/access/index.ts';
import { formAt } from './addresses.ts';
import { allOf, fieldsOf, type FormField } from './fields.ts';
import { filledIn } from './fill-in.ts';
import { missing } from './read-typed.ts';

/* Every command of every register, sent through its form by a browser without scripts. */

type Input = Readonly<Record<string, JsonValue | undefined>>;

const EVERYBODY = { forThemself: true, forAnother: true };

let served: ServedLedger;
/** What each command before came to: the reference of its record, and its event. */
const done: { readonly ref: string; readonly events: readonly string[] }[] = [];
const browsers = new Map<string, Browser>();

beforeAll(async () => {
  served = await serveLedger({ store: 'sqlite', clock: standingClock('2023-10-09T11:00:00.000Z') });
});
afterAll(() => served?.remove());

async function browserOf({ post, person }: Sent['by']): Promise<Browser> {
  const who = `${post} ${person}`;
  const browser = browsers.get(who) ?? new Browser(await headersOf(served.url, post, person));
  browsers.set(who, browser);
  return browser;
}

/** The form, and what its boxes say for that input. */
interface FormFor {
  readonly path: string;
  readonly address: string;
  readonly fields: readonly FormField[];
  readonly boxes: Readonly<Record<string, string>>;
}

function formFor(mutation: DeclaredMutation, input: Input): FormFor {
  const { refCalled = 'ref', opens } = mutation.command;
  const path = formAt(mutation, opens === undefined ? (input[refCalled] as string) : undefined);
  const fields = allOf(fieldsOf(mutation, EVERYBODY));
  const named = namesField(mutation)
    ? new URLSearchParams({ event: (input['event'] ?? 'record') as string, path: input['path'] as string })
    : null;
  const boxes = fields.flatMap((field) => filledBoxes(field, valueAt(input, field.name)));
  return { path, address: named === null ? path : `${path}?${named}`, fields, boxes: Object.fromEntries(boxes) };
}

function namesField({ command }: DeclaredMutation): boolean {
  return Object.values(command.fields).some(({ kind }) => kind === 'path');
}

function filledBoxes({ name, shape }: FormField, value: JsonValue | undefined): readonly (readonly [string, string])[] {
  if (shape.kind === 'anyValue' && value !== undefined)
    return value === null ? [[`${name}.none`, 'yes'], ...anyOf(name, '')] : anyOf(name, value);
  if (value === undefined || value === null) return [];
  return filledIn(shape, name, value).flatMap(inBoxes);
}

/** A correction is given in the boxes of whatever its value looks like. */
function anyOf(name: string, value: JsonValue): readonly (readonly [string, string])[] {
  if (typeof value === 'boolean') return [[name, value ? 'yes' : 'no']];
  if (typeof value === 'string') return inBoxes([name, value]);
  return filledIn({ kind: 'due', says: '' }, name, value).flatMap(inBoxes);
}

/** A day is typed into three boxes. */
function inBoxes([name, value]: readonly [string, string]): readonly (readonly [string, string])[] {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  if (year === undefined) return [[name, value]];
  return [
    [`${name}-day`, String(Number(day))],
    [`${name}-month`, String(Number(month))],
    [`${name}-year`, year],
  ];
}

function valueAt(input: Input, path: string): JsonValue | undefined {
  return path.split('.').reduce<JsonValue | undefined>(
    (value, name) => {
      return (value as { readonly [name: string]: JsonValue } | undefined)?.[name];
    },
    input as unknown as JsonValue,
  );
}

/** Where there are too many records to tick, their references are typed into one box. */
function boxesOn(page: Page, { boxes }: FormFor): Readonly<Record<string, string>> {
  const typed: Record<string, string> = {};
  for (const [box, value] of Object.entries(boxes)) {
    const [, field, ref] = /^(.*)\.ticked\.(.*)$/.exec(box) ?? [];
    if (field === undefined || hasBox(page, box)) typed[box] = value;
    else typed[field] = [typed[field] ?? [], ref].flat().join(', ');
  }
  return typed;
}

function hasBox({ html }: Page, name: string): boolean {
  return html.includes(`name="${name}"`);
}

/** What an empty form says of the boxes that must be filled in. */
const EMPTY: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>, field: FormField) => string | null } = {
  line: needed,
  words: needed,
  digest: needed,
  itemNumber: needed,
  day: needed,
  time: needed,
  span: needed,
  yesNo: needed,
  oneOf: needed,
  link: needed,
  links: needed,
  anyRecord: needed,
  anyRecords: needed,
  instant: needed,
  count: needed,
  share: needed,
  rows: needed,
  conditions: needed,
  newReference: needed,
  due: needed,
  commandId: needed,
  reference: needed,
  eventOfRecord: needed,
  path: () => null,
  anyValue: () => null,
  marking: needed,
};

function needed(shape: Shape, { label }: FormField): string | null {
  return shape.optional === true || shape.otherwise !== undefined ? null : missing(shape, label);
}

function errorsIn({ html }: Page): readonly string[] {
  const summary = /<ul class="govuk-list govuk-error-summary__list">([^]*?)<\/ul>/.exec(html)?.[1] ?? '';
  return [...summary.matchAll(/<a href="#([^"]*)">([^<]*)<\/a>/g)].map(([, id = '', text = '']) => {
    if (!html.includes(`id="${id}"`)) throw new Error(`the summary leads to #${id}, which is not there`);
    return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'");
  });
}

describe('the form of every command', () => {
  it('is sent at least once here', () => {
    const sent = new Set(SENT.map(({ name }) => name));
    const ofOneKind = new Set(SENT.flatMap(({ name }) => MUTATIONS[name]?.command.type ?? []));
    // What every record takes is the same form for each kind of record.
    const missingHere = Object.values(MUTATIONS).filter(
      ({ name, command }) => !sent.has(name) && !ofOneKind.has(command.type),
    );
    expect(missingHere.map(({ name }) => name)).toEqual([]);
  });

  it.each(SENT.map((sent, index) => [index, sent.name, sent] as const))(
    '%i: %s is opened, names what is missing when it is sent empty, and is recorded when it is sent well',
    async (index, name, sent) => {
      const input = withReferences(sent.input, done) as Input;
      const mutation = MUTATIONS[name];
      if (mutation === undefined) return void done.push(await byAnOperator(sent, input, index));
      const browser = await browserOf(sent.by);
      const form = formFor(mutation, input);
      const page = await browser.open(`${served.url}${form.address}`);
      expect([page.status, page.heading]).toEqual([200, expect.stringMatching(/^[A-Z][A-Za-z, -]+$/)]);
      for (const box of Object.keys(boxesOn(page, form))) expect([box, hasBox(page, box)]).toEqual([box, true]);

      const wanted = form.fields.flatMap(
        (field) => byKind<string | null, [FormField]>(EMPTY, field.shape, field) ?? [],
      );
      const settled = namesField(mutation) ? form.fields.filter(({ shape }) => shape.kind === 'eventOfRecord') : [];
      const asked = wanted.filter(
        (sentence) => !settled.some(({ shape, label }) => missing(shape, label) === sentence),
      );
      if (asked.length > 0) {
        const empty = await browser.submit(page, form.path);
        expect(empty.status).toBe(400);
        expect(errorsIn(empty)).toEqual(expect.arrayContaining(asked));
      }

      const recorded = await recordedBy(browser, page, { ...form, boxes: boxesOn(page, form) });
      const { ref = '', event = '' } =
        recorded.match(/^\/[a-z-]+\/(?<ref>[^?]+)\?done=(?<event>[^#]+)#event-\k<event>$/)?.groups ?? {};
      done.push({ ref, events: [event] });
      expect([recorded, await typeOf(event)]).toEqual([recorded, mutation.command.leadsTo]);
    },
  );
});

/** Sends a form as it was filled in, and confirms what must be confirmed: where it leads. */
async function recordedBy(browser: Browser, page: Page, { path, boxes }: FormFor): Promise<string> {
  // A correction is filled in with what it corrects.
  const before = page.forms.flatMap(({ fields }) => [...fields.keys()]).filter((box) => /^is\b/.test(box));
  const emptied = Object.fromEntries(before.map((box) => [box, '']));
  let answer = await browser.submitOnce(page, path, { ...emptied, ...boxes });
  if (answer.heading === 'Check your answers') answer = await browser.submitOnce(answer, path, { confirmed: 'yes' });
  if (answer.status !== 303)
    throw new Error(`${path} ${JSON.stringify(boxes)}: ${answer.status} ${errorsIn(answer).join('; ')}`);
  return answer.headers.get('location') ?? '';
}

async function typeOf(event: string): Promise<string | undefined> {
  const view = await served.ledger.openView({}, readerFor('opcc-officer', 'opcc-officer'));
  // What takes effect later is no part of the history of today.
  return (await eventAsOf(view, event))?.event.type;
}

/** A command that no form sends: the command line does. */
async function byAnOperator({ register, name, by }: Sent, input: Input, index: number) {
  const { reason, ...fields } = input as { readonly reason: string };
  const command = { type: name, ...fields } as Command;
  const commandId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const outcome = await served.ledger.submit({
    register,
    command,
    envelope: { commandId, reason },
    caller: by,
    operator: true,
  });
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome;
}
