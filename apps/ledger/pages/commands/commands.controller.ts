import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { kindSpelt, RECORD_KINDS, recordsIn, type RecordKind } from '../../../../libs/declarations/index.ts';
import type { Caller } from '../../../../libs/dispatch/index.ts';
import { isUuid, type Register } from '../../../../libs/ledger/index.ts';
import { BadBasis, type LedgerView } from '../../../../libs/read-models/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import { send, type Written } from '../../graphql/commands/mutations.ts';
import type { Input } from '../../graphql/commands/submission.ts';
import { AnswerError, type ErrorCode } from '../../graphql/errors.ts';
import { REGISTER_APIS } from '../../graphql/registers.ts';
import { LEDGER } from '../../injected.ts';
import type { Ledger, OfferedMutation } from '../../ledger.ts';
import { noSuchPage } from '../frame/outcomes.ts';
import { Visits, type Visit } from '../frame/visits.ts';
import { commandAt, formAt, recordAt } from './addresses.ts';
import { recordsCalled, recordsFound } from './choices.ts';
import type { Choices } from './controls.ts';
import { allOf, fieldsOf, labelsOf, type Asker, type FormFields } from './fields.ts';
import { KeptAnswers } from './kept-answers.ts';
import { latenessOf } from './late.ts';
import { AS_IT_STANDS, mayBeTheRecord, namesField, namingOf, THE_RECORD, withValueOf, type Naming } from './naming.ts';
import { askerOf } from './may-give.ts';
import { isForbidden, whyNotOffered } from './offers.ts';
import { withWhatItOpens } from './opened-by-hand.ts';
import { aroundForm, namedRows, presentForm, presentWhich, type Hidden } from './present-form.ts';
import { problemOf, statusOf } from './problems.ts';
import { presentCheck } from './present-check.ts';
import { readForm, type Said } from './read-form.ts';
import {
  entriesNamed,
  eventsToChoose,
  promisesToChoose,
  readRecord,
  type EventToChoose,
  type RecordAbout,
} from './read-record.ts';
import { linksIn, recordsFor } from './records-for-fields.ts';
import { recordedSince } from './since.ts';
import { typedIn, type Problem, type Typed } from './typed.ts';
import { whoFillsIn } from './who-fills-in.ts';

/** In an address: the form of what is not offered today, for an earlier day. */
const EARLIER = 'earlier';

const SEEN_BY_NOBODY =
  'What you had seen when you opened this form cannot be told any more. Look at the record again, and send the form if it still holds.';

/** Characters of what is looked up: longer than any name that a list shows. */
const LONGEST_LOOKED_UP = 200;

/** With what a form is shown again. */
interface SentWith {
  readonly status?: number;
  /** The field of which records are looked up. */
  readonly lookUp?: string | undefined;
  /** What others have recorded since it was opened. */
  readonly since?: readonly string[];
}

/** A form that somebody looks at, or has sent: whose, of which command, about which record. */
interface Asked {
  readonly visit: Visit;
  readonly caller: Caller;
  readonly mutation: DeclaredMutation;
  readonly record: RecordAbout | null;
  readonly asker: Asker;
  readonly fields: FormFields;
  readonly typed: Typed;
  readonly events: readonly EventToChoose[];
  /** Null for a command that names no field of a record. */
  readonly naming: Naming | null;
}

/** `/commands/<command>` and `/commands/<command>/<ref>`: the form of every command, made from its declaration. */
@Controller('commands')
@UseFilters(KeptAnswers)
export class CommandsController {
  readonly #visits: Visits;
  readonly #ledger: Ledger;
  readonly #bus: CommandBus;

  constructor(@Inject(Visits) visits: Visits, @Inject(LEDGER) ledger: Ledger, @Inject(CommandBus) bus: CommandBus) {
    this.#visits = visits;
    this.#ledger = ledger;
    this.#bus = bus;
  }

