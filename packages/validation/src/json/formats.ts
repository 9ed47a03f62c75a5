const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 2 && !isLeap ? 28 : (days[month - 1] ?? 0));
}

/** RFC 3339, with the second 60 that a leap second has. */
function isTime(text: string): boolean {
  const [, hour, minute, second] =
    /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|[+-]\d\d:?\d\d)$/i.exec(text)?.map(Number) ?? [];
  return hour !== undefined && hour <= 23 && minute! <= 59 && second! <= 60;
}

function isURL(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && !/\s/.test(text);
}

/** A format: what it is called in messages, and whether a text has it. Each is rather too generous than too strict. */
interface Format {
  readonly name: string;
  readonly test: (text: string) => boolean;
}

/** The formats that are looked at; every other one is passed over. */
export const formats: ReadonlyMap<string, Format> = new Map([
  ["date", { name: "a date such as 2026-05-12", test: isDate }],
  [
    "date-time",
    {
      name: "a time such as 2026-05-12T09:30:00Z",
      test: (text) => {
        const [date = "", ...time] = text.split(/[t\s]/i);
        return isDate(date) && isTime(time.join(" "));
      },
    },
  ],
  ["email", { name: "an email address", test: (text) => /^[^\s@]+@[^\s@]+$/.test(text) }],
  [
    "uuid",
    { name: "a UUID", test: (text) => /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text) },
  ],
  ["uri", { name: "a URL", test: isURL }],
  ["url", { name: "a URL", test: isURL }],
  [
    "ipv4",
    {
      name: "an IPv4 address",
      test: (text) => /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255),
    },
  ],
] satisfies [string, Format][]);
