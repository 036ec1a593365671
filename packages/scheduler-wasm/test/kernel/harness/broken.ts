import type { Decision, Kernel, Placed, Shape } from '../../../src/kernel.ts'
import { OracleKernel } from '../../../src/oracle/oracle-kernel.ts'
import type { MakeKernel } from './duel.ts'

/** The oracle with one thing wrong; `change` says what. */
function broken(change: (kernel: Kernel) => Partial<Kernel>): MakeKernel {
  return (frame) => {
    const kernel = new OracleKernel(frame)
    const plain: Kernel = kernel
    const changed: Readonly<Record<PropertyKey, unknown>> = { ...change(plain) }
    return new Proxy(plain, {
      get(target, key) {
        if (key in changed) return changed[key]
        const value: unknown = Reflect.get(target, key, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
}

/** Decides something else than what was asked. */
function decides(other: (decision: Decision) => Partial<Decision>): MakeKernel {
  return broken((kernel) => ({
    decide: (decision): Placed => kernel.decide({ ...decision, ...other(decision) }),
  }))
}

function shapes(other: (shape: Shape) => Partial<Shape>): MakeKernel {
  return broken((kernel) => ({
    setShape: (slot, shape) => kernel.setShape(slot, { ...shape, ...other(shape) }),
  }))
}

/** Kernels with a mistake each that a real one could make, by what is wrong. */
export const brokenKernels: Readonly<Record<string, MakeKernel>> = {
  'the seed is not looked at': decides(() => ({ seed: 0 })),
  'the seed skips one more at most': decides(({ seed }) => ({ seed: seed % 8 === 7 ? 6 : seed })),
  'always the newest first': decides(() => ({ oldestFirst: false })),
  'level as fill when one of each is asked': decides(({ sharing, max }) => ({
    sharing: sharing === 1 && max === 2 ? 0 : sharing,
  })),
  'many members first as if few first': decides(({ ranking }) => ({
    ranking: ranking === 2 ? 1 : ranking,
  })),
  'the expected end is forgotten': decides(() => ({ until: 0 })),
  'recorded under the footprint of the shape': decides(() => ({ footprint: -1 })),
  'a limit of 3 is 4': decides(({ limit }) => ({ limit: limit === 3 ? 4 : limit })),
  'marked only, but also others': decides(() => ({ markedOnly: false })),
  'weights of 15 are 14': shapes(({ weights }) => ({
    weights: weights.map((weight) => Math.min(14, weight)),
  })),
  'the last label bit is not a constraint': shapes(({ filter }) => ({
    filter: filter.map((bits) => bits & 127),
  })),
  'placing one looks at marks': broken((kernel) => ({
    placeOne: (shape, until, now): number => {
      const decision: Decision = { ...first, shape, until, now }
      return kernel.decide(decision).allocations[0] ?? -1
    },
  })),
  'shifting nothing does not make a host the newest': broken((kernel) => ({
    shift: (slot, amounts, times): boolean =>
      times === 0 || amounts.every((amount) => amount === 0) || kernel.shift(slot, amounts, times),
  })),
  'marking again moves a host to the end of marks': broken((kernel) => {
    const marks = new Map<number, readonly [number, number]>()
    return {
      mark: (slot, members, limit): void => {
        marks.delete(slot)
        marks.set(slot, [members, limit])
        kernel.clearMarks()
        for (const [each, mark] of marks) kernel.mark(each, ...mark)
      },
      clearMarks: (): void => {
        marks.clear()
        kernel.clearMarks()
      },
    }
  }),
  'a restored kernel forgets its marks': broken((kernel) => ({
    restore: (bytes): void => {
      kernel.restore(bytes)
      kernel.clearMarks()
    },
  })),
  'taken over records are used from the highest on': broken((kernel) => ({
    setRecords: (rows, order): void => {
      kernel.setRecords(rows, order)
      const bytes = new TextDecoder().decode(kernel.save())
      const saved = JSON.parse(bytes) as { records: { free: number[] } }
      saved.records.free.reverse()
      kernel.restore(new TextEncoder().encode(JSON.stringify(saved)))
    },
  })),
  'the first of equal devices, not the last': broken((kernel) => ({
    partsOf: (allocation): number => {
      const parts = kernel.partsOf(allocation)
      return parts === 0b10 ? 0b01 : parts
    },
  })),
  'a short cell is not counted': broken((kernel) => ({
    explain: (shape, markedOnly) => {
      const tally = kernel.explain(shape, markedOnly)
      const short = tally.short.with(kernel.frame.resources, 0)
      return { ...tally, short }
    },
  })),
}

const first: Omit<Decision, 'shape' | 'until' | 'now'> = {
  min: 1,
  max: 1,
  limit: 2 ** 31 - 1,
  sharing: 0,
  ranking: 0,
  markedOnly: false,
  oldestFirst: false,
  seed: 0,
  effect: 2,
}
