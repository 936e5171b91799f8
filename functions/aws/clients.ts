import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { SFNClient } from "@aws-sdk/client-sfn";

/** Milliseconds. AWS answers in a few; a call that hangs is given up, and not only warned of, while its caller still waits. */
const requestHandler = { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true };

export interface ClientOptions {
  /** URL of an embedded engine; absent = the region's own. */
  endpoint?: string;
}

export const createDynamoDBClient = (options: ClientOptions = {}) => new DynamoDBClient({ requestHandler, ...options });
export const createKmsClient = (options: ClientOptions = {}) => new KMSClient({ requestHandler, ...options });
export const createSfnClient = (options: ClientOptions = {}) => new SFNClient({ requestHandler, ...options });
