import type { Kernel } from '../../kernel.ts'
import type { JsonMap } from '../../model/stack/json.ts'
import type { Draft } from '../../model/kind.ts'
import { type Stack, type StackDefinition, stackDefinitionKind } from '../../model/stack/stack.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { limits } from '../../base/limits.ts'
import type { UpdateInput, ValidateInput } from './input.ts'
import { type Environment, mergedEnvironment, readEnvironment } from './template/environment.ts'
import { templateError } from './template/error.ts'
import { parseYaml } from './template/yaml.ts'
import { readTemplate } from './template/shape.ts'

type SourceInput = Omit<ValidateInput, 'nested'>

/** What a definition is made of. */
export type Source = Pick<
  StackDefinition,
  'template' | 'parameters' | 'registry' | 'rules' | 'files' | 'facade' | 'adopted' | 'sizes'
>

/** The environments of an input as one. */
export function environmentOf(texts: readonly string[]): Environment {
  return mergedEnvironment(
    texts.map((text, at) => {
      const path = `environments[${at}]`
      return readEnvironment(parseYaml(text, path), path)
    }),
  )
}

/**
 * Template, parameters, environments and files as one.
 *
 * @throws CloudError `invalid` with the path of what is wrong.
 */
export function readSource(input: SourceInput, facade: JsonMap | null = null): Source {
  const template = parseYaml(input.template, 'template')
  return withGiven(template, input, nothingBefore, facade)
}

const nothingBefore = { parameters: {}, registry: {}, rules: {}, files: {} }

function withGiven(
  template: JsonMap,
  input: Omit<ValidateInput, 'template' | 'nested'>,
  before: Pick<Source, 'parameters' | 'registry' | 'rules' | 'files'>,
  facade: JsonMap | null,
): Source {
  const environment = environmentOf(input.environments)
  const declared = readTemplate(template).parameters
  const defaults = Object.entries(environment.parameterDefaults).filter(([name]) =>
    declared.has(name),
  )
  const source: Source = {
    template,
    parameters: {
      ...Object.fromEntries(defaults),
      ...before.parameters,
      ...environment.parameters,
      ...(input.parameters as JsonMap),
    },
    registry: { ...before.registry, ...environment.registry },
    rules: { ...before.rules, ...environment.rules },
    files: { ...before.files, ...input.files },
    facade,
  }
  const length = JSON.stringify(source).length
  if (length > longestSource)
    throw templateError('template', 'and all with it is too long.', longestSource)
  return source
}

/** Characters of everything that a stack is made from: less than a row may have. */
const longestSource = 3_000_000

/** As `readSource`, of a change: what is not given may stay as it is. */
export function changedSource(input: UpdateInput, before: StackDefinition): Source {
  const template =
    input.template === undefined ? before.template : parseYaml(input.template, 'template')
  const { sizes } = before
  const grown = (source: Source): Source => (sizes ? { ...source, sizes } : source)
  if (!input.existing) {
    return grown(withGiven(template, input, nothingBefore, before.facade))
  }
  const declared = readTemplate(template).parameters
  const cleared = new Set(input.clearParameters)
  const kept = Object.entries(before.parameters).filter(
    ([name]) => declared.has(name) && !cleared.has(name),
  )
  const own = { ...before, parameters: Object.fromEntries(kept) }
  return grown(withGiven(template, input, own, before.facade))
}

export function definitionRow(
  kernel: Pick<Kernel, 'ids' | 'clock'>,
  stackId: string,
  source: Source,
): Draft<StackDefinition> {
  const { template, parameters, registry, rules, files, facade, adopted, sizes } = source
  return {
    id: kernel.ids.next(),
    stackId,
    ...{ template, parameters, registry, rules, files, facade },
    ...(adopted && { adopted }),
    ...(sizes && { sizes }),
    createdAt: kernel.clock.now(),
  }
}

/** @throws CommitConflict when it cannot be read yet: look again. */
export async function definitionOf(
  kernel: Pick<Kernel, 'store'>,
  stack: Pick<Stack, 'definitionId'>,
): Promise<StackDefinition> {
  const [definition] = await kernel.store.get(stackDefinitionKind, [stack.definitionId])
  if (definition) return definition
  throw new CommitConflict({
    type: 'revision',
    kind: stackDefinitionKind.name,
    ids: [stack.definitionId],
  })
}

/** Milliseconds. */
export function timeoutMsOf(minutes: number): number {
  return Math.min(minutes, limits.stackTimeoutMinutes) * 60_000
}
