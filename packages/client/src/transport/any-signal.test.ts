import { getEventListeners } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anySignal } from "./any-signal.ts";

describe.for(["with", "without"])("%s AbortSignal.any,", (has) => {
  const { any } = AbortSignal;
  beforeAll(() => {
    if (has === "without") Object.assign(AbortSignal, { any: undefined });
  });
  afterAll(() => void Object.assign(AbortSignal, { any }));

  test("a signal is aborted with the first of several, for its reason", () => {
    const second = new AbortController();
    const signal = anySignal([new AbortController().signal, second.signal]);
    expect(signal.aborted).toBe(false);
    second.abort("second");
    expect([signal.aborted, signal.reason]).toEqual([true, "second"]);
  });

  test("no listener is left on the signals, once one of them is aborted", () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const signal = anySignal([first.signal, second.signal]);
    first.abort();
    expect(signal.aborted).toBe(true);
    const left = [first, second].map((controller) => getEventListeners(controller.signal, "abort").length);
    expect(left).toEqual([0, 0]);
  });

  test("a signal is aborted at once if one of several is", () => {
    const signal = anySignal([new AbortController().signal, AbortSignal.abort("before"), AbortSignal.abort("later")]);
    expect([signal.aborted, signal.reason]).toEqual([true, "before"]);
  });
});
