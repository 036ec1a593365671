import { isCloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { templateError } from '../template/error.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/**
 * The id of what a property names, by id or by name.
 *
 * @param get throws `notFound` or `invalid` when it is no id.
 * @param list everything, or everything of that name; one page is looked at.
 * @throws CloudError `invalid` with the property when there is none, or several of that name.
 */
export async function idOf(
  what: { readonly text: string; readonly property: string },
  get: (id: string) => Promise<unknown>,
  list: (name: string) => Promise<readonly Named[]>,
): Promise<string> {
  const { text, property } = what
  try {
    await get(text)
    return text
  } catch (error) {
    const isAbsent = isCloudError(error) && ['notFound', 'invalid'].includes(error.code)
    if (!isAbsent) throw error
  }
  const found = (await list(text)).filter(({ name }) => name === text)
  const [first] = found
  const shown = text.slice(0, limits.nameLength)
  if (!first) throw templateError(property, `there is no ${shown}.`)
  if (found.length > 1) throw templateError(property, `there are several called ${shown}.`)
  return first.id
}
