import type { Backend, BackendImage, VariationRequest } from "@image-variations/backends";

/**
 * The images of a backend, exactly `n` of them, each as soon as it is done. A backend that does not listen to the signal
 * is left behind when it ends.
 *
 * @throws What the backend throws; Error if it yields too few, or something that is not an image.
 */
export async function* runBackend(
  backend: Backend,
  request: VariationRequest & { readonly signal: AbortSignal },
): AsyncGenerator<BackendImage, void, undefined> {
  const { n, signal } = request;
  signal.throwIfAborted();
  const images = backend.createVariations(request)[Symbol.asyncIterator]();
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    stop = () => signal.removeEventListener("abort", abort);
  });
  aborted.catch(() => {});
  let done = 0;
  try {
    while (done < n) {
      const result = await Promise.race([images.next(), aborted]);
      if (result.done) throw new Error(`The backend ${backend.name} made ${done} of ${n} images.`);
      yield checked(result.value, backend);
      done += 1;
    }
  } finally {
    stop();
    // Lets the backend clean up. The images are there, or are no longer wanted, so the outcome does not matter.
    void Promise.resolve(images.return?.()).catch(() => {});
  }
}

function checked(image: BackendImage, { name }: Backend): BackendImage {
  const isThere = image?.bytes instanceof Uint8Array && (image.bytes.length > 0 || image.file !== undefined);
  if (isThere && extensions.has(image.mediaType)) return image;
  throw new Error(
    `The backend ${name} yielded something that is not an image; expected { bytes: Uint8Array, mediaType }, ` +
      `with one of ${[...extensions].join(", ")} as mediaType.`,
  );
}

const extensions: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp"]);
