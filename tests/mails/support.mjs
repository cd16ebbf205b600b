// What mail programs make of the HTML and CSS in our mails (caniemail.com). A feature that some program lacks fails
// unless baseline.json holds it with the reason why the mail is whole without it.
//
//     node support.mjs FOLDER
import fs from 'node:fs';
import path from 'node:path';
import {caniemail} from 'caniemail';

const folder = process.argv[2];
const baseline = JSON.parse(fs.readFileSync(new URL('baseline.json', import.meta.url), 'utf8'));
const clients = ['gmail.*', 'outlook.*', 'apple-mail.*', 'yahoo.*', 'thunderbird.*', 'samsung-email.*'];
const found = new Set();
for (const file of fs.readdirSync(folder)) {
  const {issues} = caniemail({clients, html: fs.readFileSync(path.join(folder, file), 'utf8')});
  for (const list of [...issues.errors.values(), ...issues.warnings.values()])
    for (const issue of list) found.add(issue.title);
}
const fresh = [...found].filter(title => !(title in baseline));
const stale = Object.keys(baseline).filter(title => !found.has(title));
for (const title of fresh) console.log(`FAIL ${title}: not every mail program knows it`);
for (const title of stale) console.log(`FAIL ${title}: is in baseline.json and nothing needs it any more`);
console.log(`  ${found.size} features that some program lacks, ${fresh.length} of them not expected`);
process.exit(fresh.length + stale.length ? 1 : 0);
