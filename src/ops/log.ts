import type { DestinationStream, LevelWithSilent } from 'pino';
import { pino } from 'pino';
import type { Log } from '../ports/log.ts';
import { redact, redactText } from './redact.ts';

export interface LogOptions {
  readonly level: LevelWithSilent;
  /** Standard output unless given. */
  readonly destination?: DestinationStream;
}

/** JSON lines, without secrets whatever is handed in: pino's own redaction knows no "at any depth". */
export function pinoLog({ level, destination = outputAt(1) }: LogOptions): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const write =
    (label: keyof Log): Log[keyof Log] =>
    (fields, event) => {
      if (logger.isLevelEnabled(label)) logger[label](redact(fields), redactText(event));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

const unwrittenBytes = 1024 * 1024;

/**
 * Writes each line at once. A terminal that was closed or a disk that is full costs lines, never the process: what
 * cannot be written is kept up to a megabyte, tried again with the next line, and not waited for at the end.
 */
export function outputAt(descriptor: number): DestinationStream {
  const output = pino.destination({ dest: descriptor, sync: true, maxLength: unwrittenBytes });
  output.on('error', () => undefined);
  return output;
}
