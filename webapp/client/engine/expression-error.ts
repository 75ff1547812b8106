/** A fault in a rule's text, told in both languages with its place. */

export class ExpressionError extends Error {
  at: number
  th: string
  en: string

  constructor(at: number, th: string, en: string) {
    super(`${en} (at ${at + 1})`)
    this.at = at
    this.th = th
    this.en = en
  }
}
