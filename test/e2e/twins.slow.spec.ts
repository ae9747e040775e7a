import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import { schemaOfFiles } from '../../apps/ledger/graphql/schema-files.ts';
import type { Client, Json, Variables } from './client.ts';
import { mutation, operation } from './contract.ts';
import { everyPage } from './every-page.ts';
import { everyQuery } from './every-query.ts';
import { randomNumbers } from './random-numbers.ts';
import { demoToken, serveLedger, type ServedLedger } from './served-ledger.ts';

/** Stories that are told, each with other hidden matters. More by hand: `TWINS=20`, see the README. */
const STORIES = Number(process.env['TWINS'] ?? 1);
const TODAY = '2023-10-09';
const WHY = { reason: 'Typed from the minutes.' };
const SECRET = { marking: 'OFFICIAL_SENSITIVE' };
const schema = schemaOfFiles();

/** A ledger of the twins, under a clock that goes on at the same steps in both. */
interface Twin {
  readonly served: ServedLedger;
  readonly as: (post: string) => Promise<Client>;
  readonly tick: () => void;
  /** References of what is in this ledger and not in the other. */
  readonly hidden: string[];
  readonly hiddenEvents: string[];
}

async function newTwin(): Promise<Twin> {
  let now = Date.parse(`${TODAY}T09:00:00.000Z`);
  const served = await serveLedger({ clock: { now: () => now } });
  const clients = new Map<string, Promise<Client>>();
  return {
    served,
    as(post) {
      if (!clients.has(post)) clients.set(post, served.as(post));
      return clients.get(post)!;
    },
    tick: () => (now += 60_000),
    hidden: [],
    hiddenEvents: [],
  };
}

