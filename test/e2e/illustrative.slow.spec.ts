import { illustrativeBesideReal } from './beside-the-example.ts';

/** Every list, narrowed in every way, for every reader, and every page that can be reached from it. */
describe('an illustrative body beside the real example', () => illustrativeBesideReal(true));