  /** What a script looks up while somebody types: what they may name, in the words in which it is typed. */
  @Get('choices/:kind')
  async choices(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('kind') kind: string,
  ): Promise<void> {
    const { view, query } = await this.#visits.open(request);
    if (!isRecordKind(kind)) throw noSuchPage();
    const found = await recordsFound(view, kind, (query.get('q') ?? '').slice(0, LONGEST_LOOKED_UP));
    void reply.type('application/json; charset=utf-8').send(JSON.stringify(found.map(({ text }) => text)));
  }

  @Get(':command')
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('command') command: string): Promise<void> {
    return this.#show(request, reply, command, null);
  }

  @Get(':command/:ref')
  showAbout(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('command') command: string,
    @Param('ref') ref: string,
  ): Promise<void> {
    return this.#show(request, reply, command, ref);
  }

  @Post(':command')
  take(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('command') command: string,
    @Body() body: unknown,
  ): Promise<void> {
    return this.#take(request, reply, command, null, body);
  }

  @Post(':command/:ref')
  takeAbout(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('command') command: string,
    @Param('ref') ref: string,
    @Body() body: unknown,
  ): Promise<void> {
    return this.#take(request, reply, command, ref, body);
  }

  async #show(request: FastifyRequest, reply: FastifyReply, command: string, ref: string | null): Promise<void> {
    const visit = await this.#visits.open(request);
    const asked = await this.#ask(reply, visit, command, ref, filledBy(visit));
    if (asked === null) return;
    const offer = await this.#offerOf(asked);
    if (offer !== null && offer.whyNot !== null && (isForbidden(offer) || !visit.query.has(EARLIER)))
      return this.#sayWhyNot(reply, asked, offer);
    const { record, naming, typed } = asked;
    if (naming !== null && (naming.event === null || naming.path === null)) return this.#askWhich(reply, asked, naming);
    const begun =
      record === null
        ? await withWhatItOpens(visit.view, asked.mutation, typed)
        : naming === null
          ? typed
          : await withValueOf(visit.view, record, naming, typed);
    await this.#sendForm(reply, { ...asked, typed: begun }, []);
  }

  async #take(
    request: FastifyRequest,
    reply: FastifyReply,
    command: string,
    ref: string | null,
    body: unknown,
  ): Promise<void> {
    const visit = await this.#visits.open(request);
    const asked = await this.#ask(reply, visit, command, ref, typedIn(body));
    if (asked === null) return;
    const { mutation, fields, typed, naming } = asked;
    if (naming !== null && (naming.event === null || naming.path === null)) return this.#askWhich(reply, asked, naming);
    const lookUp = typed.get('look-up');
    if (lookUp !== undefined || typed.has('change')) return this.#sendForm(reply, asked, [], { lookUp });
    const register = this.#registerOf(asked);
    const of = { typed: readable(typed), value: naming?.of ?? null };
    const lateness = await latenessOf(visit.view, register, mutation, ref, typed);
    const read = readForm(mutation, fields, of, register?.refusals ?? {}, lateness);
    if ('problems' in read) return this.#sendForm(reply, asked, read.problems, { status: 400 });
    if (mutation.command.consequential === true && typed.get('confirmed') !== 'yes')
      return this.#sendCheck(reply, asked, read.said);
    const answer = await this.#send(asked, read.input);
    if (answer instanceof AnswerError) return this.#sendAgain(reply, asked, answer);
    await this.#leadOn(reply, answer);
  }

  /** What is asked for; null when a page has said already why nothing is. */
  async #ask(
    reply: FastifyReply,
    visit: Visit,
    command: string,
    ref: string | null,
    typed: Typed,
  ): Promise<Asked | null> {
    const mutation = commandAt(command);
    if (mutation === null || (mutation.command.opens === undefined) !== (ref !== null)) throw noSuchPage();
    const record = ref === null ? null : await readRecord(visit, ref);
    if (ref !== null && (record === null || (mutation.kind !== null && mutation.kind !== record.kind))) {
      await this.#visits.sendNoSuchRecord(reply, visit);
      return null;
    }
    const caller = await whoFillsIn(this.#visits, reply, visit, mutation, () => ({
      ...aroundForm(mutation, record),
      today: formAt(mutation, record?.ref),
    }));
    if (caller === null) return null;
    const asker = askerOf(mutation, caller, record?.owners ?? []);
    const fields = fieldsOf(mutation, asker);
    const namesEvents = allOf(fields).some(({ shape }) => shape.kind === 'eventOfRecord');
    const events = !namesEvents
      ? []
      : record === null
        ? await promisesToChoose(visit.view)
        : await eventsToChoose(visit.view, record.ref, mutation.command.type);
    const naming = record === null || !namesField(mutation) ? null : namingOf(mutation, record, events, typed);
    return { visit, caller, mutation, record, asker, typed, fields, events, naming };
  }

  /** Null while it cannot be told: dispatch tells then, when the form is sent. */
  async #offerOf({ visit, mutation, record }: Asked): Promise<OfferedMutation | null> {
    return (await visit.offers(record?.ref ?? null)).find((offer) => offer.mutation.name === mutation.name) ?? null;
  }

  #sayWhyNot(reply: FastifyReply, { visit, mutation, record }: Asked, offer: OfferedMutation): Promise<void> {
    const { title, heading, back, action } = aroundForm(mutation, record);
    const why = whyNotOffered(offer);
    // What cannot be so today may have been so before.
    const earlier = isForbidden(offer) || mutation.amends ? null : `${action}?${EARLIER}=yes`;
    const status = isForbidden(offer) ? 403 : 200;
    return this.#visits.send(
      reply,
      visit,
      'commands/not-offered.njk',
      { title, ...{ heading, back, why, earlier } },
      status,
    );
  }

  async #sendForm(
    reply: FastifyReply,
    asked: Asked,
    problems: readonly Problem[],
    { status = 200, lookUp, since = [] }: SentWith = {},
  ): Promise<void> {
    const { visit, mutation, record, fields, typed, naming } = asked;
    const choices = await this.#choicesFor(asked, lookUp);
    const hidden: readonly Hidden[] = [
      { name: 'commandId', value: commandIdIn(typed) ?? randomUUID() },
      { name: 'seen', value: typed.get('seen') || (visit.view.basis.position ?? '') },
      ...(naming === null ? [] : NAMED.map((name) => ({ name, value: typed.get(name) ?? '' }))),
    ];
    const shown =
      naming === null ? fields : { ...fields, main: fields.main.filter(({ name }) => !NAMED.includes(name)) };
    const value = naming?.of ?? null;
    const page = presentForm(
      mutation,
      record,
      shown,
      { typed, problems, choices, value, labels: labelsOf(mutation) },
      hidden,
    );
    const named = naming === null || record === null ? [] : namedRows(mutation, record, naming);
    await this.#visits.send(reply, visit, 'commands/form.njk', { ...page, ...{ named, since } }, status);
  }

  /** Shows a form again with why nothing was written, and everything that was typed. */
  async #sendAgain(reply: FastifyReply, asked: Asked, answer: AnswerError): Promise<void> {
    const { code, refusal } = answer.extensions as { readonly code: ErrorCode; readonly refusal: string | null };
    // Whoever sends it again has seen what others recorded; or means another command than the one that was recorded.
    const stale = code === 'CONFLICT' ? 'seen' : refusal === 'COMMAND_ID_REUSED' ? 'commandId' : null;
    const typed = new Map([...asked.typed].filter(([name]) => name !== stale));
    const since = await recordedSince(answer, asked.visit);
    await this.#sendForm(reply, { ...asked, typed }, [problemOf(answer)], { status: statusOf(answer), since });
  }

  /** Asks for what the rest of a form depends on: which event, then which field of it. */
  async #askWhich(
    reply: FastifyReply,
    { visit, mutation, record, typed, events }: Asked,
    naming: Naming,
  ): Promise<void> {
    const choices = {
      ...{ records: new Map(), paths: naming.paths },
      events: mayBeTheRecord(mutation) ? [AS_IT_STANDS, ...events] : events,
    };
    const page = presentWhich(mutation, record, naming, { typed, choices });
    await this.#visits.send(reply, visit, 'commands/which.njk', page);
  }

  /** Shows what was typed once more, in words. */
  async #sendCheck(reply: FastifyReply, asked: Asked, said: readonly Said[]): Promise<void> {
    const { visit, mutation, record, typed, events, naming } = asked;
    const linked = said.flatMap(({ field: { name, shape: declared }, value }) => {
      const shape = declared.kind === 'anyValue' ? (naming?.of?.shape ?? declared) : declared;
      return recordsIn(shape, value, name);
    });
    const named = [...events, ...(naming?.paths ?? []), ...(await recordsCalled(visit.view, linked))];
    const names = new Map(named.map(({ value, text }) => [value, text]));
    const page = presentCheck(mutation, record, said, { typed, names, value: naming?.of?.shape ?? null });
    await this.#visits.send(reply, visit, 'commands/check.njk', page);
  }

  async #choicesFor(
    { visit: { view }, fields, typed, events, naming }: Asked,
    lookUp: string | undefined,
  ): Promise<Choices> {
    const links = linksIn(allOf(fields), naming?.of?.shape ?? null);
    const [records, named] = await Promise.all([
      recordsFor(view, links, typed, lookUp),
      entriesNamed(view, allOf(fields), typed),
    ]);
    return { records, events, named, paths: [] };
  }

  /** Sends the command by the same door as the API, and answers what was written or why nothing was. */
  async #send({ mutation, record, typed, visit }: Asked, read: Input): Promise<Written | AnswerError> {
    const register = record?.register ?? mutation.register ?? '';
    const { refCalled = 'ref' } = mutation.command;
    const input = {
      ...read,
      commandId: commandIdIn(typed) ?? randomUUID(),
      ...(typed.get('seen') ? { seen: typed.get('seen') } : {}),
      ...(record === null ? {} : { [refCalled]: record.ref }),
    };
    try {
      const { identity } = visit;
      const sends = { bus: this.#bus, ledger: this.#ledger };
      return await send(sends, register, mutation, REGISTER_APIS[register]!.Command, input, { identity, apart: true });
    } catch (cause) {
      if (cause instanceof AnswerError) return cause;
      // Of another post, or of before the server was started anew.
      if (cause instanceof BadBasis) return new AnswerError('CONFLICT', SEEN_BY_NOBODY, { field: 'seen' });
      throw cause;
    }
  }

  /** To the record, with the new event in view: once reading includes it. */
  async #leadOn(reply: FastifyReply, { accepted, viewAfter }: Written): Promise<void> {
    await viewAfter().catch((): LedgerView | null => null);
    const event = accepted.events[0] ?? '';
    const kind = kindSpelt(accepted.ref) as RecordKind;
    const location = `${recordAt(kind, accepted.ref)}?done=${event}#event-${event}`;
    void reply.header('cache-control', 'no-store').redirect(location, 303);
  }

  #registerOf({ record, mutation }: Asked): Register | undefined {
    const name = record?.register ?? mutation.register;
    return this.#ledger.registers.find((register) => register.name === name);
  }
}

function isRecordKind(kind: string): kind is RecordKind {
  return Object.hasOwn(RECORD_KINDS, kind);
}

/** An address fills a form in: what its boxes are called, but for those of the date bar. */
function filledBy({ query }: Visit): Typed {
  return new Map([...query]);
}

/** Settled before the rest of a form is asked for. */
const NAMED: readonly string[] = ['event', 'path'];

/** What stands for the record itself names no event. */
function readable(typed: Typed): Typed {
  return new Map([...typed].filter(([name, value]) => name !== 'event' || value !== THE_RECORD));
}

function commandIdIn(typed: Typed): string | null {
  const id = typed.get('commandId') ?? '';
  // As this server writes them.
  return isUuid(id) && id === id.toLowerCase() ? id : null;
}
