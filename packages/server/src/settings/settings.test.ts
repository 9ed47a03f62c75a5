import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createStore } from "../node/create-store.ts";
import { serveFromEnvironment } from "../node.ts";
import { postForm } from "../testing/post-form.ts";
import { stubBackend } from "../testing/stub-backend.ts";
import { readEnvironment } from "./read-environment.ts";
import { SettingError, type Setting } from "./setting.ts";
import { containerSettings, handlerSettings, serveSettings } from "./settings-table.ts";

const tables = { handlerSettings, serveSettings, containerSettings };

describe("the environment", () => {
  test("is read by kind, and nothing that is not set is there", () => {
    expect(
      readEnvironment({
        PATH: "/bin",
        IMAGE_VARIATIONS_PORT: " 9000 ",
        IMAGE_VARIATIONS_ALLOW_UNAUTHENTICATED: "true",
        IMAGE_VARIATIONS_API_KEYS: "a, b,",
        IMAGE_VARIATIONS_PUBLIC_URL: "https://images.example.com/",
        IMAGE_VARIATIONS_HOST: "",
      }),
    ).toEqual({
      port: 9000,
      allowUnauthenticated: true,
      apiKeys: ["a", "b"],
      publicUrl: "https://images.example.com",
    });
  });

  test.for<[string, string, string]>([
    ["IMAGE_VARIATIONS_PORT", "http", 'IMAGE_VARIATIONS_PORT must be an integer from 0 to 65535, got "http".'],
    ["IMAGE_VARIATIONS_PORT", "70000", "IMAGE_VARIATIONS_PORT must be an integer from 0 to 65535, got 70000."],
    ["IMAGE_VARIATIONS_PORT", "1e3", 'IMAGE_VARIATIONS_PORT must be an integer from 0 to 65535, got "1e3".'],
    [
      "IMAGE_VARIATIONS_ALLOW_UNAUTHENTICATED",
      "yes",
      'IMAGE_VARIATIONS_ALLOW_UNAUTHENTICATED must be true or false, got "yes".',
    ],
    [
      "IMAGE_VARIATIONS_STORE",
      "disk",
      'IMAGE_VARIATIONS_STORE must be one of memory, directory, s3, s3://…, got "disk".',
    ],
    ["IMAGE_VARIATIONS_PORTT", "1", "IMAGE_VARIATIONS_PORTT is not a setting. These are: IMAGE_VARIATIONS_PUBLIC_URL,"],
  ])("rejects %s=%s by its name", ([variable, value, message]) => {
    expect(() => readEnvironment({ [variable]: value })).toThrow(SettingError);
    expect(() => readEnvironment({ [variable]: value })).toThrow(message);
  });

  test("starts a server, and what a store needs is asked for", async () => {
    const environment = {
      IMAGE_VARIATIONS_PORT: "0",
      IMAGE_VARIATIONS_LOG_LEVEL: "silent",
      IMAGE_VARIATIONS_API_KEYS: "the-key",
      IMAGE_VARIATIONS_PUBLIC_URL: "https://images.example.com",
    };
    await using server = await serveFromEnvironment({ backend: stubBackend(), environment });
    const url = `${server.url}/v1/images/variations`;
    expect((await postForm(fetch, {}, { url })).status).toBe(401);
    const response = await postForm(fetch, {}, { url, headers: { authorization: "Bearer the-key" } });
    expect(await response.json()).toMatchObject({
      data: [{ url: expect.stringMatching(/^https:\/\/images\.example\.com\/files\//) }],
    });
    const incomplete = { ...environment, IMAGE_VARIATIONS_STORE: "s3" };
    await expect(serveFromEnvironment({ backend: stubBackend(), environment: incomplete })).rejects.toThrow(
      "The store s3 needs IMAGE_VARIATIONS_S3_BUCKET.",
    );
  });
});

describe("a store of the environment", () => {
  const keys = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" };
  const addressOf = async (environment: Readonly<Record<string, string>>): Promise<string> => {
    const settings = readEnvironment({ ...environment, IMAGE_VARIATIONS_S3_URLS: "presigned" });
    const url = new URL((await createStore(settings).urlOf?.("a".repeat(43), Date.now() + 60_000)) ?? "");
    const [, region = ""] = /^id\/\d+\/([^/]+)\//.exec(url.searchParams.get("X-Amz-Credential") ?? "") ?? [];
    return `${url.origin}${url.pathname.replace("a".repeat(43), "ID")} ${region}`;
  };

  test.for<[string, Record<string, string>, string]>([
    ["s3://images", {}, "https://s3.us-east-1.amazonaws.com/images/variations/ID us-east-1"],
    ["s3://images/a/b/", {}, "https://s3.us-east-1.amazonaws.com/images/a/b/ID us-east-1"],
    ["s3://images", { AWS_REGION: "eu-west-1" }, "https://s3.eu-west-1.amazonaws.com/images/variations/ID eu-west-1"],
    [
      "s3://images?region=eu-west-2",
      { AWS_REGION: "eu-west-1", IMAGE_VARIATIONS_S3_BUCKET: "other" },
      "https://s3.eu-west-2.amazonaws.com/images/variations/ID eu-west-2",
    ],
    [
      "s3://images/p?endpoint=http://127.0.0.1:9000",
      { AWS_ENDPOINT_URL_S3: "https://other.test" },
      "http://127.0.0.1:9000/images/p/ID us-east-1",
    ],
    ["s3://images", { AWS_ENDPOINT_URL_S3: "https://s3.test" }, "https://s3.test/images/variations/ID us-east-1"],
    [
      "s3",
      {
        IMAGE_VARIATIONS_S3_BUCKET: "own",
        IMAGE_VARIATIONS_S3_ENDPOINT: "https://own.test",
        AWS_ENDPOINT_URL_S3: "https://aws.test",
      },
      "https://own.test/own/variations/ID us-east-1",
    ],
  ])("%s with %j is where it says", async ([store, others, address]) => {
    expect(await addressOf({ IMAGE_VARIATIONS_STORE: store, ...keys, ...others })).toBe(address);
  });

  test.for<[string, string]>([
    ["s3://", "The URL of a store must be s3://bucket or s3://bucket/prefix"],
    ["s3://images:9000", "The URL of a store must be s3://bucket or s3://bucket/prefix"],
    ["s3://images?urls=presigned", "The URL of a store must be s3://bucket or s3://bucket/prefix"],
    ["s3://images?endpoint=storage", 'endpoint in the URL of a store must be an http or https URL, got "storage".'],
    ["s3://id:hunter2@images", "The URL of a store has no credentials: set IMAGE_VARIATIONS_S3_ACCESS_KEY_ID and"],
  ])("%s is rejected", ([store, message]) => {
    const create = () => createStore(readEnvironment({ IMAGE_VARIATIONS_STORE: store, ...keys }));
    expect(create).toThrow(SettingError);
    expect(create).toThrow(message);
    expect(create).not.toThrow("hunter2");
  });
});

describe.for(Object.entries(tables))("the README's table of %s", ([, settings]) => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8").replaceAll(/ +\|/g, " |");

  test.for(settings)("has $name as it is", (setting) => {
    expect(readme).toContain(rowOf(setting).replaceAll(/ +\|/g, " |"));
  });
});

function rowOf(setting: Setting): string {
  const { name, variable, description, otherwise } = setting;
  const value = "default" in setting ? setting.default : undefined;
  return `| \`${name}\` | \`${variable}\` | ${otherwise ?? `\`${String(value)}\``} | ${description} |`;
}
