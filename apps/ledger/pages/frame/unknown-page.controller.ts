import { Controller, Get, UseFilters } from '@nestjs/common';
import { noSuchPage } from './outcomes.ts';
import { PageAnswers } from './page-answers.ts';

/** Whatever address no other part of the server answers. */
@Controller()
@UseFilters(PageAnswers)
export class UnknownPageController {
  @Get('*')
  answer(): never {
    throw noSuchPage();
  }
}
