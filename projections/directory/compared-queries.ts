import { sql } from 'kysely';
import { lookedAt, seesLink, type ComparedList } from '../../libs/read-models/index.ts';
import { directoryEntries } from './projection.ts';
import { entriesOf } from './queries.ts';

type Compared = ComparedList<{ readonly body?: string }, never, typeof directoryEntries.columns>;

/** How the bodies, or the posts, of the directory are compared: they are few. */
function entriesCompared(kind: 'BODY' | 'POST'): Compared {
  return {
    projection: directoryEntries,
    only: sql<boolean>`row.kind = ${kind}`,
    isShort: true,
    byOthers: [],
    turns: () => Promise.resolve([]),
    async rows(view, { body }) {
      const rows = entriesOf(view, kind);
      if (body === undefined) return rows;
      return (await seesLink(view, body)) ? rows.where(lookedAt('body'), '=', body) : rows.where(sql<boolean>`1 = 0`);
    },
    passes: ({ body }, { state }) => body === undefined || (state as { readonly body?: string }).body === body,
    asksOthers: () => false,
    by: {},
    readFrom: ['directory'],
  };
}

export const bodiesCompared = entriesCompared('BODY');
export const postsCompared = entriesCompared('POST');
