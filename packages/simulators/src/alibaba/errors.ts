import type { VendorAnswer } from "../vendor-call.ts";

/** The code table of the CreateVpnConnection document; `%s` is filled with the problem's detail. */
const documented: Readonly<Record<string, string>> = {
  "Resource.QuotaFull": "The quota of resource is full",
  "InvalidVpnConnection.AlreadyExists": "Vpn connection already exists.",
  "VpnGateway.Configuring": "The specified service is configuring.",
  "VpnGateway.FinancialLocked": "The specified service is financial locked.",
  "VpnGateway.IpsecVpnDisabled": "The vpn gateway does not enable IPSec VPN.",
  "VpnRouteEntry.AlreadyExists": "The specified route entry is already exist.",
  "VpnRouteEntry.Conflict": "The specified route entry has conflict.",
  "NotSupportVpnConnectionParameter.IpsecPfs": "The specified vpn connection ipsec Ipsec Pfs is not support.",
  "NotSupportVpnConnectionParameter.IpsecAuthAlg": "The specified vpn connection ipsec Auth Alg is not support.",
  "VpnRouteEntry.ConflictSSL": "The specified route entry has conflict with SSL client.",
  "VpnRouteEntry.BackupRoute": "Validate backup route entry failed.",
  "VpnRouteEntry.InvalidWeight": "Invalid route entry weight value.",
  "InvalidParameter.VpnConnectionName": "The specified vpn connection name is invalid.",
  "OperationUnsupported.SetDPD": "Current version of the VPN does not support setting DPD.",
  "OperationUnsupported.SetNatTraversal": "Current version of the VPN does not support setting NAT traversal.",
  "QuotaExceeded.PolicyBasedRoute":
    "The maximum number of policy-based routes is exceeded. Existing routes: %s. Routes to be created: %s. Maximum routes: %s.",
  "MissingParameter.TunnelCidr": "The parameter TunnelCidr is mandatory when BGP is enabled.",
  "OperationUnsupported.EnableBgp": "Current version of the VPN does not support enable BGP.",
  "MissingParam.CustomerGatewayAsn": "Asn of customer gateway is mandatory when BGP is enabled.",
  "IllegalParam.LocalAsn": "The specified LocalAsn is invalid.",
  "IllegalParam.BgpConfig": "The specified BgpConfig is invalid.",
  "IllegalParam.EnableBgp": "VPN connection must enable BGP when VPN gateway has enabled BGP.",
  "IllegalParam.TunnelCidr": "The specified TunnelCidr is invalid.",
  "InvalidLocalBgpIp.Malformed": "The specified LocalBgpIp is malformed.",
  "IllegalParam.LocalBgpIp": "The specified LocalBgpIp is invalid.",
  "IllegalParam.LocalSubnet": 'The specified "LocalSubnet" (%s) is invalid.',
  "IllegalParam.RemoteSubnet": 'The specified "RemoteSubnet" (%s) is invalid.',
  "OperationFailed.MissCertificate": "The VPN gateway has not associated any certificates.",
  "MissingParam.RemoteId": "The remote ID is mandatory when creating national standard VPN connection.",
  "OperationFailed.CenLevelNotSupport":
    "When the VPC to which the VPN gateway belongs is attached to a FULL-mode CEN, the VPN gateway cannot enable BGP.",
  "CustomerGateway.ConflictRouteEntry": "The specified customer gateway has conflict with route entry.",
  "VpnTask.CONFLICT": "Vpn task has conflict.",
  "Forbidden.TagKey.Duplicated": "The specified tag key already exists.",
  "SizeLimitExceeded.TagNum": "The maximum number of tags is exceeded.",
  "InvalidParameter.TagValue": "The specified parameter TagValue is invalid.",
  "InvalidParameter.TagKey": "The specified parameter TagKey is invalid.",
  "Duplicated.TagKey": "The specified parameter TagKey is duplicated.",
  InternalError: "The request processing has failed due to some unknown error, exception or failure.",
  "InvalidTunnelCidr.Malformed": "The specified TunnelCidr is malformed.",
  "VpnConnectionParamInvalid.SameVpnAndCgwDifferentIkeConfigs":
    "IPSec connections associated with the same user gateway and VPN gateway should have the same pre-shared key and IKE configuration.",
  "VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap":
    "Traffic selectors of IPSec connections associated with the same user gateway and VPN gateway should not overlap.",
  "CustomerGateway.ConflictVpnIp":
    "The customer gateway associated with the IPSec connection should not have the same IP address as the VPN gateway.",
  "VpnGateway.IPsecServerAndVpnConnectionConflict":
    "The IPSec connection and IPSec server cannot be configured on the same VPN gateway at the same time.",
  "InvalidSslVpnServerCertId.NotFound":
    "The parameter is incorrect. The corresponding SSL VPN server certificate cannot be found.",
  "MissingParameter.TunnelOptionsSpecification":
    "The required parameters are missing when creating a tunnel for dual-tunnel VPN.",
  "CreateDbrRoutesQuotaFull.QuotaFull": "The number of created destination routes exceeds the quota limit.",
  "CreatePbrRoutesQuotaFull.QuotaFull": "The number of policy routes exceeds the quota limit.",
  "CreateVpnConnectionsQuotaFull.QuotaFull": "The number of VPN connections exceeds the quota limit.",
  "Forbbiden.SubUser":
    "User not authorized to operate on the specified resource as your account is created by another user.",
  Forbidden: "User not authorized to operate on the specified resource.",
  "InvalidCustomerGatewayInstanceId.NotFound": "The specified customer gateway instance id does not exist.",
  "InvalidVpnGatewayInstanceId.NotFound": "The specified vpn gateway instance id does not exist.",
};

