import type { Registry } from './groups.ts'
import type { TemplateAsk } from './template.ts'

/** Which parts a group has: each is registered as a group of its own. */
export class Parts {
  readonly #byGroup = new Map<string, Set<number>>()

  /** The number of a group or, if it is named, of its part; held once more. */
  hold(groups: Registry, id: string, part: string | undefined): number {
    if (part === undefined) return groups.hold(id)
    const number = groups.hold(nameOf(id, part))
    const known = this.#byGroup.get(id)
    if (known === undefined) this.#byGroup.set(id, new Set([number]))
    else known.add(number)
    return number
  }

  letGo(groups: Registry, number: number, group: TemplateAsk['group']): void {
    if (!groups.letGo(number) || group?.id === undefined || group.part === undefined) return
    const known = this.#byGroup.get(group.id)
    known?.delete(number)
    if (known?.size === 0) this.#byGroup.delete(group.id)
  }

  /** The other parts of a group. */
  besides(number: number, group: TemplateAsk['group']): readonly number[] {
    if (group?.id === undefined || group.part === undefined) return []
    return [...(this.#byGroup.get(group.id) ?? [])].filter((each) => each !== number)
  }
}

/** No id begins like that and has a length of its own in it, but by intent. */
function nameOf(id: string, part: string): string {
  return `\u0000${id.length}:${id}${part}`
}
