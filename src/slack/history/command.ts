import { parseHistory } from '../../domain/history/query-text.ts';
import { showHistory } from '../../usecases/history/show-history.ts';
import type { Command } from '../command.ts';
import { historyMessage } from './list-reply.ts';

export const history: Command = {
  summary: 'Sessions that have ended, and how',
  filters: ['since', 'host', 'vm', 'user', 'entra', 'from', 'protocol', 'older', 'sort', 'group'],
  run: async (ports, { by, text }) => {
    const { filter, sinceMs, mistakes } = parseHistory(text);
    const query = { filter, sinceMs, page: 0 };
    return historyMessage(await showHistory(ports, { by, query }), mistakes);
  },
};
