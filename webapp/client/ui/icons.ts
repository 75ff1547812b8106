/** Our own line icons, drawn in the text's colour; a word always stands beside them. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit-html'

const drawings: Record<string, SVGTemplateResult> = {
  home: svg`<path d="M3 11 12 4l9 7M6 9.5V20h12V9.5M10 20v-6h4v6"/>`,
  back: svg`<path d="M15 5l-7 7 7 7"/>`,
  next: svg`<path d="M9 5l7 7-7 7"/>`,
  up: svg`<path d="M5 15l7-7 7 7"/>`,
  down: svg`<path d="M5 9l7 7 7-7"/>`,
  check: svg`<path d="M4 13l5 5L20 6"/>`,
  cross: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  edit: svg`<path d="M4 20h4L19 9l-4-4L4 16zM13 7l4 4"/>`,
  trash: svg`<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5"/>`,
  person: svg`<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/>`,
  people: svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4.5 3-6 6.5-6s6.5 1.5 6.5 6M16 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.5.7 3.5 2.5 3.5 5.5"/>`,
  send: svg`<path d="M3 11.5 21 4l-6 17-4-7z"/>`,
  wait: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>`,
  warn: svg`<path d="M12 4 2.5 20h19zM12 10v4.5M12 17.3v.2"/>`,
  info: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.3v.2"/>`,
  return: svg`<path d="M9 7 4 12l5 5M4 12h11a5 5 0 0 1 5 5v2"/>`,
  pen: svg`<path d="M4 20l1-5L16 4l4 4L9 19zM13 7l4 4"/>`,
  door: svg`<path d="M5 21V4h11v17M3 21h18M12.5 12.5v.2"/>`,
  paper: svg`<path d="M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7"/>`,
  speak: svg`<path d="M4 9.5v5h3.5L13 19V5L7.5 9.5zM16 9c1.5 1.800 1.5 4.200 0 6M18.5 6.5c3 3.3 3 7.7 0 11"/>`,
  stop: svg`<path d="M7 7h10v10H7z"/>`,
  cloud: svg`<path d="M7 18a4 4 0 0 1-.5-8A6 6 0 0 1 18 9a4.5 4.5 0 0 1 0 9z"/>`,
  phone: svg`<path d="M7 3h10v18H7zM11 18h2"/>`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16"/>`,
  search: svg`<circle cx="11" cy="11" r="6.5"/><path d="M16 16l5 5"/>`,
  out: svg`<path d="M10 4H5v16h5M15 8l4 4-4 4M19 12H9"/>`,
  camera: svg`<path d="M4 8h4l1.5-3h5L16 8h4v11H4z"/><circle cx="12" cy="13" r="3.5"/>`,
  pin: svg`<path d="M12 21s-7-6.5-7-11.5a7 7 0 0 1 14 0C19 14.5 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>`,
  lock: svg`<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>`,
  list: svg`<path d="M9 6h12M9 12h12M9 18h12M4 6h.2M4 12h.2M4 18h.2"/>`,
  star: svg`<path d="M12 4l2.5 5.3 5.7.7-4.200 4 1.100 5.800L12 17l-5.100 2.800L8 14l-4.200-4 5.7-.7z"/>`,
}

/** An icon by name, hidden from screen readers. */
export function icon(name: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${drawings[name] ?? drawings.info}</svg>`
}
