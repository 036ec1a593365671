import { descriptionField } from '../fields.ts'

/** As other names, or none. */
export const shareNameField = descriptionField.refine(
  (name) => name.trim() === name,
  'begins or ends with white space',
)
