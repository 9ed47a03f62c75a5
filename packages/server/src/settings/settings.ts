import { checkSetting } from "./setting.ts";
import { handlerSettings } from "./settings-table.ts";
import type { Setting } from "./setting.ts";

/** What a handler can be told by numbers and texts. The table in the README says what each is. */
export interface HandlerSettings {
  /** The URL by which clients reach the server, such as `https://images.example.com`. */
  readonly publicUrl: string | undefined;
  /** The most requests that the backend works on at the same time. @default the backend's, else the number of cores */
  readonly concurrency: number;
  /** The most requests that may wait. @default 64 */
  readonly maxQueued: number;
  /** How many requests a caller may send in a minute. @default no limit */
  readonly requestsPerMinute: number | undefined;
  /** The most pixels of an image, width times height. @default 16777216 */
  readonly maxPixels: number;
  /** Milliseconds that a body may take to arrive. @default 30000 */
  readonly bodyTimeout: number;
  /** Milliseconds that a request may take. @default 600000 */
  readonly requestTimeout: number;
  /** Milliseconds that the URL of an image works. @default 3600000 */
  readonly fileLifetime: number;
}

/**
 * The settings with their defaults.
 *
 * @throws SettingError for a value that its setting cannot have.
 */
export function checkSettings(options: {
  readonly [Name in keyof HandlerSettings]?: HandlerSettings[Name] | undefined;
}): HandlerSettings {
  const values = withDefaults<HandlerSettings>(handlerSettings, options);
  return { ...values, concurrency: values.concurrency ?? coresOfThisMachine() };
}

/** Picks the settings of a table out of options, checks them, and fills in the defaults. */
export function withDefaults<Settings>(table: readonly Setting[], options: object): Settings {
  const given = options as Readonly<Record<string, unknown>>;
  const entries = table.map((setting) => {
    const value = given[setting.name];
    if (value !== undefined) return [setting.name, checkSetting(setting, value, setting.name)];
    return [setting.name, "default" in setting ? setting.default : undefined];
  });
  return Object.fromEntries(entries) as Settings;
}

function coresOfThisMachine(): number {
  const { navigator } = globalThis as { navigator?: { readonly hardwareConcurrency?: number } };
  return navigator?.hardwareConcurrency ?? 4;
}
