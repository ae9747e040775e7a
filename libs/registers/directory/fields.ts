import type { Capacity } from '../../access/index.ts';
import { oneOf, type MemberOf, type OneOf } from '../../declarations/index.ts';

export const bodyOrganisation = oneOf('BodyOrganisation', 'To whom a body belongs.', {
  OPCC: 'The Office of the Police and Crime Commissioner.',
  FORCE: 'The police force.',
  JOINT: 'Both together.',
  PANEL: 'The Police and Crime Panel.',
});
export type BodyOrganisation = MemberOf<typeof bodyOrganisation>;

/** What a post acts as. What each may do and see stands in `docs/access.md`. */
export const capacity: OneOf<Capacity> & { readonly scalar: true } = {
  ...oneOf('Capacity', 'What it may do and see. Default: nothing, it cannot sign in.', {
    commissioner: 'The Police and Crime Commissioner.',
    'opcc-officer': 'An officer of the commissioner’s office.',
    'monitoring-officer': 'The monitoring officer.',
    'force-lead': 'Whoever leads on a matter in the force.',
    'internal-auditor': 'The internal auditor.',
    'jarap-member': 'A member of the Joint Audit, Risk and Assurance Panel.',
    'panel-member': 'A member of the Police and Crime Panel.',
  }),
  scalar: true,
};
