import { describe, expect, test } from "vitest";
import { target } from "../target/target.ts";
import { postForm, postBody } from "../wire/post-form.ts";
import { sampleFile, sampleImage } from "../wire/sample-image.ts";

// Cases in which the mock's verdict is not the contract's: validation and other servers reject these requests, and Prism
// does not. If a newer Prism does better, the test fails and can be removed.
describe.runIf(target.isMock)("Prism accepts what the contract forbids:", () => {
  test("text as the image", async () => {
    expect((await postForm({ image: null, fields: { image: "otter.png" } })).status).toBe(200);
  });

  test("a file that is not a PNG", async () => {
    expect((await postForm({ image: new File(["text"], "otter.txt", { type: "text/plain" }) })).status).toBe(200);
  });

  test("a PNG whose part has another media type", async () => {
    const image = new File([sampleImage], "otter.png", { type: "application/octet-stream" });
    expect((await postForm({ image })).status).toBe(200);
  });

  test("an empty number", async () => {
    expect((await postForm({ fields: { n: "" } })).status).toBe(200);
  });

  test("a parameter twice", async () => {
    const form = new FormData();
    form.append("image", sampleFile());
    form.append("n", "1");
    form.append("n", "2");
    expect((await postBody(form)).status).toBe(200);
  });

  test("a parameter that the spec does not know", async () => {
    expect((await postForm({ fields: { otters: "many" } })).status).toBe(200);
  });
});

describe.runIf(target.isMock)("Prism rejects what HTTP allows:", () => {
  test("the name of the scheme in lower case", async () => {
    expect((await postForm({ headers: { authorization: "bearer key" } })).status).toBe(401);
  });
});
