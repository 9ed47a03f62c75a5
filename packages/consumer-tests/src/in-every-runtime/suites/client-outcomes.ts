import { clientChecks } from "./client-checks.ts";

/** What came of one check of the client: an error where it failed. */
export interface ClientOutcome {
  readonly name: string;
  readonly error?: string;
}

/**
 * Runs every check of the client.
 *
 * @param input The server's URL.
 */
export default async function clientOutcomes(input: Uint8Array): Promise<ClientOutcome[]> {
  const server = new TextDecoder().decode(input);
  const outcomes: ClientOutcome[] = [];
  for (const [name, check] of clientChecks) {
    try {
      await check(`${server}`);
      outcomes.push({ name });
    } catch (error) {
      outcomes.push({ name, error: String(error) });
    }
  }
  return outcomes;
}
