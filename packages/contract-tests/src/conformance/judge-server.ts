import { document } from "@image-variations/spec";
import { validateImageVariation } from "@image-variations/validation";
import { toErrorEnvelope } from "@image-variations/validation/error-envelope";
import { operation } from "../contract/operation.ts";
import { samplePicture } from "../wire/sample-picture.ts";
import { exchange, type ExchangeOptions, type Inquiry } from "./exchange.ts";
import { inquiries, type InquiryName } from "./inquiries.ts";
import { picturesOf } from "./pictures-of.ts";
import { promises, type Finding, type Findings, type Promised } from "./promises.ts";

/** How a server stands to the contract. */
export interface Judgement {
  readonly url: string;
  /** The version of the spec. */
  readonly contract: string;
  /** The model that was asked for, because the server takes no request without one. */
  readonly model: string | undefined;
  readonly requests: number;
  readonly promises: readonly JudgedPromise[];
}

/** A promise, and whether the server keeps it; `unclear` where what it stands on was not kept. */
export interface JudgedPromise extends Pick<Promised, "topic" | "promise"> {
  readonly verdict: "kept" | "departs" | "unclear";
  readonly departures: readonly string[];
}

export interface JudgeOptions extends ExchangeOptions {
  /** The model to ask for. Default: none, and where the server wants one, the spec's default. */
  readonly model?: string | undefined;
}

/**
 * Judges a server that nobody knows by a handful of requests, each sent once, one after the other.
 *
 * @throws TypeError where there is no answer.
 */
export async function judgeServer(options: JudgeOptions): Promise<Judgement> {
  let requests = 0;
  const ask = async (inquiry: Inquiry): Promise<Finding> => {
    requests += 1;
    const answer = await exchange(inquiry, options);
    const pictures = answer.status === 200 ? await picturesOf(answer.body, options.timeout) : [];
    return { ...answer, pictures, contractMessage: await contractMessage(inquiry) };
  };

  const { defaults: first, ...others } = inquiries;
  const defaults = await ask(first);
  const model =
    options.model ??
    (defaults.status === 200 ? undefined : String(operation.request!.schema.properties!["model"]!.default));
  const entries: [InquiryName, Finding][] = [["defaults", defaults]];
  for (const [name, inquiry] of Object.entries<Inquiry>(others)) {
    const fields = { ...inquiry.fields, ...(model && { model }) };
    entries.push([name as InquiryName, await ask({ ...inquiry, fields })]);
  }
  // What a server does where nothing is said can still be seen if it wants only the model.
  const findings = Object.fromEntries(entries) as Findings;
  const again = model && defaults.status !== 200 ? await ask({ fields: { model } }) : defaults;
  return {
    url: options.url,
    contract: document.info.version,
    model,
    requests,
    promises: promises.map((promised) => {
      const isAboutDefaults = promised.after === "defaults";
      return judge(promised, isAboutDefaults ? { ...findings, defaults: again } : findings);
    }),
  };
}

function judge({ topic, promise, after, departures }: Promised, findings: Findings): JudgedPromise {
  if (after && findings[after].status !== 200) {
    return {
      topic,
      promise,
      verdict: "unclear",
      departures: [`a request that keeps to the contract is refused, with ${findings[after].status}`],
    };
  }
  const found = [...new Set(departures(findings))];
  return { topic, promise, verdict: found.length === 0 ? "kept" : "departs", departures: found };
}

/** The words in which the contract refuses a form, by our validator, which is held to the spec's examples. */
async function contractMessage({ fields = {}, image = samplePicture, body }: Inquiry): Promise<string | undefined> {
  if (body) return undefined;
  const { problems } = await validateImageVariation({ ...(image && { image }), ...fields });
  return problems.length === 0 ? undefined : toErrorEnvelope(problems).error.message;
}
