import type { DestinationStream, LevelWithSilent } from 'pino';
import { pino } from 'pino';
import type { Log } from '../ports/log.ts';
import { redact, redactText } from './redact.ts';

export interface LogOptions {
  readonly level: LevelWithSilent;
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

/** Writes each line at once. A closed terminal or a full disk costs lines, never the process: up to a megabyte is kept and tried again. */
export function outputAt(descriptor: number): DestinationStream {
  const output = pino.destination({ dest: descriptor, sync: true, maxLength: unwrittenBytes });
  output.on('error', () => undefined);
  return output;
}
