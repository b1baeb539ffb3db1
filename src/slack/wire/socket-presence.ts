import type { Log } from '../../ports/log.ts';

/** `degraded` passes by itself within a moment, or becomes `down`. */
export type SocketState = 'ok' | 'degraded' | 'down';

export interface SocketPresence {
  /** So many connections are open now; to be told of every change. */
  connected(count: number): void;
  failed(why: string): void;
  end(): void;
}

/** `/readyz` turns red within 5 s of the change. */
const downAfterMs = 3000;
const alarmAfterMs = 60_000;

/** Says whether Slack reaches us, and sounds the alarm when it has not for a minute. */
export function socketPresence(
  onState: (state: SocketState, detail: string) => void,
  log: Log,
): SocketPresence {
  let why = 'not connected yet';
  let isDown = false;
  let isOver = false;
  let timers = absent();

  function absent(): readonly NodeJS.Timeout[] {
    const down = setTimeout(() => {
      isDown = true;
      onState('down', why);
    }, downAfterMs);
    const alarm = setTimeout(
      () => log.error({ why }, 'Slack has not reached us for a minute; trying on'),
      alarmAfterMs,
    );
    return [down, alarm];
  }

  function present(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    isDown = false;
  }

  return {
    connected: (count) => {
      if (isOver) return;
      present();
      if (count > 0) return onState('ok', `${count} connected`);
      why = 'the connections were lost';
      onState('degraded', why);
      timers = absent();
    },
    failed: (reason) => {
      why = reason;
      if (isDown) onState('down', why);
    },
    end: () => {
      isOver = true;
      present();
    },
  };
}
