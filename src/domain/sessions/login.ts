/** `CORP\fay`, `AzureAD\fay` and `fay@corp.example` are `fay`. */
export function withoutDomain(login: string): string {
  const name = login.slice(login.lastIndexOf('\\') + 1);
  const at = name.indexOf('@');
  return (at > 0 ? name.slice(0, at) : name).trim();
}

/** A login without its domain, in lower case: two that are alike may be one person's. */
export function bareLogin(login: string): string {
  return withoutDomain(login).toLowerCase();
}
