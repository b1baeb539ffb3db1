import { hasComeBack, isSettled } from '../domain/requests/phases.ts';
import type { DisconnectRequest } from '../domain/requests/request.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { Bastion } from '../ports/bastion.ts';
import type { Channel, ChannelFailure } from '../ports/channel.ts';
import type { ConnectionLog } from '../ports/connection-log.ts';
import type { HomeTab } from '../ports/home-tab.ts';
import type { HostStates } from '../ports/host-states.ts';
import type { Requests } from '../ports/requests.ts';

export function countedBastion(bastion: Bastion, metrics: Metrics, clock: () => number): Bastion {
  return {
    ...bastion,
    readSessions: async (host, haste) => {
      const begunAt = clock();
      const result = await bastion.readSessions(host, haste);
      metrics.polled(result.ok ? 'good' : result.failure.kind, clock() - begunAt);
      return result;
    },
  };
}

export function countedConnectionLog(log: ConnectionLog, metrics: Metrics): ConnectionLog {
  return {
    ...log,
    connections: async (question) => {
      const answer = await log.connections(question);
      metrics.logAsked(answer.problem?.is ?? 'good');
      return answer;
    },
  };
}

export function countedChannel(channel: Channel, metrics: Metrics): Channel {
  const count = countingCalls(metrics);
  return {
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
  };
}

export function countedHomeTab(homeTab: HomeTab, metrics: Metrics): HomeTab {
  const count = countingCalls(metrics);
  return {
    publish: async (user, home, drawnAt) =>
      count('views.publish', await homeTab.publish(user, home, drawnAt)),
  };
}

export function countedRequests(requests: Requests, metrics: Metrics): Requests {
  const countSettled = (request: DisconnectRequest) => {
    if (isSettled(request) && !hasComeBack(request)) metrics.disconnectSettled(request.state.is);
  };
  return {
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
  };
}

export function countedHostStates(hostStates: HostStates, metrics: Metrics): HostStates {
  return {
    ...hostStates,
    // oxlint-disable-next-line max-params -- the port's own
    save: async (before, after, alerts, also) => {
      const saved = await hostStates.save(before, after, alerts, also);
      const raised = saved === 'saved' ? alerts.filter(({ version }) => version === 0) : [];
      for (const { rule } of raised) metrics.alertRaised(rule.name);
      return saved;
    },
  };
}

function countingCalls(metrics: Metrics) {
  return <Answer extends { ok: true } | ChannelFailure>(method: string, answer: Answer): Answer => {
    if (!answer.ok) metrics.slackCallFailed(method, answer.why === 'refused' ? answer.code : answer.why);
    return answer;
  };
}
