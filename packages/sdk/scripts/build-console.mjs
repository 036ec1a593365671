/**
 * Bundles the web console for browsers, and writes its files into one module, so that neither a
 * user nor his bundler builds or copies anything.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, 'src/generated/console.ts')

const bundle = await build({
  entryPoints: [join(root, 'console/src/main.ts')],
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
})
const files = {
  html: await readFile(join(root, 'console/index.html'), 'utf8'),
  css: await readFile(join(root, 'console/style.css'), 'utf8'),
  script: bundle.outputFiles[0].text,
}
const lines = [
  '/* Made by scripts/build-console.mjs from console/: do not edit. */',
  '',
  '/** The files of the web console. */',
  'export const consoleFiles = Object.freeze({',
  ...Object.entries(files).map(([name, text]) => `  ${name}: ${JSON.stringify(text)},`),
  '})',
  '',
]
await mkdir(dirname(target), { recursive: true })
// Others may be reading it: it is there whole, or as it was.
await writeFile(`${target}.${process.pid}`, lines.join('\n'))
await rename(`${target}.${process.pid}`, target)
