import * as z from "zod";

const text = z.string().optional();
const count = z.number().int().optional();

/** SecurityPolicyDatabase: both members are required. */
const securityPolicySchema = z.strictObject({
  LocalCidrBlock: z.string(),
  RemoteCidrBlock: z.array(z.string()),
});

/** The body of CreateVpnConnection as the SDK (4.1.313) declares it; types only, no rules. */
export const connectionRequestSchema = z.strictObject({
  VpnGatewayId: z.string(),
  CustomerGatewayId: z.string(),
  VpnConnectionName: z.string(),
  PreShareKey: z.string(),
  VpcId: text,
  SecurityPolicyDatabases: z.array(securityPolicySchema).optional(),
  IKEOptionsSpecification: z
    .strictObject({
      PropoEncryAlgorithm: text,
      PropoAuthenAlgorithm: text,
      ExchangeMode: text,
      LocalIdentity: text,
      RemoteIdentity: text,
      LocalAddress: text,
      RemoteAddress: text,
      LocalFqdnName: text,
      RemoteFqdnName: text,
      DhGroupName: text,
      IKESaLifetimeSeconds: count,
      IKEVersion: text,
    })
    .optional(),
  IPSECOptionsSpecification: z
    .strictObject({
      EncryptAlgorithm: text,
      IntegrityAlgorith: text,
      IntegrityAlgorithm: text,
      IPSECSaLifetimeSeconds: count,
      PfsDhGroup: text,
      IPSECSaLifetimeTraffic: count,
    })
    .optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: text })).optional(),
  EnableHealthCheck: z.boolean().optional(),
  HealthCheckLocalIp: text,
  HealthCheckRemoteIp: text,
  HealthCheckConfig: z
    .strictObject({
      ProbeType: text,
      ProbeInterval: count,
      ProbeThreshold: count,
      ProbeTimeout: count,
    })
    .optional(),
  RouteType: text,
  NegotiationType: text,
  DpdEnable: count,
  DpdTimeout: text,
  DpdAction: text,
  Route: z.strictObject({ DestinationCidrBlock: z.string(), Priority: count, Description: text }).optional(),
  BgpConfig: z.strictObject({ TunnelCidr: z.string(), LocalBgpIp: z.string(), RemoteBgpIp: z.string() }).optional(),
});

/** See {@link connectionRequestSchema}. */
export type ConnectionRequest = z.infer<typeof connectionRequestSchema>;
