/**
 * Packs every public package as npm would publish it and checks the tarball: what it holds,
 * publint, attw, and that each entry loads from ESM and from CommonJS without a word on stderr.
 * Needs `npm run build`.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entryTargets, type Package, packages, root } from './workspace.ts'

interface Packed {
  readonly folder: string
  readonly name: string
  readonly tarball: string
  readonly files: readonly string[]
  readonly bytes: number
}

interface PackAnswer {
  readonly filename: string
  readonly size: number
  readonly files: readonly { readonly path: string }[]
}

function pack({ folder, manifest }: Package, destination: string): Packed {
  const text = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', destination],
    { cwd: join(root, folder), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const answers: unknown = JSON.parse(text)
  const [answer] = Array.isArray(answers)
    ? (answers as readonly PackAnswer[])
    : Object.values(answers as Readonly<Record<string, PackAnswer>>)
  if (answer === undefined) throw new Error(`npm pack said nothing about ${manifest.name}`)
  return {
    folder,
    name: manifest.name,
    tarball: join(destination, answer.filename),
    files: answer.files.map(({ path }) => path),
    bytes: answer.size,
  }
}

/** What is missing from a tarball, and what should not be in it. */
function contentTroubles(packed: Packed, { manifest }: Package): string[] {
  const files = new Set(packed.files)
  const wanted = ['LICENSE', 'README.md', ...entryTargets(manifest)]
  const missing = wanted.filter((file) => !files.has(file)).map((file) => `lacks ${file}`)
  const surplus = packed.files
    .filter((file) => /[.]test[.]ts$|[.]tsbuildinfo$|^test\//.test(file))
    .map((file) => `carries ${file}`)
  return [...missing, ...surplus]
}

function run(command: string, args: readonly string[], cwd: string): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    timeout: 120_000,
  })
  if (status === 0) return undefined
  return `${command} ${args.join(' ')}: ${error?.message ?? ''}${stdout}${stderr}`
}

/** A folder whose node_modules holds the packed packages, and the workspace's third-party ones. */
function consumer(all: readonly Packed[], folder: string): void {
  const modules = join(folder, 'node_modules')
  const theirs = join(root, 'node_modules')
  mkdirSync(modules, { recursive: true })
  for (const name of readdirSync(theirs)) {
    if (!name.startsWith('.') && name !== '@nephos')
      symlinkSync(join(theirs, name), join(modules, name))
  }
  for (const { name, tarball } of all) {
    const target = join(modules, name)
    mkdirSync(target, { recursive: true })
    execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])
  }
}

/** Loads each exported subpath both ways; a warning counts as a failure. */
function loadTroubles({ manifest }: Package, folder: string): string[] {
  const troubles: string[] = []
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    if (typeof target === 'string') continue
    const name = JSON.stringify(join(manifest.name, subpath))
    const programs = [
      [
        '--input-type=module',
        `const m = await import(${name}); if (!Object.keys(m).length) throw 0`,
      ],
      ['--input-type=commonjs', `if (!Object.keys(require(${name})).length) throw 0`],
    ] as const
    for (const [kind, program] of programs) {
      const { status, stderr } = spawnSync(process.execPath, [kind, '-e', program], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 60_000,
      })
      if (status !== 0 || stderr !== '') troubles.push(`${name} ${kind}: ${status} ${stderr}`)
    }
  }
  return troubles
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'nephos-packages-'))
  try {
    const all = packages().filter(({ manifest }) => manifest.private !== true)
    const packed = all.map((entry) => ({ entry, packed: pack(entry, folder) }))
    consumer(
      packed.map((item) => item.packed),
      folder,
    )
    let failed = 0
    for (const { entry, packed: one } of packed) {
      const bin = (name: string): string => join(root, 'node_modules', '.bin', name)
      const troubles = [
        ...contentTroubles(one, entry),
        run(bin('publint'), [one.tarball, '--strict'], root),
        run(bin('attw'), [one.tarball, '--profile', 'node16', '--format', 'ascii'], root),
        ...loadTroubles(entry, folder),
      ].filter((trouble) => trouble !== undefined)
      failed += troubles.length
      for (const trouble of troubles) process.stdout.write(`${one.name}: ${trouble}\n`)
      const size = `${one.files.length} files, ${Math.ceil(one.bytes / 1024)} KiB packed`
      process.stdout.write(`${one.name}: ${size}, ${troubles.length} troubles\n`)
    }
    if (failed > 0) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

main()
