"""Runs the tutorials, and compares them with the page that shows them, clients/README.md.

    OPCENTER=…/opcenter python3 check_page.py           exit code 1 if the page is not what they are
    OPCENTER=…/opcenter python3 check_page.py --write   writes their code and their outputs into it

A tutorial prints the title of each of its steps, as `print("4. The guests")`. Such a line begins a
step of the file, and what it prints begins a step of the output. On the page a mark stands for a
step, followed by its code and its output, which are written by `--write`; all else is by hand:

    <!-- wedding.py 4 -->

Step 0 is what stands before the first one. The outputs are the same each time: what the guests of
punctual.json do hangs on the seed alone, and not on the hour at which a campaign happens to start,
and they are done when it ends.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

CLIENTS = Path(__file__).resolve().parents[1]
PAGE = CLIENTS / "README.md"
TITLE_IN_CODE = re.compile(r'\s*(?:print\(|console\.log\(|echo )"(\d+)\. [^"]+"(?:\);?)?')
TITLE_IN_OUTPUT = re.compile(r"(\d+)\. .+")
BLOCK = r"```{}\n(?:(?!```).*\n)*```\n"
CODE, OUTPUT = BLOCK.format("(?:python|ts|bash)"), BLOCK.format("text")
# A step with the blocks that were written behind it.
MARK = re.compile(rf"<!-- (\S+) (\d+) -->\n(?:{CODE})?(?:\n{OUTPUT})?")

Step = tuple[str, int]
"""A file and the number of a step of it."""


class FaultError(Exception):
    """What is wrong, in a sentence."""


@dataclass(frozen=True)
class Tutorial:
    """A file, how its code is marked on the page, and the commands that run it."""

    file: str
    language: str
    run: Sequence[str]
    prepare: Sequence[tuple[str, Sequence[str]]] = ()
    """Folders and commands in them that come first."""


NPM_INSTALL = ("npm", "install", "--offline", "--silent", "--no-package-lock")
TUTORIALS = (
    Tutorial("wedding.py", "python", (sys.executable, "wedding.py")),
    Tutorial(
        "wedding.ts",
        "ts",
        ("node", "build/wedding.js"),
        (
            ("typescript", ("npm", "run", "--silent", "build")),
            ("tutorials", NPM_INSTALL),
            ("tutorials", ("tsc", "--project", ".")),
        ),
    ),
    Tutorial("wedding.sh", "bash", ("./wedding.sh",)),
    Tutorial("wedding-nc.sh", "bash", ("./wedding-nc.sh",)),
)


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks the page of the tutorials.")
    parser.add_argument("--write", action="store_true", help="write the page's blocks anew")
    arguments = parser.parse_args()
    program = os.environ.get("OPCENTER") or shutil.which("opcenter")
    try:
        page = PAGE.read_text(encoding="utf-8")
        code = {tutorial: code_steps(tutorial) for tutorial in TUTORIALS}
        check_marks(page, [step for steps in code.values() for step in steps])
        if not program:
            raise FaultError("OPCENTER does not name the program, and it is not on the path.")
        fresh = with_blocks(page, code, outputs(Path(program).resolve()))
    except FaultError as fault:
        print(f"{PAGE.name}: {fault}", file=sys.stderr)
        return 1
    if fresh == page:
        print(f"{len(TUTORIALS)} tutorials do what {PAGE.name} shows.")
        return 0
    if arguments.write:
        PAGE.write_text(fresh, encoding="utf-8")
        print(f"{PAGE.name} is written.")
        return 0
    shown, done = page.splitlines(keepends=True), fresh.splitlines(keepends=True)
    sys.stdout.writelines(difflib.unified_diff(shown, done, "the page", "the tutorials"))
    return 1


def code_steps(tutorial: Tutorial) -> dict[Step, str]:
    """The code of each step, from its title to the next."""
    text = (CLIENTS / "tutorials" / tutorial.file).read_text(encoding="utf-8")
    return split(tutorial.file, text, TITLE_IN_CODE)


def split(file: str, text: str, title: re.Pattern[str]) -> dict[Step, str]:
    """Cuts a text before each title. Titles count from 1."""
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        found = title.fullmatch(line)
        if found and int(found[1]) == len(parts):
            parts.append([])
        parts[-1].append(line)
    return {(file, number): "\n".join(part).strip("\n") for number, part in enumerate(parts)}


def check_marks(page: str, steps: list[Step]) -> None:
    """Every step stands on the page, in its order, and no code that is of no step."""
    marks = [(mark[1], int(mark[2])) for mark in MARK.finditer(page)]
    for step in steps:
        times = marks.count(step)
        if times != 1:
            raise FaultError(f"the mark <!-- {step[0]} {step[1]} --> stands {times} times.")
    for mark in marks:
        if mark not in steps:
            raise FaultError(f"the mark <!-- {mark[0]} {mark[1]} --> names no step.")
    if marks != steps:
        raise FaultError("the marks do not stand in the order of the steps.")
    unmarked = re.search(f"{CODE}|{OUTPUT}", MARK.sub("", page))
    if unmarked:
        raise FaultError(f"code that belongs to no mark: {unmarked[0]!r}")


def with_blocks(page: str, code: dict[Tutorial, dict[Step, str]], output: dict[Step, str]) -> str:
    """The page with the code and the output of each step behind its mark."""
    blocks: dict[Step, str] = {}
    for tutorial, steps in code.items():
        for step, text in steps.items():
            shown = f"<!-- {step[0]} {step[1]} -->\n```{tutorial.language}\n{text}\n```\n"
            blocks[step] = shown + (f"\n```text\n{output[step]}\n```\n" if step in output else "")
    return MARK.sub(lambda mark: blocks[(mark[1], int(mark[2]))], page)


def outputs(program: Path) -> dict[Step, str]:
    """What each step prints. The tutorials run side by side in a copy, so that nothing is left."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "clients"
        unneeded = shutil.ignore_patterns("node_modules", "build", "dist", "*cache*", "*.egg-info")
        shutil.copytree(CLIENTS, copy, ignore=unneeded)
        (Path(folder) / "bin").mkdir()
        (Path(folder) / "bin" / "opcenter").symlink_to(program)
        found: dict[Step, str] = {}
        with ThreadPoolExecutor(len(TUTORIALS)) as pool:
            for printed in pool.map(lambda tutorial: printed_steps(tutorial, copy), TUTORIALS):
                found |= printed
        return found


def printed_steps(tutorial: Tutorial, copy: Path) -> dict[Step, str]:
    for folder, command in tutorial.prepare:
        run(command, copy / folder)
    text = run(tutorial.run, copy / "tutorials")
    printed = split(tutorial.file, text, TITLE_IN_OUTPUT)
    before = printed.pop((tutorial.file, 0))
    if before:
        raise FaultError(f"{tutorial.file} prints something before its first step: {before!r}")
    missing = code_steps(tutorial).keys() - printed.keys() - {(tutorial.file, 0)}
    if missing:
        raise FaultError(f"{tutorial.file} prints no title of the steps {sorted(missing)}.")
    return printed


def run(command: Sequence[str], folder: Path) -> str:
    """What a command prints. It stays in our group, so that whoever ends us ends it, too."""
    environment = os.environ | {
        "PATH": f"{folder.parents[1] / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(folder.parent / "python" / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    ended = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    if ended.returncode:
        told = ended.stdout + ended.stderr
        raise FaultError(f"{' '.join(command)} failed with {ended.returncode}:\n{told}")
    return ended.stdout


if __name__ == "__main__":
    sys.exit(main())
