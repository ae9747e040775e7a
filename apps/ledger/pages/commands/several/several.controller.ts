import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { kindOfRecord, type RecordKind } from '../../../../../libs/declarations/index.ts';
import { isUuid } from '../../../../../libs/ledger/index.ts';
import type { LedgerView } from '../../../../../libs/read-models/index.ts';
import type { DeclaredMutation } from '../../../../../libs/registers/index.ts';
import { send } from '../../../graphql/commands/mutations.ts';
import type { Input } from '../../../graphql/commands/submission.ts';
import { AnswerError } from '../../../graphql/errors.ts';
import { REGISTER_APIS } from '../../../graphql/registers.ts';
import { LEDGER } from '../../../injected.ts';
import type { Ledger } from '../../../ledger.ts';
import { noSuchPage } from '../../frame/outcomes.ts';
import { Visits, type Visit } from '../../frame/visits.ts';
import { commandAt } from '../addresses.ts';
import { recordsFound } from '../choices.ts';
import { allOf, fieldsOf, labelsOf, type FormFields } from '../fields.ts';
import { KeptAnswers } from '../kept-answers.ts';
import { askerOf } from '../may-give.ts';
import { problemOf, statusOf } from '../problems.ts';
import { latenessOf } from '../late.ts';
import { readForm } from '../read-form.ts';
import { promisesToChoose, readRecord } from '../read-record.ts';
import { linksIn, recordsFor, type LinkBox } from '../records-for-fields.ts';
import { typedIn, type Problem, type Typed } from '../typed.ts';
import { whoFillsIn } from '../who-fills-in.ts';
import { aroundSeveral, presentRecorded, presentSeveral, type Recorded } from './present-several.ts';
import {
  inRow,
  isEmptyRow,
  linkIn,
  problemsInRow,
  rowsAfter,
  rowsIn,
  severalAt,
  severalFields,
  typedInRow,
  type LinkField,
  type SeveralFields,
} from './rows.ts';

/** A form for several records that name one: whose, of which command, about which record. */
interface Asked {
  readonly visit: Visit;
  readonly mutation: DeclaredMutation;
  readonly link: LinkField;
  readonly ref: string;
  readonly fields: FormFields;
  readonly several: SeveralFields;
  readonly typed: Typed;
}

/** What became of the rows that were sent. */
interface Sent {
  readonly refs: readonly string[];
  readonly refused: ReadonlyMap<string, AnswerError>;
  /** The ledger with what was recorded. */
  readonly after: LedgerView;
}

/** `/commands/<command>/several?<field>=<ref>`: opens several records in one go that name one, each by a command of its own. */
@Controller('commands')
@UseFilters(KeptAnswers)
export class SeveralController {
  readonly #visits: Visits;
  readonly #ledger: Ledger;
  readonly #bus: CommandBus;

  constructor(@Inject(Visits) visits: Visits, @Inject(LEDGER) ledger: Ledger, @Inject(CommandBus) bus: CommandBus) {
    this.#visits = visits;
    this.#ledger = ledger;
    this.#bus = bus;
  }

