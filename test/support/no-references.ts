import type { ReadCredentials } from "../../functions/domain/provider/credentials.ts";

/** For tests in which every call is made with the broker's own credentials. */
export const noReferences: ReadCredentials = () => Promise.reject(new Error("nobody has a reference here"));
