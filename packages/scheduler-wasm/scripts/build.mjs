/**
 * Compiles the engine, once with SIMD and once without, and writes both as base64 into one module,
 * so that no bundler needs a loader for them. Does nothing when the module was made from the same
 * sources.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const engines = [
  {
    entry: 'assembly/kernel/index.ts',
    folder: 'assembly/kernel',
    target: 'src/generated/kernel.ts',
    name: 'Kernel',
  },
]

/** 4 GiB: all that 32-bit addresses reach. */
const maximumPages = 65_536

const shared = [
  '--runtime',
  'stub',
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--converge',
  '--initialMemory',
  '1',
  '--maximumMemory',
  String(maximumPages),
  // Nothing allocates and nothing throws: the module has no imports.
  '--use',
  'abort=',
]
const tiers = {
  simd: ['--enable', 'simd'],
  plain: ['--disable', 'simd'],
}

for (const engine of engines) {
  const target = join(root, engine.target)
  const hash = await inputsHash(engine.folder)
  if ((await currentHash(target)) === hash) continue
  const lines = [
    `/* Made by scripts/build.mjs from ${engine.folder}/: do not edit. */`,
    `/* inputs: ${hash} */`,
    '',
  ]
  for (const [tier, flags] of Object.entries(tiers)) {
    const bytes = await compile([engine.entry, ...shared, ...flags])
    lines.push(
      `export const ${tier}${engine.name} =`,
      `  '${Buffer.from(bytes).toString('base64')}'`,
      '',
    )
  }
  await mkdir(dirname(target), { recursive: true })
  // Written aside and renamed: a reader sees the old module or the new one, never half of it.
  const draft = `${target}.${process.pid}.tmp`
  await writeFile(draft, lines.join('\n'))
  await rename(draft, target)
}

async function compile(flags) {
  const { default: asc } = await import('assemblyscript/asc')
  let binary
  let messages = ''
  const { error } = await asc.main([...flags, '--outFile', 'engine.wasm'], {
    readFile: (name, base) => readFile(join(root, base, name), 'utf8').catch(() => null),
    writeFile: (name, contents) => {
      if (name === 'engine.wasm') binary = contents
    },
    listFiles: () => [],
    stderr: { write: (text) => void (messages += text) },
  })
  if (error || !binary) throw new Error(`asc failed: ${error?.message}\n${messages}`)
  return binary
}

async function inputsHash(folder) {
  const sources = (await readdir(join(root, folder), { recursive: true }))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
    .sort()
  const digest = createHash('sha256')
  for (const path of [...sources, 'scripts/build.mjs']) {
    digest
      .update(path)
      .update('\0')
      .update(await readFile(join(root, path)))
      .update('\0')
  }
  const compiler = createRequire(import.meta.url).resolve('assemblyscript/package.json')
  digest.update(JSON.parse(await readFile(compiler, 'utf8')).version)
  return digest.digest('hex')
}

async function currentHash(target) {
  const text = await readFile(target, 'utf8').catch(() => '')
  return /^\/\* inputs: ([0-9a-f]{64}) \*\/$/m.exec(text)?.[1]
}
