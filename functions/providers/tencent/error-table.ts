import { type CodeMeaning, ofClass } from "../../domain/provider/provider-code.ts";

/**
 * Every code of Tencent Cloud's CreateVpnConnection document, and the common codes of its API, by what they mean for
 * the request. Field names in the advice are those of the broker's own request.
 */
export const providerErrors: Readonly<Record<string, CodeMeaning>> = {
  // Refused before it ran.
  ...ofClass("retry", {
    RequestLimitExceeded:
      "Lower the rate of calls from this Tencent Cloud account: the action's limit was reached (100 a second for a create), and other tools share it.",
    "RequestLimitExceeded.IPLimitExceeded":
      "Lower the rate of calls from this address: Tencent Cloud counts calls per source IP, and others behind the same NAT share it.",
    "RequestLimitExceeded.UinLimitExceeded":
      "Lower the rate of calls from this Tencent Cloud account: its limit for the action was reached, and other tools share it.",
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded":
      "Lower the rate of calls from this Tencent Cloud account: its limit over all regions was reached.",
  }),
  ...ofClass(
    "retry",
    {
      "AuthFailure.SignatureExpire":
        "Check the clock (NTP) of the machine that signs: Tencent Cloud allows five minutes of difference.",
    },
    { clock: true },
  ),

  ...ofClass("conflict", {
    ResourceInUse:
      "Wait until the VPN gateway, customer gateway or network that is in use is free, and look for a connection that holds it already.",
    "UnsupportedOperation.InvalidState":
      "Wait until the VPN gateway is AVAILABLE in the VPC console: it, or a tunnel of it, is in a state that allows no change.",
    "UnsupportedOperation.TagAllocate":
      "Wait until Tencent Cloud has finished making the tags of this request; the Tag console shows them.",
    "UnsupportedOperation.TagFree":
      "Wait until Tencent Cloud has finished deleting the tags of this request, then let it make them anew.",
    "UnsupportedOperation.MutexOperationTaskRunning":
      "Wait for the running task on this VPN gateway to end, and stop other tools that change it.",
    "UnsupportedOperation.ResourceProcessing":
      "Wait until the VPN gateway or tunnel has left its processing state in the VPC console.",
    "UnsupportedOperation.DeleteVpnConnInvalidState":
      "Wait until the tunnel is AVAILABLE in the VPC console: in its state now it cannot be deleted.",
    "UnsupportedOperation.VpnConnInvalidState":
      "Wait until the tunnel is AVAILABLE in the VPC console: in its state now it cannot be changed.",
    "OperationDenied.MutexTaskRunning":
      "Wait for the running task on this VPN gateway to end, and stop other tools that change it.",
    ResourceBusy: "Wait until the VPN gateway has finished its current change, and stop other tools that change it.",
    ActionLocked: "Wait until the operation that holds the lock on this VPN gateway has ended.",
    ResourceUnavailable:
      "Check that the VPN gateway is AVAILABLE and not isolated for an unpaid bill in the VPC console, or wait until it is.",
  }),

  ...ofClass("quota", {
    LimitExceeded:
      "Delete unused VPN tunnels of the gateway, or ask Tencent Cloud in a ticket for a higher quota of VPN tunnels per gateway.",
    ResourceInsufficient: "Ask Tencent Cloud in a ticket for more of the resource: it has none left there now.",
    "InvalidParameterValue.TagNotAllocatedQuota":
      "Ask Tencent Cloud in a ticket for a tag quota: the account has none allocated.",
    "LimitExceeded.TagKeyExceeded":
      "Delete unused tag keys in the Tag console: the account has reached its number of keys.",
    "LimitExceeded.TagKeyPerResourceExceeded":
      "Ask Tencent Cloud in a ticket for more tag keys per resource: the connection would have more than the quota of the account allows.",
    "LimitExceeded.TagNotEnoughQuota":
      "Delete unused tags in the Tag console: the account's tag quota does not cover this request.",
    "LimitExceeded.TagQuota":
      "Delete unused tags in the Tag console: the account's tag quota is used up, and so nothing was created.",
    "LimitExceeded.TagQuotaExceeded":
      "Delete unused tags in the Tag console, or ask Tencent Cloud in a ticket for a higher tag quota.",
    "LimitExceeded.TagTagsExceeded":
      "Delete unused keys in the Tag console: the number of tag keys has reached its limit.",
  }),

  ...ofClass("validation", {
    // Form of the request.
    InvalidParameter:
      "Compare the request with Tencent Cloud's CreateVpnConnection document: a parameter has the wrong form or type.",
    "InvalidParameter.Coexist":
      "Remove one of the fields that exclude each other, such as routing pairs with BGP or a health check with a policy route.",
    "InvalidParameterValue.Duplicate":
      "Remove the value that is given twice in routing or tags, or that another connection of the VPN gateway has already.",
    "InvalidParameterValue.Empty":
      "Fill in the empty field: name, vpnGatewayId, tunnels[0].customerGatewayId and vpcId (for a VPC gateway) must have values.",
    "InvalidParameterValue.Malformed":
      "Correct the form of ids, networks and addresses: ids begin with vpngw-, cgw- and vpc-, and networks have no host bits.",
    "InvalidParameterValue.TooLong":
      "Shorten name (60 characters at Tencent Cloud, of which the broker adds 13) or another long text value.",
    MissingParameter:
      "Add the missing field: Tencent Cloud needs name, vpnGatewayId, tunnels[0].customerGatewayId, a key, and vpcId for a VPC gateway.",
    UnknownParameter:
      "Report this as a defect of the broker: it sent a parameter that Tencent Cloud's API version 2017-03-12 does not have.",
    InvalidAction:
      "Check that TENCENTCLOUD_VPC_ENDPOINT is an address of Tencent Cloud's VPC API: it does not know the action.",
    NoSuchVersion:
      "Check that TENCENTCLOUD_VPC_ENDPOINT is an address of Tencent Cloud's VPC API: it does not know version 2017-03-12.",
    NoSuchProduct:
      "Check that TENCENTCLOUD_VPC_ENDPOINT is an address of Tencent Cloud's VPC API: it does not know the product.",
    UnsupportedRegion:
      "Correct region: Tencent Cloud's VPC API has none of this name; ap-guangzhou and ap-shanghai are examples.",
    RequestSizeLimitExceeded:
      "Shorten the request: merge networks in routing and remove tags until it is under Tencent Cloud's size limit.",
    // Networks, health check and routing.
    "InvalidParameterValue.VpcCidrConflict":
      "Change the remote networks in routing: one overlaps with the CIDR of the VPC in vpcId.",
    "InvalidParameterValue.VpnConnCidrConflict":
      "Change the remote networks in routing: one overlaps with a tunnel that the VPN gateway has already.",
    "InvalidParameterValue.VpnConnSpdCidrConflict":
      "Change the local and remote networks in routing: one pair overlaps with the policies (SPD) of another tunnel of the gateway.",
    "InvalidParameterValue.VpnConnHealthCheckIpConflict":
      "Change healthCheck.sourceIp and healthCheck.targetIp: another tunnel of the VPN gateway probes with these addresses.",
    "UnsupportedOperation.VpnConnCidrNotSupportedHealthCheck":
      "Turn off healthCheck, or change the networks in routing: Tencent Cloud runs no health check on a tunnel with these networks.",
    "UnsupportedOperation.VpnConnDestCidrConflictWithPrivateNet":
      "Change the remote networks in routing: one overlaps with a private network on Tencent Cloud's side.",
    "UnsupportedOperation.VpnConnRouteTypeMixed":
      "Use the routing.mode of the VPN gateway's other tunnels, or another gateway: one gateway does not mix these modes.",
    "UnsupportedOperation.VpnConnSPDOverlap":
      "Change the local and remote networks in routing: they overlap with the policies (SPD) of another tunnel of the gateway.",
    // BGP.
    "InvalidParameterValue.VpnConnBgpTunnelCidrConflict":
      "Change tunnels[0].bgp.tunnelCidr: it overlaps with the BGP network of another tunnel.",
    "InvalidParameterValue.VpnConnBgpTunnelCidrMask":
      "Write tunnels[0].bgp.tunnelCidr with the mask /30, such as 169.254.128.0/30.",
    "InvalidParameterValue.VpnConnBgpTunnelCidrNotSupported":
      "Set tunnels[0].bgp.localIp and tunnels[0].bgp.remoteIp to the two host addresses of tunnels[0].bgp.tunnelCidr.",
    "UnsupportedOperation.VpnUnsupportedBgp":
      'Use routing.mode "policy" or "route", or a VPN gateway that can run BGP: this one cannot.',
    "UnsupportedOperation.VpnUnsupportedBgpAsnEqual":
      "Use a customer gateway with another BGP ASN: this one's equals that of the VPN gateway or of another tunnel's peer.",
    "UnsupportedOperation.VpnUnsupportedNotExistBgpAsn":
      "Give the VPN gateway a BGP ASN (1 to 4294967295, not 45090, 58835 or 139341) in the VPC console, or use another routing.mode.",
    "UnsupportedOperation.VpnUnsupportedUsrGwNotExistBgpAsn":
      "Use a customer gateway with a BGP ASN in tunnels[0].customerGatewayId: Tencent Cloud sets one only for accounts it has enabled for BGP.",
    // State of the gateway or the account.
    UnsupportedOperation:
      "Check the VPN gateway's type and version in the VPC console: it does not support this combination of routing, tunnels and healthCheck.",
    "UnsupportedOperation.VersionNotSupported":
      "Use a newer VPN gateway or leave out what needs it: GCM encryption, for one, needs version 4.0.",
    "UnsupportedOperation.VpnGwVpcIdMustHave":
      "Set vpcId to the VPC of the VPN gateway: a gateway of the VPC type requires it.",
    "UnsupportedOperation.VpnGwVpcIdNotHave": "Remove vpcId: the VPN gateway is of the CCN type and belongs to no VPC.",
    "FailedOperation.BalanceInsufficient":
      "Top up the Tencent Cloud account in the billing console: its balance does not cover the operation.",
    "UnsupportedOperation.InsufficientFunds":
      "Top up the Tencent Cloud account in the billing console: its balance does not cover the operation.",
    "UnsupportedOperation.UnpaidOrderAlreadyExists":
      "Pay or cancel the open order of the VPN gateway in Tencent Cloud's billing console.",
    // Tags.
    "InvalidParameterValue.TagDuplicateKey":
      "Remove the repeated key from tags: Tencent Cloud takes each key once per resource.",
    "InvalidParameterValue.TagDuplicateResourceType":
      "Leave tags out and add them in the Tag console afterwards: Tencent Cloud got the same resource type twice for them.",
    "InvalidParameterValue.TagInvalidKey":
      "Change the keys of tags: Tencent Cloud refused a character or a reserved beginning, such as qcs or project.",
    "InvalidParameterValue.TagInvalidKeyLen":
      "Shorten the keys of tags, and leave none empty: Tencent Cloud refused the length of one.",
    "InvalidParameterValue.TagInvalidVal":
      "Change the values of tags: Tencent Cloud refused a character or the length of one.",
    "InvalidParameterValue.TagKeyNotExists":
      "Create the tag key in Tencent Cloud's Tag console first, or remove it from tags.",
    "InvalidParameterValue.TagNotExisted":
      "Create the tag, its key and value, in Tencent Cloud's Tag console first, or remove it from tags.",
    "InvalidParameterValue.TagNotSupportTag":
      "Remove the tag from tags: Tencent Cloud does not support it on a VPN tunnel.",
    "InvalidParameterValue.TagResourceFormatError":
      "Leave tags out and add them in the Tag console afterwards: Tencent Cloud refused the resource name built for them.",
    "InvalidParameterValue.TagTimestampExceeded":
      "Leave tags out and add them in the Tag console afterwards: Tencent Cloud's count of tag changes for now is used up.",
    "InvalidParameterValue.TagValNotExists":
      "Create the tag value under its key in Tencent Cloud's Tag console first, or remove it from tags.",
    "UnsupportedOperation.TagSystemReservedTagKey":
      "Change the key in tags: Tencent Cloud reserves it for its own system tags.",
  }),

  ...ofClass("auth", {
    "AuthFailure.InvalidAuthorization":
      "Check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY for spaces or line ends, and for a proxy that changes the Authorization header.",
    "AuthFailure.InvalidSecretId":
      "Set TENCENTCLOUD_SECRET_ID to a key for the cloud API, from the CAM console's API keys page: this is one of another kind.",
    "AuthFailure.MFAFailure":
      "Use a sub-user's key in TENCENTCLOUD_SECRET_ID that needs no MFA for the VPC API, or change that protection in CAM.",
    "AuthFailure.SecretIdNotFound":
      "Check TENCENTCLOUD_SECRET_ID on the CAM console's API keys page: the key was deleted, disabled or mistyped.",
    "AuthFailure.SignatureFailure":
      "Check that TENCENTCLOUD_SECRET_KEY belongs to TENCENTCLOUD_SECRET_ID, and that no proxy changes the request.",
    "AuthFailure.TokenFailure":
      "Renew TENCENTCLOUD_TOKEN together with its TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or unset it for a permanent key.",
    "AuthFailure.UnauthorizedOperation":
      "Allow vpc:CreateVpnConnection in a CAM policy of the user or role behind TENCENTCLOUD_SECRET_ID.",
    UnauthorizedOperation:
      "Allow vpc:CreateVpnConnection in a CAM policy of the user or role behind TENCENTCLOUD_SECRET_ID.",
    "UnsupportedOperation.TagNotPermit":
      "Allow the tag actions in a CAM policy of the user behind TENCENTCLOUD_SECRET_ID, or leave tags out.",
    IpInBlacklist:
      "Remove this machine's outgoing address from the account's IP block list, or check the key in TENCENTCLOUD_SECRET_ID.",
    IpNotInWhitelist:
      "Add this machine's outgoing address to the IP allow list of the account or of the key in TENCENTCLOUD_SECRET_ID.",
  }),

  ...ofClass("not-found", {
    ResourceNotFound:
      "Check vpnGatewayId, tunnels[0].customerGatewayId, vpcId and region: this account has not all of them there.",
    "InvalidVpnGatewayId.NotFound": "Check vpnGatewayId and region: this account has no such VPN gateway there.",
    "UnsupportedOperation.RecordNotExists":
      "Check the ids in the request and region in the VPC console: the record was deleted, or is too new to be seen.",
  }),

  // No `exists`: Tencent Cloud reports a second connection only as an overlap or a duplicate.

  // Nobody knows whether it took effect, and there is no client token to send again with.
  ...ofClass("ambiguous", {
    InternalError:
      "Look for the tunnel's name on the VPN gateway in the VPC console before sending again: Tencent Cloud failed inside.",
    "InternalError.ModuleError":
      "Look for the tunnel's name on the VPN gateway in the VPC console before sending again: a module of Tencent Cloud failed.",
    InternalServerError:
      "Look for the tunnel's name on the VPN gateway in the VPC console before sending again: Tencent Cloud failed inside.",
    FailedOperation:
      "Look for the tunnel's name on the VPN gateway in the VPC console before sending again: the operation failed at an unknown point.",
    "FailedOperation.TaskFailed":
      "Look for a left-over tunnel of this name on the VPN gateway in the VPC console, and delete it before sending again: the task failed.",
    ServiceUnavailable:
      "Look for the tunnel's name on the VPN gateway in the VPC console before sending again: the service broke off.",
  }),
};
