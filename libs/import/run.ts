import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { RecordKind } from '../declarations/index.ts';
import type { Accepted, Caller, Outcome, Submission } from '../dispatch/index.ts';
import type { Command, Notice } from '../ledger/index.ts';
import { columnOfField, ROW_COMMANDS } from './columns.ts';
import { resolveRow, withLink, type ImportPlan, type PlannedRow, type ResolvedRow, type RowLink } from './plan.ts';
import { MOST_PROBLEMS, Problems, type Problem } from './problems.ts';

/** How far a run has come. Reported after every row. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

export interface RunImport {
  /** `Dispatch.submit` of the ledger, or of a rehearsal of it. */
  readonly submit: (submission: Submission) => Promise<Outcome>;
  readonly ledgerId: string;
  /** The operator who runs it. The rows themselves are remembered under the import, whoever runs it. */
  readonly caller: Caller;
  /** True when the operator says that it may grant authority. */
  readonly grants?: boolean;
  /**
   * `rehearsal` goes on after a problem, to find them all; `load` stops at the first, for after a rehearsal there is none
   * unless the ledger was changed in between.
   */
  readonly mode: 'rehearsal' | 'load';
  readonly progress?: (progress: ImportProgress) => void;
  /**
   * Turns a reference that no row of the import opens into the ledger's own spelling; null when the ledger has no such record.
   * Without it, such cells go to the ledger as they stand and the ledger answers.
   */
  readonly resolveExisting?: (kind: RecordKind, reference: string) => Promise<string | null>;
  /**
   * What an earlier run wrote under that commandId, if anything. Without it a row is noticed as changed only while it still
   * gives the same command to the same record, because the ledger remembers a command with the record that it changed.
   */
  readonly loadedBefore?: (commandId: string) => Promise<{ readonly command: string; readonly ref: string } | null>;
  /** What may be a slip in what a row recorded. Asked of rows that are accepted for the first time. */
  readonly noticesOf?: (accepted: Accepted) => Promise<readonly Notice[] | null>;
  /** Waits that many milliseconds. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export type ImportOutcome =
  | {
      readonly outcome: 'passed';
      readonly rows: number;
      /** Commands accepted for the first time now, publications included. */
      readonly written: number;
      /** Commands that had been accepted by an earlier run. */
      readonly repeated: number;
      /** Rows that grant authority for the first time, by the operator's leave, in their order. */
      readonly grants: readonly Grant[];
      /** Where it was looked for: what may be a slip. */
      readonly noticed?: ImportNotices;
    }
  | {
      readonly outcome: 'refused';
      /** At most a hundred, in the order of the rows. */
      readonly problems: readonly Problem[];
      readonly found: number;
      /** Rows not tried because a row that they build on was refused. */
      readonly skipped: number;
      /** Where it was looked for: what may be a slip. */
      readonly noticed?: ImportNotices;
    }
  /** The ledger did not answer. `done`: rows that are written, none in a rehearsal. */
  | { readonly outcome: 'stopped'; readonly done: number; readonly total: number; readonly sentence: string };

/** What may be a slip in the rows that were recorded. It stops nothing. */
export interface ImportNotices {
  /** At most a hundred, in the order of the rows. */
  readonly notices: readonly ImportNotice[];
  readonly found: number;
}

export interface ImportNotice {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly sentence: string;
}

/** A row that grants authority: what it says, of which post or person. */
export interface Grant {
  readonly file: string;
  readonly line: number;
  /** `addPost chief-executive` */
  readonly what: string;
}

/** Pauses before a command is sent again, in milliseconds. With the nine seconds of each attempt about a minute and a half in all. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 8_000];

/**
 * The commandId of a row, the same on every run: a UUID (version 8 of RFC 9562) from the SHA-256 of ledger, import and key.
 * None of the three is content.
 */
