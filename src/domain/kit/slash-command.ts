/** Whether Slack may have sent this as the name of a slash command: the author of the manifest chooses it. */
export function isSlashCommand(text: string): boolean {
  return /^\/[\p{L}\p{N}_-]{1,31}$/u.test(text);
}
