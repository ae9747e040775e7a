import { BadArguments, didYouMean } from '../../../libs/arguments/index.ts';
import {
  inCapitals,
  KINDS_OF_RECORD,
  kindOfRecord,
  kindSpelt,
  type FilterShown,
  type RecordKind,
} from '../../../libs/declarations/index.ts';
import type { AsOf, BadBasis, PageWanted } from '../../../libs/read-models/index.ts';
import { LISTS } from '../../../projections/index.ts';

/** What was typed, by the name of the option. */
export interface Typed {
  readonly [option: string]: string | boolean | undefined;
}

/** An option: what help says of it; a word for its value, or none where it takes none. */
export interface Option {
  readonly value?: string;
  readonly says: string;
}
export interface Options {
  readonly [option: string]: Option;
}

export const OF_EVERY_COMMAND: Options = {
  as: {
    value: 'POST',
    says: 'For whom: the reference of a post, or public. Needed. What the post may see today is answered.',
  },
  data: { value: 'FOLDER', says: 'Folder of the ledger. Default: LEDGER_DATA, else ./data.' },
  json: { says: 'Canonical JSON, in one line.' },
  csv: { says: 'CSV (RFC 4180) of one table: the first, or that of --table.' },
  table: { value: 'NAME', says: 'Which table --csv is of.' },
  help: { says: 'Show this.' },
};

export const PAGING: Options = {
  first: { value: 'N', says: 'How many, 1 to 500. Default: 50.' },
  after: { value: 'CURSOR', says: 'Those after this place, which the answer before says.' },
};

export const CLOCK: Options = {
  clock: {
    value: 'STATED|PROVEN',
    says: 'Whether imported facts count from when their papers say, or from when they were recorded. Default: STATED.',
  },
};

/** The options of one basis, and what of a basis each of them says. */
const OF_BASIS = {
  asOf: { effective: 'effective', recorded: 'recorded', position: 'position', meeting: 'meeting', view: 'view' },
  before: fivefold('from'),
  after: fivefold('to'),
} as const;

function fivefold(end: 'from' | 'to') {
  return {
    effective: `${end}-day`,
    recorded: `${end}-recorded`,
    position: `${end}-position`,
    meeting: `${end}-meeting`,
    view: `${end}-view`,
  } as const;
}
export type End = keyof typeof OF_BASIS;

const SAYS: { readonly [name in keyof (typeof OF_BASIS)['asOf']]: Option } = {
  effective: { value: 'DAY', says: 'How things stood on that day. Default: today.' },
  recorded: { value: 'INSTANT', says: 'As known then, like 2023-10-09T17:00:00Z. Default: now.' },
  position: { value: 'POSITION', says: 'From an answer before: nothing after it counts.' },
  meeting: { value: 'REF', says: 'A meeting as the point in time, with its view.' },
  view: { value: 'TOLD|KNOWN_NOW', says: 'The meeting as it was told, or its day as known now.' },
};

export function optionsOfBasis(end: End): Options {
  const said = Object.entries(OF_BASIS[end]).map(([name, option]) => [option, SAYS[name as keyof typeof SAYS]]);
  return Object.fromEntries(said) as Options;
}

