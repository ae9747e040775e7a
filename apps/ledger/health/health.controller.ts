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

  /** 200 once reading includes everything that the store holds; until then 503 and what is behind. */
  @Get('ready')
  async ready(): Promise<{ status: 'ready' }> {
    const behind = await this.#ledger.behind();
    if (behind.length > 0) throw new ServiceUnavailableException({ status: 'not ready', behind });
    return { status: 'ready' };
  }
}
