import { sqlite } from '@nephos/drivers/storage/sqlite'
import { expect, test, vi } from 'vitest'

vi.mock('libsql', () => {
  throw new Error('Cannot find package')
})

test('without a client, the error says what to install', async () => {
  const store = sqlite({ file: 'never-made.db' })
  await expect(store.open([])).rejects.toMatchObject({
    code: 'unavailable',
    retry: 'never',
    field: 'database',
    message: expect.stringContaining('install the optional peer libsql'),
  })
  await store.close()
})
