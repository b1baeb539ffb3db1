import type { BastionHost, Discovery, DiscoveryProblem, HostId } from '../../src/domain/hosts/host.ts';
import type { ReadingResult } from '../../src/domain/sessions/reading.ts';
import type { Bastion, DisconnectAnswer } from '../../src/ports/bastion.ts';
import type { ConnectionLog, LogAnswer, LogQuestion } from '../../src/ports/connection-log.ts';

type Script<T> = T | (() => T | Promise<T>);

export interface ScriptedBastion extends Bastion {
  /** What reading this host says from now on. A function is asked each time, and may do something in between. */
  answer(hostId: HostId, result: Script<ReadingResult>): void;
  answerDisconnect(answer: Script<DisconnectAnswer>): void;
  find(
    hosts: readonly BastionHost[],
    problems?: readonly DiscoveryProblem[],
    extent?: Partial<Pick<Discovery, 'covered' | 'only'>>,
  ): void;
  /** The host of every reading that was asked for. */
  readonly readings: readonly HostId[];
  readonly disconnects: readonly { readonly hostId: HostId; readonly sessionId: string }[];
}

export function scriptedBastion(): ScriptedBastion {
  const answers = new Map<HostId, Script<ReadingResult>>();
  const readings: HostId[] = [];
  const disconnects: { hostId: HostId; sessionId: string }[] = [];
  let answerToDisconnect: Script<DisconnectAnswer> = { ok: true, state: 'Disconnected' };
  let discovery: Awaited<ReturnType<Bastion['discoverHosts']>> = { hosts: [], problems: [], covered: [] };
  return {
    readings,
    disconnects,
    answer: (hostId, result) => {
      answers.set(hostId, result);
    },
    answerDisconnect: (answer) => {
      answerToDisconnect = answer;
    },
    find: (hosts, problems = [], { covered = [], only } = {}) => {
      discovery = { hosts, problems, covered, ...(only && { only }) };
    },
    discoverHosts: async () => discovery,
    readSessions: async ({ id }) => {
      readings.push(id);
      return said(answers.get(id) ?? { ok: false, failure: { kind: 'unreachable' } });
    },
    disconnect: async ({ id }, sessionIds) => {
      disconnects.push(...sessionIds.map((sessionId) => ({ hostId: id, sessionId })));
      return said(answerToDisconnect);
    },
  };
}

async function said<T extends object>(script: Script<T>): Promise<T> {
  return typeof script === 'function' ? script() : script;
}

export interface ScriptedLog extends ConnectionLog {
  /** What the log says from now on. */
  answer(answer: Script<LogAnswer>): void;
  /** Everything that was asked. */
  readonly questions: readonly LogQuestion[];
}

/** Holds nothing, of every host it is asked about. */
export function scriptedLog(): ScriptedLog {
  const questions: LogQuestion[] = [];
  let script: Script<LogAnswer> | undefined;
  return {
    isSet: true,
    questions,
    answer: (answer) => {
      script = answer;
    },
    connections: async (question) => {
      questions.push(question);
      return said(script ?? { connections: [], covered: question.hostIds });
    },
  };
}
