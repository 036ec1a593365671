import type { Api, EndpointRow } from '../../packages/sdk/src/http/endpoint.ts'

/** The page of one HTTP interface: each endpoint, and who may use it. */
export function apiPage(api: Api): string {
  const { microversions, title, service, mount, bases, endpoints, discovery = [] } = api
  const versions = microversions ? `Microversions ${spanOf(microversions)}. ` : ''
  const base = `${mount}${bases[0] ?? ''}`
  const schemas = `Schemas are in [${api.name}.json](${api.name}.json) (OpenAPI 3.1).`
  return [
    `# ${title} (${service})`,
    '',
    `${versions}Paths begin with \`${base}\`. ${schemas}`,
    '',
    '| method | path | what | versions | who | status |',
    '| --- | --- | --- | --- | --- | --- |',
    ...endpoints.map((row) => line(row, row.path)),
    ...discovery.map((row) => line(row, `${mount}${row.path} (as it stands)`)),
    '',
  ].join('\n')
}

function spanOf({ major, min, max }: Exclude<Api['microversions'], undefined>): string {
  return `${major}.${min}–${major}.${max}`
}

function line(row: EndpointRow, path: string): string {
  const { method, summary, status } = row
  const cells = [method, `\`${path}\``, summary, span(row), who(row), String(status)]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function span({ since, until }: EndpointRow): string {
  if (since === undefined && until === undefined) return ''
  return `${since ?? ''}–${until ?? ''}`
}

/** The weakest role that each operation beneath needs. */
function who({ access, operations }: EndpointRow): string {
  if (access === 'open') return 'everybody'
  const roles = operations.map(({ policy: { scope, role } }) =>
    scope === 'system' ? 'administrator' : role,
  )
  const names = [...new Set(roles)].join(', ') || 'any token'
  return access === 'optional' ? `${names}; or without a token, where that is allowed` : names
}

/** The page that lists the interfaces. */
export function indexPage(apis: readonly Api[]): string {
  const count = apis.reduce((sum, api) => sum + api.endpoints.length, 0)
  return [
    '# HTTP interfaces',
    '',
    `${count} endpoints that OpenStack’s clients know, from the table that routes them.`,
    '',
    '| service | endpoints | microversions |',
    '| --- | --- | --- |',
    ...apis.map(({ name, title, endpoints, microversions: own }) => {
      const versions = own ? spanOf(own) : ''
      return `| [${title}](${name}.md) | ${endpoints.length} | ${versions} |`
    }),
    '',
  ].join('\n')
}
