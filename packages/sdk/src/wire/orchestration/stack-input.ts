import { z } from 'zod'

const text = z.string()
/** Texts are taken as they are; maps are a template's or an environment's JSON. */
const document = z.union([text, z.record(text, z.unknown())])

const files = z.record(text, text).nullish()

/** `true` and `false` also as texts, as command lines send them. */
const flag = z
  .union([z.boolean(), z.enum(['true', 'false', 'True', 'False'])])
  .nullish()
  .transform((value) => (typeof value === 'string' ? value.toLowerCase() === 'true' : value))

const minutes = z.coerce.number().int().nullish()

/** What templates come with. */
const sourceFields = {
  template: document.nullish(),
  /** Templates are not fetched from elsewhere. */
  template_url: text.nullish(),
  environment: document.nullish(),
  /** Names of files that are environments: later ones win. */
  environment_files: z.array(text).nullish(),
  files,
  parameters: z.record(text, z.unknown()).nullish(),
}

/** https://docs.openstack.org/api-ref/orchestration/v1/#create-stack */
export const createBody = z.object({
  ...sourceFields,
  stack_name: text,
  disable_rollback: flag,
  timeout_mins: minutes,
  tags: text.nullish(),
  adopt_stack_data: document.nullish(),
})
export type CreateBody = z.infer<typeof createBody>

/** https://docs.openstack.org/api-ref/orchestration/v1/#update-a-stack */
export const updateBody = z.object({
  ...sourceFields,
  disable_rollback: flag,
  timeout_mins: minutes,
  tags: text.nullish(),
  clear_parameters: z.array(text).nullish(),
})
export type UpdateBody = z.infer<typeof updateBody>

/** https://docs.openstack.org/api-ref/orchestration/v1/#validate-template */
export const validateBody = z.object(sourceFields)

type SourceBody = z.infer<typeof validateBody>

interface SourceInput {
  readonly parameters: Record<string, unknown>
  readonly environments: string[]
  readonly files: Record<string, string>
}

/** Text of a template or an environment. */
export function documentText(value: string | Readonly<Record<string, unknown>>): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Parameters, environments and files, as the service takes them. */
export function sourceInput(body: SourceBody): SourceInput {
  const given = body.files ?? {}
  const named = (body.environment_files ?? []).flatMap((name) =>
    Object.hasOwn(given, name) ? [given[name] as string] : [],
  )
  const own =
    body.environment === null || body.environment === undefined
      ? ''
      : documentText(body.environment)
  const environments = [own, ...named].filter((one) => one.trim() !== '' && one !== '{}')
  return { parameters: body.parameters ?? {}, environments, files: given }
}

/** `a,b` as a list; nothing for an empty text. */
export function tagsOf(tags: string | null | undefined): string[] {
  return (tags ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
}
