/** The environment of somebody who has only Node and npm: nothing of the package manager or the test runner around us. */
export function consumerEnvironment(variables: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const ours = /^(?:npm|pnpm|turbo|vitest|openai)(?:_|$)|^node_(?:env|options)$/i;
  const theirs = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(theirs), ...variables };
}
