import { startEmbeddedRedis } from '../../../src/redis/server/private-server.ts';

// Starts the private server of a bot, says where, and stops it when told to. Killed, it stops nothing.
const [dataDir = '', runtimeDir = ''] = process.argv.slice(2);
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const { url, stop } = await startEmbeddedRedis({ dataDir, runtimeDir, log });
process.once('SIGTERM', () => void stop());
console.log(url);
