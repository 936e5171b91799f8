import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import { type Index, indexes } from "../../functions/aws/indexes.ts";
import template from "../../infra/table.json" with { type: "json" };
import { commandName, evaluate, type Item, SimulationGap } from "./expressions.ts";
import type { Chaos, Faults } from "./faults.ts";
import { type Invocation, named } from "./invocation.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";

/** Hears of every write that took effect. */
export type OnWrite = (item: Item, writer: Invocation) => void;

interface TableDeps {
  scheduler: Scheduler;
  chaos: Chaos;
  /** Whether every command fails now. */
  isDown: () => boolean;
  /** Milliseconds by which a read of an index may be behind. */
  indexLag: number;
  onWrite: OnWrite;
  onGap: (gap: SimulationGap) => void;
}

interface Version {
  at: number;
  item: Item;
}

const none: Item[] = [];

type Command = { input: object };

/** One DynamoDB table in memory: items as they are on the wire, and every version of them for indexes that lag. */
export class Table {
  readonly #deps: TableDeps;
  readonly #versions = new Map<string, Version[]>();

  constructor(deps: TableDeps) {
    this.#deps = deps;
  }

  /** The item as it is now. */
  peek(pk: string): Item | undefined {
    return this.#versions.get(pk)?.at(-1)?.item;
  }

