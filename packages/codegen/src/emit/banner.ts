/** The first lines of every generated TypeScript file. */
export function banner(specName: string, command = "pnpm generate"): string {
  const name = specName.replaceAll(/[\r\n\u2028\u2029]+/g, " ");
  return [`// Generated from ${name}. Do not edit: change the spec and run \`${command}\`.`, "", ""].join("\n");
}
