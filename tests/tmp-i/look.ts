import { sqlite } from '@nephos/drivers/storage/sqlite'
import { kinds, workKind, serverKind } from '@nephos/core'
const store = sqlite({ file: '/tmp/i-copy/cloud.db' })
await store.open(kinds)
const work = await store.query(workKind, { limit: 1000 })
for (const w of work) {
  const ids = (w.input as { serverIds: string[] }).serverIds
  const servers = await store.get(serverKind, ids)
  const left = servers.filter((s) => s && s.task !== null)
  console.log(
    w.id,
    w.step,
    'attempt',
    w.attempt,
    'undoing',
    w.undoing,
    'owner', w.owner, 'due in',
    w.due - Date.now(),
    'deadline in',
    w.deadline - Date.now(),
    'created',
    new Date(w.createdAt).toISOString(),
    'ids',
    ids.length,
    'left',
    left.length,
  )
  for (const s of left.slice(0, 3)) console.log(JSON.stringify(s))
}
console.log(new Date().toISOString())
await store.close()
