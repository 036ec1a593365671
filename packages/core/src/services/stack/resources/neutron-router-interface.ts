import { CloudError } from '../../../base/errors.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { routerAddInterface, routerRemoveInterface } from '../../network/router/interface.ts'
import { templateError } from '../template/error.ts'
import { each, removal } from './each.ts'
import { Finder } from './found.ts'
import { routingWord } from './implied.ts'
import { textOf } from './property.ts'
import type { ResourceType, ResourceWork } from './type.ts'

/** Its id tells what it joins, as there is no more to it. */
export const neutronRouterInterface: ResourceType = {
  name: 'OS::Neutron::RouterInterface',
  summary: 'Puts a router on a subnet.',
  properties: {
    router: { type: 'string', required: true, alias: 'router_id' },
    subnet: { type: 'string', alias: 'subnet_id' },
    port: { type: 'string', alias: 'port_id' },
  },
  attributes: {},
  check: (properties, path) => {
    if ((properties['subnet'] === undefined) === (properties['port'] === undefined)) {
      throw templateError(path, 'names either a subnet or a port.')
    }
  },
  provides: () => [routingWord],
  create: each(async (work, row) => {
    const physicalId = await idOf(work, row.target as JsonMap)
    await work.call(routerAddInterface, inputOf(physicalId), work.keyOf(row, 'create'))
    return { state: 'done', physicalId }
  }),
  recover: async (work, row, answer) => (answer === null ? null : idOf(work, row.target ?? {})),
  remove: removal((work, id, row) =>
    work.call(routerRemoveInterface, inputOf(id), work.keyOf(row, `delete ${row.tries}`)),
  ),
}

async function idOf(work: ResourceWork, properties: JsonMap): Promise<string> {
  const router = textOf(properties, 'router') as string
  const subnet = textOf(properties, 'subnet')
  if (subnet === undefined) return `${router}:port_id=${textOf(properties, 'port') ?? ''}`
  return `${router}:subnet_id=${await new Finder(work).subnet(subnet)}`
}

function inputOf(id: string): { id: string; subnetId?: string; portId?: string } {
  const [, router = '', what, other = ''] = /^(.+):(subnet|port)_id=(.+)$/.exec(id) ?? []
  if (router === '') throw new CloudError('invalid', 'router: is no id.', { field: 'router' })
  return what === 'subnet' ? { id: router, subnetId: other } : { id: router, portId: other }
}
