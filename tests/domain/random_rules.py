"""Random rules and interviews for a small version: strategies for Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

SOURCE = {"source": "test", "confidence": "seen"}
IDS = ["m1", "m2", "m3", "__proto__"]


def options(*names: str) -> list[dict[str, str]]:
    return [{"name": name, "label_th": "คำตอบ"} for name in names]


def field(name: str, kind: str, *names: str) -> dict[str, Any]:
    label = {"id": name, "kind": kind, "label_th": "ช่อง", "required": True}
    return label | {"options": options(*names)} | SOURCE


def question(name: str, kind: str, **more: Any) -> dict[str, Any]:
    asked = {"id": name, "kind": kind, "text_th": "ข้อ", "required": True, "sensitive": False}
    return asked | more | SOURCE


def people(name: str, **more: Any) -> dict[str, Any]:
    asked = {"groups": options("a", "b"), "everyone_th": "ทุกคน", "polarity": "not"}
    return question(name, "people", **(asked | {"eligible": "true"} | more))


QUESTIONS = [
    question("1", "choice", options=options("yes", "no")),
    question("2", "choices", options=options("x", "y", "none")),
    question("3", "number"),
    question("4", "text", asked_if="#1 = yes"),
    people("5", eligible="age >= 15"),
    people("6", among={"question": "5", "groups": ["a"]}),
    people("7", among={"question": "5", "others": True}, multiple=True),
    question("8", "derived", value="#3 * 2", paper=True),
]
INDICATORS: list[dict[str, Any]] = [
    {
        "no": 1,
        "unit": "person",
        "eligible": [{"question": "5"}, {"question": "6"}],
        "failing": [{"question": "5", "groups": ["b"]}, {"question": "6", "when": "#1 = yes"}],
    },
    {"no": 2, "unit": "household", "applies": "members > 0", "met": "#1 = yes or #3 >= 2"},
]
VERSION: dict[str, Any] = {
    "id": "random",
    "name_th": "สุ่ม",
    "settings": [{"name": "line", "type": "number", "value": 2, "label_th": "เส้น", **SOURCE}],
    "cover": [field("code", "digits"), field("land", "choice", "own", "rented")],
    "members": [
        field("birth", "birth"),
        field("sex", "choice", "male", "female"),
        field("head", "flag"),
        field("number", "digits"),
    ],
    "sections": [],
    "notice": {"version": "1", "title_th": "คำชี้แจง", "paragraphs": []},
}

NUMBERS = ["0", "1", "2", "15", "0.1", "#3", "#8", "members", "setting.line", "count(#5)"]
COUNTS = ["count(#6, a)", "count(#7)", "eligible(#6)", "eligible(#7)", "chosen(#2)"]
TRUTHS = ["true", "#1 = yes", "#1 in (no)", "has(#2, x)", "answered(#5)", "known(#4)"]
MORE_TRUTHS = [
    "cover.land != own",
    "mode = paper",
    "is_digits(cover.code, 3)",
    "duplicated(number)",
]
OF_MEMBERS = ["head", "age >= 15", "age_months < 12", "sex = male", "person_in(#5, a)"]
MORE_OF_MEMBERS = ["person_in(#7)", "is_thai_id(number)", "known(birth)", "age != 3", "#3 > age"]


def numbers(truths: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    leaves = st.sampled_from(NUMBERS + COUNTS) | of_members.map(lambda one: f"people({one})")
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({' '.join(t)})"),
            st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
                lambda t: f"{t[0]}({t[1]}, {t[2]})"
            ),
            st.tuples(truths, inner, inner).map(lambda t: f"if({t[0]}, {t[1]}, {t[2]})"),
            inner.map(lambda one: f"floor(-{one})"),
        ),
        max_leaves=4,
    )


def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map(lambda one: f"not {one}"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({' '.join(t)})"),
    )


of_members = st.recursive(st.sampled_from(OF_MEMBERS + MORE_OF_MEMBERS), joined, max_leaves=3)
plain = st.recursive(st.sampled_from(TRUTHS + MORE_TRUTHS), joined, max_leaves=3)
number_rules = numbers(plain)
comparisons = st.tuples(
    number_rules, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), number_rules
).map(" ".join)
truth_rules = st.recursive(
    plain | comparisons.map(lambda one: f"({one})") | of_members.map(lambda one: f"first({one})"),
    joined,
    max_leaves=4,
)

anything = st.one_of(st.none(), st.booleans(), st.integers(-2, 99), st.text("12๓ก", max_size=3))
births = st.sampled_from(["1980-05-17", "2011", "2026-11", "2027-01-01", "2020-02-29", "ไม่ทราบ"])
named = st.dictionaries(st.sampled_from([*IDS, "m9"]), st.sampled_from(["a", "b", "c", ["a", "b"]]))
counted = st.dictionaries(st.sampled_from(["a", "b"]), st.integers(-1, 4))
said = st.one_of(
    anything,
    st.sampled_from(["yes", "no", ["x"], ["x", "none"], 7, 0.1, 1e300]),
    named.map(lambda who: {"who": who}),
    counted.map(lambda counts: {"count": counts}),
)
members = st.fixed_dictionaries(
    {"id": st.sampled_from(IDS)},
    optional={
        "birth": births | anything,
        "sex": st.sampled_from(["male", "female"]) | anything,
        "head": st.booleans() | anything,
        "number": st.sampled_from(["1990100000011", "12"]) | anything,
    },
)
interviews = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2026-11-23", "2026-02-28", "ไม่ทราบ"]),
        "mode": st.sampled_from(["doorstep", "doorstep", "paper"]),
        "cover": st.dictionaries(st.sampled_from(["code", "land"]), anything | st.just("own")),
        "members": st.lists(members, max_size=4, unique_by=lambda one: str(one["id"])),
        "answers": st.dictionaries(st.sampled_from([one["id"] for one in QUESTIONS]), said),
        "declined": st.lists(st.sampled_from(["1", "5", "cover.land", "members.m1.birth"])),
    }
)
