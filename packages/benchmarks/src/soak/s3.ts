// An S3 service in a process of its own: it sends its port.
import { startFauxqs } from "fauxqs";

const server = await startFauxqs({ port: 0, logger: false });
server.createBucket("soak");
process.send?.({ ready: server.port });
process.on("disconnect", () => process.exit());
