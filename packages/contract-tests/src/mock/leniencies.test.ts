import { describe, expect, test } from "vitest";
import { target } from "../target/target.ts";
import { postForm, postBody } from "../wire/post-form.ts";
import { sampleFile, samplePicture } from "../wire/sample-picture.ts";

// Cases in which the mock's verdict is not the contract's. What stands here is rejected by validation and by other servers, and not
// by Prism; when a newer Prism does better, the test fails and its line can go.
describe.runIf(target.isMock)("Prism takes what the contract forbids:", () => {
  test("text as the image", async () => {
    expect((await postForm({ image: null, fields: { image: "otter.png" } })).status).toBe(200);
  });

  test("a file that is not a PNG", async () => {
    expect((await postForm({ image: new File(["text"], "otter.txt", { type: "text/plain" }) })).status).toBe(200);
  });

  test("a PNG whose part says that it is something else", async () => {
    const image = new File([samplePicture], "otter.png", { type: "application/octet-stream" });
    expect((await postForm({ image })).status).toBe(200);
  });

  test("a number that is empty", async () => {
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
  test("the name of the scheme in small letters", async () => {
    expect((await postForm({ headers: { authorization: "bearer key" } })).status).toBe(401);
  });
});
