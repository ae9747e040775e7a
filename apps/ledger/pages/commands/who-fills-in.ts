import type { FastifyReply } from 'fastify';
import type { Caller } from '../../../../libs/dispatch/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import { PageProblem } from '../frame/outcomes.ts';
import { isLookingBack, type Visit, type Visits } from '../frame/visits.ts';
import { commandInWords } from './addresses.ts';

/** What stands around the form, and its address of today. */
interface Around {
  readonly heading: string;
  readonly back: { readonly text: string; readonly href: string };
  readonly today: string;
}

/**
 * Who fills a form in. Null while they look at another date: forms are closed then, and a page has said so.
 * @throws PageProblem for the public
 */
export async function whoFillsIn(
  visits: Pick<Visits, 'send'>,
  reply: FastifyReply,
  visit: Visit,
  mutation: DeclaredMutation,
  around: () => Around,
): Promise<Caller | null> {
  if (isLookingBack(visit)) {
    const { heading, back, today } = around();
    await visits.send(reply, visit, 'commands/looking-back.njk', { title: heading, ...{ heading, back, today } });
    return null;
  }
  const { caller } = visit.identity;
  if (caller === null)
    throw new PageProblem(
      403,
      'Sign in to do this',
      `“${commandInWords(mutation)}” is for those who write in this ledger.`,
    );
  return caller;
}
