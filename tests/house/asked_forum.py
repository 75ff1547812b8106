"""The questions of the forum's pages and of its phone; as `asked`.

The large register has no forums: what is asked here walks its villages, assignments and grants.
"""

from __future__ import annotations

from tests.house.asked import A_PAGE, INSPECTOR, Asked
from tests.house.asked_quality import WIDE
from webapp.queries import forum, forum_askers, own_forums

FORUM = [
    Asked(
        forum.listed,
        lambda s, _: forum.listed(s, "TH.43.4301."),
        uses=frozenset({"ix_village_progress_path"}),
        most=1_500,
        about="of a district",
    ),
    Asked(
        forum.listed,
        lambda s, _: forum.listed(s, None),
        who=WIDE,
        uses=frozenset({"ix_village_progress_path"}),
        most=5_000,
        about="of a province",
    ),
    Asked(
        forum.standing,
        lambda s, k: forum.standing(s, INSPECTOR, k.village),
        uses=frozenset({"pk_areas"}),
        most=A_PAGE,
    ),
    Asked(
        forum_askers.candidates,
        lambda s, k: forum_askers.candidates(s, k.village, "ก"),
        uses=frozenset({"ix_assignments_village_code"}),
        most=A_PAGE,
    ),
    Asked(own_forums.read, lambda s, _: own_forums.read(s)),
]