/** @throws BadArguments for what is neither of the words that it may be */
export function basisTyped(end: End, typed: Typed): AsOf {
  const { effective, recorded, position, meeting, view } = OF_BASIS[end];
  const words = (option: string) => (typeof typed[option] === 'string' ? typed[option] : undefined);
  const given = {
    ...{ effective: words(effective), recorded: words(recorded), position: words(position), meeting: words(meeting) },
    view: oneOfTyped(view, typed, ['TOLD', 'KNOWN_NOW'] as const),
    clock: oneOfTyped('clock', typed, ['STATED', 'PROVEN'] as const),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The option to which something is wrong that was found out later. */
export function optionOf(field: BadBasis['field']): string {
  const [end = '', name = ''] = field.split('.');
  if (name === 'clock') return 'clock';
  const options = Object.hasOwn(OF_BASIS, end) ? (OF_BASIS[end as End] as Readonly<Record<string, string>>) : {};
  return options[name] ?? field;
}

/** A word of a few, in any spelling. @throws BadArguments */
export function oneOfTyped<Member extends string>(
  option: string,
  typed: Typed,
  members: readonly Member[],
): Member | undefined {
  const word = typed[option];
  if (typeof word !== 'string') return undefined;
  const found = members.find((member) => member === spelled(word));
  if (found === undefined)
    throw new BadArguments(`--${option} is “${word}”; it is ${inARow(members)}.${didYouMean(spelled(word), members)}`);
  return found;
}

function spelled(word: string): string {
  return word.trim().toUpperCase().replaceAll('-', '_');
}

function inARow(members: readonly string[]): string {
  return members.length < 2 ? members.join('') : `${members.slice(0, -1).join(', ')} or ${members.at(-1)}`;
}

/** @throws BadArguments */
export function pageTyped({ first, after }: Typed): PageWanted {
  if (typeof first === 'string' && !/^\d{1,3}$/.test(first))
    throw new BadArguments(`--first is “${first}”; it is a number from 1 to 500.`);
  return {
    ...(typeof first === 'string' ? { first: Number(first) } : {}),
    ...(typeof after === 'string' ? { after } : {}),
  };
}

/** What several records of a kind are called on the command line: `forward-plan-items`. */
export function listName(kind: RecordKind): string {
  return kindOfRecord(kind).many.replaceAll(' ', '-');
}

/** The kind of which a list or a record was named, and its reference where it is a record. @throws BadArguments */
export function whatTyped(words: readonly string[]): { readonly kind: RecordKind; readonly ref: string | null } {
  const [word, ...others] = words;
  const lists = KINDS_OF_RECORD.map(listName);
  if (word === undefined || others.length > 0)
    throw new BadArguments(`Name one list, ${inARow(lists)}, or one record by its reference.`);
  const kind = KINDS_OF_RECORD.find((one) => listName(one) === word);
  if (kind !== undefined) return { kind, ref: null };
  // A register's own name will do where its list has another: forward-plan.
  const ofRegister = KINDS_OF_RECORD.filter((one) => kindOfRecord(one).register === word);
  if (ofRegister.length === 1) return { kind: ofRegister[0]!, ref: null };
  const near = didYouMean(word, lists);
  const spelt = near === '' ? kindSpelt(word) : null;
  if (spelt === null)
    throw new BadArguments(`“${word}” is neither a list nor a reference. A list is ${inARow(lists)}.${near}`);
  return { kind: spelt, ref: word };
}

const filtersOf = (kind: RecordKind) => LISTS[kind].shown.filters;

/** `published meeting` as an option: one that means something else of every command says of what it is. */
function optionOfFilter(filter: string, taken: Options): string {
  const option = inCapitals(filter).toLowerCase().replaceAll('_', '-');
  return Object.hasOwn(taken, option) ? `of-${option}` : option;
}

/** Every filter of every list, as options; a new register is there by what it declares. */
export function optionsOfFilters(taken: Options): Options {
  const all = new Map<string, { readonly takesNone: boolean; readonly lists: string[] }>();
  for (const kind of KINDS_OF_RECORD)
    for (const [filter, shown] of Object.entries(filtersOf(kind))) {
      const option = optionOfFilter(filter, taken);
      const known = all.get(option);
      if (known === undefined) all.set(option, { takesNone: shown.kind === 'flag', lists: [listName(kind)] });
      else known.lists.push(listName(kind));
    }
  return Object.fromEntries(
    [...all].map(([option, { takesNone, lists }]) => [
      option,
      {
        ...(takesNone ? {} : { value: '…' }),
        says: lists.length === KINDS_OF_RECORD.length ? 'Any list.' : `${lists.join(', ')}.`,
      },
    ]),
  );
}

/** What is asked of a list by its filters. @throws BadArguments for one that the list has not, and for what it may not be */
export function filtersTyped(kind: RecordKind, typed: Typed, taken: Options) {
  const filters = filtersOf(kind);
  const mine = new Map(Object.keys(filters).map((filter) => [optionOfFilter(filter, taken), filter]));
  const asked: { [filter: string]: readonly string[] | string | true } = {};
  for (const [option, value] of Object.entries(typed)) {
    if (value === undefined || Object.hasOwn(taken, option)) continue;
    const filter = mine.get(option);
    if (filter === undefined)
      throw new BadArguments(
        `--${option} narrows no ${listName(kind)}. They are narrowed by ${inARow([...mine.keys()].map((one) => `--${one}`))}.`,
      );
    asked[filter] = value === true ? true : filterTyped(option, String(value), filters[filter]!);
  }
  return asked;
}

function filterTyped(option: string, word: string, filter: FilterShown): readonly string[] | string | true {
  switch (filter.kind) {
    case 'oneOf': {
      const members = filter.choices.map(({ value }) => value);
      return word.split(',').map((one) => oneOfTyped(option, { [option]: one }, members)!);
    }
    case 'link':
      if (!kindOfRecord(filter.record).spelling.test(word))
        throw new BadArguments(
          `--${option} is “${word}”; it is a reference ${kindOfRecord(filter.record).written}, like ${kindOfRecord(filter.record).example}.`,
        );
      return word;
    case 'words':
      if (word.length > filter.most) throw new BadArguments(`--${option} has ${filter.most} characters or fewer.`);
      return word;
    case 'number': {
      const number = Number(word);
      if (!Number.isInteger(number) || number < filter.least || number > filter.most)
        throw new BadArguments(
          `--${option} is “${word}”; it is a whole number from ${filter.least} to ${filter.most}.`,
        );
      return String(number);
    }
    case 'flag':
      throw new BadArguments(`--${option} takes no value here.`);
  }
}
