import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { LEDGER } from '../injected.ts';
import type { Ledger } from '../ledger.ts';

/** For whatever watches over the process. Names projections and the store, never records. */
@Controller('health')
export class HealthController {
  readonly #ledger: Ledger;

  constructor(@Inject(LEDGER) ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** The process runs. */
  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /**
   * 200 once reading includes everything that the store holds; until then 503 and what is behind. Damaged events are named by their
   * ids: all but their records is served, so they make nothing unready.
   */
  @Get('ready')
  async ready(): Promise<{ status: 'ready'; damaged?: readonly string[] }> {
    const [behind, ids] = await Promise.all([this.#ledger.behind(), this.#ledger.damaged()]);
    const damaged = ids.length === 0 ? {} : { damaged: ids };
    if (behind.length > 0) throw new ServiceUnavailableException({ status: 'not ready', behind, ...damaged });
    return { status: 'ready', ...damaged };
  }
}
