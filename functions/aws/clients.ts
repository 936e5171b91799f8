import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { SFNClient } from "@aws-sdk/client-sfn";
import { limitCalls } from "./limit-calls.ts";

/** Calls of one client that are under way at once; as many sockets are kept open. */
const maxCalls = 50;
/** Calls that wait behind them. */
const maxWaiting = 5000;

/**
 * Milliseconds. AWS answers in a few; a call that hangs is given up, and not only warned of, while its caller still waits.
 * Both count from when the SDK asks for a socket, so nobody may have to wait for one: calls wait in front of the SDK.
 */
const requestHandler = {
  connectionTimeout: 1900,
  requestTimeout: 5000,
  throwOnRequestTimeout: true,
  httpAgent: { keepAlive: true, maxSockets: 2 * maxCalls },
  httpsAgent: { keepAlive: true, maxSockets: 2 * maxCalls },
};

export interface ClientOptions {
  /** URL of an embedded engine; absent = the region's own. */
  endpoint?: string;
}

/** One process that is the whole broker has thousands of calls at once; a Lambda function never comes near the limit. */
const inTurn = { maxCalls, maxWaiting };

export function createDynamoDBClient(options: ClientOptions = {}): DynamoDBClient {
  const client = new DynamoDBClient({ requestHandler, ...options });
  // It copies every input and output for a log that nobody gave, which is a sixth of the time of a call.
  client.middlewareStack.remove("loggerMiddleware");
  client.middlewareStack.add(limitCalls(inTurn), { step: "deserialize", priority: "high" });
  return client;
}

export function createKmsClient(options: ClientOptions = {}): KMSClient {
  return new KMSClient({ requestHandler, ...options });
}

export function createSfnClient(options: ClientOptions = {}): SFNClient {
  const client = new SFNClient({ requestHandler, ...options });
  client.middlewareStack.add(limitCalls(inTurn), { step: "deserialize", priority: "high" });
  return client;
}
