declare module "dynalite" {
  import type { Server } from "node:http";
  /** A DynamoDB endpoint on LevelDB. */
  export default function dynalite(options: { path: string; createTableMs: number }): Server;
}
