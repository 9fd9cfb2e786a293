"""The house as its sources tell it: which modules there are, which imports which.

Only the text is read (with `ast`), so imports inside functions count like the
others, and nothing has to be importable.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "dfdx"


def module_name(path):
    """The dotted name of the module in the file."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


def tree(module):
    """The syntax tree of a module."""
    return ast.parse(FILES[module].read_text(encoding="utf-8"))


def package(module):
    """The package whose relative imports start at this module."""
    return module if FILES[module].name == "__init__.py" else module.rpartition(".")[0]


def imported(module, node):
    """The dotted names that one import statement names, relative ones resolved."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        parts = package(module).split(".")
        up = parts[: len(parts) - node.level + 1]
        base = ".".join(up + ([node.module] if node.module else []))
    return [
        f"{base}.{alias.name}" if f"{base}.{alias.name}" in FILES else base for alias in node.names
    ]


def imports(module):
    """(target, line number, whether it runs when the module is imported) of every import."""
    found = []
    root = tree(module)
    inner = {
        id(node)
        for function in ast.walk(root)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for node in ast.walk(function)
    }
    for node in ast.walk(root):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for target in imported(module, node):
                found.append((target, node.lineno, id(node) not in inner))
    return found


def edges(module):
    """The modules of dfdx that a module imports, at the top or inside a function."""
    return {target: line for target, line, _ in imports(module) if target in FILES}


def floors():
    """The rows of the drawing in docs/architecture.md, the ground first: lists of names.

    A row starts with its floor's number and goes on over the lines without one; two
    spaces stand between names, three or more before the words. `rules/` is a package.
    """
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawing = re.search(r"^```floors\n(.*?)^```", page, re.MULTILINE | re.DOTALL).group(1)
    rows = []
    for line in drawing.splitlines():
        names = re.split(r"\s{3,}", line[3:])[0].split()
        if line[:1].isdigit():
            rows.append(names)
        else:
            rows[-1].extend(names)
    return rows[::-1]


def loaded_by(code):
    """The modules that Python has imported after running the code in a fresh process."""
    script = f"{code}\nimport sys; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1].split()


def running(*words):
    """Code that runs the `dfdx` command with these words."""
    return (
        f"import sys; sys.argv = {['dfdx', *words]!r}\n"
        "from dfdx.cli.main import main\n"
        "assert not main()"
    )
