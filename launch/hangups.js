// Terminals and rotations of logs send it. Before anything else is loaded or built, which takes longer than they wait.
process.on('SIGHUP', () => undefined);
