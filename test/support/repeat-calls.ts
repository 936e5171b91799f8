import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** Everything that is asked meanwhile is sent twice, like by an SDK that never heard the first answer. */
export async function repeatCalls<Answer>(client: DynamoDBClient, meanwhile: () => Promise<Answer>): Promise<Answer> {
  const name = "repeat";
  client.middlewareStack.add(
    (next) => async (input) => {
      await next(input);
      return next(input);
    },
    { step: "finalizeRequest", priority: "low", name },
  );
  try {
    return await meanwhile();
  } finally {
    client.middlewareStack.remove(name);
  }
}
