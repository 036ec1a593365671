import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { serverKind } from '../../model/compute/server.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'

/**
 * @throws CloudError `conflict` while it is built: there is no console yet; `unavailable` when its
 *   host does not answer.
 */
export const serverConsoleOutput = defineOperation({
  id: 'compute.server.consoleOutput',
  summary: 'What a server wrote to its console.',
  policy: { scope: 'any', role: 'member' },
  mutates: false,
  input: z.strictObject({
    id: idField,
    /** The last so many; all that its host keeps when absent. */
    lines: z.int().min(0).max(100_000).optional(),
  }),
  run: async (call, { id, lines }): Promise<{ readonly output: string }> => {
    const { hostId, vmState } = await fetchOne(call, serverKind, id)
    if (vmState === 'building') {
      throw new CloudError('conflict', 'The server is not ready.', { field: 'id' })
    }
    const options = { lines, signal: call.signal }
    return { output: await call.kernel.hypervisor.readConsole({ serverId: id, hostId }, options) }
  },
})
