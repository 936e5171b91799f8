/**
 * A text that people write and others read: nothing in it reorders, breaks or hides what is shown on a terminal or a page, and
 * no half of a character, which cannot be stored. Of what nobody can see, only spaces.
 */
export const visibleText = {
  pattern: /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]*$/u,
  detail: "must not contain control or format characters",
} as const;

/** The vendors the broker can create connections at. */
export const providers = ["alibaba", "tencent"] as const;
export type ProviderName = (typeof providers)[number];

/** What a vendor's region is called. */
export const clientTokenPattern = /^[\x21-\x7e]{1,64}$/;

export const regionPattern = /^[a-z]{2}(-[a-z0-9]{1,20}){1,5}$/;

/** What a vendor's gateway or network is called. */
export const providerIdPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/** What a tenant names its vendor credentials by: safe in a path and in a secret's name. */
export const credentialsReferencePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

export const encryptions = [
  "aes128",
  "aes192",
  "aes256",
  "aes128gcm",
  "aes192gcm",
  "aes256gcm",
  "sm4",
  "3des",
  "des",
] as const;
export type Encryption = (typeof encryptions)[number];

export const integrities = ["sha256", "sha384", "sha512", "sm3", "sha1", "md5"] as const;
export type Integrity = (typeof integrities)[number];

export const tunnelRoles = ["primary", "backup"] as const;
export type TunnelRole = (typeof tunnelRoles)[number];

/** Diffie-Hellman groups by their IANA number. */
export const dhGroups = [1, 2, 5, 14, 15, 16, 19, 20, 21, 24] as const;
export type DhGroup = (typeof dhGroups)[number];

export const ikeVersions = ["ikev1", "ikev2"] as const;

export const ikeModes = ["main", "aggressive"] as const;

export const negotiations = ["immediate", "on-traffic", "passive"] as const;
export type Negotiation = (typeof negotiations)[number];

export const routingModes = ["policy", "route", "bgp"] as const;
export type RoutingMode = (typeof routingModes)[number];

/** What a cryptographic choice must not be without `allowWeakCryptography`. */
export const weakEncryptions: readonly Encryption[] = ["des", "3des"];
export const weakIntegrities: readonly Integrity[] = ["md5", "sha1"];
export const weakGroups: readonly DhGroup[] = [1, 2, 5];
