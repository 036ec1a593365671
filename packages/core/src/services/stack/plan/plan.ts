import { canonicalJson } from '../../../base/canonical.ts'
import type { Digest, DigestAlgorithm } from '../../../ports/digest.ts'
import type { Json, JsonMap } from '../../../model/stack/json.ts'
import type { StackDefinition } from '../../../model/stack/stack.ts'
import { heatNone } from '../resources/heat-plain.ts'
import { filesKey } from '../resources/heat-stack.ts'
import { rollingOf } from '../resources/heat-group.ts'
import { readProperties } from '../resources/property.ts'
import { builtInType, typeNamed } from '../resources/registry.ts'
import type { ResourceType, Rolling } from '../resources/type.ts'
import { Conditions } from '../template/conditions.ts'
import { typeBehind } from '../template/environment.ts'
import { templateError, within } from '../template/error.ts'
import { type ResourceRules, rulesOf } from '../template/rules.ts'
import { type ParameterValues, parameterValues } from '../template/parameter-values.ts'
import { referencesOf, requireNoCircle } from '../template/references.ts'
import { isTrue, resolve } from '../template/resolve.ts'
import { type Scope, unresolved } from '../template/scope.ts'
import { readTemplate, type ResourceDecl, type Template } from '../template/shape.ts'
import { newBudget } from '../template/spend.ts'
import { expandGroup, requireRoomFor } from './expand.ts'

/** A resource that a definition wants. */
export interface PlanNode {
  readonly name: string
  readonly decl: ResourceDecl
  readonly type: ResourceType
  /** Names of what must be there before. */
  readonly requires: readonly string[]
  readonly group: string | null
  readonly rolling: Rolling | null
  readonly rules: ResourceRules
  readonly path: string
}

/** What resources say of themselves; undefined while it is not known. */
export interface LiveValues {
  reference(name: string): Json | undefined
  attribute(name: string, attribute: string | undefined): Json | undefined
}

/** What a definition says of its stack. */
export interface PlanAbout {
  readonly id: string
  readonly name: string
  readonly projectId: string
}

type Source = Pick<
  StackDefinition,
  'template' | 'parameters' | 'registry' | 'rules' | 'files' | 'facade' | 'adopted' | 'sizes'
>

/** What a definition comes to: every resource that it wants, and how their values are found. */
export class Plan {
  readonly template: Template
  readonly parameters: ParameterValues
  readonly nodes: ReadonlyMap<string, PlanNode>
  readonly source: Source
  readonly #about: PlanAbout
  readonly #digest: Digest
  readonly #conditions: Conditions
  #files: string | undefined
  /** Undefined while it is found out which resources there are. */
  #known: ReadonlyMap<string, PlanNode> | undefined

  /** @throws CloudError `invalid` with the path of the first thing that is wrong. */
  constructor(source: Source, about: PlanAbout, digest: Digest) {
    this.source = source
    this.#about = about
    this.#digest = digest
    this.template = readTemplate(source.template)
    this.parameters = parameterValues(this.template.parameters, source.parameters)
    this.#conditions = new Conditions(this.template.conditions)
    this.nodes = this.#expand()
    this.#known = this.nodes
    requireNoCircle(
      new Map([...this.nodes].map(([name, { requires }]) => [name, requires])),
      'template.resources',
    )
  }

