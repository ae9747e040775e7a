import { kindSpelt } from '../../../../libs/declarations/index.ts';
import type { OfferedMutation } from '../../ledger.ts';
import { whoMay } from '../../graphql/commands/mutations-sdl.ts';
import type { RecordPart } from '../frame/record/record-part.ts';
import type { Visit } from '../frame/visits.ts';
import { commandInWords, formAt } from './addresses.ts';
import { filledIn } from './fill-in.ts';
import { linkFieldsOf, severalAt } from './several/rows.ts';

/** What somebody may do now, with the ways to the forms, and what they may not, and why. */
export interface OffersShown {
  readonly offered: readonly { readonly text: string; readonly href: string }[];
  readonly others: readonly { readonly text: string; readonly why: string }[];
}

/** Null for whoever may do nothing and to whom nothing need be explained: the public, and readers. `ref`: null for what opens a record. */
export function presentOffers(offers: readonly OfferedMutation[], ref: string | null): OffersShown | null {
  const offered = offers.filter(({ whyNot }) => whyNot === null);
  const others = offers.flatMap((offer) => (offer.whyNot === null ? [] : [{ offer, why: whyNotOffered(offer) }]));
  if (offers.length === 0 || (offered.length === 0 && others.every(({ offer }) => isForbidden(offer)))) return null;
  return {
    offered: offered.map(({ mutation }) => ({
      text: commandInWords(mutation),
      href: formAt(mutation, ref ?? undefined),
    })),
    others: others.map(({ offer, why }) => ({ text: commandInWords(offer.mutation), why })),
  };
}

/** Why a command is not offered, as people read it: whose it is, or what stands in the way. */
export function whyNotOffered({ mutation, whyNot }: OfferedMutation): string {
  if (whyNot === null) return '';
  return whyNot.code === FORBIDDEN ? `This is done ${whoMay(mutation.mayIssue).replace(/^By/, 'by')}` : whyNot.sentence;
}

const FORBIDDEN = 'FORBIDDEN';

/** It is nobody's whom they act as or type for. */
export function isForbidden({ whyNot }: Pick<OfferedMutation, 'whyNot'>): boolean {
  return whyNot?.code === FORBIDDEN;
}

/** The forms that open several records in one go that name this one: the actions of a meeting, the meetings of a body. */
function severalAbout(ref: string, openings: readonly OfferedMutation[]): OffersShown['offered'] {
  const kind = kindSpelt(ref);
  return openings.flatMap(({ mutation, whyNot }) => {
    const link = whyNot === null ? linkFieldsOf(mutation).find((one) => one.kind === kind) : undefined;
    if (link === undefined) return [];
    return [{ text: `${commandInWords(mutation)}: several at once`, href: severalAt(mutation, link, ref) }];
  });
}

/**
 * The way to the form of a command, with these fields filled in; null where it is not offered to the visitor now.
 * @param ref null for a command that opens a record
 */
export async function formOffered(
  { visit, ref }: { readonly visit: Pick<Visit, 'offers'>; readonly ref: string | null },
  type: string,
  values: { readonly [field: string]: string },
): Promise<string | null> {
  const offer = (await visit.offers(ref)).find(({ command, whyNot }) => command.type === type && whyNot === null);
  if (offer === undefined) return null;
  const boxes = new URLSearchParams();
  for (const [field, value] of Object.entries(values))
    for (const box of filledIn(offer.mutation.command.fields[field]!, field, value)) boxes.append(...box);
  return `${formAt(offer.mutation, ref ?? undefined)}?${boxes.toString()}`;
}

/** What may be done about a record, on its page. */
export const offered: RecordPart = {
  template: 'commands/offered.njk',
  async show({ visit, ref }) {
    const offers = presentOffers(await visit.offers(ref), ref);
    return offers === null ? null : { ...offers, several: severalAbout(ref, await visit.offers(null)) };
  },
};
