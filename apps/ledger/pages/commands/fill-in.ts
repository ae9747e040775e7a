import {
  byKind,
  rowsWritten,
  conditionsWritten,
  shareWritten,
  type Share,
  type Shape,
  type ShapeKind,
  type ShapeOf,
} from '../../../../libs/declarations/index.ts';
import { isDated, type JsonObject, type JsonValue } from '../../../../libs/ledger/index.ts';

/** The box by which a record is named among several. */
export function tickOf(name: string, ref: string): string {
  return `${name}.ticked.${ref}`;
}

/** Boxes and what they are filled with. */
export type Boxes = readonly (readonly [name: string, value: string])[];

type Fill<Of extends Shape = Shape> = (shape: Of, name: string, value: JsonValue) => Boxes;

const asItIs: Fill = (_, name, value) => (typeof value === 'string' ? [[name, value]] : []);

/** What the boxes of a field say for a value of it: as `read-typed.ts` reads it back. A new shape does not compile until it stands here. */
const FILLED: { readonly [Kind in ShapeKind]: Fill<ShapeOf<Kind>> } = {
  line: asItIs,
  words: asItIs,
  digest: asItIs,
  itemNumber: asItIs,
  // A day is written whole, as an address writes it.
  day: asItIs,
  time: asItIs,
  span: (_, name, value) => (isObject(value) && isDated(value) ? members(name, value) : []),
  yesNo: (_, name, value) => (typeof value === 'boolean' ? [[name, value ? 'yes' : 'no']] : []),
  oneOf: asItIs,
  link: asItIs,
  links: ({ inOrder }, name, value) => {
    const refs = Array.isArray(value) ? value.filter((ref) => typeof ref === 'string') : [];
    if (inOrder === true) return refs.length === 0 ? [] : [[name, refs.join(', ')]];
    return refs.map((ref) => [tickOf(name, ref), 'yes'] as const);
  },
  anyRecord: asItIs,
  anyRecords: (_, name, value) => {
    const refs = Array.isArray(value) ? value.filter((ref) => typeof ref === 'string') : [];
    return refs.length === 0 ? [] : [[name, refs.join(', ')]];
  },
  instant: asItIs,
  count: (_, name, value) => (typeof value === 'number' ? [[name, String(value)]] : []),
  share: (_, name, value) => (isObject(value) ? [[name, shareWritten(value as Share)]] : []),
  rows: (shape, name, value) =>
    Array.isArray(value) ? [[name, rowsWritten(shape, value as readonly JsonObject[])]] : [],
  conditions: (_, name, value) => (Array.isArray(value) ? [[name, conditionsWritten(value)]] : []),
  newReference: asItIs,
  due: (_, name, value) =>
    isObject(value)
      ? Object.entries(value).flatMap(([member, of]) =>
          isObject(of) ? members(`${name}.${member}`, of) : members(name, { [member]: of }),
        )
      : [],
  commandId: asItIs,
  reference: asItIs,
  eventOfRecord: asItIs,
  path: asItIs,
  anyValue: (_, name, value) => (value === null || typeof value === 'object' ? [] : [[name, String(value)]]),
  marking: asItIs,
};

/** Fills in the boxes of a field. */
export function filledIn(shape: Shape, name: string, value: JsonValue): Boxes {
  return byKind<Boxes, [string, JsonValue]>(FILLED, shape, name, value);
}

function members(name: string, value: JsonObject): Boxes {
  return Object.entries(value).flatMap(([member, of]) =>
    typeof of === 'string' ? [[`${name}.${member}`, of] as const] : [],
  );
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
