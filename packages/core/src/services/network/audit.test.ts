import { expect, test } from 'vitest'
import { subnetOf, take } from '../../../test/address-holders.ts'
import { findings } from '../../../test/network-kernel.ts'
import { printAddress } from '../../base/cidr.ts'
import { Writes } from '../../commit/writes.ts'
import { type Address, addressKind, addressOf, freedAddress } from '../../model/network/address.ts'
import { networkKind } from '../../model/network/network.ts'
import { type Port, portKind } from '../../model/network/port.ts'

test('addresses without port, ports without address, and wrong counters are seen', async () => {
  const { kernel, subnet } = await subnetOf('10.0.0.0/24')
  const [port, other] = (await take(kernel, subnet, 2)) as [Port, Port]
  const rows = await kernel.store.query(addressKind, { limit: 10 })
  const row = rows.find((one) => one.portId === port.id) as Address
  await kernel.committer.commit(new Writes().update(addressKind, freedAddress(row, 1)))
  const first = await findings(kernel)
  expect(first.map((finding) => finding.subject).toSorted()).toEqual([
    `counter:subnet:${subnet.id} addresses`,
    `port:${port.id}`,
  ])
  await kernel.committer.commit(new Writes().remove(portKind, other))
  const subjects = (await findings(kernel)).map((finding) => finding.subject)
  expect(subjects).toContain(`counter:network:${subnet.networkId} ports`)
  expect(subjects).toContain(`counter:quota:p1 ports`)
  const orphan = rows.find((one) => one.portId === other.id) as Address
  expect(subjects).toContain(`address:${orphan.id}`)
  expect(printAddress(addressOf(orphan).address)).toBe('10.0.0.3')
  const [network] = await kernel.store.get(networkKind, [subnet.networkId])
  expect(network?.subnetIds).toEqual([subnet.id])
})
