import { StoreUnavailable } from '../../libs/event-store/index.ts';
import { KeysRefused } from '../../libs/keys/index.ts';
import { LedgerInUse } from '../../libs/running-ledger/index.ts';
import { DataFolderRefused } from '../../libs/sqlite/index.ts';
import { EXIT, statusFor } from './exit-codes.ts';

describe('a command that came to nothing', () => {
  it.each<[string, Error, number]>([
    ['because the keys are those of another ledger ends as one with wrong settings', new KeysRefused('x'), EXIT.USAGE],
    ['because its data folder is none ends as one with wrong settings', new DataFolderRefused('x'), EXIT.USAGE],
    ['because another process writes names it', new LedgerInUse('server, process 7'), EXIT.LEDGER_IN_USE],
    ['because the store is away can be run again', new StoreUnavailable('x'), EXIT.UNFINISHED],
    ['for no reason that an operator could mend is a fault of the program', new TypeError('x'), EXIT.FAULT],
  ])('%s', (_, cause, status) => {
    expect(statusFor(cause)).toBe(status);
  });

  it('without an error thrown is a fault of the program too', () => {
    expect(statusFor('x')).toBe(EXIT.FAULT);
  });
});
