/** Loaded before an agent: at SIGUSR2 the computer's clock jumps, a day ahead, then two days back, and so on. */
const { now } = Date;
const dayMs = 24 * 60 * 60 * 1000;
let offsetMs = 0;
process.on('SIGUSR2', () => {
  offsetMs = offsetMs === dayMs ? -dayMs : dayMs;
});
Date.now = () => now() + offsetMs;
