import fc from "fast-check";
import { expect, it } from "vitest";
import { RawHeaderFields } from "./raw-header-fields.ts";

it("has the headers that a Headers has, under every name, however they were written", () => {
  const name = fc.constantFrom("X-Part", "x-part", "X-PORT", "X-Parts", "content-type", "x-request-id");
  const fields = fc.array(fc.tuple(name, fc.constantFrom("", "1", "a b", "ü")), { maxLength: 8 });
  fc.assert(
    fc.property(fields, (list) => {
      const ours = new RawHeaderFields(list.flat());
      const platform = new Headers(list);
      for (const wanted of ["x-part", "x-port", "x-parts", "content-type", "x-request-id", "x-none"]) {
        expect(ours.get(wanted) ?? null).toBe(platform.get(wanted));
      }
      expect([...new Headers([...ours])]).toEqual([...platform]);
      expect([...ours].map(([key]) => key)).toEqual(list.map(([key]) => key.toLowerCase()));
    }),
  );
});
