// Mails as phones and desktops show them: nothing runs out of the window, in light and in dark every word can be read.
// Pictures are left in FOLDER/pictures.
//
//     node look.mjs FOLDER        (CHROME=path names another browser than Debian's chromium)
import fs from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const folder = path.resolve(process.argv[2]);
const pictures = path.join(folder, 'pictures');
fs.mkdirSync(pictures, {recursive: true});
const files = fs.readdirSync(folder).filter(file => file.endsWith('.html'));
const size = file => fs.statSync(path.join(folder, file)).size;
// The longest has most to go wrong, the first is what people see first.
const chosen = [files[0], files.sort((a, b) => size(b) - size(a))[0]];
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let failed = 0;
for (const file of new Set(chosen)) for (const width of [360, 640]) for (const scheme of ['light', 'dark']) {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.setViewport({width, height: 800});
  await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
  await page.goto(`file://${path.join(folder, file)}`);
  await page.screenshot({path: path.join(pictures, `${path.parse(file).name}-${width}-${scheme}.png`), fullPage: true});
  const seen = await page.evaluate(() => {
    const light = colour => {
      const [r, g, b] = colour.match(/[\d.]+/g).map(Number).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    // No element paints a ground of its own, so that of the page counts.
    const probe = document.documentElement.style;
    probe.backgroundColor = 'Canvas';
    const ground = light(getComputedStyle(document.documentElement).backgroundColor);
    const contrasts = [...document.querySelectorAll('h1, h2, p, li, a, strong')].map(element => {
      const words = light(getComputedStyle(element).color);
      return (Math.max(words, ground) + 0.05) / (Math.min(words, ground) + 0.05);
    });
    return {wide: document.documentElement.scrollWidth, contrast: Math.min(...contrasts), ground};
  });
  const dark = seen.ground < 0.2;
  if (seen.wide > width || seen.contrast < 4.5 || dark !== (scheme === 'dark')) {
    failed++;
    console.log('FAIL', file, width, scheme, seen);
  }
  await page.close();
}
await browser.close();
console.log(`  pictures in ${pictures}`);
process.exit(failed ? 1 : 0);
