import type { TemplateFunction } from './function.ts'
import { collectionFunctions } from './functions-collection.ts'
import { logicFunctions, truthFunctions } from './functions-logic.ts'
import { referenceFunctions } from './functions-reference.ts'
import { textFunctions } from './functions-text.ts'

/** What may stand in resources and outputs. */
export const functions: Readonly<Record<string, TemplateFunction>> = {
  ...referenceFunctions,
  ...textFunctions,
  ...collectionFunctions,
  ...logicFunctions,
}

/** What may stand in conditions. */
export const conditionFunctions: Readonly<Record<string, TemplateFunction>> = {
  ...truthFunctions,
  ...(referenceFunctions['get_param'] && { get_param: referenceFunctions['get_param'] }),
  ...(textFunctions['yaql'] && { yaql: textFunctions['yaql'] }),
  ...(collectionFunctions['contains'] && { contains: collectionFunctions['contains'] }),
}
