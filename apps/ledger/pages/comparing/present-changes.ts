import type { Page } from '../../../../libs/read-models/index.ts';
import {
  LIST_CHANGES,
  STEPS,
  type ChangeKind,
  type ComparedStep,
  type ListChange,
  type StepName,
} from '../../../../libs/timeline/index.ts';
import { REGISTERS } from '../../../../libs/registers/index.ts';
import { capitalised, counted, opening, type Line, type Piece } from '../../../../libs/wording/index.ts';
import { addressOf } from '../frame/dates.ts';
import { recordPath, type KindOnPages } from '../frame/kind-on-pages.ts';
import { presentFilters } from '../frame/list/present-filters.ts';
import { parametersOf, slugOf } from '../frame/list/read-filter.ts';
import type { Narrowed } from '../frame/list/read-narrowed.ts';
import { paginationOf } from '../frame/pagination.ts';
import type { Visit } from '../frame/visits.ts';
import { endParameters, type Ends, type ReadEnds } from './ends.ts';
import {
  basesInWords,
  comparedFrom,
  endsInWords,
  presentEnds,
  rulesInWords,
  STEPS_APART,
  type ComparedBasesShown,
} from './present-ends.ts';
import type { EntryRead, FieldCompared } from './read-changes.ts';
import { CHANGE_CALLED, CHANGED_SO, kindInWords, STEP_CALLED, STEP_SAYS } from './words-of-changes.ts';

/** What is asked for of the changes: those of one step, or of one kind in it. */
export interface ChangeAsked {
  readonly step: StepName;
  readonly kind?: ChangeKind;
  /** What became of it in the list. */
  readonly change?: ListChange;
}

/** How many records changed by a kind: one that changed by several counts in each. */
export interface KindCount {
  readonly step: StepName;
  readonly kind: ChangeKind;
  readonly count: number;
}

/** The pages about two dates that a kind of record has. */
export interface PagesOver {
  readonly changes: string;
  readonly bridge: string;
}

/** Of one record alone: what its page says is of that. */
export interface OnlyRead {
  readonly kind: KindOnPages;
  readonly ends: Ends;
  readonly readEnds: ReadEnds;
  readonly bases: ComparedBasesShown;
  readonly ref: string;
  /** Null: nothing of it changed, or there is none for the reader. */
  readonly entry: EntryRead | null;
}

/** What the page of the changes says of one record. Pure. */
export function presentOnly(
  { kind, ends, readEnds, bases, ref, entry }: OnlyRead,
  visit: Pick<Visit, 'link' | 'query' | 'dates' | 'view'>,
  paths: PagesOver,
) {
  const only: readonly (readonly [string, string])[] = [['only', ref]];
  return {
    title: `What changed of ${ref} ${endsInWords(ends, bases)}`,
    caption: capitalised(kind.many),
    many: kind.many,
    bases: basesInWords(ends, bases),
    apart: STEPS_APART,
    compared: comparedFrom(paths.changes, ends, bases, visit),
    tabs: [],
    ends: presentEnds(paths.changes, readEnds, only),
    all: { text: `What changed of all ${kind.many}`, href: visit.link(paths.changes, endParameters(ends)) },
    total: `What changed of one ${kind.shown.one}`,
    entries: entry === null ? [] : [entryOf(entry, kind, ends, visit, paths)],
    empty: entry === null ? `Of ${ref} nothing changed that you may see.` : null,
  };
}

/** A comparison of the records of a kind with everything that its page says. */
export interface ChangesRead {
  readonly narrowed: Narrowed;
  readonly ends: Ends;
  readonly readEnds: ReadEnds;
  readonly bases: ComparedBasesShown;
  readonly change: ChangeAsked | null;
  readonly kinds: readonly KindCount[];
  /** How many became what of the list: each record one of these in a step at most. */
  readonly became: readonly { readonly step: StepName; readonly change: ListChange; readonly count: number }[];
  readonly page: Page<EntryRead>;
  readonly trail: readonly string[];
  /** Is there a bridge of this kind of record? */
  readonly hasBridge: boolean;
}

