/** What a call is for, and whether the broker can do its work without it. */
export interface Permission {
  /** The action's name in the vendor's access policies. */
  name: string;
  need: "required" | "optional";
  /** What is done with it; of an optional one, what is missing without it. */
  use: string;
}

/** Advice about access that names the create's permission, made to name the one that this action needs. */
export function toPermissionAdvice(advice: string, ofCreate: Permission, needed: Permission | undefined): string {
  return needed ? advice.replaceAll(ofCreate.name, needed.name) : advice;
}
