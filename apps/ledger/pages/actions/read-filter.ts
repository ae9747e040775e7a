import {
  ACTION_STATUSES,
  PUBLISHED_STATUSES,
  publishedStatusOf,
  type ActionStatus,
  type PublishedStatus,
} from '../../../../libs/registers/actions/index.ts';
import type { ActionFilter } from '../../../../projections/index.ts';
import { badAddress, type FieldProblem } from '../frame/outcomes.ts';

/** What the address asks the tracker for. Absent: not narrowed by it. */
export interface AskedActions {
  readonly text?: string;
  readonly status?: ActionStatus;
  /** `null`: those that a public paper would not list. */
  readonly published?: PublishedStatus | null;
  readonly owner?: string;
  readonly body?: string;
  readonly meeting?: string;
  readonly overdue?: true;
}

export const LONGEST_TEXT = 200;
const REFERENCE = /^[A-Za-z0-9-]{1,64}$/;

/** `in-progress`: a status in an address. */
export function statusSlug(status: ActionStatus): string {
  return status.toLowerCase().replaceAll('_', '-');
}

/** `awaiting-sign-off`; `not-listed` for what a public paper would not list. */
export function publishedSlug(published: PublishedStatus | null): string {
  return published === null ? 'not-listed' : published.toLowerCase().replaceAll('_', '-');
}

/**
 * Reads what is asked for. A text that is too long is said to whoever typed it, and its beginning kept.
 * @throws PageProblem for a choice that no form offers: nothing is shown rather than another list than the one asked for
 */
export function readAsked(query: URLSearchParams): {
  readonly asked: AskedActions;
  readonly problems: readonly FieldProblem[];
} {
  const typed = query.get('text')?.trim();
  const text = typed?.slice(0, LONGEST_TEXT).replace(/[\uD800-\uDBFF]$/, '');
  const status = chosen(query, 'status', ACTION_STATUSES, statusSlug);
  const published = chosen(query, 'published', [...PUBLISHED_STATUSES, null], publishedSlug);
  const overdue = chosen(query, 'overdue', [true as const], () => 'yes');
  const [owner, body, meeting] = ['owner', 'body', 'meeting'].map((name) => reference(query, name));
  const problems: FieldProblem[] =
    typed !== undefined && typed.length > LONGEST_TEXT
      ? [
          {
            id: 'text',
            sentence: `Words to look for must be ${LONGEST_TEXT} characters or fewer: the first of yours are kept`,
          },
        ]
      : [];
  return {
    asked: {
      ...(text === undefined || text === '' ? {} : { text }),
      ...(status === undefined ? {} : { status }),
      ...(published === undefined ? {} : { published }),
      ...(overdue === undefined ? {} : { overdue }),
      ...(owner === undefined ? {} : { owner }),
      ...(body === undefined ? {} : { body }),
      ...(meeting === undefined ? {} : { meeting }),
    },
    problems,
  };
}

function chosen<Value>(
  query: URLSearchParams,
  name: string,
  values: readonly Value[],
  slugOf: (value: Value) => string,
): Value | undefined {
  const wanted = query.get(name);
  if (wanted === null) return undefined;
  const value = values.find((one) => slugOf(one) === wanted);
  if (value === undefined) throw badAddress(`It asks for a choice of “${name}” that there is not.`);
  return value;
}

function reference(query: URLSearchParams, name: string): string | undefined {
  const wanted = query.get(name) ?? undefined;
  if (wanted !== undefined && !REFERENCE.test(wanted))
    throw badAddress(`It asks for a choice of “${name}” that there is not.`);
  return wanted;
}

/** The parameters that ask for this. */
export function parametersOf({
  text,
  status,
  published,
  owner,
  body,
  meeting,
  overdue,
}: AskedActions): [name: string, value: string][] {
  const parameters: [string, string | undefined][] = [
    ['text', text],
    ['status', status === undefined ? undefined : statusSlug(status)],
    ['published', published === undefined ? undefined : publishedSlug(published)],
    ['owner', owner],
    ['body', body],
    ['meeting', meeting],
    ['overdue', overdue === undefined ? undefined : 'yes'],
  ];
  return parameters.filter((one): one is [string, string] => one[1] !== undefined);
}

/** The same as the ledger is asked for it. */
export function filterOf({ text, status, published, owner, body, meeting, overdue }: AskedActions): ActionFilter {
  const unlisted = published === null ? ACTION_STATUSES.filter((one) => publishedStatusOf(one) === null) : undefined;
  const statuses =
    status === undefined ? unlisted : unlisted === undefined ? [status] : unlisted.filter((one) => one === status);
  return {
    ...(text === undefined ? {} : { text }),
    ...(statuses === undefined ? {} : { status: statuses }),
    ...(published === undefined || published === null ? {} : { published: [published] }),
    ...(owner === undefined ? {} : { owner }),
    ...(body === undefined ? {} : { body }),
    ...(meeting === undefined ? {} : { meeting }),
    ...(overdue === undefined ? {} : { overdue }),
  };
}
