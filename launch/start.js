import './hangups.js';

// What `npm start` runs: the bot in this very process, built anew only where its source is not that of the build.
// Loaded behind the line above, which nothing else may come before.
const { bot } = await import('./bot.js');
await import(await bot());