export function commandIdFor(ledgerId: string, importId: string, key: string): string {
  const hash = createHash('sha256').update('pgl/import/v1\0');
  for (const part of [ledgerId, importId, key]) {
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  const id = hash.digest().subarray(0, 16);
  id[6] = (id[6]! & 0x0f) | 0x80;
  id[8] = (id[8]! & 0x3f) | 0x80;
  const hex = id.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Sends the rows of a plan in their order, each as the command that it is.
 *
 * The same plan sent again changes nothing: every row has a commandId of its own, and the ledger answers a command that it has
 * accepted before as it did then. A run that was cut off is therefore finished by running it again.
 */
export async function runImport(plan: ImportPlan, run: RunImport): Promise<ImportOutcome> {
  const problems = new Problems();
  const refs = new Map<string, string>();
  const events = new Map<string, string>();
  const named = namedKeys(plan);
  const lost = new Set<string>();
  const written = { refOf: (key: string) => refs.get(key), eventOf: (key: string) => events.get(key) };
  const total = plan.rows.length;
  const grants: Grant[] = [];
  const noticed = { notices: [] as ImportNotice[], found: 0 };
  const keys = new Map<string, string>();
  let [skipped, fresh, repeated, done] = [0, 0, 0, 0];

  for (const row of plan.rows) {
    if (row.links.some(({ key }) => key !== undefined && lost.has(key))) {
      lost.add(row.key);
      skipped += 1;
    } else {
      const resolved = resolveRow(row, written);
      if ('unresolved' in resolved)
        throw new Error(`${row.file}, line ${row.line}: "${resolved.unresolved.cell}" comes later`);
      const verdict = await sendRow(row, resolved);
      if (verdict === 'unavailable') return stoppedAt(done);
      if ('sentence' in verdict) {
        lost.add(row.key);
        problems.add({ file: row.file, line: row.line, ...verdict });
        if (run.mode === 'load') break;
      } else {
        if (row.opens && named.has(row.key)) refs.set(row.key, verdict.ref);
        if (verdict.granted === true)
          grants.push({ file: row.file, line: row.line, what: `${row.name} ${verdict.ref}` });
        if (run.noticesOf !== undefined && !verdict.repeated) await notice(row, verdict);
        const [event] = verdict.events;
        if (event !== undefined && named.has(`event ${row.key}`)) events.set(row.key, event);
      }
    }
    done += 1;
    run.progress?.({ done, total });
  }
  const beside = run.noticesOf === undefined ? {} : { noticed };
  if (problems.found === 0) return { outcome: 'passed', rows: total, written: fresh, repeated, grants, ...beside };
  return { outcome: 'refused', problems: problems.inOrder(), found: problems.found, skipped, ...beside };

  /** Looks for what may be a slip in a row that was recorded just now. */
  async function notice({ file, line, key }: PlannedRow, accepted: Accepted): Promise<void> {
    const alike = keys.get(key.toLowerCase());
    keys.set(key.toLowerCase(), key);
    const found: Pick<Notice, 'code' | 'sentence'>[] = [...((await run.noticesOf?.(accepted)) ?? [])];
    if (alike !== undefined)
      found.push({ code: 'KEYS_DIFFER_BY_CASE', sentence: `The keys "${alike}" and "${key}" differ by case alone.` });
    noticed.found += found.length;
    for (const { code, sentence } of found.slice(0, MOST_PROBLEMS - noticed.notices.length))
      noticed.notices.push({ file, line, code, sentence });
  }

  /** Sends the row and, where it is the last public one of its record, its publication. */
  async function sendRow(row: PlannedRow, planned: ResolvedRow): Promise<Accepted | Wrong | 'unavailable'> {
    const resolved = await withExistingReferences(row, planned);
    if ('sentence' in resolved) return resolved;
    const commandId = commandIdFor(run.ledgerId, plan.id, row.key);
    if (await wentElsewhere(row, commandId, resolved.command)) return { column: 'key', sentence: changedSince(row) };

    const outcome = await sendUntilAnswered(submissionOf(row, commandId, resolved));
    if (outcome.outcome === 'unavailable') return 'unavailable';
    if (outcome.outcome !== 'accepted') return wrongIn(row, outcome);
    count(outcome);
    if (row.publishes === undefined) return outcome;

    // No key holds a "#", so no row can have this commandId.
    const publicationId = commandIdFor(run.ledgerId, plan.id, `${row.key}#published`);
    const publication = { command: { type: 'Publish', ref: outcome.ref }, envelope: row.publishes };
    const publishing = await sendUntilAnswered(submissionOf(row, publicationId, publication));
    if (publishing.outcome === 'unavailable') return 'unavailable';
    if (publishing.outcome === 'accepted') count(publishing);
    else if (!isAlreadyPublic(publishing)) return { ...wrongIn(row, publishing), column: 'published' };
    return outcome;
  }

  async function withExistingReferences(row: PlannedRow, planned: ResolvedRow): Promise<ResolvedRow | Wrong> {
    if (run.resolveExisting === undefined) return planned;
    let resolved = planned;
    for (const link of row.links.filter(isReference)) {
      const reference = await run.resolveExisting(link.names, link.cell);
      if (reference === null)
        return { column: link.column, sentence: `The ledger has no ${link.names} "${link.cell}".` };
      resolved = withLink(resolved, link, reference);
    }
    return resolved;
  }

  /** True when an earlier run sent another command, or sent it to another record, under this row's key. */
  async function wentElsewhere(row: PlannedRow, commandId: string, command: Command): Promise<boolean> {
    const before = (await run.loadedBefore?.(commandId)) ?? null;
    return before !== null && (before.command !== command.type || (!row.opens && before.ref !== command.ref));
  }

  function submissionOf(row: PlannedRow, commandId: string, { command, envelope }: ResolvedRow): Submission {
    return {
      register: row.register,
      command,
      envelope: { ...envelope, commandId },
      caller: run.caller,
      importId: plan.id,
      ...(run.grants === true ? { grants: true } : {}),
    };
  }

  /** Asks again, with the same commandId, while the ledger has no answer or others write to the same record. */
  async function sendUntilAnswered(submission: Submission): Promise<Outcome> {
    for (const pause of PAUSES_MS) {
      const outcome = await run.submit(submission);
      if (outcome.outcome !== 'unavailable' && outcome.outcome !== 'conflict') return outcome;
      await (run.wait ?? sleep)(pause);
    }
    const last = await run.submit(submission);
    return last.outcome === 'conflict' ? { outcome: 'unavailable', sentence: last.sentence } : last;
  }

  function count(accepted: Accepted): void {
    if (accepted.repeated) repeated += 1;
    else fresh += 1;
  }

  function stoppedAt(rows: number): ImportOutcome {
    const sentence =
      run.mode === 'rehearsal'
        ? `The ledger stopped answering while the rows were checked, after ${rows} of ${total}. Nothing was written: run the same command again.`
        : `The ledger stopped answering after ${rows} of ${total} rows were written. Nothing is lost: run the same command again to finish.`;
    return { outcome: 'stopped', done: run.mode === 'rehearsal' ? 0 : rows, total, sentence };
  }
}

/** Keys of rows that a later one names by its record, and as `event <key>` those that one names by its event: the others need not be kept. */
function namedKeys({ rows }: ImportPlan): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { links } of rows)
    for (const { key, names } of links) if (key !== undefined) named.add(names === 'event' ? `event ${key}` : key);
  return named;
}

