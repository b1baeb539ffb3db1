import type { Log, LogFields } from '../../src/ports/log.ts';

export interface LoggedLine {
  readonly level: keyof Log;
  readonly fields: LogFields;
  readonly event: string;
}

/** A log that a test can read. */
export function logLines(): { readonly log: Log; readonly lines: readonly LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const write =
    (level: keyof Log): Log[keyof Log] =>
    (fields, event) => {
      lines.push({ level, fields, event });
    };
  return {
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    lines,
  };
}
