import { OpenAIError } from "../errors/openai-error.ts";
import type { StreamedImage } from "../streaming/streamed-image.ts";
import { joinBytes } from "../uploads/join-bytes.ts";
import { BufferedFile } from "./buffered-file.ts";
import { ImageEnd } from "./image-end.ts";
import type { SaveProgress } from "./save-progress.ts";

/** Every format of the contract can be told by this many bytes. */
const headBytes = 12;

/** The files of a directory that images are saved to, one after the other. */
export class ImageFiles {
  /** The paths of the files that are complete. */
  readonly saved: string[] = [];
  readonly #directory: string;
  readonly #name: string;
  readonly #onProgress: ((progress: SaveProgress) => void) | undefined;
  readonly #blocks = BufferedFile.allocateBlocks();
  readonly #fs = process.getBuiltinModule("node:fs/promises");
  readonly #path = process.getBuiltinModule("node:path");
  #totalBytes = 0;

  constructor(directory: string, name: string, onProgress: ((progress: SaveProgress) => void) | undefined) {
    this.#directory = directory;
    this.#name = name;
    this.#onProgress = onProgress;
  }

  /** Shows before the request, which may have to be paid for, whether files can be written. */
  async checkDirectory(): Promise<void> {
    await this.#fs.mkdir(this.#directory, { recursive: true });
    const probe = this.#temporaryPath(this.#name);
    await (await this.#fs.open(probe, "wx")).close();
    await this.#fs.rm(probe, { force: true });
  }

  /** Saves an image. If that fails, nothing of it is left. */
  async save(image: StreamedImage): Promise<void> {
    const { index } = image;
    const file = `${this.#name}-${index + 1}`;
    const temporary = this.#temporaryPath(file);
    const handle = await this.#fs.open(temporary, "wx");
    let path: string;
    let bytes: number;
    try {
      const output = new BufferedFile(handle, this.#blocks);
      const written = await this.#write(image, output);
      bytes = written.bytes;
      path = this.#path.join(this.#directory, `${file}.${written.extension}`);
      await output.end();
      await handle.close();
      await this.#rename(temporary, path);
    } catch (error) {
      await handle.close();
      await this.#fs.rm(temporary, { force: true });
      throw error;
    }
    this.saved.push(path);
    this.#onProgress?.({ type: "saved", index, bytes, totalBytes: this.#totalBytes, path });
  }

  async #write(image: StreamedImage, output: BufferedFile): Promise<{ bytes: number; extension: string }> {
    const { index } = image;
    const end = new ImageEnd();
    let bytes = 0;
    let head = new Uint8Array();
    this.#onProgress?.({ type: "started", index, bytes, totalBytes: this.#totalBytes });
    for await (const chunk of image.chunks()) {
      if (head.length < headBytes) {
        head = joinBytes([head, chunk.subarray(0, headBytes - head.length)]);
        if (head.length === headBytes) extensionOf(head, index);
      }
      end.add(chunk);
      await output.write(chunk);
      bytes += chunk.length;
      this.#totalBytes += chunk.length;
      this.#onProgress?.({ type: "bytes", index, bytes, totalBytes: this.#totalBytes });
    }
    const extension = extensionOf(head, index);
    if (!end.isComplete) throw new OpenAIError(`Image ${index} is truncated: it ends after ${bytes} bytes.`);
    return { bytes, extension };
  }

  async #rename(temporary: string, path: string): Promise<void> {
    // A file that is replaced keeps its permissions.
    const old = await this.#fs.stat(path).catch(() => undefined);
    if (old) await this.#fs.chmod(temporary, old.mode);
    await this.#fs.rename(temporary, path);
  }

  #temporaryPath(file: string): string {
    return this.#path.join(this.#directory, `.${file}-${Math.random().toString(36).slice(2)}.part`);
  }
}

function extensionOf(head: Uint8Array, index: number): string {
  const extension = imageExtension(head);
  if (extension) return extension;
  const start = JSON.stringify(new TextDecoder().decode(head));
  throw new OpenAIError(`Image ${index} is neither PNG, WebP nor JPEG: it begins with ${start}.`);
}

/** The extension that belongs to an image of one of the contract's formats, by its first twelve bytes, or undefined. */
function imageExtension(bytes: Uint8Array): "png" | "jpeg" | "webp" | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (start.startsWith("\xff\xd8\xff")) return "jpeg";
  if (/^RIFF[^]{4}WEBP/.test(start)) return "webp";
  return undefined;
}
