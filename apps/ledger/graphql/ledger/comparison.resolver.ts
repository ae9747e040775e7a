import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { byRulesOfClosing, openEnds, type AsOf } from '../../../../libs/read-models/index.ts';
import { LEDGER } from '../../injected.ts';
import type { Ledger } from '../../ledger.ts';
import type { RequestContext } from '../commands/mutations.ts';
import type { ComparedRule, ComparisonRoot } from './comparison.fields.ts';
import { given } from './value.ts';

/** Compares two bases. What is asked below it: see `comparison.fields.ts`. */
@Resolver()
export class ComparisonResolver {
  readonly #ledger: Ledger;
  constructor(@Inject(LEDGER) ledger: Ledger) {
    this.#ledger = ledger;
  }

  @Query('compare')
  async compare(
    @Args('before') before: AsOf,
    @Args('after') after: AsOf,
    @Args('atLeast') atLeast: string | null | undefined,
    @Args('rule') rule: ComparedRule | null | undefined,
    @Context() { identity, apart }: RequestContext,
  ): Promise<ComparisonRoot> {
    const options = { ...given({ atLeast }), apart };
    const open = (asOf: AsOf) => this.#ledger.openView(asOf, identity.reader, options);
    const opened = await openEnds(open, given(before), given(after));
    const ends = rule === 'CLOSING' ? byRulesOfClosing(opened) : opened;
    const { told, knownNow, closing } = opened;
    return { ends, bandedBy: rule ?? 'EACH', told: told.basis, knownNow: knownNow.basis, closing: closing.basis };
  }
}
