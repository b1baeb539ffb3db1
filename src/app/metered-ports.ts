import { hasComeBack, isSettled } from '../domain/requests/phases.ts';
import type { DisconnectRequest } from '../domain/requests/request.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { ChannelFailure } from '../ports/channel.ts';
import type { Ports } from '../ports/ports.ts';

type Measured = Pick<
  Ports,
  'bastion' | 'channel' | 'connectionLog' | 'clock' | 'homeTab' | 'requests' | 'hostStates'
>;

/** The same ports, counted: so that no use case has to know of metrics. */
export function measured<P extends Measured>(ports: P, metrics: Metrics): P {
  const { bastion, channel, clock, connectionLog, homeTab, requests, hostStates } = ports;
  const count = <Answer extends { ok: true } | ChannelFailure>(method: string, answer: Answer): Answer => {
    if (!answer.ok) metrics.slackCallFailed(method, answer.why === 'refused' ? answer.code : answer.why);
    return answer;
  };
  const countSettled = (request: DisconnectRequest) => {
    if (isSettled(request) && !hasComeBack(request)) metrics.disconnectSettled(request.state.is);
  };
  return {
    ...ports,
    bastion: {
      ...bastion,
      readSessions: async (host, haste) => {
        const begunAt = clock();
        const result = await bastion.readSessions(host, haste);
        metrics.polled(result.ok ? 'good' : result.failure.kind, clock() - begunAt);
        return result;
      },
    },
    connectionLog: {
      ...connectionLog,
      connections: async (question) => {
        const answer = await connectionLog.connections(question);
        metrics.logAsked(answer.problem?.is ?? 'good');
        return answer;
      },
    },
    channel: {
      post: async (place, content) => count('chat.postMessage', await channel.post(place, content)),
      update: async (message, content) => count('chat.update', await channel.update(message, content)),
      find: async (place, content, since) => {
        const found = await channel.find(place, content, since);
        return found.ok || found.why === 'may-not-read' ? found : count('conversations.history', found);
      },
      look: async (message) => count('chat.getPermalink', await channel.look(message)),
      sayMoved: async (message, content, to) =>
        count('chat.update', await channel.sayMoved(message, content, to)),
      delete: async (message) => count('chat.delete', await channel.delete(message)),
    },
    homeTab: {
      publish: async (user, home, drawnAt) =>
        count('views.publish', await homeTab.publish(user, home, drawnAt)),
    },
    requests: {
      ...requests,
      save: async (request, entry) => {
        const saved = await requests.save(request, entry);
        if (saved === 'saved') countSettled(request);
        return saved;
      },
      saveAll: async (changes) => {
        const saved = await requests.saveAll(changes);
        if (saved === 'saved') for (const { request } of changes) countSettled(request);
        return saved;
      },
    },
    hostStates: {
      ...hostStates,
      // oxlint-disable-next-line max-params -- the port's own
      save: async (before, after, alerts, also) => {
        const saved = await hostStates.save(before, after, alerts, also);
        const raised = saved === 'saved' ? alerts.filter(({ version }) => version === 0) : [];
        for (const { rule } of raised) metrics.alertRaised(rule.name);
        return saved;
      },
    },
  };
}
