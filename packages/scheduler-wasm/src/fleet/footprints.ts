import type { Footprint, Frame, Kernel } from '../kernel.ts'
import type { Columns } from './columns.ts'
import { fleetLimits } from './limits.ts'
import type { Names } from './names.ts'
import type { Missing, Template } from './template.ts'

/** Whose the kernel's footprints are, and how many allocations each has. */
export class Footprints {
  #templates: (Template | undefined)[] = []
  /** By footprint. */
  #counts = new Int32Array(64)
  #live = 0
  readonly #onUnused: (template: Template) => void

  constructor(onUnused: (template: Template) => void) {
    this.#onUnused = onUnused
  }

  /** Live allocations. */
  get live(): number {
    return this.#live
  }

  templateOf(footprint: number): Template {
    return this.#templates[footprint] as Template
  }

  countOf(footprint: number): number {
    return footprint < 0 ? 0 : (this.#counts[footprint] as number)
  }

  bind(template: Template, footprint: number): void {
    template.footprint = footprint
    this.#templates[footprint] = template
    if (footprint >= this.#counts.length) {
      const longer = new Int32Array(2 * Math.max(footprint, this.#counts.length))
      longer.set(this.#counts)
      this.#counts = longer
    }
  }

  unbind(template: Template): void {
    this.#templates[template.footprint] = undefined
    template.footprint = -1
  }

  /** More allocations, or fewer. */
  add(footprint: number, count: number): void {
    const left = (this.#counts[footprint] as number) + count
    this.#counts[footprint] = left
    this.#live += count
    if (left === 0) this.#onUnused(this.#templates[footprint] as Template)
  }

  /** All that have a number, in ascending order of it. */
  all(): Template[] {
    return this.#templates.filter((template) => template !== undefined)
  }

  /** Gives all new numbers in another kernel; returns them by the old ones. */
  renumber(add: (template: Template) => number): Int32Array {
    const numbers = new Int32Array(this.#templates.length).fill(-1)
    const counts = this.#counts
    const templates = this.all()
    this.#templates = []
    this.#counts = new Int32Array(counts.length)
    for (const template of templates) {
      const old = template.footprint
      this.bind(template, add(template))
      numbers[old] = template.footprint
      this.#counts[template.footprint] = counts[old] as number
    }
    return numbers
  }
}

/**
 * What one instance takes, in the columns of a frame. A class without a column is left out, and so
 * are devices beyond those of a frame: what asks for them fits nowhere, whatever the kernel says.
 */
export function footprintOf(
  { names, amounts, ask }: Template,
  classes: Names,
  columns: Columns,
  frame: Frame,
): Footprint {
  const row = new Int32Array(frame.resources)
  for (const [index, name] of names.entries()) {
    const column = columns.of(classes.find(name))
    if (column >= 0) row[column] = amounts[index] as number
  }
  const cells = ask.cells ?? 0
  const cellAmounts = new Int32Array(frame.cellClasses)
  if (cells > 0) {
    for (let at = 0; at < cellAmounts.length; at++) {
      cellAmounts[at] = Math.ceil((row[at] as number) / cells)
    }
  }
  const { count = 0, units = fleetLimits.units } = ask.devices ?? {}
  const devices = Math.min(count, frame.devices)
  return { amounts: row, cells, cellAmounts, devices, units: devices > 0 ? units : 1 }
}

/** What of an ask no host has, undefined if there is some of everything. */
export function missingOf(
  { names, amounts, ask }: Template,
  labels: Names,
  columns: Columns,
  frame: Frame,
): Missing | undefined {
  const classes = names.filter(
    (name, index) => (amounts[index] as number) > 0 && columns.of(labels.find(name)) < 0,
  )
  const devices = (ask.devices?.count ?? 0) > frame.devices
  return classes.length > 0 || devices ? { classes, devices } : undefined
}

/** Adds a footprint to a kernel. */
export function addFootprint(
  kernel: Kernel,
  template: Template,
  classes: Names,
  columns: Columns,
): number {
  return kernel.addFootprint(footprintOf(template, classes, columns, kernel.frame))
}
