/** What errors and logs name a request by. */
export interface RequestName {
  readonly method: string;
  readonly url: string;
}

/** Method and URL, as logs and errors name a request: without query and password, which may be credentials. */
export function requestLine({ method, url }: RequestName): string {
  const { protocol, host, pathname } = new URL(url);
  return `${method} ${protocol}//${host}${pathname}`;
}
