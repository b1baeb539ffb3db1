export const nobody = { view: [], disconnect: [], approve: [] };