  @Get(':command/several')
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('command') command: string,
  ): Promise<void> {
    const visit = await this.#visits.open(request);
    const asked = await this.#ask(reply, visit, command, new Map([...visit.query]));
    if (asked === null) return;
    const refs = visit.query.getAll('opened');
    if (refs.length > 0) return this.#sendRecorded(reply, asked, refs);
    await this.#sendForm(reply, asked, rowsIn(asked.typed), []);
  }

  @Post(':command/several')
  async take(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('command') command: string,
    @Body() body: unknown,
  ): Promise<void> {
    const visit = await this.#visits.open(request);
    const asked = await this.#ask(reply, visit, command, typedIn(body));
    if (asked === null) return;
    const { typed, several } = asked;
    if (['add', 'take-away', 'look-up'].some((button) => typed.has(button)))
      return this.#sendForm(reply, asked, rowsAfter(typed), []);
    const all = rowsIn(typed);
    const filled = all.filter((row) => !isEmptyRow(typed, row));
    // Of a form in which nothing is filled in the first row says what is missing.
    const rows = filled.length === 0 ? all.slice(0, 1) : filled;
    const read = await Promise.all(rows.map(async (row) => ({ row, ...(await this.#readRow(asked, row)) })));
    const problems = read.flatMap(({ row, problems: found = [] }) =>
      problemsInRow(row, all.indexOf(row) + 1, several.ofEach, found),
    );
    const each = problems.filter(
      ({ path, sentence }, index) =>
        problems.findIndex((one) => one.path === path && one.sentence === sentence) === index,
    );
    if (problems.length > 0) return this.#sendForm(reply, asked, all, each, { status: 400 });
    const { refs, refused, after } = await this.#sendRows(
      asked,
      read.map(({ row, input }) => ({ row, input: input! })),
    );
    const recorded = [...new Set([...recordedIn(typed), ...refs])];
    if (refused.size > 0)
      return this.#sendRefused(reply, { ...asked, visit: { ...visit, view: after } }, all, refused, recorded);
    const address = new URLSearchParams([...recorded.map((ref): [string, string] => ['opened', ref])]);
    const { mutation, link, ref } = asked;
    void reply.header('cache-control', 'no-store').redirect(`${severalAt(mutation, link, ref)}&${address}`, 303);
  }

  async #ask(reply: FastifyReply, visit: Visit, command: string, typed: Typed): Promise<Asked | null> {
    const mutation = commandAt(command);
    const linked = mutation === null ? null : linkIn(mutation, typed);
    if (mutation === null || linked === null) throw noSuchPage();
    const record = await readRecord(visit, linked.ref);
    if (record === null || record.kind !== linked.link.kind) {
      await this.#visits.sendNoSuchRecord(reply, visit);
      return null;
    }
    const caller = await whoFillsIn(this.#visits, reply, visit, mutation, () => ({
      ...aroundSeveral(mutation, linked.link, linked.ref),
      today: severalAt(mutation, linked.link, linked.ref),
    }));
    if (caller === null) return null;
    const fields = fieldsOf(mutation, askerOf(mutation, caller, []));
    return { visit, mutation, ...linked, fields, several: severalFields(mutation, fields, linked.link), typed };
  }

  async #readRow(
    { mutation, fields, typed, visit }: Asked,
    row: string,
  ): Promise<{ input?: Input; problems?: readonly Problem[] }> {
    const register = this.#ledger.registers.find(({ name }) => name === mutation.register);
    const inRow = typedInRow(typed, row);
    const lateness = await latenessOf(visit.view, register, mutation, null, inRow);
    return readForm(mutation, fields, { typed: inRow, value: null }, register?.refusals ?? {}, lateness);
  }

  /** One after the other, in the order of the rows: so are their references. What is refused keeps no other back. */
  async #sendRows(
    { mutation, visit: { identity, view }, typed }: Asked,
    rows: readonly { readonly row: string; readonly input: Input }[],
  ): Promise<Sent> {
    const register = mutation.register ?? '';
    const sends = { bus: this.#bus, ledger: this.#ledger };
    const refs: string[] = [];
    const refused = new Map<string, AnswerError>();
    let last: (() => Promise<LedgerView>) | undefined;
    for (const { row, input } of rows) {
      const sent = { ...input, commandId: commandIdOf(typed, row) };
      try {
        const { accepted, viewAfter } = await send(sends, register, mutation, REGISTER_APIS[register]!.Command, sent, {
          ...{ identity, apart: true },
        });
        refs.push(accepted.ref);
        last = viewAfter;
      } catch (cause) {
        if (!(cause instanceof AnswerError)) throw cause;
        refused.set(row, cause);
      }
    }
    // What was recorded is listed next: once reading includes it.
    return { refs, refused, after: (await last?.().catch(() => null)) ?? view };
  }

  /** Shows what was refused again, each with why, above it what was recorded. */
  async #sendRefused(
    reply: FastifyReply,
    asked: Asked,
    all: readonly string[],
    refused: ReadonlyMap<string, AnswerError>,
    recorded: readonly string[],
  ): Promise<void> {
    const left = all.filter((row) => refused.has(row));
    const problems = left.flatMap((row, index) =>
      // By its own row even where a field is blamed that all rows share.
      [problemOf(refused.get(row)!)].map(({ path, sentence }) => ({
        path: inRow(row, path),
        sentence: `Row ${index + 1}: ${sentence}`,
      })),
    );
    const [first] = refused.values();
    await this.#sendForm(reply, asked, left, problems, {
      status: statusOf(first!),
      refused: new Map([...refused].map(([row, { message }]) => [row, message])),
      recorded: await this.#recorded(asked, recorded),
    });
  }

  async #sendRecorded(reply: FastifyReply, asked: Asked, refs: readonly string[]): Promise<void> {
    const { visit, mutation, link, ref } = asked;
    const recorded = await this.#recorded(asked, refs);
    await this.#visits.send(reply, visit, 'commands/several/recorded.njk', {
      ...aroundSeveral(mutation, link, ref),
      ...{ recorded, more: severalAt(mutation, link, ref) },
    });
  }

  /** What was recorded, as far as whoever looks may see it. */
  async #recorded({ visit: { view }, mutation }: Asked, refs: readonly string[]): Promise<readonly Recorded[]> {
    const kind = mutation.kind as RecordKind;
    const known = refs.filter((ref) => kindOfRecord(kind).spelling.test(ref));
    const found = await Promise.all(
      known.map(async (ref) => (await recordsFound(view, kind, ref)).find(({ value }) => value === ref)),
    );
    return presentRecorded(
      kind,
      found.flatMap((one) => (one === undefined ? [] : [{ ref: one.value, called: one.text }])),
    );
  }

  async #sendForm(
    reply: FastifyReply,
    asked: Asked,
    rows: readonly string[],
    problems: readonly Problem[],
    more: {
      readonly status?: number;
      readonly refused?: ReadonlyMap<string, string>;
      readonly recorded?: readonly Recorded[];
    } = {},
  ): Promise<void> {
    const { visit, mutation, link, ref, several, typed } = asked;
    const ofRows = rows.flatMap((row) => linksIn(several.ofEach).map(([name, of]): LinkBox => [inRow(row, name), of]));
    const links = [...ofRows, ...linksIn(allOf(several.ofAll))];
    const records = await recordsFor(visit.view, links, typed, typed.get('look-up'));
    const namesEvents = several.ofEach.some(({ shape }) => shape.kind === 'eventOfRecord');
    const events = namesEvents ? await promisesToChoose(visit.view, link.kind === 'meeting' ? ref : undefined) : [];
    const recorded = more.recorded ?? (await this.#recorded(asked, recordedIn(typed)));
    const page = presentSeveral(
      mutation,
      { link, ref },
      several,
      rows,
      { typed, problems, choices: { records, events, paths: [] }, value: null, labels: labelsOf(mutation) },
      {
        hidden: [
          { name: link.name, value: ref },
          { name: 'rows', value: rows.join(' ') },
          { name: 'recorded-before', value: recorded.map((one) => one.ref).join(' ') },
          ...rows.map((row) => ({ name: inRow(row, 'commandId'), value: commandIdOf(typed, row) })),
        ],
        refused: more.refused ?? new Map(),
        recorded,
      },
    );
    await this.#visits.send(reply, visit, 'commands/several/several.njk', page, more.status);
  }
}

/** What the same form recorded before, where some of its rows were refused. */
function recordedIn(typed: Typed): readonly string[] {
  return (typed.get('recorded-before') ?? '').split(' ').filter((ref) => ref !== '');
}

function commandIdOf(typed: Typed, row: string): string {
  const id = typed.get(inRow(row, 'commandId')) ?? '';
  return isUuid(id) ? id : randomUUID();
}
