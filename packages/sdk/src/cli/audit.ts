import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { CloudError, type Finding, invariants } from '@nephos/core'
import { openDirectory } from './data-directory.ts'
import { Terminal } from './terminal.ts'

export interface AuditOptions {
  readonly data: string
  readonly wait: number
  readonly json?: boolean
}

/** Findings by invariant: what should hold, where it does not, and how that can come about. */
export function* explain(findings: readonly Finding[]): Generator<string> {
  for (const { number, title, cause } of invariants) {
    const own = findings.filter(({ invariant }) => invariant === number)
    if (own.length === 0) continue
    yield `Invariant ${number}: ${title}`
    for (const { subject, message } of own) yield `  ${subject}: ${message}`
    yield `  How this can come about: ${cause}`
  }
}

/** `nephos audit`: finishes accepted work, then explains every broken invariant. */
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
    for (const line of explain(findings)) terminal.line(line)
    terminal.line(`${findings.length} findings, ${unfinished} workflows unfinished`)
    if (options.json) process.stdout.write(`${JSON.stringify({ findings, unfinished })}\n`)
    if (findings.length > 0 || unfinished > 0) process.exitCode = 1
  } finally {
    await cloud.close()
  }
}
