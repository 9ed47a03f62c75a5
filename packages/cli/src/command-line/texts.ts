import {
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
  type ApplicationText,
} from "@stricli/core";

/** What the parser says, in the words of this command. Each is one sentence. */
export const texts: ApplicationText = {
  ...text_en,
  noCommandRegisteredForInput: ({ input, corrections }) =>
    `error ${JSON.stringify(input)} is not a command.${suggestion(corrections.map((word) => word.replaceAll("`", "")))}`,
  exceptionWhileParsingArguments(error) {
    if (!(error instanceof ArgumentScannerError)) return `error The command line can't be read: ${messageOf(error)}`;
    const sentence = formatMessageForArgumentScannerError(error, {
      FlagNotFoundError: ({ input, corrections }) =>
        `There is no option ${optionName(input)}.${suggestion(corrections.map(optionName))}`,
      AliasNotFoundError: ({ input }) => `There is no option -${input}.`,
      ArgumentParseError: ({ externalFlagNameOrPlaceholder, exception }) =>
        `${optionName(externalFlagNameOrPlaceholder)} ${messageOf(exception)}`,
      EnumValidationError: ({ externalFlagName, input, values }) =>
        `${optionName(externalFlagName)} must be one of ${values.join(", ")}; got ${JSON.stringify(input)}.`,
      UnsatisfiedFlagError: ({ externalFlagName }) => `The option ${optionName(externalFlagName)} needs a value.`,
      UnexpectedPositionalError: ({ expectedCount, input }) =>
        `${JSON.stringify(input)} is one argument too many: at most ${expectedCount}.`,
      UnsatisfiedPositionalError: ({ placeholder }) => `The argument <${placeholder}> is missing.`,
      InvalidNegatedFlagSyntaxError: ({ externalFlagName, valueText }) =>
        `The option ${optionName(externalFlagName)} takes no value; got ${JSON.stringify(valueText)}.`,
      UnexpectedFlagError: ({ externalFlagName, input }) =>
        `The option ${optionName(externalFlagName)} was given twice, the second time as ${JSON.stringify(input)}.`,
    });
    return `error ${sentence}`;
  },
};

/** The option as it is typed: a name of one letter is `-n`. */
function optionName(name: string): string {
  if (name.startsWith("-")) return name;
  return name.length === 1 ? `-${name}` : `--${name}`;
}

function suggestion(words: readonly string[]): string {
  return words.length === 0 ? "" : ` Did you mean ${words.join(" or ")}?`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
