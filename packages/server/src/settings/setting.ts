/** One thing that can be set: by option in a program, by environment variable in a container. */
export type Setting = IntegerSetting | TextSetting | ChoiceSetting | ListSetting | BooleanSetting;

interface SettingBase {
  /** The option's name. */
  readonly name: string;
  /** The environment variable's name. */
  readonly variable: string;
  /** What it is, in one sentence of Markdown. */
  readonly description: string;
  /** The default in words, if it is not a value. */
  readonly otherwise?: string;
  /** The variable of other programs that counts if this one is not set. */
  readonly fallback?: string;
}

interface IntegerSetting extends SettingBase {
  readonly kind: "integer";
  readonly minimum: number;
  readonly maximum: number;
  readonly default?: number;
}

interface TextSetting extends SettingBase {
  readonly kind: "text" | "url";
  readonly default?: string;
}

interface ChoiceSetting extends SettingBase {
  readonly kind: "choice";
  readonly choices: readonly string[];
  /** What a URL begins with that is accepted as well, such as `s3://`. */
  readonly scheme?: string;
  readonly default?: string;
}

/** In the environment, items are separated by commas. */
interface ListSetting extends SettingBase {
  readonly kind: "list";
}

interface BooleanSetting extends SettingBase {
  readonly kind: "boolean";
  readonly default: boolean;
}

/** A value that a setting cannot have; the message names the setting, the value and what is allowed. */
export class SettingError extends TypeError {
  override readonly name = "SettingError";
}

/**
 * The value as its setting's kind has it.
 *
 * @param name What the error calls it: the option or the variable.
 * @throws SettingError
 */
export function checkSetting(setting: Setting, value: unknown, name: string): unknown {
  switch (setting.kind) {
    case "integer": {
      const { minimum, maximum } = setting;
      if (Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum) return value;
      throw wrong(name, value, `an integer from ${minimum} to ${maximum}`);
    }
    case "url": {
      const url = typeof value === "string" ? URL.parse(value) : null;
      if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash)
        return (value as string).replace(/\/+$/, "");
      throw wrong(name, value, "an http or https URL without query and fragment");
    }
    case "text":
      if (typeof value === "string" && value !== "") return value;
      throw wrong(name, value, "text");
    case "choice":
      if (setting.choices.includes(value as string)) return value;
      if (setting.scheme !== undefined && String(value).startsWith(setting.scheme)) return value;
      throw wrong(
        name,
        value,
        `one of ${[...setting.choices, ...(setting.scheme ? [`${setting.scheme}…`] : [])].join(", ")}`,
      );
    case "list":
      if (Array.isArray(value) && value.every((item) => typeof item === "string" && item !== "")) return value;
      throw wrong(name, value, "a list of texts");
    case "boolean":
      if (typeof value === "boolean") return value;
      throw wrong(name, value, "true or false");
  }
}

/** What the text of an environment variable stands for. What cannot be read stays text, which its check rejects. */
export function readSetting({ kind }: Setting, text: string): unknown {
  if (kind === "integer") return /^\d{1,16}$/.test(text.trim()) ? Number(text) : text;
  if (kind === "boolean")
    return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : text;
  if (kind === "list") {
    return text
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean);
  }
  return text.trim();
}

function wrong(name: string, value: unknown, allowed: string): SettingError {
  const isSecret = /key|secret|token/i.test(name);
  const shown = isSecret ? typeof value : typeof value === "string" ? JSON.stringify(value) : String(value);
  return new SettingError(`${name} must be ${allowed}, got ${shown.slice(0, 200)}.`);
}
