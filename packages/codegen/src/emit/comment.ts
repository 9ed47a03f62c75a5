/** A text of the document as it can stand in a comment. */
export function comment(text: string): string {
  return text.replaceAll("*/", "*\\/").replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, " ");
}
