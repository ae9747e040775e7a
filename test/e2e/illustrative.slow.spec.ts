import { illustrativeBesideReal } from './beside-the-example.ts';

describe('an illustrative body beside the real example', illustrativeBesideReal);
