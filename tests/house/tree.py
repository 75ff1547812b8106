"""The project's own files, as git lists them, and the functions in them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE_HERE = re.compile(
    r"^(\.git|\.venv|node_modules|var|webapp/static/dist[^/]*)/|(^|/)(__pycache__|\.\w+_cache)/"
)
CONTROL = re.compile(r"(?:^|\W)(?:if|for|while|switch|catch|with)\s*$")
REGEX_MAY_FOLLOW = re.compile(r"(?:^|[(,=:\[!&|?{};+\-*%<>~]|\b(?:return|typeof|case|of|in))\s*$")


def program(name: str) -> str:
    """A program of the project's own environment."""
    return str(Path(sys.executable).parent / name)


@dataclass(frozen=True)
class Function:
    """A function in the source: where it is and how long."""

    path: str
    line: int
    name: str
    lines: int
    docstring_lines: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name} ({self.lines} lines)"


@cache
def files(*suffixes: str) -> tuple[str, ...]:
    """Files that are or will be committed, by suffix; all of them without one."""
    wanted = (name for name in _listed() if name.endswith(suffixes or ("",)))
    return tuple(sorted(name for name in wanted if (ROOT / name).is_file()))


@cache
def _listed() -> tuple[str, ...]:
    """As git lists them; where the project came without git, all but what is made here."""
    git = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        done = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        found = (path for path in ROOT.rglob("*") if path.is_file())
        names = (path.relative_to(ROOT).as_posix() for path in found)
        return tuple(name for name in names if not MADE_HERE.search(name))
    return tuple(name for name in done.stdout.split("\0") if name)


def text(name: str) -> str:
    """A file's text."""
    return (ROOT / name).read_text(encoding="utf-8")


def python_functions(path: str, source: str) -> Iterator[Function]:
    """Every function of a Python file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            end = node.end_lineno or node.lineno
            yield Function(
                path, node.lineno, node.name, end - node.lineno + 1, _docstring_lines(node)
            )


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


def typescript_functions(path: str, source: str) -> Iterator[Function]:
    """Every function, method and arrow function with a body in braces of a TypeScript file."""
    code = only_code(source)
    for opening in (match.start() for match in re.finditer(r"\{", code)):
        start = _header_start(code, opening)
        if start is None:
            continue
        first = code.count("\n", 0, start) + 1
        last = code.count("\n", 0, _closing(code, opening)) + 1
        header = code[code.rfind("\n", 0, start) + 1 : opening].strip()
        yield Function(path, first, header[:40], last - first + 1)


def _header_start(code: str, opening: int) -> int | None:
    """Where the function begins whose body opens here; None for other braces."""
    before = code[:opening].rstrip()
    arrow = before.endswith("=>")
    before = before[:-2].rstrip() if arrow else before
    if typed := re.search(r"\)\s*:\s*[\w\s.<>\[\]|&,'{}:;()]+$", before):
        before = before[: typed.start() + 1]
    if not before.endswith(")"):
        return len(before) - 1 if arrow else None
    start = _opening(before, len(before) - 1)
    return None if CONTROL.search(before[:start]) and not arrow else start


def _opening(code: str, closing: int) -> int:
    depth = 0
    for position in range(closing, -1, -1):
        depth += (code[position] == ")") - (code[position] == "(")
        if depth == 0:
            return position
    return 0


def _closing(code: str, opening: int) -> int:
    depth = 0
    for position in range(opening, len(code)):
        depth += (code[position] == "{") - (code[position] == "}")
        if depth == 0:
            return position
    return len(code) - 1


def only_code(source: str) -> str:
    """The source with comments, strings and templates' texts blanked; lines stay where they are."""
    out: list[str] = []
    templates: list[int] = []  # depth of braces inside each open ${…}
    position = 0
    while position < len(source):
        if templates and source[position] == "}" and templates[-1] == 0:
            templates.pop()
            end = _template_end(source, position + 1, templates)
        else:
            end = _token_end(source, position, out, templates)
        token = source[position:end]
        out.append(token if len(token) == 1 else re.sub(r"[^\n]", " ", token))
        if templates and token in ("{", "}"):
            templates[-1] += 1 if token == "{" else -1
        position = end
    return "".join(out)


def _token_end(source: str, position: int, out: list[str], templates: list[int]) -> int:
    char = source[position]
    if char == "`":
        return _template_end(source, position + 1, templates)
    pattern = {
        "'": r"'(?:\\.|[^'\\])*'",
        '"': r'"(?:\\.|[^"\\])*"',
        "/": r"//[^\n]*|/\*.*?\*/",
    }.get(char)
    found = re.compile(pattern, re.DOTALL).match(source, position) if pattern else None
    if not found and char == "/" and REGEX_MAY_FOLLOW.search("".join(out[-40:])):
        found = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/\w*").match(source, position)
    return found.end() if found else position + 1


def _template_end(source: str, position: int, templates: list[int]) -> int:
    """The end of a template's text: its back-tick, or the `${` that opens code in it."""
    while position < len(source):
        if source[position] == "\\":
            position += 1
        elif source[position] == "`":
            return position + 1
        elif source.startswith("${", position):
            templates.append(0)
            return position + 2
        position += 1
    return position
