import type { ErrorTables } from "../domain/provider/provider-code.ts";

/** Each vendor's codes with their class and advice; loaded when somebody reads them. */
export async function loadErrorTables(): Promise<ErrorTables> {
  const [alibaba, tencent] = await Promise.all([
    import("./alibaba/error-table.ts"),
    import("./tencent/error-table.ts"),
  ]);
  return { alibaba: alibaba.providerErrors, tencent: tencent.providerErrors };
}