/** The same open story in both; in one of them, hidden matters of every kind between each two steps. */
async function live(twin: Twin, hides: boolean, seed: number): Promise<Readonly<Record<string, string>>> {
  const [officer, commissioner, monitoring, lead] = await Promise.all(
    ['opcc-officer', 'commissioner', 'monitoring-officer', 'force-lead'].map((post) => twin.as(post)),
  );
  const chance = randomNumbers(seed);
  const seen: Record<string, string> = {};
  let steps = 0;
  const does = async (client: Client, field: string, input: Variables): Promise<Json> => {
    twin.tick();
    const answer = await client.does(field, input);
    await hide();
    return answer;
  };
  const hide = async (): Promise<void> => {
    // The same numbers are drawn in both, so that the open story is the same.
    const which = [chance(), chance(), chance(), chance(), chance(), chance()].map((one) => one < 0.5);
    steps += 1;
    if (!hides || seen['board'] === undefined) return;
    const note = (ref: string) => void twin.hidden.push(ref);
    if (which[0]) {
      const { action } = await officer!.does('raiseAction', {
        ...{ meeting: seen['board'], title: 'Hidden', owner: 'commissioner', ...SECRET, ...WHY },
        ...{ due: { on: '2023-10-01' }, effectiveOn: '2023-09-30' },
      });
      note(action.ref);
      await commissioner!.does('agreeAction', { ref: action.ref, ...WHY, effectiveOn: '2023-09-30' });
      await officer!.does('recordOtherwiseStated', {
        ...{ record: action.ref, path: 'owner', says: 'Hidden', source: { document: 'Hidden' } },
      });
    }
    if (which[1])
      note(
        (await officer!.does('scheduleMeeting', { body: 'CGB', on: '2023-11-20', session: 'CLOSED', title: 'Hidden' }))
          .meeting.ref,
      );
    if (which[2]) {
      const ref = `hidden-post-${steps}`;
      await officer!.does('addPost', { ref, name: 'Hidden', capacity: 'jarap-member', ...SECRET });
      note(ref);
    }
    if (which[3]) {
      await officer!.does('addBody', { ref: `HID${steps}`, name: 'Hidden', ...SECRET });
      note(`HID${steps}`);
    }
    if (which[4])
      await officer!.does('minuteItem', {
        ...{ ref: seen['board'], text: 'Hidden', title: 'Hidden', session: 'CLOSED', promise: true },
        ...{ effectiveOn: '2023-09-20', ...WHY },
      });
    if (which[5] && seen['others'] !== undefined) {
      await officer!.does('addActionEvidence', {
        ...{ ref: seen['others'], title: 'Hidden', by: 'commissioner', authority: { delegation: 'SoD-4' }, ...SECRET },
      });
      await twin.served.ready();
      const { ledger } = await officer!.asks('History', { ref: seen['others'], first: 500 });
      twin.hiddenEvents.push(ledger.action.history.edges.at(-1).node.id);
    }
  };

  await does(officer!, 'addBody', { ref: 'CGB', name: 'Board', effectiveOn: '2023-09-15' });
  await does(officer!, 'addPost', { ref: 'estates-lead', name: 'Estates lead', body: 'CGB' });
  const held = await does(officer!, 'scheduleMeeting', { body: 'CGB', on: '2023-09-20', effectiveOn: '2023-09-18' });
  seen['board'] = held.meeting.ref;
  await does(officer!, 'holdMeeting', { ref: seen['board'], effectiveOn: '2023-09-20' });
  seen['next'] = (await does(officer!, 'scheduleMeeting', { body: 'CGB', on: '2023-11-20' })).meeting.ref;
  const raised = { meeting: seen['board'], effectiveOn: '2023-09-20', ...WHY };
  const agreed = { effectiveOn: '2023-09-21', ...WHY };
  seen['own'] = (
    await does(officer!, 'raiseAction', {
      ...{ ...raised, title: 'Own', owner: 'force-lead', due: { meeting: seen['next'], phrase: 'next board' } },
    })
  ).action.ref;
  await does(commissioner!, 'agreeAction', { ref: seen['own'], ...agreed });
  seen['others'] = (
    await does(officer!, 'raiseAction', {
      ...raised,
      title: 'Others',
      owner: 'commissioner',
      due: { on: '2023-10-02' },
    })
  ).action.ref;
  await does(commissioner!, 'agreeAction', { ref: seen['others'], ...agreed });
  await does(lead!, 'giveActionUpdate', { ref: seen['own'], text: 'Begun.' });
  await does(officer!, 'minuteItem', { ref: seen['board'], text: 'Open.', effectiveOn: '2023-09-20', ...WHY });
  await does(officer!, 'recordOtherwiseStated', {
    ...{ record: seen['others'], path: 'due.on', says: '2023-10-03', source: { document: 'Minutes' } },
  });
  await does(officer!, 'recordOtherwiseStated', {
    ...{ record: seen['board'], path: 'date', says: '2023-09-21', source: { document: 'Minutes' } },
  });
  for (const field of ['publishAction', 'publishMeeting', 'publishBody'])
    await does(monitoring!, field, {
      ref: field === 'publishAction' ? seen['others'] : field === 'publishMeeting' ? seen['board'] : 'CGB',
    });
  seen['third'] = (
    await does(officer!, 'raiseAction', { body: 'CGB', title: 'Third', owner: 'estates-lead' })
  ).action.ref;
  for (const name of ['second', 'last'])
    seen[name] = (await does(officer!, 'scheduleMeeting', { body: 'CGB', on: '2023-11-20' })).meeting.ref;
  twin.tick();
  await twin.served.ready();
  return seen;
}

/** Texts with ids, positions and random references as they come: the first is 1, the next 2, and so on. */
function normaliser(): (text: string) => string {
  const names = new Map<string, string>();
  const nameOf = (kind: string) => (one: string) => {
    if (!names.has(one)) names.set(one, `${kind}${names.size}`);
    return names.get(one)!;
  };
  const opaque = (token: string): string => {
    try {
      const keys: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
      if (Array.isArray(keys) && keys.every((key) => typeof key === 'string')) return `CURSOR${JSON.stringify(keys)}`;
    } catch {
      // No cursor.
    }
    return token.length >= 60 ? nameOf('PLACE')(token) : token;
  };
  return (text) =>
    text
      .replace(/[A-Za-z0-9_-]{12,}/g, opaque)
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, nameOf('ID'))
      .replace(/127\.0\.0\.1:\d+/g, 'HERE');
}

type Asked = readonly (readonly [what: string, text: string])[];

