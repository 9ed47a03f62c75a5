import type { Parameter } from "../parameter-table.ts";
import { isImageSource } from "../source/is-image-source.ts";
import { closestMatch } from "./closest-match.ts";

/** What to do about a value of the wrong type, where it shows what was meant; else undefined. */
export function mendType(parameter: Parameter, value: unknown): string | undefined {
  const { kind, name } = parameter;
  if (kind === "image") return typeof value === "string" ? mendPictureText(value) : undefined;
  if (kind === "images") return isImageSource(value) ? `Put it in an array: ${name}: [picture].` : undefined;
  if (kind === "string") {
    const meant = closestMatch(String(value), parameter.allowed ?? []);
    return typeof value === "number" || meant
      ? `Write ${JSON.stringify(meant ?? String(value))}, with quotes.`
      : undefined;
  }
  if (typeof value === "string" && kind === "boolean") {
    return value === "true" || value === "false" ? `Write ${value}, without quotes.` : undefined;
  }
  const number = typeof value === "string" && value.trim() === "" ? NaN : Number(value);
  if (kind === "boolean" || typeof value === "object" || !Number.isFinite(number)) return undefined;
  if (typeof value === "boolean") return undefined;
  return kind === "integer" && number % 1
    ? `Write ${Math.round(number)}, as a whole number.`
    : `Write ${number}, as a number.`;
}

/** A text where a picture should be is its address or its content in letters. */
function mendPictureText(text: string): string {
  if (/^https?:/i.test(text)) return "It looks like a URL: pass await fetch(url).";
  if (/^data:/i.test(text)) return "It looks like a data URL: pass await fetch(url), which decodes it.";
  if (text.startsWith("iVBORw0KGgo")) return 'It is a PNG in base64: pass Buffer.from(text, "base64").';
  return "If it is a path, pass the file's content: await readFile(path), or fs.createReadStream(path).";
}
