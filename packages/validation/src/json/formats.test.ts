import { describe, expect, it } from "vitest";
import { createJsonValidator } from "../json.ts";

interface Texts {
  readonly called: string;
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
}

const formats: Readonly<Record<string, Texts>> = {
  date: {
    called: "a date such as 2026-05-12",
    valid: ["2026-05-12", "2024-02-29", "2000-02-29", "2026-12-31", "0000-01-01"],
    invalid: [
      "",
      "2026-05-12x",
      "x2026-05-12",
      "12.05.2026",
      "2026-5-12",
      "2026-02-29",
      "1900-02-29",
      "2026-04-31",
      "2026-13-01",
      "2026-01-00",
    ],
  },
  "date-time": {
    called: "a time such as 2026-05-12T09:30:00Z",
    valid: [
      "2026-05-12T09:30:00Z",
      "2026-05-12t09:30:00z",
      "2026-05-12 09:30:00Z",
      "2026-05-12T23:59:60Z",
      "2026-05-12T00:00:00.123456+02:00",
      "2026-05-12T00:00:00-0930",
    ],
    invalid: [
      "2026-05-12",
      "2026-05-12T09:30Z",
      "2026-05-12T09:30:00",
      "2026-05-12T24:00:00Z",
      "2026-05-12T23:60:00Z",
      "2026-05-12T23:59:61Z",
      "2026-02-30T09:30:00Z",
      "2026-05-12T09:30:00.Z",
      "x2026-05-12T09:30:00Z",
      "2026-05-12Tx09:30:00Z",
      "2026-05-12T09:30:00Zx",
    ],
  },
  email: {
    called: "an email address",
    valid: ["otter@example.com", "o@localhost"],
    invalid: ["otter", "@example.com", "otter@", "an otter@example.com", "a@b@c"],
  },
  uuid: {
    called: "a UUID",
    valid: ["123e4567-e89b-12d3-a456-426614174000", "URN:UUID:123E4567-E89B-12D3-A456-426614174000"],
    invalid: [
      "123e4567e89b12d3a456426614174000",
      "123e4567-e89b-12d3-a456-42661417400g",
      "x123e4567-e89b-12d3-a456-426614174000",
      "123e4567-e89b-12d3-a456-4266141740000",
      "123e4567-e89b-12d3",
    ],
  },
  ipv4: {
    called: "an IPv4 address",
    valid: ["0.0.0.0", "255.255.255.255", "192.168.100.1"],
    invalid: [
      "256.0.0.0",
      "1.2.3",
      "1.2.3.4.5",
      "1.2.3.",
      "a.b.c.d",
      "1.2.3.4 ",
      "x1.2.3.4",
      "1234.1.1.1",
      "1.2.3.4444",
    ],
  },
  ...Object.fromEntries(
    ["uri", "url"].map((format) => [
      format,
      {
        called: "a URL",
        valid: ["https://example.com/a?b#c", "data:image/png;base64,AAAA", "svn+ssh://host", "a2.b-c:d", "URN:x"],
        invalid: ["otter.png", "//example.com", "1http://example.com", ":x", "https://example.com/an otter"],
      },
    ]),
  ),
};

describe.each(Object.entries(formats))("the format %s", (format, { called, valid, invalid }) => {
  const validate = createJsonValidator({ type: "string", format });

  it.each(valid)("has %j", async (text) => {
    expect(await validate(text)).toMatchObject({ valid: true, warnings: [] });
  });

  it.each(invalid)("warns of %j, and lets it pass", async (text) => {
    const { valid: isValid, warnings } = await validate(text);
    expect({ isValid, messages: warnings.map(({ message }) => message) }).toEqual({
      isValid: true,
      messages: [`The request is ${JSON.stringify(text)}, which does not look like ${called}.`],
    });
  });
});

it("a format that is not known is passed over", async () => {
  expect(await createJsonValidator({ type: "string", format: "otter" })("x")).toMatchObject({ warnings: [] });
});
