/** How the slash command is called in this workspace, for what names it without having come from it. */
export interface CommandNames {
  /** As it was typed last; undefined while nobody has typed it. */
  last(): Promise<string | undefined>;
  note(name: string): Promise<void>;
}
