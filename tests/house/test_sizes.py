"""Small functions, small files, names of the trade."""

from __future__ import annotations

import ast
import re
from pathlib import PurePath
from statistics import median, quantiles

import pytest

from tests.house import tree

LONGEST_FUNCTION, LONGEST_TEST, LONGEST_FILE, LONGEST_CONFTEST = 50, 30, 300, 100
VAGUE = re.compile(r"(^|_)(util|utils|helper|helpers|manager|managers|common|misc)(_|$)")
SOURCE = (".py", ".ts", ".mjs", ".js", ".css", ".html")


def functions() -> list[tree.Function]:
    """All functions of the product; migrations are exempt."""
    found: list[tree.Function] = []
    for name in tree.files(".py", ".ts"):
        if not name.startswith("migrations/"):
            scan = tree.python_functions if name.endswith(".py") else tree.typescript_functions
            found += scan(name, tree.text(name))
    return [function for function in found if not holds_tests(function)]


def holds_tests(function: tree.Function) -> bool:
    """`describe(…)` of a TypeScript test is what a class is in Python."""
    return re.match(r"(test\.)?(describe|suite)\(", function.name) is not None


def is_test(function: tree.Function) -> bool:
    return PurePath(function.path).name.startswith("test_") and function.name.startswith("test_")


class TestTheTypeScriptScanner:
    def test_sees_functions_past_strings_templates_and_expressions(self) -> None:
        source = (
            "export function a(x: {b: string}): number {\n  const r = /[}]{2}/u\n"
            '  return html`<p class="{">${x.map((y) => {\n    return `${y}}`\n  })}</p>`\n}\n'
            "if (x) {\n  y()\n}\nconst c = { d() {\n } }\n"
        )
        found = [(f.line, f.lines) for f in tree.typescript_functions("x.ts", source)]
        assert found == [(1, 6), (3, 3), (10, 2)]


class TestAFunction:
    def test_is_never_longer_than_a_screen(self) -> None:
        long = [str(f) for f in functions() if f.lines > LONGEST_FUNCTION]
        assert not long, "\n".join(long)

    def test_that_is_a_test_is_short(self) -> None:
        long = [str(f) for f in functions() if is_test(f) and f.lines > LONGEST_TEST]
        assert not long, "\n".join(long)

    def test_is_small_as_a_rule(self) -> None:
        """Docstrings are asked for, so they do not count here."""
        lines = [f.lines - f.docstring_lines for f in functions() if not is_test(f)]
        assert median(lines) <= 8
        assert quantiles(lines, n=20)[18] <= 25


class TestAFile:
    def test_is_never_longer_than_three_hundred_lines(self) -> None:
        lines = {name: tree.text(name).count("\n") for name in tree.files(*SOURCE)}
        long = {name: count for name, count in lines.items() if count > LONGEST_FILE}
        assert not {name for name in long if not name.startswith("migrations/")}

    def test_is_small_as_a_rule(self) -> None:
        lines = [
            tree.text(name).count("\n")
            for name in tree.files(".py", ".ts")
            if tree.text(name).strip()
        ]
        assert median(lines) <= 100

    def test_of_fixtures_is_small(self) -> None:
        for name in tree.files("conftest.py"):
            assert tree.text(name).count("\n") <= LONGEST_CONFTEST, name

    def test_is_named_after_what_it_is(self) -> None:
        for name in tree.files():
            parts = [PurePath(part).stem for part in PurePath(name).parts]
            assert not any(VAGUE.search(part) for part in parts), name


class TestAPublicFunction:
    @pytest.mark.parametrize("folder", ["domain", "services", "queries"])
    def test_says_what_is_true_afterwards(self, folder: str) -> None:
        bare = [
            f"{name}:{node.lineno} {node.name}"
            for name in tree.files(".py")
            if name.startswith(f"webapp/{folder}/")
            for node in ast.parse(tree.text(name)).body
            if isinstance(node, ast.FunctionDef)
            if not node.name.startswith("_") and not ast.get_docstring(node)
        ]
        assert not bare, "\n".join(bare)
