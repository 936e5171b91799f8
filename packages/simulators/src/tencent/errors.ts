import type { VendorAnswer } from "../vendor-call.ts";

/** The code table of the CreateVpnConnection document, in the vendor's English wording where it is public. */
const documented: Readonly<Record<string, string>> = {
  "InvalidParameter.Coexist": "The parameters cannot be specified at the same time.",
  "InvalidParameterValue.Duplicate": "The parameter value is a duplicate.",
  "InvalidParameterValue.Empty": "A parameter is missing.",
  "InvalidParameterValue.Malformed": "The parameter format is invalid.",
  "InvalidParameterValue.TagDuplicateKey": "Duplicate tag keys.",
  "InvalidParameterValue.TagDuplicateResourceType": "Duplicate tag resource types.",
  "InvalidParameterValue.TagInvalidKey": "Invalid tag key.",
  "InvalidParameterValue.TagInvalidKeyLen": "Invalid tag key length.",
  "InvalidParameterValue.TagInvalidVal": "Invalid tag value.",
  "InvalidParameterValue.TagKeyNotExists": "The tag key does not exist.",
  "InvalidParameterValue.TagNotAllocatedQuota": "Tags are not assigned the quota.",
  "InvalidParameterValue.TagNotExisted": "The tag does not exist.",
  "InvalidParameterValue.TagNotSupportTag": "The tag is not supported.",
  "InvalidParameterValue.TagResourceFormatError": "The tag resource format is incorrect.",
  "InvalidParameterValue.TagTimestampExceeded": "The tag timestamp quota is exceeded.",
  "InvalidParameterValue.TagValNotExists": "The tag value does not exist.",
  "InvalidParameterValue.TooLong": "The parameter value is too long.",
  "InvalidParameterValue.VpcCidrConflict": "The destination network conflicts with the CIDR block of the VPC.",
  "InvalidParameterValue.VpnConnBgpTunnelCidrConflict":
    "The BGP tunnel network overlaps an existing BGP tunnel network.",
  "InvalidParameterValue.VpnConnBgpTunnelCidrMask": "The mask of the BGP tunnel network must be 30 bits long.",
  "InvalidParameterValue.VpnConnBgpTunnelCidrNotSupported": "The BGP addresses must be in the BGP tunnel network.",
  "InvalidParameterValue.VpnConnCidrConflict": "The destination network conflicts with the CIDR block of a VPN tunnel.",
  "InvalidParameterValue.VpnConnHealthCheckIpConflict": "The health check IP of the VPN tunnel conflicts.",
  LimitExceeded: "The quota limit is exceeded.",
  "LimitExceeded.TagKeyExceeded": "The number of tag keys has reached the limit.",
  "LimitExceeded.TagKeyPerResourceExceeded": "The number of tag keys per resource has reached the limit.",
  "LimitExceeded.TagNotEnoughQuota": "The tag quota is insufficient.",
  "LimitExceeded.TagQuota": "The tag quota is full.",
  "LimitExceeded.TagQuotaExceeded": "The number of tags has reached the limit.",
  "LimitExceeded.TagTagsExceeded": "The number of tag keys has reached the limit.",
  ResourceInUse: "The resource is occupied.",
  ResourceNotFound: "The resource does not exist.",
  UnsupportedOperation: "Unsupported operation.",
  "UnsupportedOperation.InvalidState": "The resource state is invalid.",
  "UnsupportedOperation.TagAllocate": "Assigning tags.",
  "UnsupportedOperation.TagFree": "Releasing tags.",
  "UnsupportedOperation.TagNotPermit": "The tag does not have permission.",
  "UnsupportedOperation.TagSystemReservedTagKey": "The tag key is reserved by the system.",
  "UnsupportedOperation.VpnUnsupportedBgp": "The VPN does not support BGP.",
  "UnsupportedOperation.VpnUnsupportedBgpAsnEqual":
    "The BGP ASN of the customer gateway is the same as that of the VPN gateway or of another peer.",
  "UnsupportedOperation.VpnUnsupportedNotExistBgpAsn": "The VPN has no BGP ASN.",
};

/** Codes of the platform, of the Go SDK's longer list for this action, and of the other actions. */
const common: Readonly<Record<string, string>> = {
  "InvalidParameterValue.VpnConnSpdCidrConflict": "The networks of the SPD conflict.",
  "UnsupportedOperation.VpnConnCidrNotSupportedHealthCheck": "Health checks are not supported together with an SPD.",
  "UnsupportedOperation.VpnConnDestCidrConflictWithPrivateNet":
    "The destination network conflicts with the private network.",
  "UnsupportedOperation.VpnGwVpcIdMustHave": "This type of VPN gateway needs a VPC ID.",
  "UnsupportedOperation.VpnGwVpcIdNotHave": "This type of VPN gateway takes no VPC ID.",
  "UnsupportedOperation.VpnUnsupportedUsrGwNotExistBgpAsn": "The customer gateway has no BGP ASN.",
  "UnsupportedOperation.VersionNotSupported": "The version of the VPN gateway does not support this.",
  "UnsupportedOperation.InsufficientFunds": "The account balance is insufficient.",
  "UnsupportedOperation.MutexOperationTaskRunning": "A mutually exclusive task is running.",
  "UnsupportedOperation.DeleteVpnConnInvalidState": "The VPN tunnel cannot be deleted in its current state.",
  RequestLimitExceeded: "The number of requests exceeds the frequency limit.",
  UnauthorizedOperation: "You are not authorized to perform this operation. Check your CAM policies.",
  InvalidAction: "The requested API does not exist.",
  NoSuchVersion: "The API version does not exist.",
  InternalError: "Internal error.",
  "AuthFailure.SignatureFailure":
    "The provided credentials could not be validated. Please check your signature is correct.",
  "AuthFailure.SecretIdNotFound": "The SecretId is not found, please ensure that your SecretId is correct.",
  "AuthFailure.SignatureExpire": "The signature has expired; check the clock of the client.",
  "AuthFailure.InvalidAuthorization": "The Authorization header is not standard.",
};

/** An error answer in Tencent's shape: HTTP 200 with the code in the body. */
export function errorAnswer(
  RequestId: string,
  code: string,
  status = 200,
  message = problemMessage(code),
): VendorAnswer {
  return {
    status,
    code,
    body: { Response: { Error: { Code: code, Message: message }, RequestId } },
  };
}

/** The documented meaning of a code, followed by what the detail names; platform codes are all detail. */
export function problemMessage(code: string, detail?: string): string {
  const meaning = documented[code] ?? common[code];
  return [meaning, detail].filter((part) => part !== undefined).join(" ") || "The request was refused.";
}
