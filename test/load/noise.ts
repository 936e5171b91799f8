import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { type Client, noisyGateways } from "./setting.ts";

type Counts = Record<string, number>;

/** How many of a hundred calls are of each kind. */
const mix = { example: 36, wait: 30, dryRun: 14, reveal: 14, throttled: 4, hanging: 2 };
type Kind = keyof typeof mix;
const kinds = Object.entries(mix).flatMap(([kind, share]) => Array.from({ length: share }, () => kind as Kind));

/**
 * A tenant that sends examples and webhooks to a tarpit, waits, asks for dry runs and keys, and queues requests on gateways
 * whose vendor throttles every call: as many calls a second as its key may send, whatever it is answered.
 */
export function createNoise({ call }: Client, { tarpit, perSecond }: { tarpit: string; perSecond: number }) {
  let counts: Counts = {};
  let waitedFor: string | undefined;
  let sent = 0;
  const numbered = (request: object) => ({ ...request, name: `noisy-${sent}`, clientToken: crypto.randomUUID() });
  const create = (request: object) => call("POST", "/v1/vpn-connections", numbered(request));
  const send: Record<Kind, () => ReturnType<Client["call"]>> = {
    example: () => call("POST", "/v1/webhooks/example", { url: tarpit }),
    wait: () => call("GET", `/v1/vpn-connections/${waitedFor}?wait=20`),
    dryRun: () => call("POST", "/v1/vpn-connections/dry-run", numbered(sent % 2 ? alibabaRequest : tencentRequest)),
    reveal: () => call("POST", `/v1/vpn-connections/${waitedFor}/pre-shared-keys`, {}),
    async throttled() {
      const vpnGatewayId = noisyGateways[sent % noisyGateways.length];
      const answer = await create({ ...alibabaRequest, vpnGatewayId, allowDuplicate: true });
      if (answer.status === 202) waitedFor ??= String(answer.body["id"]);
      return answer;
    },
    hanging: () => create({ ...alibabaRequest, vpnGatewayId: "vpn-missing", callback: { url: tarpit } }),
  };

  function sendOne(): void {
    const kind = waitedFor === undefined ? "throttled" : (kinds[(sent * 37) % kinds.length] ?? "wait");
    sent += 1;
    send[kind]().then(
      ({ status }) => count(`${kind} ${status}`),
      () => count(`${kind} no answer`),
    );
  }
  const count = (what: string) => void (counts[what] = (counts[what] ?? 0) + 1);

  return {
    /** Begins, with forty examples at once; answers how to end it, which tells how often each kind of call was answered how. */
    begin(): () => Counts {
      counts = {};
      for (let examples = 0; examples < 40; examples += 1) {
        send.example().then(
          ({ status }) => count(`first example ${status}`),
          () => count("first example no answer"),
        );
      }
      const timer = setInterval(sendOne, 1000 / perSecond);
      return () => {
        clearInterval(timer);
        return counts;
      };
    },
  };
}
