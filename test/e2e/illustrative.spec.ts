import { illustrativeBesideReal } from './beside-the-example.ts';

/** Every list for every reader, and every way to narrow one for the reader who is told most. All of it: `illustrative.slow.spec.ts`. */
describe('an illustrative body beside the real example', () => illustrativeBesideReal(false));
