import { parseArgs } from 'node:util'
import { launch } from './suites/launch.ts'
import { run as place } from './suites/place.ts'

interface Suite {
  readonly summary: string
  run(options: Options): Promise<unknown>
}

interface Options {
  readonly hosts: number
  readonly count: number
  readonly rounds: number
  readonly live: number
  readonly seed: number
}

const suites: Readonly<Record<string, Suite>> = {
  launch: {
    summary: 'A request for servers through the whole stack: --hosts, --count, --rounds, --live.',
    run: launch,
  },
  place: { summary: 'The placement engine alone: --hosts.', run: place },
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    hosts: { type: 'string', default: '100000' },
    count: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '30' },
    live: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})

const name = positionals[0] ?? 'list'
const suite = suites[name]
if (suite) {
  const number = (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < 0) throw new Error(`not a whole number: ${text}`)
    return value
  }
  const report = await suite.run({
    hosts: number(values.hosts),
    count: number(values.count),
    rounds: number(values.rounds),
    live: number(values.live),
    seed: number(values.seed),
  })
  process.stdout.write(
    values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`,
  )
} else if (name === 'list') {
  for (const [key, { summary }] of Object.entries(suites))
    process.stdout.write(`${key.padEnd(8)} ${summary}\n`)
} else {
  process.stderr.write(`bench: no suite ${name}; try: npm run -s bench -- list\n`)
  process.exitCode = 1
}
