import JestRunner from 'jest-runner';

/** Runs its specs one after another, when those of other runners are done: nothing else takes the machine from what is measured or uses both cores itself. */
export default class OneAtATime extends JestRunner {
  isSerial = true;
}
