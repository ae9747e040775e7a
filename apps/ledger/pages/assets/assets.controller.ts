import { Controller, Get, Inject, Param, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PageAnswers } from '../frame/page-answers.ts';
import { noSuchPage } from '../frame/outcomes.ts';
import { ASSETS } from '../frame/injected.ts';
import type { Asset, Assets } from './assets.ts';

/** Serves the files that pages refer to. Their names change with their content. */
@Controller('assets')
@UseFilters(PageAnswers)
export class AssetsController {
  readonly #byPath: ReadonlyMap<string, Asset>;

  constructor(@Inject(ASSETS) assets: Assets) {
    this.#byPath = new Map(Object.values<Asset>({ ...assets }).map((asset) => [asset.path, asset]));
  }

  @Get(':name')
  get(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const asset = this.#byPath.get(`/assets/${name}`);
    if (asset === undefined) throw noSuchPage();
    void reply.type(asset.type).header('cache-control', 'public, max-age=31536000, immutable').send(asset.content);
  }
}
