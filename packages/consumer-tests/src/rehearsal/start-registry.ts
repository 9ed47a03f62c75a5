import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { runServer } from "verdaccio";
import { consumerEnvironment, runProgram } from "@image-variations/testing/run-program";

/** A registry on loopback that has our packages, and gets all others from the one that this machine uses. */
export interface Registry extends AsyncDisposable {
  readonly url: string;
  /** The environment in which npm and pnpm use it and no other. */
  readonly env: NodeJS.ProcessEnv;
}

/** Starts it on a free port. Only this machine can reach it, so everyone may publish. */
export async function startRegistry(folder: string): Promise<Registry> {
  const { stdout } = await runProgram("npm", ["config", "get", "registry"], { cwd: folder });
  const upstream = stdout.trim().split("\n").at(-1)!;
  const open = { access: "$all", publish: "$all", unpublish: "$all" };
  const server = (await runServer({
    storage: join(folder, "storage"),
    self_path: folder,
    uplinks: { upstream: { url: upstream, timeout: "60s", maxage: "60m" } },
    packages: {
      "@image-variations/*": open,
      "image-variations": open,
      "**": { ...open, proxy: "upstream" },
    },
    auth: { htpasswd: { file: join(folder, "htpasswd"), max_users: -1 } },
    middlewares: {},
    security: { api: { legacy: true } },
    max_body_size: "50mb",
    log: { type: "file", path: join(folder, "registry.log"), format: "json", level: "warn" },
  } as never)) as Server;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const settings = join(folder, "npmrc");
  writeFileSync(settings, `registry=${url}\n//127.0.0.1:${port}/:_authToken=rehearsal\nprovenance=false\n`);
  return {
    url,
    // Vite sets NODE_ENV for this process, and npm would leave out what only development needs; and settings that pnpm or
    // npm handed to this process would outweigh those of the rehearsal.
    env: consumerEnvironment({
      npm_config_userconfig: settings,
      NPM_CONFIG_USERCONFIG: settings,
      npm_config_registry: url,
      pnpm_config_registry: url,
      npm_config_cache: join(folder, "npm-cache"),
    }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
