import { sqlite } from '@nephos/drivers/storage/sqlite'
import { kinds, workKind } from '@nephos/core'
import { createCloud } from '@nephos/sdk'
const store = sqlite({ file: '/tmp/i-copy2/cloud.db' })
const t0 = Date.now()
const telemetry = {
  logger: { log: (...a: unknown[]) => console.log(Date.now() - t0, ...a) },
  meter: {
    count: (...a: unknown[]) => console.log(Date.now() - t0, 'count', ...a),
    record: () => undefined,
  },
  tracer: { span: (_n: string, _a: object, run: () => Promise<never>) => run() },
}
const cloud = await createCloud({ store, telemetry })
for (let i = 0; i < 20; i++) {
  const work = await store.query(workKind, { limit: 1000 })
  console.log(
    Date.now() - t0,
    work.length,
    JSON.stringify(
      work.slice(0, 3).map((w) => [w.id, w.owner, w.due - Date.now(), w.attempt, w.rev]),
    ),
  )
  if (work.length === 0) break
  await new Promise((r) => setTimeout(r, i < 10 ? 20 : 3000))
}
await cloud.close()
