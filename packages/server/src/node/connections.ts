import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Server as Listener, type Socket } from "node:net";
import type { Handler } from "../handler.ts";

/** How long a server closes, in milliseconds. */
export interface ClosingTimes {
  /** How long it serves on with `/readyz` at 503, before it stops listening. */
  readonly drainDelay: number;
  /** How long it then waits for responses to be sent. */
  readonly shutdownTimeout: number;
}

/**
 * How often in a row no new request must be seen before those who send them have turned to another server, and the milliseconds
 * from one look to the next. A loop that is held up for long has looked once: requests may wait for it.
 */
const quietLooks = 5;
const lookInterval = 50;
/** How long a turn of the loop is looked for that is short, in milliseconds, before one without a connection will do. */
const shortTurnPatience = 1_000;
/** A turn of the loop in which nothing else was done, in milliseconds. */
const shortTurn = 0.5;
/** How many connections the kernel keeps for Node at most: what `listen` asks for. */
const backlog = 511;
/** How long a connection may stay without its first request once the server has stopped listening, in milliseconds. */
const firstRequestTimeout = 1_000;
/** How long what is broken off has to reach its reader, in milliseconds. */
const farewellTimeout = 500;

/** What asks whether the server is there, and does not keep it open. */
const probe = /\/(healthz|readyz|metrics)(\?|$)/;

/**
 * The connections of a server, which end without a lost request. Node's own `close` destroys connections whose response is
 * written and not yet sent, and the kernel resets those that it has accepted and Node has not.
 */
export class Connections {
  readonly #server: Server;
  /** How many responses each has to send; undefined before its first request. */
  readonly #sockets = new Map<Socket, Set<ServerResponse> | undefined>();
  #state: "serving" | "draining" | "accepting" | "stopped" = "serving";
  #accepted = 0;
  #requested = 0;

  constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket: Socket) => {
      this.#accepted += 1;
      this.#sockets.set(socket, undefined);
      if (this.#state === "accepting") socket.pause();
      socket.once("close", () => this.#sockets.delete(socket));
    });
    server.prependListener("request", (request: IncomingMessage, response: ServerResponse) =>
      this.#begin(request, response),
    );
  }

  /** Stops listening once nothing is on its way, waits for what is being sent, and closes the handler. */
  async close(handler: Handler, { drainDelay, shutdownTimeout }: ClosingTimes): Promise<void> {
    handler.drain();
    this.#drain();
    if (drainDelay > 0) {
      await sleep(drainDelay);
      await this.#untilQuiet(drainDelay);
    }
    const end = performance.now() + shutdownTimeout;
    await this.#untilAllAccepted(end);
    const stopped = this.#stopListening();
    await atMost(Math.max(0, end - performance.now()), stopped);
    await handler.close(0);
    const timer = setTimeout(() => this.#server.closeAllConnections(), farewellTimeout);
    await stopped;
    clearTimeout(timer);
    // Ends what Node does in the background.
    this.#server.close();
  }

  #begin({ url = "", socket }: IncomingMessage, response: ServerResponse): void {
    if (!probe.test(url)) this.#requested += 1;
    const responses = this.#sockets.get(socket) ?? new Set();
    this.#sockets.set(socket, responses.add(response));
    if (this.#state !== "serving") response.shouldKeepAlive = false;
    response.once("close", () => {
      responses.delete(response);
      if (this.#state === "stopped" && responses.size === 0) socket.destroySoon();
    });
  }

  /** From now on, every response tells its client to open another connection, which a balancer leads elsewhere. */
  #drain(): void {
    this.#state = "draining";
    for (const responses of this.#sockets.values()) {
      for (const response of responses ?? []) if (!response.headersSent) response.shouldKeepAlive = false;
    }
  }

  /** @param limit The longest that it waits, in milliseconds. */
  async #untilQuiet(limit: number): Promise<void> {
    const end = performance.now() + limit;
    for (let looks = 0; looks < quietLooks && performance.now() < end;) {
      const requested = this.#requested;
      await sleep(lookInterval);
      looks = this.#requested === requested ? looks + 1 : 0;
    }
  }

  /**
   * Node accepts one connection with each turn of its loop: a turn without one has left none behind, but for those that came
   * since it looked. So it must be a short one. On a machine that is overloaded, hundreds may wait: their requests are
   * read once all are accepted, because the work for them would make every turn a long one.
   */
  async #untilAllAccepted(end: number): Promise<void> {
    this.#state = "accepting";
    const [beganAt, before] = [performance.now(), this.#accepted];
    await nextTurn();
    for (let isOver = false; !isOver;) {
      const [accepted, startedAt] = [this.#accepted, performance.now()];
      await nextTurn();
      const now = performance.now();
      const isShort = now - startedAt < shortTurn || now - beganAt > shortTurnPatience;
      // First come, first accepted: by then, all are that waited in the beginning.
      const isLater = this.#accepted - before > backlog;
      isOver = now > end || isLater || (accepted === this.#accepted && isShort);
    }
  }

  /** Resolves when the last connection has ended. */
  async #stopListening(): Promise<void> {
    const stopped = new Promise<void>((resolve) => Listener.prototype.close.call(this.#server, () => resolve()));
    this.#state = "stopped";
    for (const [socket, responses] of this.#sockets) {
      if (responses?.size === 0) socket.destroySoon();
      else if (!responses) socket.resume();
    }
    const timer = setTimeout(() => {
      for (const [socket, responses] of this.#sockets) if (!responses && socket.bytesRead === 0) socket.destroy();
    }, firstRequestTimeout);
    await stopped;
    clearTimeout(timer);
  }
}

/** Waits for something, but for no longer than a time in milliseconds. */
async function atMost(duration: number, something: Promise<void>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, duration);
  await Promise.race([something, over]);
  clearTimeout(timer);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}