  items(): Item[] {
    return [...this.#versions.values()].flatMap((versions) => versions.at(-1)?.item ?? none);
  }

  /** A client of the table for one invocation; what goes wrong on the way is decided call by call. */
  clientFor(invocation: Invocation): DynamoDBClient {
    const send = (command: Command) => this.#exchange(command, invocation);
    // The SDK's paginator looks at the prototype.
    return Object.assign(Object.create(DynamoDBClient.prototype) as DynamoDBClient, { send });
  }

  #exchange(command: Command, invocation: Invocation): Promise<unknown> {
    const { chaos, scheduler, isDown } = this.#deps;
    const { pace } = invocation;
    const label = labelOf(command);
    if (isDown()) {
      invocation.suffer("DynamoDB down", label);
      return invocation.call(label, { answerAfter: 200, failure: () => named("InternalServerError") });
    }
    const effect = (isCopy = false) => {
      try {
        return this.#execute(command, invocation, isCopy);
      } catch (error) {
        if (error instanceof SimulationGap) this.#deps.onGap(error);
        throw error;
      }
    };
    const copy = () => {
      try {
        effect(true);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    };
    const slow = chaos.strike("slow", invocation, label, drawSlowness);
    if (slow) invocation.suffer("slow");
    const times = {
      effectAfter: pace.integer(1, 6) + (slow?.there ?? 0),
      answerAfter: pace.integer(1, 6) + (slow?.back ?? 0),
    };
    const fault = chaos.strike("table", invocation, label, drawTableFault);
    if (!fault) return invocation.call(label, { ...times, effect });
    invocation.suffer(`DynamoDB ${fault.how}`, label);
    switch (fault.how) {
      case "before":
        return invocation.call(label, { answerAfter: 200, failure: () => named("InternalServerError") });
      case "throttled": {
        const failure = () => named("ProvisionedThroughputExceededException");
        return invocation.call(label, { answerAfter: 300, failure });
      }
      case "after":
        return invocation.call(label, { ...times, effect, failure: () => named("TimeoutError") });
      case "repeated":
        // The SDK sends it again: the answer is the second one's.
        return invocation.call(label, {
          ...times,
          effect: () => {
            copy();
            return effect();
          },
        });
      case "late":
        // The SDK's first try comes through long after its second one.
        return invocation.call(label, { ...times, effect, onSent: () => scheduler.after(fault.after, copy) });
    }
  }

  #execute(command: Command, invocation: Invocation, isCopy: boolean): unknown {
    if (command instanceof GetItemCommand) {
      const item = this.#read(command.input.Key, command.input.ConsistentRead, invocation);
      if (item && !isCopy) invocation.see(item);
      return item ? { Item: item } : {};
    }
    if (command instanceof PutItemCommand) return this.#put(command.input, invocation);
    if (command instanceof QueryCommand) return this.#query(command.input, invocation, isCopy);
    if (command instanceof BatchGetItemCommand) {
      const [[table, { Keys = [], ConsistentRead }] = ["", {}]] = Object.entries(command.input.RequestItems ?? {});
      return { Responses: { [table]: Keys.flatMap((key) => this.#read(key, ConsistentRead, invocation) ?? none) } };
    }
    throw new SimulationGap(`the table knows no ${command.constructor.name}`);
  }

  /** A read that does not ask for consistency may be behind. */
  #read(key: Item | undefined, isConsistent: boolean | undefined, { pace }: Invocation): Item | undefined {
    const versions = this.#versions.get(key?.["pk"]?.S ?? "");
    const lag = isConsistent ? 0 : pace.integer(0, 3000);
    return versions?.findLast(({ at }) => at <= this.#deps.scheduler.now - lag)?.item;
  }

  #put(input: PutItemCommandInput, invocation: Invocation): object {
    const { Item: item = {}, ConditionExpression: condition, ExpressionAttributeValues: values } = input;
    const pk = item["pk"]?.S ?? "";
    const previous = this.peek(pk);
    if (condition !== undefined && !evaluate(condition, previous, values)) {
      const wanted = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD" && previous ? { Item: previous } : {};
      throw new ConditionalCheckFailedException({
        message: "The conditional request failed",
        $metadata: {},
        ...wanted,
      });
    }
    const versions = this.#versions.get(pk) ?? [];
    versions.push({ at: this.#deps.scheduler.now, item });
    this.#versions.set(pk, versions);
    this.#deps.onWrite(item, invocation);
    return {};
  }

  #query(input: QueryCommandInput, invocation: Invocation, isCopy: boolean): object {
    const { IndexName: index = "", KeyConditionExpression: condition = "", Limit: limit } = input;
    if (input.ExclusiveStartKey !== undefined) throw new SimulationGap("the table knows no pages");
    const names = input.ExpressionAttributeNames ?? {};
    const filter = input.FilterExpression?.replaceAll(/#\w+/g, (name) => names[name] ?? name);
    const values = input.ExpressionAttributeValues;
    const { scheduler, chaos, indexLag } = this.#deps;
    const lag = indexLag > 0 && !chaos.isOver ? invocation.pace.integer(0, indexLag) : 0;
    // A copy's answer is read by nobody.
    if (index === indexes.queue.name && !isCopy) invocation.lastQueueRead = scheduler.now;
    const { partition, sort } = byName.get(index) ?? { partition: "", sort: "" };
    const keys = ["pk", partition, sort];
    const found = [...this.#versions.values()]
      .flatMap((versions) => versions.findLast(({ at }) => at <= scheduler.now - lag)?.item ?? none)
      .filter((item) => keys.every((key) => item[key]) && evaluate(condition, item, values))
      .filter((item) => filter === undefined || evaluate(filter, item, values))
      .toSorted((a, b) => compareText(a[sort]?.S ?? "", b[sort]?.S ?? ""));
    const ordered = input.ScanIndexForward === false ? found.toReversed() : found;
    const Items = ordered.slice(0, limit ?? found.length).map((item) => pickKeys(item, [...keys, ...copies(index)]));
    return { Items, Count: Items.length };
  }
}

function drawSlowness(random: Random): Faults["slow"] {
  const most = random.pick([1000, 12_000]);
  return { there: random.integer(1, most), back: random.integer(1, most) };
}

function drawTableFault(random: Random): Faults["table"] {
  const how = random.pick(["before", "throttled", "after", "repeated", "late"] as const);
  return how === "late" ? { how, after: random.integer(1000, 15_000) } : { how };
}

const byName = new Map<string, Index>(Object.values(indexes).map((index) => [index.name, index]));

/** Attributes that an index has besides keys. */
function copies(name: string): readonly string[] {
  const found = template.Properties.GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === name);
  return found?.Projection.NonKeyAttributes ?? [];
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function pickKeys(item: Item, keys: readonly string[]): Item {
  return Object.fromEntries(keys.flatMap((key) => (item[key] ? [[key, item[key]] as const] : [])));
}

function labelOf(command: Command): string {
  const input = command.input as { Item?: Item; Key?: Item; IndexName?: string };
  const pk = (input.Item ?? input.Key)?.["pk"]?.S ?? input.IndexName ?? "";
  const short = /^[a-z2-7]{26}$/.test(pk) ? pk.slice(0, 6) : pk;
  return `${commandName(command)} ${short}`;
}
