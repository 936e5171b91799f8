import { Server, Socket } from "node:net";

function refuse(): never {
  throw new Error("a unit test opens no socket; what needs one stands in test/contract");
}

/** Setup of the unit tests: whatever listens or dials fails, at the test that does. */
Object.assign(Socket.prototype, { connect: refuse });
Object.assign(Server.prototype, { listen: refuse });
