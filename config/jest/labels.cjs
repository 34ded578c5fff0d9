/** Gives every `@salesforce/label/c.X` its real text, so that tests read what people read; an unknown one stays `c.X`. */
const { globSync, readFileSync } = require('node:fs');

const files = globSync('force-app/main/**/labels/*.labels-meta.xml');
const unescape = (text) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

for (const file of files) {
  const labels = readFileSync(file, 'utf8').matchAll(
    /<labels>[\s\S]*?<fullName>(.*?)<\/fullName>[\s\S]*?<value>([\s\S]*?)<\/value>[\s\S]*?<\/labels>/g,
  );
  for (const [, name, value] of labels) {
    jest.doMock(`@salesforce/label/c.${name}`, () => ({ __esModule: true, default: unescape(value) }), {
      virtual: true,
    });
  }
}
jest.doMock('@salesforce/i18n/timeZone', () => ({ __esModule: true, default: 'Europe/Berlin' }), { virtual: true });
