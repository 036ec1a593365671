import type { JsonMap } from '../../../model/stack/json.ts'
import { filesKey } from '../resources/heat-stack.ts'
import { builtInType } from '../resources/registry.ts'
import { rulesWithin } from '../template/rules.ts'
import { parseYaml } from '../template/yaml.ts'
import type { Plan, PlanNode } from './plan.ts'

/**
 * What a resource that is a template among the files would make.
 *
 * @param properties what the template above gives it; some may not be known yet.
 * @throws CloudError `invalid` with the path within the nested template.
 */
export function nestedPlan(plan: Plan, node: PlanNode, properties: JsonMap): Plan | null {
  const template = nestedTemplate(plan, node)
  if (!template) return null
  const { [filesKey]: _, ...parameters } = properties
  const { files, registry, rules } = plan.source
  const source = {
    ...{ template, parameters, files, registry },
    rules: rulesWithin(rules, node.name),
    facade: { metadata: {}, deletion_policy: node.decl.deletionPolicy, update_policy: {} },
  }
  const inner = plan.within(node.name, source)
  inner.validate()
  return inner
}

/** The template that a resource is made from; null for what is no stack of its own. */
export function nestedTemplate(plan: Plan, node: PlanNode): JsonMap | null {
  if (builtInType(node.type.name)) return null
  return parseYaml(plan.source.files[node.type.name] ?? '', node.type.name)
}
