import { fromPapers, overHttp, whereHidden } from './every-field.ts';

overHttp();
whereHidden();
fromPapers();
