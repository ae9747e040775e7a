import { pathOfKind, type RecordKind } from '../../../../libs/declarations/index.ts';
import { MUTATIONS, type DeclaredMutation } from '../../../../libs/registers/index.ts';
import { capitalised } from '../../../../libs/wording/index.ts';

/** `raiseAction` → `raise-action`: a command as addresses name it. */
export function inAddress({ name }: Pick<DeclaredMutation, 'name'>): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const BY_ADDRESS: ReadonlyMap<string, DeclaredMutation> = new Map(
  Object.values(MUTATIONS).map((mutation) => [inAddress(mutation), mutation]),
);

/** The command of that address, or null. */
export function commandAt(address: string): DeclaredMutation | null {
  return BY_ADDRESS.get(address) ?? null;
}

/** The address of the form of a command: of what opens a record, or about one. */
export function formAt(mutation: Pick<DeclaredMutation, 'name'>, ref?: string): string {
  return ref === undefined ? `/commands/${inAddress(mutation)}` : `/commands/${inAddress(mutation)}/${ref}`;
}

/** `raiseAction` → `Raise action`, or what its declaration calls it: a command as people read it. */
export function commandInWords({ name, command }: Pick<DeclaredMutation, 'name' | 'command'>): string {
  return command.label ?? capitalised(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}

/** The address of a record, or of the list of its kind. */
export function recordAt(kind: RecordKind, ref?: string): string {
  const list = pathOfKind(kind);
  return ref === undefined ? list : `${list}/${ref}`;
}
