import { CloudError } from '../../base/errors.ts'
import type { Call } from '../call.ts'
import { hasRole, roles } from '../policy.ts'

/** Properties of images that only some may set, change or take away; everybody reads them. */
export interface ImageProtection {
  /** Its name; with `*` at its end, the beginning of names. */
  readonly property: string
  /** Who writes them: those with one of these roles, besides operators. */
  readonly roles: readonly string[]
}

type Properties = Readonly<Record<string, string>>

/**
 * The first protection that a name falls under is the one that counts.
 *
 * @throws CloudError `forbidden` with `properties.<name>` as its field.
 */
export function requireMayWrite(call: Call, before: Properties, after: Properties): void {
  const { actor, kernel } = call
  const { imageProtections } = kernel.settings
  if (actor.system || imageProtections.length === 0) return
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (own(before, name) === own(after, name)) continue
    const protection = imageProtections.find(({ property }) => isUnder(name, property))
    if (!protection || protection.roles.some((role) => holds(actor.roles, role))) continue
    throw new CloudError('forbidden', `The property ${name} is protected.`, {
      field: `properties.${name}`,
    })
  }
}

/** Roles that stand for a rank are held by those above it, too. */
function holds(names: readonly string[], wanted: string): boolean {
  const rank = roles.find((role) => role === wanted)
  return rank === undefined ? names.includes(wanted) : hasRole(names, rank)
}

function own(properties: Properties, name: string): string | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined
}

function isUnder(name: string, property: string): boolean {
  return property.endsWith('*') ? name.startsWith(property.slice(0, -1)) : name === property
}
