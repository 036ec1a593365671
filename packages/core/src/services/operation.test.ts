import { expect, it } from 'vitest'
import { identityKernel } from '../../test/identity-kernel.ts'
import { z } from 'zod'
import { projectList } from './identity/project.ts'
import { defineOperation, invoke } from './operation.ts'

it.each([null, 5, 'text'])('options of %o are invalid', async (options) => {
  const { kernel, root } = await identityKernel()
  await expect(invoke(kernel, root, projectList, {}, options as never)).rejects.toMatchObject({
    code: 'invalid',
    field: 'options',
  })
})

it('a defect is told by its request, not by what it says', async () => {
  const { kernel, root } = await identityKernel()
  const broken = defineOperation({
    id: 'test.thing.break',
    summary: 'Breaks.',
    policy: { scope: 'any', role: 'reader' },
    input: z.strictObject({}),
    mutates: false,
    run: () => Promise.reject(new Error('hunter2')),
  })
  const failed = invoke(kernel, root, broken, {}, { requestId: 'req-1' })
  await expect(failed).rejects.toMatchObject({ code: 'internal', detail: { requestId: 'req-1' } })
  await expect(failed).rejects.not.toThrow(/hunter2/)
})
