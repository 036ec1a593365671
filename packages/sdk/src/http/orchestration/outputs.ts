import { CloudError, stackGet } from '@nephos/core'
import { outputBody, outputRow } from '../../wire/orchestration/stack.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { stackOf } from './stack-of.ts'

/** https://docs.openstack.org/api-ref/orchestration/v1/#stack-outputs */
export const outputs: readonly EndpointRow[] = [
  endpoint({
    id: 'orchestration.outputs.list',
    method: 'GET',
    path: '/stacks/{stack_name}/{stack_id}/outputs',
    summary: 'Lists the outputs of a stack.',
    access: 'token',
    operations: [stackGet],
    status: 200,
    async run(x) {
      const stack = await stackOf(x, { outputs: true })
      return json({ outputs: stack.outputs.map((output) => outputRow(output)) })
    },
  }),
  endpoint({
    id: 'orchestration.outputs.get',
    method: 'GET',
    path: '/stacks/{stack_name}/{stack_id}/outputs/{output_key}',
    summary: 'Shows an output of a stack.',
    access: 'token',
    operations: [stackGet],
    status: 200,
    async run(x) {
      const key = x.param('output_key')
      const stack = await stackOf(x, { outputs: true })
      const output = stack.outputs.find(({ name }) => name === key)
      if (output) return json({ output: outputBody(output) })
      const said = `Specified output key ${key.slice(0, 255)} not found.`
      throw new CloudError('notFound', said, { field: 'output_key' })
    },
  }),
]
