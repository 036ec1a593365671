import type { JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { builtInRegionId } from '../../../model/identity/catalog.ts'
import { templateError, within } from '../template/error.ts'
import { rulesWithin } from '../template/rules.ts'
import { each } from './each.ts'
import type { NestedSource } from './nested.ts'
import { mapOf, numberOf, type PropertySpecs, textOf } from './property.ts'
import type { ResourceType, ResourceWork } from './type.ts'

type SourceOf = (work: ResourceWork, row: StackResource) => NestedSource

/** A type whose resources are stacks of their own. */
function stackType(
  about: {
    readonly name: string
    readonly summary: string
    readonly properties: PropertySpecs | null
  },
  sourceOf: SourceOf,
  check?: ResourceType['check'],
): ResourceType {
  return {
    ...about,
    ...(check && { check }),
    attributes: { stack_name: 'Its name.', outputs: 'Its outputs by name.' },
    create: each((work, row) => work.nested.create(work.stack, row, sourceOf(work, row))),
    update: each((work, row) => work.nested.update(work.stack, row, sourceOf(work, row))),
    poll: each((work, row) => work.nested.poll(work.stack, row)),
    remove: each((work, row) => work.nested.remove(work.stack, row)),
    suspend: each((work, row) => work.nested.suspend(work.stack, row)),
    resume: each((work, row) => work.nested.resume(work.stack, row)),
    verify: each((work, row) => work.nested.poll(work.stack, row)),
  }
}

/** A stack as a resource of a stack. */
export const heatStack: ResourceType = stackType(
  {
    name: 'OS::Heat::Stack',
    summary: 'A stack within the stack.',
    properties: {
      template: { type: 'string', required: true, updatable: true },
      parameters: { type: 'map', default: {}, updatable: true },
      timeout: { type: 'integer', min: 1, max: 1_380, updatable: true },
      /** Where it is made: there is one region. */
      context: { type: 'map', members: { region_name: { type: 'string', required: true } } },
    },
  },
  (work, row) => {
    const properties = row.target as JsonMap
    const minutes = numberOf(properties, 'timeout')
    return {
      template: textOf(properties, 'template') as string,
      parameters: mapOf(properties, 'parameters') ?? {},
      files: work.files,
      registry: work.registry,
      rules: rulesWithin(work.rules, row.name),
      timeoutMs: minutes === undefined ? work.stack.timeoutMs : minutes * 60_000,
    }
  },
  (properties, path) => {
    const region = textOf(mapOf(properties, 'context') ?? {}, 'region_name')
    if (region === undefined || region === builtInRegionId) return
    throw templateError(
      within(path, 'context.region_name'),
      `endpoint for orchestration service in ${region.slice(0, 64)} region not found.`,
    )
  },
)

/** Among the properties of a nested template: what all files are, in short. No parameter's name. */
export const filesKey = ''

/** The type that a template among the files is: its properties are the template's parameters. */
export function templateType(file: string, text: string): ResourceType {
  return stackType(
    { name: file, summary: 'A stack of a nested template.', properties: null },
    (work, row) => {
      const { [filesKey]: _, ...parameters } = row.target as JsonMap
      const { files, registry, stack } = work
      const rules = rulesWithin(work.rules, row.name)
      return { template: text, parameters, files, registry, rules, timeoutMs: stack.timeoutMs }
    },
  )
}
