import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** nova's own filter scheduler, or why it could not be measured. */
export type NovaRates =
  | {
      readonly ok: true
      readonly version: string
      readonly hosts: number
      readonly instances: number
      readonly rounds: number
      /** Of one instance: filters, weighers, and what is taken off the host. */
      readonly cpuMsPerInstance: { readonly median: number; readonly best: number }
    }
  | { readonly ok: false; readonly reason: string }

const script = fileURLToPath(new URL('nova-filter-scheduler.py', import.meta.url))
/** nova looks at no more candidates than these by default. */
export const mostCandidates = 1_000

/**
 * Measures nova's filter scheduler where its Python package (Debian: python3-nova) can be imported.
 * Nothing is installed for it.
 */
export async function novaScheduler(hosts: number): Promise<NovaRates> {
  const among = Math.min(hosts, mostCandidates)
  const args = [script, `${among}`, '20', '7']
  const answer = await run('/usr/bin/python3', args, { timeout: 300_000 }).catch(
    (error: Error) => ({ stdout: '', failure: error.message.split('\n')[0] ?? '' }),
  )
  if (answer.stdout === '') {
    const reason = 'failure' in answer ? answer.failure : 'it said nothing'
    return { ok: false, reason: `python3 cannot run it: ${reason}` }
  }
  const found = JSON.parse(answer.stdout) as Record<string, unknown>
  if (typeof found['reason'] === 'string') return { ok: false, reason: found['reason'] }
  return { ok: true, ...found } as NovaRates
}
