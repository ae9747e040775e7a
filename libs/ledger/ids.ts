const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for a UUID, of any version, however its letters are written. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
