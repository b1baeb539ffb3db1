import './hangups.js';

// Imported dynamically: nothing is to be loaded before hangups are met.
const { bot } = await import('./bot.js');
await import(await bot());
