/** What a call is for, and whether the broker can do its work without it. */
export interface Permission {
  /** The action's name in the vendor's access policies. */
  name: string;
  need: "required" | "optional";
  /** What is done with it; of an optional one, what is missing without it. */
  use: string;
}

export const required = (name: string, use: string): Permission => ({ name, need: "required", use });
export const optional = (name: string, use: string): Permission => ({ name, need: "optional", use });

/** What vendors answer when the credentials are good and a permission is missing. */
const denied =
  /^(forbidden$|forbidden\.ram|forb(b|d)iden\.subuser|nopermission|(authfailure\.)?unauthorizedoperation)/i;

export function isDenied(code: string | undefined): boolean {
  return code !== undefined && denied.test(code);
}

/** Advice about access that names the create's permission, made to name the one that this action needs. */
export function toPermissionAdvice(advice: string, ofCreate: Permission, needed: Permission | undefined): string {
  return needed ? advice.replaceAll(ofCreate.name, needed.name) : advice;
}
