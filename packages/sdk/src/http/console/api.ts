import { consoleFiles } from '../../generated/console.ts'
import { type Api, endpoint, type EndpointRow } from '../endpoint.ts'
import type { Reply } from '../reply.ts'

/** What a browser may do with these pages: their own scripts and requests, and nothing else. */
const guards = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
}

/** The web console: pages of its own that speak the other interfaces. */
export const webConsole: Api = {
  name: 'console',
  type: 'console',
  title: 'Console',
  service: 'console',
  mount: '/console',
  bases: [],
  claims: (_, url) => url.pathname === '/',
  fault: ({ message }) => ({ error: { message } }),
  endpoints: [],
  discovery: [
    file('console.page', '', 'html', 'text/html; charset=utf-8'),
    file('console.page', '/', 'html', 'text/html; charset=utf-8'),
    file('console.style', '/style.css', 'css', 'text/css; charset=utf-8'),
    file('console.script', '/app.js', 'script', 'text/javascript; charset=utf-8'),
  ],
}

function file(
  id: string,
  path: string,
  name: keyof typeof consoleFiles,
  contentType: string,
): EndpointRow {
  const reply: Reply = {
    text: consoleFiles[name],
    headers: { 'content-type': contentType, ...guards },
  }
  return endpoint({
    id,
    method: 'GET',
    path,
    summary: 'A file of the web console.',
    access: 'open',
    operations: [],
    status: 200,
    run: () => reply,
  })
}
