import { BenchError } from '../errors.ts'
import { round3 } from '../harness/measure.ts'
import type { Bed, ServiceRow } from './bed.ts'

/** How long the whole of a stack may take: far more than it does. */
const timeoutMs = 900_000

/**
 * `stacks`: one stack of many resources: the request, then until all of them are there; a change of
 * a hundredth of them; a preview of nothing new; and until all are gone. Every second resource
 * waits for the one before it.
 */
export async function stack(
  bed: Bed,
  { resources: count }: { readonly resources: number },
): Promise<ServiceRow[]> {
  const { acme } = bed
  const first = template(count, 8)
  const rows: ServiceRow[] = []
  let id = ''
  const timed = async (what: string, run: () => Promise<unknown>): Promise<void> => {
    rows.push(await once(bed, { what, count, run }))
  }
  await timed('made: the request', async () => {
    ;({ id } = await acme.stacks.create({ name: 'bench', template: first }))
  })
  await timed('made: the rest', () => completed(bed, id))
  await timed('preview of no change', () => acme.stacks.previewUpdate({ id, template: first }))
  await timed('a hundredth changed', async () => {
    await acme.stacks.update({ id, template: template(count, 8, Math.floor(count / 100)) })
    await completed(bed, id)
  })
  await timed('deleted', async () => {
    await acme.stacks.delete({ id })
    await completed(bed, id)
  })
  return rows
}

async function completed({ acme }: Bed, id: string): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs)
  const end = await acme.stacks.done({ id }, { signal })
  if (end && !end.stackStatus.endsWith('COMPLETE')) {
    throw new BenchError(`The stack came to ${end.stackStatus}: ${end.reason}`)
  }
}

/** HOT: names are short, for a template has a greatest length. */
function template(count: number, length: number, changed = 0): string {
  const lines = ['heat_template_version: 2021-04-16', 'resources:']
  for (let index = 0; index < count / 2; index++) {
    const long = index < changed ? `, properties: {length: ${length + 1}}` : ''
    lines.push(` a${index}: {type: OS::Heat::RandomString${long}}`)
    lines.push(` b${index}: {type: OS::Heat::RandomString, depends_on: a${index}}`)
  }
  return lines.join('\n')
}

async function once(
  { cloud }: Bed,
  {
    what,
    count,
    run,
  }: { readonly what: string; readonly count: number; readonly run: () => Promise<unknown> },
): Promise<ServiceRow> {
  const earlier = cloud.stats.statements
  const began = performance.now()
  await run()
  const ms = round3(performance.now() - began)
  return {
    ...{ service: 'stacks', what, count, rounds: 1, p50Ms: ms, maxMs: ms },
    microsecondsEach: round3((ms * 1e3) / count),
    statements: cloud.stats.statements - earlier,
  }
}
