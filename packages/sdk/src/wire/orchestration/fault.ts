const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  501: 'Not Implemented',
  503: 'Service Unavailable',
}

const explanations: Readonly<Record<number, string>> = {
  400: 'The server could not comply with the request: something in it is wrong.',
  401: 'The server could not verify who asks.',
  403: 'Access was denied to this resource.',
  404: 'The resource could not be found.',
  405: 'The method is not allowed for this resource.',
  409: 'There was a conflict when trying to complete your request.',
}

/** What an error's body is made from. */
interface Error {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly field: string | undefined
  readonly detail: Readonly<Record<string, unknown>> | undefined
}

/** The body of an error (https://docs.openstack.org/api-ref/orchestration/v1/#faults). */
export function heatFault(error: Error): Readonly<Record<string, unknown>> {
  const { status } = error
  const title = titles[status] ?? 'Internal Server Error'
  return {
    code: status,
    title,
    explanation: explanations[status] ?? 'The server has refused the request, or failed on it.',
    error: { type: typeOf(error), message: messageOf(error), traceback: null },
  }
}

const types: Readonly<Record<string, string>> = {
  notFound: 'EntityNotFound',
  forbidden: 'Forbidden',
  unauthenticated: 'HTTPUnauthorized',
  quotaExceeded: 'RequestLimitExceeded',
  tooLarge: 'RequestLimitExceeded',
  invalid: 'StackValidationFailed',
}

function typeOf({ code, field, detail }: Error): string {
  if (code !== 'conflict') return types[code] ?? 'HeatException'
  if (field === 'name') return 'StackExists'
  const state = detail?.['status']
  return typeof state === 'string' && state.endsWith('IN_PROGRESS')
    ? 'ActionInProgress'
    : 'Conflict'
}

/** Steps of a path that name a function, from which on it leads into the function's argument. */
const functionStep =
  /\.(?:get_|list_|str_|map_|resource_facade|repeat|digest|filter|make_url|contains|if\b)/

/** What is wrong with a template is told with its place, as Heat spells it. */
function messageOf({ message, field, detail }: Error): string {
  const problem = detail?.['problem']
  if (field === undefined || typeof problem !== 'string') return message
  const property = /^template\.(resources\.[^.]+\.properties\.[^.[]+.*)$/.exec(field)?.[1]
  if (property === undefined) return message
  return `Property error: : ${property.split(functionStep)[0]}: : ${problem}`
}
