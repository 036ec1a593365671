import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Up } from './up.ts'

const folder = fileURLToPath(new URL('../compat/record/', import.meta.url))

/** What a client that is not ours asks of a cloud from here on. */
export interface Recorder {
  /**
   * Compares the endpoints that answered well with the record of the client, of which each must be
   * among them; with NEPHOS_RECORD=1 it writes the record instead, which docs/reference/http reads.
   */
  readonly end: (client: string) => Promise<void>
}

export async function recorderOf(up: Up): Promise<Recorder> {
  const before = await answeredBy(up)
  return {
    end: async (client) => {
      const after = await answeredBy(up)
      const used = [...after]
        .filter(([id, count]) => count > (before.get(id) ?? 0))
        .map(([id]) => id)
        .toSorted()
      const file = `${folder}${client}.json`
      if (process.env['NEPHOS_RECORD'] === '1') {
        mkdirSync(folder, { recursive: true })
        writeFileSync(file, `${JSON.stringify(used, null, 2)}\n`)
      }
      const record = JSON.parse(readFileSync(file, 'utf8')) as readonly string[]
      expect(record.filter((id) => !used.includes(id))).toEqual([])
    },
  }
}

/** How often each endpoint has answered as it was asked, as the cloud itself counts. */
async function answeredBy({ metrics }: Up): Promise<Map<string, number>> {
  const page = await (await fetch(metrics)).text()
  expect(page).toContain('nephos_series_dropped_total 0\n')
  const line = /^nephos_http_requests_total\{code="[23]xx",name="([^"]+)"\} (\d+)$/gm
  const counts = new Map<string, number>()
  for (const [, id = '', count] of page.matchAll(line)) {
    counts.set(id, (counts.get(id) ?? 0) + Number(count))
  }
  return counts
}
