import { type CodeMeaning, ofClass } from "../../domain/provider/provider-code.ts";

/**
 * Every code of Alibaba Cloud's CreateVpnConnection document, and the common codes of its gateway, by what they mean
 * for the request. Field names in the advice are those of the broker's own request.
 */
export const providerErrors: Readonly<Record<string, CodeMeaning>> = {
  // Refused before it ran.
  ...ofClass("retry", {
    Throttling:
      "Lower the rate of calls from this Alibaba Cloud account: its limit per region and API was reached, and other tools share it.",
    "Throttling.User":
      "Lower the rate of calls from this Alibaba Cloud account: its own limit for the API was reached, and other tools share it.",
    "Throttling.Api":
      "Wait for Alibaba Cloud: the API as a whole is over its limit in this region; if it lasts, ask Alibaba support for a higher rate.",
    "Rejected.Throttling":
      "Lower the rate of calls from this Alibaba Cloud account: the service turned the call away before running it.",
  }),
  ...ofClass(
    "retry",
    {
      "InvalidTimeStamp.Expired":
        "Check the clock (NTP) of the machine that signs: Alibaba Cloud found the time of the signature too far from its own.",
      IllegalTimestamp:
        "Check the clock (NTP) of the machine that signs: Alibaba Cloud does not take the time of the signature.",
    },
    { clock: true },
  ),

  // The gateway, or the same token's first call, is still busy.
  ...ofClass("conflict", {
    "VpnGateway.Configuring":
      "Wait until the VPN gateway is active again: another change to it is running, and Alibaba Cloud takes one per gateway at a time.",
    "VpnTask.CONFLICT":
      "Wait until the VPN gateway is active again, and stop other tools that change it: a task on the same gateway is running.",
    "Appliance.Configuring":
      "Wait until the VPN gateway is active again: Alibaba Cloud is configuring the machine under it.",
    "VpnConnection.Configuring":
      "Wait until every IPsec connection of this VPN gateway has left its configuring state.",
    TaskConflict:
      "Wait until the running task on this VPN gateway or VPC has ended, and stop other tools that change it.",
    OperationConflict:
      "Wait until the other operation on this VPN gateway has ended; the gateway's status in the VPC console shows when.",
    IncorrectStatus:
      "Wait until the VPN gateway and its connections are active again in the VPC console: one is in a state that allows no change.",
    SystemBusy: "Wait for Alibaba Cloud: the VPN service of this region is too busy to take the change now.",
  }),
  ...ofClass(
    "conflict",
    {
      LastTokenProcessing:
        "Wait for the first call with this ClientToken to end, then replay the same token and not a new one.",
      TokenProcessing:
        "Wait for the first call with this ClientToken to end, then replay the same token and not a new one.",
      IdempotenceProcessing:
        "Wait for the first call with this ClientToken to end, then replay the same token and not a new one.",
      IdempotentProcessing:
        "Wait for the first call with this ClientToken to end, then replay the same token and not a new one.",
    },
    { token: "in-progress" },
  ),

  ...ofClass("quota", {
    "Resource.QuotaFull":
      "Delete what is unused on the VPN gateway (connections, routes), or raise the VPN Gateway quota in Alibaba Cloud's Quota Center.",
    "CreateVpnConnectionsQuotaFull.QuotaFull":
      "Delete unused IPsec connections of this VPN gateway, or raise the quota of connections per gateway in Quota Center.",
    "QuotaExceeded.PolicyBasedRoute":
      "Delete unused policy-based routes of the VPN gateway, or raise their quota in Quota Center: each pair of networks needs one.",
    "CreatePbrRoutesQuotaFull.QuotaFull":
      "Delete unused policy-based routes of the VPN gateway, or raise their quota in Quota Center: each pair of networks needs one.",
    "CreateDbrRoutesQuotaFull.QuotaFull":
      "Delete unused destination-based routes of the VPN gateway, or raise their quota in Quota Center.",
  }),

  ...ofClass("validation", {
    // State of the gateway or the account.
    "VpnGateway.FinancialLocked":
      "Pay the overdue bill of the Alibaba Cloud account: the VPN gateway is locked until its business status is Normal.",
    "VpnGateway.IpsecVpnDisabled":
      "Enable the IPsec-VPN feature of the VPN gateway in the VPC console, or name a gateway that has it in vpnGatewayId.",
    "VpnGateway.IPsecServerAndVpnConnectionConflict":
      "Delete the IPsec server of this VPN gateway, or use another gateway: one gateway holds either an IPsec server or IPsec connections.",
    "InvalidAction.NotFound":
      "Check ALIBABA_CLOUD_VPC_ENDPOINT: what answers there does not have this action of the VPC API of 2016-04-28.",
    "OperationUnsupported.SetDPD":
      'Set tunnels[].dpd to "vendor-default", which sends nothing, or upgrade the VPN gateway: its version is too old for the setting.',
    "OperationUnsupported.SetNatTraversal":
      'Set tunnels[].natTraversal to "vendor-default", which sends nothing, or upgrade the VPN gateway: its version is too old for the setting.',
    "OperationUnsupported.EnableBgp":
      'Upgrade the VPN gateway in the VPC console, or use routing.mode "policy" or "route": its version cannot run BGP.',
    "OperationFailed.CenLevelNotSupport":
      'Use routing.mode "policy" or "route", or detach the gateway\'s VPC from the FULL-mode CEN: BGP is not possible while it is attached.',
    "OperationFailed.MissCertificate":
      "Bind a certificate to the national-standard (GM) VPN gateway in the VPC console before creating connections on it.",
    // Routes.
    "VpnRouteEntry.AlreadyExists":
      "Delete the route with the same destination from the VPN gateway's route tables, or set autoConfigureRoutes to false.",
    "VpnRouteEntry.Conflict":
      "Change routing.remoteCidrs, or delete the overlapping route from the VPN gateway's destination-based or policy-based route table.",
    "VpnRouteEntry.ConflictSSL":
      "Change routing.remoteCidrs, or the client address pool of the SSL server on this VPN gateway: the two overlap.",
    "VpnRouteEntry.BackupRoute":
      "Compare the VPN gateway's routes for this destination in the VPC console: the active and the standby one do not fit together.",
    "VpnRouteEntry.InvalidWeight":
      "Set the weight of the VPN gateway's route for this destination to 0 or 100 in the VPC console.",
    "CustomerGateway.ConflictRouteEntry":
      "Change routing.remoteCidrs, or delete the VPN gateway's route that covers the public address of the customer gateway.",
    // Tunnels, keys, BGP.
    "CustomerGateway.ConflictVpnIp":
      "Name another customer gateway in tunnels[].customerGatewayId: its address is that of the VPN gateway itself.",
    "NotSupportVpnConnectionParameter.IpsecPfs":
      "Change tunnels[].ipsec.pfsGroup: Alibaba Cloud documents none and the groups 1, 2, 5 and 14, and this VPN gateway refused the one sent.",
    "NotSupportVpnConnectionParameter.IpsecAuthAlg":
      "Change tunnels[].ipsec.integrity: an ordinary VPN gateway takes md5, sha1, sha256, sha384 or sha512, a national-standard one sm3.",
    "VpnConnectionParamInvalid.SameVpnAndCgwDifferentIkeConfigs":
      "Use the pre-shared key and tunnels[].ike of the existing connection: all between the same VPN and customer gateway must agree.",
    "VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap":
      "Change routing.localCidrs or routing.remoteCidrs: they overlap with another connection between the same VPN and customer gateway.",
    "MissingParameter.TunnelOptionsSpecification":
      'Send two tunnels, roles "primary" and "backup", each with its customerGatewayId: this VPN gateway is a dual-tunnel one.',
    "MissingParam.RemoteId": "Set tunnels[].ike.remoteId: a national-standard (GM) VPN gateway requires it.",
    "MissingParameter.TunnelCidr":
      'Set tunnels[].bgp.tunnelCidr, a /30 inside 169.254.0.0/16: it is required when routing.mode is "bgp".',
    "MissingParam.CustomerGatewayAsn":
      "Name a customer gateway with an ASN in tunnels[].customerGatewayId, or create one: BGP needs the ASN of the peer.",
    "IllegalParam.LocalAsn":
      "Set tunnels[].bgp.localAsn to a number from 1 to 4294967295: Alibaba Cloud advises a private ASN and has 45104 as its default.",
    "IllegalParam.BgpConfig":
      "Check tunnels[].bgp: localAsn, tunnelCidr (a /30 inside 169.254.0.0/16) and localIp (an address of that /30) belong together.",
    "IllegalParam.EnableBgp":
      'Use routing.mode "bgp": BGP is enabled on this VPN gateway, and then each of its connections must use it.',
    "InvalidTunnelCidr.Malformed":
      "Write tunnels[].bgp.tunnelCidr as a /30 network inside 169.254.0.0/16, such as 169.254.11.0/30.",
    "IllegalParam.LocalBgpIp":
      "Set tunnels[].bgp.localIp to one of the two host addresses of tunnels[].bgp.tunnelCidr.",
    "InvalidLocalBgpIp.Malformed":
      "Write tunnels[].bgp.localIp as an IPv4 address: one of the two hosts of tunnels[].bgp.tunnelCidr.",
    "IllegalParam.LocalSubnet":
      "Correct routing.localCidrs: IPv4 networks of the VPC's side, without overlap; for any network use routing.mode route.",
    "IllegalParam.RemoteSubnet":
      "Correct routing.remoteCidrs: IPv4 networks of the customer's side, without overlap; for any network use routing.mode route.",
    // Name and tags.
    "InvalidParameter.VpnConnectionName":
      "Change name: Alibaba Cloud takes 1 to 100 characters (the broker adds 13), not starting with http:// or https://.",
    "Forbidden.TagKey.Duplicated": "Remove the repeated key from tags: Alibaba Cloud has it on this resource already.",
    "Duplicated.TagKey": "Remove the repeated key from tags: Alibaba Cloud takes each key once per resource.",
    "SizeLimitExceeded.TagNum": "Remove some of tags: Alibaba Cloud takes at most 20 per connection.",
    "InvalidParameter.TagKey":
      "Correct the keys of tags: 1 to 64 characters, not starting with aliyun or acs:, without http:// and https://.",
    "InvalidParameter.TagValue":
      "Correct the values of tags: at most 128 characters, not starting with aliyun or acs:, without http:// and https://.",
    // How the call was made.
    IdempotentParameterMismatch:
      "Look for a connection with this name on the VPN gateway first: the ClientToken was used before with other parameters.",
    DryRunOperation:
      "Report this as a defect of the broker: the create went out as a dry run, which passed and created nothing.",
  }),

  // A network that is taken already, though no word of the code says so.
  ...ofClass(
    "validation",
    {
      "IllegalParam.TunnelCidr":
        "Choose another /30 for tunnels[].bgp.tunnelCidr: unique on the gateway, in 169.254.0.0/16, not 169.254.0.0 to 169.254.6.0 nor 169.254.169.252.",
    },
    { mayBeOurs: true },
  ),

  ...ofClass("auth", {
    Forbidden:
      "Allow vpc:CreateVpnConnection in RAM for the key in ALIBABA_CLOUD_ACCESS_KEY_ID, on the VPN gateway and the customer gateway.",
    "Forbbiden.SubUser":
      "Allow vpc:CreateVpnConnection in RAM for the key in ALIBABA_CLOUD_ACCESS_KEY_ID, or use a key of the account that owns the gateways.",
    "Forbidden.RAM":
      "Allow vpc:CreateVpnConnection in a RAM policy of the user or role behind ALIBABA_CLOUD_ACCESS_KEY_ID.",
    NoPermission:
      "Allow vpc:CreateVpnConnection in a RAM policy of the user or role behind ALIBABA_CLOUD_ACCESS_KEY_ID.",
    "Forbidden.RiskControl":
      "Sign in to the Alibaba Cloud account and clear its risk-control notice, or open a ticket: the account is blocked, not the request.",
    "InvalidAccessKeyId.NotFound":
      "Check ALIBABA_CLOUD_ACCESS_KEY_ID: Alibaba Cloud knows no such key; a temporary one also needs ALIBABA_CLOUD_SECURITY_TOKEN.",
    "InvalidAccessKeyId.Inactive":
      "Enable the key in ALIBABA_CLOUD_ACCESS_KEY_ID on the RAM console's AccessKey page, or use an active one.",
    SignatureDoesNotMatch:
      "Check that ALIBABA_CLOUD_ACCESS_KEY_SECRET belongs to ALIBABA_CLOUD_ACCESS_KEY_ID, and that no proxy changes the request.",
    IncompleteSignature:
      "Check that ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are both set, and that no proxy strips headers.",
    "InvalidSecurityToken.Expired":
      "Renew ALIBABA_CLOUD_SECURITY_TOKEN together with its key pair: the temporary credentials have expired.",
    "InvalidSecurityToken.Malformed":
      "Copy ALIBABA_CLOUD_SECURITY_TOKEN again, whole and without spaces, or unset it for a permanent key.",
    "InvalidSecurityToken.MismatchWithAccessKey":
      "Set ALIBABA_CLOUD_SECURITY_TOKEN, ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET from the same STS answer.",
    InvalidCredentials:
      "Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (and ALIBABA_CLOUD_SECURITY_TOKEN for a temporary key): nothing was sent.",
  }),

  ...ofClass("not-found", {
    "InvalidVpnGatewayInstanceId.NotFound":
      "Check vpnGatewayId and region: this account has no such VPN gateway there.",
    "InvalidCustomerGatewayInstanceId.NotFound":
      "Check tunnels[].customerGatewayId and region: this account has no such customer gateway there.",
    "InvalidSslVpnServerCertId.NotFound":
      "Check the certificate bound to the VPN gateway in the VPC console: Alibaba Cloud cannot find it.",
    "InvalidVpnConnectionInstanceId.NotFound":
      "Check the connection's id and region in the VPC console: it was deleted, or is too new to be seen.",
  }),

  ...ofClass("exists", {
    "InvalidVpnConnection.AlreadyExists":
      "Look at the VPN gateway's IPsec connections for one with this name or the same customer gateway: reuse it or delete it.",
  }),

  // Nobody knows whether it took effect; InternalError comes with HTTP 400.
  ...ofClass("ambiguous", {
    InternalError:
      "Look for the connection's name among the VPN gateway's IPsec connections before sending again: Alibaba Cloud failed inside.",
    InternalServerError:
      "Look for the connection's name among the VPN gateway's IPsec connections before sending again: Alibaba Cloud failed inside.",
    ServiceUnavailable:
      "Look for the connection's name among the VPN gateway's IPsec connections before sending again: the service broke off.",
    UnknownError:
      "Look for the connection's name among the VPN gateway's IPsec connections before sending again: Alibaba Cloud gave no cause.",
    SignatureNonceUsed:
      "Look for a proxy that sends requests twice: Alibaba Cloud had this one already, and the first copy may have created the connection.",
  }),
  ...ofClass(
    "ambiguous",
    {
      IdempotentFailed:
        "Look for the connection's name on the VPN gateway, and use a new ClientToken only if it is absent: the token's first call failed.",
    },
    { token: "failed" },
  ),
};
