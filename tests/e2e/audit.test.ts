import { createCloud } from '@nephos/sdk'
import { expect, it } from 'vitest'

it('an audit ends when its signal fires', async () => {
  const cloud = await createCloud()
  const abort = new AbortController()
  const running = cloud.audit({ signal: abort.signal })
  abort.abort()
  await expect(running).rejects.toMatchObject({ code: 'aborted' })
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})
