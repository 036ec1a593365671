import { expect, it } from 'vitest'
import { addHosts, basics, openWorld, readyImage, unlimitedQuotas } from '../support/world.ts'

it('X4: a project that asks for 500 servers twenty times keeps nobody else waiting', async () => {
  const { cloud } = await openWorld({
    work: false,
    settings: { defaultQuotas: { ...unlimitedQuotas } },
  })
  await addHosts(cloud, 300)
  const { acme, imageId, flavorId } = await basics(cloud)
  const other = await cloud.project('other')
  const otherImage = await readyImage(other)
  const answered: string[] = []
  const asked = Array.from({ length: 20 }, async (_, at) => {
    await acme.servers.create({
      name: `web-${at}`,
      minCount: 500,
      maxCount: 500,
      imageId,
      flavorId,
    })
    answered.push('acme')
  })
  const count = { minCount: 500, maxCount: 500 }
  await other.servers.create({ name: 'own', ...count, imageId: otherImage, flavorId })
  answered.push('other')
  await Promise.all(asked)
  // Those that had begun before it came, of twenty.
  expect(answered.indexOf('other')).toBeLessThan(5)
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})
