// Terminals and rotations of logs send it; nothing ends by it, whatever is loaded or built by then.
process.on('SIGHUP', () => undefined);
