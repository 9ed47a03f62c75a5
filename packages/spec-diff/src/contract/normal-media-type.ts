/** A media type as it is compared: case and character set make no other type. */
export function normalMediaType(type: string): string {
  return type
    .toLowerCase()
    .replaceAll(/\s+/g, "")
    .replace(/;charset=[^;]*/, "");
}
