import { kindSpelt } from '../../../../libs/declarations/index.ts';
import type { KindOfMove } from '../../../../libs/timeline/index.ts';
import { capitalised } from '../../../../libs/wording/index.ts';
import { REGISTERS_THAT_SLIP, type SlippageFilter, type SlippageGrouping } from '../../../../projections/index.ts';
import { noSuchPage } from '../frame/outcomes.ts';

/** What an address of the page asks for. */
export interface SlippageAsked {
  /** In groups; absent: each date. */
  readonly by?: SlippageGrouping;
  readonly register?: string;
  readonly kind?: KindOfMove;
  readonly late?: true;
  readonly breached?: true;
  readonly owner?: string;
  readonly publication?: string;
  readonly body?: string;
  /** The month in which it was first due, such as 2024-07. */
  readonly month?: string;
}

/** Groupings by what an address calls them, and what a tab does. */
export const GROUPINGS: readonly { readonly by: SlippageGrouping; readonly called: string; readonly text: string }[] = [
  { by: 'OWNER', called: 'owner', text: 'By owner' },
  { by: 'BODY', called: 'body', text: 'By body' },
  { by: 'PUBLICATION', called: 'publication', text: 'By audit or inspection' },
  { by: 'MONTH', called: 'month', text: 'By month first due' },
  { by: 'REGISTER', called: 'register', text: 'By register' },
];
export const KINDS_OF_MOVE: readonly { readonly kind: KindOfMove; readonly called: string; readonly text: string }[] = [
  { kind: 'EXTENDED', called: 'extended', text: 'Put off' },
  { kind: 'BROUGHT_FORWARD', called: 'brought-forward', text: 'Brought forward' },
  { kind: 'MOVED_WITH_MEETING', called: 'with-meeting', text: 'Moved with its meeting' },
];
export const REGISTERS_SHOWN = REGISTERS_THAT_SLIP.map((register) => ({
  register,
  text: capitalised(register.replaceAll('-', ' ')),
}));
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** @throws PageProblem for what no link and no form of this page asks */
export function askedIn(query: URLSearchParams): SlippageAsked {
  const given = (name: string) => query.get(name) ?? '';
  const chosen = <One extends { readonly called: string }>(name: string, among: readonly One[]): One | undefined => {
    const found = among.find(({ called }) => called === given(name));
    if (given(name) !== '' && found === undefined) throw noSuchPage();
    return found;
  };
  const reference = (name: string, kind: 'post' | 'document' | 'body') => {
    const ref = given(name);
    if (ref === '') return {};
    if (kindSpelt(ref) !== kind) throw noSuchPage();
    return { [name]: ref };
  };
  const flag = (name: string) => {
    if (!['', 'yes'].includes(given(name))) throw noSuchPage();
    return given(name) === 'yes' ? { [name]: true as const } : {};
  };
  const registers = REGISTERS_SHOWN.map(({ register }) => ({ called: register }));
  const [by, kind, register] = [chosen('by', GROUPINGS), chosen('kind', KINDS_OF_MOVE), chosen('register', registers)];
  const month = given('month');
  if (month !== '' && !MONTH.test(month)) throw noSuchPage();
  return {
    ...(by === undefined ? {} : { by: by.by }),
    ...(kind === undefined ? {} : { kind: kind.kind }),
    ...(register === undefined ? {} : { register: register.called }),
    ...flag('late'),
    ...flag('breached'),
    ...reference('owner', 'post'),
    ...reference('publication', 'document'),
    ...reference('body', 'body'),
    ...(month === '' ? {} : { month }),
  };
}

export function filterOf({ month, by: _by, body: _body, ...filter }: SlippageAsked): SlippageFilter {
  // No month has a day after its 31st, and a day that there is not lies after the last that there is.
  return month === undefined ? filter : { ...filter, firstDueFrom: `${month}-01`, firstDueTo: `${month}-31` };
}

/** The same as the parameters of an address. */
export function parametersOf(asked: SlippageAsked): readonly (readonly [name: string, value: string])[] {
  const { by, kind, late, breached, ...others } = asked;
  const called: Readonly<Record<string, string | undefined>> = {
    by: GROUPINGS.find((one) => one.by === by)?.called,
    kind: KINDS_OF_MOVE.find((one) => one.kind === kind)?.called,
    late: late === true ? 'yes' : undefined,
    breached: breached === true ? 'yes' : undefined,
    ...others,
  };
  return Object.entries(called).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