/** `restated`, `moved.de-escalated`: what is asked for of the changes, as an address says it. */
export function changeSlug({ step, kind, change }: ChangeAsked): string {
  return [step, kind ?? change]
    .filter((part) => part !== undefined)
    .map(slugOf)
    .join('.');
}

/** What the page of the changes says. Pure. */
export function presentChanges(
  read: ChangesRead,
  visit: Pick<Visit, 'link' | 'query' | 'dates' | 'view'>,
  paths: PagesOver,
) {
  const { narrowed, ends, bases, change, page, trail } = read;
  const { kind, asked } = narrowed;
  const { one } = kind.shown;
  const ofEnds = endParameters(ends);
  const ofChange: readonly (readonly [string, string])[] = change === null ? [] : [['change', changeSlug(change)]];
  const filters = parametersOf(kind.shown.filters, asked);
  const isNarrowed = filters.length + ofChange.length > 0;
  return {
    title: `What changed of the ${kind.many} ${endsInWords(ends, bases)}`,
    errors: narrowed.problems,
    caption: capitalised(kind.many),
    many: kind.many,
    bases: basesInWords(ends, bases),
    apart: STEPS_APART,
    compared: comparedFrom(paths.changes, ends, bases, visit),
    tabs: read.hasBridge ? tabsOver(paths, 'changes', [...ofEnds, ...filters], visit) : [],
    rules: rulesInWords(isBanded(kind), ends, paths.changes, [...filters, ...ofChange], visit),
    ends: presentEnds(paths.changes, read.readEnds, [...filters, ...ofChange]),
    ...presentFilters(narrowed, { path: paths.changes, parameters: [...ofEnds, ...ofChange] }, visit),
    kinds: kindsOf(read, [...ofEnds, ...filters], paths, visit),
    total: isNarrowed
      ? counted(page.totalCount, `${one} that changed matches`, `${kind.many} that changed match`)
      : counted(page.totalCount, `${one} changed`, `${kind.many} changed`),
    entries: page.edges.map(({ node }) => entryOf(node, kind, ends, visit, paths)),
    pagination: paginationOf(
      { called: 'entry', path: paths.changes, parameters: [...ofEnds, ...filters, ...ofChange], page, trail },
      visit,
    ),
    empty: page.edges.length > 0 ? null : emptyInWords(kind, isNarrowed),
  };
}

/** Does a rule band or colour its records? */
export function isBanded({ register }: Pick<KindOnPages, 'register'>): boolean {
  return REGISTERS.find(({ name }) => name === register)?.told?.banded !== undefined;
}

/** The ways between the pages about the same two dates. */
export function tabsOver(
  paths: PagesOver,
  current: keyof PagesOver,
  parameters: readonly (readonly [name: string, value: string])[],
  { link }: Pick<Visit, 'link'>,
) {
  const tab = (text: string, name: keyof PagesOver) => ({
    ...{ text, active: name === current },
    href: link(paths[name], parameters),
  });
  return [tab('What changed', 'changes'), tab('Bridge', 'bridge')];
}

function emptyInWords({ many }: KindOnPages, isNarrowed: boolean): string {
  return isNarrowed
    ? `Of the ${many} that you may see, none that changed matches what is asked for.`
    : `None of the ${many} that you may see changed.`;
}

