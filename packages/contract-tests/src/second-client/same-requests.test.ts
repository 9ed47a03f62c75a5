import { ImageVariations } from "@image-variations/client";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parameterCases } from "../contract/parameter-cases.ts";
import { parseMultipart } from "../wire/parse-multipart.ts";
import { recordRequests, type Recorder } from "../wire/record-requests.ts";
import { sampleFile } from "../wire/sample-image.ts";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await recordRequests();
});
afterAll(() => recorder[Symbol.asyncDispose]());

const allowed = parameterCases.filter(({ forbiddenBy }) => !forbiddenBy);

/** A request as a server sees it, without the headers that name the program. */
async function sent(send: (options: { baseURL: string; apiKey: string }) => PromiseLike<unknown>) {
  await send({ baseURL: recorder.url, apiKey: "key-of-both" });
  const [request, ...others] = recorder.take();
  expect(others).toEqual([]);
  const { method, url, headers } = request!;
  const { authorization, accept } = headers;
  const [mediaType] = headers["content-type"]!.split(";");
  const account = [headers["openai-organization"], headers["openai-project"]];
  return { method, url, authorization, accept, mediaType, account, parts: await parseMultipart(request!) };
}

async function sentByBoth(parameters: Readonly<Record<string, unknown>>, options: object = {}) {
  const body = { image: sampleFile(), ...parameters };
  return {
    ours: await sent((server) => new ImageVariations({ ...server, ...options }).images.createVariation(body)),
    official: await sent((server) => new OpenAI({ ...server, ...options }).images.createVariation(body)),
  };
}

test.for(allowed)("both clients send the same with $what as $parameter: $value", async ({ parameter, value }) => {
  const { ours, official } = await sentByBoth({ [parameter]: value });
  expect(ours).toEqual(official);
  expect(ours.parts).toHaveLength(2);
});

test("both clients send the same with every parameter at once, in the same order", async () => {
  const values = Object.fromEntries(allowed.map(({ parameter, value }) => [parameter, value]));
  const { ours, official } = await sentByBoth(values);
  expect(ours).toEqual(official);
  expect(ours.parts).toHaveLength(Object.keys(values).length + 1);
});

test("both clients send the same organization and project", async () => {
  const { ours, official } = await sentByBoth({}, { organization: "org-otter", project: "proj-otter" });
  expect(ours).toEqual(official);
  expect(ours).toMatchObject({ authorization: "Bearer key-of-both", account: ["org-otter", "proj-otter"] });
});
