import { expect, it } from 'vitest'
import { identityKernel } from '../../test/identity-kernel.ts'
import { Call } from './call.ts'
import { inTurn } from './idempotency.ts'

it('a call that waits for another with its key gives up with its signal', async () => {
  const { kernel, root } = await identityKernel()
  const key = { id: 'k', body: '' }
  const callWith = (signal?: AbortSignal): Call =>
    new Call(kernel, root, 'test', { requestId: 'req', signal })
  let fail: (error: Error) => void = () => undefined
  const held = new Promise<string>((_, reject) => (fail = reject))
  const running = inTurn(callWith(), key, () => held)
  const giveUp = new AbortController()
  const waiting = inTurn(callWith(giveUp.signal), key, async () => 'never')
  const early = inTurn(callWith(AbortSignal.abort()), key, async () => 'never')
  const patient = inTurn(callWith(new AbortController().signal), key, async () => 'after')
  giveUp.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
  await expect(early).rejects.toMatchObject({ code: 'aborted' })
  fail(new Error('the first failed'))
  await expect(running).rejects.toThrow('the first failed')
  expect(await patient).toBe('after')
})
