/** Calls per hour as a small drawing: one bar an hour, failures in another colour and pattern, all of it in words too. */
import type { UsageDay } from './usage-day.ts';

const [width, height, left, bottom] = [760, 180, 44, 22];
const barStep = (width - left) / 24;
const barWidth = barStep - 5;

/** An SVG element that needs nothing from elsewhere. */
export function hourChart({ hours }: Pick<UsageDay, 'hours'>): string {
  const most = roundUp(Math.max(1, ...hours.map(({ calls }) => calls)));
  const tall = (calls: number): number => Math.round((calls / most) * (height - bottom - 10));
  const base = height - bottom;
  const bars = hours.map(({ calls, failures }, hour) => {
    const x = Math.round(left + hour * barStep);
    const bar = (className: string, count: number): string =>
      `<rect class="${className}" x="${x}" y="${base - tall(count)}" width="${barWidth}" height="${tall(count)}"/>`;
    const title = `<title>${two(hour)}:00 to ${two(hour)}:59: ${calls} calls, ${failures} failed</title>`;
    const label = `<text x="${x + barWidth / 2}" y="${height - 6}" text-anchor="middle">${hour}</text>`;
    return `<g>${title}${bar('calls', calls)}${bar('failures', failures)}${label}</g>`;
  });
  const grid = [0, 0.5, 1].map((part) => {
    const y = base - tall(most * part);
    return `<path class="grid" d="M${left} ${y}H${width}"/><text x="${left - 6}" y="${y + 4}" text-anchor="end">${most * part}</text>`;
  });
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="chart-title chart-words">` +
    `<title id="chart-title">Calls per hour</title><desc id="chart-words">${inWords(hours)}</desc>` +
    `${grid.join('')}${bars.join('')}</svg>`
  );
}

/** What the drawing shows, for those who do not see it. */
function inWords(hours: UsageDay['hours']): string {
  const busy = hours.map(({ calls }, hour) => ({ hour, calls })).filter(({ calls }) => calls > 0);
  if (busy.length === 0) return 'There were no calls.';
  const most = busy.reduce((a, b) => (b.calls > a.calls ? b : a));
  const list = busy.map(({ hour, calls }) => `${hour} h: ${calls}`).join(', ');
  return `Most calls, ${most.calls}, in the hour from ${two(most.hour)}:00. By hour: ${list}.`;
}

/** The next number that is easy to read: 1, 2, 4 or 10 times a power of ten; even from 2 on, so that its half is whole. */
function roundUp(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const factor = [1, 2, 4, 10].find((each) => each * power >= most) ?? 10;
  return Math.max(2, factor * power);
}

const two = (hour: number): string => String(hour).padStart(2, '0');
