import { chmodSync, readdirSync, rmSync, statSync, watch as watchFolder, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { loadExample, newPlace, serveLedger, type Place } from './served-ledger.ts';

describe('the files of a ledger', () => {
  let place: Place;
  let umask: number;

  beforeEach(async () => {
    place = await newPlace();
    umask = process.umask(0);
  });
  afterEach(() => {
    process.umask(umask);
    place.remove();
  });

  /** Notes every file that somebody other than its owner could open, however short its life, until told to stop. */
  function watch(): () => Promise<{ readonly seen: ReadonlySet<string>; readonly open: readonly string[] }> {
    const [seen, open] = [new Set<string>(), new Set<string>()];
    const look = (): void => {
      const { data } = place.settings;
      for (const name of ['.', ...readdirSync(data)]) {
        const found = statSync(join(data, name), { throwIfNoEntry: false });
        if (found === undefined) continue;
        seen.add(name);
        if ((found.mode & 0o077) !== 0) open.add(name);
      }
    };
    const timer = setInterval(look, 2);
    // What comes and goes while this process does something else is told of afterwards. It keeps its mode when it is given its name.
    const told = watchFolder(place.settings.data, (_, name) => name !== null && seen.add(name));
    return async () => {
      await setTimeout(20);
      clearInterval(timer);
      told.close();
      look();
      return { seen, open: [...open] };
    };
  }

  it('are its owner’s alone, from an import through building the read models to serving, whatever they were before', async () => {
    await loadExample(place);
    const { data } = place.settings;
    for (const name of readdirSync(data)) chmodSync(join(data, name), 0o666);
    chmodSync(data, 0o777);
    const served = await serveLedger({ place });
    try {
      const stop = watch();
      const officer = await served.as('opcc-officer');
      await officer.does('raiseAction', { body: 'CGB', title: 'Who reads this?' });
      const { seen, open } = await stop();
      expect(open).toEqual([]);
      expect([...seen]).toEqual(
        expect.arrayContaining(['.', 'keys.sqlite', 'read-models.sqlite', 'read-models.sqlite-wal', 'writer.lock']),
      );
    } finally {
      await served.remove();
    }
    // And while all of it is made for the first time.
    for (const name of readdirSync(data)) if (name.startsWith('read-models')) rmSync(join(data, name));
    const stop = watch();
    await (await serveLedger({ place })).remove();
    const { seen, open } = await stop();
    expect(open).toEqual([]);
    expect(seen).toContain('read-models.sqlite.new');
  }, 240_000);

  it('would be seen to be open if one of them were (control)', async () => {
    const stop = watch();
    writeFileSync(join(place.settings.data, 'notes'), 'words in clear');
    expect((await stop()).open).toEqual(['notes']);
  });
});