/** How many changed by each kind, step by step, each the way to those. */
function kindsOf(
  { kinds, became, change }: ChangesRead,
  parameters: readonly (readonly [name: string, value: string])[],
  paths: PagesOver,
  { link }: Pick<Visit, 'link'>,
) {
  const isAsked = (one: ChangeAsked) => change !== null && changeSlug(change) === changeSlug(one);
  const way = (text: string, one: ChangeAsked) => ({
    ...{ text, current: isAsked(one) },
    href: link(paths.changes, [...parameters, ['change', changeSlug(one)]]),
  });
  const steps = STEPS.map((step) => ({
    step,
    of: kinds.filter((one) => one.step === step && one.count > 0),
    as: became.filter((one) => one.step === step && one.count > 0),
  })).filter(({ step, of }) => of.length > 0 || change?.step === step);
  return {
    steps: steps.map(({ step, of, as }) => ({
      called: STEP_CALLED[step],
      says: STEP_SAYS[step],
      all: way(`All that ${step === 'RESTATED' ? 'was restated' : 'moved'}`, { step }),
      became: LIST_CHANGES.flatMap((one) =>
        as
          .filter(({ change: is }) => is === one)
          .map(({ count }) => way(`${CHANGED_SO[one]} (${count.toLocaleString('en-GB')})`, { step, change: one })),
      ),
      items: of.map(({ kind, count }) =>
        way(`${kindInWords(kind)} (${count.toLocaleString('en-GB')})`, { step, kind }),
      ),
    })),
    note:
      kinds.length < 2
        ? null
        : 'A record counts once under every kind by which a field of it changed, so these groups overlap and do not add up.',
    all: change === null ? null : { text: 'All changes', href: link(paths.changes, parameters) },
  };
}

const HEADING_SHOWN = 180;
/** An entry as `entries.njk` draws it. */
export function entryOf(
  entry: EntryRead,
  kind: KindOnPages,
  ends: Ends,
  { link }: Pick<Visit, 'link'>,
  { changes }: PagesOver,
) {
  const { ref, told, closing } = entry.comparison;
  // It is led to as it stands at the later date, else as all that is known today tells of it.
  const dates = closing === null ? (told === null ? {} : ends.before) : ends.after;
  const all = () => link(changes, [...endParameters(ends), ['only', ref]]);
  return entryShown(entry, kind, { href: addressOf(recordPath(kind, ref), dates), all });
}

/** The same, wherever it stands. `all`: the way to all fields that changed, where these are not all. */
export function entryShown(
  { comparison, heading, illustrative, fields, more }: EntryRead,
  kind: KindOnPages,
  { href, all }: { readonly href: string; readonly all: () => string },
) {
  const { ref, told, knownNow, closing, restated, moved } = comparison;
  return {
    ...{ ref, href },
    heading: heading === null ? kind.shown.unheaded : opening(heading, HEADING_SHOWN),
    illustrative,
    steps: [stepInWords('RESTATED', restated), stepInWords('MOVED', moved)].filter((step) => step !== null),
    rows: fields.map((field) =>
      rowOf(field, { told: told !== null, knownNow: knownNow !== null, closing: closing !== null }),
    ),
    all: more === 0 ? null : { text: `All ${fields.length + more} fields that changed`, href: all() },
  };
}

/** `Moved: changed. Reported complete, Re-dated` */
function stepInWords(step: StepName, of: ComparedStep | null) {
  if (of === null) return null;
  return {
    called: STEP_CALLED[step],
    change: CHANGE_CALLED[of.change],
    kinds: of.kinds.map((kind) => kindInWords(kind)),
  };
}

const NOTHING: readonly Line[] = [[{ text: 'None' }]];
const NOT_THERE: readonly Line[] = [[{ text: 'Not there' }]];

function rowOf(field: FieldCompared, stands: { readonly [basis in 'told' | 'knownNow' | 'closing']: boolean }) {
  const valueAt = (basis: keyof typeof stands) =>
    !stands[basis] ? NOT_THERE : field[basis].length === 0 ? NOTHING : field[basis];
  const cell = (basis: 'knownNow' | 'closing', causes: readonly Piece[]) => ({
    value: valueAt(basis),
    // A change without anything that caused it there is none; what did not change says so beside its value.
    same: causes.length === 0,
    causes: causes.map((cause): Line => [cause]),
  });
  return {
    label: field.label,
    told: valueAt('told'),
    knownNow: cell('knownNow', field.causes.RESTATED),
    closing: cell('closing', field.causes.MOVED),
  };
}
