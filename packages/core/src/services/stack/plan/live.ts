import { isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { templateError } from '../template/error.ts'
import { memberOf } from './expand.ts'
import type { LiveValues, Plan, PlanNode } from './plan.ts'

/** Among the attributes of a nested stack: why outputs have no value, by their names. */
export const outputErrorsKey = 'output_errors'

/** What the resources of a stack say of themselves, by their rows. */
export class RowValues implements LiveValues {
  readonly #plan: Plan
  readonly #rows: ReadonlyMap<string, StackResource>
  readonly #members = new Map<string, readonly Member[]>()

  /** @param rows the live ones, by name. */
  constructor(plan: Plan, rows: ReadonlyMap<string, StackResource>) {
    this.#plan = plan
    this.#rows = rows
  }

  reference(name: string): Json | undefined {
    const row = this.#rows.get(name)
    return row && referenceOf(row, this.#plan.nodes.get(name))
  }

  attribute(name: string, attribute: string | undefined): Json | undefined {
    const node = this.#plan.nodes.get(name)
    const row = this.#rows.get(name)
    if (!row) return undefined
    if (node?.type.members) return this.#groupAttribute(name, attribute)
    if (attribute === undefined || attribute === 'show') return row.attributes
    const wrong = row.attributes[outputErrorsKey]
    const problem = isJsonMap(wrong) && Object.hasOwn(wrong, attribute) && wrong[attribute]
    if (typeof problem === 'string') {
      const said = `Error in ${name} output ${attribute}: ${problem}`
      throw templateError('template.resources', said)
    }
    return Object.hasOwn(row.attributes, attribute) ? row.attributes[attribute] : undefined
  }

  #groupAttribute(name: string, attribute: string | undefined): Json {
    const members = this.#membersOf(name)
    const references = members.map(({ row, node }) => referenceOf(row, node))
    const byIndex = (values: readonly Json[]): JsonMap =>
      Object.fromEntries(members.map(({ index }, at) => [String(index), values[at] as Json]))
    switch (attribute) {
      case undefined:
      case 'refs':
        return references
      case 'refs_map':
        return byIndex(references)
      case 'current_size':
        return members.length
      case 'attributes':
      case 'outputs':
        return ofEach(members, (values) => byIndex(values))
      case 'outputs_list':
        return ofEach(members, (values) => values)
      case 'removed_rsrc_list':
        return []
    }
    const [, index, own] = /^resource\.(\d+)(?:\.(.+))?$/.exec(attribute) ?? []
    if (index === undefined) return members.map(({ row }) => row.attributes[attribute] ?? null)
    const member = members.find((one) => one.index === Number(index))
    if (!member) return null
    return own === undefined
      ? referenceOf(member.row, member.node)
      : (member.row.attributes[own] ?? null)
  }

  #membersOf(group: string): readonly Member[] {
    const known = this.#members.get(group)
    if (known) return known
    const members: Member[] = []
    for (const node of this.#plan.nodes.values()) {
      const row = node.group === group ? this.#rows.get(node.name) : undefined
      if (row) members.push({ index: memberOf(node.name)?.index ?? 0, row, node })
    }
    members.sort((a, b) => a.index - b.index)
    this.#members.set(group, members)
    return members
  }
}

interface Member {
  readonly index: number
  readonly row: StackResource
  readonly node: PlanNode
}

function referenceOf(row: StackResource, node: PlanNode | undefined): Json {
  return node?.type.reference?.(row) ?? row.physicalId
}

/** By the name of each attribute that a member has. */
function ofEach(members: readonly Member[], shape: (values: readonly Json[]) => Json): JsonMap {
  const names = Object.keys(members[0]?.row.attributes ?? {})
  return Object.fromEntries(
    names.map((name) => [name, shape(members.map(({ row }) => row.attributes[name] ?? null))]),
  )
}
