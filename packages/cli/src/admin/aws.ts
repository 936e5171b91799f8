import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createDynamoDBClient } from "../../../../functions/aws/clients.ts";
import { SchemaVersionError } from "../../../../functions/domain/errors.ts";
import { prepareAwsEnvironment } from "../environment.ts";
import { Failure } from "../failure.ts";

/** Runs `use` with DynamoDB as the SDK's own variables say. What AWS refuses is thrown as a `Failure`. */
export async function withTable<Result>(
  table: string,
  use: (client: DynamoDBClient) => Promise<Result>,
): Promise<Result> {
  prepareAwsEnvironment();
  const client = createDynamoDBClient();
  try {
    return await use(client);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(toSentence(error, table));
  } finally {
    client.destroy();
  }
}

const unreachable = new Set(["ECONNREFUSED", "ENOTFOUND", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN"]);

function toSentence(error: unknown, table: string): string {
  if (error instanceof SchemaVersionError) return `In ${table}, ${error.message}.`;
  const { name, message, code } = error as NodeJS.ErrnoException;
  if (name === "ResourceNotFoundException") return `There is no table ${table} in this AWS account and region.`;
  if (name === "CredentialsProviderError")
    return "There are no AWS credentials: set AWS_PROFILE, or what else the SDK reads.";
  if (message === "Region is missing") return "There is no AWS region: set AWS_REGION, or a profile that has one.";
  if (name === "TimeoutError" || unreachable.has(code ?? "")) return `DynamoDB does not answer (${code ?? name}).`;
  return `DynamoDB refused: ${message} (${name}).`;
}
