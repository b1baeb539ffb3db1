import type { Job } from 'bullmq';

export interface InHand {
  take(job: Job): void;
  /** Called once its end is stored, or it was put back. */
  release(job: Job): void;
  emptied(): Promise<void>;
}

export function jobsInHand(): InHand {
  const held = new Set<string>();
  let onEmpty: () => void = () => undefined;
  const nameOf = ({ queueName, id = '' }: Job) => `${queueName}/${id}`;
  return {
    take: (job) => void held.add(nameOf(job)),
    release(job) {
      held.delete(nameOf(job));
      if (held.size === 0) onEmpty();
    },
    async emptied() {
      if (held.size > 0) await new Promise<void>((resolve) => (onEmpty = resolve));
    },
  };
}
