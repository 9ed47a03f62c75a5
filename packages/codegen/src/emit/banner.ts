/** The first lines of every generated TypeScript file. */
export function banner(specName: string, command = "pnpm generate"): string {
  const line = `Generated from ${specName}. Do not edit: change the spec and run \`${command}\`.`;
  // What ends a line of text also ends a comment.
  return `// ${line.replaceAll(/[\r\n\u2028\u2029]+/g, " ")}\n\n`;
}