/** Every question of the schema, and every way to narrow a list, asked by a reader. */
async function questions(client: Client, refs: readonly string[], mustAnswer: string[]): Promise<Asked> {
  const asked: [string, string][] = [];
  const ask = async (name: string, query: string, variables: Variables): Promise<void> => {
    const { status, text } = await client.post(query, variables);
    const { data, errors } = JSON.parse(text) as { data?: { ledger?: unknown }; errors?: unknown };
    if (status !== 200 || errors !== undefined || (data?.ledger ?? null) === null)
      mustAnswer.push(`${name}: ${text.slice(0, 300)}`);
    asked.push([name, text]);
  };
  for (const asOf of [{}, { effective: '2023-09-25', recorded: `${TODAY}T09:12:30.000Z`, clock: 'PROVEN' }])
    for (const { name, query, variables } of everyQuery(schema, { ref: refs }))
      await ask(`${name} ${JSON.stringify(asOf)}`, query, { ...variables, asOf });
  for (const filter of filters(refs)) {
    await ask(`actions ${JSON.stringify(filter)}`, operation('Tracker'), { filter, first: 1 });
    for (const by of ['STATUS', 'OWNER', 'MEETING'])
      await ask(`counts by ${by} ${JSON.stringify(filter)}`, operation('Counts'), { filter, by });
  }
  for (const body of refs) await ask(`meetings of ${body}`, operation('Meetings'), { body });
  return asked;
}

/** Every field of the filter of actions by itself, with each word of its enum and each reference. */
function filters(refs: readonly string[]): readonly Variables[] {
  const { getFields } = schema.getType('ActionFilter') as GraphQLInputObjectType;
  return Object.values(getFields.call(schema.getType('ActionFilter'))).flatMap(({ name, type }) => {
    const named = getNamedType(type);
    const isList = isListType(isNonNullType(type) ? type.ofType : type);
    const values: readonly unknown[] = isEnumType(named)
      ? named.getValues().map((one) => one.name)
      : named.name === 'ID'
        ? refs
        : named.name === 'Boolean'
          ? [true, false]
          : ['Hidden', 'Own', ...refs, '1'];
    return values.map((value) => ({ [name]: isList ? [value] : value }));
  });
}

/**
 * Every command there is, with everything in its input and with no more than it must have, about each of these records, and about the
 * first of them with each of the others named in it.
 */
async function refusals(client: Client, refs: readonly string[], event: string): Promise<Asked> {
  const asked: [string, string][] = [];
  const pairs = [...refs.map((ref) => [ref, ref] as const), ...refs.slice(1).map((link) => [refs[0]!, link] as const)];
  for (const field of Object.keys(schema.getMutationType()!.getFields()))
    for (const [ref, link] of pairs)
      for (const whole of [true, false]) {
        const type = schema.getType(`${field[0]!.toUpperCase()}${field.slice(1)}Input`) as GraphQLInputObjectType;
        const input = inputOf(type, whole, ref, link, event);
        asked.push([`${field} ${JSON.stringify(input)}`, (await client.post(mutation(field), { input })).text]);
      }
  return asked;
}

function inputOf(type: GraphQLInputObjectType, whole: boolean, ref: string, link: string, event: string): Variables {
  const said: Record<string, unknown> = {};
  for (const { name, type: of } of Object.values(type.getFields())) {
    if (!whole && !isNonNullType(of) && !['event', 'before', 'reason', 'by'].includes(name)) continue;
    if (['dated', 'session', 'effectiveOn'].includes(name) || (name === 'before' && !whole)) continue;
    said[name] = valueOf(name, of, ['ref', 'record', 'post'].includes(name) ? ref : link, event);
  }
  return said;
}

function valueOf(name: string, type: GraphQLInputType, ref: string, event: string): unknown {
  const named = getNamedType(type);
  if (name === 'commandId') return '7f0c1f0e-54a4-4b5e-8f0e-5d0f1f5b7d11';
  if (name === 'event' || name === 'before') return event;
  if (name === 'path') return 'title';
  if (isEnumType(named)) return named.getValues()[0]!.name;
  if (isInputObjectType(named)) return 'meeting' in named.getFields() ? { meeting: ref } : { document: 'd' };
  if (named.name === 'ID') return ref;
  if (named.name === 'Date') return '2023-12-01';
  if (named.name === 'Boolean') return false;
  return 't';
}

