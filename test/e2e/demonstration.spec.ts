import { serveLedger } from './served-ledger.ts';

describe('whoever acts by a demo token', () => {
  it('is known to the directory before their first command is decided, and asking for the token writes nothing', async () => {
    const served = await serveLedger();
    try {
      const pseudonym = served.ledger.pseudonymOf('Somebody New');
      const newcomer = await served.as('monitoring-officer', 'Somebody New');
      expect(await served.ledger.personOf(pseudonym)).toBeNull();
      // Nobody unknown may add such a post.
      await newcomer.does('addPost', { ref: 'chief-executive', name: 'Chief Executive', capacity: 'opcc-officer' });
      expect(await served.ledger.personOf(pseudonym)).toMatch(/^person-/);
    } finally {
      await served.remove();
    }
  }, 30_000);
});
