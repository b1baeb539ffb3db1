import { runDemo } from './run.ts';

// For the tests, whose bot is built already.
await runDemo(Promise.resolve());
