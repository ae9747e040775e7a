/**
 * The subject by which an identity provider knows somebody, as it is compared: composed (NFC), without space around it, in small
 * letters. Providers write the same person's subject in more than one way, and people type it in more.
 */
export function subjectAsCompared(subject: string): string {
  return subject.normalize('NFC').trim().toLowerCase().normalize('NFC');
}
