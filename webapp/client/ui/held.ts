/** A text box's value that rendering leaves alone while somebody types in it. */
import { noChange } from 'lit-html'
import { Directive, directive, type PartInfo, PartType, type PropertyPart } from 'lit-html/directive.js'

class Held extends Directive {
  private box = ''

  constructor(part: PartInfo) {
    super(part)
    if (part.type !== PartType.PROPERTY) throw new Error('held() belongs on .value')
  }

  render(text: string, _box: string): string {
    return text
  }

  override update(part: PropertyPart, [text, box]: [string, string]): unknown {
    const input = part.element as HTMLInputElement
    const typing = input === input.ownerDocument.activeElement && this.box === box
    if (!typing && input.value !== text) input.value = text
    this.box = box
    return noChange
  }
}

/** `.value=${held(text, id)}`: sets the text unless the box of that id has the focus. */
export const held = directive(Held)
