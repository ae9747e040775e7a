import type { PostCapacity } from '../../access/index.ts';
import { labelled, link, oneOf, yesNo, type MemberOf, type OneOf } from '../../declarations/index.ts';

export const bodyOrganisation = oneOf('BodyOrganisation', 'To whom a body belongs.', {
  OPCC: {
    says: 'The Office of the Police and Crime Commissioner.',
    label: 'Office of the Police and Crime Commissioner',
  },
  FORCE: { says: 'The police force.', label: 'Police force' },
  JOINT: { says: 'Both together.', label: 'Office and force together' },
  PANEL: { says: 'The Police and Crime Panel.', label: 'Police and Crime Panel' },
});
export type BodyOrganisation = MemberOf<typeof bodyOrganisation>;

/**
 * Told at its opening and for ever: figures of a real body are never to hang on whether somebody called another one illustrative in time. See
 * `docs/access.md`.
 */
export const illustrative = labelled(
  'Illustrative',
  yesNo(
    'Whether it is made up, to show what the ledger can do: whatever belongs to it says so wherever it is shown, and is in no list, count or total in which it is not asked for. Never changes. Default: no.',
  ),
);

export const reads = labelled('Body that it reads', link('body', 'Reference of the body whose records it is shown.'));

/** What a post acts as. What each may do and see stands in `docs/access.md`. */
export const capacity: OneOf<PostCapacity> & { readonly scalar: true } = {
  ...oneOf('Capacity', 'What it may do and see. Default: nothing, it cannot sign in.', {
    commissioner: { says: 'The Police and Crime Commissioner.', label: 'Police and Crime Commissioner' },
    'opcc-officer': { says: 'An officer of the commissioner’s office.', label: 'OPCC officer' },
    'monitoring-officer': 'The monitoring officer.',
    'force-lead': 'Whoever leads on a matter in the force.',
    'internal-auditor': 'The internal auditor.',
    'jarap-member': {
      says: 'A member of the Joint Audit, Risk and Assurance Panel.',
      label: 'Audit panel (JARAP) member',
    },
    'panel-member': {
      says: 'A member of the Police and Crime Panel.',
      label: 'Police and Crime Panel member',
    },
    external: {
      says: 'A post of a body outside, such as an auditors’ firm or an inspectorate. It cannot sign in: an officer types what it said, on the authority of the document that says so.',
      label: 'Outside body',
    },
  }),
  scalar: true,
};
