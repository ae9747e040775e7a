import { causesAndWhatTheyOpened, decisionThatOpens, drawUntilCutOff } from '../../test/faults/policy-cut-off.ts';
import { randomNumbers } from '../../test/e2e/random-numbers.ts';
import { ledgerBeingRead, type LedgerBeingRead } from '../../test/ledger-being-read.ts';

const CUTS = Number(process.env['CUTS'] ?? 100);
const SEED = Number(process.env['SEED'] ?? 20_240_110);

let ledger: LedgerBeingRead;
beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
});
afterAll(() => ledger.remove());

describe(`a policy that is cut off between its cause and what it opens (${CUTS} times, seed ${SEED})`, () => {
  it('opens one record each, naming its cause, after any number of starts that were cut off too', async () => {
    const random = randomNumbers(SEED);
    const causedAgain = await decisionThatOpens(ledger);
    await causedAgain(0);
    const calls = await drawUntilCutOff(ledger, { at: Number.POSITIVE_INFINITY, isDone: true });
    let written = 1;
    for (let cut = 1; cut <= CUTS; cut += 1) {
      // Now and then it is cut off again before anything else has happened, and what is left piles up.
      if (random() < 0.8) {
        await causedAgain(cut);
        written += 1;
      }
      await drawUntilCutOff(ledger, { at: 1 + Math.floor(random() * calls * 1.2), isDone: random() < 0.5 });
      if (random() < 0.3) await ledger.restart();
    }
    await ledger.drawConsequences();
    const { causes, opened } = await causesAndWhatTheyOpened(ledger, 'ActionRaised');
    expect(causes).toHaveLength(2 * written);
    expect(opened).toEqual(causes.map((cause) => ({ causation: cause, causedBy: cause })));
    expect(await ledger.models.outstanding()).toEqual([]);
    expect(await ledger.models.compare()).toMatchObject({ equal: true, differing: [] });
  }, 120_000);
});
