// One streamed response, in a process that does nothing else: what comes of it, and the memory that it takes above the
// process. node memory-of-stream.ts <base URL> <transport>
import OpenAI, { streamVariation } from "../index.ts";
import { nodeTransport } from "../node.ts";
import { pngBytes } from "./png-bytes.ts";

const [, , baseURL = "", transport] = process.argv;
const client = new OpenAI({ apiKey: "key", maxRetries: 0, ...(transport && { transport: nodeTransport() }) });

async function read(path: string): Promise<string> {
  try {
    const images = streamVariation(client.withOptions({ baseURL: `${baseURL}${path}` }), { image: pngBytes(), n: 10 });
    for await (const image of images) for await (const _ of image.chunks());
    await images.finalResponse();
    return "resolved";
  } catch (error) {
    return (error as Error).constructor.name;
  }
}

for (let warm = 0; warm < 5; warm++) await read("/small");
const before = process.resourceUsage().maxRSS;
const outcome = await read("/large");
const bytes = (process.resourceUsage().maxRSS - before) * 1_024;
process.send!({ outcome, bytes }, () => process.exit());
