import { stat, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { CloudError, isCloudError, placementPolicies, type PlacementPolicy } from '@nephos/core'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { workloadColumns } from '../replay/csv-row.ts'
import { csvWorkload } from '../replay/csv-workload.ts'
import { densityPlot } from '../replay/density-plot.ts'
import { replay } from '../replay/replay.ts'
import { type ReplayReport, reportJson } from '../replay/report.ts'
import { syntheticWorkload } from '../replay/synthetic.ts'
import { replayHost } from '../replay/world.ts'
import { progressLine } from './replay-progress.ts'
import { showReplay } from './replay-summary.ts'
import { Terminal } from './terminal.ts'

export interface ReplayCommandOptions {
  readonly hosts: number
  readonly limit?: number
  readonly policy: string
  readonly seed: number
  readonly store?: string
  readonly svg: string
  readonly networks?: boolean
  readonly json?: boolean
}

/** What `nephos replay --help` says of the file. */
export const replayHelp = `
The file's first line names its columns, in any order; others are ignored:
${Object.entries(workloadColumns)
  .map(([name, meaning]) => `  ${name.padEnd(10)} ${meaning}`)
  .join('\n')}
Each batch is one request per flavor in it, all or nothing; at equal times departures come first.
Exits 1 when the audit finds anything.`

/** `nephos replay`. */
export async function runReplay(
  file: string | undefined,
  options: ReplayCommandOptions,
): Promise<void> {
  const { hosts, limit, seed, json = false } = options
  const policy = checkedPolicy(options.policy)
  await checkPlot(options.svg)
  if (options.store !== undefined) await checkStore(options.store)
  const terminal = new Terminal({ quiet: json })
  const synthetic = `a synthetic day (seed ${seed})`
  terminal.line(`replaying ${file ?? synthetic} on ${hosts} hosts of ${hostText}, policy ${policy}`)
  const progress = progressLine(process.stderr)
  let report: ReplayReport
  try {
    report = await replay({
      workload: file === undefined ? syntheticWorkload({ seed }) : csvWorkload(file),
      hosts,
      policy,
      seed,
      networks: options.networks ?? false,
      onProgress: (state) => progress.show(state),
      ...(limit === undefined ? {} : { limit }),
      ...(options.store === undefined ? {} : { store: sqlite({ file: options.store }) }),
    })
  } finally {
    progress.end()
  }
  const name = file === undefined ? synthetic : basename(file)
  const title = `Packing density: ${name} on ${hosts} hosts, ${policy}`
  await writePlot(options.svg, densityPlot(report.densitySeries, { title, mean: report.density }))
  showReplay(report, terminal, options.svg)
  if (json) process.stdout.write(`${JSON.stringify(reportJson(report))}\n`)
  if (report.findings.length > 0) process.exitCode = 1
}

const hostText = `${replayHost.vcpus} vCPU, ${replayHost.memGib} GiB`

function checkedPolicy(name: string): PlacementPolicy {
  const policy = placementPolicies.find((known) => known === name)
  if (policy !== undefined) return policy
  const known = placementPolicies.join(', ')
  throw new CloudError('invalid', `${JSON.stringify(name)} is no policy: ${known}.`, {
    field: 'policy',
    limit: known,
  })
}

/** A replay may take long: what would fail at its end is refused at its start. */
async function checkPlot(svg: string): Promise<void> {
  const [own, folder] = await Promise.all([kindOf(svg), kindOf(dirname(svg))])
  if (folder === 'directory' && own !== 'directory') return
  const message = own === 'directory' ? 'is a directory' : 'is in no directory that exists'
  throw new CloudError('invalid', `${svg} ${message}.`, { field: 'svg' })
}

async function checkStore(file: string): Promise<void> {
  const [own, folder] = await Promise.all([kindOf(file), kindOf(dirname(file))])
  if (folder !== 'directory' || own === 'directory') {
    throw new CloudError('invalid', `${file} cannot be a store's file.`, { field: 'store' })
  }
  if (own === 'full') {
    throw new CloudError('conflict', `${file} exists: a replay starts with an empty store.`, {
      field: 'store',
    })
  }
}

async function kindOf(path: string): Promise<'directory' | 'full' | 'empty' | 'absent'> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return 'directory'
    return found.isFile() && found.size === 0 ? 'empty' : 'full'
  } catch {
    return 'absent'
  }
}

async function writePlot(file: string, svg: string): Promise<void> {
  try {
    await writeFile(file, svg)
  } catch (error) {
    if (isCloudError(error)) throw error
    throw new CloudError('unavailable', `${file} cannot be written.`, {
      field: 'svg',
      cause: error,
    })
  }
}
