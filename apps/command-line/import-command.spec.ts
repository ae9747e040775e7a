import { randomUUID } from 'node:crypto';
import type { Caller, Outcome } from '../../libs/dispatch/index.ts';
import type { Command, CommandEnvelope } from '../../libs/ledger/index.ts';
import { ledgerInAFolder, type LedgerInAFolder } from '../../test/ledger-in-a-folder.ts';
import { IMPORT_HELP } from './import-command.ts';

const OFFICER: Caller = { post: 'opcc-officer', person: 'p-officer', capacity: 'opcc-officer' };
const COMMISSIONER: Caller = { post: 'commissioner', person: 'p-commissioner', capacity: 'commissioner' };
const ON = { effectiveOn: '2023-10-09' };
const LONG_AGO = { effectiveOn: '2023-06-21' };

type Said = Command & Record<string, unknown>;
interface Exemption {
  /** As the help says it. */
  readonly says: RegExp;
  /** What a person is refused for who commands the same. */
  readonly code: string;
  readonly register?: string;
  readonly command: (refs: Refs) => Said;
  readonly envelope?: Partial<CommandEnvelope>;
  readonly by?: Caller;
}
interface Refs {
  readonly agreed: string;
  readonly reported: string;
  readonly meeting: string;
}

const EXEMPTIONS: readonly Exemption[] = [
  {
    says: /state no authority \("authority" is "not stated"\)/,
    code: 'INVALID',
    command: ({ reported }) => ({ type: 'SignOffAction', ref: reported }),
    envelope: { ...ON, authority: 'notStated' },
    by: COMMISSIONER,
  },
  {
    says: /nobody's leave is asked/,
    code: 'FORBIDDEN',
    command: ({ agreed }) => ({ type: 'WithdrawAction', ref: agreed }),
    envelope: { ...ON, reason: 'No longer wanted.' },
  },
  {
    says: /that it was held in time is not asked/,
    code: 'MEETING_NOT_HELD',
    command: ({ agreed }) => ({ type: 'GiveActionUpdate', ref: agreed, text: 'Half done.' }),
    envelope: { ...ON, by: 'force-lead', authority: { meeting: 'CGB-2023-12-01' } },
  },
  {
    says: /No reason is asked for what is entered late/,
    code: 'LATE_NEEDS_REASON',
    command: () => ({ type: 'RaiseAction', body: 'CGB', title: 'Bring it back' }),
    envelope: LONG_AGO,
  },
  {
    says: /nor by the commands that need one \(to extend, defer,/,
    code: 'EXTENSION_NEEDS_REASON',
    command: ({ agreed }) => ({ type: 'ExtendActionDueDate', ref: agreed, due: { on: '2024-01-01' } }),
    envelope: ON,
  },
  {
    says: /to cancel a meeting/,
    code: 'CANCELLATION_NEEDS_REASON',
    register: 'meetings',
    command: ({ meeting }) => ({ type: 'CancelMeeting', ref: meeting }),
    envelope: ON,
  },
  {
    says: /An action may be due before it was raised/,
    code: 'DUE_BEFORE_RAISED',
    command: () => ({ type: 'RaiseAction', body: 'CGB', title: 'Bring it back', due: { on: '2022-10-09' } }),
    envelope: ON,
  },
  {
    says: /be deferred to a day that has passed/,
    code: 'DEFERRED_TO_THE_PAST',
    command: ({ agreed }) => ({ type: 'DeferAction', ref: agreed, until: '2023-01-01' }),
    envelope: { ...ON, reason: 'Put off.' },
  },
];

describe('the help of import', () => {
  let house: LedgerInAFolder;
  let refs: Refs;

  beforeEach(async () => {
    house = await ledgerInAFolder();
    const officer = house.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board', ...ON });
    const schedule = (on: string) => officer.does({ type: 'ScheduleMeeting', body: 'CGB', on, ...ON });
    const meeting = await schedule('2023-12-01');
    const held = await schedule('2023-10-09');
    await officer.does({ type: 'HoldMeeting', ref: held, ...ON });
    const agree = async () => {
      const ref = await officer.does({ type: 'RaiseAction', meeting: held, title: 'a', owner: 'force-lead', ...ON });
      await house.as('commissioner').does({ type: 'AgreeAction', ref, ...ON });
      return ref;
    };
    const [agreed, reported] = [await agree(), await agree()];
    await house.as('force-lead').does({ type: 'ReportActionComplete', ref: reported, ...ON });
    refs = { agreed, reported, meeting };
  });
  afterEach(() => house.remove());

  const send = ({ command, envelope, register = 'actions', by = OFFICER }: Exemption, importId?: string) =>
    house.ledger.dispatch.submit({
      register,
      command: command(refs),
      envelope: {
        commandId: randomUUID(),
        ...(importId === undefined ? {} : { by: null, authority: 'notStated' as const }),
        ...envelope,
      },
      caller: importId === undefined ? by : OFFICER,
      ...(importId === undefined ? {} : { importId }),
    });
  const code = (outcome: Outcome): string =>
    outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome.toUpperCase();

  it.each(EXEMPTIONS.map((one) => [one.code, one] as const))(
    'says from which rule papers are let off: %s',
    async (expected, exemption) => {
      expect(IMPORT_HELP.replace(/\s+/g, ' ')).toMatch(exemption.says);
      expect(code(await send(exemption))).toBe(expected);
      expect(code(await send(exemption, 'papers'))).toBe('ACCEPTED');
    },
  );

  it('says from which they are not: of what a post did that the paper names, its capacity is asked', async () => {
    expect(IMPORT_HELP.replace(/\s+/g, ' ')).toContain(
      'Where it names a post, that post must have been allowed to do it.',
    );
    const withdrawing: Exemption = {
      ...{ says: /./, code: 'FORBIDDEN' },
      command: ({ agreed }) => ({ type: 'WithdrawAction', ref: agreed }),
      envelope: { ...ON, by: 'force-lead' },
    };
    expect(code(await send(withdrawing, 'papers'))).toBe('FORBIDDEN');
  });
});
