import { overHttp, whereHidden } from './every-field.ts';

overHttp();
whereHidden();
