import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { AsOf } from '../../../../libs/read-models/index.ts';
import { LEDGER } from '../../injected.ts';
import type { Ledger } from '../../ledger.ts';
import type { RequestContext } from '../commands/mutations.ts';
import { given, type LedgerRoot } from './value.ts';

/** The one way to read: fixes a basis, once. What is asked below answers from it, see `ledger.fields.ts`. */
@Resolver()
export class LedgerResolver {
  readonly #ledger: Ledger;
  constructor(@Inject(LEDGER) ledger: Ledger) {
    this.#ledger = ledger;
  }

  @Query('ledger')
  async ledger(
    @Args('asOf') asOf: AsOf | null | undefined,
    @Args('atLeast') atLeast: string | null | undefined,
    @Context() { identity, apart }: RequestContext,
  ): Promise<LedgerRoot> {
    const basis = given(asOf);
    const isNow = [basis.effective, basis.recorded, basis.position, basis.meeting].every((one) => one === undefined);
    const view = await this.#ledger.openView(basis, identity.reader, { ...given({ atLeast }), apart });
    const { caller } = identity;
    return {
      view,
      basis: view.basis,
      offers: async (ref) => (caller === null || !isNow ? null : this.#ledger.offers(caller, ref)),
    };
  }
}
