import { type CatalogueEntry, createErrorCatalogue } from "../contract/error-catalogue.ts";

/** The broker's error codes with the vendors' codes behind them; the tables are loaded when somebody reads them. */
export async function loadErrorCatalogue(): Promise<readonly CatalogueEntry[]> {
  const [alibaba, tencent] = await Promise.all([
    import("./alibaba/error-table.ts"),
    import("./tencent/error-table.ts"),
  ]);
  return createErrorCatalogue({ alibaba: alibaba.providerErrors, tencent: tencent.providerErrors });
}
