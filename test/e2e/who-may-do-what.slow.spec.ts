import { isOfShare } from '../share-of-commit.ts';
import { answersEveryRight } from './every-right.ts';

describe('who may do what, in every cell', () => answersEveryRight((_, place) => isOfShare(place, 6)));
