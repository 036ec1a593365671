import type { Json, JsonMap } from '../../../model/stack/json.ts'
import type {
  SoftwareConfig,
  SoftwareDeployment,
  SoftwareField,
} from '../../../model/stack/software.ts'

/** What a server is to do: a configuration with the values of a deployment. */
export interface DerivedConfig {
  /** Another for each change. */
  readonly id: string
  readonly deploymentId: string
  readonly name: string
  readonly group: string
  readonly config: Json
  readonly options: JsonMap
  readonly inputs: readonly DerivedInput[]
  readonly outputs: readonly SoftwareField[]
  readonly createdAt: number
}

export interface DerivedInput {
  readonly name: string
  readonly type: SoftwareField['type']
  readonly description: string
  readonly value: Json
}

/** The input that says where to answer: a path beneath the base of the API, with its key. */
export const signalInputName = 'deploy_signal_id'

export function derivedConfig(
  config: SoftwareConfig,
  deployment: SoftwareDeployment,
): DerivedConfig {
  const { id: deploymentId, derivedId: id, createdAt } = deployment
  const { name, group, config: text, options, outputs } = config
  const own = { name: name || deployment.name, group, config: text, options, outputs, createdAt }
  return { id, deploymentId, ...own, inputs: inputsOf(config, deployment) }
}

/** Declared ones with their values, values of no declaration, and the deployment's own. */
function inputsOf(config: SoftwareConfig, deployment: SoftwareDeployment): DerivedInput[] {
  const { inputValues } = deployment
  const declared = config.inputs.map(
    ({ name, type, description, default: otherwise }): DerivedInput => ({
      ...{ name, type, description },
      value: Object.hasOwn(inputValues, name) ? (inputValues[name] as Json) : otherwise,
    }),
  )
  const known = new Set(declared.map(({ name }) => name))
  const more = Object.entries(inputValues)
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => ({ name, type: 'String' as const, description: '', value }))
  const own = Object.entries(deployInputs(deployment)).map(([name, [description, value]]) => ({
    ...{ name, type: 'String' as const, description, value },
  }))
  return [...declared, ...more, ...own]
}

type Told = readonly [description: string, value: string]

function deployInputs(deployment: SoftwareDeployment): Readonly<Record<string, Told>> {
  const { id, key, by, action, serverId } = deployment
  if (!by) return {}
  const about: Readonly<Record<string, Told>> = {
    deploy_server_id: ['The server', serverId],
    deploy_action: ['What is done', action],
    deploy_stack_id: ['The stack of the deployment', `${by.stackName}/${by.stackId}`],
    deploy_resource_name: ['The resource of the deployment', by.resource],
    deploy_signal_transport: ['How to answer', by.transport],
  }
  if (by.transport === 'NO_SIGNAL') return about
  const verb = by.transport === 'CFN_SIGNAL' ? 'POST' : 'PUT'
  return {
    ...about,
    [signalInputName]: ['Where to answer', `/software_deployments/${id}/signal?key=${key}`],
    deploy_signal_verb: ['HTTP verb of the answer', verb],
  }
}
