/**
 * The domain says no. A value, never an exception: refusing is part of what a register means.
 *
 * `code` is stable and listed in the register's `refusals.ts` in the order in which decisions check; `sentence` is for
 * the person who asked, in words they can act on; `field` names the input at fault, if it is one.
 */
export interface Refusal {
  readonly code: string;
  readonly sentence: string;
  readonly field?: string;
}

/** Codes and sentences of a register, in the order in which they are checked. A sentence may hold `{name}` for a value. */
export type Refusals = { readonly [code: string]: string };

/**
 * Makes the function that refuses with one of the listed codes.
 *
 * @example const refuse = refusing(REFUSALS); return refuse('NOT_AGREED', { field: 'ref', values: { ref } });
 */
export function refusing<Codes extends Refusals>(refusals: Codes) {
  return (
    code: keyof Codes & string,
    about: { field?: string | undefined; values?: Readonly<Record<string, string | number>> | undefined } = {},
  ): Refusal => ({
    code,
    sentence: (refusals[code] ?? '').replace(/\{(\w+)\}/g, (_, name: string) =>
      String(about.values?.[name] ?? `{${name}}`),
    ),
    ...(about.field === undefined ? {} : { field: about.field }),
  });
}

/**
 * Makes of such a function the one with which a decision answers that it refuses.
 *
 * @example const no = deciding(refuse); return no('NOT_AGREED', 'ref', { ref });
 */
export function deciding<Code extends string>(
  refuse: (
    code: Code,
    about: { field?: string | undefined; values?: Readonly<Record<string, string | number>> | undefined },
  ) => Refusal,
) {
  return (
    code: Code,
    field?: string,
    values?: Readonly<Record<string, string | number>>,
  ): { readonly refusal: Refusal } => ({ refusal: refuse(code, { field, values }) });
}
