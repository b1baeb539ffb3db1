import { parseFilter } from '../../domain/sessions/filter-text.ts';
import { listSessions } from '../../usecases/sessions/list-sessions.ts';
import type { Command } from '../command.ts';
import { asTyped } from '../kit/as-typed.ts';
import { listMessage } from './list-reply.ts';

export const sessions: Command = {
  usage:
    'sessions [words] [host:… user:… entra:… vm:… protocol:… from:… older:4h sort:age|host|vm|user group:host]',
  summary: 'Who is on which machine, over all Bastion hosts',
  run: async (ports, { by, text }) => {
    const { filter, mistakes } = parseFilter(asTyped(text));
    return listMessage(await listSessions(ports, { by, query: { filter, page: 0 } }), mistakes);
  },
};
