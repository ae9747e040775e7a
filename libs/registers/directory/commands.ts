import type { CivilDate } from '../../ledger/index.ts';

export interface AddBody {
  readonly type: 'AddBody';
  /** The reference it is to have. */
  readonly as: string;
  readonly name: string;
  readonly organisation?: 'OPCC' | 'FORCE' | 'JOINT' | 'PANEL';
}
export interface AddPost {
  readonly type: 'AddPost';
  readonly as: string;
  readonly name: string;
  readonly body?: string;
  readonly capacity?: string;
}
export interface AddPerson {
  readonly type: 'AddPerson';
  readonly name: string;
  readonly contact?: string;
}
export interface AppointHolder {
  readonly type: 'AppointHolder';
  /** The post. */
  readonly ref: string;
  readonly person: string;
  readonly until?: CivilDate;
  readonly interim?: boolean;
  /** Holds it beside whoever holds it already, instead of in their place. */
  readonly shared?: boolean;
}

/** The name under which the identity provider knows a person. Without one: it knows the person no longer. */
export interface SetPersonSubject {
  readonly type: 'SetPersonSubject';
  /** The person. */
  readonly ref: string;
  readonly subject?: string;
}
/** An operator appoints, where nobody else could: the first monitoring officer of a ledger, or a successor. */
export interface AppointMonitoringOfficer {
  readonly type: 'AppointMonitoringOfficer';
  /** The post. */
  readonly ref: string;
  readonly person: string;
  /** Name of the operator. Sealed. */
  readonly operator: string;
}

export type DirectoryCommand =
  AddBody | AddPost | AddPerson | AppointHolder | SetPersonSubject | AppointMonitoringOfficer;
