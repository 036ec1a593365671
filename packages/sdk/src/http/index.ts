export { type ListenOptions, type Listening, listen } from './listen.ts'
export type { Handler } from './answer.ts'
export { serve, type ServeOptions } from './serve.ts'
export { openApi } from './openapi.ts'
