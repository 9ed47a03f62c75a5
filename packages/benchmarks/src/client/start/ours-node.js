import OpenAI from "@image-variations/client";
import { nodeTransport } from "@image-variations/client/node";
// oxlint-disable-next-line import/no-unassigned-import -- it only listens
import "./tell-cpu-time.js";

export const client = new OpenAI({ apiKey: "key", transport: nodeTransport() });
