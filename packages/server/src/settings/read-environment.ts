import { checkSetting, readSetting, SettingError } from "./setting.ts";
import { containerSettings, handlerSettings, serveSettings } from "./settings-table.ts";

/** The settings of an environment, by the name of their option. What is not set is not there. */
export type EnvironmentSettings = Readonly<Record<string, unknown>>;

/** Variables with this in front belong to the server; one that it does not know is a mistake. */
const prefix = "IMAGE_VARIATIONS_";

/**
 * Reads the `IMAGE_VARIATIONS_…` variables, and for S3 those of AWS. A variable that is empty counts as not set.
 *
 * @param environment Such as `process.env`.
 * @param others More variables with the prefix that somebody else reads.
 * @throws SettingError for an invalid value or an unknown variable, by its name.
 */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  others: readonly string[] = [],
): EnvironmentSettings {
  const settings = new Map(
    [...handlerSettings, ...serveSettings, ...containerSettings].map((setting) => [setting.variable, setting]),
  );
  const values: Record<string, unknown> = {};
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(prefix) || others.includes(variable) || text === undefined || text === "") continue;
    const setting = settings.get(variable);
    if (!setting) {
      throw new SettingError(`${variable} is not a setting. These are: ${[...settings.keys(), ...others].join(", ")}.`);
    }
    values[setting.name] = checkSetting(setting, readSetting(setting, text), variable);
  }
  for (const { name, variable, fallback } of settings.values()) {
    const text = fallback === undefined ? undefined : environment[fallback];
    if (text && values[name] === undefined && !environment[variable]) values[name] = text.trim();
  }
  return values;
}
