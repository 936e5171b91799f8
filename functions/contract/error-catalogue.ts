import { problemCodes, requestErrorCodes, type ProblemCode, type RequestErrorCode } from "../domain/errors.ts";
import type { ErrorTables } from "../domain/provider/provider-code.ts";
import { requestErrorOfClass } from "../domain/provider/request-error.ts";
import { type ProviderName, providers } from "../domain/values.ts";
import type { ErrorMeaning } from "./error-meaning.ts";
import { problems } from "./problems.ts";
import { requestErrors } from "./request-errors.ts";

/** A vendor's own code behind one of the broker's, with what it asks of a person. */
export interface ProviderCode {
  provider: ProviderName;
  code: string;
  advice: string;
}

/** A code of the broker: `problem` is answered to a call, `job` stands in the `error` of a request's resource. */
export interface CatalogueEntry extends ErrorMeaning {
  code: ProblemCode | RequestErrorCode;
  kind: "problem" | "job";
  vendorCodes: readonly ProviderCode[];
}

/** Every code of the broker with what it means, and behind the codes of requests the vendors' own codes, by their class. */
export function createErrorCatalogue(tables: ErrorTables): CatalogueEntry[] {
  const vendorCodes = providers.flatMap((provider) =>
    Object.entries(tables[provider]).map(([code, { class: meaning, advice }]) => ({
      behind: requestErrorOfClass[meaning],
      vendorCode: { provider, code, advice },
    })),
  );
  return [
    ...problemCodes.map((code): CatalogueEntry => {
      const { meaning, retry, fix } = problems[code];
      return { code, kind: "problem", meaning, retry, fix, vendorCodes: [] };
    }),
    ...requestErrorCodes.map((code): CatalogueEntry => ({
      code,
      kind: "job",
      ...requestErrors[code],
      vendorCodes: vendorCodes.filter(({ behind }) => behind === code).map(({ vendorCode }) => vendorCode),
    })),
  ];
}
