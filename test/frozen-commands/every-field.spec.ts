import { overHttp } from './every-field.ts';

overHttp();