type Unwelcome = Exclude<Outcome, { outcome: 'accepted' | 'unavailable' }>;

/** What is wrong with a row, and in which column. */
interface Wrong {
  readonly column?: string | undefined;
  readonly sentence: string;
}

function wrongIn(row: PlannedRow, outcome: Unwelcome): Wrong {
  const columnOf = (field: string | undefined) =>
    field === undefined ? undefined : columnOfField(ROW_COMMANDS[row.name], field);
  switch (outcome.outcome) {
    case 'refused': {
      const { code, sentence, field } = outcome.refusal;
      if (code === 'COMMAND_ID_REUSED') return { column: 'key', sentence: changedSince(row) };
      return { column: columnOf(field), sentence };
    }
    case 'invalid':
      return { column: columnOf(outcome.field), sentence: outcome.sentence };
    case 'not-found':
      return {
        column: columnOf(outcome.field),
        sentence: `The ledger has no ${row.kind} that this row could be about.`,
      };
    case 'forbidden':
      return { column: 'by', sentence: outcome.sentence };
    case 'conflict':
      return { sentence: outcome.sentence };
  }
}

function changedSince({ key, kind }: PlannedRow): string {
  const changed = `The row "${key}" changed since it was loaded, and what the ledger holds is not overwritten. Put the row back as it was`;
  if (kind === 'person') return `${changed}.`;
  const correction = `correct${kind[0]!.toUpperCase()}${kind.slice(1)}`;
  return `${changed}. It would need a correction of its own: a row ${correction} whose "event" is "${key}", saying what it should be and why.`;
}

function isAlreadyPublic(outcome: Unwelcome): boolean {
  return outcome.outcome === 'refused' && outcome.refusal.code === 'NOTHING_CHANGES';
}

function isReference(link: RowLink): link is RowLink & { names: RecordKind } {
  return link.key === undefined && link.names !== 'event';
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}
