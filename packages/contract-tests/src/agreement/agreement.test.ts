import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operation } from "../contract/operation.ts";
import { checkProperty } from "../property/check-property.ts";
import { target } from "../target/target.ts";
import { anyParameters } from "./any-parameters.ts";
import { differences } from "./differences.ts";
import { expectedRefusals } from "./expected-refusals.ts";
import { refusedByMock, refusedBySchema, refusedByValidation } from "./judges.ts";

describe.runIf(target.isMock)("the spec's schema, our validator and the mock", () => {
  test("refuse the same parameters of any request, but for the differences on the list", async () => {
    const judged = fc.asyncProperty(anyParameters, async (parameters) => {
      expect({
        validation: await refusedByValidation(parameters),
        mock: await refusedByMock(parameters),
      }).toEqual({
        validation: expectedRefusals("validation", parameters),
        mock: expectedRefusals("mock", parameters),
      });
    });
    await checkProperty("agreement of the judges", judged);
  });

  const verdicts = { validation: refusedByValidation, mock: refusedByMock };

  test.for(differences)("differ, as the list says, where $judge is given $what: $because", async (difference) => {
    const { name, value } = difference.example;
    const parameters = { hasImage: true, values: { [name]: value } };
    expect(await verdicts[difference.judge](parameters)).not.toEqual(refusedBySchema(parameters));
  });

  test("see requests of every kind: taken, and refused for each parameter", () => {
    const seen = fc.sample(anyParameters, { seed: 1, numRuns: 1_000 }).map(refusedBySchema);
    expect(seen.filter((refused) => refused.length === 0).length).toBeGreaterThan(20);
    expect([...new Set(seen.flat())].toSorted()).toEqual(Object.keys(operation.request!.schema.properties!).toSorted());
  });
});
