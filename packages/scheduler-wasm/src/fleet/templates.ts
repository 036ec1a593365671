import type { Ask } from './api.ts'
import { checkTemplate } from './check-ask.ts'
import { fleetLimits } from './limits.ts'
import { buckets, keyOf, matches } from './match.ts'
import type { Shape, Template, TemplateAsk } from './template.ts'

/** Where templates get numbers from, and what is to be done when one leaves the cache. */
export interface TemplateHost {
  holdGroup(id: string, part: string | undefined): number
  holdApp(name: string): number
  onEvicted(template: Template): void
}

/** Copied for each engine: filling anew takes longer than all else in making one. */
const noTemplates = Array.from({ length: buckets }, (): Template | undefined => undefined)

/** Finds the template of an ask that is like one before without making anything. */
export class Templates {
  readonly #host: TemplateHost
  readonly #buckets = noTemplates.slice()
  readonly #ring: Template[] = []
  #hand = 0

  constructor(host: TemplateHost) {
    this.#host = host
  }

  /**
   * The template of an ask, checked.
   *
   * @throws EngineError for what an ask must not say.
   */
  of(ask: Ask): Template {
    if (typeof ask !== 'object' || ask === null) checkTemplate(ask)
    const key = keyOf(ask)
    for (let each = this.#buckets[key]; each !== undefined; each = each.next) {
      if (matches(each, ask)) {
        each.recent = true
        return each
      }
    }
    checkTemplate(ask)
    return this.#add(key, copyOf(ask))
  }

  /** A template that is not to be found again: of allocations that came from elsewhere. */
  detached(ask: TemplateAsk): Template {
    const rest = bareOf(ask)
    const template = this.#make(keyOf(ask), ask, rest === ask ? undefined : this.of(rest))
    template.cached = false
    return template
  }

  #add(key: number, ask: TemplateAsk): Template {
    const rest = bareOf(ask)
    const bare = rest === ask ? undefined : this.of(rest)
    const template = this.#make(key, ask, bare)
    if (this.#ring.length < fleetLimits.templates) this.#ring.push(template)
    else this.#replace(template)
    template.next = this.#buckets[key]
    this.#buckets[key] = template
    return template
  }

  #make(key: number, ask: TemplateAsk, bare: Template | undefined): Template {
    const names = Object.keys(ask.resources)
    const { id, part } = ask.group ?? {}
    const group = id === undefined ? -1 : this.#host.holdGroup(id, part)
    const made = {
      ask,
      names,
      amounts: names.map((name) => ask.resources[name] as number),
      plain: Object.keys(ask).every((name) => name === 'resources' || name === 'policy'),
      group,
      app: ask.app === undefined ? -1 : this.#host.holdApp(ask.app),
      footprint: -1,
      shapes: 0,
      shape: undefined,
      domainShapes: new Map<number, Shape>(),
      cached: true,
      recent: true,
      key,
      next: undefined,
    }
    const template: Template = { ...made, bare: bare as Template }
    return bare === undefined ? Object.assign(template, { bare: template }) : template
  }

  /** Those that were not found since the hand came by last go first. */
  #replace(template: Template): void {
    for (;;) {
      const victim = this.#ring[this.#hand] as Template
      if (!victim.recent) {
        this.#unlink(victim)
        this.#ring[this.#hand] = template
        this.#advance()
        return
      }
      victim.recent = false
      this.#advance()
    }
  }

  #advance(): void {
    this.#hand = (this.#hand + 1) % this.#ring.length
  }

  #unlink(victim: Template): void {
    let each = this.#buckets[victim.key]
    if (each === victim) this.#buckets[victim.key] = victim.next
    while (each !== undefined && each.next !== victim) each = each.next
    if (each !== undefined) each.next = victim.next
    victim.cached = false
    this.#host.onEvicted(victim)
  }
}

/** Without what says for whom it is; itself if it does not. */
function bareOf(ask: TemplateAsk): TemplateAsk {
  const { group, app, priority, ...bare } = ask
  return group === undefined && app === undefined && priority === undefined ? ask : bare
}

/** What of an ask makes its template, copied all through. */
export function copyOf(ask: Ask): TemplateAsk {
  const { group, devices } = ask
  const { policy, scope, maxPerHost, id, part } = group ?? {}
  const copy = {
    resources: { ...ask.resources },
    cells: ask.cells,
    devices: devices && defined({ ...devices, models: devices.models?.slice() }),
    requiredTraits: ask.requiredTraits?.slice(),
    anyTraits: ask.anyTraits?.map((set) => set.slice()),
    forbiddenTraits: ask.forbiddenTraits?.slice(),
    zones: ask.zones?.slice(),
    racks: ask.racks?.slice(),
    memberOf: ask.memberOf?.map((set) => set.slice()),
    notMemberOf: ask.notMemberOf?.slice(),
    tenant: ask.tenant,
    group: group && defined({ policy, scope, maxPerHost, id, part }),
    app: ask.app,
    policy: ask.policy,
    weights: ask.weights && { ...ask.weights },
    priority: ask.priority,
  }
  return defined(copy) as TemplateAsk
}

/** Without properties that say nothing. */
function defined<Given extends object>(given: Given): Partial<Given> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<Given>
}
