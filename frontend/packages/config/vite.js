import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';

const COMPRESSIBLE = /\.(html|js|css|svg|json|txt|xml|webmanifest)$/;
/** Below this size a compressed copy costs more in file lookups than it saves on the wire. */
const MIN_COMPRESSED_BYTES = 512;

/** The server looks the placeholders up by text; a build that loses one would silently drop the page's meta. */
const PLACEHOLDERS = ['<!--app-head-->', '<!--app-body-->'];

function filesUnder(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

function compress(path) {
  const bytes = readFileSync(path);
  if (bytes.length < MIN_COMPRESSED_BYTES) return;
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

/** Writes .gz and .br beside every text asset, so the C++ server never compresses at run time. */
function precompress() {
  let outDir = 'dist';
  return {
    name: 'tt-precompress',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
    },
    closeBundle() {
      const html = readFileSync(join(outDir, 'index.html'), 'utf8');
      for (const placeholder of PLACEHOLDERS) {
        if (!html.includes(placeholder)) throw new Error(`index.html lost ${placeholder}`);
      }
      filesUnder(outDir).filter((path) => COMPRESSIBLE.test(path) && !path.includes('/.vite/')).forEach(compress);
    },
  };
}

/** The theme must be known before the first paint, and CSP forbids inline scripts: a small file of its own. */
function themeScript() {
  const source = readFileSync(fileURLToPath(new URL('../ui/src/theme-boot.js', import.meta.url)), 'utf8');
  return {
    name: 'tt-theme-script',
    configureServer(server) {
      server.middlewares.use('/assets/theme-boot.js', (_request, response) => {
        response.setHeader('Content-Type', 'text/javascript');
        response.end(source);
      });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, context) {
        const bundled = Object.keys(context.bundle ?? {}).find((name) => /theme-boot-.*\.js$/.test(name));
        const src = bundled ? `/${bundled}` : '/assets/theme-boot.js';
        return html.replace(PLACEHOLDERS[0], `<script src="${src}"></script>\n    ${PLACEHOLDERS[0]}`);
      },
    },
    buildStart() {
      if (this.meta.watchMode) return;
      this.emitFile({ type: 'asset', name: 'theme-boot.js', source });
    },
  };
}

/** Text in the two faces of every page paints once: without the hint they are found only after CSS and scripts. */
const FIRST_FONTS = /(bricolage-grotesque|figtree)-latin-wght-normal-[\w-]+\.woff2$/;

function preloadFonts() {
  return {
    name: 'tt-preload-fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, context) =>
        Object.keys(context.bundle ?? {})
          .filter((name) => FIRST_FONTS.test(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'preload', href: `/${name}`, as: 'font', type: 'font/woff2', crossorigin: '' },
            injectTo: 'head',
          })),
    },
  };
}

/** Vite configuration shared by both apps. `port` is for `vite dev`; `api` is where a gateway runs. */
export function appConfig({ port, api }) {
  const proxied = ['/api', '/auth', '/functions', '/rest', '/media', '/u'];
  const proxy = Object.fromEntries(proxied.map((path) => [path, { target: api, changeOrigin: false, bypass: navigationsToTheApp }]));
  return {
    plugins: [react(), tailwindcss(), themeScript(), preloadFonts(), precompress()],
    server: { host: '127.0.0.1', port, strictPort: true, proxy },
    build: {
      target: 'es2022',
      sourcemap: false,
      // Inlined assets would need a wider CSP and are never cached on their own.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      manifest: true,
      reportCompressedSize: false,
    },
  };
}

function navigationsToTheApp(request) {
  return request.headers.accept?.includes('text/html') ? '/index.html' : undefined;
}
