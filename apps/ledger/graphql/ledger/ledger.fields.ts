import {
  findRecord,
  listCalled,
  listContradictions,
  listLinksToNothing,
  listQuestions,
} from '../../../../projections/index.ts';
import type { OfferedMutation } from '../../ledger.ts';
import { PAYLOAD } from '../commands/mutations.ts';
import { AnswerError } from '../errors.ts';
import { contradictionValue, linkedRecordValue, questionValue, recordValue } from './record.fields.ts';
import {
  connection,
  LONGEST_SEARCH,
  pageWanted,
  type ByRef,
  type Fields,
  type LedgerRoot,
  type ListArguments,
} from './value.ts';

/**
 * What can be asked of the ledger at a basis, whatever the register. Each field asks one question of one projection; what is asked of one
 * register stands with it.
 */
export const LEDGER_FIELDS: { readonly [type: string]: Fields<never> } = {
  RecordPayload: PAYLOAD,
  Ledger: {
    async record({ view }, { ref }: ByRef) {
      const found = await findRecord(view, ref);
      return found === null ? null : recordValue(view, found);
    },
    async recordsCalled({ view }, { name }: { readonly name: string }) {
      if (name.length > LONGEST_SEARCH)
        throw new AnswerError('INVALID', `A search has at most ${LONGEST_SEARCH} characters.`, { field: 'name' });
      return (await listCalled(view, name)).map((record) => linkedRecordValue(view, record));
    },
    async offers({ offers }: LedgerRoot, { ref }: Partial<ByRef>) {
      return (await offers(ref ?? null))?.map(offerValue) ?? null;
    },
    async linksToNothing({ view }, page: ListArguments) {
      return connection(await listLinksToNothing(view, pageWanted(page)), (row) => ({ ...row, view }));
    },
    async contradictions({ view }, page: ListArguments) {
      return connection(await listContradictions(view, pageWanted(page)), (row) => contradictionValue(view, row));
    },
    async questioned({ view }, page: ListArguments) {
      return connection(await listQuestions(view, pageWanted(page)), (one) => questionValue(view, one));
    },
  } satisfies Fields<LedgerRoot>,
};

function offerValue({ mutation, whyNot, inOwnPost, forAnother }: OfferedMutation) {
  return { command: mutation.name, may: whyNot === null, inOwnPost, forAnother, why: whyNot };
}
