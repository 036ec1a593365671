/** What an element of XML holds; a list repeats it, undefined leaves it out. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | { readonly [name: string]: XmlValue }
  | readonly XmlValue[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** A text as XML 1.0 may hold it: what it cannot say at all is left out. */
export function xmlText(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"']/g, (letter) => entities[letter] as string)
    .replaceAll('\r', '&#13;')
}

/** An element and what it holds. Names that begin with `@` are attributes. */
export function xmlElement(name: string, value: XmlValue): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.map((one: XmlValue) => xmlElement(name, one)).join('')
  if (typeof value !== 'object') return `<${name}>${xmlText(String(value))}</${name}>`
  let attributes = ''
  let inner = ''
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith('@')) {
      attributes += ` ${key.slice(1)}="${typeof item === 'object' ? '' : xmlText(String(item))}"`
    } else inner += xmlElement(key, item)
  }
  return `<${name}${attributes}>${inner}</${name}>`
}

/** A document of one element. */
export function xmlDocument(name: string, value: XmlValue): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement(name, value)}`
}
