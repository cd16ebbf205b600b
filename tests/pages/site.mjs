// A built site as a browser meets it: which pages there are, served as a host would serve them.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

const TYPES = {'.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json', '.txt': 'text/plain; charset=utf-8', '.xml': 'application/xml'};

/** The folders of pages, by kind: of each kind and language the longest page, which has most to go wrong. */
export function pages(site) {
  const kinds = new Map();
  for (const file of fs.readdirSync(site, {recursive: true}).map(String)) {
    if (!file.endsWith('.html') || fs.readFileSync(path.join(site, file), 'utf8').includes('http-equiv="refresh"')) continue;
    // A language's folder has a front page and a feed of its own.
    const [first] = file.split('/'), lang = fs.existsSync(path.join(site, first, 'feed.atom')) ? 1 : 0;
    const kind = file.split('/').map((part, at, all) => at === all.length - 2 && all.length > 2 + lang ? '*' : part).join('/')
      .replace(/history\/.*\/index/, 'history/*/index');
    const size = fs.statSync(path.join(site, file)).size;
    if (!kinds.has(kind) || kinds.get(kind).size < size) kinds.set(kind, {file, size});
  }
  return [...kinds.values()].map(({file}) => file.replace(/index\.html$/, ''));
}

/** Serves the site, compressed, on a port of its own; gives the server and its origin, which ends with a slash. */
export async function serve(site) {
  const server = http.createServer((request, response) => {
    let file = path.join(site, decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (file.endsWith('/')) file += 'index.html';
    if (!file.startsWith(site) || !fs.existsSync(file)) return response.writeHead(404).end();
    const head = {'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'content-encoding': 'gzip'};
    response.writeHead(200, head).end(zlib.gzipSync(fs.readFileSync(file)));
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {server, origin: `http://127.0.0.1:${server.address().port}/`};
}

/** How every browser of these checks is started. */
export const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
