import * as z from "zod";
import { formatNetwork, isAddress, parseNetwork } from "../network/cidr.ts";
import {
  dhGroups,
  encryptions,
  ikeModes,
  ikeVersions,
  integrities,
  negotiations,
  providerIdPattern,
  providers,
  regionPattern,
  clientTokenPattern,
  routingModes,
  tunnelRoles,
  visibleText,
} from "../values.ts";

/** Characters that both vendors accept in a pre-shared key: Alibaba's documented set. */
const keyPattern = /^[A-Za-z0-9~!`@#$%^&*()_\-+={}[\]|;:',.<>/?]{1,100}$/;

const whole = (minimum: number, maximum: number) => z.int().min(minimum).max(maximum);
/** Where no vendor documents an upper bound: what a 32-bit number holds. */
const most = 2_147_483_647;

/** In place of a setting: nothing is sent, for gateways too old for the parameter. The vendor's own value counts then. */
export const vendorDefault = "vendor-default";
const orVendorDefault = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.literal(vendorDefault)]);

/** A number, or its two halves of 16 bits as `high.low` (Alibaba's document on BgpConfig.LocalAsn). */
const asn = z.union([
  whole(1, 4_294_967_295),
  z
    .string()
    .regex(/^\d{1,5}\.\d{1,5}$/, "must be a number, or high.low such as 123.456")
    .refine(
      (text) => text.split(".").every((half) => Number(half) <= 65_535) && /[1-9]/.test(text),
      "must have two halves of 16 bits, and not be 0",
    )
    .meta({ description: "Its two halves of 16 bits, such as 123.456." }),
]);
const providerId = z.string().regex(providerIdPattern, "must be a vendor's id: 1 to 64 letters, digits and hyphens");
const address = z.string().refine(isAddress, "must be an IPv4 address such as 10.0.0.1").meta({ format: "ipv4" });
const identity = z.string().regex(/^[\x21-\x7e]{1,100}$/, "must be 1 to 100 printable ASCII characters without spaces");

const network = z
  .string()
  .check((context) => {
    const found = parseNetwork(context.value);
    const report = (message: string) => context.issues.push({ code: "custom", message, input: context.value });
    if (!found) report("must be an IPv4 network such as 10.0.0.0/24");
    else if (formatNetwork(found) !== context.value) report(`has host bits set; did you mean ${formatNetwork(found)}?`);
  })
  .meta({
    description: "An IPv4 network with no host bits set, such as 10.0.0.0/24.",
    pattern: String.raw`^(\d{1,3}\.){3}\d{1,3}/\d{1,2}$`,
  });
const networks = z.array(network).min(1).max(50);

/** Strict: what a URL parser would trim or mend is refused, so that what is stored is what is called. */
export const callbackUrl = z
  .string()
  .max(2048)
  .refine((text) => /^https?:\/\/[\x21-\x7e]+$/.test(text) && URL.canParse(text), "must be an http or https URL")
  .meta({ format: "uri" });

const visible = z.string().regex(visibleText.pattern, visibleText.detail);
const name = visible
  .refine((text) => text.length > 0 && [...text].length <= 47, "must have 1 to 47 characters")
  .refine((text) => text.trim() === text, "must have no space at either end")
  .refine((text) => !/^https?:\/\//i.test(text), "must not start with http:// or https://")
  .meta({ minLength: 1, maxLength: 47, pattern: String.raw`^(?![hH][tT][tT][pP][sS]?://)\S(.*\S)?$` });

const tagForm = "Does not start with aliyun or acs:, and has no http:// or https:// in it, in whatever case.";
const tagKey = visible
  .refine((text) => text.length > 0 && [...text].length <= 64, "must have 1 to 64 characters")
  .refine((text) => !/^(aliyun|acs:)/i.test(text), "must not start with aliyun or acs:")
  .refine((text) => !/https?:\/\//i.test(text), "must not contain http:// or https://")
  .meta({ minLength: 1, maxLength: 64, description: `A key. ${tagForm}` });
const tagValue = visible
  .refine((text) => [...text].length <= 128, "must have at most 128 characters")
  .refine((text) => !/^(aliyun|acs:)/i.test(text), "must not start with aliyun or acs:")
  .refine((text) => !/https?:\/\//i.test(text), "must not contain http:// or https://")
  .meta({ maxLength: 128, description: `A value. ${tagForm}` });

const tunnel = z
  .strictObject({
    role: z.enum(tunnelRoles).exactOptional(),
    customerGatewayId: providerId,
    preSharedKey: z
      .string()
      .regex(keyPattern, "must be 1 to 100 letters, digits and ~!`@#$%^&*()_-+={}[]|;:',.<>/? without spaces")
      .exactOptional(),
    ike: z
      .strictObject({
        version: z.enum(ikeVersions).exactOptional(),
        mode: z.enum(ikeModes).exactOptional(),
        encryption: z.enum(encryptions).exactOptional(),
        integrity: z.enum(integrities).exactOptional(),
        dhGroup: z.literal(dhGroups).exactOptional(),
        lifetimeSeconds: whole(0, 604_800).exactOptional(),
        localId: identity.exactOptional(),
        remoteId: identity.exactOptional(),
      })
      .meta({ id: "IkeSettings" })
      .exactOptional(),
    ipsec: z
      .strictObject({
        encryption: z.enum(encryptions).exactOptional(),
        integrity: z.enum(integrities).exactOptional(),
        pfsGroup: z.literal(["none", ...dhGroups]).exactOptional(),
        lifetimeSeconds: whole(0, 604_800).exactOptional(),
        lifetimeKilobytes: whole(2560, 4_294_967_295).exactOptional(),
      })
      .meta({ id: "IpsecSettings" })
      .exactOptional(),
    dpd: orVendorDefault(
      z
        .strictObject({
          enabled: z.boolean().exactOptional(),
          // Tencent's document has no bounds; its Terraform provider has 30 to 60, which no document supports.
          timeoutSeconds: whole(1, most).exactOptional(),
          action: z.enum(["clear", "restart"]).exactOptional(),
        })
        .meta({ id: "DpdSettings" }),
    ).exactOptional(),
    natTraversal: orVendorDefault(z.boolean()).exactOptional(),
    bgp: z
      .strictObject({
        localAsn: asn.exactOptional(),
        tunnelCidr: network,
        localIp: address.exactOptional(),
        remoteIp: address.exactOptional(),
      })
      .meta({ id: "BgpSettings" })
      .exactOptional(),
    remoteCaCertificate: z
      .string()
      .max(8192)
      .regex(
        /^-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----\s*$/,
        "must be one certificate in PEM form",
      )
      .exactOptional(),
  })
  .meta({ id: "Tunnel" });

/** The normalized create request as a caller sends it: strict, and nothing filled in. */
export const createRequestSchema = z.strictObject({
  clientToken: z
    .string()
    .regex(clientTokenPattern, "must be 1 to 64 printable ASCII characters without spaces")
    .exactOptional(),
  provider: z.enum(providers),
  region: z.string().regex(regionPattern, "must be a vendor's region id such as cn-shanghai"),
  name,
  vpnGatewayId: providerId,
  vpcId: providerId.exactOptional(),
  routing: z
    .strictObject({
      mode: z.enum(routingModes),
      localCidrs: networks.exactOptional(),
      remoteCidrs: networks.exactOptional(),
      pairs: z
        .array(z.strictObject({ local: network, remotes: networks }).meta({ id: "RoutingPair" }))
        .min(1)
        .max(50)
        .exactOptional(),
    })
    .meta({ id: "Routing" }),
  tunnels: z.array(tunnel).min(1).max(2),
  negotiation: z.enum(negotiations).exactOptional(),
  autoConfigureRoutes: z.boolean().exactOptional(),
  healthCheck: z
    .strictObject({
      enabled: z.boolean(),
      sourceIp: address.exactOptional(),
      targetIp: address.exactOptional(),
      // In milliseconds at most; what each vendor takes is a rule.
      intervalSeconds: z.number().min(1).max(most).multipleOf(0.001).exactOptional(),
      retries: whole(1, most).exactOptional(),
      timeoutMilliseconds: whole(10, 5000).exactOptional(),
    })
    .meta({ id: "HealthCheck" })
    .exactOptional(),
  tags: z
    .record(tagKey, tagValue)
    .refine((tags) => Object.keys(tags).length <= 20, "must have at most 20 tags")
    .meta({ maxProperties: 20, description: "Tags at the vendor, by key." })
    .exactOptional(),
  allowWeakCryptography: z.boolean().exactOptional(),
  allowDuplicate: z.boolean().exactOptional(),
  timeoutSeconds: whole(60, 86_400).exactOptional(),
  queueTimeoutSeconds: whole(60, 86_400).exactOptional(),
  callback: z.strictObject({ url: callbackUrl }).meta({ id: "Callback" }).exactOptional(),
});

/** A create request that passed every check, as it was received. */
export type CreateRequest = z.infer<typeof createRequestSchema>;
export type TunnelRequest = CreateRequest["tunnels"][number];
