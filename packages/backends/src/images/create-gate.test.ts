import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGate } from "./create-gate.ts";

describe("a gate", () => {
  it("never has more places taken than it has, and admits everybody in order", async () => {
    const anyGuest = fc.record({ wanted: fc.integer({ min: 1, max: 12 }), leaves: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.array(anyGuest, { minLength: 1, maxLength: 20 }),
        fc.scheduler(),
        async (places, guests, scheduler) => {
          const gate = createGate(places);
          const admitted: number[] = [];
          let taken = 0;
          const visits = guests.map(async ({ wanted, leaves }, index) => {
            const controller = new AbortController();
            if (leaves) void scheduler.schedule(Promise.resolve()).then(() => controller.abort(new Error("left")));
            const pass = await gate.enter(controller.signal, wanted).catch(() => undefined);
            if (!pass) return;
            admitted.push(index);
            taken += pass.places;
            expect(pass.places).toBeGreaterThan(0);
            expect(pass.places).toBeLessThanOrEqual(wanted);
            expect(taken).toBeLessThanOrEqual(places);
            await scheduler.schedule(Promise.resolve());
            taken -= pass.places;
            pass.leave();
            pass.leave();
          });
          await scheduler.waitFor(Promise.all(visits));
          expect(taken).toBe(0);
          expect(admitted).toEqual(admitted.toSorted((one, other) => one - other));
          expect((await gate.enter(undefined, places)).places).toBe(places);
        },
      ),
    );
  });
});
