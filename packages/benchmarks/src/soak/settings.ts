import { createS3Store, type S3Store } from "@image-variations/server";

/** What the processes of a soak are told by their environment. */
export const soak = {
  redis: process.env["SOAK_REDIS"] ?? "",
  s3: process.env["SOAK_S3"] ?? "",
  port: Number(process.env["SOAK_PORT"] ?? 0),
};

/** The most jobs that may wait, in the queue of all servers or in the one server's own. */
export const maxWaiting = 24;
/** How many jobs a worker has at the same time. */
export const concurrency = 2;

export function createSoakStore(endpoint = soak.s3): S3Store {
  return createS3Store({ endpoint, bucket: "soak", accessKeyId: "access", secretAccessKey: "secret" });
}
