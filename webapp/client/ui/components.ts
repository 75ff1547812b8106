/** The parts screens are made of, in one place to import from. */
export * from './buttons.ts'
export * from './choices.ts'
export * from './date-field.ts'
export * from './fields.ts'
export * from './layout.ts'
export { icon } from './icons.ts'