/** Everything that a reader is told, in one order. */
async function everything(
  twin: Twin,
  post: string | null,
  refs: readonly string[],
  event: string,
  mustAnswer: string[],
): Promise<Asked> {
  const client = post === null ? twin.served.public : await twin.as(post);
  const headers = post === null ? {} : { authorization: `Bearer ${await demoToken(twin.served.url, post)}` };
  const asked = await questions(client, refs, mustAnswer);
  const pages = await everyPage(twin.served.url, headers);
  for (const { path, status } of pages) if (status >= 400) mustAnswer.push(`${status} ${path}`);
  return [
    ...asked,
    ...pages.map(({ path, status, html }) => [`page ${path}`, `${status} ${html}`] as const),
    ...(post === 'internal-auditor'
      ? []
      : await refusals(client, post === 'force-lead' ? refs : refs.slice(-2), event)),
  ];
}

/** What the two tell differently, ids and places aside. */
function differences(one: Asked, other: Asked): readonly string[] {
  const [first, second] = [normaliser(), normaliser()];
  const found: string[] = [];
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [a, b] = [one[at], other[at]];
    const [saidA, saidB] = [first(a?.join(' ') ?? ''), second(b?.join(' ') ?? '')];
    if (saidA === saidB) continue;
    let from = 0;
    while (saidA[from] === saidB[from]) from += 1;
    found.push(
      `${a?.[0].slice(0, 120)}: …${saidA.slice(Math.max(0, from - 80), from + 120)} | …${saidB.slice(Math.max(0, from - 80), from + 120)}`,
    );
  }
  return found;
}

describe.each(Array.from({ length: STORIES }, (_, index) => index + 1))(
  'two ledgers that differ only in what a reader may not see, story %s',
  (seed) => {
    let twins: readonly [Twin, Twin];
    let refs: readonly string[];
    let event: string;
    let seen: Readonly<Record<string, string>>;

    beforeAll(async () => {
      twins = [await newTwin(), await newTwin()];
      seen = await live(twins[0], false, seed);
      expect(await live(twins[1], true, seed)).toEqual(seen);
      const { hidden, hiddenEvents } = twins[1];
      // One of each shape: an action, a meeting, a post, a body.
      const ofAShape = [/-A[a-z]/, /-\d\d-[a-z]/, /^hidden/, /^HID/].flatMap(
        (shape) => hidden.find((ref) => shape.test(ref)) ?? [],
      );
      expect(ofAShape.length).toBeGreaterThanOrEqual(3);
      expect(hiddenEvents).not.toEqual([]);
      refs = [seen['own']!, seen['others']!, seen['board']!, 'CGB', 'estates-lead', ...ofAShape, 'CGB-2023-09-Azzzzz'];
      event = hiddenEvents[0]!;
    }, 120_000);
    afterAll(async () => {
      for (const { served } of twins ?? []) await served.remove();
    });

    const told = async (post: string | null) => {
      const mustAnswer: string[] = [];
      const both = [];
      for (const twin of twins) both.push(await everything(twin, post, refs, event, mustAnswer));
      return { mustAnswer, both, found: differences(both[0]!, both[1]!) };
    };

    it.each([
      ['the public', null],
      ['a member of the panel', 'panel-member'],
      ['a force lead who owns some of the records', 'force-lead'],
    ])(
      'tell %s the same, byte for byte: every question, every page, every refusal',
      async (_, post) => {
        const { mustAnswer, both, found } = await told(post);
        expect(mustAnswer).toEqual([]);
        expect(both[0]!.length).toBeGreaterThan(100);
        expect(found).toEqual([]);
      },
      120_000,
    );

    it('tell whoever may see everything of all of it (control)', async () => {
      const { mustAnswer, found } = await told('internal-auditor');
      expect(mustAnswer).toEqual([]);
      for (const told of [
        'actions(first',
        'meetings',
        'posts',
        'bodies',
        'contradictions',
        'counts by OWNER',
        'page /',
      ])
        expect([told, found.some((one) => one.startsWith(told.replace('(first', '')))]).toEqual([told, true]);
    }, 120_000);
  },
);
