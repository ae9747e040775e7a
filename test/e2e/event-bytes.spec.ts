import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAPACITIES } from '../../libs/access/index.ts';
import { ENVELOPE_FIELDS, type Shape } from '../../libs/declarations/index.ts';
import { parseStored, type LoggedEvent } from '../../libs/event-store/index.ts';
import { LEDGER_OPENED, REFERENCE_RESERVED, type StoredEvent } from '../../libs/ledger/index.ts';
import { RECORD_COMMANDS } from '../../libs/records/index.ts';
import { REGISTERS } from '../../libs/registers/index.ts';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import { EXAMPLE, loadExample, newPlace, type Place } from './served-ledger.ts';

/** References that the example itself declares: bodies and posts are words, so only those that are known may stand there. */
function keysIn(file: string): readonly string[] {
  const [, ...rows] = readFileSync(join(EXAMPLE, file), 'utf8').split('\n');
  return rows.map((row) => row.split(',')[0]!).filter((key) => key !== '');
}

const DECLARED = new Set([...['bodies.csv', 'originators.csv', 'posts.csv'].flatMap(keysIn), ...CAPACITIES]);
const BODY = `(?:${keysIn('bodies.csv').join('|')})`;
const KINDS = [...REGISTERS.flatMap(({ kinds }) => kinds), LEDGER_OPENED, REFERENCE_RESERVED];
const REGISTER_NAMES = new Set(KINDS.map(({ register }) => register));
const TYPES = new Set(KINDS.map(({ type }) => type));

/** What registers and every record declare: names of fields, members of lists, kinds of command. None of them is anybody's words. */
const FIELDS = [
  ...REGISTERS.flatMap(({ commands, events }) => [
    ...commands.flatMap(({ fields }) => Object.entries(fields)),
    ...events.flatMap(({ facts }) => Object.entries(facts)),
  ]),
  ...RECORD_COMMANDS.flatMap(({ fields }) => Object.entries(fields)),
  ...Object.entries(ENVELOPE_FIELDS),
].flatMap(withColumns);

function withColumns([name, shape]: readonly [string, Shape]): readonly (readonly [string, Shape])[] {
  const columns = shape.kind === 'rows' ? Object.entries(shape.columns) : [];
  return [[name, shape], ...columns.flatMap(withColumns)];
}

/** Words that the format itself writes: registers, kinds of event and of command, and the members of enums. */
const WORDS = new Set([
  ...REGISTER_NAMES,
  ...TYPES,
  ...FIELDS.flatMap(([, shape]) => (shape.kind === 'oneOf' ? Object.keys(shape.members) : [])),
  ...[...REGISTERS.flatMap(({ commands }) => commands), ...RECORD_COMMANDS].map(({ type }) => type),
  // Of a marking and of a span, what is said where nothing is, and the state of meetings by which a paper counts them.
  ...[
    'OFFICIAL',
    'OFFICIAL_SENSITIVE',
    'by',
    'about',
    'between',
    'notStated',
    'HELD',
    'ReserveReference',
    'OpenLedger',
  ],
  // The import's declared id, the post under which the ledger itself writes, and the fields that are contradicted or corrected.
  ...['kind', 'body', 'status', 'publication', 'open', 'high', 'leicestershire-2023', 'ledger', 'date', 'due.phrase'],
  ...['publisher', 'every', 'facts', 'actor', 'source', 'ctl', 'command'],
]);
const SHAPES: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  '32 bytes': /^[A-Za-z0-9_-]{43}$/,
  'stream of a record': new RegExp(`^(${[...REGISTER_NAMES].join('|')})-[0-9a-f]{32}$`),
  'stream of references': new RegExp(`^references-(directory|rules|${BODY}-\\d{4}-\\d{2})$`),
  'stream of the opening': /^ledger-opening$/,
  'reference of a record': new RegExp(`^${BODY}-\\d{4}-\\d{2}(-[A-Z]\\d+|(-\\d{2})?(-\\d+)?)$`),
  'reference of a cadence': new RegExp(`^${BODY}-cadence$`),
  'time of day': /^\d{2}:\d{2}$/,
  'number of an item': /^\d{1,2}(\((\d|[a-z]{1,4})\))?$/,
  pseudonym: /^p-[0-9a-f]{26}$/,
  'name of a sealed part': /^(text|person)\/[a-z]+$/i,
  'name of a key': /^[0-9a-f]{8}-[0-9a-f-]{27}$/,
};

/** Names of members that the format has. A name could hide a word as well as a value. */
const MEMBERS = new Set([
  ...FIELDS.map(([name]) => name),
  ...(
    'header v id register type schema stream stamped stated effectiveOn dated how from to before marking classification sensitive session ' +
    'nonces event parts facts actor source ctl command name key value commitments by enteredBy authority ownerHeldBy holders heldOn post person meeting decision delegation ' +
    'version previous causation correlation import publishedOn ledger format ref for record path says target filter members ofRecord'
  ).split(' '),
]);

