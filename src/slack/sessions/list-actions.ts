import { listSessions } from '../../usecases/sessions/list-sessions.ts';
import { refreshSessions } from '../../usecases/sessions/refresh-sessions.ts';
import type { Action } from '../action.ts';
import { readListValue } from '../kit/list-value.ts';
import { replace } from '../reply.ts';
import { listMessage } from './list-reply.ts';

export const refreshList: Action = {
  acknowledges: 'first',
  run: async (ports, { by, value }) =>
    replace(listMessage(await refreshSessions(ports, { by, query: readListValue(value) }))),
};

export const turnPage: Action = {
  acknowledges: 'first',
  run: async (ports, { by, value }) =>
    replace(listMessage(await listSessions(ports, { by, query: readListValue(value) }))),
};
