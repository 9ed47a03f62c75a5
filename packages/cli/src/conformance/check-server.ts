import { document } from "@image-variations/spec";
import { validateImageVariation } from "@image-variations/validation";
import { toErrorEnvelope } from "@image-variations/validation/error-envelope";
import { schemaOf } from "./contract/operation.ts";
import { imagesOf } from "./images-of.ts";
import { probes, type ProbeName } from "./probes.ts";
import { requirements, type Observation, type Observations, type Requirement } from "./requirements.ts";
import { sampleImage } from "./sample-image.ts";
import { sendProbe, type Probe, type SendOptions } from "./send-probe.ts";
import { asksForModel, reachServer, UncheckableServerError, whyUncheckable } from "./uncheckable-server.ts";

/** How a server compares with the contract. */
export interface Report {
  readonly url: string;
  /** The version of the spec. */
  readonly contract: string;
  /** The model that was asked for, because the server accepts no request without one. */
  readonly model: string | undefined;
  /** How many requests were sent. */
  readonly requests: number;
  readonly requirements: readonly CheckedRequirement[];
}

/** A requirement, and what the server made of it. */
export interface CheckedRequirement extends Pick<Requirement, "topic" | "requirement"> {
  readonly result: "pass" | "fail" | "skip";
  /** How the server differs, or why nothing can be said; empty for a pass. */
  readonly reasons: readonly string[];
}

/** What is checked, and for how long. */
export interface CheckOptions extends SendOptions {
  /** The model to ask for. Default: none, and the spec's default if the server asks for one. */
  readonly model?: string | undefined;
  /** The most time for the first response, which needs no work of the server, in milliseconds. */
  readonly firstTimeout: number;
  /** The most time for everything, in milliseconds; what is not sent by then is skipped. */
  readonly totalTimeout: number;
  /** Told of each request before and after it is sent, a line each. */
  readonly onProgress?: (line: string) => void;
}

/**
 * Checks an unknown server, with a handful of requests, each sent once, one after the other.
 *
 * @throws UncheckableServerError if the server does not make variations at all: unreachable, another path, an invalid key.
 */
export async function checkServer(options: CheckOptions): Promise<Report> {
  const { url, onProgress = () => {} } = options;
  const sender = new ProbeSender(options, Object.keys(probes).length + 1);

  onProgress(`[1/${sender.total}] a request without an image, to see that the server is there`);
  await reachServer(options);
  sender.requests += 1;

  const withModel = (probe: Probe): Probe =>
    model === undefined ? probe : { ...probe, fields: { ...probe.fields, model } };
  let { model } = options;
  const bare = await sender.send(withModel(probes.defaults));
  // What a server does by default can still be seen if it wants a model only.
  let defaults = bare;
  if (model === undefined && asksForModel(bare)) {
    model = String(schemaOf("model").default);
    sender.total += 1;
    defaults = await sender.send(withModel(probes.defaults));
  }
  const entries: [ProbeName, Observation][] = [["defaults", defaults]];
  for (const [name, probe] of Object.entries<Probe>(probes)) {
    if (name === "defaults") continue;
    entries.push([name as ProbeName, await sender.send(withModel(probe))]);
    if (name !== "base64") continue;
    const reason = whyUncheckable(url, [...new Set([bare, ...entries.map(([, observation]) => observation)])], model);
    if (reason) throw new UncheckableServerError(reason);
  }
  const observations = Object.fromEntries(entries) as Observations;
  return {
    url,
    contract: document.info.version,
    model,
    requests: sender.requests,
    requirements: requirements.map((requirement, index) =>
      // The first requirement is about a request in which nothing but the image is said.
      checkRequirement(requirement, index === 0 ? { ...observations, defaults: bare } : observations),
    ),
  };
}

/** Sends probes one after the other, as long as there is time, and counts them. */
class ProbeSender {
  /** How many requests were sent. */
  requests = 0;
  /** How many there are to be. */
  total: number;

  readonly #options: CheckOptions;
  readonly #end: number;

  constructor(options: CheckOptions, total: number) {
    this.#options = options;
    this.total = total;
    this.#end = performance.now() + options.totalTimeout;
  }

  async send(probe: Probe): Promise<Observation> {
    const { timeout, totalTimeout, maxBodyBytes, onProgress = () => {} } = this.#options;
    const left = Math.floor(this.#end - performance.now());
    const base = { contractMessage: await contractMessage(probe), count: undefined, images: [] };
    if (left <= 0) {
      const failure = `not sent: the total time of ${totalTimeout / 1_000} s was used up`;
      return { ...base, status: undefined, failure, headers: new Headers(), body: undefined, violations: [] };
    }
    this.requests += 1;
    const start = performance.now();
    const about = `[${this.requests}/${this.total}] ${probe.what}`;
    onProgress(about);
    const limited = { ...this.#options, timeout: Math.min(timeout, left) };
    const response = await sendProbe(probe, limited);
    const received =
      response.status === 200 ? await imagesOf(response.body, { timeout: limited.timeout, maxBodyBytes }) : base;
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    onProgress(`${about}: ${response.status ?? response.failure} after ${seconds} s`);
    return { ...base, ...response, count: received.count, images: received.images };
  }
}

function checkRequirement({ topic, requirement, check }: Requirement, observations: Observations): CheckedRequirement {
  const outcome = check(observations);
  if (outcome.result === "pass") return { topic, requirement, result: "pass", reasons: [] };
  return {
    topic,
    requirement,
    result: outcome.result,
    reasons: outcome.result === "fail" ? outcome.reasons : [outcome.reason],
  };
}

/** The message with which the contract rejects a form, by our validator, which is compared with the spec's examples. */
async function contractMessage({ fields = {}, image = sampleImage, body }: Probe): Promise<string | undefined> {
  if (body) return undefined;
  const { issues } = await validateImageVariation({ ...(image && { image }), ...fields });
  return issues.length === 0 ? undefined : toErrorEnvelope(issues).error.message;
}
