const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Elements that have no content and no end. */
const voids: ReadonlySet<string> = new Set(['meta', 'input'])

/** Text as markup; characters that belong in no document are replaced. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (found) => entities[found] ?? found)
    .replaceAll(/[^\P{C}\n\t]/gu, '\u{FFFD}')
}

/**
 * An element of HTML or SVG. Attributes are escaped here; `content` is markup already: elements, or
 * text that was `escaped`. True stands for an attribute without value.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | true>> = {},
  ...content: readonly string[]
): string {
  const words = Object.entries(attributes).map(([key, value]) =>
    value === true ? ` ${key}` : ` ${key}="${escaped(String(value))}"`,
  )
  const begin = `<${name}${words.join('')}>`
  return voids.has(name) ? begin : `${begin}${content.join('')}</${name}>`
}
