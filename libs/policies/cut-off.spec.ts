import { causesAndWhatTheyOpened, decisionThatOpens, drawUntilCutOff } from '../../test/faults/policy-cut-off.ts';
import { ledgerBeingRead, type LedgerBeingRead } from '../../test/ledger-being-read.ts';

let ledger: LedgerBeingRead;
beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
});
afterAll(() => ledger.remove());

describe('a policy that is cut off between a cause and what it opens', () => {
  it('opens one record each, naming its cause, at whichever call of the store it is gone, before or after', async () => {
    const causedAgain = await decisionThatOpens(ledger);
    await causedAgain(0);
    const calls = await drawUntilCutOff(ledger, { at: Number.POSITIVE_INFINITY, isDone: true });
    expect(calls).toBeGreaterThan(6);
    for (let at = 1; at <= calls; at += 1)
      for (const isDone of [false, true]) {
        await causedAgain(at);
        await drawUntilCutOff(ledger, { at, isDone });
        await ledger.drawConsequences();
      }
    const { causes, opened } = await causesAndWhatTheyOpened(ledger, 'ActionRaised');
    expect(causes).toHaveLength(2 * (1 + 2 * calls));
    expect(opened).toEqual(causes.map((cause) => ({ causation: cause, causedBy: cause })));
    expect(await ledger.models.outstanding()).toEqual([]);
    expect(await ledger.models.compare()).toMatchObject({ equal: true, differing: [] });
  }, 30_000);
});
