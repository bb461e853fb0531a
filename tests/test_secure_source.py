"""What the source may not do: build statements from texts, compare secrets by ``==``, and the like.

The syntax tree of the whole product is read. A statement is any text that holds words of SQL; what
is put into one is a number, a constant of the module, marks for values, or named below with why it
is never a text that somebody gave. Ruff's rule S608 looks for the same in another way.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = sorted((ROOT / "riskq").rglob("*.py"))
SQL = re.compile(
    r"\bselect\b.*\bfrom\b|\binsert into\b|\bupdate\b.*\bset\b|\bdelete from\b|(?:^| )where [a-z(]"
    r"|\border by\b|\blimit [?:]|\bpragma \w|\bvacuum into\b|\bcreate (?:table|index)\b",
    re.DOTALL,
)
CONSTANT = re.compile(r"_?[A-Z][A-Z_]+(\[\w+\])?")
MARKS = re.compile(r"""marks = ['"], ?['"]\.join\(\(?['"]\?['"](?: \* .*|.* for .*)\)""")

LOOKED_AT = {
    "riskq/store/bundles.py": {
        "change": "both callers give a fixed text",
        "', '.join('?' * 13)": "marks",
    },
    "riskq/store/copying.py": {"table": "callers name tables of ours"},
    "riskq/store/dissolving.py": {"table": "fixed names", "column": "fixed names"},
    "riskq/store/moving.py": {
        "table": "of our schema, as the file tells it, or of a list of ours",
        "_names(columns)": "of columns of our schema",
    },
    "riskq/store/postgres/ends.py": {
        "table": "of our schema",
        "_names(columns)": "of columns of our schema",
    },
    "riskq/store/postgres/store.py": {"table": "fixed names"},
    "riskq/store/sqlite.py": {"table": "fixed names"},
    "riskq/store/seeking.py": {"condition": "joins fixed texts; values are marks"},
    "riskq/store/table.py": {
        "name": "of our tables",
        "names": "of fields of our records, or keys of our callers",
        "self._name": "of our tables",
        "self._all": "of fields of our records",
        "where": "a fixed text of the caller; the test below looks at all of them",
    },
    "riskq/store/vendor_lines.py": {
        "_where(wanted)": "joins fixed texts; values are marks",
        "order": "one of our orders",
        "answers": "a fixed text",
        "shown": "made of the above",
        "found": "made of the above",
        "done": "a fixed text",
    },
    "riskq/store/workspace_steps.py": {"sql": "a fixed text"},
    "riskq/store/workspaces.py": {"where": "a fixed text"},
}
"""What else is put into statements, by file, and why none of it is anybody's text."""

PROSE = re.compile(r"riskq/(?:checks|report|cli|web|questionnaire|engine|brand)/")
"""Where texts are for people; these parts know no database, as the layers are tested to say."""


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def put_into_texts(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What is put into every text that looks like a statement: the text, and the expression."""
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=values):
                fixed = "".join(str(one.value) for one in values if isinstance(one, ast.Constant))
                for one in values:
                    if isinstance(one, ast.FormattedValue):
                        is_number = one.format_spec is not None and "d" in ast.unparse(
                            one.format_spec
                        )
                        yield fixed, "" if is_number else ast.unparse(one.value)
            case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right):
                for text, other in ((left, right), (right, left)):
                    if isinstance(text, ast.Constant) and isinstance(text.value, str):
                        yield text.value, ast.unparse(other)
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
                yield text, ast.unparse(node)
            case _:
                pass


def test_no_statement_is_built_from_a_text_that_somebody_gave() -> None:
    problems, used = [], set()
    for path in PRODUCT:
        if PROSE.match(where(path)):
            continue
        source = path.read_text("utf-8")
        for text, given in put_into_texts(ast.parse(source)):
            if not given or not SQL.search(text) or CONSTANT.fullmatch(given):
                continue
            if given == "marks" and MARKS.search(source):
                continue
            used.add((where(path), given))
            if given not in LOOKED_AT.get(where(path), {}):
                problems.append(f"{where(path)}: {given} is put into {text!r}")
    assert problems == []
    assert used == {(file, given) for file, known in LOOKED_AT.items() for given in known}


def conditions_of(tree: ast.Module) -> Iterator[ast.expr]:
    """What is given to a table, or to a unit of work, as a piece of SQL."""
    place = {"find": 1, "one": 1, "remove": 1, "count": 1, "change": 2}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, of = node.func.attr, ast.unparse(node.func.value)
            if name in place and re.fullmatch(r"_?[A-Z][A-Z_]+", of) and len(node.args) > 1:
                yield node.args[place[name]]
            elif name in ("run", "rows", "execute", "executescript") and of != "subprocess":
                yield from node.args[:1]


def is_fixed(node: ast.expr) -> bool:
    """Whether a piece of SQL is written in the source: a text, a name of one, or made of those."""
    match node:
        case ast.Constant() | ast.Name() | ast.Attribute() | ast.JoinedStr() | ast.Lambda():
            return True
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            return is_fixed(left) and is_fixed(right)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr="sub")):
            return True
        case ast.Subscript(value=ast.Name(id=name)):
            return name.isupper()
        case ast.Call(func=ast.Name(id="cast" | "to_statement" | "to_definition"), args=[*_, said]):
            return is_fixed(said)
        case _:
            return False


def test_every_piece_of_sql_is_written_in_the_source() -> None:
    problems = [
        f"{where(path)}:{one.lineno}: {ast.unparse(one)}"
        for path in PRODUCT
        if re.match(r"riskq/(?:store|services)/", where(path))
        for one in conditions_of(ast.parse(path.read_text("utf-8")))
        if not is_fixed(one)
    ]
    assert problems == []


SECRET = re.compile(r"\b(?:secret|token|key hash|csrf|signature|hmac|passphrase|nonce|code)s?\b")
NOT_SECRET = {
    "riskq/services/screenings/answering.py: present.key_hash != vendor.key_hash": "both stored",
    "riskq/services/workspaces/membership.py: find_invitation(desk, secret).invitation.email !="
    " proven_email(identity)": "addresses, after the secret was looked up by its hash",
    "riskq/services/audit.py: history.hash_of(unit, book, known[0]) != known[1]": "of the history",
    "riskq/web/result.py: code != language()": "of languages",
    "riskq/store/faults.py: _code(error) == sqlite3.SQLITE_BUSY": "of errors",
}
"""Comparisons that look like those of secrets, and are none."""


def compared(tree: ast.Module) -> Iterator[ast.Compare]:
    """Every comparison of two values of which none is written there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            sides = (node.left, *node.comparators)
            if not any(isinstance(side, ast.Constant) for side in sides):
                yield node


def is_of_secrets(node: ast.Compare) -> bool:
    sides = [ast.unparse(side) for side in (node.left, *node.comparators)]
    return any(SECRET.search(side.replace("_", " ")) or "hash_of(" in side for side in sides)


def test_secrets_are_compared_in_constant_time() -> None:
    found = {
        f"{where(path)}: {ast.unparse(node)}"
        for path in PRODUCT
        if re.match(r"riskq/(?:services|web|store|jobs)", where(path))
        for node in compared(ast.parse(path.read_text("utf-8")))
        if is_of_secrets(node)
    }
    assert found == set(NOT_SECRET)


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("hash_of(secret) == record.key_hash", True),
        ("given_token != kept.token", True),
        ("typed.code == issue.code", True),
        ("language == 'kk'", False),
        ("edition.digest == known.digest", False),
    ],
)
def test_a_comparison_of_secrets_is_seen_to_be_one(source: str, is_one: bool) -> None:
    assert any(map(is_of_secrets, compared(ast.parse(source)))) is is_one


