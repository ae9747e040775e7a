/** A name of the ledger as people read it: `fileName` and `FILE_NAME` → `File name`. */
export function nameInWords(name: string): string {
  const words = /[a-z]/.test(name) ? name.replace(/([a-z0-9])([A-Z])/g, '$1 $2') : name;
  const read = words.replace(/[_.-]+/g, ' ').toLowerCase();
  return read.charAt(0).toUpperCase() + read.slice(1);
}

/** A name in small letters as members of lists and codes are written: `forwardPlanItem` and `forward-plan` → `FORWARD_PLAN_ITEM`, `FORWARD_PLAN`. */
export function inCapitals(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
}

/** What people call a field: its label, else its name in words. */
export function labelOf(field: string, { label }: { readonly label?: string }): string {
  return label ?? nameInWords(field);
}

/** The months by their names, in order. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
