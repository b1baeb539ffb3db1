import { setTimeout as pause } from 'node:timers/promises';

/** What a bot says of itself at `/metrics`, summed over all labels. */
export type Metrics = (name: string) => number;

export async function readMetrics(adminUrl: string): Promise<Metrics> {
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  const samples = text.split('\n').map((line) => /^(?<name>\w+)(?:\{.*\})? (?<value>\S+)/.exec(line)?.groups);
  return (name) => {
    const values = samples.flatMap((sample) => (sample?.['name'] === name ? [Number(sample['value'])] : []));
    if (values.length === 0) throw new Error(`no metric ${name}`);
    return values.reduce((sum, value) => sum + value, 0);
  };
}

export interface PollCounts {
  readonly polls: number;
  readonly cpuMs: number;
}

export async function pollCounts(adminUrl: string): Promise<PollCounts> {
  const metric = await readMetrics(adminUrl);
  return { polls: metric('bastion_polls_total'), cpuMs: metric('process_cpu_seconds_total') * 1000 };
}

export async function untilPolled(adminUrl: string, times: number): Promise<PollCounts> {
  for (;;) {
    const counts = await pollCounts(adminUrl).catch(() => undefined);
    if (counts && counts.polls >= times) return counts;
    await pause(1000);
  }
}
