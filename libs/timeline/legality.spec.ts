import { pastEvent, type Past } from '../spec-kit/index.ts';
import { pledges, type PledgeEvent } from '../../test/property/histories.ts';
import { firstIllegal, isLegal } from './index.ts';

const record = (...past: Past<PledgeEvent>[]) => past.map((event, index) => pastEvent('pledges', event, index + 1));
const made: Past<PledgeEvent> = { type: 'PledgeMade', facts: { ref: 'P1' }, effectiveOn: '2023-06-01' };
const noted = (effectiveOn: string): Past<PledgeEvent> => ({ type: 'PledgeNoted', effectiveOn });
const kept = (effectiveOn: string): Past<PledgeEvent> => ({ type: 'PledgeKept', effectiveOn });

describe('the re-fold after a late entry or an amendment', () => {
  it('names the first fact that was legal and would no longer be', () => {
    const after = record(made, noted('2023-06-10'), noted('2023-06-12'), kept('2023-06-05'));
    const broken = firstIllegal(pledges, after.slice(0, 3), after);
    expect(broken?.event.id).toBe('event-2');
    expect(broken?.refusal.code).toBe('NOT_OPEN');
  });

  it('names the first in the order of the fold, not of recording', () => {
    const after = record(made, noted('2023-06-12'), noted('2023-06-10'), kept('2023-06-05'));
    expect(firstIllegal(pledges, after.slice(0, 3), after)?.event.id).toBe('event-3');
  });

  it('lets stand what was illegal already', () => {
    const after = record(made, kept('2023-06-05'), noted('2023-06-10'), kept('2023-06-04'));
    expect(isLegal(pledges, after.slice(0, 3), 'event-3')?.code).toBe('NOT_OPEN');
    expect(firstIllegal(pledges, after.slice(0, 3), after)?.event.id).toBe('event-2');
    const voided = record(made, kept('2023-06-05'), noted('2023-06-10'), {
      type: 'Corrected',
      facts: { target: 'event-3', schema: 1, path: 'effectiveOn', is: '2023-06-11' },
    });
    expect(firstIllegal(pledges, voided.slice(0, 3), voided)).toBeNull();
  });

  it('does not report the new fact itself, of which isLegal tells', () => {
    const after = record(made, kept('2023-06-05'), noted('2023-06-10'));
    expect(firstIllegal(pledges, after.slice(0, 2), after)).toBeNull();
    expect(isLegal(pledges, after, 'event-3')?.code).toBe('NOT_OPEN');
    expect(isLegal(pledges, after, 'event-2')).toBeNull();
  });

  it('sees nothing that voiding an opening would break: it is a void of the record, and so is its end', () => {
    const stood = record(made, noted('2023-06-10'));
    const target = { facts: { target: 'event-1' } };
    const gone = record(made, noted('2023-06-10'), { type: 'Voided', ...target });
    const back = record(made, noted('2023-06-10'), { type: 'Voided', ...target }, { type: 'Restored', ...target });
    expect(firstIllegal(pledges, stood, gone)).toBeNull();
    expect(firstIllegal(pledges, gone, back)).toBeNull();
    expect(isLegal(pledges, back, 'event-1')).toBeNull();
  });
});