  /** The stack that a resource will be, as far as that is known. */
  within(name: string, source: Source): Plan {
    const about = { ...this.#about, name: `${this.#about.name}-${name}` }
    return new Plan(source, about, this.#digest)
  }

  /** How functions find what they ask for; without `live`, what resources say is unresolved. */
  scope(live?: LiveValues): Scope {
    const { template } = this
    const scope: Scope = {
      version: template.version,
      budget: newBudget(),
      parameter: (name, path) => this.#parameter(name, path),
      condition: (name, path) => this.#conditions.isTrue(name, scope, path),
      resource: (name, path) => {
        if (this.#isOff(name, path)) return null
        return live?.reference(name) ?? unresolved
      },
      attribute: (name, attribute, path) => {
        if (this.#isOff(name, path)) return null
        if (!live) return unresolved
        const value = live.attribute(name, attribute)
        return value === undefined ? null : value
      },
      file: (name, path) => {
        const { files } = this.source
        if (Object.hasOwn(files, name)) return files[name] as string
        throw templateError(path, `there is no file ${name.slice(0, 200)}.`)
      },
      facade: (what) => this.source.facade?.[what] ?? null,
      digest: (algorithm, text) => digestOf(this.#digest, algorithm, text),
    }
    return scope
  }

  /** The properties of a resource, in the form that its type reads. */
  properties(node: PlanNode, live?: LiveValues): JsonMap {
    const path = within(node.path, 'properties')
    const resolved = resolve(node.decl.properties, this.scope(live), path)
    const properties = readProperties(node.type.properties, resolved as JsonMap, path)
    node.type.check?.(properties, path)
    return builtInType(node.type.name)
      ? properties
      : { ...properties, [filesKey]: this.#filesDigest() }
  }

  /** Another text of a nested template is a change of the resources made from it. */
  #filesDigest(): string {
    this.#files ??= this.#digest.hash('sha256', canonicalJson(this.source.files))
    return this.#files
  }

  metadata(node: PlanNode, live?: LiveValues): JsonMap {
    const path = within(node.path, 'metadata')
    const value = resolve(node.decl.metadata, this.scope(live), path)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonMap)
      : { value }
  }

  /** The id of what was there before the stack; undefined for what the stack makes. */
  externalId(node: PlanNode): string | undefined {
    const { externalId } = node.decl
    if (externalId === undefined) return undefined
    const path = within(node.path, 'external_id')
    const value = resolve(externalId, this.scope(), path)
    if (typeof value === 'string' && value !== '') return value
    throw templateError(path, 'is not an id.')
  }

  /** Looks at everything that can be looked at before anything is there. */
  validate(): void {
    for (const [name] of this.template.conditions) {
      this.#conditions.isTrue(name, this.scope(), within('template.conditions', name))
    }
    for (const node of this.nodes.values()) {
      this.properties(node)
      this.metadata(node)
      this.externalId(node)
    }
    for (const [name, output] of this.template.outputs) {
      const path = within('template.outputs', name)
      const scope = this.#outputScope()
      if (output.condition !== undefined) isTrue(output.condition, scope, within(path, 'condition'))
      resolve(output.value, scope, within(path, 'value'))
    }
  }

  /** What an output says is looked at when it is asked for: one that is wrong harms no other. */
  #outputScope(): Scope {
    const scope = this.scope()
    const isKnown = (name: string): boolean => this.parameters.has(name) || name.startsWith('OS::')
    return {
      ...scope,
      parameter: (name, path) => (isKnown(name) ? scope.parameter(name, path) : unresolved),
    }
  }

  #parameter(name: string, path: string): Json {
    const value = this.parameters.get(name)
    if (value !== undefined) return value
    const { id, name: stackName, projectId } = this.#about
    if (name === 'OS::stack_name') return stackName
    if (name === 'OS::stack_id') return id
    if (name === 'OS::project_id') return projectId
    throw templateError(path, `The Parameter (${name.slice(0, 200)}) was not provided.`)
  }

  /** True for a resource whose condition does not hold: it says nothing. */
  #isOff(name: string, path: string): boolean {
    if (this.#known?.has(name)) return false
    if (this.template.resources.has(name)) return this.#known !== undefined
    throw templateError(path, `there is no resource ${name.slice(0, 200)}.`)
  }

  #expand(): ReadonlyMap<string, PlanNode> {
    const nodes = new Map<string, PlanNode>()
    for (const decl of this.template.resources.values()) {
      const path = within('template.resources', decl.name)
      const scope = this.scope()
      if (decl.condition !== undefined) {
        if (!isTrue(decl.condition, scope, within(path, 'condition'))) continue
      }
      const own = this.#node(decl, null, null, path)
      if (!own.type.members) {
        nodes.set(decl.name, own)
        requireRoomFor(nodes.size, 'template.resources')
        continue
      }
      const members = this.#members(own, scope)
      for (const member of members) nodes.set(member.name, member)
      requireRoomFor(nodes.size, path)
      const names = members.map(({ name }) => name)
      nodes.set(decl.name, { ...own, requires: [...own.requires, ...names] })
    }
    const implied = impliedBy(nodes)
    // What is not there because of its condition is not waited for.
    return new Map(
      [...nodes].map(([name, node]) => {
        const all = new Set([...node.requires, ...implied(node)])
        return [name, { ...node, requires: [...all].filter((need) => nodes.has(need)) }]
      }),
    )
  }

  /** The group's own properties say how many; the members' are resolved with them. */
  #members(group: PlanNode, scope: Scope): PlanNode[] {
    const path = within(group.path, 'properties')
    const { properties } = group.decl
    const place = 'resource' in properties ? 'resource' : 'resource_def'
    const { [place]: definition, ...sizes } = properties
    const resolved = resolve(sizes, scope, path) as JsonMap
    const read = readProperties(
      group.type.properties,
      { ...resolved, ...(definition !== undefined && { [place]: definition }) },
      path,
    )
    group.type.check?.(read, path)
    const plain = group.type.members?.(read, path)
    if (!plain) return []
    const size = this.source.sizes?.[group.name]?.count
    const { bounds } = plain
    // What a policy has made of it stays within what the template says by now.
    const count =
      size === undefined || !bounds
        ? plain.count
        : Math.min(Math.max(size, bounds.least), bounds.most)
    const spec = { ...plain, count }
    requireRoomFor(spec.count + spec.removed.length, path)
    const at = within(path, place)
    const rolling =
      spec.rolling ?? rollingOf(group.decl.updatePolicy['rolling_update'] as JsonMap | undefined)
    return expandGroup(group.decl, spec, at).map((decl) =>
      this.#node(decl, group.name, rolling, at),
    )
  }

