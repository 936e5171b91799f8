import { createRequestBody } from "../../domain/request/create-request-body.ts";

/** What a create takes, and a dry run, where no caller's own computer can be called. */
export const createRequest = createRequestBody({ allowLoopbackCallbacks: false }).meta({
  id: "CreateRequest",
  description:
    "A connection to make. What depends on several members, and on what the vendor has, is checked beyond this schema.",
});
