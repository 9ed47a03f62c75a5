export { createTransport, type TransportOptions } from "./create-transport.ts";
export { boundedChunks } from "./bounded-chunks.ts";
export type { Transport, TransportAnswer, TransportLayer, TransportRequest } from "./transport/transport.ts";
