"""The blueprints of the application, in one list."""

from webapp.blueprints import auth, hello, interviews, language, office, pages, pwa, register
from webapp.blueprints import map as map_page

BLUEPRINTS = (
    pages.bp,
    auth.bp,
    language.bp,
    pwa.bp,
    hello.bp,
    map_page.bp,
    interviews.bp,
    office.bp,
    register.bp,
)
