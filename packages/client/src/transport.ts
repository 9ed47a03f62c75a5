export { createTransport, type TransportOptions } from "./create-transport.ts";
export { boundedChunks } from "./bounded-chunks.ts";
export type { Transport, TransportResponse, TransportLayer, TransportRequest } from "./transport/transport.ts";
