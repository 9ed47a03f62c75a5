export { createTransport, type TransportOptions } from "./transport/create-transport.ts";
export { boundedChunks } from "./transport/bounded-chunks.ts";
export type { Transport, TransportResponse, TransportLayer, TransportRequest } from "./transport/transport.ts";
