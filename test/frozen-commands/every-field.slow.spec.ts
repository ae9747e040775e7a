import { fromPapers, whereHidden } from './every-field.ts';

whereHidden();
fromPapers();
