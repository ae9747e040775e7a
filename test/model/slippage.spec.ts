import { compareSlippage } from './slippage.ts';

/** More by hand: see the README beside this. */
const HISTORIES = Number(process.env['MODEL_HISTORIES'] ?? 3);
const FIRST = Number(process.env['MODEL_FIRST'] ?? 1);

describe('what slipped', () => {
  it('is what a walk over the events says that the reader may see, at any basis and on both clocks', async () => {
    const { differences, met } = await compareSlippage(
      { first: FIRST, count: HISTORIES },
      { commands: 70, questions: 25 },
    );
    if (process.env['MODEL_HISTORIES'] !== undefined) process.stdout.write(`compared: ${JSON.stringify(met)}\n`);
    expect(differences).toEqual([]);
    for (const [what, many] of Object.entries(met)) expect([what, many > HISTORIES]).toEqual([what, true]);
  }, 1_200_000);
});
