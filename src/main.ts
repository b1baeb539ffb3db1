// Terminals and rotations of logs send it. Before anything else is loaded, which takes longer than they wait.
process.on('SIGHUP', () => undefined);
await import('./app/process.ts');
