import type { ClientsOf } from './records.ts'
import type { Api, EndpointRow } from '../../packages/sdk/src/http/endpoint.ts'

/** The page of one HTTP interface: each endpoint, who may use it, and which clients have. */
export function apiPage(api: Api, clients: ClientsOf): string {
  const { microversions, title, service, mount, bases, endpoints, discovery = [] } = api
  const versions = microversions ? `Microversions ${spanOf(microversions)}. ` : ''
  const base = `${mount}${bases[0] ?? ''}`
  const schemas = `Schemas are in [${api.name}.json](${api.name}.json) (OpenAPI 3.1).`
  return [
    `# ${title} (${service})`,
    '',
    `${versions}Paths begin with \`${base}\`. ${schemas}`,
    '',
    '| method | path | what | versions | who | status | used by |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...endpoints.map((row) => line(row, row.path, clients)),
    ...discovery.map((row) => line(row, `${mount}${row.path} (as it stands)`, clients)),
    '',
  ].join('\n')
}

function spanOf({ major, min, max }: Exclude<Api['microversions'], undefined>): string {
  return `${major}.${min}–${major}.${max}`
}

function line(row: EndpointRow, path: string, clients: ClientsOf): string {
  const { method, summary, status } = row
  const users = (clients.get(row.id) ?? []).join(', ')
  const cells = [method, `\`${path}\``, summary, span(row), who(row), String(status), users]
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
export function indexPage(apis: readonly Api[], clients: ClientsOf): string {
  const count = apis.reduce((sum, api) => sum + api.endpoints.length, 0)
  return [
    '# HTTP interfaces',
    '',
    `${count} endpoints that OpenStack’s clients know, from the table that routes them.`,
    '',
    'Used is what clients that are not ours were answered by in the tests of `tests/compat`, which',
    'record it: OpenStack’s command line, library and test suite, s3cmd, rclone and an SDK of S3.',
    '',
    '| service | endpoints | used | microversions |',
    '| --- | --- | --- | --- |',
    ...apis.map(({ name, title, endpoints, microversions: own }) => {
      const versions = own ? spanOf(own) : ''
      const used = endpoints.filter(({ id }) => clients.has(id)).length
      return `| [${title}](${name}.md) | ${endpoints.length} | ${used} | ${versions} |`
    }),
    '',
  ].join('\n')
}
