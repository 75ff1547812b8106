"""What a question is called where an interview is read."""

from __future__ import annotations

import pytest

from webapp.domain.answer_words import paper_number


class TestTheNumberOfAQuestion:
    @pytest.mark.parametrize(
        ("key", "number"),
        [
            ("22.4.1", "22.4.1"),
            ("7.1.how", "7.1"),
            ("22.3.1.2.amount", "22.3.1.2"),
            ("happiness", ""),
            ("cover.house_number", ""),
            ("members.1f.name", ""),
        ],
    )
    def test_is_the_papers_without_a_word_of_ours(self, key: str, number: str) -> None:
        assert paper_number(key) == number
