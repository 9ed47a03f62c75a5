/** The environment of somebody who has only Node and npm: nothing of the package manager or the test runner around us. */
export function consumerEnvironment(variables: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const ours = /^(?:npm|pnpm|vitest|openai|turbo)_|^(?:vitest|node_env|node_options|init_cwd|dev|prod|test|mode)$/i;
  const theirs = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(theirs), ...variables };
}
