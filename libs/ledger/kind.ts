import { COMMON_PARTS, COMMON_TEXTS, type PartName } from './event.ts';

/** An event kind: (register, type, schema), and the parts that it declares, in the order in which they are committed to. */
export interface EventKind {
  readonly register: string;
  readonly type: string;
  readonly schema: number;
  readonly parts: readonly PartName[];
  /** The text that a reader of the history is shown first, if the kind has one. */
  readonly principalText?: string;
  /** Sealed parts that are compared and never shown: the read models do not open them. */
  readonly unread?: readonly PartName[];
  /** May take effect after today: tenures, scales, rules, calendars, cadences. */
  readonly forwardDated?: boolean;
}

/**
 * Declares a kind.
 *
 * The order of `texts` and `persons` is part of the format: adding, removing or moving one is a new `schema`.
 */
export function kind(
  register: string,
  type: string,
  schema: number,
  own: {
    texts?: readonly string[];
    persons?: readonly string[];
    principal?: string;
    unread?: readonly PartName[];
    forwardDated?: boolean;
  } = {},
): EventKind {
  return {
    register,
    type,
    schema,
    parts: [
      ...COMMON_PARTS,
      ...COMMON_TEXTS.map((field) => `text/${field}` as const),
      ...(own.texts ?? []).map((field) => `text/${field}` as const),
      ...(own.persons ?? []).map((field) => `person/${field}` as const),
    ],
    ...(own.principal === undefined ? {} : { principalText: own.principal }),
    ...(own.unread === undefined ? {} : { unread: own.unread }),
    ...(own.forwardDated === undefined ? {} : { forwardDated: own.forwardDated }),
  };
}
