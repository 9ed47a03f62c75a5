/** The first lines of every generated TypeScript file. */
export function banner(specName: string): string {
  return [`// Generated from ${specName}. Do not edit: change the spec and run \`pnpm generate\`.`, "", ""].join("\n");
}
