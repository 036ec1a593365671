import { fleetLimits } from './limits.ts'
import type { Domain, Shape, Template } from './template.ts'

/** Slots for shapes that are bound to a zone or rack. */
const domainSlots = 64
const plainSlots = fleetLimits.shapes - domainSlots

/** A zone and a rack never have one key. */
export function domainKey({ by, number }: Domain): number {
  return by === 'zone' ? 2 * number : 2 * number + 1
}

/** Gives out the kernel's slots for shapes; those not used lately are taken back first. */
export class Shapes {
  readonly #plain = new Ring(0, plainSlots)
  readonly #bound = new Ring(plainSlots, domainSlots)
  readonly #onEvicted: (template: Template) => void

  constructor(onEvicted: (template: Template) => void) {
    this.#onEvicted = onEvicted
  }

  /** The shape of a bare template, with a slot; whether it is set is said by its epoch. */
  of(template: Template): Shape {
    const known = template.shape
    if (known !== undefined) {
      known.recent = true
      return known
    }
    const shape = this.#make(template, undefined, -1)
    template.shape = shape
    return shape
  }

  inDomain(template: Template, domain: Domain): Shape {
    const key = domainKey(domain)
    const known = template.domainShapes.get(key)
    if (known !== undefined) {
      known.recent = true
      return known
    }
    const shape = this.#make(template, domain, key)
    template.domainShapes.set(key, shape)
    return shape
  }

  #make(template: Template, domain: Domain | undefined, key: number): Shape {
    const fresh = { slot: -1, epoch: -1, recent: true, missing: undefined, filter: none }
    const shape: Shape = { template, domain, key, ...fresh }
    const evicted = (domain === undefined ? this.#plain : this.#bound).take(shape)
    template.shapes++
    if (evicted !== undefined) this.#evict(evicted)
    return shape
  }

  #evict(shape: Shape): void {
    const { template } = shape
    shape.slot = -1
    shape.epoch = -1
    template.shapes--
    if (shape.domain === undefined) template.shape = undefined
    else template.domainShapes.delete(shape.key)
    this.#onEvicted(template)
  }
}

const none = new Uint8Array(0)

class Ring {
  readonly #from: number
  readonly #length: number
  readonly #shapes: Shape[] = []
  #hand = 0

  constructor(from: number, length: number) {
    this.#from = from
    this.#length = length
  }

  /** Gives a shape a slot, and says which one lost it. */
  take(shape: Shape): Shape | undefined {
    if (this.#shapes.length < this.#length) {
      shape.slot = this.#from + this.#shapes.length
      this.#shapes.push(shape)
      return undefined
    }
    for (;;) {
      const at = this.#hand
      const victim = this.#shapes[at] as Shape
      this.#hand = (at + 1) % this.#length
      if (!victim.recent) {
        this.#shapes[at] = shape
        shape.slot = victim.slot
        return victim
      }
      victim.recent = false
    }
  }
}
