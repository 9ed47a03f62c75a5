import fc from "fast-check";

/** Creates the value at each call: some can be used only once, and some break the generator. */
export type Make = () => unknown;

/** Values that try to break whatever inspects them. */
export const hostileValue: fc.Arbitrary<Make> = fc.oneof(
  fc
    .anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true })
    .map((value) => () => value),
  fc.constantFrom<Make>(
    () => Symbol("otter"),
    () => Symbol("o".repeat(1000)),
    () => 2n ** 4000n,
    () => -0,
    () => Object.create(null) as unknown,
    () => () => "otter",
    () => Map,
    () => Promise.reject(new Error("an ignored rejection")).catch(() => undefined),
    revokedProxy,
    () => revokedProxy([]),
    () => throwingProxy({}),
    () => throwingProxy([]),
    () => throwingProxy(() => undefined),
    () => flickeringProxy(),
    detachedBuffer,
    () => detachedView(),
    () => ({ [Symbol.toStringTag]: "ArrayBuffer", length: 2 ** 31, byteLength: 2 ** 31 }),
    () => withGetter(Symbol.toStringTag),
    () => withGetter("arrayBuffer"),
    () => withGetter("size"),
    () => withGetter(Symbol.asyncIterator),
    () => withGetter("length"),
    () => ({ toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail, toJSON: fail }),
    () => "o".repeat(1_000_000),
    () => "\ud800",
    () => Array.from({ length: 1000 }, (_, index) => index),
    // oxlint-disable-next-line unicorn/no-new-array -- its items are missing, and that is the point.
    () => new Array(2 ** 32 - 1),
    () => JSON.parse('{"__proto__": {"image": 1}}') as unknown,
  ),
);

/** Values that look like image sources, and fail when they are read. */
export const hostileSource: fc.Arbitrary<Make> = fc
  .tuple(
    hostileValue,
    fc.constantFrom<(value: unknown) => unknown>(
      (value) => ({ arrayBuffer: () => value }),
      (value) => ({ arrayBuffer: async () => value }),
      (value) => ({ arrayBuffer: () => raise(value) }),
      (value) => ({ arrayBuffer: fail, slice: () => value, size: 8 }),
      (value) => ({ arrayBuffer: fail, slice: () => ({ arrayBuffer: async () => value }), size: 100 }),
      (value) => ({ arrayBuffer: fail, slice: () => raise(value), size: 100 }),
      (value) => ({ arrayBuffer: fail, slice: fail, size: value }),
      (value) => ({ getReader: () => value }),
      (value) => ({ getReader: () => raise(value) }),
      (value) => ({ getReader: () => ({ read: () => value }) }),
      (value) => ({ getReader: () => ({ read: async () => raise(value), cancel: () => raise(value) }) }),
      () => ({ getReader: () => ({ read: async () => ({ done: false, value: new Uint8Array() }) }) }),
      (value) => ({ [Symbol.asyncIterator]: () => value }),
      (value) => ({ [Symbol.asyncIterator]: () => ({ next: () => value }) }),
      (value) => ({ [Symbol.asyncIterator]: () => ({ next: () => ({ done: false, value }) }) }),
      (value) => ({ [Symbol.asyncIterator]: () => ({ next: async () => raise(value), return: () => raise(value) }) }),
      (value) => new ReadableStream({ pull: (controller) => controller.error(value) }),
      (value) => new ReadableStream({ pull: () => raise(value) }),
      (value) =>
        new ReadableStream({
          start: (controller) => {
            controller.enqueue(value);
            controller.close();
          },
        }),
      (value) => ({ body: value, arrayBuffer: fail }),
      (value) => ({ bodyUsed: value, body: new Blob(["otter"]).stream(), arrayBuffer: fail }),
    ),
  )
  .map(
    ([value, make]) =>
      () =>
        make(value()),
  );

/** An object with hostile values under these names. */
export function hostileRecord(names: fc.Arbitrary<string>, base: object = {}): fc.Arbitrary<Make> {
  return fc
    .array(fc.tuple(names, fc.oneof(hostileValue, hostileSource)), { maxLength: 8 })
    .map((entries) => () => ({ ...base, ...Object.fromEntries(entries.map(([name, make]) => [name, make()])) }));
}

function fail(): never {
  throw new Error("a trap");
}

function raise(value: unknown): never {
  throw value as Error;
}

function withGetter(name: PropertyKey): object {
  return Object.defineProperty({}, name, { get: fail, enumerable: true });
}

function revokedProxy(target: object = {}): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const trapNames = ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor", "apply", "construct"];

function throwingProxy(target: object): unknown {
  return new Proxy(target, Object.fromEntries(trapNames.map((name) => [name, fail])));
}

/** Returns a function for every second property read and throws for the others, except for `then`. */
function flickeringProxy(): unknown {
  let looks = 0;
  const get = (_: object, name: PropertyKey): unknown => {
    if (name === "then") return undefined;
    return ++looks % 2 > 0 ? () => new ArrayBuffer(8) : fail();
  };
  return new Proxy({}, { get, has: () => true });
}

function detachedBuffer(): ArrayBuffer {
  const buffer = new ArrayBuffer(64);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}

function detachedView(): Uint8Array {
  const view = new Uint8Array(64);
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
}
