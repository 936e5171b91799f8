import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { listenOnLoopback } from "../../local/loopback-server.ts";

export interface SecretsManagerServer {
  url: string;
  /** By name; bytes are a binary secret. */
  secrets: Map<string, string | Uint8Array>;
  /** The secret that each request asked for. */
  asked: string[];
  /** While set, every request is answered with this error, or hangs. */
  trouble: { status: number; type: string } | "silence" | undefined;
  close: () => Promise<void>;
}

/** The part of the Secrets Manager API (AWS JSON 1.1) that reads a secret, on a free loopback port. */
export async function startSecretsManagerServer(): Promise<SecretsManagerServer> {
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(body));
    };
    const { SecretId = "" } = JSON.parse(await text(request)) as { SecretId?: string };
    server.asked.push(SecretId);
    if (server.trouble === "silence") return;
    if (server.trouble) return answer(server.trouble.status, { __type: server.trouble.type, message: "" });
    if (request.headers["x-amz-target"] !== "secretsmanager.GetSecretValue") {
      return answer(400, { __type: "UnknownOperationException" });
    }
    const secret = server.secrets.get(SecretId);
    if (secret === undefined) {
      const Message = "Secrets Manager can't find the specified secret.";
      return answer(400, { __type: "ResourceNotFoundException", Message });
    }
    answer(200, {
      ARN: `arn:aws:secretsmanager:us-east-1:111122223333:secret:${SecretId}-a1B2c3`,
      Name: SecretId,
      VersionId: randomUUID(),
      VersionStages: ["AWSCURRENT"],
      CreatedDate: 1_767_225_600,
      ...(typeof secret === "string"
        ? { SecretString: secret }
        : { SecretBinary: Buffer.from(secret).toString("base64") }),
    });
  }

  const server: SecretsManagerServer = {
    ...(await listenOnLoopback(respond)),
    secrets: new Map(),
    asked: [],
    trouble: undefined,
  };
  return server;
}
