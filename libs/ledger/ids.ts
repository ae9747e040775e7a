const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for a UUID, of any version, however its letters are written. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** A UUID (version 8) of the first half of a digest, in hexadecimal: the same of the same. */
export function uuidOfDigest(digest: string): string {
  const variant = ((parseInt(digest[16]!, 16) & 3) | 8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
