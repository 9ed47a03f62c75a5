import fc from "fast-check";
import { expect, it } from "vitest";
import { BackendError } from "../index.ts";
import { requestUntilComplete } from "./request-until-complete.ts";

it("yields exactly n images, or throws, in a bounded number of requests, however many come in each", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 10 }), fc.array(fc.nat(4), { maxLength: 12 }), async (n, counts) => {
      let requests = 0;
      const ask = async function* (missing: number, made: number): AsyncGenerator<number, void, undefined> {
        expect(missing + made).toBe(n);
        const count = counts[requests] ?? 0;
        requests += 1;
        for (let index = 0; index < count; index += 1) yield made + index;
      };
      const images: number[] = [];
      let failure: unknown;
      try {
        for await (const image of requestUntilComplete({ n, label: "It" }, ask)) images.push(image);
      } catch (error) {
        failure = error;
      }
      expect(images).toEqual(Array.from({ length: images.length }, (_, index) => index));
      if (failure) expect(failure).toBeInstanceOf(BackendError);
      else expect(images.length).toBe(n);
      expect(requests).toBeLessThanOrEqual(2 * n + 2);
    }),
  );
});
