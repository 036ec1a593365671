/**
 * Draws what somebody does at one place of a story. Each action draws for itself, as often as it is
 * heavy, and the highest wins: so one action more changes few of the stories that there are, and a
 * seed that once found something goes on to tell nearly the same story.
 *
 * @param place what tells this draw from all others.
 */
export function drawAction<T extends { readonly name: string; readonly weight: number }>(
  actions: readonly T[],
  place: string,
): T | undefined {
  const at = textHash(place)
  let [winner, highest]: [T | undefined, number] = [undefined, -1]
  for (const action of actions) {
    const base = at ^ hashOf(action.name)
    for (let lot = 0; lot < action.weight; lot++) {
      const drawn = mixed((base + Math.imul(lot, 0x9e3779b9)) | 0)
      if (drawn > highest) [winner, highest] = [action, drawn]
    }
  }
  return winner
}

const hashes = new Map<string, number>()

function hashOf(name: string): number {
  let hash = hashes.get(name)
  if (hash === undefined) hashes.set(name, (hash = textHash(name)))
  return hash
}

/** FNV-1a over UTF-16 units, mixed: near texts are far from each other. */
function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mixed(hash)
}

/** Every bit depends on every other: as MurmurHash3 ends. */
function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
