/** Types of parameters. */
export const parameterTypes = [
  'string',
  'number',
  'comma_delimited_list',
  'json',
  'boolean',
] as const
export type ParameterType = (typeof parameterTypes)[number]
