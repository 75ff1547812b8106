"""The blueprints of the application, in one list."""

from webapp.blueprints import (
    announced,
    assignments,
    audit,
    auth,
    entry,
    exports,
    first,
    hello,
    interviews,
    language,
    me,
    notices,
    office,
    orders,
    pages,
    people,
    plan,
    progress,
    proof,
    pwa,
    register,
    second,
    vault,
)
from webapp.blueprints import map as map_page

BLUEPRINTS = (
    pages.bp,
    auth.bp,
    second.bp,
    first.bp,
    proof.bp,
    me.bp,
    entry.bp,
    assignments.bp,
    exports.bp,
    orders.bp,
    language.bp,
    pwa.bp,
    hello.bp,
    vault.bp,
    map_page.bp,
    interviews.bp,
    office.bp,
    register.bp,
    people.bp,
    audit.bp,
    plan.bp,
    progress.bp,
    notices.bp,
    announced.bp,
)

office.COUNTERS.append(people.waiting)
office.COUNTERS.append(notices.waiting)
