import {
  type DerivedConfig,
  signalInputName,
  type SoftwareConfigView,
  type SoftwareDeploymentView,
  type SoftwareField,
} from '@nephos/core'
import { z } from 'zod'
import type { UrlOf } from './stack.ts'
import { timeText } from './text.ts'

const text = z.string()
const values = z.record(text, z.unknown()).nullish()

const field = z.object({
  name: text,
  type: z.enum(['String', 'Number', 'CommaDelimitedList', 'Json', 'Boolean']).nullish(),
  description: text.nullish(),
  default: z.unknown().optional(),
  error_output: z.boolean().nullish(),
})
const fields = z.array(field).nullish()

/** https://docs.openstack.org/api-ref/orchestration/v1/#create-configuration */
export const configBody = z.object({
  name: text.nullish(),
  group: text.nullish(),
  config: z.unknown().optional(),
  options: values,
  inputs: fields,
  outputs: fields,
})

const statuses = ['IN_PROGRESS', 'COMPLETE', 'FAILED'] as const

const deploymentFields = {
  input_values: values,
  action: text.nullish(),
  status: z.enum(statuses).nullish(),
  status_reason: text.nullish(),
  stack_user_project_id: text.nullish(),
}

/** https://docs.openstack.org/api-ref/orchestration/v1/#create-deployment */
export const deploymentBody = z.object({ ...deploymentFields, config_id: text, server_id: text })

/** https://docs.openstack.org/api-ref/orchestration/v1/#update-deployment */
export const deploymentChange = z.object({
  ...deploymentFields,
  config_id: text.nullish(),
  output_values: values,
  updated_at: text.nullish(),
})

/** What a server says: the values of outputs. */
export const outcomeBody = z.record(text, z.unknown()).nullish()

/** Fields that were given. */
type Given<T> = { [K in keyof T]?: NonNullable<T[K]> }

/** Only what was given. */
function given<T extends object>(row: T): Given<T> {
  const entries = Object.entries(row).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(entries) as Given<T>
}

type Field = z.infer<typeof field>
type ConfigBody = z.infer<typeof configBody>
type DeploymentChange = z.infer<typeof deploymentChange>

/** A field, as the service takes it. */
type FieldInput = Pick<Field, 'name'> &
  Given<Pick<Field, 'type' | 'description' | 'default'> & { errorOutput: boolean }>

type ConfigInput = Given<
  Pick<ConfigBody, 'name' | 'group' | 'config' | 'options'> & {
    inputs: FieldInput[]
    outputs: FieldInput[]
  }
>

type DeploymentInput = Given<
  Pick<DeploymentChange, 'action' | 'status'> & {
    reason: DeploymentChange['status_reason']
    inputValues: DeploymentChange['input_values']
    outputValues: DeploymentChange['output_values']
  }
>

export function configInput(body: ConfigBody): ConfigInput {
  const { name, group, config, options, inputs, outputs } = body
  return given({ name, group, config, options, inputs: read(inputs), outputs: read(outputs) })
}

function read(list: z.infer<typeof fields>): FieldInput[] | undefined {
  return list?.map(
    ({ name, type, description, default: otherwise, error_output: errorOutput }) => ({
      name,
      ...given({ type, description, default: otherwise, errorOutput }),
    }),
  )
}

export function deploymentInput(body: Partial<DeploymentChange>): DeploymentInput {
  const { action, status } = body
  return given({
    ...{ action, status },
    reason: body.status_reason,
    inputValues: body.input_values,
    outputValues: body.output_values,
  })
}

function fieldBody(one: SoftwareField): Readonly<Record<string, unknown>> {
  const { name, type, description, default: otherwise, errorOutput } = one
  return {
    ...{ name, type, description },
    ...(otherwise !== null && { default: otherwise }),
    ...(errorOutput && { error_output: true }),
  }
}

/**
 * A configuration
 * (https://docs.openstack.org/api-ref/orchestration/v1/#show-configuration-details).
 */
export function configView(config: SoftwareConfigView): Readonly<Record<string, unknown>> {
  return {
    ...configRow(config),
    config: config.config,
    options: config.options,
    inputs: config.inputs.map(fieldBody),
    outputs: config.outputs.map(fieldBody),
  }
}

/** A configuration in a list. */
export function configRow(config: SoftwareConfigView): Readonly<Record<string, unknown>> {
  const { id, name, group, createdAt, projectId } = config
  return { ...{ id, name, group }, creation_time: timeText(createdAt), project: projectId }
}

/** A deployment (https://docs.openstack.org/api-ref/orchestration/v1/#show-deployment-details). */
export function deploymentView(row: SoftwareDeploymentView): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    config_id: row.configId,
    server_id: row.serverId,
    action: row.action,
    status: row.status,
    status_reason: row.reason,
    input_values: row.inputValues,
    output_values: row.outputValues,
    creation_time: timeText(row.createdAt),
    updated_time: timeText(row.updatedAt),
  }
}

/**
 * What a server is to do
 * (https://docs.openstack.org/api-ref/orchestration/v1/#show-server-configuration-metadata).
 */
export function derivedBody(config: DerivedConfig, url: UrlOf): Readonly<Record<string, unknown>> {
  const { id, name, group, options, outputs, createdAt } = config
  return {
    ...{ id, name, group, config: config.config, options },
    inputs: config.inputs.map(({ value, ...input }) => ({
      ...input,
      value: input.name === signalInputName && typeof value === 'string' ? url(value) : value,
    })),
    outputs: outputs.map(fieldBody),
    creation_time: timeText(createdAt),
  }
}
