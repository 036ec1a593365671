import {
  softwareConfigCreate,
  softwareConfigDelete,
  softwareConfigGet,
  softwareConfigList,
} from '@nephos/core'
import {
  configBody,
  configInput,
  configRow,
  configView,
} from '../../wire/orchestration/software.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'

const at = '/software_configs'

/** https://docs.openstack.org/api-ref/orchestration/v1/#software-configuration */
export const softwareConfigs: readonly EndpointRow[] = [
  endpoint({
    id: 'orchestration.software-configs.list',
    method: 'GET',
    path: at,
    summary: 'Lists configurations of software.',
    access: 'token',
    operations: [softwareConfigList],
    status: 200,
    async run(x) {
      const rows = await x.invoke(softwareConfigList, pageOf(x.query))
      return json({ software_configs: rows.map(configRow) })
    },
  }),
  endpoint({
    id: 'orchestration.software-configs.create',
    method: 'POST',
    path: at,
    summary: 'Creates a configuration of software.',
    access: 'token',
    operations: [softwareConfigCreate],
    body: configBody,
    example: {
      group: 'script',
      name: 'install',
      config: '#!/bin/sh\necho hello',
      inputs: [{ name: 'who', type: 'String', default: 'me' }],
    },
    status: 200,
    async run(x) {
      const config = await x.invoke(softwareConfigCreate, configInput(x.body))
      return json({ software_config: configView(config) })
    },
  }),
  endpoint({
    id: 'orchestration.software-configs.get',
    method: 'GET',
    path: `${at}/{config_id}`,
    summary: 'Shows a configuration of software.',
    access: 'token',
    operations: [softwareConfigGet],
    status: 200,
    async run(x) {
      const config = await x.invoke(softwareConfigGet, { id: x.param('config_id') })
      return json({ software_config: configView(config) })
    },
  }),
  endpoint({
    id: 'orchestration.software-configs.delete',
    method: 'DELETE',
    path: `${at}/{config_id}`,
    summary: 'Deletes a configuration of software.',
    access: 'token',
    operations: [softwareConfigDelete],
    // As Heat answers for one that deployments refer to.
    statuses: { conflict: 400 },
    status: 204,
    async run(x) {
      await x.invoke(softwareConfigDelete, { id: x.param('config_id') })
      return nothing
    },
  }),
]
