import { Catch, type ExceptionFilter } from '@nestjs/common';
import { StoreUnavailable } from '../../../libs/event-store/index.ts';
import { BadBasis, NotYet } from '../../../libs/read-models/index.ts';
import { AnswerError } from './errors.ts';

/** Errors that are answers pass through as they are. Without this Nest would log each as a fault. */
@Catch(AnswerError, BadBasis, NotYet, StoreUnavailable)
export class AnswersFilter implements ExceptionFilter {
  catch(answer: Error): Error {
    return answer;
  }
}
