export type Child = Node | string | number | null | undefined | false | readonly Child[]

type Listener = (event: Event) => void

/** What an element may be given: attributes, and listeners by their event's name. */
export type Props = Readonly<Record<string, string | number | boolean | Listener | undefined>>

/** An element of HTML with attributes and children. Text is text: it is never read as markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  set(element, props)
  append(element, children)
  return element
}

/** An element of SVG. */
export function svg(tag: string, props: Props = {}, ...children: readonly Child[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  set(element, props)
  append(element, children)
  return element
}

function set(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value))
    }
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children.flat(8) as readonly Exclude<Child, readonly Child[]>[]) {
    if (child === null || child === undefined || child === false) continue
    element.append(child instanceof Node ? child : String(child))
  }
}

/** The element with this id, which the page has. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`The page has no #${id}.`)
  return element
}

/** A table with a caption for those who do not see it. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Child[])[],
): HTMLElement {
  const cell = (value: Child): HTMLElement =>
    h('td', typeof value === 'number' ? { class: 'number' } : {}, value)
  const isNumber = (column: number): boolean => typeof rows[0]?.[column] === 'number'
  const title = (head: string, column: number): HTMLElement =>
    h('th', { scope: 'col', class: isNumber(column) ? 'number' : undefined }, head)
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { 'aria-label': caption },
      h('thead', {}, h('tr', {}, ...heads.map(title))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map(cell)))),
    ),
  )
}

/** A field with its label. */
export function field(label: string, input: HTMLElement): HTMLElement {
  return h('label', {}, label, input)
}

/** Says what went wrong, to readers of the screen at once. */
export function alert(error: unknown): HTMLElement {
  return h('p', { role: 'alert' }, error instanceof Error ? error.message : String(error))
}
