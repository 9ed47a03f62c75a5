import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";
import type { S3Bucket } from "./s3-bucket.ts";

/** OpenStack Swift, which speaks S3 and checks signatures: four processes in a folder of their own. */
export interface RunningSwift extends AsyncDisposable {
  readonly options: S3Bucket;
}

/** Why tests with it are skipped here; undefined where they run. */
export const withoutSwift = existsSync("/usr/bin/swift-proxy-server")
  ? undefined
  : "no OpenStack Swift here: run scripts/ci/install-services.sh";

/** What holds accounts, containers and objects. */
const storages = ["account", "container", "object"] as const;
const secret = "a-secret-of-this-test-alone";

export async function startSwift(): Promise<RunningSwift> {
  const folder = mkdtempSync(join(tmpdir(), "swift-"));
  const port = await freePort();
  const children: ChildProcess[] = [];
  const run = (program: string, file: string): void => {
    children.push(spawn(program, [file], { env: { ...process.env, SWIFT_TEST_CONFIG_FILE: "" }, stdio: "ignore" }));
  };
  const stop = async (): Promise<void> => {
    for (const child of children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    mkdirSync(join(folder, "devices", "disk"), { recursive: true });
    writeFileSync(
      join(folder, "swift.conf"),
      "[swift-hash]\nswift_hash_path_suffix = test\nswift_hash_path_prefix = test\n",
    );
    for (const storage of storages) {
      const storagePort = await freePort();
      await buildRing(folder, storage, storagePort);
      const file = join(folder, `${storage}-server.conf`);
      writeFileSync(file, storageSettings(folder, storage, storagePort));
      run(`swift-${storage}-server`, file);
    }
    const file = join(folder, "proxy-server.conf");
    writeFileSync(file, proxySettings(folder, port));
    run("swift-proxy-server", file);
    const options = {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: "otters",
      accessKeyId: "test:tester",
      secretAccessKey: secret,
    };
    await createBucket(options);
    return { options, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function buildRing(folder: string, storage: (typeof storages)[number], port: number): Promise<void> {
  const ring = promisify(execFile);
  const builder = join(folder, `${storage}.builder`);
  await ring("swift-ring-builder", [builder, "create", "1", "1", "0"]);
  await ring("swift-ring-builder", [builder, "add", `r1z1-127.0.0.1:${port}/disk`, "1"]);
  await ring("swift-ring-builder", [builder, "rebalance"]);
}

function common(folder: string, port: number): string {
  return `
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${userInfo().username}
swift_dir = ${folder}
devices = ${join(folder, "devices")}
mount_check = false
disable_fallocate = true
log_level = ERROR
`;
}

function storageSettings(folder: string, storage: string, port: number): string {
  return `${common(folder, port)}
[pipeline:main]
pipeline = ${storage}-server
[app:${storage}-server]
use = egg:swift#${storage}
`;
}

function proxySettings(folder: string, port: number): string {
  return `${common(folder, port)}
[pipeline:main]
pipeline = catch_errors cache s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
# By default a busy machine makes it say 503: half a second to connect, and a minute's silence after ten failures.
conn_timeout = 30
node_timeout = 60
error_suppression_limit = 1000000
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = ${secret} .admin
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = us-east-1
check_bucket_owner = false
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
`;
}

/** Also waits until all four are up: the last one takes no part in a bucket, so that an object is put into it, too. */
async function createBucket(options: S3Bucket): Promise<void> {
  const { AwsClient } = await import("aws4fetch");
  const client = new AwsClient({ ...options, service: "s3", region: "us-east-1", retries: 0 });
  const bucket = `${options.endpoint}/${options.bucket}`;
  const steps: readonly (readonly [method: string, url: string])[] = [
    ["PUT", bucket],
    ["PUT", `${bucket}/ready`],
    ["DELETE", `${bucket}/ready`],
  ];
  for (const [method, url] of steps) {
    for (let attempt = 0; ; attempt += 1) {
      const response = await client.fetch(url, { method }).catch(() => undefined);
      if (response?.ok) break;
      if (attempt === 240) throw new Error(`Swift does not come up: ${response?.status} ${await response?.text()}`);
      await sleep(250);
    }
  }
}
