import { identifyFile } from "@image-variations/validation";
import type { Metadata, Sharp } from "sharp";
import { CliError } from "../command-line/cli-error.ts";
import { printable } from "../files/printable.ts";
import { maximumSide } from "./image-limits.ts";
import { unappliedColorChunks } from "./png-colors.ts";
import type { SharpModule } from "../codec/load-sharp.ts";

/** An image of any format, before its pixels are decoded. */
export interface Source {
  /** Such as `JPEG`. */
  readonly format: string;
  /** In pixels, as the image is to be seen. */
  readonly width: number;
  readonly height: number;
  /** Bits for each channel that are worth keeping. */
  readonly bits: 8 | 16;
  readonly isGrey: boolean;
  /** What is done to read it, as sentences. */
  readonly steps: readonly string[];
  /** Its pixels, upright. */
  open(): Sharp;
}

/** How an image is read. */
export interface SourceOptions {
  readonly sharp: SharpModule;
  /** The shorter side of an image that has no pixels of its own, in pixels. */
  readonly drawnSide: number;
}

/**
 * Reads what an image is.
 *
 * @throws CliError if it can't be decoded.
 */
export async function readSource(bytes: Uint8Array<ArrayBuffer>, { sharp, drawnSide }: SourceOptions): Promise<Source> {
  const metadata = await decoding(bytes, sharp, () => sharp(bytes).metadata());
  const { format, space, depth } = metadata;
  const { width, height } = metadata.autoOrient;
  const drawing =
    format === "svg" ? drawingOf({ width, height, side: drawnSide, density: metadata.density }) : undefined;
  return {
    format: nameOf(format),
    width: drawing?.width ?? width,
    height: drawing?.height ?? height,
    bits: depth === "ushort" ? 16 : 8,
    isGrey: space === "b-w" || space === "grey16",
    steps: [
      ...(drawing ? [`Drew it at ${drawing.width}x${drawing.height} pixels.`] : []),
      ...readingSteps(metadata),
      ...unappliedSteps(format, bytes),
    ],
    open: () => sharp(bytes, { failOn: "error", ...(drawing && { density: drawing.density }) }).autoOrient(),
  };
}

/** Runs what decodes an image, and explains why it fails. */
export async function decoding<Result>(
  bytes: Uint8Array,
  sharp: SharpModule,
  decode: () => Promise<Result>,
): Promise<Result> {
  try {
    return await decode();
  } catch (cause) {
    throw explain(bytes, sharp, cause as Error);
  }
}

function explain(bytes: Uint8Array, sharp: SharpModule, cause: Error): CliError {
  const said = printable(cause.message.split("\n", 1)[0] ?? "");
  const options = { exit: "invalidImage", cause } as const;
  if (bytes.length === 0) {
    return new CliError("The file is empty.", { ...options, fix: "Check where the file comes from." });
  }
  if (/pixel limit/.test(said)) {
    const fix = "Scale it down with another program.";
    return new CliError("The image has more than 268 megapixels.", { ...options, fix });
  }
  if (/unsupported image format|No decode delegate|compression format/.test(said)) {
    const { type, fix } = identifyFile(bytes);
    const isImage = type?.startsWith("image/");
    return new CliError(`The file is ${printable(type ?? "of an unknown kind")}, which can't be decoded here.`, {
      ...options,
      fix: isImage ? `Convert it with another program to one of ${readableFormats(sharp)}.` : fix,
    });
  }
  return new CliError(`The image is damaged, and can't be decoded: ${said}.`, {
    ...options,
    fix: "Download or copy it again, or re-save it with another program.",
  });
}

/** The formats that this build of sharp reads. */
function readableFormats(sharp: SharpModule): string {
  const formats = Object.entries(sharp.format).filter(([name, { input }]) => input.buffer && name !== "raw");
  return formats.map(([name]) => nameOf(name)).join(", ");
}

/** The builds of sharp on npm read AVIF of the formats that are in HEIF. */
function nameOf(format: string): string {
  return format === "heif" ? "AVIF" : format.toUpperCase();
}

interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Dots in an inch. */
  readonly density: number;
}

/** What librsvg draws at if it is not told. */
const baseDensity = 72;
const maximumDensity = 100_000;

/** The size at which the shorter side of a drawing is as long as wanted, and the longer not too long. */
function drawingOf(input: {
  readonly width: number;
  readonly height: number;
  readonly side: number;
  readonly density: number | undefined;
}): Drawing {
  const { width, height, side, density = baseDensity } = input;
  const wanted = Math.min(side / Math.min(width, height), maximumSide / Math.max(width, height));
  const scaled = Math.min(Math.max(density * wanted, 1), maximumDensity);
  const scale = scaled / density;
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
    density: scaled,
  };
}

function readingSteps({ space, hasProfile, icc, depth, format, pages = 1, orientation = 1 }: Metadata): string[] {
  const frames = format === "gif" || format === "webp" ? "frames" : "images";
  return [
    ...(pages > 1 ? [`Took the first of its ${pages} ${frames}.`] : []),
    ...(orientation > 1 ? [`Turned it upright, as its EXIF orientation says (${orientation}).`] : []),
    ...colorSteps({ space, hasProfile: hasProfile && !isSrgb(icc), depth }),
  ];
}

function unappliedSteps(format: string, bytes: Uint8Array): string[] {
  const chunks = format === "png" ? unappliedColorChunks(bytes) : [];
  return chunks.map(
    (type) => `Took its colors for sRGB, although ${type} states others: re-save it in sRGB if they look wrong.`,
  );
}

/** Whether a color profile describes itself as that of sRGB, in ASCII or in UTF-16. */
function isSrgb(profile: Buffer | undefined): boolean {
  return ["sRGB", "s\0R\0G\0B"].some((name) => profile?.includes(name, 0, "latin1"));
}

function colorSteps({ space, hasProfile, depth }: Pick<Metadata, "space" | "hasProfile" | "depth">): string[] {
  if (space === "cmyk") return [`Converted CMYK to sRGB${hasProfile ? " by its color profile" : ""}.`];
  if (space === "lab") return ["Converted CIELAB to sRGB."];
  if (hasProfile) return ["Converted its colors to sRGB by its color profile."];
  return depth === "float" || depth === "double" ? ["Converted its floating-point colors to sRGB."] : [];
}
