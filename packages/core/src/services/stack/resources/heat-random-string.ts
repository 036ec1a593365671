import type { Json, JsonMap } from '../../../model/stack/json.ts'
import type { Random } from '../../../ports/random.ts'
import { templateError, within } from '../template/error.ts'
import { rowOnly } from './each.ts'
import { listOf, numberOf, textOf } from './property.ts'
import type { ResourceType } from './type.ts'

const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const digits = '0123456789'

const classes: Readonly<Record<string, string>> = {
  lettersdigits: lower + upper + digits,
  letters: lower + upper,
  lowercase: lower,
  uppercase: upper,
  digits,
  hexdigits: `${digits}abcdefABCDEF`,
  octdigits: '01234567',
}

const named = { type: 'string', default: 'lettersdigits', allowed: Object.keys(classes) } as const

/** A text of chance, such as a password. It stays the same until its properties change. */
export const heatRandomString: ResourceType = {
  name: 'OS::Heat::RandomString',
  summary: 'A random text, such as a password.',
  properties: {
    length: { type: 'integer', default: 32, min: 1, max: 512 },
    character_classes: {
      type: 'list',
      items: {
        type: 'map',
        members: { class: named, min: { type: 'integer', default: 1, min: 1, max: 512 } },
      },
    },
    character_sequences: {
      type: 'list',
      items: {
        type: 'map',
        members: {
          sequence: { type: 'string', required: true, min: 1, max: 512 },
          min: { type: 'integer', default: 1, min: 1, max: 512 },
        },
      },
    },
    salt: { type: 'string' },
  },
  attributes: { value: 'The text.' },
  check: (properties, path) => {
    const least = alphabets(properties).reduce((sum, { min }) => sum + min, 0)
    const length = numberOf(properties, 'length') ?? 0
    if (least > length)
      throw templateError(within(path, 'length'), 'is below what is needed.', least)
  },
  create: rowOnly(({ kernel }, row) => ({ value: draw(kernel.random, row.target as JsonMap) })),
}

interface Alphabet {
  readonly characters: readonly string[]
  readonly min: number
}

function alphabets(properties: JsonMap): readonly Alphabet[] {
  const of = (item: Json, characters: (map: JsonMap) => string): Alphabet => ({
    characters: [...characters(item as JsonMap)],
    min: numberOf(item as JsonMap, 'min') ?? 1,
  })
  return [
    ...(listOf(properties, 'character_classes') ?? []).map((item) =>
      of(item, (map) => classes[textOf(map, 'class') ?? ''] ?? ''),
    ),
    ...(listOf(properties, 'character_sequences') ?? []).map((item) =>
      of(item, (map) => textOf(map, 'sequence') ?? ''),
    ),
  ]
}

function draw(random: Random, properties: JsonMap): string {
  const own = alphabets(properties)
  const all =
    own.length === 0 ? [{ characters: [...(classes['lettersdigits'] as string)], min: 0 }] : own
  const drawn = all.flatMap(({ characters, min }) =>
    Array.from({ length: min }, () => one(random, characters)),
  )
  const every = all.flatMap(({ characters }) => characters)
  const length = numberOf(properties, 'length') ?? 32
  while (drawn.length < length) drawn.push(one(random, every))
  // What must be there must not stand at the beginning.
  for (let at = drawn.length - 1; at > 0; at--) {
    const other = below(random, at + 1)
    const character = drawn[at] as string
    drawn[at] = drawn[other] as string
    drawn[other] = character
  }
  return drawn.join('')
}

function one(random: Random, characters: readonly string[]): string {
  return characters[below(random, characters.length)] as string
}

/** Uniform below `bound`: what would favour small numbers is drawn again. */
function below(random: Random, bound: number): number {
  const most = Math.floor(2 ** 32 / bound) * bound
  for (;;) {
    const drawn = random.uint32()
    if (drawn < most) return drawn % bound
  }
}
