import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RequestError } from "../errors/request-error.ts";
import { WorkQueue, type Place } from "./work-queue.ts";

const { signal } = new AbortController();
const keepsItsPlace = (): void => expect.unreachable("A place was lost.");

/** Lets everyone run who may. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("turns", () => {
  test("go round between keys, even if one sends more", async () => {
    const queue = new WorkQueue({ concurrency: 1, maxQueued: 20 });
    const order: string[] = [];
    const places: Place[] = [];
    const arrive = (key: string, name: string): void => {
      const place = queue.enter(key, keepsItsPlace);
      places.push(place);
      void place.turn(signal).then(() => order.push(name));
    };
    for (const name of ["a1", "a2", "a3", "a4"]) arrive("a", name);
    for (const name of ["b1", "b2"]) arrive("b", name);
    arrive("c", "c1");
    const byName = new Map(["a1", "a2", "a3", "a4", "b1", "b2", "c1"].map((name, index) => [name, places[index]!]));
    await settle();
    while (order.length < 7) {
      byName.get(order.at(-1)!)!.leave();
      await settle();
    }
    expect(order).toEqual(["a1", "b1", "c1", "a2", "b2", "a3", "a4"]);
  });

  test("are given up by requests that leave, and only by them", async () => {
    const queue = new WorkQueue({ concurrency: 1, maxQueued: 5 });
    const [first, second, third] = ["a", "b", "c"].map((key) => queue.enter(key, keepsItsPlace)) as [
      Place,
      Place,
      Place,
    ];
    await first.turn(signal);
    const controller = new AbortController();
    const left = second.turn(controller.signal);
    const stayed = third.turn(signal);
    controller.abort(new Error("gone"));
    await expect(left).rejects.toThrow("gone");
    expect(queue.size).toBe(2);
    first.endTurn();
    await stayed;
    expect(queue.running).toBe(1);
  });

  test("end before the response has been sent, and the place is kept until then", async () => {
    const queue = new WorkQueue({ concurrency: 1, maxQueued: 1 });
    const sending = queue.enter("a", keepsItsPlace);
    await sending.turn(signal);
    sending.endTurn();
    const running = queue.enter("b", keepsItsPlace);
    await running.turn(signal);
    expect([queue.running, queue.size]).toEqual([1, 2]);
    expect(() => queue.enter("c", keepsItsPlace)).toThrow("Rate limit exceeded");
    sending.leave();
    sending.leave();
    expect(queue.size).toBe(1);
  });
});

describe("a full queue", () => {
  test("says when to come again, longer if work takes longer", async () => {
    let time = 0;
    const queue = new WorkQueue({ concurrency: 1, maxQueued: 1, now: () => time });
    const retryAfter = (): string => {
      try {
        queue.enter("c", keepsItsPlace);
      } catch (error) {
        return (error as RequestError).headers["retry-after"]!;
      }
      return "never";
    };
    for (const duration of [0, 20_000, 20_000, 20_000, 20_000]) {
      const place = queue.enter("a", keepsItsPlace);
      await place.turn(signal);
      time += duration;
      place.leave();
    }
    queue.enter("a", keepsItsPlace);
    queue.enter("b", keepsItsPlace);
    expect(Number(retryAfter())).toBeGreaterThan(5);
    expect(Number(retryAfter())).toBeLessThanOrEqual(60);
  });

  test("takes a place from who has most, for who has fewer", () => {
    const queue = new WorkQueue({ concurrency: 1, maxQueued: 3 });
    const lost: string[] = [];
    for (const name of ["a1", "a2", "a3", "a4"]) queue.enter("a", () => lost.push(name));
    queue.enter("b", keepsItsPlace);
    expect(lost).toEqual(["a4"]);
    queue.enter("b", keepsItsPlace);
    expect(lost).toEqual(["a4", "a3"]);
    // Two and two: no request has to give way any more.
    expect(() => queue.enter("b", keepsItsPlace)).toThrow("Rate limit exceeded");
    expect(queue.size).toBe(4);
  });

  test("never takes a place from who runs", async () => {
    const queue = new WorkQueue({ concurrency: 3, maxQueued: 0 });
    for (let index = 0; index < 3; index += 1) await queue.enter("a", keepsItsPlace).turn(signal);
    expect(() => queue.enter("b", keepsItsPlace)).toThrow("Rate limit exceeded");
  });
});

test("whatever happens, no more run than may, none is forgotten, and in the end it is empty", async () => {
  const step = fc.record({
    key: fc.constantFrom("a", "b", "c"),
    what: fc.constantFrom("enter", "turn", "end", "leave"),
    which: fc.nat(20),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      const queue = new WorkQueue({ concurrency: 2, maxQueued: 4 });
      const places: { place: Place; running: boolean; turned: boolean; gone: boolean }[] = [];
      for (const { key, what, which } of steps) {
        const entry = places[which % Math.max(1, places.length)];
        if (what === "enter") {
          try {
            const added = { place: undefined as unknown as Place, running: false, turned: false, gone: false };
            added.place = queue.enter(key, () => (added.gone = true));
            places.push(added);
          } catch {
            expect(queue.size).toBe(6);
          }
        } else if (entry && what === "turn" && !entry.turned && !entry.gone) {
          entry.turned = true;
          void entry.place.turn(signal).then(() => (entry.running = true));
        } else if (entry && what === "end") {
          if (entry.running) entry.place.endTurn();
          entry.running &&= false;
        } else if (entry && what === "leave") {
          entry.place.leave();
          entry.gone = true;
          entry.running = false;
        }
        await settle();
        expect(queue.running).toBeLessThanOrEqual(2);
        expect(queue.size).toBe(places.filter(({ gone }) => !gone).length);
        const waiting = places.filter(({ turned, running, gone }) => turned && !running && !gone).length;
        // No request waits while a place is free; those that are being sent wait for nothing.
        if (queue.running < 2)
          expect(waiting).toBeLessThanOrEqual(places.filter(({ gone }) => !gone).length - queue.running);
      }
      for (const { place } of places) place.leave();
      expect([queue.size, queue.running]).toEqual([0, 0]);
    }),
    { numRuns: 100 },
  );
});
