/** What a member of a body means, for documents only: no check is made from it. */
export interface Member {
  description: string;
  /** What it is called at each vendor that has it, as paths into the parameters of `CreateVpnConnection`. */
  alibaba?: readonly string[];
  tencent?: readonly string[];
}

/** A description for each member of a type. */
export type MembersOf<Type> = Readonly<Record<keyof Required<Type>, Member>>;
