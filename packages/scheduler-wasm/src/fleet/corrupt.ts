import { EngineError } from '../errors.ts'

/** The error for bytes that are no snapshot. */
export function corrupt(message: string, limit: string | number): EngineError {
  return new EngineError(message, 'snapshot', limit, 'corrupt')
}