DANGEROUS = {
    *("eval", "exec", "compile", "pickle", "marshal", "shelve", "dill", "os.system", "os.popen"),
    *("yaml.load", "yaml.unsafe_load", "tempfile.mktemp", "random.choice", "random.randint"),
    *("random.random", "random.choices", "random.uniform", "uuid.uuid1", "hashlib.md5"),
    *("hashlib.sha1", "render_template_string"),
}
KNOWN = {
    "riskq/store/connections.py: random.uniform": "how long a writer waits before it tries again",
    "riskq/questionnaire/catalogue.py: pickle.dumps": "questionnaires for workers, read before",
    "riskq/questionnaire/catalogue.py: pickle.loads": "by workers, from what forked them",
    "riskq/questionnaire/kept.py: pickle.dumps": "editions for this program, when it is installed",
    "riskq/questionnaire/kept.py: pickle.loads": "from beside its own modules, after their digest",
    "riskq/services/tables_apart.py: pickle.dumps": "an order to a process of one's own",
    "riskq/services/table_process.py: pickle.load": "by that process, before it sees the table",
}
"""What is used of these, and why nothing of it comes from outside or has to be unguessable."""


def test_nothing_runs_texts_or_rolls_dice_for_secrets() -> None:
    found = set()
    for path in PRODUCT:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name in DANGEROUS or name.split(".")[0] in DANGEROUS:
                    found.add(f"{where(path)}: {name}")
    assert found == set(KNOWN)
