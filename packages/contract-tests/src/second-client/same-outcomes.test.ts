import { describe, expect, test } from "vitest";
import { documentedExamples, type DocumentedExample } from "../contract/documented-examples.ts";
import { targetClients, type TargetClient } from "../target/target-clients.ts";
import { target } from "../target/target.ts";
import { sampleFile } from "../wire/sample-image.ts";

/** What a program can see of a response: the result with its name, or the error with all its fields. */
async function outcomeOf({ create }: TargetClient, example: DocumentedExample) {
  const headers = { prefer: `code=${example.status}, example=${example.name}`, accept: example.mediaType };
  const promise = create().images.createVariation({ image: sampleFile() }, { headers });
  return promise.withResponse().then(
    ({ data, response, request_id }) => ({ data, id: data._request_id, status: response.status, request_id }),
    (error: unknown) => {
      const { constructor, message, status, code, param, type, error: body, requestID } = error as Fields;
      const sentBack = Object.keys(Object.fromEntries((error as Fields).headers)).toSorted();
      return { class: constructor.name, message, status, code, param, type, body, requestID, sentBack };
    },
  );
}

type Fields = Readonly<
  Record<"message" | "status" | "code" | "param" | "type" | "error" | "requestID", unknown> & { headers: Headers }
>;

describe.runIf(target.isMock)("both clients return or throw the same for", () => {
  const [ours, official] = targetClients;

  test.for(documentedExamples)("$status $name ($mediaType)", async (example) => {
    expect(await outcomeOf(ours!, example)).toEqual(await outcomeOf(official!, example));
  });
});
