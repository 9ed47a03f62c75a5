import type { CliContext, OutputStream } from "../command-line/cli-context.ts";
import { loadSharp, type SharpModule } from "../codec/load-sharp.ts";
import { detectProtocol, mayBeAsked, protocolOfEnvironment } from "./detect-protocol.ts";
import { drawStrip } from "./draw-strip.ts";
import { encodeBlocks } from "./encode-blocks.ts";
import { encodeIterm2 } from "./encode-iterm2.ts";
import { encodeKitty } from "./encode-kitty.ts";
import { encodeSixel } from "./encode-sixel.ts";
import { layOutStrip } from "./lay-out-strip.ts";
import type { PreviewProtocol, Raster } from "./protocols.ts";
import { queryTerminal, type TerminalInput, type TerminalReply } from "./query-terminal.ts";

/** Shows images in a terminal. */
export interface Preview {
  readonly protocol: PreviewProtocol;
  /**
   * Shows images side by side, as wide as the terminal is now.
   *
   * @param images Files of any format that sharp reads.
   */
  show(images: readonly Uint8Array[]): Promise<void>;
}

/** Where a preview is shown. */
export interface PreviewOptions {
  readonly stream: OutputStream;
  readonly environment: CliContext["environment"];
  /** The keyboard, if the terminal may be asked what it can show. */
  readonly input?: TerminalInput | undefined;
  /** How long a terminal may take to respond, in milliseconds. @default 300 */
  readonly timeout?: number | undefined;
}

/** What a character measures in most terminals, in pixels. */
const usualCell = { width: 10, height: 20 };
/** Two pixels, one above the other. */
const blockCell = { width: 1, height: 2 };

/**
 * Finds out how a terminal shows images: by the environment, and if that tells of no protocol, by asking it.
 *
 * @returns Undefined if the stream is not a terminal, or one that shows no colors.
 */
export async function openPreview(options: PreviewOptions): Promise<Preview | undefined> {
  const { stream, environment, input, timeout } = options;
  if (!stream.isTerminal || environment["TERM"] === "dumb") return undefined;
  const isAsked = input && !protocolOfEnvironment(environment) && mayBeAsked(environment);
  const reply = isAsked
    ? await queryTerminal({
        input,
        timeout,
        write: (text) => stream.write(text),
        onInterrupt: () => process.kill(process.pid, "SIGINT"),
      })
    : undefined;
  const protocol = detectProtocol({ environment, colors: stream.colors, reply });
  if (!protocol) return undefined;
  return {
    protocol,
    async show(images) {
      if (images.length === 0) return;
      const strip = layOutStrip(images.length, stream.columns);
      const sharp = await loadSharp();
      const raster = await drawStrip(images, { strip, cell: cellFor(protocol, reply), sharp });
      stream.write(await encode(raster, { protocol, columns: strip.columns, sharp }));
      await stream.drained();
    },
  };
}

function cellFor(protocol: PreviewProtocol, reply: TerminalReply | undefined): StripCell {
  if (protocol === "blocks24" || protocol === "blocks8") return blockCell;
  return reply?.cell ?? usualCell;
}

type StripCell = typeof usualCell;

interface Encoding {
  readonly protocol: PreviewProtocol;
  readonly columns: number;
  readonly sharp: SharpModule;
}

/** As what is written to the terminal, which ends below the images. */
async function encode(raster: Raster, { protocol, columns, sharp }: Encoding): Promise<string> {
  const { width, height, data } = raster;
  if (protocol === "blocks24") return encodeBlocks(raster, 24);
  if (protocol === "blocks8") return encodeBlocks(raster, 8);
  if (protocol === "sixel") return `${await encodeSixel(raster, sharp)}\n`;
  const png = await sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
  return `${protocol === "kitty" ? encodeKitty(png, columns) : encodeIterm2(png, columns)}\n`;
}
