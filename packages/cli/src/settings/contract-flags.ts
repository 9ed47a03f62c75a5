import type { InputParser } from "@stricli/core";
import type { Parameter } from "@image-variations/validation";
import type { CliContext } from "../command-line/cli-context.ts";
import { createImageVariation } from "../generated/parameter-tables.ts";

/** An option that is a parameter of the contract: its values, limits and default are the contract's. */
interface ContractFlag<Value> {
  readonly kind: "parsed";
  readonly parse: InputParser<Value, CliContext>;
  readonly proposeCompletions?: () => readonly string[];
  readonly brief: string;
  readonly placeholder: string;
  readonly optional: true;
}

/**
 * The option for a parameter of the contract.
 *
 * @param brief What it is, without its values and its default, which are added.
 */
export function contractFlag<Value extends string | number>(
  name: string,
  { brief, placeholder }: { readonly brief: string; readonly placeholder: string },
): ContractFlag<Value> {
  const parameter = contractParameter(name);
  const choices = choicesOf(parameter);
  return {
    kind: "parsed",
    parse: (text) => parseParameter(parameter, text) as Value,
    ...(choices.length > 0 && { proposeCompletions: () => choices }),
    brief: [brief, describe(parameter)].filter(Boolean).join(": "),
    placeholder,
    optional: true,
  };
}

/** The parameter of that name in the contract, as the server of this project has it. */
export function contractParameter(name: string): Parameter {
  const parameter = createImageVariation.find((candidate) => candidate.name === name);
  if (!parameter) throw new Error(`The contract has no parameter ${name}.`);
  return parameter;
}

/** What a parameter is if it is not given; undefined if that is up to the server. */
export function contractDefault(name: string): string | number | undefined {
  const parameter = contractParameter(name);
  return "default" in parameter && typeof parameter.default !== "boolean" ? parameter.default : undefined;
}

/**
 * The value that a text stands for.
 *
 * @throws Error that goes on after the option's name: `must be an integer from 1 to 10; got "x".`
 */
export function parseParameter(parameter: Parameter, text: string): string | number {
  const got = `; got ${JSON.stringify(text)}.`;
  if (parameter.kind === "integer" || parameter.kind === "number") {
    const { minimum = -Infinity, maximum = Infinity, allowed } = parameter;
    const form = parameter.kind === "integer" ? /^[+-]?\d{1,15}$/ : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
    const value = form.test(text) ? Number(text) : Number.NaN;
    const isAllowed = allowed ? allowed.includes(value) : value >= minimum && value <= maximum;
    if (!isAllowed) throw new Error(`must be ${ruleOf(parameter)}${got}`);
    return value;
  }
  if (parameter.kind !== "string") throw new Error(`The parameter ${parameter.name} has no form on a command line.`);
  const { allowed, minimum = 0, maximum = Infinity, pattern } = parameter;
  const { length } = [...text];
  const isAllowed =
    (!allowed || allowed.includes(text)) &&
    length >= minimum &&
    length <= maximum &&
    (!pattern || new RegExp(pattern, "u").test(text));
  if (isAllowed) return text;
  throw new Error(`must be ${ruleOf(parameter)}${length > 100 ? `; got ${length} characters.` : got}`);
}

function ruleOf(parameter: Parameter): string {
  if ("allowed" in parameter && parameter.allowed) return `one of ${parameter.allowed.join(", ")}`;
  if (parameter.kind === "integer" || parameter.kind === "number") {
    const { kind, minimum, maximum } = parameter;
    const noun = kind === "integer" ? "an integer" : "a number";
    if (minimum !== undefined && maximum !== undefined) return `${noun} from ${minimum} to ${maximum}`;
    if (minimum !== undefined) return `${noun}, at least ${minimum}`;
    return maximum === undefined ? noun : `${noun}, at most ${maximum}`;
  }
  if (parameter.kind !== "string") return parameter.kind;
  const { minimum, maximum, pattern } = parameter;
  const limits = [minimum && `at least ${minimum}`, maximum && `at most ${maximum}`].filter(Boolean).join(" and ");
  return ["text", limits && `of ${limits} characters`, pattern && `that matches ${pattern}`].filter(Boolean).join(" ");
}

/** The values and the default, as help has them: `1 to 10, default 1`. */
function describe(parameter: Parameter): string {
  const choices = "allowed" in parameter && parameter.allowed ? parameter.allowed.join(", ") : "";
  const range =
    (parameter.kind === "integer" || parameter.kind === "number") && !choices
      ? [parameter.minimum, parameter.maximum].filter((limit) => limit !== undefined).join(" to ")
      : "";
  const fallback = contractDefault(parameter.name);
  return [choices || range, fallback === undefined ? "" : `default ${fallback}`].filter(Boolean).join("; ");
}

function choicesOf(parameter: Parameter): readonly string[] {
  const { allowed, known } = parameter as { allowed?: readonly (string | number)[]; known?: readonly string[] };
  return (allowed ?? known ?? []).map(String);
}
