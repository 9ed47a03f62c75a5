export { createSend, createTransport, type TransportOptions } from "./transport/create-transport.ts";
export { boundedChunks } from "./transport/bounded-chunks.ts";
export type { Exchange, Send } from "./transport/with-retries.ts";
export type { Transport, TransportResponse, TransportLayer, TransportRequest } from "./transport/transport.ts";
