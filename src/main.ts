// Terminals and rotations of logs send it. Before anything else is loaded, which takes longer than they wait.
process.on('SIGHUP', () => undefined);
const { runProcess } = await import('./app/run.ts');
await runProcess();
