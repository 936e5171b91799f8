import type { AttentionReason, Provider, RequestErrorCode, Status } from "@vpn-broker/client";
import { texts } from "../texts.ts";

// The closed lists of the API: the compiler holds their texts to be whole.
export const statuses = Object.keys(texts.statuses) as Status[];
export const providers = Object.keys(texts.providers) as Provider[];
export const errorCodes = Object.keys(texts.errorCodes) as RequestErrorCode[];
export const attentionReasons = Object.keys(texts.attention.reasons) as AttentionReason[];
