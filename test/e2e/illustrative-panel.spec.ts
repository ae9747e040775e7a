import { serveRows, stories, storiesIn } from './illustrative-panel.ts';

/** All of its rows, beside the real example: `illustrative-panel.slow.spec.ts`. */
describe('the illustrative panel', () => stories(() => serveRows(storiesIn), false));