/** Codes of the platform and of the other VPN actions. */
const common: Readonly<Record<string, string>> = {
  "InvalidVpnConnectionInstanceId.NotFound": "The specified vpn connection instance id does not exist.",
  IdempotentParameterMismatch: "The request uses the same client token as a previous, but non-identical request.",
  "Forbidden.RAM": "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
  DryRunOperation: "Request validation has been passed with DryRun flag set.",
  "Throttling.User": "Request was denied due to user flow control.",
  "InvalidRegionId.NotFound": "The specified region is not found during access authentication.",
  "InvalidAction.NotFound": "Specified api is not found, please check your url and method.",
  InvalidVersion: "Specified parameter Version is not valid.",
  "InvalidAccessKeyId.NotFound": "Specified access key is not found.",
  SignatureDoesNotMatch: "Specified signature is not matched with our calculation.",
  IncompleteSignature: "The request signature does not conform to Aliyun standards.",
  "InvalidTimeStamp.Expired": "Specified time stamp or date value is expired.",
  SignatureNonceUsed: "Specified signature nonce was used already.",
  ServiceUnavailable: "The request has failed due to a temporary failure of the server.",
};

const statuses: Readonly<Record<string, number>> = {
  Forbidden: 403,
  "Forbbiden.SubUser": 403,
  // The one not-found code that the document lists under 400.
  "InvalidSslVpnServerCertId.NotFound": 400,
  ServiceUnavailable: 503,
};

/** An error answer in Alibaba's shape; a code of neither table gets a message that repeats it. */
export function errorAnswer(
  requestId: string,
  code: string,
  status = statuses[code] ?? (code.endsWith(".NotFound") ? 404 : 400),
  message = problemMessage(code),
): VendorAnswer {
  return {
    status,
    code,
    body: {
      RequestId: requestId,
      Message: message,
      Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&product=Vpc`,
      HostId: "vpc.aliyuncs.com",
      Code: code,
    },
  };
}

/** The documented message of a code, its gaps filled with the details, separated by `|`. */
export function problemMessage(code: string, detail?: string): string {
  const template = documented[code] ?? common[code];
  if (template === undefined) return detail ?? `The request was refused: ${code}.`;
  const details = (detail ?? "").split("|");
  return template.replaceAll("%s", () => details.shift() ?? "");
}
