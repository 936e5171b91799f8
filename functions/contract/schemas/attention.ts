import * as z from "zod";
import { attentionReasons } from "../../domain/connections/attention-reasons.ts";
import { type AttentionGroup, groupReasons } from "../../domain/connections/group-attention.ts";
import { requestErrorCodes } from "../../domain/errors.ts";
import { providers } from "../../domain/values.ts";
import { connection } from "./connection.ts";
import { schemaOf } from "./schema-of.ts";
import { connectionId, count, pageOf, sentence } from "./values.ts";

const item = z
  .strictObject({ reason: z.enum(attentionReasons), action: sentence, host: sentence.exactOptional(), connection })
  .meta({ id: "AttentionItem" });

const group = schemaOf<AttentionGroup>()(
  z.strictObject({
    reason: z.enum(groupReasons),
    action: sentence,
    count,
    provider: z.enum(providers).exactOptional(),
    region: sentence.exactOptional(),
    errorCode: z.enum(requestErrorCodes).exactOptional(),
    host: sentence.exactOptional(),
    connectionId: connectionId.exactOptional(),
  }),
).meta({ id: "AttentionGroup" });

export const attention = pageOf(item)
  .extend({ groups: z.array(group) })
  .meta({ id: "Attention" });
