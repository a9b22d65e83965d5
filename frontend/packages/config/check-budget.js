// Sums what a first visit downloads (entry, its static imports, their CSS) and fails above the budget.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const KB = 1024;

/** `pages` are the lazy chunks that the first visit loads on top of the entry. Sources: issue 2 §5, academy.md §6.2. */
const budgets = [
  { app: 'website', name: 'home', pages: [], js: 180 * KB, css: 20 * KB },
  { app: 'website', name: 'quiz', pages: ['quiz-page'], js: 200 * KB, css: 20 * KB },
  { app: 'website', name: 'sign-in', pages: ['auth-pages'], js: 205 * KB, css: 20 * KB },
  { app: 'website', name: 'security', pages: ['settings-layout', 'security-page'], js: 235 * KB, css: 20 * KB },
  { app: 'website', name: 'organisation', pages: ['settings-layout', 'organization-page'], js: 230 * KB, css: 20 * KB },
  { app: 'website', name: 'person', pages: ['admin-layout', 'user-page'], js: 235 * KB, css: 20 * KB },
  { app: 'academy', name: 'catalogue', pages: ['catalogue-route'], js: 180 * KB, css: 25 * KB },
  { app: 'academy', name: 'sign-in', pages: ['account-pages'], js: 205 * KB, css: 25 * KB },
  { app: 'academy', name: 'security', pages: ['settings-layout', 'security-page'], js: 235 * KB, css: 25 * KB },
  { app: 'academy', name: 'player', pages: ['lesson-route', 'video-block'], js: 260 * KB, css: 25 * KB },
];

function staticClosure(manifest, key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key]?.imports ?? []) staticClosure(manifest, next, seen);
  return seen;
}

function keyOf(manifest, page) {
  const key = Object.keys(manifest).find((name) => manifest[name].isDynamicEntry && manifest[name].name === page);
  if (!key) throw new Error(`${page} is no lazy page of its own`);
  return key;
}

function measure(dist, manifest, pages) {
  const keys = staticClosure(manifest, 'index.html');
  for (const page of pages) staticClosure(manifest, keyOf(manifest, page), keys);
  const chunks = [...keys].map((key) => manifest[key]);
  const sizeOf = (files) => [...new Set(files)].reduce((sum, file) => sum + gzipSize(join(dist, file)), 0);
  return { js: sizeOf(chunks.map((chunk) => chunk.file)), css: sizeOf(chunks.flatMap((chunk) => chunk.css ?? [])) };
}

/** Files too small for a compressed copy travel as they are. */
function gzipSize(path) {
  return statSync(existsSync(`${path}.gz`) ? `${path}.gz` : path).size;
}

let failed = false;
for (const budget of budgets) {
  const dist = join('apps', budget.app, 'dist');
  const path = join(dist, '.vite/manifest.json');
  if (!existsSync(path)) continue;
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const size = measure(dist, manifest, budget.pages);
  const over = size.js > budget.js || size.css > budget.css;
  failed ||= over;
  const kb = (bytes) => `${(bytes / KB).toFixed(1)} KB`;
  process.stdout.write(
    `${over ? 'OVER' : 'ok  '} ${budget.app}/${budget.name}: JS ${kb(size.js)} of ${kb(budget.js)}, CSS ${kb(size.css)} of ${kb(budget.css)}\n`,
  );
}
process.exitCode = failed ? 1 : 0;
