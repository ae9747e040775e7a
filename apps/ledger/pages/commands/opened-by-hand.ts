import { ENVELOPE_FIELDS, type Shape } from '../../../../libs/declarations/index.ts';
import type { Consequence, JsonObject, JsonValue } from '../../../../libs/ledger/index.ts';
import { openingBecauseOf, type LedgerView } from '../../../../libs/read-models/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import { inputFieldsOf } from '../../graphql/commands/inputs.ts';
import { filledIn, type Boxes } from './fill-in.ts';
import type { Typed } from './typed.ts';

/** The field in which what is opened names the entry that opens it. */
const CAUSE = 'causedBy';

/**
 * What a policy would open and somebody opens by hand begins as the policy would have it: its address names the entry, and what that entry opens is
 * read from the view of whoever fills the form in. So no words stand in an address, and none come from what they may not see. What an address says
 * itself stays. Who does it is no longer the policy, nor whoever recorded the entry: `by` is left to them.
 */
export async function withWhatItOpens(view: LedgerView, mutation: DeclaredMutation, typed: Typed): Promise<Typed> {
  const cause = typed.get(CAUSE);
  if (cause === undefined || mutation.command.fields[CAUSE] === undefined) return typed;
  const opens = await openingBecauseOf(view, cause);
  if (opens === null || opens.command.type !== mutation.command.type) return typed;
  return new Map([...ownBoxes(mutation, opens), ...boxesOfEnvelope(opens), ...typed]);
}

function ownBoxes(mutation: DeclaredMutation, { command }: Consequence): Boxes {
  const said = command as unknown as { readonly [field: string]: JsonValue | undefined };
  return inputFieldsOf(mutation).flatMap(({ field, name }) => {
    const shape = mutation.command.fields[field];
    const value = said[field];
    return shape === undefined || value === undefined ? [] : filledIn(shape, name, value);
  });
}

function boxesOfEnvelope({ cause: { effectiveOn, dated }, marking, taken }: Consequence): Boxes {
  const { authority, source, reason } = taken ?? {};
  const said: { readonly [path: string]: JsonValue | undefined } = {
    ...(dated === undefined ? { effectiveOn } : { dated: { ...dated } }),
    reason,
    ...within('authority', authority),
    ...within('source', source),
    ...(marking.sensitive ? { marking: 'OFFICIAL-SENSITIVE' } : {}),
    ...(marking.session === 'CLOSED' ? { session: marking.session } : {}),
  };
  return Object.entries(said).flatMap(([path, value]) => {
    const shape: Shape | undefined = ENVELOPE_FIELDS[path];
    return shape === undefined || value === undefined ? [] : filledIn(shape, path, value);
  });
}

function within(part: string, members: object | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(members ?? {}).map(([member, value]) => [`${part}.${member}`, value as JsonValue]),
  );
}