  #node(decl: ResourceDecl, group: string | null, rolling: Rolling | null, path: string): PlanNode {
    const at = within(path, 'type')
    const rules = this.rulesOf(decl.name)
    const type = this.#type(decl.type, rules, at)
    const scope = this.scope()
    const found = new Set<string>()
    referencesOf(decl.properties, scope, within(path, 'properties'), found)
    referencesOf(decl.metadata, scope, within(path, 'metadata'), found)
    for (const name of decl.dependsOn) found.add(name)
    for (const name of found) {
      if (this.template.resources.has(name)) continue
      throw templateError(path, `refers to ${name.slice(0, 200)}, which is no resource.`)
    }
    if (found.has(group ?? decl.name)) throw templateError(path, 'refers to itself.')
    return { name: decl.name, decl, type, requires: [...found], group, rolling, rules, path }
  }

  /** What the environment says of a resource, whether it is wanted or not. */
  rulesOf(name: string): ResourceRules {
    return rulesOf(this.source.rules, name)
  }

  #type(name: string, rules: ResourceRules, path: string): ResourceType {
    const behind = typeBehind({ ...this.source.registry, ...rules.registry }, name, path)
    return behind === heatNone.name ? heatNone : typeNamed(behind, this.source.files, path)
  }
}

/** Names of what a resource waits for without naming it. */
function impliedBy(nodes: ReadonlyMap<string, PlanNode>): (node: PlanNode) => readonly string[] {
  const providers = new Map<string, string[]>()
  for (const { name, type, decl } of nodes.values()) {
    for (const word of type.provides?.(decl.properties) ?? []) {
      providers.set(word, [...(providers.get(word) ?? []), name])
    }
  }
  return ({ name, type, decl }) => {
    const words = providers.size === 0 ? [] : (type.awaits?.(decl.properties) ?? [])
    return words.flatMap((word) => providers.get(word) ?? []).filter((other) => other !== name)
  }
}

const algorithms: readonly DigestAlgorithm[] = ['md5', 'sha256', 'sha512']

function digestOf(digest: Digest, algorithm: string, text: string): string | undefined {
  const known = algorithms.find((one) => one === algorithm)
  return known && digest.hash(known, text)
}
