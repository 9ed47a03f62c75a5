/** Every error that this package throws on purpose, but for the `TypeError` of a wrong argument. */
export class OpenAIError extends Error {}
