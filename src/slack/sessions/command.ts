import { parseFilter } from '../../domain/sessions/filter-text.ts';
import { listSessions } from '../../usecases/sessions/list-sessions.ts';
import type { Command } from '../command.ts';
import { listMessage } from './list-reply.ts';

export const sessions: Command = {
  summary: 'Who is on which machine, over all hosts',
  filters: ['host', 'vm', 'user', 'entra', 'from', 'protocol', 'older', 'sort', 'group'],
  run: async (ports, { by, text }) => {
    const { filter, mistakes } = parseFilter(text);
    return listMessage(await listSessions(ports, { by, query: { filter, page: 0 } }), mistakes);
  },
};
