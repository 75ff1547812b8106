/** Calls back when an element scrolls into sight; the button inside it does the same for those who do not scroll. */
import { noChange } from 'lit-html'
import { AsyncDirective } from 'lit-html/async-directive.js'
import { directive, type ElementPart } from 'lit-html/directive.js'

class WhenSeen extends AsyncDirective {
  private observer: IntersectionObserver | null = null
  private act: () => void = () => {}

  render(_act: () => void): unknown {
    return noChange
  }

  override update(part: ElementPart, [act]: [() => void]): unknown {
    this.act = act
    this.observer ??= this.watch(part.element)
    return noChange
  }

  private watch(element: Element): IntersectionObserver {
    const observer = new IntersectionObserver((seen) => {
      if (seen.some((entry) => entry.isIntersecting)) this.act()
    }, { rootMargin: '300px' })
    observer.observe(element)
    return observer
  }

  override disconnected(): void {
    this.observer?.disconnect()
    this.observer = null
  }
}

/** `<div ${whenSeen(act)}>`. */
export const whenSeen = directive(WhenSeen)
