/** Where the reader is: all of it stands behind the address's `#`, so that no server and no log learns what was looked for. */
export type Route =
  | { page: "overview"; query: URLSearchParams }
  | { page: "requests"; query: URLSearchParams }
  | { page: "search"; query: URLSearchParams }
  | { page: "request"; id: string; query: URLSearchParams }
  | { page: "nowhere"; query: URLSearchParams };

/** Reads `#/requests?status=failed`. */
export function readRoute(hash: string): Route {
  const [path = "", ...rest] = hash.replace(/^#/, "").split("?");
  const query = new URLSearchParams(rest.join("?"));
  const [page = "", id, ...more] = path.split("/").slice(1);
  if (page === "" && id === undefined) return { page: "overview", query };
  if (page === "requests" && !id) return { page: "requests", query };
  if (page === "requests" && id && more.length === 0) return { page: "request", id: readId(id), query };
  if (page === "search" && id === undefined) return { page: "search", query };
  return { page: "nowhere", query };
}

function readId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const withQuery = (path: string, query: URLSearchParams) =>
  query.toString() === "" ? path : `${path}?${query.toString()}`;

export const toOverview = (query = new URLSearchParams()): string => withQuery("#/", query);
export const toRequests = (query = new URLSearchParams()): string => withQuery("#/requests", query);
export const toRequest = (id: string): string => `#/requests/${encodeURIComponent(id)}`;
export const toSearch = (id: string): string => withQuery("#/search", new URLSearchParams({ q: id }));
