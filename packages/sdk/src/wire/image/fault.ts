import type { Fault } from '../../http/faults.ts'

/** Content type of errors: the image service writes pages for people. */
export const faultType = 'text/html; charset=UTF-8'

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/** An error as a page; clients take the tags out. */
export function faultPage({ status, message }: Pick<Fault, 'status' | 'message'>): string {
  const title = `${status} ${titles[status] ?? 'Error'}`
  return `<html>
 <head>
  <title>${title}</title>
 </head>
 <body>
  <h1>${title}</h1>
  ${escaped(message)}<br /><br />
 </body>
</html>
`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A message may repeat what a client sent: in a page, that is text. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] as string)
}
