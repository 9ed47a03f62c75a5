import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operation } from "../contract/operation.ts";
import { checkProperty } from "../property/check-property.ts";
import { target } from "../target/target.ts";
import { anyParameters } from "./any-parameters.ts";
import { differences } from "./differences.ts";
import { expectedRejections } from "./expected-rejections.ts";
import { rejectedByMock, rejectedBySchema, rejectedByValidation } from "./verdicts.ts";

describe.runIf(target.isMock)("the spec's schema, our validator and the mock", () => {
  test("reject the same parameters of any request, except for the listed differences", async () => {
    const agreement = fc.asyncProperty(anyParameters, async (parameters) => {
      expect({
        validation: await rejectedByValidation(parameters),
        mock: await rejectedByMock(parameters),
      }).toEqual({
        validation: expectedRejections("validation", parameters),
        mock: expectedRejections("mock", parameters),
      });
    });
    await checkProperty("the verdicts agree", agreement);
  });

  const verdicts = { validation: rejectedByValidation, mock: rejectedByMock };

  test.for(differences)("differ, as listed, when $verdictOf is given $what: $because", async (difference) => {
    const { name, value } = difference.example;
    const parameters = { hasImage: true, values: { [name]: value } };
    expect(await verdicts[difference.verdictOf](parameters)).not.toEqual(rejectedBySchema(parameters));
  });

  test("see requests of every kind: accepted, and rejected for each parameter", () => {
    const seen = fc.sample(anyParameters, { seed: 1, numRuns: 1_000 }).map(rejectedBySchema);
    expect(seen.filter((rejected) => rejected.length === 0).length).toBeGreaterThan(20);
    expect([...new Set(seen.flat())].toSorted()).toEqual(Object.keys(operation.request!.schema.properties!).toSorted());
  });
});
