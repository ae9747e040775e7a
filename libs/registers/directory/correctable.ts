import { isCapacity } from '../../access/index.ts';
import { isCivilDate, type Correctable, type JsonValue } from '../../ledger/index.ts';
import { BODY_REFERENCE, ORGANISATIONS, PERSON_REFERENCE, type DirectoryEvent } from './events.ts';

/**
 * What a correction may change. A person's name is not among it: the words of a correction stand under a key of their own, and
 * would outlive the erasure of the person. A misspelt person is added anew, and the wrong record voided.
 */
export const correctable: { readonly [type in DirectoryEvent['type']]?: readonly Correctable[] } = {
  BodyAdded: [
    { path: 'name', is: 'text' },
    {
      path: 'organisation',
      is: orNone(isOrganisation, 'A body is of the OPCC, the FORCE, both (JOINT) or the PANEL.'),
    },
  ],
  PostAdded: [
    { path: 'name', is: 'text' },
    {
      path: 'body',
      is: orNone(
        (text) => BODY_REFERENCE.test(text),
        'A body is named by its reference: capitals and digits, like CGB.',
      ),
      names,
    },
    { path: 'capacity', is: orNone(isCapacity, 'No post acts in this capacity.') },
  ],
  MonitoringOfficerAppointed: [{ path: 'person', is: isPersonReference, names }],
  HolderAppointed: [
    { path: 'person', is: isPersonReference, names },
    { path: 'until', is: orNone(isCivilDate, 'A date is a real day, written yyyy-mm-dd.') },
    { path: 'interim', is: trueOrFalse },
    { path: 'shared', is: trueOrFalse },
  ],
};

/** What another source may say otherwise of the record itself, without naming one of its events. Never a person's name. */
export const disputable: readonly string[] = ['organisation', 'body', 'capacity'];

/** Bodies, posts and persons are records of this register. */
function names(ref: JsonValue) {
  return typeof ref === 'string' ? { register: 'directory', ref } : null;
}

function isPersonReference(value: JsonValue): string | null {
  return typeof value === 'string' && PERSON_REFERENCE.test(value)
    ? null
    : 'A person is named by their reference, like person-ab3k9.';
}

function isOrganisation(text: string): boolean {
  return (ORGANISATIONS as readonly string[]).includes(text);
}

function trueOrFalse(value: JsonValue): string | null {
  return typeof value === 'boolean' ? null : 'This is true or false.';
}

/** `null` takes the value away: there is none after all. */
function orNone(fits: (text: string) => boolean, sentence: string): (value: JsonValue) => string | null {
  return (value) => (value === null || (typeof value === 'string' && fits(value)) ? null : sentence);
}
