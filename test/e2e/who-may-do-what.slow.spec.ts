import { answersEveryRight } from './every-right.ts';

describe('who may do what, in every cell', () => answersEveryRight({ yes: 1, no: 1, refused: 1 }));
