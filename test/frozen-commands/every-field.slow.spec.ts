import { fromPapers } from './every-field.ts';

fromPapers();