/** Every string of an event that stands in clear and is none of the known shapes, with its place. */
function strangers(event: StoredEvent): readonly string[] {
  const found: string[] = [];
  const see = (value: unknown, at: string): void => {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return;
    if (typeof value === 'boolean' || value === null) return;
    if (Array.isArray(value)) return value.forEach((member, index) => see(member, `${at}[${index}]`));
    if (typeof value === 'object')
      return Object.entries(value).forEach(([name, member]) => {
        if (!MEMBERS.has(name)) found.push(`${at} has a member "${name}"`);
        see(member, `${at}.${name}`);
      });
    const text = value as string;
    if (!WORDS.has(text) && !DECLARED.has(text) && !Object.values(SHAPES).some((shape) => shape.test(text)))
      found.push(`${at} holds "${text}"`);
  };
  const { parts, ...rest } = event;
  see({ ...rest, nonces: rest.nonces.event }, event.header.type);
  for (const [part, nonce] of Object.entries(rest.nonces.parts)) {
    see(part, `${event.header.type}.nonces`);
    see(nonce, `${event.header.type}.nonces.${part}`);
  }
  for (const { value, ...part } of parts) {
    see(part, `${event.header.type}.${part.name}`);
    if (part.key === undefined) see(value, `${event.header.type}.${part.name}`);
    else if (typeof value !== 'string' || !/^[A-Za-z0-9_-]+$/.test(value))
      found.push(`${part.name} is sealed and no base64url`);
  }
  return found;
}

describe('the bytes of the example store', () => {
  let place: Place;
  let events: readonly LoggedEvent[];

  beforeAll(async () => {
    place = await newPlace();
    await loadExample(place);
    const ledger = await openRunningLedger(place.settings, 'spec');
    const read: LoggedEvent[] = [];
    for (let atEnd = false; !atEnd;) {
      const page = await ledger.store.readAll(read.at(-1)?.position, 500);
      read.push(...page.events);
      atEnd = page.atEnd;
    }
    events = read;
    await ledger.close();
  }, 240_000);
  afterAll(() => place?.remove());

  it('hold no free text and no name outside sealed parts', () => {
    expect(events.length).toBeGreaterThan(150);
    expect(events.flatMap((event) => strangers(parseStored(event)))).toEqual([]);
  });

  it('hold none of the words of the papers, in whatever part', () => {
    const words = [
      'action-facts.csv',
      'actions.csv',
      'minuted-items.csv',
      'meetings.csv',
      'posts.csv',
      'bodies.csv',
      'otherwise-stated.csv',
      ...['agendas.csv', 'agenda-reports.csv', 'sittings.csv', 'resolutions.csv', 'decisions.csv', 'cadence.csv'],
    ].flatMap((file) => readFileSync(join(EXAMPLE, file), 'utf8').split(/["\n,]/));
    const sentences = new Set(words.filter((text) => text.trim().split(' ').length >= 3));
    expect(sentences.size).toBeGreaterThan(100);
    const bytes = events.map((event) => Buffer.from(event.bytes).toString('utf8')).join('\n');
    expect([...sentences].filter((sentence) => bytes.includes(sentence))).toEqual([]);
  });

  it('seal every word: each text and person has a key', () => {
    const parts = events
      .flatMap((event) => parseStored(event).parts)
      .filter(({ name }) => /^(text|person)\//.test(name));
    expect(parts.length).toBeGreaterThan(300);
    expect(parts.filter(({ key }) => key === undefined)).toEqual([]);
  });

  it.each<[string, (event: StoredEvent) => unknown]>([
    [
      'a name in the facts',
      (event) => ({
        ...event,
        parts: event.parts.map((part) => (part.name === 'facts' ? { ...part, value: { owner: 'Smith' } } : part)),
      }),
    ],
    [
      'a name that looks like a post',
      (event) => ({
        ...event,
        parts: event.parts.map((part) =>
          part.name === 'actor' ? { ...part, value: { enteredBy: { post: 'mr-smith' } } } : part,
        ),
      }),
    ],
    ['a reason in the header', (event) => ({ ...event, header: { ...event.header, reason: 'late' } })],
    ['a word for a name of a member', (event) => ({ ...event, header: { ...event.header, smith: true } })],
    ['a word in the stream', (event) => ({ ...event, header: { ...event.header, stream: 'actions-smith' } })],
    [
      'a text without its key',
      (event) => ({ ...event, parts: [...event.parts, { name: 'text/title', value: 'Write to the officers' }] }),
    ],
    [
      'a hash of a document in clear',
      (event) => ({ ...event, parts: [...event.parts, { name: 'facts', value: { sha256: 'a'.repeat(64) } }] }),
    ],
  ])('would be found out: %s (control)', (_, planted) => {
    const raised = parseStored(events.find((event) => parseStored(event).header.type === 'ActionRaised')!);
    expect(strangers(raised)).toEqual([]);
    expect(strangers(planted(raised) as StoredEvent)).not.toEqual([]);
  });
});
