import { limits } from '../../base/limits.ts'
import { type Json, type JsonMap } from '../../model/stack/json.ts'
import { stackKind } from '../../model/stack/stack.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { defineOperation } from '../operation.ts'
import { type Way, wayTo, wantedOf } from './converge/begin.ts'
import { createInput, type CreateInput, updateInput, type UpdateInput } from './input.ts'
import { memberName } from './plan/expand.ts'
import { RowValues } from './plan/live.ts'
import { type LiveValues, Plan, type PlanNode } from './plan/plan.ts'
import { nestedPlan } from './plan/nested.ts'
import { liveRows } from './read.ts'
import { requireAllowed } from './request.ts'
import { filesKey } from './resources/heat-stack.ts'
import { readSource } from './source.ts'
import { templateError } from './template/error.ts'
import { shownValues } from './template/parameter-values.ts'
import { unresolved } from './template/scope.ts'
import { changedPlan } from './update.ts'

/** What would become of one resource. */
export interface PreviewedResource {
  readonly name: string
  readonly type: string
  readonly requires: readonly string[]
  /** What is not known before it is there is null. */
  readonly properties: JsonMap
  /** The group that it is a member of. */
  readonly group: string | null
  /** Names of what it will tell. */
  readonly attributes: readonly string[]
  readonly metadata: JsonMap
  /** Of a stack within the stack: its resources. */
  readonly nested: readonly PreviewedResource[] | null
}

/** What a creation would make. */
export interface StackCreationPreview extends StackPreview {
  readonly description: string
  /** Hidden ones are covered. */
  readonly parameters: JsonMap
}

/** What an update would do, by the names of resources. */
export interface StackPreview {
  readonly added: readonly PreviewedResource[]
  readonly updated: readonly PreviewedResource[]
  readonly replaced: readonly PreviewedResource[]
  readonly unchanged: readonly string[]
  readonly deleted: readonly string[]
}

export const stackPreview = defineOperation({
  id: 'stack.stack.preview',
  summary: 'Shows what a creation would make, and makes nothing.',
  policy: { scope: 'project', role: 'member' },
  input: createInput,
  mutates: false,
  run: async (call: Call, input: CreateInput): Promise<StackCreationPreview> => {
    const about = { id: 'preview', name: input.name, projectId: call.projectId }
    const plan = new Plan(readSource(input), about, call.kernel.digest)
    plan.validate()
    return {
      added: shownAll(plan, 1),
      ...{ updated: [], replaced: [], unchanged: [], deleted: [] },
      description: plan.template.description,
      parameters: shownValues(plan.template.parameters, plan.parameters),
    }
  },
})

/**
 * What an update would do as things are now: compared resource by resource, each after those that
 * it depends on.
 */
export const stackPreviewUpdate = defineOperation({
  id: 'stack.stack.previewUpdate',
  summary: 'Shows what an update would do, and does nothing.',
  policy: { scope: 'project', role: 'member' },
  input: updateInput,
  mutates: false,
  run: async (call: Call, input: UpdateInput): Promise<StackPreview> => {
    const stack = await fetchOne(call, stackKind, input.id)
    requireAllowed(stack, 'update')
    const { plan } = await changedPlan(call, stack, input)
    const rows = await liveRows(call.kernel, stack.id)
    const known = new RowValues(plan, rows)
    const moving = new Set<string>()
    const replaced = new Set<string>()
    const live: LiveValues = {
      // What is changed in place is called as before.
      reference: (name) => (replaced.has(name) ? unresolved : known.reference(name)),
      attribute: (name, attribute) => {
        // A group may move while this member of it stays.
        const [, index] = /^resource\.(\d+)(?:\.|$)/.exec(attribute ?? '') ?? []
        const member = index === undefined ? name : memberName(name, Number(index))
        const isThere = rows.has(member) && !moving.has(member)
        return isThere ? known.attribute(name, attribute) : unresolved
      },
    }
    const found: Record<Exclude<Way, 'refuse'> | 'add', PreviewedResource[]> = {
      add: [],
      same: [],
      update: [],
      replace: [],
    }
    for (const node of inOrder(plan)) {
      const wanted = wantedOf(plan, node, live)
      const row = rows.get(node.name)
      const way = row ? wayTo(node, row, wanted) : 'add'
      if (way === 'refuse') throw templateError(`resources.${node.name}.external_id`, 'is kept.')
      if (way !== 'same') moving.add(node.name)
      if (way === 'replace' || way === 'add') replaced.add(node.name)
      found[way].push(shown(node, wanted, null))
    }
    return {
      added: found.add,
      updated: found.update,
      replaced: found.replace,
      unchanged: found.same.map(({ name }) => name),
      deleted: [...rows.keys()].filter((name) => !plan.nodes.has(name)),
    }
  },
})

/** Every resource after those that it requires; there are no circles. */
function inOrder(plan: Plan): PlanNode[] {
  const ordered: PlanNode[] = []
  const seen = new Set<string>()
  for (const start of plan.nodes.values()) {
    const open = [start]
    for (let node = open.at(-1); node; node = open.at(-1)) {
      const next = seen.has(node.name)
        ? undefined
        : node.requires.find((name) => !seen.has(name) && plan.nodes.has(name))
      const needed = next === undefined ? undefined : plan.nodes.get(next)
      if (needed) {
        open.push(needed)
        continue
      }
      open.pop()
      if (!seen.has(node.name)) ordered.push(node)
      seen.add(node.name)
    }
  }
  return ordered
}

/** Everything that a template makes, stacks within included. */
function shownAll(plan: Plan, depth: number): PreviewedResource[] {
  return [...plan.nodes.values()].map((node) => {
    const properties = plan.properties(node)
    const inner = nestedPlan(plan, node, properties)
    if (inner && depth >= limits.stackDepth) {
      throw templateError(node.path, 'stacks are nested too deeply.', limits.stackDepth)
    }
    const nested = inner ? shownAll(inner, depth + 1) : null
    return shown(node, { properties, metadata: plan.metadata(node) }, nested)
  })
}

function shown(
  node: PlanNode,
  wanted: { readonly properties: JsonMap; readonly metadata: JsonMap },
  nested: readonly PreviewedResource[] | null,
): PreviewedResource {
  const { name, decl, requires, group, type } = node
  const { [filesKey]: _, ...properties } = withoutUnresolved(wanted.properties) as JsonMap
  const metadata = withoutUnresolved(wanted.metadata) as JsonMap
  const attributes = Object.keys(type.attributes)
  return { name, type: decl.type, requires, properties, group, attributes, metadata, nested }
}

function withoutUnresolved(value: Json): Json {
  if (value === unresolved) return null
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutUnresolved)
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withoutUnresolved(member)]),
  )
}
