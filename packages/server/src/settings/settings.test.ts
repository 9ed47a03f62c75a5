import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
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
