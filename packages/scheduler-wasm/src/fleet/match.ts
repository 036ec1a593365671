import type { Ask, GroupAsk } from './api.ts'
import type { Template, TemplateAsk } from './template.ts'

/*
 * Finding the template of an ask again: on the way of every call, so nothing is made here. Asks are
 * not checked yet; whatever they hold is compared only.
 */

/** Places that a key says. */
export const buckets = 8_192
const golden = 0x9e3779b1

/** A bucket by amounts, and by the number of labels; templates in it are compared. */
export function keyOf(ask: Ask): number {
  const { resources, group } = ask
  let key = 0
  for (const name in resources) {
    const amount: unknown = resources[name]
    // Not checked yet: what is no number is refused later, and must not fail here.
    if (typeof amount === 'number') key = Math.imul(key ^ amount, golden)
    key ^= key >>> 15
  }
  if (group !== undefined) key ^= textKey(group?.id)
  if (ask.app !== undefined) key ^= Math.imul(textKey(ask.app), 3)
  if (ask.tenant !== undefined) key ^= Math.imul(textKey(ask.tenant), 5)
  if (ask.zones !== undefined) key ^= Math.imul(textKey(ask.zones?.[0]), 7)
  if (ask.racks !== undefined) key ^= Math.imul(textKey(ask.racks?.[0]), 11)
  if (ask.requiredTraits !== undefined) key ^= Math.imul(textKey(ask.requiredTraits?.[0]), 13)
  const { devices } = ask
  if (devices !== undefined && typeof devices?.count === 'number') {
    const units = typeof devices.units === 'number' ? devices.units : 0
    key ^= Math.imul(units + 31 * devices.count, golden)
  }
  return (key ^ (key >>> 13)) & (buckets - 1)
}

/** By length and the last characters: ids often differ at the end. */
function textKey(text: unknown): number {
  if (typeof text !== 'string') return 0
  let key = text.length
  for (let at = Math.max(0, text.length - 6); at < text.length; at++) {
    key = Math.imul(key ^ text.charCodeAt(at), golden)
  }
  return key ^ (key >>> 16)
}

/** Whether a template says what an ask says, word for word. */
export function matches(template: Template, given: Ask): boolean {
  const { names, amounts, ask } = template
  let at = 0
  for (const name in given.resources) {
    if (names[at] !== name || amounts[at] !== given.resources[name]) return false
    at++
  }
  if (at !== names.length || ask.policy !== given.policy) return false
  if (ask.group === undefined ? given.group !== undefined : !sameGroup(ask.group, given.group)) {
    return false
  }
  return (
    ask.app === given.app &&
    ask.priority === given.priority &&
    ask.cells === given.cells &&
    ask.tenant === given.tenant &&
    sameList(ask.zones, given.zones) &&
    sameList(ask.racks, given.racks) &&
    sameList(ask.requiredTraits, given.requiredTraits) &&
    sameList(ask.forbiddenTraits, given.forbiddenTraits) &&
    sameList(ask.notMemberOf, given.notMemberOf) &&
    sameSets(ask.anyTraits, given.anyTraits) &&
    sameSets(ask.memberOf, given.memberOf) &&
    sameDevices(ask.devices, given.devices) &&
    sameWeights(ask.weights, given.weights)
  )
}

type List = readonly string[] | undefined

function sameList(a: List, b: List): boolean {
  if (a === undefined || b === undefined) return a === b
  if (!Array.isArray(b) || a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

function sameSets(a: readonly List[] | undefined, b: readonly List[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return Array.isArray(b) && a.length === b.length && a.every((set, at) => sameList(set, b[at]))
}

function sameGroup(a: TemplateAsk['group'], b: GroupAsk | undefined): boolean {
  if (typeof b !== 'object' || b === null) return false
  return (
    a?.id === b.id &&
    a?.part === b.part &&
    a?.policy === b.policy &&
    a?.scope === b.scope &&
    a?.maxPerHost === b.maxPerHost
  )
}

function sameDevices(a: Ask['devices'], b: Ask['devices']): boolean {
  if (a === undefined || b === undefined) return a === b
  if (typeof b !== 'object' || b === null) return false
  return a.count === b.count && a.units === b.units && sameList(a.models, b.models)
}

function sameWeights(a: Ask['weights'], b: Ask['weights']): boolean {
  if (a === undefined || b === undefined) return a === b
  if (typeof b !== 'object' || b === null) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
