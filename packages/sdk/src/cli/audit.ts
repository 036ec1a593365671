import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { CloudError } from '@nephos/core'
import { openDirectory } from './data-directory.ts'
import { Terminal } from './terminal.ts'

export interface AuditOptions {
  readonly data: string
  readonly wait: number
  readonly json?: boolean
}

/** `nephos audit`: finishes accepted work, then lists every broken invariant. */
export async function runAudit(options: AuditOptions): Promise<void> {
  const terminal = new Terminal({ quiet: options.json === true })
  const file = join(options.data, 'cloud.db')
  await access(file).catch((cause: unknown) => {
    throw new CloudError('notFound', `There is no cloud at ${options.data}.`, {
      field: 'data',
      cause,
    })
  })
  const cloud = await openDirectory(options.data)
  try {
    const unfinished = await cloud.settle({ timeoutMs: options.wait * 1_000 })
    const findings = await cloud.audit()
    for (const { invariant, subject, message } of findings) {
      terminal.line(`invariant ${invariant}: ${subject}: ${message}`)
    }
    terminal.line(`${findings.length} findings, ${unfinished} workflows unfinished`)
    if (options.json) process.stdout.write(`${JSON.stringify({ findings, unfinished })}\n`)
    if (findings.length > 0 || unfinished > 0) process.exitCode = 1
  } finally {
    await cloud.close()
  }
}
