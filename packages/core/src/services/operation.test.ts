import { expect, it } from 'vitest'
import { identityKernel } from '../../test/identity-kernel.ts'
import { projectList } from './identity/project.ts'
import { invoke } from './operation.ts'

it.each([null, 5, 'text'])('options of %o are invalid', async (options) => {
  const { kernel, root } = await identityKernel()
  await expect(invoke(kernel, root, projectList, {}, options as never)).rejects.toMatchObject({
    code: 'invalid',
    field: 'options',
  })
})
